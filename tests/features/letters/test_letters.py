"""Letters from the settings to a real mail server: once each, tried again while it is away, seen in a list."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.features.letters.conftest import Box, Post

from kaska.core import events
from support.books import Company, Web

pytestmark = pytest.mark.database

EVENING = {"kind": "manager_day", "email": "boss@kaska.test", "minute": 0}


async def test_an_evening_is_told_once_to_each(company: Company, web: Web, post: Post, box: tuple[Box, int]) -> None:
    play = company.play
    play.now = post.now.timestamp() - 5 * 3600  # the day that the letter is about
    play.lose("+79000000010", wait=30)
    play.ready("a301")
    talked = play.talk("+79000000001", seconds=60)
    play.tell(events.ContactClassified(play.now, talked, "a301", "sales", "sale", ""))
    await company.write()
    boss = await web.sign_in(company, "supervisor", "boss")
    await web.sign_in(company, "operator", "a301")
    zone = {"zone": "Asia/Kathmandu"}
    mine = {"kind": "agent_day", "email": "a301@kaska.test", "agent": "a301", "minute": 0} | zone
    assert (await boss.put("/api/letters/floor", json=EVENING)).status_code == 204
    assert (await boss.put("/api/letters/mine", json=mine)).status_code == 204
    listed = (await boss.get("/api/letters")).json()
    assert [(one["id"], one["agent_name"]) for one in listed["letters"]] == [("floor", ""), ("mine", "A301")]
    await post.passes(hours=24)
    await post.passes(seconds=30)
    assert sorted(str(one["To"]) for one in box[0].letters) == ["a301@kaska.test", "boss@kaska.test"]
    texts = {str(one["To"]): one.get_content() for one in box[0].letters}
    assert texts["a301@kaska.test"].startswith("Здравствуйте, A301!")
    sent = (await boss.get("/api/letters/sent")).json()
    assert [bool(one["delivered_at"]) for one in sent] == [True, True]


async def test_figures_of_the_day_are_in_the_letter(
    company: Company, web: Web, post: Post, box: tuple[Box, int]
) -> None:
    play = company.play
    boss = await web.sign_in(company, "supervisor", "boss")
    late = EVENING | {"minute": 23 * 60 + 50}
    assert (await boss.put("/api/letters/floor", json=late)).status_code == 204
    noon = (post.now + timedelta(days=1)).replace(hour=9, minute=0)  # noon in Moscow
    play.now = noon.timestamp()
    for number in range(3):
        play.lose(f"+7900000001{number}", wait=30)
    play.ready("a301")
    play.talk("+79000000001", seconds=60)
    await company.write()
    post.now = noon.replace(hour=20, minute=55)
    await post.passes()
    [letter] = box[0].letters
    assert "потеряно 3" in letter["Subject"]
    text = letter.get_content()
    assert "поступило: 4 обращения" in text
    assert "потеряно 3 (75,0 %)" in text
    assert "Больше всего потерь в 12:00: 3." in text
    assert "За компанией 3 перезвона" in text or "За компанией 2 перезвона" in text


async def test_a_mail_server_that_is_away_is_tried_again(
    company: Company, web: Web, post: Post, box: tuple[Box, int]
) -> None:
    boss = await web.sign_in(company, "supervisor", "boss")
    assert (await boss.put("/api/letters/floor", json=EVENING)).status_code == 204
    box[0].answers = ["451 come later", "451 come later"]
    await post.passes(hours=24)
    [waiting] = (await boss.get("/api/letters/sent")).json()
    assert (waiting["delivered_at"], waiting["tries"]) == (None, 1)
    assert "451" in waiting["problem"]
    await post.passes(seconds=1)
    assert box[0].letters == []
    await post.passes(seconds=15)
    await post.passes(seconds=30)
    assert len(box[0].letters) == 1
    box[0].answers = ["550 no such mailbox"]
    await post.passes(hours=24)
    given_up = (await boss.get("/api/letters/sent")).json()[0]
    assert (given_up["next_at"], given_up["delivered_at"]) == (None, None)


async def test_a_month_comes_as_a_document(company: Company, web: Web, post: Post, box: tuple[Box, int]) -> None:
    boss = await web.sign_in(company, "supervisor", "boss")
    assert (await boss.put("/api/letters/audit", json=EVENING | {"kind": "month"})).status_code == 204
    first = (post.now.replace(day=1) + timedelta(days=32)).replace(day=1, hour=12)
    company.play.now = (first - timedelta(days=3)).timestamp()
    for number in range(3):
        company.play.lose(f"+7900000001{number}", wait=30)
    await company.write()
    post.now = first
    await post.passes()
    [letter] = box[0].letters
    assert letter["Subject"].startswith("Аудит за")
    assert "Потеряно: 3 обращения" in letter.get_body().get_content()
    [document] = list(letter.iter_attachments())
    assert document.get_filename().endswith(".pdf")
    assert document.get_content()[:5] == b"%PDF-"
    asked = {"month": f"{first - timedelta(days=3):%Y-%m}"}
    assert (await boss.get("/api/letters/month.pdf", params=asked)).content[:5] == b"%PDF-"


async def test_what_is_given_wrong_is_told(company: Company, neighbour: Company, web: Web) -> None:
    boss = await web.sign_in(company, "supervisor", "boss")
    nobody = await boss.put("/api/letters/x", json=EVENING | {"kind": "agent_day", "agent": "nobody"})
    assert (nobody.status_code, nobody.json()["code"]) == (400, "nobodys_day")
    assert (await boss.put("/api/letters/x", json=EVENING | {"email": "no address"})).status_code == 422
    assert (await boss.put("/api/letters/x", json=EVENING | {"zone": "Moon/Crater"})).status_code == 400
    assert (await boss.put("/api/letters/floor", json=EVENING)).status_code == 204
    stranger = await web.sign_in(neighbour, "supervisor", "chief")
    assert (await stranger.get("/api/letters")).json()["letters"] == []
    assert (await stranger.delete("/api/letters/floor")).status_code == 404
    worker = await web.sign_in(company, "operator", "a301")
    assert (await worker.get("/api/letters")).status_code == 403
    assert (await boss.delete("/api/letters/floor")).status_code == 204
