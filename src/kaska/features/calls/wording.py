"""What the ledger's words are called on screen and in exported files, in Russian and English."""

from __future__ import annotations

Words = dict[str, tuple[str, str]]
"""ledger word → (Russian, English)"""

OUTCOMES: Words = {
    "answered": ("Отвечен", "Answered"),
    "self_served": ("Обслужен меню", "Served by the menu"),
    "message_taken": ("Принято сообщение", "Message taken"),
    "called_back": ("Перезвонили", "Called back"),
    "blocked": ("Чёрный список", "Blocked"),
    "short_abandoned": ("Сброшен сразу", "Short abandoned"),
    "lost": ("Потерян", "Lost"),
    "not_reached": ("Не дозвонились", "Not reached"),
}

CAUSES: Words = {
    "talked": ("поговорили", "talked"),
    "served_by_menu": ("ответ дало меню", "served by the menu"),
    "menu": ("положил трубку в меню", "hung up in the menu"),
    "waiting": ("положил трубку в очереди", "hung up while waiting"),
    "ringing": ("положил трубку, пока звонили оператору", "hung up while an agent's phone rang"),
    "at_answer": ("положил трубку в момент ответа", "hung up at the moment of the answer"),
    "closed_hours": ("нерабочее время", "closed hours"),
    "message": ("оставил сообщение", "left a message"),
    "fax": ("факс", "a fax"),
    "callback": ("заказал обратный звонок", "asked for a callback"),
    "switch_failure": ("сбой станции", "switch failure"),
    "application_away": ("приложение не работало", "the application was away"),
    "before_answer": ("положил трубку до ответа", "hung up before the answer"),
    "refused": ("звонок отклонён", "refused"),
    "black_list": ("чёрный список", "black list"),
    "no_answer": ("не ответили", "no answer"),
    "busy": ("занято", "busy"),
    "agent_left": ("оператор отключился", "the agent left"),
    "called_us": ("клиент позвонил сам", "the person called us"),
    "transfer": ("положил трубку, не дождавшись перевода", "hung up while being transferred"),
}

DIRECTIONS: Words = {
    "inbound": ("входящий", "inbound"),
    "outbound": ("исходящий", "outbound"),
    "trial": ("проверочный", "test"),
}

PARTIES: Words = {
    "customer": ("клиент", "customer"),
    "agent": ("оператор", "agent"),
    "supervisor": ("супервизор", "supervisor"),
    "second": ("второй звонок оператора", "the agent's second call"),
}

MONITOR_MODES: Words = {
    "listen": ("прослушивание", "listening"),
    "whisper": ("суфлирование", "whispering"),
    "barge": ("вмешательство", "barging in"),
    "take_over": ("забирает разговор", "taking the call over"),
}

OFFER_RESULTS: Words = {
    "accepted": ("принял", "accepted"),
    "rejected": ("отклонил", "rejected"),
    "timed_out": ("не ответил вовремя", "did not answer in time"),
    "withdrawn": ("предложение снято", "the offer was withdrawn"),
    "sent_on": ("узнал, кто звонит, и отправил дальше", "heard who it is and sent the call on"),
    "failed": ("до телефона не дозвонились", "the phone could not be rung"),
}

CONSULT_RESULTS: Words = {
    "cancelled": ("консультация отменена", "the consult was cancelled"),
    "rejected": ("отклонил", "rejected"),
    "timed_out": ("не ответил вовремя", "did not answer in time"),
    "failed": ("до телефона не дозвонились", "the phone could not be rung"),
    "left": ("вышел из разговора", "left the call"),
    "took_over": ("принял клиента", "took the person over"),
    "sent_on": ("клиент переведён, пока звонит телефон", "the person was sent on while the phone rang"),
    "customer_left": ("клиент положил трубку", "the person hung up"),
}

DEQUEUE_REASONS: Words = {
    "message": ("решил оставить сообщение", "chose to leave a message"),
    "fax": ("звонит факс", "a fax machine calls"),
    "too_long": ("ждал слишком долго", "waited too long"),
    "left": ("ушёл из очереди", "left"),
    "queue_removed": ("очередь удалена из настроек", "the queue was removed"),
    "full": ("очередь заполнена", "the queue is full"),
    "nobody_free": ("никто не свободен, а ждать в этой очереди нельзя", "nobody is free, and this queue does not hold"),
    "overflow": ("никто не взял, предложено оставить сообщение", "nobody took it, asked for a message"),
}

OFFER_RULES: Words = {
    "round_robin": ("по кругу", "round robin"),
    "even_count": ("меньше всех звонков сегодня", "fewest contacts today"),
    "even_talk": ("меньше всех говорил сегодня", "least talk time today"),
    "most_skilled": ("самый опытный", "most skilled"),
    "training": ("для обучения", "for training"),
    "best_performer": ("лучший КПД", "best conversion"),
    "sequential": ("первый свободный по списку", "first free on the list"),
    "ring_all": ("звонят все", "all phones ring"),
    "last_agent": ("знает клиента", "knows the customer"),
    "secretary_first": ("секретарь", "secretary"),
    "group": ("группа резерва", "reserve group"),
    "partner": ("партнёр", "partner"),
    "mobile": ("дежурный мобильный", "duty mobile"),
    "scenario": ("номер из сценария", "a number of the scenario"),
    "debt": ("долг: перезвонить", "a debt: call back"),
    "by_hand": ("звонит сам", "calls by himself"),
    "transfer": ("перевод", "transfer"),
    "returned": ("возврат перевода", "the transfer came back"),
    "picked_up": ("забрал сам", "took it himself"),
}
"""why a contact was offered to this one; "longest idle" is not said"""

