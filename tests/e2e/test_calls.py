"""Real calls through the whole product: who hears whom is measured by tone, and the books must say the same."""

from __future__ import annotations

import pytest
from tests.plugins.installation import CITY, Installation

from phones.phone import Phone

pytestmark = pytest.mark.telephony


async def test_from_the_greeting_to_the_agent_and_the_books(kaska: Installation) -> None:
    async with kaska.at_work("303", tone=650) as desk, Phone(local_ip=CITY, tone=440) as customer:
        call = await customer.dial(kaska.number("+74950000101"), caller="+79000000501")
        await call.answered(5)
        await call.press("1")
        offer = await desk.phone.incoming(15)
        await offer.answer()
        await call.hears(650, within=5)
        await offer.hears(440, within=5)
        await call.hang_up()
        await offer.ended(5)
