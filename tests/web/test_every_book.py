"""Two companies and every route that reads the books: calls, debts, cards, recordings and every export of them."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from tests.features.recordings.test_recordings import talked

from support.books import Company, Web, company, found, neighbour, web

__all__ = ["company", "found", "neighbour", "web"]

pytestmark = pytest.mark.database

SECRETS = ("0000531", "Тайный Покупатель")
"""who called the owner: by number, and by name"""
CALLER, NAME = "+79000000531", SECRETS[1]
EXPORTS = {
    "/api/contacts.csv",
    "/api/customers/export.csv",
    "/api/customers/{customer_id}/everything",
    "/api/reports/{report_id}/file",
}
"""what leaves the house as a file, and names people or figures"""


def told(answer: httpx.Response) -> str:
    """All that an answer says, also inside of a workbook; digits of numbers stand together."""
    body = answer.content
    text = body.decode(errors="replace")
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            text = "".join(book.read(name).decode(errors="replace") for name in book.namelist())
    return re.sub(r"(?<=\d)[\s().-]+(?=\d)", "", text)


async def furnished(owner: httpx.AsyncClient, company: Company, web: Web) -> dict[str, str]:
    """Somebody talked, and was lost once; what stands for which name in an address."""
    contact, _ = await talked(company, web)
    company.play.leave("a301")
    lost = company.play.lose(CALLER, name=NAME)
    company.play.ready("a301")
    company.play.talk(CALLER, name=NAME)
    company.play.leave("a301")
    company.play.lose(CALLER, name=NAME)
    await company.write()
    card = (await owner.get(f"/api/contacts/{lost}")).json()
    made = (await owner.get("/api/customers")).json()["items"]
    customer = next(one["id"] for one in made if SECRETS[0] in str(one))
    await owner.patch(f"/api/customers/{customer}", json={"name": NAME})
    debts = (await owner.get("/api/debts")).json()
    debts = debts["items"] if isinstance(debts, dict) else debts
    day = datetime.fromtimestamp(company.play.now, UTC)
    return {
        "contact_id": contact,
        "contact": lost,
        "debt_id": card["debt"] or debts[0]["id"],
        "customer_id": customer,
        "number": CALLER,
        "text": SECRETS[0],
        "report_id": "minimal",
        "format": "csv",
        "day": day.date().isoformat(),
        "month": f"{day:%Y-%m}",
        "year": str(day.year),
        "first": (day - timedelta(days=1)).date().isoformat(),
        "last": (day + timedelta(days=1)).date().isoformat(),
        "from": (day - timedelta(days=1)).isoformat(),
        "to": (day + timedelta(days=1)).isoformat(),
        "since": (day - timedelta(days=1)).isoformat(),
        "until": (day + timedelta(days=1)).isoformat(),
        "agent": "a301",
        "place": "waiting",
        "survey": "x",
        "question": "x",
    }


def asked(path: str, operation: dict[str, Any], names: dict[str, str]) -> tuple[str, dict[str, str]] | None:
    """The address with the owner's things in it, and what must be given with it; None for what these books have not."""
    query = {}
    for one in operation.get("parameters", ()):
        if one["in"] == "path" and one["name"] not in names:
            return None
        if one["in"] == "query" and (one["required"] or one["name"] == "format"):
            query[one["name"]] = names[one["name"]]
    return re.sub(r"{(\w+)}", lambda found: names[found[1]], path), query


async def test_the_books_of_a_company_are_nowhere_for_another(company: Company, neighbour: Company, web: Web) -> None:
    owner = await web.sign_in(company, "administrator", "chief")
    stranger = await web.sign_in(neighbour, "administrator", "foreign")
    names = await furnished(owner, company, web)
    document = (await owner.get("/api/openapi.json")).json()["paths"]
    seen: set[str] = set()
    hidden = 0
    for path, methods in document.items():
        address = asked(path, methods["get"], names) if "get" in methods else None
        if address is None:
            continue
        mine, theirs = [await who.get(address[0], params=address[1]) for who in (owner, stranger)]
        assert theirs.status_code in (200, 404, 409, 422, 503), (path, theirs.status_code, theirs.text)
        answered = told(theirs)
        for question in address[1].values():  # what he asked by may be repeated to him
            answered = answered.replace(question, "")
        assert not [secret for secret in SECRETS if secret in answered], (path, answered)
        if any(secret in told(mine) for secret in SECRETS):
            seen.add(path)
        if re.search(r"{(contact|debt|customer)_id}", path) and mine.status_code == 200:
            assert theirs.status_code == 404, (path, theirs.status_code, theirs.text)
            hidden += 1
        if path in EXPORTS and path.endswith("file"):
            assert mine.content != theirs.content, "figures of one are not those of the other"
    assert seen >= EXPORTS - {"/api/reports/{report_id}/file"}, seen
    assert len(seen) > 8, seen
    assert hidden >= 6, hidden


async def test_the_books_of_a_company_are_not_changed_by_another(
    company: Company, neighbour: Company, web: Web
) -> None:
    owner = await web.sign_in(company, "administrator", "chief")
    stranger = await web.sign_in(neighbour, "administrator", "foreign")
    names = await furnished(owner, company, web)
    document = (await owner.get("/api/openapi.json")).json()["paths"]
    addresses = [f"/api/contacts/{names['contact']}", f"/api/debts/{names['debt_id']}"]
    addresses += [f"/api/customers/{names['customer_id']}", "/api/contacts.csv"]
    before = [told(await owner.get(one)) for one in addresses]
    facts = len(company.submitted)
    tried = 0
    for path, methods in document.items():
        if not re.search(r"{(contact|debt|customer)(_id)?}", path):
            continue
        address = asked(path, {"parameters": [{"in": "path", "name": n} for n in re.findall(r"{(\w+)}", path)]}, names)
        for method in sorted(methods.keys() - {"get"}) if address else ():
            answer = await stranger.request(method.upper(), address[0], json={})
            assert answer.status_code in (204, 400, 404, 409, 422), (method, path, answer.status_code, answer.text)
            tried += 1
    assert tried > 20, tried
    assert [told(await owner.get(one)) for one in addresses] == before
    assert len(company.submitted) == facts