PHONE_ACTIONS: Words = {
    "": ("", ""),
    "pick_up": ("забрать звонок", "pick a call up"),
    "park": ("парковка", "parking"),
    "camp": ("позвонить, когда освободится", "call when free"),
    "page": ("объявление группе", "paging a group"),
    "dictate": ("наговорить фразу", "speak a prompt"),
    "listen": ("прослушивание", "listening"),
    "whisper": ("суфлирование", "whispering"),
    "barge": ("вмешательство", "barging in"),
    "ready": ("готов", "ready"),
    "break": ("перерыв", "break"),
    "off_duty": ("конец смены", "end of the shift"),
    "mode": ("режим работы", "mode"),
}
"""what a code that was dialled means; "" = a number"""

DICTATION_STAGES: Words = {
    "numbering": ("набирает номер фразы", "keys in the number of the prompt"),
    "speaking": ("говорит", "speaks"),
    "hearing": ("слушает и решает", "hears it and decides"),
    "saving": ("фраза сохраняется", "the prompt is being kept"),
    "left": ("положил трубку, не закончив", "hung up before the end"),
}

DICTATION_RESULTS: Words = {
    "kept": ("фраза сохранена", "the prompt is kept"),
    "unconfirmed": ("фраза записана, но не подтверждена", "the prompt is recorded and not confirmed"),
    "empty": ("ничего не записано", "nothing was recorded"),
}

OVERFLOW_STEPS: Words = {
    "queue": ("другая очередь", "another queue"),
    "group": ("группа", "a group"),
    "partner": ("партнёрский центр", "the partner centre"),
    "mobile": ("дежурный мобильный", "the duty mobile"),
    "message": ("сообщение", "a message"),
}

OVERFLOW_PASSED: Words = {
    "short_line": ("ждут немногие", "few are waiting"),
    "short_wait": ("ждать недолго или неизвестно сколько", "the wait is short or not known"),
    "hours": ("не в это время", "not at this hour"),
    "promised": ("клиенту обещан перезвон", "the person was promised a callback"),
    "gone": ("этого больше нет в настройках", "no longer configured"),
}

AWAITED: Words = {
    "last_agent": ("того, кто знает клиента", "the one who knows the customer"),
    "secretary_first": ("секретаря", "the secretary"),
}

AWAITED_NO_MORE: Words = {
    "too_long": ("занят слишком долго", "busy too long"),
    "agent_left": ("ушёл с линии", "off duty"),
}

STEPS: Words = {
    "play": ("объявление", "announcement"),
    "inform": ("информационная линия", "information line"),
    "voicemail": ("голосовая почта", "voicemail"),
    "fax": ("приём факса", "receiving a fax"),
    "extension": ("донабор", "direct dialling"),
    "ask": ("вопрос", "question"),
    "survey": ("опрос", "survey"),
    "offer_callback": ("предложение перезвонить", "offer of a callback"),
    "by_mode": ("режим работы", "mode"),
    "branch": ("условие", "condition"),
    "assign": ("пометки", "notes"),
    "lookup": ("запрос данных", "lookup"),
    "record": ("запись разговора", "recording"),
    "to_scenario": ("другой сценарий", "another scenario"),
    "return": ("возврат из сценария", "return from a scenario"),
    "to_agent": ("вызов оператора", "ringing an agent"),
    "ring_in_turn": ("вызов по очереди", "ringing in turn"),
    "ring_group": ("вызов группы", "ringing a group"),
    "to_number": ("вызов внешнего номера", "ringing a number outside"),
    "menu": ("меню", "menu"),
    "schedule": ("расписание", "schedule"),
    "enqueue": ("очередь", "queue"),
    "take_message": ("приём сообщения", "taking a message"),
    "finish": ("завершение", "finish"),
}

MODES: Words = {
    "day": ("день", "day"),
    "lunch": ("обед", "lunch"),
    "evening": ("вечер", "evening"),
    "night": ("ночь", "night"),
    "weekend": ("выходной", "weekend"),
    "holiday": ("праздник", "holiday"),
}
"""those that every company has; its own are shown as they are"""

STEP_DETAILS: Words = {
    "open": ("открыто", "open"),
    "closed": ("закрыто", "closed"),
    "otherwise": ("иначе", "otherwise"),
    **MODES,
}

LOOKUP_RESULTS: Words = {
    "found": ("найдено", "found"),
    "missing": ("ничего не известно", "nothing known"),
    "failed": ("не удалось спросить", "could not be asked"),
    "late": ("не ответили вовремя", "no answer in time"),
}

