"""Everything the core can be told. Past tense, frozen, checked at the edge before it gets here.

Shapes shared by all of them: ``at`` is seconds since the Unix epoch (UTC, float); ``contact``, ``leg``,
``agent``, ``debt`` are identifiers; a phone number in ``customer`` is E.164 or "" when the caller hid it.
"""

from __future__ import annotations

from kaska.core.events.agents import (
    AgentPaused,
    AgentReadied,
    AgentsEvent,
    AgentSignedIn,
    AgentSignedOut,
    CallbackRequested,
    CallRequested,
    CampCancelled,
    CampRequested,
    ConsultRequested,
    ConsultSteered,
    ContactClassified,
    DoorOpenRequested,
    HangUpRequested,
    HoldRequested,
    OfferRejected,
    PageRequested,
    ParkRequested,
    PickUpRequested,
    ReconnectRequested,
    RecordingPauseRequested,
    TransferRequested,
    WrapUpFinished,
)
from kaska.core.events.company import (
    CompanyEvent,
    ConfigurationPublished,
    ModeSwitched,
    NumberBlocked,
    NumberUnblocked,
    TimePassed,
    TrialRequested,
)
from kaska.core.events.debts import (
    DebtGiven,
    DebtLetGo,
    DebtPutOff,
    DebtReported,
    DebtsEvent,
    DebtTaken,
    DebtWrittenOff,
)
from kaska.core.events.sources import (
    FALLBACK,
    LIVE,
    RECONCILE,
    SWITCH_FAILURE,
)
from kaska.core.events.supervision import (
    AgentStateRequested,
    MonitorRequested,
    MonitorStopped,
    SupervisionEvent,
    WaitingMoved,
)
from kaska.core.events.switch import (
    CommandFailed,
    ContactArrived,
    ContactWitnessed,
    DeviceReached,
    DigitPressed,
    FaxEnded,
    FaxReceived,
    FaxToneHeard,
    LegAnswered,
    LegEnded,
    LegHeld,
    LookedUp,
    MessageRecorded,
    PartiesJoined,
    PhoneDialled,
    PhoneTransferred,
    PromptsEnded,
    RecordingDeleted,
    RecordingStored,
    SpeechHeard,
    SwitchEvent,
    SwitchResynced,
)

Event = SwitchEvent | AgentsEvent | DebtsEvent | SupervisionEvent | CompanyEvent
