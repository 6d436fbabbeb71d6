"""Kinds of nodes, their fields and ways in the words of who edits a scenario: (Russian, English) each."""

from __future__ import annotations

Words = tuple[str, str]
Described = tuple[Words, Words]
"""title, what it does or means"""

NO_HINT: Words = ("", "")

GROUPS: dict[str, Words] = {
    "say": ("Сказать", "Say"),
    "key": ("Спросить клавишами", "Ask by keys"),
    "reach": ("Соединить с человеком", "Reach a person"),
    "message": ("Принять сообщение", "Take a message"),
    "way": ("Выбрать путь", "Choose the way"),
    "other": ("Прочее", "Other"),
}

GROUP_OF: dict[str, str] = {
    "play": "say",
    "inform": "say",
    "finish": "say",
    "menu": "key",
    "extension": "key",
    "ask": "key",
    "survey": "key",
    "offer_callback": "key",
    "enqueue": "reach",
    "to_agent": "reach",
    "ring_in_turn": "reach",
    "ring_group": "reach",
    "to_number": "reach",
    "take_message": "message",
    "voicemail": "message",
    "fax": "message",
    "schedule": "way",
    "by_mode": "way",
    "branch": "way",
    "assign": "way",
    "lookup": "way",
    "record": "way",
    "to_scenario": "way",
    "return": "way",
}

KINDS: dict[str, Described] = {
    "play": (
        ("Фраза", "Phrase"),
        (
            "Произносит записи и идёт дальше. Клавиши, нажатые раньше времени, не пропадают.",
            "Says recordings, then goes on. Keys pressed ahead are kept.",
        ),
    ),
    "inform": (
        ("Автоинформатор", "Information line"),
        (
            "Кто дослушал до конца, считается обслуженным. Клавишей можно уйти в любой момент.",
            "Who hears it to the end counts as served. A key leads out at any moment.",
        ),
    ),
    "finish": (
        ("Конец разговора", "End of the call"),
        ("Прощается и кладёт трубку.", "Says goodbye and hangs up."),
    ),
    "menu": (
        ("Меню", "Menu"),
        (
            "Произносит варианты и ждёт клавишу. Ничего не нажато — ведёт к человеку.",
            "Says the choices and waits for a key. No key pressed: leads to a person.",
        ),
    ),
    "extension": (
        ("Донабор", "Extension dialling"),
        (
            "Звонящий набирает внутренний номер сотрудника, минуя секретаря.",
            "The caller dials a colleague’s extension past the secretary.",
        ),
    ),
    "ask": (
        ("Вопрос", "Question"),
        (
            "Один вопрос опроса или номер, который набирают клавишами; ответ запоминается.",
            "One question of a survey, or a number keyed in; the answer is kept.",
        ),
    ),
    "survey": (
        ("Опрос", "Survey"),
        (
            "Вопросы один за другим, ответ — одна клавиша. Не ответил — следующий вопрос. Итоги — в отчёте «Опросы».",
            "Questions one after another, one key answers each; no answer: the next one. See the report “Surveys”.",
        ),
    ),
    "offer_callback": (
        ("Предложить перезвон", "Offer a callback"),
        (
            "Кто согласился, кладёт трубку, а место в очереди остаётся за ним.",
            "Who agrees hangs up and keeps the place in line.",
        ),
    ),
    "enqueue": (
        ("Очередь", "Queue"),
        (
            "Ждать оператора. Место и время ожидания произносит сама очередь.",
            "Wait for an agent. The queue itself tells the place and the wait.",
        ),
    ),
    "to_agent": (
        ("Оператор", "Agent"),
        ("Звонит одному оператору; занят или не взял — идёт дальше.", "Rings one agent; busy or no answer: goes on."),
    ),
    "ring_in_turn": (
        ("По очереди", "One after another"),
        ("Звонит операторам по списку, одному за другим.", "Rings the listed agents one after another."),
    ),
    "ring_group": (
        ("Всем сразу", "All at once"),
        (
            "Звонит всем свободным из списка; кто первый снял трубку, тот и говорит.",
            "Rings everybody listed who is free; the first to answer talks.",
        ),
    ),
    "to_number": (
        ("Внешний номер", "Outside number"),
        (
            "Звонит наружу: на мобильный дежурного, партнёру.",
            "Rings outside: the mobile of whoever is on duty, a partner.",
        ),
    ),
    "take_message": (
        ("Сообщение", "Message"),
        (
            "Спрашивает вопрос и контакт, записывает ответ. Из сообщения становится долг.",
            "Asks for the question and a contact, records the answer. A message becomes a debt.",
        ),
    ),
    "voicemail": (
        ("Голосовая почта", "Voicemail"),
        (
            "Сообщение определённому человеку или очереди: они и ответят.",
            "A message for a certain person or queue, who will owe the answer.",
        ),
    ),
    "fax": (
        ("Факс", "Fax"),
        (
            "Принимает факс. Что пришло, целиком или нет, становится долгом того, кто ответит.",
            "Receives a fax. What came, whole or not, becomes a debt of whom it is for.",
        ),
    ),
    "schedule": (
        ("Рабочие часы", "Open hours"),
        (
            "Открыто или закрыто по календарю; режим, включённый рукой, важнее часов.",
            "Open or closed by a calendar; a mode set by hand comes before the clock.",
        ),
    ),
    "by_mode": (
        ("Режим работы", "Mode"),
        (
            "Разные пути для дня, обеда, вечера, ночи, выходного и праздника.",
            "Different ways for day, lunch, evening, night, weekend and holiday.",
        ),
    ),
    "branch": (
        ("Условие", "Condition"),
        ("Первое условие, которое выполнено, выбирает путь.", "The first condition that holds chooses the way."),
    ),
    "assign": (
        ("Запомнить", "Remember"),
        ("Ставит переменные, метки и приоритет обращения.", "Sets variables, tags and the priority of the contact."),
    ),
    "lookup": (
        ("Узнать у системы", "Look up"),
        (
            "Спрашивает внешний источник: заказ, клиента, таблицу решений.",
            "Asks an outside source: an order, a customer, a decision table.",
        ),
    ),
    "record": (
        ("Запись разговора", "Recording"),
        ("Хранить ли запись этого разговора.", "Whether the recording of this conversation is kept."),
    ),
    "to_scenario": (
        ("Другой сценарий", "Another scenario"),
        ("Продолжает путь в другом сценарии.", "Goes on in another scenario."),
    ),
    "return": (
        ("Возврат", "Return"),
        ("Возвращается в сценарий, который привёл сюда.", "Back to the scenario that led here."),
    ),
}

