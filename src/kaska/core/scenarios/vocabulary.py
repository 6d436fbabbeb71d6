"""The words that recordings are made of: language → prompt name → text. Complete for everything that can be composed.

Numbers below a hundred are one recording each, because every join between recordings is heard; beyond that they are
composed, because thousands of recordings would take too long to make.
"""

from __future__ import annotations

from typing import Literal

Gender = Literal["m", "f", "n"]
Form = Literal["one", "few", "many"]
Noun = Literal["rouble", "kopeck", "day", "hour", "minute", "second", "call", "message", "person"]

WHOLE_PLACES = 20
"""places up to this one are one recording each"""

EXACT_MINUTES = 20
"""longer waits are rounded up to the next five minutes: an estimate is not that exact"""

WHOLE_DAYS = (*range(1, 21), 30)
"""days of a month that are one recording each; the others are composed: «двадцать» «пятое»"""


def form_of(n: int, language: str = "ru") -> Form:
    """The grammatical form of what is counted: one (минута), few (минуты) or many (минут); English has no "few"."""
    if language == "en":
        return "one" if n == 1 else "many"
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14):
        return "few"
    return "many"


NOUN_GENDERS: dict[Noun, Gender] = {
    "rouble": "m",
    "kopeck": "f",
    "day": "m",
    "hour": "m",
    "minute": "f",
    "second": "f",
    "call": "m",
    "message": "n",
    "person": "m",
}
"""what can be counted → its gender in Russian"""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_RU_SMALL = _words(
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
    "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
_RU_TENS = _words("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
_RU_HUNDREDS = _words("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")
_RU_SMALL_ORDINALS = _words(
    "первый второй третий четвёртый пятый шестой седьмой восьмой девятый десятый одиннадцатый двенадцатый "
    "тринадцатый четырнадцатый пятнадцатый шестнадцатый семнадцатый восемнадцатый девятнадцатый"
)
_RU_TENS_ORDINALS = _words(
    "двадцатый тридцатый сороковой пятидесятый шестидесятый семидесятый восьмидесятый девяностый"
)
_RU_HUNDREDS_ORDINALS = _words(
    "сотый двухсотый трёхсотый четырёхсотый пятисотый шестисотый семисотый восьмисотый девятисотый"
)
_RU_GENDERS: dict[tuple[int, Gender], str] = {(1, "f"): "одна", (2, "f"): "две", (1, "n"): "одно"}

_EN_SMALL = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_EN_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
_EN_SMALL_ORDINALS = _words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_EN_TENS_ORDINALS = _words("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth")

INFLECTED = frozenset((tens + unit, gender) for unit, gender in _RU_GENDERS for tens in (0, *range(20, 100, 10)))
"""the numbers below 100 whose last word differs from the masculine"""


def _russian(n: int, gender: Gender = "m") -> str:
    """0…99 in words."""
    if n >= 20 and n % 10 == 0:
        return _RU_TENS[n // 10 - 2]
    if n < 20:
        return _RU_GENDERS.get((n, gender), _RU_SMALL[n])
    return f"{_RU_TENS[n // 10 - 2]} {_RU_GENDERS.get((n % 10, gender), _RU_SMALL[n % 10])}"


def _russian_ordinal(n: int) -> str:
    """1…99, masculine."""
    if n < 20:
        return _RU_SMALL_ORDINALS[n - 1]
    if n % 10 == 0:
        return _RU_TENS_ORDINALS[n // 10 - 2]
    return f"{_RU_TENS[n // 10 - 2]} {_RU_SMALL_ORDINALS[n % 10 - 1]}"


def _english(n: int) -> str:
    """0…99 in words."""
    if n < 20:
        return _EN_SMALL[n]
    return _EN_TENS[n // 10 - 2] + (f"-{_EN_SMALL[n % 10]}" if n % 10 else "")


def _english_ordinal(n: int) -> str:
    """1…99."""
    if n < 20:
        return _EN_SMALL_ORDINALS[n - 1]
    if n % 10 == 0:
        return _EN_TENS_ORDINALS[n // 10 - 2]
    return f"{_EN_TENS[n // 10 - 2]}-{_EN_SMALL_ORDINALS[n % 10 - 1]}"


_RU_NOUNS: dict[Noun, str] = {
    "rouble": "рубль рубля рублей",
    "kopeck": "копейка копейки копеек",
    "day": "день дня дней",
    "hour": "час часа часов",
    "minute": "минута минуты минут",
    "second": "секунда секунды секунд",
    "call": "звонок звонка звонков",
    "message": "сообщение сообщения сообщений",
    "person": "человек человека человек",
}
_EN_NOUNS: dict[Noun, str] = {
    "rouble": "rouble roubles",
    "kopeck": "kopeck kopecks",
    "day": "day days",
    "hour": "hour hours",
    "minute": "minute minutes",
    "second": "second seconds",
    "call": "call calls",
    "message": "message messages",
    "person": "person people",
}
_RU_MONTHS = _words("января февраля марта апреля мая июня июля августа сентября октября ноября декабря")
_EN_MONTHS = _words("January February March April May June July August September October November December")
_RU_WEEKDAYS = _words("понедельник вторник среда четверг пятница суббота воскресенье")
_EN_WEEKDAYS = _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")


def _russian_day(n: int) -> str:
    """The ordinal of a day, neuter: первое, третье, двадцатое."""
    masculine = _russian_ordinal(n)
    return masculine[:-2] + ("ье" if masculine == "третий" else "ое")


def _calendar(language: str) -> dict[str, str]:
    day, months, weekdays = (
        (_english_ordinal, _EN_MONTHS, _EN_WEEKDAYS) if language == "en" else (_russian_day, _RU_MONTHS, _RU_WEEKDAYS)
    )
    words = {f"day/{n}": day(n) for n in WHOLE_DAYS}
    words |= {f"month/{n}": word for n, word in enumerate(months, 1)}
    return words | {f"weekday/{n}": word for n, word in enumerate(weekdays, 1)}


_WAITS = (*range(1, EXACT_MINUTES + 1), *range(EXACT_MINUTES + 5, 60, 5))

_RU_PHRASES = {
    "recording-notice": "Здравствуйте! Разговор записывается.",
    "greeting": "Здравствуйте! Вы позвонили в компанию «Фабрика окон». Разговоры записываются.",
    "menu": (
        "Отдел продаж — нажмите один. Сервис — два. Чтобы поговорить с оператором, нажмите ноль. "
        "Если вы знаете внутренний номер, наберите его."
    ),
    "wrong-key": "Такого пункта в меню нет.",
    "extension-unanswered": "Сотрудник не отвечает. Соединяем с оператором.",
    "closed": "Сейчас мы не работаем, но обязательно ответим вам.",
    "message-question": (
        "Пожалуйста, после сигнала назовите ваш вопрос и как с вами связаться. Закончив, нажмите решётку."
    ),
    "thanks": "Спасибо! Мы получили ваше сообщение и перезвоним.",
    "goodbye": "До свидания!",
    "all-busy": "Все операторы сейчас заняты.",
    "stay-on-line": "Пожалуйста, оставайтесь на линии.",
    "queue-offer": (
        "Чтобы оставить сообщение, нажмите один. Чтобы мы перезвонили вам, сохранив ваше место в очереди, "
        "нажмите два. Или оставайтесь на линии."
    ),
    "recording-told": "Разговор записывается.",
    "outgoing-refused": "Этот номер сейчас вызвать нельзя, разговор продолжается. Причина видна на экране.",
    "callback-promised": "Спасибо! Мы сохранили ваше место в очереди и перезвоним на этот номер. До свидания!",
    "callback-connecting": (
        "Здравствуйте! Вы звонили в компанию «Фабрика окон». Соединяем вас с оператором. Разговор записывается."
    ),
    "survey-quality": "Оцените, пожалуйста, работу оператора от одного до пяти, где пять — отлично.",
    "survey-solved": "Решён ли ваш вопрос? Если да, нажмите один, если нет — два.",
    "survey-thanks": "Спасибо за вашу оценку! До свидания!",
    "blocked": "Извините, мы не можем принять этот звонок.",
    "fallback-message": (
        "Сейчас мы не можем соединить вас с оператором. Пожалуйста, после сигнала назовите ваше имя, "
        "номер телефона и вопрос. Мы перезвоним."
    ),
}

_EN_PHRASES = {
    "recording-notice": "Hello! This call is recorded.",
    "greeting": "Hello! You have reached the Window Factory. Calls are recorded.",
    "menu": (
        "For sales, press one. For service, press two. To speak to an operator, press zero. "
        "If you know the extension, dial it now."
    ),
    "wrong-key": "There is no such option.",
    "extension-unanswered": "Nobody answers there. We are connecting you to an operator.",
    "closed": "We are closed now, but we will answer you.",
    "message-question": "After the tone, please say your question and how to reach you. Press pound when you are done.",
    "thanks": "Thank you! We have your message and will call you back.",
    "goodbye": "Goodbye!",
    "all-busy": "All operators are busy now.",
    "stay-on-line": "Please stay on the line.",
    "queue-offer": (
        "To leave a message, press one. To be called back without losing your place in line, press two. "
        "Or stay on the line."
    ),
    "recording-told": "This call is recorded.",
    "outgoing-refused": "This number may not be called now, and your conversation goes on. The screen says why.",
    "callback-promised": "Thank you! We have kept your place in line and will call this number. Goodbye!",
    "callback-connecting": (
        "Hello! You called the Window Factory. We are connecting you to an operator. The call is recorded."
    ),
    "survey-quality": "Please rate the operator from one to five, where five is excellent.",
    "survey-solved": "Was your question solved? For yes, press one, for no, press two.",
    "survey-thanks": "Thank you for your answers! Goodbye!",
    "blocked": "Sorry, we cannot take this call.",
    "fallback-message": (
        "We cannot connect you to an operator now. After the tone, please say your name, telephone number and "
        "question. We will call you back."
    ),
}

_RU_CODES = {
    "ready": "Вы готовы принимать звонки.",
    "break": "Отмечен перерыв.",
    "off-duty": "Смена закончена.",
    "mode": "Режим работы переключён.",
    "parked": "Звонок на парковке, место",
    "finish-first": "Сначала закончите текущий разговор.",
    "off-duty-yet": "Сначала начните смену.",
    "listens-already": "Вы уже слушаете другой разговор.",
    "no-break": "Перерыв сейчас невозможен: ждут клиенты.",
    "break-warned": "Ждут клиенты. Чтобы уйти всё равно, наберите код ещё раз и добавьте звёздочку.",
    "not-allowed-now": "Этот номер сейчас вызвать нельзя.",
    "not-permitted": "У вас нет на это права.",
    "busy": "Сотрудник сейчас занят.",
    "no-line": "Нет свободной линии.",
    "own-number": "Это ваш собственный номер.",
    "screen-from": "Вас спрашивает номер",
    "screen-hidden": "Вас спрашивают, номер скрыт.",
    "screen-keys": "Чтобы принять звонок, нажмите один, чтобы отправить дальше — два.",
    "page-hear": "Говорите. Слышат вас:",
    "page-busy": "Не слышат:",
    "door-nobody": "К сожалению, сейчас никто не может подойти. О вашем звонке сообщено.",
    "prompt-number": "Наберите номер фразы и решётку.",
    "prompt-speak": "Говорите после сигнала. Закончив, нажмите решётку.",
    "prompt-keys": "Чтобы сохранить запись, нажмите один, чтобы записать заново — два.",
    "prompt-kept": "Запись сохранена.",
    "prompt-empty": "Ничего не слышно.",
    "camp": "Мы позвоним вам, когда сотрудник освободится.",
    "camp-off": "Больше никого не ждём.",
    "no-camp": "Вы никого не ждёте.",
    "not-there": "Телефон сотрудника сейчас недоступен.",
    "called-already": "Этому клиенту уже звонят.",
    "no-such-code": "Такого кода нет.",
    "no-such-number": "Такого номера нет.",
    "no-such-colleague": "Сотрудника с таким номером нет.",
    "nobody-free": "Сейчас никто не свободен.",
    "nobody-parked": "На парковке никого нет.",
    "nobody-talks": "Этот сотрудник сейчас не разговаривает.",
    "nobody-rings": "Сейчас никто не звонит.",
    "no-workplace": "У этого телефона нет рабочего места.",
    "not-his": "Этот звонок ждёт в чужой очереди.",
    "own-call": "Это ваш собственный разговор.",
    "place-taken": "Это место занято.",
    "not-now": "Сейчас это сделать нельзя.",
}
"""what is said to who dials by himself"""

_EN_CODES = {
    "ready": "You are ready for calls.",
    "break": "You are on a break.",
    "off-duty": "Your shift is over.",
    "mode": "The mode is switched.",
    "parked": "The call is parked, place",
    "finish-first": "Finish your conversation first.",
    "off-duty-yet": "Begin your shift first.",
    "listens-already": "You are listening to another conversation.",
    "no-break": "No break just now: people are waiting.",
    "break-warned": "People are waiting. To go all the same, dial the code again and add a star.",
    "not-allowed-now": "This number may not be called now.",
    "not-permitted": "You have no permission for that.",
    "busy": "This colleague is busy.",
    "no-line": "There is no free line.",
    "own-number": "This is your own number.",
    "screen-from": "A call for you from the number",
    "screen-hidden": "A call for you, the number is withheld.",
    "screen-keys": "Press one to take it, two to send it on.",
    "page-hear": "Speak. You are heard by",
    "page-busy": "Not heard by",
    "door-nobody": "Sorry, nobody can come to the telephone now. Your call has been noted.",
    "prompt-number": "Dial the number of the prompt, then pound.",
    "prompt-speak": "Speak after the tone. Press pound when you are done.",
    "prompt-keys": "To keep the recording, press one, to record it again, two.",
    "prompt-kept": "The recording is kept.",
    "prompt-empty": "Nothing can be heard.",
    "camp": "We will call you when this colleague is free.",
    "camp-off": "You wait for nobody any more.",
    "no-camp": "You wait for nobody.",
    "not-there": "This colleague's telephone cannot be reached now.",
    "called-already": "This person is being called already.",
    "no-such-code": "There is no such code.",
    "no-such-number": "There is no such number.",
    "no-such-colleague": "No colleague has this extension.",
    "nobody-free": "Nobody is free now.",
    "nobody-parked": "Nobody is parked there.",
    "nobody-talks": "This colleague is not talking now.",
    "nobody-rings": "Nobody is calling now.",
    "no-workplace": "This telephone has no workplace.",
    "not-his": "This call waits in a queue that is not yours.",
    "own-call": "This is your own conversation.",
    "place-taken": "This place is taken.",
    "not-now": "This cannot be done now.",
}


def _russian_set() -> dict[str, str]:
    words = dict(_RU_PHRASES) | {f"code/{name}": text for name, text in _RU_CODES.items()}
    words |= {f"n/{n}": _russian(n) for n in range(100)}
    words |= {f"n/{n}{gender}": _russian(n, gender) for n, gender in sorted(INFLECTED)}
    words |= {f"n/{100 * k}": word for k, word in enumerate(_RU_HUNDREDS, 1)}
    words |= {"thousand/one": "тысяча", "thousand/few": "тысячи", "thousand/many": "тысяч"}
    words |= {"million/one": "миллион", "million/few": "миллиона", "million/many": "миллионов"}
    for noun, forms in _RU_NOUNS.items():
        words |= {f"{noun}/{form}": text for form, text in zip(("one", "few", "many"), forms.split(), strict=True)}
    words |= _calendar("ru")
    words |= {f"place/{n}": f"Вы {_russian_ordinal(n)} в очереди." for n in range(1, WHOLE_PLACES + 1)}
    words |= {"place/you": "Вы", "place/far": "Сейчас очень длинная очередь."}
    words |= {f"ord/{n}": f"{_russian_ordinal(n)} в очереди." for n in range(1, 100)}
    words |= {f"ord/{100 * k}": f"{word} в очереди." for k, word in enumerate(_RU_HUNDREDS_ORDINALS, 1)}
    estimate = "Примерное время ожидания —"
    minutes = {"one": "минута", "few": "минуты", "many": "минут"}
    words |= {f"wait/{n}": f"{estimate} {_russian(n, 'f')} {minutes[form_of(n)]}." for n in _WAITS}
    words |= {"wait/60": f"{estimate} один час.", "wait/over-hour": f"{estimate} больше часа."}
    words |= {"wait/under-minute": f"{estimate} меньше минуты."}
    return words


def _english_set() -> dict[str, str]:
    words = dict(_EN_PHRASES) | {f"code/{name}": text for name, text in _EN_CODES.items()}
    words |= {f"n/{n}": _english(n) for n in range(100)}
    words |= {f"n/{100 * k}": f"{_EN_SMALL[k]} hundred" for k in range(1, 10)}
    words |= {"thousand": "thousand", "million": "million"}
    for noun, forms in _EN_NOUNS.items():
        words |= {f"{noun}/{form}": text for form, text in zip(("one", "many"), forms.split(), strict=True)}
    words |= _calendar("en")
    words |= {"time/am": "A M", "time/pm": "P M", "time/noon": "noon", "time/midnight": "midnight", "time/oh": "oh"}
    words |= {f"place/{n}": f"You are {_english_ordinal(n)} in line." for n in range(1, WHOLE_PLACES + 1)}
    words |= {"place/you": "You are", "place/far": "The line is very long now."}
    words |= {f"ord/{n}": f"{_english_ordinal(n)} in line." for n in range(1, 100)}
    words |= {f"ord/{100 * k}": f"{_EN_SMALL[k]} hundredth in line." for k in range(1, 10)}
    estimate = "The expected wait is"
    words |= {f"wait/{n}": f"{estimate} {_english(n)} {'minute' if n == 1 else 'minutes'}." for n in _WAITS}
    words |= {"wait/60": f"{estimate} one hour.", "wait/over-hour": f"{estimate} more than an hour."}
    words |= {"wait/under-minute": f"{estimate} less than a minute."}
    return words


VOCABULARY: dict[str, dict[str, str]] = {"ru": _russian_set(), "en": _english_set()}
"""language → prompt name (without the language) → text to record"""
