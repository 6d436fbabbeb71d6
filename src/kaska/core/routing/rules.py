"""What a queue says about distribution: plain values of the published configuration.

All durations are seconds. Every rule has a default under which it does nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_IDLE = "longest_idle"
ROUND_ROBIN = "round_robin"
EVEN_COUNT = "even_count"
EVEN_TALK = "even_talk"
MOST_SKILLED = "most_skilled"
LEAST_SKILLED = "least_skilled"
BEST_PERFORMER = "best_performer"
SEQUENTIAL = "sequential"
RING_ALL = "ring_all"
LAST_AGENT = "last_agent"
SECRETARY_FIRST = "secretary_first"

AWAITING = (LAST_AGENT, SECRETARY_FIRST)
"""policies by which a contact waits for somebody in particular before others are asked"""

POLICIES = (
    LONGEST_IDLE,
    ROUND_ROBIN,
    EVEN_COUNT,
    EVEN_TALK,
    MOST_SKILLED,
    LEAST_SKILLED,
    BEST_PERFORMER,
    SEQUENTIAL,
    RING_ALL,
    *AWAITING,
)

TO_QUEUE = "queue"
TO_GROUP = "group"
TO_PARTNER = "partner"
TO_MOBILE = "mobile"
TO_MESSAGE = "message"
OUTSIDE = (TO_PARTNER, TO_MOBILE)
STEP_KINDS = (TO_QUEUE, TO_GROUP, *OUTSIDE, TO_MESSAGE)

MESSAGE = "message"
CALLBACK = "callback"


@dataclass(frozen=True, slots=True)
class Policy:
    """Whom of the suitable ready agents a queue's contact is offered to. Options that a policy does not name are idle.

    :param seconds: of last_agent and secretary_first: how long at most only those are waited for
    :param agents: of sequential: the order; of secretary_first: the secretaries; of least_skilled: who may be trained
        (() = anybody)
    :param skill: of most_skilled and least_skilled: the skill that counts; "" = all that the queue requires or prefers
    :param share: of least_skilled: at most this part of the queue's offers of a day is given for training, 0 to 1
    :param product: of best_performer: whose conversion counts
    :param limit: of ring_all: at most so many phones ring at once; 0 = all
    :param then: of last_agent, secretary_first and least_skilled: the policy for everybody else
    """

    name: str = LONGEST_IDLE
    seconds: float = 20.0
    agents: tuple[str, ...] = ()
    skill: str = ""
    share: float = 0.2
    product: str = ""
    limit: int = 0
    then: str = LONGEST_IDLE

    @property
    def ordinary(self) -> str:
        """The policy that orders agents when nobody in particular is waited for."""
        return self.then if self.name in AWAITING else self.name


@dataclass(frozen=True, slots=True)
class Relaxation:
    """From ``after`` seconds of waiting on, ``level`` of ``skill`` suffices; 0 = it is not required any more."""

    after: float
    skill: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class OverflowStep:
    """One step of the way out when nobody takes a contact. Judged once, ``after`` seconds of waiting, and then taken or
    passed over; who was asked before goes on being asked.

    :param to: "queue": the agents of ``queue`` are asked too; "group": ``agents`` are; "partner", "mobile": ``number``
        is dialled through ``trunk`` for ``ring_seconds``; "message": the person is asked for a message
    :param length: only when at least so many wait in the line; 0 = whatever its length
    :param wait: only when the expected wait is known and at least so long; 0 = whatever it is
    :param calendar: only while this calendar is open (``closed``: while it is closed); "" = at any hour
    """

    to: str
    after: float = 0.0
    queue: str = ""
    agents: tuple[str, ...] = ()
    trunk: str = ""
    number: str = ""
    ring_seconds: float = 25.0
    length: int = 0
    wait: float = 0.0
    calendar: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Promotion:
    """Said to those who wait, in turn with the others, after the place in line; only while ``calendar`` is open."""

    prompts: tuple[str, ...]
    calendar: str = ""
