"""Letters and webhooks: one try each. Raises NotSent, which says if another try may help."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
import socket
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
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


@dataclass(frozen=True, slots=True)
class Attached:
    """A PDF."""

    name: str
    content: bytes


async def send_mail(
    settings: Settings, to: str, subject: str, text: str, attached: Attached | None = None, name: str = ""
) -> None:
    """``name``: of the letter, the same at every try, so that a mailbox tells a second copy; "" = a fresh one."""
    import aiosmtplib  # not before somebody is written to: what calls need starts first

    if not settings.smtp_host:
        raise NotSent("no mail server is set (KASKA_SMTP_HOST)", again=False)
    message = EmailMessage()
    message["From"] = settings.smtp_from
    message["To"] = to
    message["Subject"] = " ".join(subject.split())
    message["Date"] = formatdate()
    domain = settings.smtp_from.rpartition("@")[2] or "localhost"
    message["Message-ID"] = f"<{name}@{domain}>" if name else make_msgid(domain=domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    if attached is not None:
        message.add_attachment(attached.content, maintype="application", subtype="pdf", filename=attached.name)
    file = settings.secrets_dir / "smtp"
    password = file.read_text().strip() if settings.smtp_user and file.exists() else None
    try:
        await aiosmtplib.send(
            message,
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            username=settings.smtp_user or None,
            password=password,
            use_tls=settings.smtp_tls == "tls",
            start_tls=settings.smtp_tls == "starttls",
            timeout=SEND_SECONDS,
        )
    except aiosmtplib.SMTPResponseException as problem:
        raise NotSent(f"{problem.code} {problem.message}", again=problem.code < 500) from None
    except (aiosmtplib.SMTPRecipientsRefused, aiosmtplib.SMTPException, OSError, TimeoutError) as problem:
        refused = isinstance(problem, aiosmtplib.SMTPRecipientsRefused)
        raise NotSent(f"{type(problem).__name__}: {problem}", again=not refused) from None


def signature(secret: str, moment: str, body: bytes) -> str:
    """HMAC-SHA256 of "MOMENT.BODY", in hex: who receives it computes the same, and refuses old moments."""
    return "sha256=" + hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


async def send_webhook(settings: Settings, hook: Webhook, delivery: str, moment: int, told: object) -> None:
    """A POST of JSON. Any answer of 2xx is a success; redirects are not followed."""
    import httpx

    address = await _public_address(hook.url, private=settings.webhooks_private)
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


async def _public_address(url: str, *, private: bool) -> str:
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
