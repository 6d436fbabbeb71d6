"""Recordings are kept as long as the rules say and held longer where somebody said so; a proof of each stays."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kaska.core import events
from kaska.core.events import Event
from kaska.core.facts import Fact, RecordingDeleted
from kaska.core.ports import EngineAway, Inbox
from kaska.features.retention import due
from kaska.features.retention.deleting import Deleting
from kaska.features.retention.rules import KeepingRule, deletes_after
from support.books import Company, Web

pytestmark = pytest.mark.database

NUMBER, OTHER = "+79000000001", "+79000000002"
SOUND = b"RIFF what was said"


class Dying:
    """The engine goes away after ``lives`` requests."""

    def __init__(self, inbox: Inbox, lives: int) -> None:
        self._inbox = inbox
        self._lives = lives

    async def now(self) -> float:
        return await self._inbox.now()

    async def submit(self, event: Event) -> tuple[Fact, ...]:
        if not self._lives:
            raise EngineAway
        self._lives -= 1
        return await self._inbox.submit(event)


def deleting(company: Company, web: Web, lives: int = 1000) -> Deleting:
    async def tenants() -> list[str]:
        return [company.tenant]

    inbox = Dying(company, lives)
    return Deleting(web.settings, company.database, tenants, {company.tenant: inbox}.get)


async def recorded(company: Company, web: Web, number: str = NUMBER) -> str:
    """A conversation of a301 whose recording lies on the disk."""
    play = company.play
    if not company.submitted:
        play.ready("a301")
    contact = play.talk(number)
    await company.submit(events.RecordingStored(play.now, contact, f"{contact}.wav", 30.0))
    play.pass_time(60)
    await company.write()
    web.settings.recordings_dir.mkdir(parents=True, exist_ok=True)
    (web.settings.recordings_dir / f"{contact}.wav").write_bytes(SOUND)
    return contact


def there(web: Web) -> set[str]:
    return {file.stem for file in web.settings.recordings_dir.rglob("*.wav")}


def later(company: Company, days: float) -> datetime:
    return datetime.fromtimestamp(company.play.now, UTC) + timedelta(days=days)


def told(company: Company) -> list[RecordingDeleted]:
    return [fact for fact in company.play.written if isinstance(fact, RecordingDeleted)]


async def keep(boss: Any, *rules: dict[str, Any]) -> None:
    before = (await boss.get("/api/recordings/retention")).json()
    answer = await boss.put("/api/recordings/retention", json={**before, "rules": list(rules)})
    assert answer.status_code == 200, answer.text


async def test_a_recording_goes_when_its_time_is_over_and_leaves_a_proof(company: Company, web: Web) -> None:
    contact = await recorded(company, web)
    web.settings.unfinished_dir.mkdir()
    for side in ("in", "p2.out"):
        (web.settings.unfinished_dir / f"{contact}.{side}.wav").write_bytes(b"a side")
    boss = await web.sign_in(company, "administrator", "boss")
    await keep(boss, {"name": "Месяц", "days": 30})
    work = deleting(company, web)
    await work.delete(company.tenant, later(company, 29))
    assert contact in there(web)
    await work.delete(company.tenant, later(company, 31))
    await work.delete(company.tenant, later(company, 31))
    assert there(web) == set()
    (fact,) = told(company)
    assert (fact.contact, fact.sha256, fact.size) == (contact, hashlib.sha256(SOUND).hexdigest(), len(SOUND))
    assert (fact.rule, fact.days, fact.by) == ("Месяц", 30.0, "retention")

    card = (await boss.get(f"/api/contacts/{contact}")).json()
    assert (card["recording"], card["recording_deleted_rule"]) == (f"{contact}.wav", "Месяц")
    assert card["recording_deleted_at"]
    assert "«Месяц»" in card["story"][-1]["text"]["ru"]
    gone = await boss.get(f"/api/contacts/{contact}/recording")
    assert (gone.status_code, gone.json()["code"]) == (410, "recording_deleted")
    assert (await boss.get("/api/contacts", params={"recorded": True})).json()["items"] == []

    (proof,) = (await boss.get("/api/recordings/deletions")).json()["items"]
    assert (proof["contact"], proof["sha256"], proof["size"], proof["rule"]) == (
        contact,
        fact.sha256,
        fact.size,
        "Месяц",
    )
    assert proof["deleted_at"] <= proof["told_at"]
    file = (await boss.get("/api/recordings/deletions.csv")).text
    (row,) = csv.DictReader(io.StringIO(file.removeprefix("\ufeff")), delimiter=";")
    assert (row["Обращение"], row["SHA-256"], row["Размер, байт"]) == (contact, fact.sha256, str(len(SOUND)))


@pytest.mark.parametrize("moment", ["decided", "deleted", "told"])
async def test_a_crash_at_any_moment_leaves_nothing_half_done(
    company: Company, web: Web, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = await recorded(company, web)
    boss = await web.sign_in(company, "administrator", "boss")
    await keep(boss, {"name": "Сутки", "days": 1})
    now = later(company, 2)

    class Crash(Exception):
        pass

    async def crash(*_: object) -> None:
        raise Crash

    crashing = deleting(company, web, lives=0 if moment == "deleted" else 1)
    if moment == "decided":
        monkeypatch.setattr("kaska.features.retention.deleting.remove", crash)
    if moment == "told":
        marked = crashing._mark

        async def mark(tenant: str, ids: Sequence[str], column: str) -> None:
            if column == "told_at":
                raise Crash
            await marked(tenant, ids, column)

        monkeypatch.setattr(crashing, "_mark", mark)
    with pytest.raises(EngineAway if moment == "deleted" else Crash):
        await crashing.delete(company.tenant, now)
    monkeypatch.undo()
    assert (contact in there(web)) is (moment == "decided")
    assert len(told(company)) == (1 if moment == "told" else 0)

    await deleting(company, web).delete(company.tenant, now)
    assert there(web) == set()
    assert [fact.contact for fact in told(company)] == [contact]
    (proof,) = (await boss.get("/api/recordings/deletions")).json()["items"]
    assert proof["deleted_at"]
    assert proof["told_at"]


async def test_what_is_held_stays_until_it_is_let_go(company: Company, web: Web) -> None:
    held, other = await recorded(company, web), await recorded(company, web, OTHER)
    boss = await web.sign_in(company, "administrator", "boss")
    await keep(boss, {"name": "Сутки", "days": 1})
    cards = {card["identities"][0]["value"]: card["id"] for card in (await boss.get("/api/customers")).json()["items"]}
    by_contact = {"kind": "contact", "subject": held, "reason": "жалоба № 17"}
    by_person = {"kind": "customer", "subject": cards[OTHER], "reason": "запрос суда"}
    holds = [(await boss.post("/api/recordings/holds", json=one)).json() for one in (by_contact, by_person)]
    assert (holds[0]["stands"], holds[0]["by"], holds[0]["name"]) == (True, "Boss", NUMBER)
    due_now = await boss.post("/api/recordings/retention/preview", json={"rules": [{"name": "Сутки", "days": 1}]})
    assert due_now.json() == {"rows": [{"rule": "Сутки", "recordings": 0}], "held": 2}

    await deleting(company, web).delete(company.tenant, later(company, 2))
    assert there(web) == {held, other}
    refused = await boss.post(f"/api/customers/{cards[OTHER]}/erasure")
    assert (refused.status_code, refused.json()["code"]) == (409, "still_held")
    # a card that took the held one in is held with it
    third = (await boss.post("/api/customers", json={"name": "Вторая карточка"})).json()["id"]
    assert (await boss.post(f"/api/customers/{third}/merges", json={"gone": cards[OTHER]})).status_code < 300
    assert (await boss.post(f"/api/customers/{third}/erasure")).json()["code"] == "still_held"
    await deleting(company, web).delete(company.tenant, later(company, 3))
    assert there(web) == {held, other}

    for hold in holds:
        assert (await boss.post(f"/api/recordings/holds/{hold['id']}/lift", json={"reason": "ответили"})).is_success
    again = await boss.post(f"/api/recordings/holds/{holds[0]['id']}/lift", json={"reason": "ответили"})
    assert (again.status_code, again.json()["code"]) == (409, "hold_lifted_already")
    await deleting(company, web).delete(company.tenant, later(company, 3))
    assert there(web) == set()
    late = await boss.post("/api/recordings/holds", json=by_contact)
    assert (late.status_code, late.json()["code"]) == (409, "recording_deleted_already")
    assert [line.object for line in await company.audit("retention.hold")] == [held, cards[OTHER]]
    assert len(await company.audit("retention.lift")) == 2


async def test_a_hold_ends_at_its_time_and_needs_the_right(company: Company, web: Web) -> None:
    contact = await recorded(company, web)
    boss = await web.sign_in(company, "administrator", "boss")
    await keep(boss, {"name": "Сутки", "days": 1})
    given = {"kind": "contact", "subject": contact, "reason": "проверка"}
    past = await boss.post("/api/recordings/holds", json={**given, "until": "2020-01-01T00:00:00Z"})
    assert (past.status_code, past.json()["code"]) == (400, "hold_ends_before")
    assert (await boss.post("/api/recordings/holds", json={**given, "subject": "nobody"})).status_code == 404
    until = datetime.now(UTC) + timedelta(days=10)
    assert (await boss.post("/api/recordings/holds", json={**given, "until": until.isoformat()})).status_code == 201
    work = deleting(company, web)
    await work.delete(company.tenant, until - timedelta(days=1))
    assert contact in there(web)
    await work.delete(company.tenant, until + timedelta(days=1))
    assert contact not in there(web)
    for role, user in (("operator", "a301"), ("supervisor", "chief")):
        other = await web.sign_in(company, role, user)
        assert (await other.post("/api/recordings/holds", json=given)).status_code == 403
        assert (await other.get("/api/recordings/deletions")).status_code == 403


async def test_the_first_rule_that_fits_decides(company: Company, web: Web) -> None:
    await recorded(company, web)
    async with company.transaction() as connection:
        for rules in (
            [KeepingRule(name="a", projects=["nowhere"], days=1), KeepingRule(name="b", days=40)],
            [KeepingRule(name="a", direction="outbound", days=1), KeepingRule(name="b", days=40)],
            [KeepingRule(name="a", days=0), KeepingRule(name="b", days=1)],
            [KeepingRule(name="a", direction="inbound", days=20), KeepingRule(name="b", days=1)],
            [KeepingRule(name="a", projects=["nowhere"], days=1)],
            [],
        ):
            own = next((one for one in rules if one.direction in ("", "inbound") and not one.projects), None)
            for age in (2, 21, 41):
                goes = own is not None and 0 < own.days < age
                found = await due.overdue(connection, company.tenant, rules, later(company, age), limit=10)
                assert [rules[one.rule].name for one in found] == ([own.name] if goes and own else []), (rules, age)
            assert deletes_after(rules) == min((one.days for one in rules if one.days), default=0)


async def test_a_missing_file_stops_nobody_and_neighbours_keep_theirs(
    company: Company, neighbour: Company, web: Web
) -> None:
    lost, there_still = await recorded(company, web), await recorded(company, web, OTHER)
    (web.settings.recordings_dir / f"{lost}.wav").unlink()
    boss = await web.sign_in(company, "administrator", "boss")
    await keep(boss, {"name": "Сутки", "days": 1})
    await deleting(company, web).delete(company.tenant, later(company, 2))
    assert [fact.contact for fact in told(company)] == [there_still]
    await recorded(neighbour, web)
    await deleting(neighbour, web).delete(neighbour.tenant, later(neighbour, 400))
    assert told(neighbour) == []
    assert len(there(web)) == 1
