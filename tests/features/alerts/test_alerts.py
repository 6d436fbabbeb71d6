"""From a figure out of its limits to the letter and the signed webhook, over a restart, with people on it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from tests.plugins.postgres import free_port
from tests.plugins.web import Company, Site

from kaska.core.state import State
from kaska.features.alerts.public import Alerting
from kaska.features.identity.public import Role
from kaska.kit.config import Settings
from support.company import company as configured
from support.play import Play

RULE: dict[str, Any] = {
    "name": "Ждут слишком долго",
    "figure": "waiting_time",
    "limit": 10,
    "margin": 5,
    "hold": 4,
    "emails": ["boss@kaska.test"],
    "webhooks": ["desk"],
}


class Letters:
    def __init__(self) -> None:
        self.received: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 -- named by aiosmtpd
        self.received.append(envelope)
        return "250 OK"


class Receiver:
    """A webhook's other end: fails ``failures`` times, then takes it."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.received: list[tuple[dict[str, str], bytes]] = []
        mine = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                mine.received.append((dict(self.headers), body))
                self.send_response(503 if len(mine.received) <= mine.failures else 204)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/alerts"
        Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def letters() -> Iterator[tuple[Letters, int]]:
    box, port = Letters(), free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box, port
    server.stop()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver(failures=1)
    yield made
    made.server.shutdown()


class Floor:
    """A company whose figures are those of a played core; time is the play's."""

    def __init__(self, site: Site, company: Company, settings: Settings) -> None:
        self.site, self.company, self.settings = site, company, settings
        self.play = Play(replace(configured(reserve_after=900.0), tenant=company.tenant))
        self.alerting = self.begin()

    def begin(self) -> Alerting:
        def picture(tenant: str) -> tuple[int, State] | None:
            return (1, self.play.core.state) if tenant == self.company.tenant else None

        self.alerting = Alerting(
            self.settings, self.site.database, lambda: [self.company.tenant], picture, clock=lambda: self.play.now
        )
        return self.alerting

    async def passes(self, seconds: float) -> None:
        """Looks every two seconds, as the product does."""
        for _ in range(int(seconds / 2)):
            self.play.pass_time(2.0)
            await self.alerting.look(self.company.tenant)


@pytest.fixture
async def floor(make_site: Callable[..., Site], tmp_path: Path, letters: tuple[Letters, int]) -> Floor:
    site = make_site()
    settings = Settings(
        _env_file=None, state=tmp_path, smtp_host="127.0.0.1", smtp_port=letters[1], smtp_tls="none",
        smtp_from="alerts@kaska.test", webhooks_private=True,
    )  # fmt: skip
    return Floor(site, await site.company(), settings)


async def test_a_situation_from_the_first_letter_to_what_was_done(
    floor: Floor, letters: tuple[Letters, int], receiver: Receiver
) -> None:
    tenant = floor.company.tenant
    boss = await floor.site.signed_in(floor.company, Role.SUPERVISOR)
    made = (await boss.put("/api/alerts/webhooks/desk", json={"url": receiver.url})).json()
    assert (await boss.put("/api/alerts/rules/long", json=RULE)).status_code == 200
    floor.play.arrive("+79000000830")
    floor.play.settle()
    await floor.passes(10)
    assert (await boss.get("/api/alerts/situations")).json() == []
    await floor.passes(8)
    (found,) = (await boss.get("/api/alerts/situations?lasting=true")).json()
    assert (found["rule"], found["until"], found["taken_by"]) == ("long", None, "")
    assert found["worst"] > 10

    await floor.alerting.send(tenant)
    (letter,) = letters[0].received
    assert letter.rcpt_tos == ["boss@kaska.test"]
    assert b"Subject: " in letter.content
    (first,) = receiver.received
    sent = {one["channel"]: one for one in (await boss.get("/api/alerts/deliveries")).json()}
    assert sent["email"]["delivered_at"]
    assert (sent["webhook"]["delivered_at"], sent["webhook"]["tries"]) == (None, 1)
    assert "503" in sent["webhook"]["problem"]

    floor.begin()  # the application was restarted: nothing is raised twice, what was not sent is
    await floor.passes(12)
    await floor.alerting.send(tenant)
    assert len((await boss.get("/api/alerts/situations")).json()) == 1
    assert len(letters[0].received) == 1
    headers, body = receiver.received[1]
    assert headers["X-Kaska-Delivery"] == first[0]["X-Kaska-Delivery"]
    signed = headers["X-Kaska-Timestamp"].encode() + b"." + body
    expected = hmac.new(made["secret"].encode(), signed, hashlib.sha256).hexdigest()
    assert headers["X-Kaska-Signature"] == f"sha256={expected}"
    told = json.loads(body)
    assert (told["event"], told["rule"], told["tenant"]) == ("alert.raised", "long", tenant)

    assert (await boss.post(f"/api/alerts/situations/{found['id']}/take")).status_code == 204
    chief = await floor.site.signed_in(floor.company, Role.ADMINISTRATOR)
    refused = await chief.post(f"/api/alerts/situations/{found['id']}/take")
    assert (refused.status_code, refused.json()["code"]) == (409, "taken_already")
    done = {"done": "Позвали двоих с обеда"}
    assert (await boss.post(f"/api/alerts/situations/{found['id']}/done", json=done)).status_code == 204
    floor.play.ready("a301")
    floor.play.settle()
    await floor.passes(8)
    await floor.alerting.send(tenant)
    (over,) = (await boss.get("/api/alerts/situations")).json()
    assert over["until"]
    assert (over["done"], over["done_by"]) == (done["done"], floor.company.ids[Role.SUPERVISOR])
    assert (await boss.get("/api/alerts/situations?lasting=true")).json() == []
    assert len(letters[0].received) == 2


