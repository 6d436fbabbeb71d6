"""How a feature asks the running engine: the dependency, and what its refusals say to a person.

``app.state.inboxes`` maps a tenant to its Inbox; the application factory puts it there.
"""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.requests import HTTPConnection

from kaska.core.events import Event
from kaska.core.facts import BreakAnswered, Fact, OutgoingRefused
from kaska.core.ports import EngineAway, Inbox, Refused
from kaska.core.supervision.breaks import ANSWERS
from kaska.kit.http import error_response, language_of

_AWAY = {
    "ru": "Сервер звонков перезапускается. Повторите через несколько секунд.",
    "en": "The call engine is restarting. Try again in a few seconds.",
}

REFUSALS: dict[str, dict[str, str]] = {
    "agent_busy": {"ru": "Сначала закончите текущее обращение.", "en": "Finish the current contact first."},
    "agent_offline": {"ru": "Сначала начните смену.", "en": "Begin your shift first."},
    "not_an_agent": {
        "ru": "У вас нет рабочего места оператора. Администратор может создать его и опубликовать настройки.",
        "en": "You have no agent's workplace. An administrator can make one and publish the configuration.",
    },
    "no_device": {
        "ru": "У вас нет телефона. Администратор может его создать.",
        "en": "You have no telephone. An administrator can make one.",
    },
    "no_such_device": {"ru": "Такого телефона у вас нет.", "en": "You have no such telephone."},
    "no_such_call": {"ru": "Этого звонка у вас уже нет.", "en": "You are not in this call any more."},
    "no_such_offer": {"ru": "Этот звонок вам уже не предлагается.", "en": "This call is not offered to you any more."},
    "consulting": {
        "ru": "Сначала закончите консультацию: вернитесь к клиенту, соедините всех или передайте звонок.",
        "en": "Finish the consult first: return to the customer, join all, or hand the call over.",
    },
    "camps_already": {
        "ru": "Вы уже ждёте: позвоним, как только освободится.",
        "en": "You wait for that already: you will be called.",
    },
    "no_such_camp": {"ru": "Вы этого уже не ждёте.", "en": "You do not wait for that any more."},
    "own_number": {"ru": "Это ваш собственный внутренний номер.", "en": "This is your own extension."},
    "colleague_unreachable": {
        "ru": "Телефон коллеги сейчас недоступен: он выключен или закрыта страница.",
        "en": "This colleague's telephone cannot be reached: it is off, or the page is closed.",
    },
    "colleagues_only": {
        "ru": "В разговор с коллегой можно позвать коллегу или другую площадку, но не внешний номер.",
        "en": "A colleague or another site can be asked into a talk with a colleague, a number outside cannot.",
    },
    "no_lock": {
        "ru": "У этой двери не указан код замка: его добавляет администратор, «Настройки» → «Двери».",
        "en": "This door has no code for its lock: an administrator adds it, Settings, Doors.",
    },
    "no_consult": {"ru": "Вы сейчас ни с кем не советуетесь.", "en": "You are consulting nobody now."},
    "not_answered_yet": {"ru": "Там ещё не ответили.", "en": "They have not answered yet."},
    "colleague_not_free": {
        "ru": "Коллега сейчас не свободен. Выберите другого или переведите в очередь.",
        "en": "This colleague is not free now. Choose another, or transfer to a queue.",
    },
    "no_such_colleague": {"ru": "Такого оператора нет.", "en": "There is no such agent."},
    "no_such_scenario": {"ru": "Такого сценария нет.", "en": "There is no such scenario."},
    "no_such_queue": {"ru": "Такой очереди нет.", "en": "There is no such queue."},
    "nobody_free": {
        "ru": "В этой очереди сейчас никто не свободен. Можно перевести клиента: он подождёт в ней.",
        "en": "Nobody of this queue is free now. You can transfer the customer, who will wait in it.",
    },
    "nobody_to_pick_up": {
        "ru": "Этот звонок уже не ждёт: его приняли, или человек положил трубку.",
        "en": "This call does not wait any more: somebody took it, or the person hung up.",
    },
    "not_his_queue": {
        "ru": "Этот звонок ждёт в очереди, которую вы не обслуживаете.",
        "en": "This call waits in a queue that you do not serve.",
    },
    "wrong_number": {
        "ru": "Это не похоже на номер. Пример: +7 495 000-00-11.",
        "en": "This does not look like a number. Example: +7 495 000-00-11.",
    },
    "not_recorded": {
        "ru": "Этот разговор не записывается: приостанавливать нечего.",
        "en": "This conversation is not recorded: there is nothing to pause.",
    },
    "direction_closed": {
        "ru": "Звонки в этом направлении вам закрыты. Открывает администратор: «Настройки» → «Исходящие».",
        "en": "Calls of this kind are closed for you. An administrator opens them: Settings, Outgoing calls.",
    },
    "night_closed": {
        "ru": "Ночью в этом направлении не звонят. Позвоните днём или обратитесь к супервизору.",
        "en": "Calls of this kind are closed at night. Call by day, or ask your supervisor.",
    },
    "calls_cap": {
        "ru": "Сейчас идёт столько исходящих звонков, сколько разрешено. Повторите, когда один из них закончится.",
        "en": "As many outgoing calls as allowed are going on. Try again when one of them is over.",
    },
    "spending_cap": {
        "ru": "Лимит исходящих звонков на сегодня исчерпан. Поднимает его администратор: «Настройки» → «Исходящие».",
        "en": "Today's limit of outgoing calls is used up. An administrator raises it: Settings, Outgoing calls.",
    },
    "lines_kept": {
        "ru": "Свободные линии оставлены для входящих. Повторите через минуту.",
        "en": "The free lines are kept for incoming calls. Try again in a minute.",
    },
    "caller_unknown": {
        "ru": "Номер клиента неизвестен: позвонить некуда.",
        "en": "The number is unknown: nowhere to call.",
    },
    "already_calling": {
        "ru": "Этому клиенту уже звонят или перезвонят по обещанию.",
        "en": "This person is being called already, or a promised callback is on its way.",
    },
    "debt_closed": {"ru": "Этот долг уже закрыт.", "en": "This debt is already closed."},
    "unknown_debt": {"ru": "Такого долга нет.", "en": "There is no such debt."},
    "no_such_contact": {"ru": "Такого обращения нет или оно уже завершено.", "en": "No such contact, or it is over."},
    "device_unreachable": {
        "ru": "Выбранный телефон не на связи. Проверьте его или выберите другой.",
        "en": "The chosen phone is not connected. Check it or choose another.",
    },
    "already_promised": {
        "ru": "Этому клиенту уже звонит или перезвонит другой оператор.",
        "en": "Another agent is already calling this person back.",
    },
    "break_warned": {
        "ru": "Сейчас ждут клиенты или слишком многие на перерыве. Уйти всё равно?",
        "en": "People wait, or too many are on a break. Go all the same?",
    },
    "break_refused": {
        "ru": "Перерыв сейчас нельзя: ждут клиенты или слишком многие отошли. Попробуйте чуть позже.",
        "en": "No break just now: people wait, or too many are away. Try a little later.",
    },
    "nobody_talks": {
        "ru": "В этом звонке сейчас никто не разговаривает: слушать нечего.",
        "en": "Nobody talks in this call now: there is nothing to listen to.",
    },
    "own_call": {"ru": "Это ваш собственный разговор.", "en": "This is your own conversation."},
    "already_supervising": {
        "ru": "Вы уже слушаете другой разговор. Сначала отключитесь от него.",
        "en": "You are listening to another conversation. Leave it first.",
    },
    "not_supervising": {"ru": "Этот разговор вы не слушаете.", "en": "You are not listening to this conversation."},
    "no_workplace": {
        "ru": "Чтобы слушать, нужен свой телефон: администратор заводит вам рабочее место и публикует настройки.",
        "en": "Listening needs a telephone of yours: an administrator makes you a workplace and publishes it.",
    },
    "not_waiting": {"ru": "Клиент уже не ждёт в очереди.", "en": "The person does not wait in a queue any more."},
    "waits_there": {"ru": "Клиент уже ждёт в этой очереди.", "en": "The person waits in that queue already."},
    "agent_away": {
        "ru": "Оператор не на смене: начать её может только он сам.",
        "en": "The agent is off duty: only he can begin his shift.",
    },
    "wrong_state": {"ru": "Сейчас это сделать нельзя.", "en": "This cannot be done now."},
    "no_such_project": {"ru": "Такого проекта нет.", "en": "There is no such project."},
    "beginning_too_short": {
        "ru": "Начало номера слишком короткое: оно закрыло бы линию целой стране. Нужно не меньше четырёх цифр.",
        "en": "This beginning is too short: it would close the line for a country. Give at least four digits.",
    },
    "black_list_full": {
        "ru": "Чёрный список заполнен. Уберите из него то, что уже не нужно.",
        "en": "The black list is full. Remove what is not needed any more.",
    },
    "not_blocked": {"ru": "Этого номера в чёрном списке нет.", "en": "This number is not on the black list."},
    "no_such_code": {"ru": "Такого кода нет.", "en": "There is no such code."},
    "nobody_parked": {"ru": "На парковке никого нет.", "en": "Nobody is parked there."},
    "place_taken": {"ru": "Это место парковки занято.", "en": "This parking place is taken."},
    "not_permitted": {"ru": "У вас нет на это права.", "en": "You have no permission for that."},
    "no_such_mode": {
        "ru": "Такого режима у проекта нет. Его задаёт календарь проекта.",
        "en": "The project has no such mode. Its calendar names them.",
    },
    "already_past": {
        "ru": "Этот момент уже прошёл. Укажите время в будущем.",
        "en": "That moment has passed. Give one that is still to come.",
    },
    "forbidden_hours": {
        "ru": "В это время клиенту звонить нельзя по правилам проекта. Отложите долг на разрешённые часы.",
        "en": "The project's rules forbid calling this person now. Postpone the debt to the permitted hours.",
    },
    "no_such_owner": {
        "ru": "Такого оператора или очереди нет в опубликованных настройках.",
        "en": "There is no such agent or queue in the published configuration.",
    },
    "no_trunk": {
        "ru": "У проекта нет линии для исходящих звонков. Её задаёт администратор.",
        "en": "The project has no trunk for outgoing calls. An administrator sets it.",
    },
}


