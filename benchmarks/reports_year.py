"""An invented year of contacts, written straight into PostgreSQL, and the sums that the product keeps of it.

Both are made by SQL on sets, because the year shall have millions of contacts and the engine would need hours for them:
the raw rows by ``generate_series``, the sums by GROUP BY over the raw rows. ``checked`` holds a day of these sums
against what the product's own code counts of the same contacts.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from kaska.features.calls.card import Card, Folder, Leg
from kaska.features.reports.counted import count
from kaska.features.reports.cubes import AGENTS, ASKED, CUBES, DAY, ENDS, FLOW, SUBJECTS, TARGETS, VISITS
from kaska.features.reports.grains import start_of
from kaska.features.reports.sums import Sums
from kaska.features.reports.tables import DEFAULT_ZONE, cube_tables
from kaska.features.reports.visits import Choice, count_nameless, count_person, visit_of

TENANT = "bench"
YEAR, DAYS = 2025, 365
QUEUES, AGENTS_OF_QUEUE, TOPICS = 12, 8, 15
_ZONE = f"'{DEFAULT_ZONE}'"
_HOURS = (1, 1, 1, 1, 1, 1, 2, 4, 9, 14, 16, 15, 12, 12, 13, 13, 12, 11, 9, 7, 5, 4, 2, 1)
_WEEKDAYS = (1.25, 1.1, 1.0, 1.0, 0.95, 0.45, 0.3)

_LOCAL = f"arrived_at AT TIME ZONE {_ZONE}"
_STARTS = {
    "q": "to_timestamp(floor(extract(epoch FROM arrived_at) / 900) * 900)",
    "d": f"date_trunc('day', {_LOCAL}) AT TIME ZONE {_ZONE}",
    "m": f"date_trunc('month', {_LOCAL}) AT TIME ZONE {_ZONE}",
    "s": f"(date_trunc('month', {_LOCAL}) AT TIME ZONE {_ZONE}) + interval '30 minutes' * ("
    f"(extract(isodow FROM {_LOCAL}) - 1) * 48 + floor(extract(epoch FROM ({_LOCAL})::time) / 1800))",
}
_OFFERED = "direction = 'inbound' AND (queued_at IS NOT NULL OR offers > 0)"
_HANDLED = "(connected_at IS NOT NULL OR classified_at IS NOT NULL)"
_TARGET = f"({_HANDLED} AND result NOT IN ('', 'not_target'))"
_MS = "round({} * 1000)::bigint"


def _moments() -> list[str]:
    """SQL arrays: the year's days and the hours, each as often as it is busy."""
    first = date(YEAR, 1, 1)
    days = [n for n in range(DAYS) for _ in range(round(20 * _WEEKDAYS[(first + timedelta(days=n)).weekday()]))]
    hours = [hour for hour, weight in enumerate(_HOURS) for _ in range(weight)]
    return [f"(ARRAY[{','.join(map(str, one))}])[1 + floor(random() * {len(one)})::int]" for one in (days, hours)]


def raw_contacts(first: int, last: int) -> str:
    """Writes contacts ``first`` to ``last``: 90 % inbound, 88 % served, waits and talks exponential, 15 topics, every
    person calls about six times a year."""
    day, hour = _moments()
    return f"""
    INSERT INTO contacts (tenant, id, arrived_at, direction, channel, number, caller, customer, digits, project, queue,
      queued_at, wait_seconds, offers, agents, connected_at, talk_seconds, ended_at, outcome, cause, classified_by,
      classified_at, topic, result, refusal, heard_from, recording, recording_seconds, step, scenario, source)
    SELECT '{TENANT}', 'kaska-' || n || '.0', at, direction, 'voice', '+7495000' || lpad((q / 3)::text, 4, '0'),
      '+' || digits, '+' || digits, digits, 'p' || q / 4, CASE WHEN inbound THEN 'q' || q ELSE '' END,
      CASE WHEN inbound THEN at END, wait, 1, CASE WHEN talked THEN ARRAY[agent] ELSE '{{}}' END,
      CASE WHEN talked THEN at END, talk, at + interval '1 second' * (wait + talk), outcome,
      CASE WHEN talked THEN 'talked' ELSE 'waiting' END, CASE WHEN talked THEN agent ELSE '' END,
      CASE WHEN talked THEN at END, CASE WHEN talked THEN 't' || t ELSE '' END,
      CASE WHEN talked THEN result ELSE '' END,
      CASE WHEN talked AND result = 'refused' THEN 'r' || t % 8 ELSE '' END,
      CASE WHEN talked THEN 's' || t % 9 ELSE '' END, CASE WHEN talked THEN 'kaska-' || n || '.0.wav' ELSE '' END,
      talk, 'queue', 'main', 'live'
    FROM (
      SELECT *, CASE WHEN inbound THEN 'inbound' ELSE 'outbound' END AS direction,
        'a' || (q * {AGENTS_OF_QUEUE} + a) AS agent, '79' || lpad(p::text, 9, '0') AS digits,
        served OR NOT inbound AS talked, CASE WHEN served OR NOT inbound THEN length ELSE 0 END AS talk,
        CASE WHEN served OR NOT inbound THEN 'answered' WHEN wait > 5 THEN 'lost' ELSE 'short_abandoned' END AS outcome
      FROM (
        SELECT n, timestamptz '{YEAR}-01-01 00:00+00' + interval '1 day' * {day} + interval '1 hour' * {hour}
            + interval '1 second' * floor(random() * 3600) AS at,
          floor(random() * {QUEUES})::int AS q, floor(random() * {AGENTS_OF_QUEUE})::int AS a,
          floor(random() * {TOPICS})::int AS t, floor(random() * {{people}})::int AS p,
          random() < 0.9 AS inbound, random() < 0.88 AS served,
          (-ln(1 - random()) * 25)::numeric(9, 3)::float8 AS wait,
          (-ln(1 - random()) * 180)::numeric(9, 3)::float8 AS length,
          (ARRAY['resolved', 'resolved', 'sale', 'refused', 'not_target'])[1 + floor(random() * 5)::int] AS result
        FROM generate_series({first}, {last}) AS n
      ) AS drawn
    ) AS made"""


