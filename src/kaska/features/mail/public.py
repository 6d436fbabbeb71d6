"""What the rest of the product uses of mail."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.mail.sending import Attached, MailServer, send_mail
from kaska.features.mail.tables import SERVER, mail_servers
from kaska.kit.config import Settings
from kaska.kit.tenant_rows import TenantRows

__all__ = ["Attached", "MailServer", "mail_server", "send_mail"]


async def mail_server(connection: AsyncConnection, tenant: str, settings: Settings) -> MailServer | None:
    """The company's own, else the installation's; None when there is none."""
    row = await TenantRows(connection, tenant, mail_servers).get(SERVER)
    if row is not None:
        return MailServer(
            row["host"],
            row["port"],
            row["username"],
            row["secret"],
            row["sender"],
            row["tls"],
            within=settings.webhooks_private,
        )
    if not settings.smtp_host:
        return None
    file = settings.secrets_dir / "smtp"
    password = file.read_text().strip() if settings.smtp_user and file.exists() else ""
    return MailServer(
        settings.smtp_host, settings.smtp_port, settings.smtp_user, password, settings.smtp_from, settings.smtp_tls
    )