FIELDS: dict[tuple[str, str], Described] = {
    ("", "prompts"): (("Что звучит", "What is said"), NO_HINT),
    ("", "next"): (("Дальше", "Next"), NO_HINT),
    ("", "choices"): (("Клавиши", "Keys"), ("Клавиша и куда она ведёт", "A key and where it leads")),
    ("branch", "choices"): (("Условия", "Conditions"), ("Проверяются сверху вниз", "Looked at from top to bottom")),
    ("", "otherwise"): (("Иначе", "Otherwise"), NO_HINT),
    ("", "timeout"): (("Сколько ждать клавишу, с", "Wait for a key, s"), NO_HINT),
    ("", "tries"): (("Сколько раз спросить", "How many times to ask"), NO_HINT),
    ("", "extensions"): (
        ("Можно набрать внутренний номер", "An extension may be dialled"),
        NO_HINT,
    ),
    ("menu", "words"): (
        ("Слова вместо клавиши", "Words instead of a key"),
        (
            "Через запятую: «продажи, хочу купить». Нужен распознаватель речи; клавиши работают всегда.",
            "Separated by commas: “sales, I want to buy”. Needs a recogniser of speech; keys always work.",
        ),
    ),
    ("", "extension_next"): (("Если внутренний не ответил", "When the extension does not answer"), NO_HINT),
    ("", "max_seconds"): (("Не дольше, с", "At most, s"), NO_HINT),
    ("", "closed_hours"): (
        ("Принято в нерабочее время", "Taken in closed hours"),
        ("Так оно попадёт в книги", "So the books will say"),
    ),
    ("", "fax"): (
        ("Факс по сигналу", "Fax by its tone"),
        ("Куда идёт факсовый аппарат, едва слышен его сигнал", "Where a fax machine goes once its tone is heard"),
    ),
    ("", "owner"): (("Кто ответит", "Who will answer"), NO_HINT),
    ("", "served"): (
        ("Считать обслуженным", "Counts as served"),
        ("Человек получил что хотел", "The person got what was asked for"),
    ),
    ("", "answer"): (
        ("Имя ответа", "Name of the answer"),
        ("Под ним ответ знают условия", "By it conditions know the answer"),
    ),
    ("", "name"): (("Название вопроса", "Name of the question"), ("Так его видят люди", "What people see")),
    ("", "allowed"): (("Какие клавиши подходят", "Keys that count"), NO_HINT),
    ("", "length"): (("Сколько цифр", "How many digits"), ("Меньше — если нажать #", "Fewer when # is pressed")),
    ("", "questions"): (("Вопросы", "Questions"), NO_HINT),
    ("", "queue"): (("Очередь", "Queue"), NO_HINT),
    ("", "key"): (("Клавиша согласия", "Key that agrees"), NO_HINT),
    ("", "calendar"): (("Календарь", "Calendar"), NO_HINT),
    ("", "open"): (("Открыто", "Open"), NO_HINT),
    ("", "closed"): (("Закрыто", "Closed"), NO_HINT),
    ("", "modes"): (("Режимы", "Modes"), ("Режим и куда он ведёт", "A mode and where it leads")),
    ("", "variables"): (
        ("Переменные", "Variables"),
        ("Имя и значение; {caller} — номер звонящего", "Name and value; {caller} is the caller’s number"),
    ),
    ("", "tags"): (("Метки", "Tags"), NO_HINT),
    ("", "priority"): (("Приоритет", "Priority"), ("Прибавляется к обычному", "Added to the usual one")),
    ("", "source"): (("Источник", "Source"), NO_HINT),
    ("", "question"): (
        ("Что спросить", "What is asked"),
        ("Поле и значение; {caller} — номер", "Field and value; {caller} is the number"),
    ),
    ("", "missing"): (("Ничего не нашлось", "Nothing known"), NO_HINT),
    ("", "failed"): (("Не ответил", "No answer"), NO_HINT),
    ("", "seconds"): (("Сколько ждать, с", "How long to wait, s"), NO_HINT),
    ("", "on"): (("Хранить запись", "Keep the recording"), NO_HINT),
    ("", "scenario"): (("Сценарий", "Scenario"), NO_HINT),
    ("", "back"): (("Куда вернуться", "Where to come back"), ("Пусто — не возвращаться", "Empty: do not come back")),
    ("", "message"): (
        ("Сообщение", "Message"),
        (
            "Узел, который примет сообщение, если ждать долго или нажали клавишу",
            "The node that takes a message when the wait is long or a key asks for it",
        ),
    ),
    ("", "keys"): (("Клавиши во время ожидания", "Keys while waiting"), NO_HINT),
    ("", "agent"): (
        ("Оператор", "Agent"),
        ("Можно поле в скобках: {crm.agent}", "May be a field in braces: {crm.agent}"),
    ),
    ("", "agents"): (("Операторы", "Agents"), NO_HINT),
    ("", "number"): (("Номер", "Number"), NO_HINT),
    ("", "trunk"): (("Транк", "Trunk"), ("Пусто — транк проекта", "Empty: the project’s own")),
}

