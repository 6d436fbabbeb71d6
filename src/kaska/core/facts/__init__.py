"""Everything that happened, as written in the ledger. Past tense, frozen, never changed after it was written.

Facts are the only way state changes (``state.apply``), so replaying them gives the same state. ``at`` is seconds
since the Unix epoch (UTC). ``type_name`` of a fact is its class name in snake case; it is what the ledger stores.
"""

from __future__ import annotations

import re

from kaska.core.facts.agents import (
    AgentIntended,
    AgentsFact,
    AgentStateChanged,
    BreakAnswered,
    DeviceChosen,
    DeviceSeen,
    PhoneAsked,
)
from kaska.core.facts.callback import (
    CallbackDue,
    CallbackFact,
    CallbackMissed,
    CallbackPromised,
    CustomerDialled,
    CustomerReached,
)
from kaska.core.facts.company import (
    CompanyFact,
    ConfigurationApplied,
    ModeSwitched,
    NumberBlocked,
    NumberUnblocked,
    TrialPrepared,
)
from kaska.core.facts.contact import (
    CallerTurnedAway,
    Classified,
    ContactFact,
    ContactOpened,
    ContactOver,
    GaveUp,
    Informed,
    LegOver,
    LegStarted,
    LegUp,
    OwnerNamed,
)
from kaska.core.facts.debts import (
    DebtAssigned,
    DebtAttempted,
    DebtClaimed,
    DebtClosed,
    DebtDelayed,
    DebtEscalated,
    DebtOpened,
    DebtPostponed,
    DebtReady,
    DebtsFact,
)
from kaska.core.facts.inside import (
    CampAsked,
    CampOver,
    DictationBegun,
    DictationOver,
    DictationSpoken,
    DictationStage,
    DoorKeyed,
    DoorOffered,
    DoorOpened,
    DoorRang,
    DoorTaken,
    DoorUnopened,
    InsideAsked,
    InsideEnding,
    InsideFact,
    InsideHeld,
    InsideInvited,
    InsideLegOver,
    InsideLegStarted,
    InsideLegUp,
    InsideMet,
    InsideOver,
    InsideShared,
    PageAsked,
    PageBegun,
    PageRung,
)
from kaska.core.facts.line import (
    AgentAwaited,
    AgentNotAwaited,
    Dequeued,
    DialledByHand,
    LineFact,
    Offered,
    OfferOver,
    Overflowed,
    OverflowPassed,
    Queued,
    QueueFull,
    Relaxed,
    ReturnedToLine,
    Screened,
)
from kaska.core.facts.outgoing import (
    OutgoingCut,
    OutgoingFact,
    OutgoingRefused,
    OutgoingRerouted,
    OutgoingStarted,
)
from kaska.core.facts.recording import (
    RecordingChosen,
    RecordingDecided,
    RecordingDeleted,
    RecordingFact,
    RecordingPaused,
    RecordingReady,
    RecordingResumed,
    RecordingTold,
)
from kaska.core.facts.scenario import (
    AnswerTaken,
    DigitTaken,
    FaxAsked,
    FaxListening,
    FaxOver,
    FaxTaken,
    FaxTone,
    ListeningOver,
    ListeningStarted,
    LookupOver,
    LookupStarted,
    MessageAsked,
    MessageTaken,
    PromptsOver,
    PromptsStarted,
    QuestionAnswered,
    QuestionAsked,
    ScenarioEntered,
    ScenarioFact,
    ScenarioLeft,
    StepEntered,
    SurveyBegun,
    SurveyOver,
    VariablesSet,
    WordsHeard,
)
from kaska.core.facts.supervision import (
    AgentStateSet,
    MonitorAsked,
    Monitored,
    MonitorOver,
    MovedByHand,
    SupervisionFact,
    TakenOver,
)
from kaska.core.facts.talk import (
    Connected,
    ConsultAnswered,
    ConsultHeld,
    ConsultOver,
    ConsultShared,
    ConsultStarted,
    CutOff,
    Held,
    HoldReminded,
    Parked,
    PickedUp,
    TalkFact,
    TalkOver,
    Transferred,
    TransferReturned,
)

Fact = (
    ContactFact
    | ScenarioFact
    | LineFact
    | TalkFact
    | CallbackFact
    | RecordingFact
    | OutgoingFact
    | SupervisionFact
    | AgentsFact
    | DebtsFact
    | InsideFact
    | CompanyFact
)


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


FACT_TYPES: dict[str, type[Fact]] = {_snake(cls.__name__): cls for cls in Fact.__args__}
"""ledger name → class, for instance "contact_opened" → ContactOpened"""

TYPE_NAMES: dict[type[Fact], str] = {cls: name for name, cls in FACT_TYPES.items()}
