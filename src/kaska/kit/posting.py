"""Signed messages to other people's programs (webhooks): one try each.

Raises NotSent, which says if another try may help. Nothing is posted into our own network unless the settings allow it.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

import msgspec

from kaska.kit.config import Settings

SEND_SECONDS = 10.0
SIGNATURE = "X-Kaska-Signature"
MOMENT = "X-Kaska-Timestamp"
DELIVERY = "X-Kaska-Delivery"


class NotSent(Exception):
    """``again``: another try may help."""

    def __init__(self, problem: str, *, again: bool = True) -> None:
        super().__init__(problem)
        self.problem = problem[:300]
        self.again = again


@dataclass(frozen=True, slots=True)
class Webhook:
    url: str
    secret: str


def is_postable(url: str) -> bool:
    """Whether it is an address that a webhook may have: http or https, with a host, without name and password."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def signature(secret: str, moment: str, body: bytes) -> str:
    """HMAC-SHA256 of "MOMENT.BODY", in hex: who receives it computes the same, and refuses old moments."""
    return "sha256=" + hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


async def send_webhook(settings: Settings, hook: Webhook, delivery: str, moment: int, told: object) -> None:
    """A POST of JSON. Any answer of 2xx is a success; redirects are not followed."""
    import httpx

    address = await public_address(hook.url, private=settings.webhooks_private)
    parts = urlsplit(hook.url)
    body = msgspec.json.encode(told)
    headers = {
        "Content-Type": "application/json",
        "Host": parts.netloc,
        DELIVERY: delivery,
        MOMENT: str(moment),
        SIGNATURE: signature(hook.secret, str(moment), body),
    }
    # the very address that was judged is asked: a name must not lead elsewhere a moment later
    host = f"[{address}]" if ":" in address else address
    url = parts._replace(netloc=f"{host}:{parts.port}" if parts.port else host).geturl()
    try:
        async with httpx.AsyncClient(follow_redirects=False, timeout=SEND_SECONDS, trust_env=False) as client:
            extensions = {"sni_hostname": parts.hostname} if parts.scheme == "https" else {}
            answer = await client.post(url, content=body, headers=headers, extensions=extensions)
    except httpx.HTTPError as problem:
        raise NotSent(f"{type(problem).__name__}: {problem}") from None
    if not answer.is_success:
        # gone for good, or not understood: the same again would be answered the same
        raise NotSent(f"HTTP {answer.status_code}", again=answer.status_code not in (400, 404, 410))


async def public_address(url: str, *, private: bool) -> str:
    """The address behind a URL; raises NotSent for what lies inside our own network."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = await asyncio.get_running_loop().getaddrinfo(parts.hostname or "", port, type=socket.SOCK_STREAM)
    except OSError as problem:
        raise NotSent(f"the name is not known: {problem}") from None
    for family in (socket.AF_INET, socket.AF_INET6):
        for one in found:
            if one[0] != family:
                continue
            address = ipaddress.ip_address(one[4][0])
            mapped = getattr(address, "ipv4_mapped", None) or address
            if private or mapped.is_global:
                return str(address)
    raise NotSent("the address lies inside our own network (KASKA_WEBHOOKS_PRIVATE allows that)", again=False)
