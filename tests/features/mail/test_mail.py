"""A company's own mail server: letters go by it, its password is never told, and it is nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from tests.plugins.postgres import free_port
from tests.plugins.web import Site, database, make_site, site

from kaska.features.identity.public import Role
from kaska.features.mail.public import mail_server, send_mail
from kaska.kit.config import Settings
from kaska.kit.posting import NotSent

__all__ = ["database", "make_site", "site"]

pytestmark = pytest.mark.database


class Box:
    def __init__(self) -> None:
        self.letters: list[tuple[str, list[str], str]] = []
        """(from, to, subject)"""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 -- named by aiosmtpd
        message = message_from_bytes(envelope.content)
        subject = str(make_header(decode_header(message["Subject"])))
        self.letters.append((message["From"], envelope.rcpt_tos, subject))
        return "250 OK"


@pytest.fixture
def box() -> Iterator[tuple[Box, int]]:
    made, port = Box(), free_port()
    controller = Controller(made, hostname="127.0.0.1", port=port)
    controller.start()
    yield made, port
    controller.stop()


def settle(site: Site, **changed: Any) -> Settings:
    """The installation's settings."""
    site.app.state.settings = site.app.state.settings.model_copy(update=changed)
    settings: Settings = site.app.state.settings
    return settings


def own(port: int, **others: Any) -> dict[str, Any]:
    return {"host": "127.0.0.1", "port": port, "sender": "kaska@okna.test", "tls": "none"} | others


async def test_letters_go_by_the_companys_own_server(site: Site, box: tuple[Box, int]) -> None:
    settings = settle(site, webhooks_private=True)
    company, other = await site.company(), await site.company()
    admin, neighbour = await site.signed_in(company), await site.signed_in(other)
    assert (await admin.get("/api/mail")).json()["whose"] == "none"
    refused = await admin.post("/api/mail/test", json={"to": "boss@okna.test"})
    assert (refused.status_code, refused.json()["code"]) == (409, "letter_not_sent")

    kept = await admin.put("/api/mail", json=own(box[1], username="robot", password="hunter2"))
    assert kept.status_code == 200, kept.text
    assert (kept.json()["whose"], kept.json()["has_password"]) == ("own", True)
    again = await admin.put("/api/mail", json=own(box[1], username="", sender="noreply@okna.test"))
    assert again.json()["has_password"], "what is not given is kept"
    told = kept.text + (await admin.get("/api/mail")).text + (await admin.get("/api/audit")).text
    assert "hunter2" not in told
    sent = await admin.post("/api/mail/test", json={"to": "boss@okna.test"}, headers={"Accept-Language": "ru"})
    assert sent.status_code == 204, sent.text
    assert box[0].letters == [("noreply@okna.test", ["boss@okna.test"], "Проверка почты")]

    async with site.database.tenant(other.tenant) as connection:
        assert await mail_server(connection, other.tenant, settings) is None
    assert (await neighbour.get("/api/mail")).json()["whose"] == "none"
    assert (await neighbour.delete("/api/mail")).status_code == 404
    assert (await admin.delete("/api/mail")).status_code == 204
    assert (await admin.get("/api/mail")).json()["whose"] == "none"


async def test_the_installations_server_serves_who_has_none(site: Site, box: tuple[Box, int]) -> None:
    own_by_installation = {"smtp_host": "127.0.0.1", "smtp_port": box[1], "smtp_from": "all@kaska.test"}
    settings = settle(site, **own_by_installation, smtp_tls="none")
    company = await site.company()
    admin = await site.signed_in(company)
    shown = (await admin.get("/api/mail")).json()
    assert (shown["whose"], shown["sender"], shown["host"]) == ("installation", "all@kaska.test", "")
    assert (await admin.post("/api/mail/test", json={"to": "boss@okna.test"})).status_code == 204
    assert box[0].letters[0][0] == "all@kaska.test"
    assert (await admin.get("/api/letters")).json()["mail_server"]

    # a company's own must not lead into the network of whoever runs the installation
    (await admin.put("/api/mail", json=own(box[1]))).raise_for_status()
    refused = await admin.post("/api/mail/test", json={"to": "boss@okna.test"})
    assert (refused.status_code, refused.json()["code"]) == (409, "letter_not_sent")
    async with site.database.tenant(company.tenant) as connection:
        server = await mail_server(connection, company.tenant, settings)
    with pytest.raises(NotSent, match="own network"):
        await send_mail(server, "boss@okna.test", "x", "x")
    assert len(box[0].letters) == 1


@pytest.mark.parametrize(
    "wrong", [{"host": "a b"}, {"host": ""}, {"port": 0}, {"sender": "nobody"}, {"tls": "ssl"}, {"username": "a\r\nb"}]
)
async def test_nonsense_is_refused_and_only_administrators_set_it(site: Site, wrong: dict[str, Any]) -> None:
    company = await site.company()
    admin, supervisor = await site.signed_in(company), await site.signed_in(company, Role.SUPERVISOR)
    assert (await admin.put("/api/mail", json=own(25) | wrong)).status_code == 422
    assert (await supervisor.put("/api/mail", json=own(25))).status_code == 403
    assert (await supervisor.post("/api/mail/test", json={"to": "a@b.test"})).status_code == 403
