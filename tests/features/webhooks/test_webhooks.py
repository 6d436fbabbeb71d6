"""From a fact in the ledger to a signed message that a real receiver has: each once, in order, again when it failed."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import text

from kaska.core import events
from kaska.features.webhooks.posting import MOST_TRIES, Posting, pause
from kaska.features.webhooks.public import Event, WebhooksProjection, tell
from kaska.kit.config import Settings
from kaska.ledger.projector import Projector
from support.books import Company, Web

pytestmark = pytest.mark.database

LOST, TALKED = "+79000000501", "+79000000502"
ALL = [
    "call.answered",
    "contact.ended",
    "contact.lost",
    "recording.ready",
    "debt.opened",
    "debt.closed",
    "alert.raised",
    "alert.cleared",
]


class Receiver:
    """Somebody's program; answers with ``status``."""

    def __init__(self) -> None:
        self.status = 204
        self.received: list[tuple[dict[str, str], bytes]] = []
        mine = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                mine.received.append((dict(self.headers), body))
                self.send_response(mine.status)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/kaska"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def told(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.received]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.server.shutdown()
    made.server.server_close()


class Desk:
    """A company with a webhook. What is posted is posted ``later`` than it is."""

    def __init__(self, company: Company, boss: Any, settings: Settings) -> None:
        self.company, self.boss = company, boss
        self.later = timedelta(seconds=1)
        self.settings = settings
        self.projector = Projector(company.database, [WebhooksProjection()], self._tenants)

    def _clock(self) -> datetime:
        return datetime.now(UTC) + self.later

    async def _tenants(self) -> list[str]:
        return [self.company.tenant]

    async def listen(self, url: str, *, past: bool = True, **others: Any) -> dict[str, Any]:
        given = {"name": "CRM", "url": url, "events": ALL} | others
        made = await self.boss.put("/api/webhooks/crm", json=given)
        assert made.status_code == 200, made.text
        if past:  # what is played lies in the past
            async with self.company.transaction() as connection:
                await connection.execute(text("UPDATE webhooks SET since = '2020-01-01'"))
        answer: dict[str, Any] = made.json()
        return answer

    async def write(self) -> None:
        await self.company.write()
        await self.projector.catch_up("webhooks")

    async def post(self) -> None:
        posting = Posting(self.settings, self.company.database, self._tenants, clock=self._clock)
        await posting.post(self.company.tenant)

    async def log(self, query: str = "") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.boss.get(f"/api/webhooks/deliveries{query}")).json()
        return found


@pytest.fixture
async def desk(company: Company, web: Web) -> Desk:
    boss = await web.sign_in(company, "administrator", "boss")
    return Desk(company, boss, web.settings.model_copy(update={"webhooks_private": True}))


async def test_what_happens_is_told_signed_and_once(desk: Desk, receiver: Receiver) -> None:
    made = await desk.listen(receiver.url)
    assert made["secret"]
    play = desk.company.play
    lost = play.lose(LOST)
    play.ready("a301")
    talked = play.talk(TALKED)
    play.tell(events.RecordingStored(play.now, talked, f"{talked}.wav", 30.0))
    await desk.write()
    await desk.write()
    await desk.post()
    await desk.post()
    told = receiver.told()
    of = {event: [one for one in told if one["event"] == event] for event in ALL}
    assert [one["contact"]["id"] for one in of["contact.lost"]] == [lost]
    assert of["contact.lost"][0]["contact"]["caller"] == LOST
    assert of["contact.lost"][0]["contact"]["outcome"] == "lost"
    assert [one["debt"]["caller"] for one in of["debt.opened"]] == [LOST]
    assert [(one["agent"], one["contact"]["id"]) for one in of["call.answered"]] == [("a301", talked)]
    assert of["call.answered"][0]["contact"]["ended_at"] is None, "as it stood then"
    assert [one["contact"]["id"] for one in of["contact.ended"]] == [lost, talked]
    assert [one["contact"]["recording_seconds"] for one in of["recording.ready"]][-1] == 30.0
    assert [one["position"] for one in told] == sorted(one["position"] for one in told)
    names = [headers["X-Kaska-Delivery"] for headers, _ in receiver.received]
    assert len(set(names)) == len(names)
    for headers, body in receiver.received:
        signed = headers["X-Kaska-Timestamp"].encode() + b"." + body
        right = hmac.new(made["secret"].encode(), signed, hashlib.sha256).hexdigest()
        assert headers["X-Kaska-Signature"] == f"sha256={right}"
    assert all(one["delivered_at"] for one in await desk.log())
    assert made["secret"] not in (await desk.boss.get("/api/webhooks")).text


