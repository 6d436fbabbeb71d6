"""Cards are found by what people remember of them, and by nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, select, text
from tests.features.customers.test_cards import made, phone

from kaska.features.customers import repository
from kaska.features.customers.search import search
from kaska.features.customers.tables import customers, spellings, words
from support.books import Company, Web

pytestmark = pytest.mark.database


REMEMBERED = (
    "Ёлкина",
    "елкина",
    "ЕЛК",
    "анна ёлк",
    "Елкна",  # a letter missing
    "Ёлкино",
    "Елкинаа",
    "Еклина",  # two letters swapped
    "Анна Елкена",
    "ромашка",
    "рамашка",
    "8 900 123-45-67",
    "+7(900)1234567",
    "123-45",
    "4567",
    "anna.e",
    "ANNA.E@EXAMPLE.ORG",
    "example.org",
    "оптовик",
)


async def test_a_card_is_found_by_what_is_remembered(company: Company, web: Web) -> None:
    operator = await web.sign_in(company, "operator", "a301")
    firm = await made(operator, kind="company", name="ООО «Ромашка»")
    card = await made(
        operator,
        name="Ёлкина Анна Петровна",
        company=firm["id"],
        tags=["оптовик"],
        identities=[phone("+79001234567"), {"kind": "email", "value": "Anna.E@Example.org"}],
    )
    await made(operator, name="Дубов Борис", identities=[phone("+79007654321")])
    for typed in REMEMBERED:
        answer = await operator.get("/api/customers", params={"text": typed})
        assert answer.status_code == 200, answer.text
        found = [item["id"] for item in answer.json()["items"]]
        assert card["id"] in found, typed
        assert set(found) <= {card["id"], firm["id"]}, typed


async def test_what_is_written_right_comes_before_guesses(company: Company, web: Web) -> None:
    operator = await web.sign_in(company, "operator", "a301")
    right = await made(operator, name="Иванов")
    wrong = await made(operator, name="Ивонов")
    for typed, id, corrected in (("Иванов", right["id"], False), ("Ивонов", wrong["id"], False)):
        page = (await operator.get("/api/customers", params={"text": typed})).json()
        assert ([item["id"] for item in page["items"]], page["corrected"]) == ([id], corrected)
    page = (await operator.get("/api/customers", params={"text": "Ивунов"})).json()
    assert ({item["id"] for item in page["items"]}, page["corrected"]) == ({right["id"], wrong["id"]}, True)
    assert (await operator.get("/api/customers", params={"text": "Сидорчук"})).json()["items"] == []
    assert (await operator.get("/api/customers", params={"text": "%_'\\"})).json()["items"] == []


async def test_pages_of_a_search_show_every_card_once(company: Company, web: Web) -> None:
    operator = await web.sign_in(company, "operator", "a301")
    # each has three words that begin alike
    ids = {(await made(operator, name="Иван Иванов Иванович", tags=["клиент"]))["id"] for _ in range(7)}
    await made(operator, name="Иван Дубов")
    for typed in ("иван клиент", "Ивын клиент"):
        seen: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            page = (await operator.get("/api/customers", params={"text": typed, "limit": 2, "cursor": cursor})).json()
            seen += [item["id"] for item in page["items"]]
            cursor = page["next_cursor"]
        assert sorted(seen) == sorted(ids), typed


async def test_changes_are_found_and_nothing_old_is(company: Company, web: Web) -> None:
    operator = await web.sign_in(company, "operator", "a301")
    firm = await made(operator, kind="company", name="Ромашка")
    card = await made(operator, name="Иванова", company=firm["id"], identities=[phone("+79001234567")])
    await operator.patch(f"/api/customers/{card['id']}", json={"name": "Петрова"})
    await operator.patch(f"/api/customers/{firm['id']}", json={"name": "Василёк"})
    await operator.delete(f"/api/customers/{card['id']}/identities", params=phone("+79001234567"))

    async def found(typed: str) -> set[str]:
        return {item["id"] for item in (await operator.get("/api/customers", params={"text": typed})).json()["items"]}

    assert await found("петрова") == {card["id"]}
    assert await found("василек") == {card["id"], firm["id"]}
    for old in ("Иванова", "Ромашка", "1234567"):
        assert await found(old) == set(), old
    async with company.transaction() as connection:
        left = set((await connection.execute(select(spellings.c.word))).scalars())
    assert left == {"петрова", "василек"}


async def test_the_search_walks_its_index_behind_the_wall(company: Company) -> None:
    """LIKE and trigrams could not: PostgreSQL keeps them behind row-level security."""
    at = datetime.now(UTC)
    rows = [
        {"tenant": company.tenant, "id": f"c{number}", "name": f"Имя{number}", "created_at": at, "changed_at": at}
        for number in range(300)
    ]
    async with company.transaction() as connection:
        await repository.put_cards(connection, rows)
        await repository.reindex(connection, company.tenant, [row["id"] for row in rows])
        await connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = "\n".join(
            (
                await connection.execute(
                    text("EXPLAIN SELECT customer FROM customer_words WHERE tenant = :t AND word >= :a AND word < :b"),
                    {"t": company.tenant, "a": "имя1", "b": "имя1\U0010ffff"},
                )
            ).scalars()
        )
        assert "Index Cond" in plan
        assert "word >=" in plan.partition("Index Cond")[2]
        found = await search(connection, company.tenant, "имя29", cursor="", limit=20)
        assert len(found.rows) == 11
        await connection.execute(delete(customers))
        await connection.execute(delete(words))
