"""A comparison that does not look again at what was in order finds what one that looks at everything does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.features.reconciliation.test_reconciliation import NOW, SINCE, UNTIL, detailed, seen

from kaska.features.reconciliation import repository
from kaska.features.reconciliation.public import Agreed, Comparison, compare, record, record_cdr, slice_of
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
class TestAgreed:
    async def compared(self, company: Company, agreed: Agreed | None, **options: Any) -> Comparison:
        async with company.transaction() as connection:
            return await compare(connection, company.tenant, SINCE, UNTIL, now=NOW, agreed=agreed, **options)

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
        agreed, asked = Agreed(), list[datetime]()
        read = repository.witnessed_between

        async def counting(connection: Any, tenant: str, since: datetime, until: datetime) -> Any:
            asked.append(since)
            return await read(connection, tenant, since, until)

        monkeypatch.setattr(repository, "witnessed_between", counting)
        first = await self.compared(company, agreed)
        assert (first.counts.switch, first.counts.ledger) == (1, 1)
        assert asked == [begin for begin, _ in slices(SINCE, UNTIL)]
        asked.clear()
        assert await self.compared(company, agreed) == first
        assert asked == [SINCE, slice_of(UNTIL)], "the pieces that the period cuts; no whole slice twice"

    async def test_what_a_book_tells_late_is_found(self, company: Company) -> None:
        agreed = Agreed()
        assert (await self.compared(company, agreed)).open == 0
        await self.told(company, "kaska-9.9")
        agreed.forget(datetime.fromtimestamp(seen("").ended_at, UTC))
        assert (await self.compared(company, agreed)).opened == 1
        assert (await self.compared(company, agreed)).open == 1
        assert await self.compared(company, Agreed()) == await self.compared(company, agreed)

    async def test_all_is_looked_at_again_when_the_ledger_is_behind_and_not_for_ever(self, company: Company) -> None:
        agreed, slice_ = Agreed(), (slice_of(SINCE) + SLICE, slice_of(SINCE) + 2 * SLICE)
        await self.told(company, "kaska-9.9")
        assert (await self.compared(company, agreed)).opened == 1
        assert agreed.counts(*slice_) is None
        assert (await self.compared(company, agreed)).open == 1
        assert agreed.counts(*slice_) is not None, "what stays missing has not everything read every minute"