async def test_a_call_into_a_draft_is_nobodys_business(desk: Desk, receiver: Receiver) -> None:
    await desk.listen(receiver.url)
    play = desk.company.play
    scenarios = {"direct": play.configuration.scenarios["direct"]}
    play.tell(events.TrialRequested(play.now, "trial-1", "boss", "direct", scenarios))
    play.lose("", contact="tried")  # an ordinary call, of somebody who hides his number
    tried = play.arrive("", "trial-1")
    play.pass_time(20.0)
    play.hang_up(tried)
    await desk.write()
    await desk.post()
    told = receiver.told()
    assert {one["contact"]["id"] for one in told} == {"tried"}
    assert {one["event"] for one in told} >= {"contact.lost", "debt.opened"}


async def test_only_what_was_asked_for_and_nothing_from_before(desk: Desk, receiver: Receiver) -> None:
    await desk.listen(receiver.url, past=False)
    desk.company.play.lose(LOST)
    await desk.write()
    assert await desk.log() == [], "it happened before anybody listened"
    await desk.listen(receiver.url, events=["debt.opened"])
    desk.company.play.lose(TALKED)
    await desk.write()
    assert [one["event"] for one in await desk.log()] == ["debt.opened"]
    async with desk.company.transaction() as connection:
        await tell(connection, desk.company.tenant, Event.ALERT_RAISED, datetime.now(UTC), {"rule": "long"})
    assert len(await desk.log()) == 1
    await desk.listen(receiver.url, events=["alert.raised"])
    async with desk.company.transaction() as connection:
        await tell(connection, desk.company.tenant, Event.ALERT_RAISED, datetime.now(UTC), {"rule": "long"})
    await desk.listen(receiver.url, events=["alert.raised"], enabled=False)
    assert (await desk.log())[0]["next_at"] is None, "given up with the webhook"


async def test_a_failure_is_tried_again_with_growing_pauses(desk: Desk, receiver: Receiver) -> None:
    await desk.listen(receiver.url, events=["contact.lost"])
    desk.company.play.lose(LOST)
    await desk.write()
    receiver.status = 503
    await desk.post()
    await desk.post()
    (waiting,) = await desk.log("?unfinished=true")
    assert (waiting["tries"], waiting["problem"]) == (1, "HTTP 503")
    (hook,) = (await desk.boss.get("/api/webhooks")).json()
    assert hook["failing_since"]
    desk.later += pause(1)
    await desk.post()
    assert len(receiver.received) == 2
    receiver.status = 204
    desk.later += pause(2)
    await desk.post()
    (done,) = await desk.log()
    assert (done["tries"], bool(done["delivered_at"]), done["next_at"]) == (3, True, None)
    assert len({headers["X-Kaska-Delivery"] for headers, _ in receiver.received}) == 1
    (hook,) = (await desk.boss.get("/api/webhooks")).json()
    assert hook["failing_since"] is None


async def test_after_a_day_of_failing_it_is_switched_off_and_everybody_sees_it(desk: Desk, receiver: Receiver) -> None:
    await desk.listen(receiver.url, events=["contact.lost"])
    desk.company.play.lose(LOST)
    desk.company.play.lose(TALKED)
    await desk.write()
    receiver.status = 500
    await desk.post()
    desk.later += timedelta(hours=25)
    await desk.post()
    (hook,) = (await desk.boss.get("/api/webhooks")).json()
    assert (hook["enabled"], bool(hook["switched_off_at"])) == (False, True)
    assert all(one["next_at"] is None for one in await desk.log())
    (situation,) = (await desk.boss.get("/api/alerts/situations?lasting=true")).json()
    assert (situation["figure"], situation["name"]) == ("webhook", "CRM")
    assert situation["worst"] >= 25
    (given_up, _) = await desk.log()
    refused = await desk.boss.post(f"/api/webhooks/deliveries/{given_up['id']}/again")
    assert (refused.status_code, refused.json()["code"]) == (409, "webhook_off")

    receiver.status = 204
    receiver.received.clear()
    await desk.listen(receiver.url, events=["contact.lost"])
    assert (await desk.boss.get("/api/alerts/situations?lasting=true")).json() == []
    again = await desk.boss.post(f"/api/webhooks/deliveries/{given_up['id']}/again")
    assert again.status_code == 202
    await desk.post()
    ((headers, _),) = receiver.received
    assert headers["X-Kaska-Delivery"] == given_up["id"]