async def test_quiet_hours_send_nothing_and_show_all(floor: Floor, letters: tuple[Letters, int]) -> None:
    boss = await floor.site.signed_in(floor.company, Role.SUPERVISOR)
    quiet = RULE | {"webhooks": [], "quiet": [[0, 1440]]}
    assert (await boss.put("/api/alerts/rules/long", json=quiet)).status_code == 200
    floor.play.arrive("+79000000831")
    floor.play.settle()
    await floor.passes(20)
    await floor.alerting.send(floor.company.tenant)
    assert len((await boss.get("/api/alerts/situations")).json()) == 1
    assert letters[0].received == []
    assert (await boss.get("/api/alerts/deliveries")).json() == []


async def test_nothing_goes_into_our_own_network(floor: Floor, receiver: Receiver) -> None:
    floor.settings = floor.settings.model_copy(update={"webhooks_private": False})
    floor.begin()
    boss = await floor.site.signed_in(floor.company, Role.SUPERVISOR)
    await boss.put("/api/alerts/webhooks/desk", json={"url": receiver.url.replace("127.0.0.1", "[::ffff:127.0.0.1]")})
    await boss.put("/api/alerts/rules/long", json=RULE | {"emails": [], "hold": 0})
    floor.play.arrive("+79000000832")
    floor.play.settle()
    await floor.passes(14)
    await floor.alerting.send(floor.company.tenant)
    (sent,) = (await boss.get("/api/alerts/deliveries")).json()
    assert (sent["next_at"], sent["delivered_at"]) == (None, None), "given up at once"
    assert receiver.received == []


async def test_a_mail_server_that_is_away_is_tried_again(floor: Floor) -> None:
    floor.settings = floor.settings.model_copy(update={"smtp_port": free_port()})
    floor.begin()
    boss = await floor.site.signed_in(floor.company, Role.SUPERVISOR)
    await boss.put("/api/alerts/rules/long", json=RULE | {"webhooks": [], "hold": 0})
    floor.play.arrive("+79000000833")
    floor.play.settle()
    await floor.passes(14)
    await floor.alerting.send(floor.company.tenant)
    (sent,) = (await boss.get("/api/alerts/deliveries")).json()
    assert sent["next_at"] is not None
    assert sent["problem"]


async def test_what_is_given_wrong_is_told(floor: Floor) -> None:
    boss = await floor.site.signed_in(floor.company, Role.SUPERVISOR)
    for given, code in (
        (RULE, "unknown_webhook"),
        (RULE | {"webhooks": [], "project": "nobodys"}, "unknown_project"),
    ):
        answer = await boss.put("/api/alerts/rules/long", json=given)
        assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert (await boss.put("/api/alerts/rules/long", json=RULE | {"figure": "weather"})).status_code == 422
    for url in ("ftp://x.test/", "https://a:b@x.test/", "nonsense"):
        answer = await boss.put("/api/alerts/webhooks/desk", json={"url": url})
        assert answer.json()["code"] == "not_an_address"
    operator = await floor.site.signed_in(floor.company, Role.OPERATOR)
    assert (await operator.get("/api/alerts/situations")).status_code == 403
    other = await floor.site.company()
    stranger = await floor.site.signed_in(other, Role.SUPERVISOR)
    await boss.put("/api/alerts/rules/long", json=RULE | {"webhooks": []})
    assert (await stranger.get("/api/alerts/rules")).json() == []
    assert (await stranger.delete("/api/alerts/rules/long")).status_code == 404
    assert await asyncio.wait_for(boss.get("/api/alerts/rules"), 5)
