"""Letters: one try each. Raises NotSent, which says if another try may help."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from kaska.kit.config import Settings
from kaska.kit.posting import NotSent

SEND_SECONDS = 10.0
SEND_ATTACHED_SECONDS = 60.0
"""of each step: megabytes over a slow line are one step"""


@dataclass(frozen=True, slots=True)
class Attached:
    """``kind``: MIME type."""

    name: str
    content: bytes
    kind: str = "application/pdf"


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
        maintype, _, subtype = attached.kind.partition("/")
        message.add_attachment(attached.content, maintype=maintype, subtype=subtype, filename=attached.name)
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
            timeout=SEND_SECONDS if attached is None else SEND_ATTACHED_SECONDS,
        )
    except aiosmtplib.SMTPResponseException as problem:
        raise NotSent(f"{problem.code} {problem.message}", again=problem.code < 500) from None
    except (aiosmtplib.SMTPRecipientsRefused, aiosmtplib.SMTPException, OSError, TimeoutError) as problem:
        refused = isinstance(problem, aiosmtplib.SMTPRecipientsRefused)
        raise NotSent(f"{type(problem).__name__}: {problem}", again=not refused) from None