def _flow() -> dict[str, str]:
    answered = f"{_OFFERED} AND outcome = 'answered'"
    lost = f"{_OFFERED} AND outcome <> 'answered'"
    counts = {
        "contacts": "true",
        "offered": _OFFERED,
        "answered": answered,
        "abandoned": f"{_OFFERED} AND outcome IN ('lost', 'short_abandoned')",
        "short_offered": f"{_OFFERED} AND outcome = 'short_abandoned'",
        **{one: f"outcome = '{one}'" for one in ("short_abandoned", "lost")},
        **dict.fromkeys(("message_taken", "called_back", "self_served", "blocked", "not_reached"), "false"),
        "promised": "callback_promised_at IS NOT NULL",
        "overflowed": "overflowed",
        "talked": "connected_at IS NOT NULL",
        "transferred": "cardinality(agents) > 1",
        "recorded": "recording <> ''",
        "unrecorded": "connected_at IS NOT NULL AND recording = ''",
        **{f"answered_{target}": f"{answered} AND wait_seconds <= {target}" for target in TARGETS},
        **{f"lost_{target}": f"{lost} AND wait_seconds <= {target}" for target in TARGETS},
    }
    wait, talk = _MS.format("wait_seconds"), _MS.format("talk_seconds")
    return {
        **{name: f"count(*) FILTER (WHERE {which})" for name, which in counts.items()},
        "wait_ms": f"coalesce(sum({wait}) FILTER (WHERE {answered}), 0)",
        "lost_wait_ms": f"coalesce(sum({wait}) FILTER (WHERE {lost}), 0)",
        "talk_ms": f"sum({talk})",
        "hold_ms": "0",
    }


_VISIT = {
    "contacts": "count(*)",
    "nameless": "0",
    "first": "count(*) FILTER (WHERE place = 1)",
    "again": "count(*) FILTER (WHERE place > 1)",
    "first_lost": "count(*) FILTER (WHERE place = 1 AND outcome IN ('lost', 'short_abandoned'))",
    "judged": f"count(*) FILTER (WHERE {_HANDLED} AND topic <> '')",
    "returned": f"count(*) FILTER (WHERE {_HANDLED} AND topic <> '' AND came_at <= arrived_at + interval '7 days')",
    "target": f"count(*) FILTER (WHERE {_TARGET})",
    "sales": f"count(*) FILTER (WHERE {_TARGET} AND result = 'sale')",
    "first_target": f"count(*) FILTER (WHERE place = 1 AND {_TARGET})",
    "first_sales": f"count(*) FILTER (WHERE place = 1 AND {_TARGET} AND result = 'sale')",
}
_TALK_MS = f"sum({_MS.format('talk_seconds')})"
_HANDLER = "coalesce(nullif(classified_by, ''), agents[1], '')"
_SOURCES: dict[str, tuple[str, dict[str, str], dict[str, str], str]] = {
    FLOW.name: ("contacts", {"number": "CASE WHEN direction = 'inbound' THEN number ELSE '' END"}, _flow(), "true"),
    ENDS.name: ("contacts", {}, {"contacts": "count(*)", "wait_ms": f"sum({_MS.format('wait_seconds')})"}, "true"),
    SUBJECTS.name: ("contacts", {}, {"contacts": "count(*)", "talk_ms": _TALK_MS}, _HANDLED),
    ASKED.name: ("visiting", {}, _VISIT, _HANDLED),
    VISITS.name: ("visiting", {"agent": _HANDLER}, _VISIT, "true"),
    AGENTS.name: (
        "contacts CROSS JOIN LATERAL unnest(agents) AS agent",
        {},
        {
            "contacts": "count(*)",
            "outbound": "count(*) FILTER (WHERE direction = 'outbound')",
            "talk_ms": _TALK_MS,
            "hold_ms": "0",
            "offers": "count(*)",
            "rejected": "0",
            "timed_out": "0",
            "transferred": "0",
        },
        "true",
    ),
}
"""cube → (from, dimensions that are no columns, sums, which contacts)"""


