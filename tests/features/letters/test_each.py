"""Letters to each agent and each manager: from people's addresses to a real mail server."""

from __future__ import annotations

from typing import Any

import pytest
from tests.features.letters.conftest import Box, Post

from kaska.features.agents.public import put_agent
from kaska.features.identity.public import Role, add_person
from support.books import Company, Web

pytestmark = pytest.mark.database

EACH = {"each": True, "minute": 23 * 60 + 50}
AGENTS, MANAGERS = EACH | {"kind": "agent_day"}, EACH | {"kind": "manager_day"}


async def hire(company: Company, user: str, role: Role, email: str, locale: str = "ru") -> None:
    login = f"{user}.{company.tenant}"
    async with company.transaction() as connection:
        await add_person(
            connection, company.tenant, login=login, name=user.title(), role=role, user=user, email=email, locale=locale
        )
        if role is Role.OPERATOR:
            await put_agent(connection, company.tenant, user, user[1:], {"sales": 3})


@pytest.fixture
async def staff(company: Company) -> None:
    await hire(company, "a301", Role.OPERATOR, "a301@kaska.test", "en")
    await hire(company, "a302", Role.OPERATOR, "")
    await hire(company, "a303", Role.OPERATOR, "a303@kaska.test")
    await hire(company, "sara", Role.SUPERVISOR, "sara@kaska.test")


async def day(company: Company, post: Post, *agents: str) -> None:
    """A day of these agents, a customer who was lost and one who was served; then it is the evening of it."""
    noon = post.now.replace(hour=9)
    company.play.now = noon.timestamp()
    company.play.lose("+79000000010", wait=30)
    company.play.ready(*agents)
    company.play.talk("+79000000001", seconds=60)  # with the first of them
    for agent in agents:
        company.play.leave(agent)
    await company.write()
    post.now = noon.replace(hour=20, minute=55)


def reached(box: Box) -> list[str]:
    return sorted(str(one["To"]) for one in box.letters)


async def sent(boss: Any) -> dict[str, dict[str, Any]]:
    return {one["person"]: one for one in (await boss.get("/api/letters/sent")).json()}


async def test_each_agent_who_worked_gets_his_day_and_who_has_no_address_is_named(
    company: Company, web: Web, post: Post, box: tuple[Box, int], staff: None
) -> None:
    boss = await web.sign_in(company, "administrator", "boss")
    assert (await boss.put("/api/letters/agents", json=AGENTS)).status_code == 204
    [listed] = (await boss.get("/api/letters")).json()["letters"]
    assert listed["no_address"] == ["A302"]
    await day(company, post, "a301", "a302")
    await post.passes()
    await post.passes(seconds=30)
    assert reached(box[0]) == ["a301@kaska.test"]  # a303 did not work
    assert box[0].letters[0].get_content().startswith("Hello A301,")
    told = await sent(boss)
    assert {person: one["person_name"] for person, one in told.items()} == {"a301": "A301", "a302": "A302"}
    assert told["a301"]["delivered_at"]
    assert (told["a302"]["email"], told["a302"]["next_at"], told["a302"]["delivered_at"]) == ("", None, None)
    # an address given later is for the next evening
    assert (await boss.patch("/api/people/a302", json={"email": " a302@kaska.test "})).status_code == 200
    await post.passes(seconds=30)
    assert len(box[0].letters) == 1
    assert (await boss.get("/api/letters")).json()["letters"][0]["no_address"] == []


async def test_each_manager_gets_the_day_new_ones_too_and_nobody_who_left(
    company: Company, web: Web, post: Post, box: tuple[Box, int], staff: None
) -> None:
    boss = await web.sign_in(company, "administrator", "boss")
    assert (await boss.put("/api/letters/managers", json=MANAGERS)).status_code == 204
    await hire(company, "vera", Role.SUPERVISOR, "vera@kaska.test", "en")
    await hire(company, "gone", Role.SUPERVISOR, "gone@kaska.test")
    assert (await boss.patch("/api/people/gone", json={"disabled": True})).status_code == 200
    await day(company, post, "a301")
    box[0].answers = ["451 come later"] * 2
    await post.passes()
    assert set(await sent(boss)) == {"boss", "sara", "vera"}
    # who is disabled while the mail server is away gets nothing any more
    assert (await boss.patch("/api/people/sara", json={"disabled": True})).status_code == 200
    await post.passes(seconds=60)
    assert reached(box[0]) == ["vera@kaska.test"]
    assert box[0].letters[0]["Subject"].startswith("The day,")
    told = await sent(boss)
    assert (told["sara"]["next_at"], told["sara"]["delivered_at"]) == (None, None)
    await post.passes(hours=24)
    assert reached(box[0]) == ["vera@kaska.test"] * 2


async def test_a_projects_letters_are_of_its_people_and_its_figures(
    company: Company, web: Web, post: Post, box: tuple[Box, int], staff: None
) -> None:
    boss = await web.sign_in(company, "administrator", "boss")
    for project, name in (("windows", "Окна"), ("empty", "Склад")):
        made = await boss.put(f"/api/projects/{project}", json={"name": name, "calendar": "work"})
        assert made.status_code < 300, made.text
    for id, given in (("a", AGENTS), ("m", MANAGERS)):
        for project in ("windows", "empty"):
            letter = given | {"project": project}
            assert (await boss.put(f"/api/letters/{id}-{project}", json=letter)).status_code == 204
    await day(company, post, "a301", "a303")
    await post.passes()
    subjects = sorted((str(one["To"]), str(one["Subject"]).split(": ", 1)[1]) for one in box[0].letters)
    assert subjects == [
        ("a301@kaska.test", "1 contact"),  # a303 was there, but for none of the project's contacts
        ("sara@kaska.test", "потеряно 0"),
        ("sara@kaska.test", "потеряно 1"),
    ]
    [of_windows] = [one.get_content() for one in box[0].letters if "потеряно 1" in one["Subject"]]
    assert "в проект «Окна» поступило: 2 обращения" in of_windows
    listed = (await boss.get("/api/letters")).json()["letters"]
    assert {one["id"]: one["project_name"] for one in listed}["m-empty"] == "Склад"


async def test_what_is_ordered_wrong_is_told(company: Company, web: Web, staff: None) -> None:
    boss = await web.sign_in(company, "administrator", "boss")
    nowhere = await boss.put("/api/letters/x", json={"kind": "manager_day"})
    assert (nowhere.status_code, nowhere.json()["code"]) == (400, "no_address")
    assert (await boss.put("/api/letters/x", json=MANAGERS | {"project": "nowhere"})).status_code == 400
    assert (await boss.patch("/api/people/a301", json={"email": "no address"})).status_code == 422
    [person] = [one for one in (await boss.get("/api/people")).json() if one["id"] == "a301"]
    assert person["email"] == "a301@kaska.test"
    assert (await boss.patch("/api/people/a301", json={"email": ""})).json()["email"] == ""
    [line] = await company.audit("people.change")
    assert line.details["changes"] == [{"field": "email", "before": "a301@kaska.test", "after": ""}]