def engine_inbox(connection: HTTPConnection, tenant: str) -> Inbox:
    """The inbox of a tenant. Raises EngineAway when this process has no way to it."""
    inbox: Inbox | None = connection.app.state.inboxes(tenant)
    if inbox is None:
        raise EngineAway
    return inbox


async def ask(inbox: Inbox, event: Event) -> tuple[Fact, ...]:
    """``submit``; raises Refused, too, when a refusal is a fact: of the rules of outgoing calls, of the break guard."""
    happened = await inbox.submit(event)
    for fact in happened:
        if isinstance(fact, OutgoingRefused):
            raise Refused(fact.reason)
        if isinstance(fact, BreakAnswered) and fact.answer in ANSWERS:
            raise Refused(ANSWERS[fact.answer])
    return happened


def install_engine_errors(app: FastAPI) -> None:
    """Refused → 409 with its own code, EngineAway → 503."""

    @app.exception_handler(Refused)
    async def refused(request: Request, error: Refused) -> JSONResponse:
        texts = REFUSALS.get(error.code, REFUSALS["wrong_state"])
        return error_response(409, error.code, texts[language_of(request)])

    @app.exception_handler(EngineAway)
    async def away(request: Request, error: EngineAway) -> JSONResponse:
        return error_response(503, "engine_away", _AWAY[language_of(request)], headers={"Retry-After": "3"})
