"""Two sites of one company, each with a switch of its own, call each other by short numbers."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.e2e.centre import Centre
from tests.plugins.installation import Installation

from phones.phone import Phone

pytestmark = pytest.mark.telephony

HERE, THERE = 650, 850
OTHER = "127.0.0.9"
"""address of the other site's switch"""
ITS_PHONE = "127.0.0.10"


@asynccontextmanager
async def other_site() -> AsyncIterator[Installation]:
    with tempfile.TemporaryDirectory(prefix="kaska-site-") as home:
        os.chmod(home, 0o755)  # the switch's own user reads it
        site = Installation(Path(home), sip_host=OTHER)
        try:
            await asyncio.to_thread(site.start)
            yield site
        finally:
            await asyncio.to_thread(site.stop)


async def line(kaska: Installation, address: str, port: int, numbers: str) -> None:
    """Describe the line to the other site."""
    async with kaska.session(kaska.company.administrator) as web:
        given = {"addresses": [address], "contact_uri": f"sip:{address}:{port}", "site": numbers}
        (await web.put("/api/trunks/site", json=given)).raise_for_status()
        await kaska.publish(web)


async def numbered(site: Installation) -> dict[str, str]:
    """One numbering plan: its 303 is 4303 for everybody, and 301 is ours. Returns the telephone's account."""
    async with site.session(site.company.administrator) as web:
        (await web.delete("/api/agents/demo-301")).raise_for_status()
        (await web.put("/api/agents/demo-303", json={"extension": "4303"})).raise_for_status()
        accounts = (await web.get("/api/agents/demo-303/phone")).json()["accounts"]
        return next(one for one in accounts if one["kind"] == "phone")


async def test_sites_call_each_other_by_short_numbers(centre: Centre) -> None:
    here = centre.kaska
    async with other_site() as there:
        account = await numbered(there)
        await line(here, OTHER, there.settings.sip_port, "4300-4399")
        await line(there, "127.0.0.1", here.settings.sip_port, "300-399")
        async with (
            here.at_work("301", tone=HERE) as desk,
            Phone(local_ip=ITS_PHONE, tone=THERE) as phone,
        ):
            await phone.register(account["username"], account["password"], there.sip)
            own = await desk.phone.dial(here.number("4303"))
            offer = await phone.incoming(5)
            assert (offer.caller, "alert-internal" in offer.headers.get("Alert-Info")) == ("301", True)
            await offer.answer()
            await asyncio.gather(own.hears(THERE), offer.hears(HERE))
            await own.hang_up()
            await offer.ended(5)

            back = await phone.dial(there.number("301"))
            offer = await desk.phone.incoming(5)
            assert offer.caller == "4303"
            await offer.answer()
            await asyncio.gather(back.hears(HERE), offer.hears(THERE))
            await back.hang_up()
            await offer.ended(5)