def sums_of(name: str, grain: str) -> str:
    """Writes the sums of one cube at one grain from the contacts."""
    cube = next(cube for cube in CUBES if cube.name == name)
    source, spoken, sums, where = _SOURCES[name]
    keys = ", ".join(spoken.get(one, one) for one in cube.dimensions)
    places = ", ".join(str(place) for place in range(3, 4 + len(cube.dimensions)))
    names = ", ".join(["tenant", "grain", "start", *cube.dimensions, *cube.measures])
    return (
        f"INSERT INTO {cube_tables[name].name} ({names}) SELECT '{TENANT}', '{grain}', {_STARTS[grain]}, {keys}, "
        f"{', '.join(sums[one] for one in cube.measures)} FROM {source} WHERE {where} GROUP BY {places} ORDER BY 3"
    )


def sketches_of(grain: str) -> str:
    whole = "ceil(greatest({}, 0))::int"
    bucket = (
        "CASE WHEN w <= 256 THEN w ELSE 256 + (o - 1) * 128 + ((w - (256 << (o - 1))) + (1 << o) - 1) / (1 << o) END"
    )
    part = "SELECT arrived_at, '{what}' AS what, project, queue, {whole} AS w FROM contacts WHERE {where}"
    talked = "connected_at IS NOT NULL AND direction ="
    parts = [
        part.format(what=what, whole=whole.format(column), where=where)
        for what, column, where in (
            ("answered_wait", "wait_seconds", f"{_OFFERED} AND outcome = 'answered'"),
            ("lost_wait", "wait_seconds", f"{_OFFERED} AND outcome <> 'answered'"),
            ("talk", "talk_seconds", f"{talked} 'inbound'"),
            ("talk_out", "talk_seconds", f"{talked} 'outbound'"),
        )
    ]
    return (
        f"INSERT INTO report_sketches (tenant, grain, start, what, project, queue, bucket, contacts) "
        f"SELECT '{TENANT}', '{grain}', {_STARTS[grain]}, what, project, queue, {bucket}, count(*) FROM ("
        f"SELECT *, CASE WHEN w > 256 THEN length(ltrim((w - 1)::bit(32)::text, '0')) - 8 ELSE 1 END AS o "
        f"FROM ({' UNION ALL '.join(parts)}) AS durations) AS places GROUP BY 3, 4, 5, 6, 7 ORDER BY 3"
    )


STATES = f"""
INSERT INTO report_states (tenant, grain, start, agent, state, reason, spent_ms)
SELECT '{TENANT}', 'd', day AT TIME ZONE {_ZONE}, 'a' || a, state, reason, spent
FROM generate_series(timestamp '{YEAR}-01-01', timestamp '{YEAR}-12-31', interval '1 day') AS day,
  generate_series(0, {QUEUES * AGENTS_OF_QUEUE - 1}) AS a,
  (VALUES ('ready', '', 7000000), ('talking', '', 15000000), ('wrap_up', '', 2000000), ('break', 'lunch', 3600000))
    AS spending (state, reason, spent)
ORDER BY 3"""

VISITING = """
CREATE TEMP VIEW visiting AS SELECT arrived_at, project, queue, agents, connected_at, classified_at, classified_by,
  topic, result, outcome, heard_from, row_number() OVER person AS place,
  lead(arrived_at) OVER (PARTITION BY digits, topic ORDER BY arrived_at, id) AS came_at
FROM contacts WHERE direction = 'inbound' WINDOW person AS (PARTITION BY digits ORDER BY arrived_at, id)"""


