"""Whether lines answer, found out from any process of this machine: the switch knows them, and their far end replies.

The far end is asked by an OPTIONS of our own and not by the switch's: a line that the switch itself found silent would
not be dialled any more, and some carriers answer calls and nothing else.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Mapping

from kaska.asterisk.places import APP, ari_password
from kaska.kit.config import Settings

SECONDS = 3.0
SIP_PORT = 5060
_URI = re.compile(r"^sip:(?P<host>[A-Za-z0-9.-]+)(:(?P<port>[0-9]{1,5}))?$")


async def line_states(settings: Settings, lines: Mapping[str, str]) -> dict[str, str] | None:
    """endpoint → "online", "offline", or "unasked" where there is no address to ask; those the switch does not know are
    left out. None when the switch does not answer. ``lines``: endpoint → SIP address or ""."""
    known = await _known(settings)
    if known is None:
        return None
    asked = {endpoint: uri for endpoint, uri in lines.items() if endpoint in known}
    states = await asyncio.gather(*(_state(uri) for uri in asked.values()))
    return dict(zip(asked, states, strict=True))


async def _known(settings: Settings) -> set[str] | None:
    import httpx  # only people who look ask this: telephones start without it

    port = settings.ari_port or settings.asterisk_http_port
    try:
        async with httpx.AsyncClient(auth=(APP, ari_password(settings)), timeout=SECONDS, trust_env=False) as web:
            answer = await web.get(f"http://127.0.0.1:{port}/ari/endpoints/PJSIP")
            answer.raise_for_status()
            return {str(one["resource"]) for one in answer.json()}
    except (httpx.HTTPError, OSError, ValueError, KeyError, TypeError):
        return None


async def _state(uri: str) -> str:
    match = _URI.match(uri)
    if match is None:
        return "unasked"
    return "online" if await answers(match["host"], int(match["port"] or SIP_PORT)) else "offline"


async def answers(host: str, port: int, seconds: float = SECONDS) -> bool:
    """Whether anything that speaks SIP is there: any answer will do. Asked twice, as UDP may lose one."""
    loop = asyncio.get_running_loop()
    heard: asyncio.Future[bool] = loop.create_future()
    try:
        async with asyncio.timeout(seconds):
            transport, _ = await loop.create_datagram_endpoint(lambda: _Ear(heard), remote_addr=(host, port))
            try:
                question = _options(host, port, transport.get_extra_info("sockname"))
                for _ in range(2):
                    transport.sendto(question)
                    done, _pending = await asyncio.wait([heard], timeout=seconds / 2)
                    if done:
                        return heard.result()
            finally:
                transport.close()
    except (OSError, TimeoutError):
        pass
    return False


def _options(host: str, port: int, local: tuple[str, int]) -> bytes:
    """RFC 3261, section 11."""
    here, token = f"{local[0]}:{local[1]}", secrets.token_hex(8)
    lines = (
        f"OPTIONS sip:{host}:{port} SIP/2.0",
        f"Via: SIP/2.0/UDP {here};rport;branch=z9hG4bK{token}",
        f"From: <sip:kaska@{here}>;tag={token}",
        f"To: <sip:{host}:{port}>",
        f"Call-ID: {token}@{local[0]}",
        "CSeq: 1 OPTIONS",
        f"Contact: <sip:kaska@{here}>",
        "Max-Forwards: 70",
        "Accept: application/sdp",
        "Content-Length: 0",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


class _Ear(asyncio.DatagramProtocol):
    def __init__(self, heard: asyncio.Future[bool]) -> None:
        self._heard = heard

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if data.startswith(b"SIP/2.0 ") and not self._heard.done():
            self._heard.set_result(True)

    def error_received(self, exc: Exception) -> None:
        if not self._heard.done():
            self._heard.set_result(False)