AGENT_STATES: Words = {
    "offline": ("не на смене", "offline"),
    "ready": ("готов", "ready"),
    "ringing": ("звонит телефон", "ringing"),
    "talking": ("разговаривает", "talking"),
    "wrap_up": ("постобработка", "wrap-up"),
    "break": ("перерыв", "on a break"),
    "not_answering": ("не отвечает", "not answering"),
}

AGENT_REASONS: Words = {
    "signed_in": ("начал смену", "signed in"),
    "removed": ("рабочее место удалено", "workplace removed"),
    "device_unreachable": ("телефон не на связи", "phone not connected"),
    "no_answer": ("не ответил на звонок", "did not answer the call"),
    "rejected": ("отклонил звонок", "rejected the call"),
    "supervising": ("слушает разговор коллеги", "listening to a colleague"),
    "calling_back": ("набираем клиента", "the customer is being dialled"),
    "consult": ("консультация", "consulting"),
    "phone": ("кодом с телефона", "by a code on the telephone"),
    "inside": ("внутренний звонок", "a call inside"),
}

CAMP_RESULTS: Words = {
    "called": ("звоним", "calling"),
    "expired": ("время вышло", "the time is over"),
    "cancelled": ("отменено", "cancelled"),
    "left": ("закончилась смена", "off duty"),
    "refused": ("номер вызвать нельзя", "the number may not be called"),
}

INSIDE_RESULTS: Words = {
    "talked": ("поговорили", "they talked"),
    "no_answer": ("не ответил", "no answer"),
    "busy": ("занят", "busy"),
    "unreachable": ("телефон недоступен", "the telephone cannot be reached"),
    "gave_up": ("звонивший положил трубку", "the caller hung up"),
}
"""those that the core gives; what people type themselves is shown as it is"""

DEBT_CLOSINGS: Words = {
    "called_back": ("перезвонили", "called back"),
    "came_back": ("клиент обратился сам", "the person came back"),
    "unreachable": ("не дозвонились", "unreachable"),
    "refused": ("клиент отказался", "the person refused"),
    "written_off": ("списан", "written off"),
}

ATTEMPT_RESULTS: Words = {
    "": ("", ""),
    "no_answer": ("не ответил", "no answer"),
    "busy": ("занято", "busy"),
    "no_such_number": ("номер не существует", "no such number"),
    "failed": ("нет линии", "no line"),
    "given_up": ("оператор положил трубку", "the agent hung up"),
    "talked": ("поговорили", "talked"),
    "refused": ("отказался", "refused"),
    "wrong_number": ("не тот человек", "not the right person"),
}

LEG_CAUSES: dict[int, tuple[str, str]] = {
    0: ("причина неизвестна", "cause unknown"),
    1: ("номер не существует", "no such number"),
    16: ("обычное завершение", "normal clearing"),
    17: ("занято", "busy"),
    18: ("нет отклика", "no response"),
    19: ("нет ответа", "no answer"),
    20: ("телефон не на связи", "phone absent"),
    21: ("отклонён", "rejected"),
    26: ("принят на другом телефоне", "completed elsewhere"),
    34: ("нет свободных линий", "no circuit"),
    38: ("сбой сети", "network failure"),
}

SOURCES: Words = {
    "live": ("", ""),
    "reconcile": ("восстановлено по станции", "restored from the switch"),
    "fallback": ("обслужено станцией без приложения", "handled by the switch alone"),
    "switch_failure": ("сбой станции", "switch failure"),
}


def word(words: Words, value: str, language: str) -> str:
    """What ``value`` is called in ``language``; a word nobody described is shown as it is."""
    pair = words.get(value)
    return value if pair is None else pair[language == "en"]


def leg_cause(cause: int, language: str) -> str:
    """A Q.850 number in words."""
    pair = LEG_CAUSES.get(cause)
    return f"Q.850 {cause}" if pair is None else pair[language == "en"]


def duration(seconds: float, language: str) -> str:
    """83.4 → "1 мин 23 с"."""
    whole = max(0, round(seconds))
    minutes, rest = divmod(whole, 60)
    minute, second = ("min", "s") if language == "en" else ("мин", "с")
    return f"{minutes} {minute} {rest} {second}" if minutes else f"{rest} {second}"


STOPS: Words = {
    "direction_closed": ("это направление закрыто", "this direction is closed"),
    "night_closed": ("ночью это направление закрыто", "this direction is closed at night"),
    "calls_cap": ("исходящих одновременно больше нельзя", "no more outgoing calls at once"),
    "spending_cap": ("лимит на сегодня исчерпан", "today's limit is used up"),
    "lines_kept": ("свободные линии оставлены для входящих", "the free lines are kept for incoming calls"),
    "no_trunk": ("нет линии", "there is no line"),
}
"""why a call outside was not made"""

PAUSES: Words = {
    "agent": ("по просьбе оператора", "the agent asked for it"),
    "script": ("шаг скрипта", "a step of the script"),
    "card": ("поле карты", "a field for a card"),
}
"""why a recording was paused"""