WAYS: dict[tuple[str, str], Words] = {
    ("", "next"): ("дальше", "next"),
    ("take_message", "next"): ("записано", "recorded"),
    ("voicemail", "next"): ("записано", "recorded"),
    ("fax", "next"): ("передано", "sent"),
    ("", "fax"): ("факс", "fax"),
    ("inform", "next"): ("дослушал", "heard"),
    ("ask", "next"): ("ответил", "answered"),
    ("lookup", "next"): ("нашлось", "found"),
    ("", "otherwise"): ("иначе", "otherwise"),
    ("menu", "otherwise"): ("не выбрал", "no choice"),
    ("extension", "otherwise"): ("не соединили", "not reached"),
    ("ask", "otherwise"): ("не ответил", "no answer"),
    ("offer_callback", "otherwise"): ("отказался", "declined"),
    ("to_agent", "otherwise"): ("не ответил", "no answer"),
    ("ring_in_turn", "otherwise"): ("никто не ответил", "nobody answered"),
    ("ring_group", "otherwise"): ("никто не ответил", "nobody answered"),
    ("to_number", "otherwise"): ("не ответили", "no answer"),
    ("", "extension_next"): ("внутренний не ответил", "extension did not answer"),
    ("", "open"): ("открыто", "open"),
    ("", "closed"): ("закрыто", "closed"),
    ("", "missing"): ("не нашлось", "not found"),
    ("", "failed"): ("не ответил", "failed"),
    ("", "message"): ("сообщение", "message"),
    ("", "back"): ("вернётся", "comes back"),
}
