"""The account of a SIP telephone as the administrator's screen shows it: a real telephone registers by it and rings."""

from __future__ import annotations

import asyncio
import io
import re
from urllib.parse import unquote

import pytest
import zxingcpp
from PIL import Image
from playwright.async_api import Page, expect
from tests.browser.test_operator import sign_in
from tests.plugins.installation import Desk, Installation

from phones.phone import Phone

pytestmark = [pytest.mark.telephony, pytest.mark.browser]

COLLEAGUE_TONE, TONE = 650, 550


async def account(page: Page) -> dict[str, str]:
    """What is read from the screen. The picture, read as a telephone's camera reads it, says the same
    as the lines beside it."""
    lines = page.get_by_test_id("phone-account").locator("code")
    await expect(lines).to_have_count(3)
    told = dict(zip(("server", "username", "password"), await lines.all_inner_texts(), strict=True))
    shown = Image.open(io.BytesIO(await page.get_by_test_id("phone-account").locator("img").screenshot()))
    read = zxingcpp.read_barcode(shown, formats=zxingcpp.BarcodeFormat.QRCode)
    assert read is not None, "no telephone's camera reads it"
    address = re.fullmatch(r"sip:([^:]+):([^@]+)@(.+)", read.text)
    assert address is not None, read.text
    assert [unquote(part) for part in address.groups()] == [told[name] for name in ("username", "password", "server")]
    return told


async def registers(telephone: Phone, told: dict[str, str]) -> None:
    """A new password is in the switch a moment after it was shown."""
    async with asyncio.timeout(20):
        while True:
            try:
                return await telephone.register(told["username"], told["password"], told["server"])
            except Exception:
                await asyncio.sleep(0.3)


async def test_a_telephone_registers_by_what_the_screen_shows(kaska: Installation, page: Page) -> None:
    boss, agent = kaska.company.administrator, kaska.agent("302")
    await sign_in(page, kaska, boss.login, boss.password)
    await expect(page.get_by_test_id("person-menu")).to_be_visible()
    await page.goto(f"{kaska.url}/settings/people?open={agent.id}")
    await page.get_by_test_id("person-phone").click()
    await page.get_by_test_id("phone-show").click()
    told = await account(page)
    assert (told["username"], told["server"]) == (agent.endpoint, kaska.sip)
    async with kaska.session(boss) as web:
        accounts = (await web.get(f"/api/agents/{agent.id}/phone")).json()["accounts"]
    (given,) = [one for one in accounts if one["kind"] == "phone"]
    assert told == {name: given[name] for name in told}, "the screen says what the route gives"
    async with (
        Phone(local_ip="127.0.0.1", tone=TONE) as telephone,
        kaska.session(agent) as web,
        kaska.at_work("301", tone=COLLEAGUE_TONE) as colleague,
    ):
        await registers(telephone, told)
        desk = Desk(agent, web, telephone)
        await desk.ready()
        call = await colleague.phone.dial(kaska.number("302"))
        offer = await telephone.incoming(10)
        talk = await offer.answer()
        await asyncio.gather(call.hears(TONE), talk.hears(COLLEAGUE_TONE))
        await call.hang_up()
        await talk.ended(5)
        await desk.state("offline")
    async with kaska.session(boss) as web:
        looked = (await web.get("/api/audit", params={"area": "agents"})).json()
    assert any(line["action"] == "agents.phone" and line["object"] == agent.id for line in looked)
