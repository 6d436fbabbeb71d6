"""One audit from files to figures."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kaska.audit.clock import Clock
from kaska.audit.contacts import Contact, Talks
from kaska.audit.figures import Figures
from kaska.audit.left_out import Why
from kaska.audit.options import AuditProblem, Options
from kaska.audit.people import People, Recovered
from kaska.audit.readers import FORMATS_TOLD_FIRST, reader_of
from kaska.audit.reading import Reading, lines_of
from kaska.audit.recognise import recognise
from kaska.audit.source import Source, UnreadableFile, open_source


@dataclass(slots=True)
class Audit:
    """What was found. ``figures.rows + reading.left_out.rows == reading.rows``."""

    options: Options
    reading: Reading
    figures: Figures
    recovered: Recovered
    sources: list[tuple[Source, str]]
    """each file with its format"""


def audit(options: Options, progress: Callable[[int], None] = lambda size: None) -> Audit:
    """Raises AuditProblem when a file cannot be read. ``progress`` is told of every piece how many bytes it had."""
    collecting = gc.isenabled()
    gc.disable()  # millions of rows come and go and none is in a circle: looking for circles costs half the time
    try:
        return _audit(options, progress)
    except UnreadableFile as error:
        raise AuditProblem(str(error)) from None
    finally:
        if collecting:
            gc.enable()


def _audit(options: Options, progress: Callable[[int], None]) -> Audit:
    clock = Clock(options.zone, options.now, month_first=options.month_first)
    reading = Reading(clock)
    by_format = _sorted_by_format(options, reading, progress)
    if len(by_format) > 1:
        reading.known_calls = set()
    with People() as people:
        figures = Figures(people, options.target_s, options.short_s)
        for name, sources in by_format.items():
            figures.add(_within(options, reader_of(name, options)(sources, reading), reading))
        recovered = people.recovered(clock.day_of)
    told = [(source, name) for name, sources in by_format.items() for source in sources]
    return Audit(options, reading, figures, recovered, told)


def _sorted_by_format(options: Options, reading: Reading, progress: Callable[[int], None]) -> dict[str, list[Source]]:
    """Files by format, in the order of time; the formats that know most of a call come first."""
    found: dict[str, list[Source]] = {}
    seen: set[str] = set()
    for path in options.files:
        source = open_source(path, progress)
        if source.digest in seen:
            lines = sum(len(lines) for lines, _ in lines_of(source.raw_pieces()))
            reading.rows += lines
            reading.left_out.add(Why.SAME_FILE, (source.name, 1), lines)
            continue
        seen.add(source.digest)
        name = options.format if options.format != "auto" else recognise(source)
        found.setdefault(name, []).append(source)
    for sources in found.values():
        sources.sort(key=lambda source: _begins(source, reading.clock))
    return {name: found[name] for name in FORMATS_TOLD_FIRST if name in found}


def _begins(source: Source, clock: Clock) -> float:
    """The first plausible time at the beginning of the file."""
    for line in source.sample.splitlines()[:50]:
        for cell in line.replace('"', "").replace("|", ",").replace(";", ",").replace("\t", ",").split(",")[:12]:
            at = clock.read(cell) if len(cell) >= len("2024-01-01") - 1 else None
            if at is not None and clock.plausible(at):
                return at
    return 0.0


def _within(options: Options, contacts: Iterator[Contact | Talks], reading: Reading) -> Iterator[Contact | Talks]:
    """Those of the period; names as the person wants them."""
    if options.since is None and options.until is None and not options.own_names:
        return contacts
    return _chosen(options, _apart(contacts), reading)


def _apart(contacts: Iterator[Contact | Talks]) -> Iterator[Contact]:
    for one in contacts:
        if isinstance(one, Talks):
            yield from one.apart()
        else:
            yield one


def _chosen(options: Options, contacts: Iterator[Contact], reading: Reading) -> Iterator[Contact]:
    since = options.since if options.since is not None else float("-inf")
    until = options.until if options.until is not None else float("inf")
    own = options.own_names
    for contact in contacts:
        if not since <= contact.arrival < until:
            reading.leave(Why.OUTSIDE_PERIOD, contact.number, contact.rows)
            continue
        if own:
            contact.talks = tuple((own.get(name, name), seconds) for name, seconds in contact.talks)
            contact.unanswered_rings = tuple(own.get(name, name) for name in contact.unanswered_rings)
        yield contact
