"""A contact's story in words: one sentence for every fact of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kaska.core import facts as f
from kaska.core.scenarios.trials import TRIAL
from kaska.features.calls import story_in_call
from kaska.features.calls.story_debts import SENTENCES as DEBT_SENTENCES
from kaska.features.calls.story_surveys import SENTENCES as SURVEY_SENTENCES
from kaska.features.calls.story_telephones import SENTENCES as DOOR_SENTENCES
from kaska.features.calls.story_teller import Names, Teller
from kaska.features.calls.wording import (
    AGENT_REASONS,
    AGENT_STATES,
    AWAITED,
    AWAITED_NO_MORE,
    CAUSES,
    DEQUEUE_REASONS,
    DIRECTIONS,
    LOOKUP_RESULTS,
    MONITOR_MODES,
    OFFER_RESULTS,
    OFFER_RULES,
    OUTCOMES,
    OVERFLOW_PASSED,
    OVERFLOW_STEPS,
    PARTIES,
    PAUSES,
    SOURCES,
    STEPS,
    STOPS,
    leg_cause,
)


def tell(fact: f.Fact, language: str, names: Names | None = None) -> str:
    """``fact`` as a sentence in "ru" or "en". What callers and agents typed appears as it is: escape it for HTML."""
    sentence = _SENTENCES.get(type(fact))
    return f.TYPE_NAMES[type(fact)] if sentence is None else sentence(Teller(language, names or {}), fact)


def _opened(t: Teller, x: f.ContactOpened) -> str:
    who = x.customer or x.caller or t.say("номер скрыт", "number withheld")
    name = f" «{x.caller_name}»" if x.caller_name else ""
    source = t.w(SOURCES, x.source)
    tail = f" ({source})" if source else ""
    if x.direction == "outbound":
        return t.say(f"Исходящее обращение к {who}{tail}", f"Outbound contact to {who}{tail}")
    if x.direction == TRIAL:
        called = t.scenario(x.scenario)
        return t.say(f"Проверочный звонок в черновик сценария «{called}»", f"A test call into the draft of “{called}”")
    direction = t.w(DIRECTIONS, x.direction)
    return t.say(
        f"Обращение ({direction}): {who}{name} на номер {x.number}{tail}",
        f"Contact ({direction}): {who}{name} to {x.number}{tail}",
    )


def _leg_started(t: Teller, x: f.LegStarted) -> str:
    party = t.w(PARTIES, x.party)
    who = t.agent(x.agent) if x.agent else x.endpoint
    tail = f": {who}" if who else ""
    return t.say(f"Начато плечо звонка, {party}{tail}", f"Leg started, {party}{tail}")


def _leg_over(t: Teller, x: f.LegOver) -> str:
    source = t.w(SOURCES, x.source)
    why = leg_cause(x.cause, t.language) + (f"; {source}" if source else "")
    return t.say(f"Плечо звонка завершено ({why})", f"Leg over ({why})")


def _step(t: Teller, x: f.StepEntered) -> str:
    kind = t.w(STEPS, x.kind)
    detail = f" — {t.mode(x.detail)}" if x.detail else ""
    return t.say(f"Шаг сценария «{x.node}»: {kind}{detail}", f"Scenario step “{x.node}”: {kind}{detail}")


def _scenario(t: Teller, x: f.ScenarioEntered) -> str:
    name = t.scenario(x.scenario)
    return t.say(f"Переход в сценарий «{name}», версия {x.version}", f"On to scenario “{name}”, version {x.version}")


def _variables(t: Teller, x: f.VariablesSet) -> str:
    parts = [f"{name} = {value}" for name, value in x.variables.items()] + list(x.tags)
    if x.priority:
        parts.append(t.say(f"приоритет {x.priority:+d}", f"priority {x.priority:+d}"))
    return t.say("Отмечено: ", "Noted: ") + ", ".join(parts)


def _lookup(t: Teller, x: f.LookupOver) -> str:
    known = "; ".join(f"{name} = {value}" for name, value in x.values.items())
    result = t.w(LOOKUP_RESULTS, x.result)
    return t.say(f"Ответ на запрос: {result}", f"Lookup: {result}") + (f" ({known})" if known else "")


def _mode(t: Teller, x: f.ModeSwitched) -> str:
    project, by = t.project(x.project), t.agent(x.by)
    if not x.mode:
        return t.say(
            f"Режим проекта «{project}» снова по календарю ({by})",
            f"Mode of project “{project}”: by the calendar again ({by})",
        )
    mode = t.mode(x.mode)
    return t.say(
        f"Режим проекта «{project}» включён вручную: {mode} ({by})",
        f"Mode of project “{project}” set by hand: {mode} ({by})",
    )


def _offered(t: Teller, x: f.Offered) -> str:
    why = t.w(OFFER_RULES, x.rule)
    if not x.agent:
        return t.say(f"Звоним наружу: {why}", f"Calling outside: {why}")
    tail = f" ({why})" if why else ""
    return t.say(f"Предложено оператору {t.agent(x.agent)}{tail}", f"Offered to {t.agent(x.agent)}{tail}")


def _offer_over(t: Teller, x: f.OfferOver) -> str:
    return f"{t.agent(x.agent) or t.say('вне компании', 'outside')}: {t.w(OFFER_RESULTS, x.result)}"


def _overflowed(t: Teller, x: f.Overflowed) -> str:
    kind = t.w(OVERFLOW_STEPS, x.to)
    whom = t.queue(x.reserve) if x.to == "queue" else x.reserve or ", ".join(t.agent(one) for one in x.agents)
    return t.say(f"Подключён резерв, {kind}: {whom}", f"The reserve is asked too, {kind}: {whom}")


def _overflow_passed(t: Teller, x: f.OverflowPassed) -> str:
    kind, why = t.w(OVERFLOW_STEPS, x.to), t.w(OVERFLOW_PASSED, x.reason)
    return t.say(f"Резерв «{kind}» не подключён: {why}", f"The reserve “{kind}” was passed over: {why}")


def _awaited(t: Teller, x: f.AgentAwaited) -> str:
    who, why = ", ".join(t.agent(one) for one in x.agents), t.w(AWAITED, x.rule)
    return t.say(f"Ждём {why}: {who}", f"Waiting for {why}: {who}")


def _not_awaited(t: Teller, x: f.AgentNotAwaited) -> str:
    why = t.w(AWAITED_NO_MORE, x.reason)
    return t.say(f"Больше не ждём одного ({why}): спрашиваем всех", f"Not waiting for one any more ({why}): asking all")


def _relaxed(t: Teller, x: f.Relaxed) -> str:
    skill = t.skill(x.skill)
    if not x.level:
        return t.say(f"Навык «{skill}» больше не требуется", f"The skill “{skill}” is not required any more")
    return t.say(f"Достаточно навыка «{skill}» уровня {x.level}", f"Level {x.level} of “{skill}” is enough now")


def _queue_full(t: Teller, x: f.QueueFull) -> str:
    full, to = t.queue(x.queue), t.queue(x.to)
    return t.say(f"Очередь «{full}» заполнена, ждёт в «{to}»", f"The queue “{full}” is full, waits in “{to}”")


def _callback_missed(t: Teller, x: f.CallbackMissed) -> str:
    return t.say(
        f"Перезвон не удался ({x.missed}-й раз): наберём ещё раз", f"Callback {x.missed} missed: we will call again"
    )


def _talk_over(t: Teller, x: f.TalkOver) -> str:
    length, held = t.long(x.seconds), t.long(x.held_seconds)
    tail = t.say(f", из них на удержании {held}", f", {held} of it on hold") if x.held_seconds else ""
    return t.say(
        f"Разговор с {t.talker(x.agent)} окончен: {length}{tail}",
        f"Talk with {t.talker(x.agent)} over: {length}{tail}",
    )


def _fax(t: Teller, x: f.FaxTaken) -> str:
    who = t.say(f" от «{x.station}»", f" from “{x.station}”") if x.station else ""
    if not x.pages:
        return t.say(f"Факс{who} не принят: {x.problem}", f"Fax{who} not received: {x.problem}")
    if x.problem:
        return t.say(
            f"Факс{who} принят не целиком, страниц: {x.pages} ({x.problem})",
            f"Fax{who} received in part, pages: {x.pages} ({x.problem})",
        )
    return t.say(f"Факс{who} принят, страниц: {x.pages}", f"Fax{who} received, pages: {x.pages}")


def _message(t: Teller, x: f.MessageTaken) -> str:
    if not x.name:
        return t.say("Сообщение не оставлено: ничего не сказано", "No message: nothing was said")
    return t.say(f"Принято сообщение, {t.long(x.seconds)}", f"Message taken, {t.long(x.seconds)}")


def _over(t: Teller, x: f.ContactOver) -> str:
    outcome, cause = t.w(OUTCOMES, x.outcome), t.w(CAUSES, x.cause)
    return t.say(f"Итог обращения: {outcome} ({cause})", f"Outcome: {outcome} ({cause})")


def _recording(t: Teller, x: f.RecordingReady) -> str:
    if not x.name:
        if x.problem == "not_recorded":
            return t.say("Разговор не записывался", "The conversation was not recorded")
        return t.say(f"Записи разговора нет: {x.problem}", f"No recording: {x.problem}")
    return t.say(f"Запись разговора готова, {t.long(x.seconds)}", f"Recording ready, {t.long(x.seconds)}")


def _classified(t: Teller, x: f.Classified) -> str:
    note = f" — {x.note}" if x.note else ""
    who = t.agent(x.agent)
    if x.refusal:
        why = t.names.get(("refusal", x.refusal), x.refusal)
        note = t.say(f", причина отказа «{why}»", f", refused because “{why}”") + note
    if x.heard_from:
        source = t.names.get(("source", x.heard_from), x.heard_from)
        note += t.say(f"; узнали о нас: {source}", f"; learned of us from: {source}")
    if x.next_step:
        note += t.say(f"; обещано: {x.next_step}", f"; promised: {x.next_step}")
    topic, result = t.names.get(("topic", x.topic), x.topic), t.names.get(("result", x.result), x.result)
    return t.say(
        f"{who}: тема «{topic}», результат «{result}»{note}", f"{who}: topic “{topic}”, result “{result}”{note}"
    )


def _state(t: Teller, x: f.AgentStateChanged) -> str:
    reason = f" ({t.w(AGENT_REASONS, x.reason)})" if x.reason else ""
    return f"{t.agent(x.agent)}: {t.w(AGENT_STATES, x.state)}{reason}"


def _intended(t: Teller, x: f.AgentIntended) -> str:
    wish = t.w(AGENT_STATES, x.state)
    return t.say(f"{t.agent(x.agent)}: потом «{wish}»", f"{t.agent(x.agent)}: then “{wish}”")


def _digits(t: Teller, x: f.DigitTaken) -> str:
    return t.say(f"Нажато: {x.digits}", f"Pressed: {x.digits}")


def _held(t: Teller, x: f.Held) -> str:
    return t.say("Поставлен на удержание", "Put on hold") if x.held else t.say("Снят с удержания", "Taken off hold")


def _hold_reminded(t: Teller, x: f.HoldReminded) -> str:
    return t.say(f"{t.agent(x.agent)}: напоминание об удержании", f"{t.agent(x.agent)} is reminded of the hold")


def _dequeued(t: Teller, x: f.Dequeued) -> str:
    why = t.w(DEQUEUE_REASONS, x.reason)
    return t.say(f"Вышел из очереди «{t.queue(x.queue)}»: {why}", f"Left the queue “{t.queue(x.queue)}”: {why}")


def _device_seen(t: Teller, x: f.DeviceSeen) -> str:
    state = t.say("на связи", "connected") if x.reachable else t.say("не на связи", "not connected")
    return t.say(f"Телефон {x.endpoint} {state}", f"Phone {x.endpoint} {state}")


def _monitored(t: Teller, x: f.Monitored) -> str:
    by, whom, how = t.agent(x.by), t.talker(x.agent), t.w(MONITOR_MODES, x.mode)
    return t.say(f"{by} подключился к разговору с {whom}: {how}", f"{by} joined the talk with {whom}: {how}")


def _monitor_asked(t: Teller, x: f.MonitorAsked) -> str:
    by, how = t.agent(x.by), t.w(MONITOR_MODES, x.mode)
    return t.say(f"{by} подключается: {how}", f"{by} is joining: {how}")


def _taken_over(t: Teller, x: f.TakenOver) -> str:
    return t.say(
        f"{t.agent(x.agent)} забрал разговор у {t.talker(x.before)}",
        f"{t.agent(x.agent)} took the call over from {t.talker(x.before)}",
    )


def _moved(t: Teller, x: f.MovedByHand) -> str:
    front = t.say(" в начало", " to the front") if x.front else ""
    return t.say(
        f"{t.agent(x.by)} переставил{front}: очередь «{t.queue(x.queue)}»",
        f"{t.agent(x.by)} moved it{front}: queue “{t.queue(x.queue)}”",
    )


def _state_set(t: Teller, x: f.AgentStateSet) -> str:
    reason = f" ({x.reason})" if x.reason else ""
    return f"{t.agent(x.by)} → {t.agent(x.agent)}: {t.w(AGENT_STATES, x.state)}{reason}"


def _break_answered(t: Teller, x: f.BreakAnswered) -> str:
    who = t.agent(x.agent)
    reason = f" ({x.reason})" if x.reason else ""
    return {
        "refused": t.say(f"{who}: перерыв{reason} не разрешён", f"{who}: a break{reason} was refused"),
        "warned": t.say(f"{who}: о перерыве{reason} предупредили", f"{who} was warned about a break{reason}"),
    }.get(x.answer, t.say(f"{who}: перерыв{reason} несмотря на предупреждение", f"{who}: a break{reason} all the same"))


def _words(t: Teller, x: f.WordsHeard) -> str:
    if not x.text:  # of a person who was erased
        ru, en = (f" — вариант {x.choice}", f": choice {x.choice}") if x.choice else ("", ": none of the choices")
        return t.say(f"Сказал словами{ru}", f"Said in words{en}")
    if x.choice:
        return t.say(f"Сказал «{x.text}» — вариант {x.choice}", f"Said “{x.text}”: choice {x.choice}")
    return t.say(f"Сказал «{x.text}» — не подошло ни к чему", f"Said “{x.text}”: none of the choices")


_SENTENCES: dict[type[Any], Callable[[Teller, Any], str]] = {
    f.ConfigurationApplied: lambda t, x: t.say(
        f"Применены настройки версии {x.configuration.version}",
        f"Configuration version {x.configuration.version} applied",
    ),
    f.ContactOpened: _opened,
    f.LegStarted: _leg_started,
    f.LegUp: lambda t, x: t.say("Плечо звонка: трубка снята", "Leg answered"),
    f.LegOver: _leg_over,
    f.StepEntered: _step,
    f.ScenarioEntered: _scenario,
    f.ScenarioLeft: lambda t, x: t.say("Возврат в прежний сценарий", "Back in the earlier scenario"),
    f.VariablesSet: _variables,
    f.AnswerTaken: lambda t, x: t.say(
        f"Ответ на «{t.question(x.question)}»: {x.answer}", f"Answer to “{t.question(x.question)}”: {x.answer}"
    ),
    f.ListeningStarted: lambda t, x: t.say("Слушаем, что скажет звонящий", "Listening to what the caller says"),
    f.ListeningOver: lambda t, x: t.say("Больше не слушаем", "No longer listening"),
    f.WordsHeard: _words,
    f.LookupStarted: lambda t, x: t.say("Запрос данных: ", "Lookup: ") + t.source(x.source),
    f.LookupOver: _lookup,
    f.OwnerNamed: lambda t, x: t.say("Ответственный: ", "Responsible: ") + t.owner(x.owner),
    f.Informed: lambda t, x: t.say("Выслушал информацию до конца", "Heard the information to its end"),
    f.RecordingDecided: lambda t, x: (
        (
            t.say("Разговор записывается", "The conversation is recorded")
            if x.on
            else t.say(
                "Разговор не записывается: так велит правило", "The conversation is not recorded: a rule says so"
            )
        )
        + (f" ({x.rule})" if x.rule else "")
    ),
    f.RecordingTold: lambda t, x: t.say("Сказано, что разговор записывается", "It was said that the call is recorded"),
    f.RecordingPaused: lambda t, x: t.say("Запись приостановлена: ", "Recording paused: ") + t.w(PAUSES, x.reason),
    f.RecordingResumed: lambda t, x: (
        t.say("Приостановить запись не удалось, она шла дальше", "Recording could not be paused, and went on")
        if x.reason == "failed"
        else t.say(f"Запись продолжена, пропуск {x.seconds:.0f} с", f"Recording goes on after {x.seconds:.0f} s")
    ),
    f.OutgoingStarted: lambda t, x: t.say(
        f"Набор {x.number} по линии «{t.trunk(x.trunk)}»", f"Dialled {x.number} by line “{t.trunk(x.trunk)}”"
    ),
    f.OutgoingRerouted: lambda t, x: t.say(
        f"Линия не смогла, набор по «{t.trunk(x.trunk)}»",
        f"The line could not do it: dialled by “{t.trunk(x.trunk)}”",
    ),
    f.OutgoingRefused: lambda t, x: (
        t.say(f"Звонок на {x.number} не разрешён: ", f"Call to {x.number} refused: ") + t.w(STOPS, x.reason)
    ),
    f.OutgoingCut: lambda t, x: t.say(
        "Звонок завершён: лимит на сегодня исчерпан", "Call ended: today's limit is used up"
    ),
    f.RecordingChosen: lambda t, x: (
        t.say("Запись сохраняется", "The recording is kept")
        if x.on
        else t.say("Запись не сохраняется", "The recording is not kept")
    ),
    f.ModeSwitched: _mode,
    f.PromptsStarted: lambda t, x: t.say("Звучит: ", "Playing: ") + ", ".join(t.prompt(one) for one in x.prompts),
    f.PromptsOver: lambda t, x: t.say("Объявление закончено", "Announcement over"),
    f.MessageAsked: lambda t, x: t.say("Предложено оставить сообщение", "Asked to leave a message"),
    f.DigitTaken: _digits,
    f.Queued: lambda t, x: t.say("Ждёт в очереди ", "Waits in the queue ") + f"«{t.queue(x.queue)}»",
    f.QueueFull: _queue_full,
    f.AgentAwaited: _awaited,
    f.AgentNotAwaited: _not_awaited,
    f.Relaxed: _relaxed,
    f.Overflowed: _overflowed,
    f.OverflowPassed: _overflow_passed,
    f.Dequeued: _dequeued,
    f.Offered: _offered,
    f.OfferOver: _offer_over,
    f.DialledByHand: lambda t, x: t.say(
        f"{t.agent(x.agent)} набирает номер на своём телефоне", f"{t.agent(x.agent)} dials the number on his telephone"
    ),
    f.ReturnedToLine: lambda t, x: t.say(
        f"{t.agent(x.agent) or 'Ответивший снаружи'} пропал: клиент снова ждёт на прежнем месте",
        f"{t.agent(x.agent) or 'Who answered outside'} vanished: the person waits on in the old place",
    ),
    f.Connected: lambda t, x: t.say(f"Разговор с {t.talker(x.agent)} начался", f"Talking with {t.talker(x.agent)}"),
    f.Held: _held,
    f.HoldReminded: _hold_reminded,
    f.TalkOver: _talk_over,
    **story_in_call.SENTENCES,
    f.MessageTaken: _message,
    f.FaxListening: lambda t, x: t.say(
        f"Слушаем, не факс ли звонит: тогда в «{x.node}»" if x.node else "Больше не слушаем, не факс ли это",
        f"Listening for a fax machine: then to “{x.node}”" if x.node else "No longer listening for a fax machine",
    ),
    f.FaxTone: lambda t, x: t.say(f"Звонит факс: в «{x.node}»", f"A fax machine calls: to “{x.node}”"),
    f.FaxAsked: lambda t, x: t.say("Принимаем факс", "Receiving a fax"),
    f.FaxOver: lambda t, x: t.say("Передача факса окончена", "The fax transmission is over"),
    f.FaxTaken: _fax,
    f.CallbackPromised: lambda t, x: t.say("Обещан обратный звонок, место сохранено", "Callback promised, place kept"),
    f.CustomerDialled: lambda t, x: t.say(
        f"Набираем клиента, {t.agent(x.agent)} ждёт ответа", f"Dialling the customer; {t.agent(x.agent)} is kept free"
    ),
    f.CustomerReached: lambda t, x: t.say("Клиент ответил на перезвон", "The customer answered our call"),
    f.CallbackMissed: _callback_missed,
    f.CallbackDue: lambda t, x: t.say("Пора перезвонить ещё раз", "Time to call back again"),
    f.GaveUp: lambda t, x: t.say(f"Завершаем: {t.w(CAUSES, x.cause)}", f"Giving up: {t.w(CAUSES, x.cause)}"),
    f.ContactOver: _over,
    f.RecordingReady: _recording,
    f.RecordingDeleted: lambda t, x: t.say(
        f"Запись удалена по правилу хранения «{x.rule}»", f"Recording deleted by the rule of keeping “{x.rule}”"
    ),
    f.Classified: _classified,
    f.MonitorAsked: _monitor_asked,
    f.Monitored: _monitored,
    f.MonitorOver: lambda t, x: t.say(f"{t.agent(x.by)} отключился от разговора", f"{t.agent(x.by)} left the talk"),
    f.TakenOver: _taken_over,
    f.MovedByHand: _moved,
    f.AgentStateSet: _state_set,
    f.BreakAnswered: _break_answered,
    f.AgentStateChanged: _state,
    f.AgentIntended: _intended,
    f.DeviceChosen: lambda t, x: t.say(
        f"{t.agent(x.agent)} выбрал телефон {x.device}", f"{t.agent(x.agent)} chose the phone {x.device}"
    ),
    f.DeviceSeen: _device_seen,
    **SURVEY_SENTENCES,
    **DOOR_SENTENCES,
    **DEBT_SENTENCES,
}
