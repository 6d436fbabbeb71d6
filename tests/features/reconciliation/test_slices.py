"""A comparison that does not look again at what was in order finds what one that looks at everything does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.features.reconciliation.test_reconciliation import NOW, SINCE, UNTIL, detailed, seen

from kaska.features.reconciliation import repository, service
from kaska.features.reconciliation.public import Comparison, Examined, compare, record, record_cdr, slice_of
from kaska.features.reconciliation.slices import SLICE, slices
from support.books import Company
from support.play import START

AT = datetime.fromtimestamp(START, UTC)
moments = st.integers(-100_000, 100_000).map(lambda seconds: AT + timedelta(seconds=seconds))


@given(moments, moments)
def test_slices_are_the_period_without_gaps(since: datetime, until: datetime) -> None:
    found = list(slices(since, until))
    assert [begin for begin, _ in found] == [since, *(end for _, end in found[:-1])][: len(found)]
    assert (found[-1][1] == until) if since < until else not found
    assert all(begin < end <= slice_of(begin) + SLICE for begin, end in found)


@pytest.mark.database
class TestExamined:
    async def compared(self, company: Company, examined: Examined | None, **options: Any) -> Comparison:
        async with company.transaction() as connection:
            return await compare(connection, company.tenant, SINCE, UNTIL, now=NOW, examined=examined, **options)

    async def told(self, company: Company, contact: str) -> None:
        call = seen(contact)
        async with company.transaction() as connection:
            await record(connection, company.tenant, [call])
            await record_cdr(connection, company.tenant, [detailed(call)])

    async def test_what_agrees_is_not_read_again_and_counts_all_the_same(
        self, company: Company, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lost = company.play.lose("+79000000002", wait=20)
        await company.write()
        await self.told(company, lost)
        examined, asked = Examined(), list[datetime]()
        read = repository.witnessed_between

        async def counting(connection: Any, tenant: str, since: datetime, until: datetime) -> Any:
            asked.append(since)
            return await read(connection, tenant, since, until)

        monkeypatch.setattr(repository, "witnessed_between", counting)
        first = await self.compared(company, examined)
        assert (first.counts.switch, first.counts.ledger) == (1, 1)
        assert asked == [begin for begin, _ in slices(SINCE, UNTIL)]
        asked.clear()
        assert await self.compared(company, examined) == first
        assert asked == [SINCE, slice_of(UNTIL)], "the pieces that the period cuts; no whole slice twice"

    async def test_what_a_book_tells_late_is_found(self, company: Company) -> None:
        examined = Examined()
        assert (await self.compared(company, examined)).open == 0
        await self.told(company, "kaska-9.9")
        examined.forget(datetime.fromtimestamp(seen("").ended_at, UTC))
        assert (await self.compared(company, examined)).opened == 1
        assert (await self.compared(company, examined)).open == 1
        assert await self.compared(company, Examined()) == await self.compared(company, examined)

    async def test_what_differs_is_not_read_with_all_its_slice_every_minute(self, company: Company) -> None:
        examined, slice_ = Examined(), (slice_of(SINCE) + SLICE, slice_of(SINCE) + 2 * SLICE)
        await self.told(company, "kaska-9.9")
        assert (await self.compared(company, examined)).opened == 1
        assert examined.counts(*slice_) is not None
        again = await self.compared(company, examined)
        assert (again.opened, again.resolved, again.open) == (0, 0, 1)

    async def test_all_is_looked_at_again_when_the_ledger_was_behind(self, company: Company) -> None:
        examined, slice_ = Examined(), (slice_of(SINCE) + SLICE, slice_of(SINCE) + 2 * SLICE)
        lost = company.play.lose("+79000000002", wait=20)
        await self.told(company, lost)
        assert (await self.compared(company, examined)).opened == 1
        await company.write()
        caught_up = await self.compared(company, examined)
        assert (caught_up.resolved, caught_up.open) == (1, 0)
        assert examined.counts(*slice_) is None
        assert (await self.compared(company, examined)).open == 0
        assert examined.counts(*slice_) is not None, "not for ever"

    async def test_differences_have_their_turn_some_at_a_time(
        self, company: Company, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(service, "AT_ONCE", 2)
        examined = Examined()
        lost = [company.play.lose("+79000000002", wait=20) for _ in range(5)]
        for contact in lost:
            await self.told(company, contact)
        assert (await self.compared(company, examined)).opened == 5
        examined.turn = ""
        await company.write()
        resolved = []
        for _ in range(3):
            monkeypatch.setattr(examined, "forget_all", lambda: None)  # or else all would be read the second time
            resolved.append((await self.compared(company, examined)).resolved)
        assert resolved == [2, 2, 1]
        assert (await self.compared(company, examined)).open == 0