async def test_a_test_event_and_a_new_secret(desk: Desk, receiver: Receiver) -> None:
    first = await desk.listen(receiver.url)
    changed = (await desk.boss.post("/api/webhooks/crm/secret")).json()["secret"]
    assert changed != first["secret"]
    sent = (await desk.boss.post("/api/webhooks/crm/test")).json()["delivery"]
    await desk.post()
    ((headers, body),) = receiver.received
    assert (headers["X-Kaska-Delivery"], json.loads(body)["event"]) == (sent, "test")
    signed = headers["X-Kaska-Timestamp"].encode() + b"." + body
    assert headers["X-Kaska-Signature"] == "sha256=" + hmac.new(changed.encode(), signed, hashlib.sha256).hexdigest()


async def test_nothing_goes_into_our_own_network(desk: Desk, receiver: Receiver) -> None:
    desk.settings = desk.settings.model_copy(update={"webhooks_private": False})
    await desk.listen(receiver.url.replace("127.0.0.1", "[::ffff:127.0.0.1]"), events=["contact.lost"])
    desk.company.play.lose(LOST)
    await desk.write()
    await desk.post()
    (given_up,) = await desk.log()
    assert (given_up["next_at"], given_up["delivered_at"]) == (None, None)
    assert "KASKA_WEBHOOKS_PRIVATE" in given_up["problem"]
    assert receiver.received == []


async def test_what_is_erased_is_told_to_nobody(desk: Desk, receiver: Receiver) -> None:
    await desk.listen(receiver.url, events=["contact.ended"])
    play = desk.company.play
    play.ready("a301")
    play.talk(LOST)
    await desk.write()
    assert len(await desk.log()) == 1
    [card] = (await desk.boss.get("/api/customers")).json()["items"]
    erased = await desk.boss.post(f"/api/customers/{card['id']}/erasure")
    assert erased.status_code == 200, erased.text
    assert await desk.log() == []


async def test_walls_and_wrong_input(desk: Desk, web: Web, neighbour: Company) -> None:
    await desk.listen("https://crm.example.ru/kaska")
    stranger = await web.sign_in(neighbour, "administrator", "stranger")
    assert (await stranger.get("/api/webhooks")).json() == []
    for method, path in (
        ("DELETE", "/api/webhooks/crm"),
        ("POST", "/api/webhooks/crm/test"),
        ("POST", "/api/webhooks/crm/secret"),
        ("POST", "/api/webhooks/deliveries/abc/again"),
    ):
        assert (await stranger.request(method, path)).status_code == 404, path
    good = {"name": "CRM", "url": "https://crm.example.ru/", "events": ["contact.lost"]}
    for url in ("ftp://x.test/", "https://a:b@x.test/", "nonsense", "http://x.test:99999/"):
        answer = await desk.boss.put("/api/webhooks/two", json=good | {"url": url})
        assert answer.json()["code"] == "not_an_address", url
    unknown = await desk.boss.put("/api/webhooks/two", json=good | {"project": "nobodys"})
    assert unknown.json()["code"] == "unknown_project"
    for events_given in ([], ["weather"], ["test"]):
        assert (await desk.boss.put("/api/webhooks/two", json=good | {"events": events_given})).status_code == 422
    chief = await web.sign_in(desk.company, "supervisor", "chief")
    assert (await chief.get("/api/webhooks")).status_code == 403


def test_a_day_of_tries() -> None:
    pauses = [pause(tries) for tries in range(1, MOST_TRIES)]
    assert pauses == sorted(pauses)
    assert timedelta(hours=20) < sum(pauses, timedelta()) < timedelta(hours=30)
    assert pause(10_000) == timedelta(hours=1)
