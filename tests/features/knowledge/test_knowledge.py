"""The knowledge base: any form of a word, mistakes, votes, who changed what, what was looked for in vain."""

from __future__ import annotations

import pytest

from kaska.features.knowledge.words import LONGEST, asked, excerpt, ranked, stem, weights
from support.books import Company, Web

FORMS = [
    ("доставка", "доставки", "доставку", "доставкой", "доставке"),
    ("возврат", "возврата", "возвраты", "возвратом"),
    ("заказ", "заказы", "заказов", "заказами"),
    ("оплата", "оплаты", "оплатить", "оплату"),
    ("гарантия", "гарантии", "гарантию", "гарантийный", "гарантийная"),
    ("часы", "часов", "часами"),
    ("refund", "refunds"),
]


@pytest.mark.parametrize("forms", FORMS, ids=lambda forms: forms[0])
def test_forms_of_a_word_meet(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


def test_an_article_with_all_words_outranks_any_with_some() -> None:
    found = ranked([{"a": 1, "b": 8}, {"a": 1}], {"b": 3})
    assert [one.article for one in found] == ["a"]
    assert [one.article for one in ranked([{"a": 1, "b": 1}], {"b": 1})] == ["b", "a"]
    title, text = weights("Возврат", [], "", "")["возврат"], weights("", [], "", "возврат " * 50)["возврат"]
    assert title > text


def test_the_excerpt_shows_the_place() -> None:
    text = "# Правила\n\n" + "слово " * 200 + "**Возврат** денег — [десять](https://example.org) дней. " + "ещё " * 100
    shown = excerpt(text, asked("возвраты"))
    assert "Возврат денег — десять дней" in " ".join(shown.split())
    assert len(shown) <= LONGEST + 4
    assert excerpt("Коротко.", ["нет"]) == "Коротко."


@pytest.mark.database
async def test_articles_are_found_judged_and_traced(company: Company, neighbour: Company, web: Web) -> None:
    manager = await web.sign_in(company, "supervisor", "boss")
    operator = await web.sign_in(company, "operator", "a301")
    stranger = await web.sign_in(neighbour, "administrator", "chief")
    given = {"title": "Сроки доставки", "text": "Привозим за **три дня**.", "folder": "Доставка", "tags": ["срок"]}
    assert (await operator.post("/api/knowledge/articles", json=given)).status_code == 403
    article = (await manager.post("/api/knowledge/articles", json=given)).json()
    other = {"title": "Гарантия", "text": "Год. О доставке см. отдельно.", "project": "windows"}
    await manager.post("/api/knowledge/articles", json=other)

    async def found(text: str, **more: str) -> list[str]:
        answer = await operator.get("/api/knowledge/search", params={"text": text, **more})
        assert answer.status_code == 200, answer.text
        return [hit["title"] for hit in answer.json()["items"]]

    assert await found("доставку") == ["Сроки доставки", "Гарантия"]
    assert await found("доставку", project="doors") == ["Сроки доставки"]
    assert await found("срок дост") == ["Сроки доставки"]
    assert await found("доствка") == ["Сроки доставки", "Гарантия"]
    assert await found("") == []
    assert await found("%_'; --") == []

    path = f"/api/knowledge/articles/{article['id']}"
    assert (await stranger.get(path)).status_code == 404
    assert (await stranger.get("/api/knowledge/search", params={"text": "доставка"})).json()["items"] == []
    for useful in (False, True):
        assert (await operator.put(f"{path}/vote", json={"useful": useful})).status_code == 204
    assert (await operator.get(path)).json()["my_vote"] is True
    changed = {**given, "text": "За два дня.", "revision": 1}
    assert (await manager.put(path, json=changed)).json()["useful"] == 1
    assert (await manager.put(path, json=changed)).json()["code"] == "article_changed_meanwhile"
    traced = (await manager.get(f"{path}/versions")).json()
    assert [(one["revision"], one["text"], one["by_name"]) for one in traced] == [
        (2, "За два дня.", "Boss"),
        (1, given["text"], "Boss"),
    ]
    await manager.put(path, json={**changed, "archived": True, "revision": 2})
    assert await found("сроки") == []


@pytest.mark.database
async def test_what_was_looked_for_in_vain_comes_to_who_writes(company: Company, web: Web) -> None:
    manager = await web.sign_in(company, "supervisor", "boss")
    operator = await web.sign_in(company, "operator", "a301")
    for sought in ("Рассрочка", "рассрочку", "+7 495 000-11-22", "…"):
        assert (await operator.post("/api/knowledge/misses", json={"sought": sought})).status_code == 204
    assert (await operator.get("/api/knowledge/misses")).status_code == 403
    [miss] = (await manager.get("/api/knowledge/misses")).json()
    assert (miss["shown"], miss["times"], miss["last_by_name"]) == ("рассрочку", 2, "A301")
    given = {"title": "Оплата в рассрочку", "text": "Можно."}
    await manager.post("/api/knowledge/articles", json=given)
    assert (await manager.delete("/api/knowledge/misses", params={"sought": miss["sought"]})).status_code == 204
    await operator.post("/api/knowledge/misses", json={"sought": "рассрочка"})
    assert (await manager.get("/api/knowledge/misses")).json() == []
