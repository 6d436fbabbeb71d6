"""The board's service level of the day is the report's: one definition of who counts, on any day that may be."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kaska.core import facts as f
from kaska.core.lately import TARGET_SECONDS, Counts
from kaska.core.state import State
from kaska.features.calls.card import Folder, fold, opened
from kaska.features.reports.counted import count
from kaska.features.reports.cubes import FLOW
from kaska.features.reports.sums import Sums
from support.company import company
from support.play import finished_day


def of_the_board(written: list[f.Fact]) -> Counts:
    """Today's counts when all these facts have happened."""
    state, whole = State(company()), Counts()
    for fact in written:
        state.apply(fact)
    for line in state.lately.lines.values():
        if line.day == state.books.day:
            whole.add(line.today)
    return whole


def of_the_reports(written: list[f.Fact], day: str) -> dict[str, int]:
    """The interval sums of the contacts that are over and arrived on the day."""
    clock, sums = State(company()), Sums()
    folders: dict[str, Folder] = {}
    for fact in written:
        contact = getattr(fact, "contact", "")
        if isinstance(fact, f.ContactOpened):
            folders[contact] = opened(fact)
        elif contact in folders:
            fold(folders[contact], fact)
        if isinstance(fact, f.ConfigurationApplied):
            clock.apply(fact)
    for folder in folders.values():
        if clock.local_day(folder.card.arrived_at.timestamp()) == day:
            count(sums, folder)
    found: dict[str, int] = {}
    for (cube, *_), values in sums.cubes.items():
        if cube == FLOW.name:
            for name, value in zip(FLOW.measures, values, strict=True):
                found[name] = found.get(name, 0) + value
    return found


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.integers(5, 60))
def test_the_day_of_the_board_is_the_day_of_the_reports(seed: int, steps: int) -> None:
    written = finished_day(seed, steps)
    board = of_the_board(written)
    state = State(company())
    report = of_the_reports(written, state.local_day(written[-1].at))
    assert board.answered == report.get("answered", 0)
    assert board.within == report.get(f"answered_{TARGET_SECONDS:.0f}", 0)
    assert board.answered + board.unanswered == report.get("offered", 0)
    assert board.short == report.get("short_offered", 0)
