"""Messages from the telephone to a real mail server: once each, to whom they are for, with the sound."""

from __future__ import annotations

import email
import email.policy
import re
import wave
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiosmtpd.controller import Controller
from tests.plugins.postgres import free_port

from kaska.features.calls.public import mask
from kaska.features.projects.tables import projects
from kaska.features.voicemail import posting
from kaska.features.voicemail.public import MessageLetters
from kaska.kit.config import Settings
from kaska.kit.tenant_rows import TenantRows
from support.books import Company, Web
from support.company import CLOSED
from support.faxes import fax_comes, write_fax

pytestmark = pytest.mark.database

PAGE = "https://kaska.example"


class Box:
    """A mail server; ``answers`` are given one after the other, then everything is taken."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.letters: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 -- named by aiosmtpd
        if self.answers:
            return self.answers.pop(0)
        self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"

    def to(self) -> list[str]:
        return sorted(str(one["To"]) for one in self.letters)


@pytest.fixture
def box() -> Iterator[tuple[Box, int]]:
    made, port = Box(), free_port()
    server = Controller(made, hostname="127.0.0.1", port=port)
    server.start()
    yield made, port
    server.stop()


class Centre:
    """A company with a rule, and what sends its messages; time is the test's."""

    def __init__(self, company: Company, boss: httpx.AsyncClient, directory: Path, box: tuple[Box, int]) -> None:
        self.company, self.boss, self.box = company, boss, box[0]
        self.late = timedelta()
        self.settings = Settings(
            _env_file=None, state=directory, smtp_host="127.0.0.1", smtp_port=box[1], smtp_tls="none",
            smtp_from="kaska@kaska.test",
        )  # fmt: skip
        self.begin()

    def begin(self) -> None:
        """As after a restart."""

        async def tenants() -> list[str]:
            return [self.company.tenant]

        clock = lambda: datetime.now(UTC) + self.late  # noqa: E731 -- a clock that is late
        self.letters = MessageLetters(self.settings, self.company.database, tenants, clock=clock)

    async def rule(self, id: str = "windows", **given: Any) -> httpx.Response:
        usual = {"owner": "project:windows", "emails": ["boss@kaska.test"], "page": PAGE}
        return await self.boss.put(f"/api/message-letters/{id}", json=usual | given)

    async def message(self, caller: str = "+74950000001") -> tuple[str, Path]:
        """Somebody leaves one now; its file."""
        play = self.company.play
        play.now = max(play.now, datetime.now(UTC).timestamp())
        contact = play.arrive(caller, CLOSED)
        play.settle()
        play.hang_up(contact)
        await self.company.write()
        card = (await self.boss.get(f"/api/contacts/{contact}")).json()
        return contact, self.settings.messages_dir / f"{card['message']}.wav"

    async def passes(self, **time: float) -> None:
        self.late += timedelta(**time)
        await self.letters.look(self.company.tenant)
        await self.letters.send(self.company.tenant)

    async def sent(self) -> list[dict[str, Any]]:
        answer = await self.boss.get("/api/message-letters/sent")
        return list(answer.json())


@pytest.fixture
async def centre(company: Company, web: Web, tmp_path: Path, box: tuple[Box, int]) -> Centre:
    async with company.transaction() as connection:
        await TenantRows(connection, company.tenant, projects).put(id="windows", name="Окна", calendar="work")
    return Centre(company, await web.sign_in(company, "administrator", "boss"), tmp_path / "post", box)


def write_sound(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(range(256)) * 40)
    return path.read_bytes()


async def test_a_message_comes_once_with_its_sound(centre: Centre) -> None:
    await centre.message("+74950000009")  # before anybody wanted it
    assert (await centre.rule(emails=["boss@kaska.test", "duty@kaska.test"])).status_code == 204
    assert (await centre.rule("again", emails=["Boss@kaska.test"])).status_code == 204
    contact, path = await centre.message()
    sound = write_sound(path)
    await centre.passes()
    centre.begin()
    await centre.passes(hours=1)
    assert centre.box.to() == ["Boss@kaska.test", "duty@kaska.test"]
    [made] = [one for one in centre.box.letters if one["To"] == "duty@kaska.test"]
    assert "+74950000001" in made["Subject"]
    text = made.get_body().get_content()
    assert "Звонили на: " + CLOSED in text
    assert "Ответить до: " in text
    assert f"{PAGE}/journal?open={contact}" in text
    [attached] = list(made.iter_attachments())
    assert (attached.get_content_type(), attached.get_content()) == ("audio/wav", sound)
    assert {(one["contact"], bool(one["delivered_at"])) for one in await centre.sent()} == {(contact, True)}


