"""A fax machine in the city sends to the centre: the ledger, the debt, the document."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.e2e.centre import Centre, person
from tests.plugins.installation import CITY, ROOT
from tests.plugins.postgres import free_port

from support.fax_machine import STATION, FaxMachine, fax_machine, long_page, page

pytestmark = pytest.mark.telephony

NUMBER, MENU = "+74950000115", "+74950000116"


@asynccontextmanager
async def machine(centre: Centre, home: Path, *pages: Image.Image) -> AsyncIterator[FaxMachine]:
    """A number for faxes, and a machine that may send to it."""
    async with centre.kaska.session(centre.kaska.company.administrator) as web:
        fax = {"kind": "fax", "owner": "queue:sales", "next": ""}
        menu = {"kind": "menu", "prompts": ["ru/greeting", "ru/menu"], "choices": {}, "otherwise": "menu", "fax": "fax"}
        for name, number, nodes in (("fax", NUMBER, {"fax": fax}), ("menu", MENU, {"menu": menu, "fax": fax})):
            given: dict[str, Any] = {"name": name, "draft": {"start": name, "nodes": nodes}}
            (await web.put(f"/api/scenarios/{name}-of-faxes", json=given)).raise_for_status()
            given = {"project": "windows", "scenario": f"{name}-of-faxes"}
            (await web.put(f"/api/numbers/{number}", json=given)).raise_for_status()
        await centre.kaska.publish(web)
    rtp = centre.kaska.settings.rtp_start + 30_000 - 200
    async with fax_machine(
        home, ROOT / ".state" / "asterisk", centre.kaska.sip, CITY, (free_port(), rtp), list(pages)
    ) as made:
        yield made


async def pages_of_document(centre: Centre, contact: str) -> int:
    answer = await centre.supervisor.get(f"/api/contacts/{contact}/fax")
    answer.raise_for_status()
    assert answer.headers["content-type"] == "application/pdf"
    return len(re.findall(rb"/Type /Page\b", answer.content))


async def test_two_pages_become_a_document_and_a_debt(centre: Centre, tmp_path: Path) -> None:
    caller = person(641)
    async with machine(centre, tmp_path, page("one"), page("two")) as sender:
        sender.send(NUMBER, caller)
        assert await sender.told(90) == "SUCCESS"
        card = await centre.card(caller, within=20)
    assert (card["outcome"], card["cause"]) == ("message_taken", "fax")
    assert (card["fax_pages"], card["fax_station"], card["fax_problem"]) == (2, STATION, "")
    assert await pages_of_document(centre, card["id"]) == 2
    debt = await centre.debt(card, "open")
    assert (debt["owner"], debt["fax_pages"]) == ("queue:sales", 2)
    assert {"FaxAsked", "FaxOver", "FaxTaken"} <= {_type(name) for name in await centre.ledger(card["id"])}


async def test_who_hangs_up_midway_is_owed_with_what_came(centre: Centre, tmp_path: Path) -> None:
    caller = person(642)
    async with machine(centre, tmp_path, page("one"), long_page()) as sender:
        sender.send(NUMBER, caller, hang_up_after=30)
        card = await centre.card(caller, within=90)
    assert (card["outcome"], card["cause"], card["fax_pages"]) == ("message_taken", "fax", 1)
    assert card["fax_problem"]
    assert await pages_of_document(centre, card["id"]) == 1
    assert (await centre.debt(card, "open"))["owner"] == "queue:sales"


async def test_a_machine_that_comes_to_a_menu_is_heard(centre: Centre, tmp_path: Path) -> None:
    caller = person(643)
    async with machine(centre, tmp_path, page("one")) as sender:
        sender.send(MENU, caller)
        assert await sender.told(90) == "SUCCESS"
        card = await centre.card(caller, within=20)
    assert (card["outcome"], card["cause"], card["fax_pages"], card["fax_problem"]) == ("message_taken", "fax", 1, "")
    told = [line["type"] for line in card["story"]]
    assert told.index("fax_listening") < told.index("fax_tone") < told.index("fax_asked")
    assert told.count("leg_over") == 1


async def test_a_fax_goes_on_while_the_engine_is_away(centre: Centre, tmp_path: Path) -> None:
    """It comes to the file and to the switch's records; the engine reads both when it is back."""
    caller = person(644)
    async with machine(centre, tmp_path, page("one"), page("two")) as sender:
        sender.send(NUMBER, caller)
        await centre.board.calls(caller, "message", within=20)
        async with centre.kaska.without("engine"):
            assert await sender.told(90) == "SUCCESS"
        card = await centre.card(caller, within=60)
    assert (card["outcome"], card["fax_pages"], card["fax_problem"]) == ("message_taken", 2, "")


def _type(name: str) -> str:
    return "".join(part.title() for part in name.split("_"))
