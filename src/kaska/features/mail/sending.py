"""Letters: one try each. Raises NotSent, which says if another try may help."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from kaska.kit.posting import NotSent, public_address

SEND_SECONDS = 10.0
SEND_ATTACHED_SECONDS = 60.0
"""of each step: megabytes over a slow line are one step"""


@dataclass(frozen=True, slots=True)
class MailServer:
    """``tls``: "starttls", "tls" or "none". ``within``: it may lie in our own network; a company's own may not unless
    the installation allows it."""

    host: str
    port: int
    username: str
    password: str
    sender: str
    tls: str = "starttls"
    within: bool = True


@dataclass(frozen=True, slots=True)
class Attached:
    """``kind``: MIME type."""

    name: str
    content: bytes
    kind: str = "application/pdf"


async def send_mail(
    server: MailServer | None, to: str, subject: str, text: str, attached: Attached | None = None, name: str = ""
) -> None:
    """``name``: of the letter, the same at every try, so that a mailbox tells a second copy; "" = a fresh one."""
    import aiosmtplib  # not before somebody is written to: what calls need starts first

    if server is None:
        raise NotSent("no mail server is set", again=False)
    if not server.within:
        await public_address(f"smtp://{server.host}:{server.port}", private=False)
    message = EmailMessage()
    message["From"] = server.sender
    message["To"] = to
    message["Subject"] = " ".join(subject.split())
    message["Date"] = formatdate()
    domain = server.sender.rpartition("@")[2] or "localhost"
    message["Message-ID"] = f"<{name}@{domain}>" if name else make_msgid(domain=domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    if attached is not None:
        maintype, _, subtype = attached.kind.partition("/")
        message.add_attachment(attached.content, maintype=maintype, subtype=subtype, filename=attached.name)
    try:
        await aiosmtplib.send(
            message,
            hostname=server.host,
            port=server.port,
            username=server.username or None,
            password=server.password if server.username else None,
            use_tls=server.tls == "tls",
            start_tls=server.tls == "starttls",
            timeout=SEND_SECONDS if attached is None else SEND_ATTACHED_SECONDS,
        )
    except aiosmtplib.SMTPResponseException as problem:
        raise NotSent(f"{problem.code} {problem.message}", again=problem.code < 500) from None
    except (aiosmtplib.SMTPRecipientsRefused, aiosmtplib.SMTPException, OSError, TimeoutError) as problem:
        refused = isinstance(problem, aiosmtplib.SMTPRecipientsRefused)
        raise NotSent(f"{type(problem).__name__}: {problem}", again=not refused) from None