async def test_a_fax_comes_as_a_document(centre: Centre) -> None:
    assert (await centre.rule(emails=["sales@kaska.test"])).status_code == 204
    play = centre.company.play
    play.now = max(play.now, datetime.now(UTC).timestamp())
    whole = fax_comes(play, "+74950000001")
    part = fax_comes(play, "+74950000002", 1, "the sender hung up")
    fax_comes(play, "+74950000003", 0, "no page came")
    await centre.company.write()
    write_fax(centre.settings.faxes_dir / f"{whole}.tif")
    await centre.passes()
    await centre.passes(hours=1)
    assert {one["contact"] for one in await centre.sent()} == {whole, part}
    letters = {("+74950000001" in one["Subject"]): one for one in centre.box.letters}
    assert len(centre.box.letters) == 2
    assert "Факс от" in letters[True]["Subject"]
    assert "Страниц: 2" in letters[True].get_body().get_content()
    [attached] = list(letters[True].iter_attachments())
    assert attached.get_content_type() == "application/pdf"
    assert len(re.findall(rb"/Type /Page\b", attached.get_content())) == 2
    assert "пришло не всё" in letters[False].get_body().get_content()
    assert list(letters[False].iter_attachments()) == [], "its file is gone, and the letter says so"


async def test_a_message_is_for_whoever_owes_it(centre: Centre, web: Web) -> None:
    await web.sign_in(centre.company, "operator", "a301")
    assert (await centre.rule("mine", owner="agent:a301", emails=["a301@kaska.test"])).status_code == 204
    contact, _ = await centre.message()
    await centre.passes()
    assert centre.box.letters == []  # the project owes it
    [debt] = (await centre.boss.get("/api/debts")).json()["items"]
    given = await centre.boss.post("/api/debts/assignments", json={"debts": [debt["id"]], "owner": "agent:a301"})
    assert given.status_code < 300
    await centre.passes()
    await centre.passes()
    assert centre.box.to() == ["a301@kaska.test"]
    [sent] = await centre.sent()
    assert (sent["contact"], sent["owner_name"]) == (contact, "Agent 301")


async def test_a_sound_that_is_too_large_or_gone_is_left_out(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "LARGEST", 100)
    assert (await centre.rule(language="en")).status_code == 204
    _, path = await centre.message("+74950000001")
    write_sound(path)
    await centre.message("+74950000002")
    await centre.passes()
    texts = {
        one["Subject"].split(",")[0]: one.get_content() for one in centre.box.letters
    }  # one part: nothing attached
    assert "too large" in texts["Voice message from +74950000001"]
    assert "not on the server" in texts["Voice message from +74950000002"]


async def test_a_mail_server_that_is_away_is_tried_again(centre: Centre) -> None:
    assert (await centre.rule()).status_code == 204
    await centre.message()
    centre.box.answers = ["451 come later"]
    await centre.passes()
    [waiting] = await centre.sent()
    assert (waiting["delivered_at"], waiting["tries"]) == (None, 1)
    assert "451" in waiting["problem"]
    centre.begin()
    await centre.passes(seconds=1)
    assert centre.box.letters == []
    await centre.passes(seconds=15)
    assert centre.box.to() == ["boss@kaska.test"]
    await centre.message("+74950000002")
    centre.box.answers = ["550 no such mailbox"]
    await centre.passes(days=1)
    await centre.passes(days=1)
    given_up = (await centre.sent())[0]
    assert (given_up["next_at"], given_up["delivered_at"], given_up["tries"]) == (None, None, 1)
    assert "550" in given_up["problem"]


async def test_what_was_erased_or_is_wanted_no_more_is_not_sent(centre: Centre) -> None:
    assert (await centre.rule()).status_code == 204
    erased, _ = await centre.message("+74950000001")
    unwanted, _ = await centre.message("+74950000002")
    await centre.letters.look(centre.company.tenant)
    async with centre.company.transaction() as connection:
        await mask(connection, centre.company.tenant, [erased], datetime.now(UTC))
    await centre.letters.look(centre.company.tenant)
    centre.box.answers = ["451 come later"]  # the other one
    await centre.letters.send(centre.company.tenant)
    assert (await centre.boss.delete("/api/message-letters/windows")).status_code == 204
    await centre.passes(hours=1)
    assert centre.box.letters == []
    assert {one["contact"]: one["problem"] for one in await centre.sent()} == {erased: "erased", unwanted: "removed"}


async def test_what_is_given_wrong_is_told(centre: Centre, neighbour: Company, web: Web) -> None:
    for owner in ("agent:nobody", "queue:none", "project:none"):
        refused = await centre.rule(owner=owner)
        assert (refused.status_code, refused.json()["code"]) == (400, "nobodys_messages")
    for page in ("ftp://kaska.example", "javascript:alert(1)", f"{PAGE}/?a=b"):
        assert (await centre.rule(page=page)).json()["code"] == "not_a_page"
    assert (await centre.rule(emails=["no address"])).status_code == 422
    assert (await centre.rule(emails=[])).status_code == 422
    assert (await centre.rule()).status_code == 204
    [line] = await centre.company.audit("message_letters.put")
    assert line.details["emails"] == ["boss@kaska.test"]
    listed = (await centre.boss.get("/api/message-letters")).json()
    assert ([one["emails"] for one in listed["rules"]], listed["mail_server"]) == ([["boss@kaska.test"]], False)
    stranger = await web.sign_in(neighbour, "administrator", "chief")
    assert (await stranger.get("/api/message-letters")).json()["rules"] == []
    assert (await stranger.delete("/api/message-letters/windows")).status_code == 404
    worker = await web.sign_in(centre.company, "supervisor", "a301")
    assert (await worker.get("/api/message-letters")).status_code == 403
