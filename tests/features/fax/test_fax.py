"""A fax as a document: who may read it, and that the reading is written down."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from kaska.features.calls.public import mask
from support.books import Company, Web
from support.faxes import fax_comes, write_fax

pytestmark = pytest.mark.database


async def test_a_fax_is_a_document_of_its_contact_and_of_its_debt(company: Company, web: Web) -> None:
    contact = fax_comes(company.play, "+79000000006")
    await company.write()
    operator = await web.sign_in(company, "operator", "a304")
    card = (await operator.get(f"/api/contacts/{contact}")).json()
    assert (card["outcome"], card["cause"], card["fax_pages"], card["fax_problem"]) == ("message_taken", "fax", 2, "")
    assert card["fax_station"] == "7 495 000 00 09"
    assert (await operator.get(f"/api/contacts/{contact}/fax")).json()["code"] == "fax_file_gone"
    path = web.settings.faxes_dir / f"{card['fax']}.tif"
    write_fax(path)
    answer = await operator.get(f"/api/contacts/{contact}/fax")
    assert answer.headers["content-type"] == "application/pdf"
    assert len(re.findall(rb"/Type /Page\b", answer.content)) == 2
    [line] = await company.audit("fax.read")
    assert (line.user_id, line.object) == ("a304", contact)
    [debt] = (await operator.get("/api/debts")).json()["items"]
    assert (debt["fax_pages"], debt["owner"], debt["cause"]) == (2, "queue:sales", "fax")
    path.write_bytes(b"II*\0 no fax at all")
    assert (await operator.get(f"/api/contacts/{contact}/fax")).json()["code"] == "fax_unreadable"


async def test_what_did_not_come_and_what_was_erased_is_no_document(company: Company, web: Web) -> None:
    lost = fax_comes(company.play, "+79000000007", 0, "the sender hung up")
    part = fax_comes(company.play, "+79000000008", 1, "the sender hung up")
    await company.write()
    boss = await web.sign_in(company, "supervisor", "boss")
    assert (await boss.get(f"/api/contacts/{lost}/fax")).json()["code"] == "no_fax"
    card = (await boss.get(f"/api/contacts/{lost}")).json()
    assert (card["outcome"], card["fax"], card["fax_problem"]) == ("lost", "", "the sender hung up")
    assert card["debt"]
    card = (await boss.get(f"/api/contacts/{part}")).json()
    assert (card["outcome"], card["fax_pages"]) == ("message_taken", 1)
    assert any("принят не целиком" in line["text"]["ru"] for line in card["story"])
    async with company.transaction() as connection:
        await mask(connection, company.tenant, [part], datetime.now(UTC))
    assert (await boss.get(f"/api/contacts/{part}/fax")).json()["code"] == "no_fax"