async def fill(connection: Any, contacts: int) -> None:
    """Write the year, the sums of it, and tell what takes long. The journal's secondary indexes are left out: no report
    reads by them, and neither does plain SQL over a whole year."""
    began = time.perf_counter()

    def tell(what: str) -> None:
        print(f"  {time.perf_counter() - began:7.1f} s  {what}", file=sys.stderr, flush=True)

    await connection.execute(f"SELECT set_config('kaska.tenant', '{TENANT}', false)")
    for setting in (
        "work_mem = '512MB'",
        "synchronous_commit = off",
        "jit = off",
        "max_parallel_workers_per_gather = 2",
    ):
        await connection.execute(f"SET {setting}")
    await connection.execute("SELECT setseed(0.5)")
    for name in ("newest", "ended_at", "digits", "agents", "promised"):
        await connection.execute(f"DROP INDEX IF EXISTS ix_contacts_{name}")
    step, people = 500_000, max(10, contacts // 6)
    for first in range(1, contacts + 1, step):
        await connection.execute(raw_contacts(first, min(contacts, first + step - 1)).replace("{people}", str(people)))
        tell(f"contacts up to {min(contacts, first + step - 1):,}")
    await connection.execute("VACUUM ANALYZE contacts")
    await connection.execute(VISITING)
    for cube in CUBES:
        if cube.name in _SOURCES:
            for grain in cube.grains:
                await connection.execute(sums_of(cube.name, grain))
                tell(f"{cube.name} {grain}")
    for grain in ("d", "m"):
        await connection.execute(sketches_of(grain))
        tell(f"sketches {grain}")
    await connection.execute(STATES)
    await connection.execute("VACUUM ANALYZE")
    tell("ready")


async def checked(connection: Any) -> float:
    """Counts a day by the product's own code and compares it with the day's sums; returns contacts a second.

    What a visit counts for needs the person's whole year: of visits all contacts of the day's persons are taken.
    """
    day = datetime(YEAR, 7, 1, tzinfo=ZoneInfo(DEFAULT_ZONE)).astimezone(UTC)
    names = list(Card.__slots__)
    rows = await connection.fetch(
        f"SELECT {', '.join(names)} FROM contacts WHERE arrived_at >= $1 AND arrived_at < $2 LIMIT 200000",
        day,
        day + timedelta(days=1),
    )
    sums, began = Sums(), time.perf_counter()
    for folder in map(_folder, rows):
        count(sums, folder)
    rate = len(rows) / (time.perf_counter() - began)
    people = await connection.fetch(
        f"SELECT {', '.join(names)} FROM contacts WHERE direction = 'inbound' AND digits IN "
        "(SELECT digits FROM contacts WHERE arrived_at >= $1 AND arrived_at < $2)",
        day,
        day + timedelta(days=1),
    )
    persons: dict[str, list[Any]] = {}
    for row in people:
        if (visit := visit_of(_folder(row), Choice())) is not None:
            persons.setdefault(visit.person, []).append(visit)
    for nameless in persons.pop("", []):
        count_nameless(sums, nameless)
    for visits in persons.values():
        count_person(sums, visits, Choice().days)
    await _compare(connection, sums, day)
    return rate


def _folder(row: Any) -> Folder:
    card = Card(**{**dict(row), "agents": list(row["agents"])})
    legs = [Leg(card.id, "l", card.arrived_at, "agent", one, "", "accepted", talk_seconds=card.talk_seconds)
            for one in card.agents]  # fmt: skip
    return Folder(card, {leg.leg: leg for leg in legs})


async def _compare(connection: Any, sums: Sums, day: datetime) -> None:
    """:raises RuntimeError: when a cube's day is not what was counted."""
    zone = ZoneInfo(DEFAULT_ZONE)
    for cube in (one for one in CUBES if one.name in _SOURCES):
        wanted: dict[tuple[str, ...], list[int]] = {}
        for (name, start, dimensions), values in sums.cubes.items():
            if name == cube.name and start_of(DAY, start, zone) == day:
                one = wanted.setdefault(dimensions, [0] * len(values))
                one[:] = [a + b for a, b in zip(one, values, strict=True)]
        columns = [*cube.dimensions, *cube.measures]
        found = await connection.fetch(
            f"SELECT {', '.join(columns)} FROM {cube_tables[cube.name].name} WHERE grain = 'd' AND start = $1", day
        )
        cut = len(cube.dimensions)
        kept = {tuple(row)[:cut]: list(tuple(row)[cut:]) for row in found}
        if kept != wanted:
            different = [key for key in {**kept, **wanted} if kept.get(key) != wanted.get(key)]
            key = different[0]
            raise RuntimeError(f"{cube.name} {key}: kept {kept.get(key)}, counted {wanted.get(key)}")
