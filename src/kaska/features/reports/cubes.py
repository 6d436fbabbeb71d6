"""What is kept by interval: cubes, each a table of sums by the grains that its reports read.

All sums are whole numbers, so that adding and taking back in any order gives the same: contacts, or milliseconds where
the name ends with ``_ms``.
"""

from __future__ import annotations

from dataclasses import dataclass

QUARTER_SECONDS = 900
"""every time zone in use is a whole number of quarters away from UTC"""
QUARTER, DAY, MONTH, SLOT = "q", "d", "m", "s"
"""grains: a quarter of an hour of UTC; a day and a month of the company's report zone; ``start`` is the first moment.
SLOT: a half-hour of the week (0 = Monday 00:00) in a month of the report zone; its ``start`` is the month's first
moment and as many half-hours as the slot's number, which is less than the shortest month has."""
SLOT_SECONDS = 1800

TARGETS = (10, 15, 20, 30, 45, 60, 90, 120)
"""seconds for which it is counted who waited no longer"""


@dataclass(frozen=True, slots=True)
class Cube:
    name: str
    dimensions: tuple[str, ...]
    measures: tuple[str, ...]
    grains: tuple[str, ...] = (QUARTER, DAY)


FLOW = Cube(
    "flow",
    ("project", "queue", "number", "direction"),
    (
        "contacts",
        "offered",
        "answered",
        "abandoned",
        "short_offered",
        "short_abandoned",
        "lost",
        "message_taken",
        "called_back",
        "self_served",
        "blocked",
        "not_reached",
        "promised",
        "overflowed",
        "talked",
        "transferred",
        "recorded",
        "unrecorded",
        "wait_ms",
        "lost_wait_ms",
        "talk_ms",
        "hold_ms",
        *(f"answered_{target}" for target in TARGETS),
        *(f"lost_{target}" for target in TARGETS),
    ),
    (QUARTER, DAY, SLOT),
)
"""One contact in one row, in the interval of its arrival. ``offered``: inbound and reached a queue or a person;
``answered``, ``abandoned`` (lost or hung up at once) and ``short_offered`` are counted of those. ``wait_ms`` is of the
answered, ``lost_wait_ms`` of the offered that were not. ``short_abandoned`` … ``not_reached`` count outcomes of all
contacts."""

ENDS = Cube("ends", ("project", "queue", "direction", "outcome", "cause"), ("contacts", "wait_ms"))
"""Where contacts ended."""

SUBJECTS = Cube(
    "subjects", ("project", "direction", "topic", "result", "refusal"), ("contacts", "talk_ms"), (DAY, MONTH)
)
"""What talked and classified contacts were about and what came of them; topic "" = nobody said."""

ASKED = Cube(
    "asked",
    ("project", "heard_from"),
    ("contacts", "nameless", "first", "target", "sales", "first_target", "first_sales"),
    (DAY,),
)
"""Handled visits, by where the person said to have learned of us; "" = nobody asked. Counted as VISITS are."""

VISITS = Cube(
    "visits",
    ("project", "queue", "agent", "topic"),
    (
        "contacts",
        "nameless",
        "first",
        "again",
        "first_lost",
        "judged",
        "returned",
        "target",
        "sales",
        "first_target",
        "first_sales",
    ),
    (DAY, MONTH),
)
"""Inbound contacts as visits of persons; see ``visits``. ``agent``: who answers for it (``Visit.agent``)."""

AGENTS = Cube(
    "agents",
    ("agent", "project", "queue"),
    ("contacts", "outbound", "talk_ms", "hold_ms", "offers", "rejected", "timed_out", "transferred"),
)
"""One contact in the row of each agent who talked in it or whose telephone it rang. ``contacts``: talked;
``timed_out``, ``rejected``: contacts of which at least one offer to him ended so."""

STATES = Cube("states", ("agent", "state", "reason"), ("spent_ms",))
"""How long agents were in which state (offline left out), in the intervals in which they were."""

CUBES = (FLOW, ENDS, SUBJECTS, ASKED, VISITS, AGENTS, STATES)

ANSWERED_WAIT, LOST_WAIT, TALK, TALK_OUT = "answered_wait", "lost_wait", "talk", "talk_out"
"""what sketches are kept of, by day, project and queue; talk of inbound and of outbound contacts apart"""
ANY_TALK = "any_talk"
"""both talks together; made when it is asked for"""
