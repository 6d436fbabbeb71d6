"""Comes last: the independent witnesses are asked about all the calls of these tests."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.e2e.centre import Centre

pytestmark = pytest.mark.telephony


async def test_the_witnesses_agree_about_everything(centre: Centre) -> None:
    """The switch, the ledger and the recordings tell the same of every call of these tests."""
    await asyncio.sleep(6.0)  # a call counts as settled when it has been over for five seconds
    began = datetime.now(UTC)
    async with centre.kaska.without("application"):
        pass  # it compares as soon as it is back

    def compared(report: dict[str, Any]) -> bool:
        last = report["last_run"]
        return last is not None and datetime.fromisoformat(last["ran_at"]) > began

    report = await centre.until("/api/reconciliation", compared, 80)
    assert report["last_run"]["switch"] == report["last_run"]["cdr"] == report["last_run"]["ledger"] > 0
    assert report["open"] == []
    assert report["violations"] == []
