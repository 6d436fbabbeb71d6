"""Routes of the mail server."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlalchemy.engine import RowMapping

from kaska.features.identity.public import CurrentUser, Permission, audit, kept, require
from kaska.features.mail.errors import LetterNotSent
from kaska.features.mail.public import mail_server, send_mail
from kaska.features.mail.schemas import LetterTried, MailGiven, MailShown
from kaska.features.mail.tables import SERVER, mail_servers
from kaska.kit.config import Settings
from kaska.kit.http import DatabaseDep, SettingsDep, language_of
from kaska.kit.posting import NotSent
from kaska.kit.tenant_rows import TenantRows, revision_of

router = APIRouter(prefix="/api/mail", tags=["mail"])

Reader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]
Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]

TRIED = {
    "ru": ("Проверка почты", "Это проверочное письмо: письма Каски до вас доходят."),
    "en": ("A test of the mail", "This is a test letter: Kaska's letters reach you."),
}


@router.get("")
async def read_mail_server(user: Reader, database: DatabaseDep, settings: SettingsDep) -> MailShown:
    """By which server the company's letters go: alerts, figures, callers' messages, faxes."""
    async with database.tenant(user.tenant) as connection:
        return _shown(await TenantRows(connection, user.tenant, mail_servers).get(SERVER), settings)


@router.put("")
async def put_mail_server(given: MailGiven, user: Editor, database: DatabaseDep, settings: SettingsDep) -> MailShown:
    """In force at once, also for letters that wait for another try."""
    async with database.tenant(user.tenant) as connection:
        before = await TenantRows(connection, user.tenant, mail_servers).get(SERVER)
        values: dict[str, Any] = {"id": SERVER, **given.model_dump(exclude={"password", "revision"})}
        values["secret"] = given.password if given.password is not None else before["secret"] if before else ""
        row = await kept.keep(connection, user, mail_servers, "mail", values, given.revision)
    return _shown(row, settings)


@router.delete("", status_code=204)
async def delete_mail_server(user: Editor, database: DatabaseDep) -> None:
    """The installation's server is used again, if it has one."""
    async with database.tenant(user.tenant) as connection:
        await kept.drop(connection, user, mail_servers, "mail", SERVER)


@router.post("/test", status_code=204)
async def try_mail_server(
    given: LetterTried, user: Editor, request: Request, database: DatabaseDep, settings: SettingsDep
) -> None:
    """A letter at once, by the server that is in force; what went wrong is told."""
    async with database.tenant(user.tenant) as connection:
        server = await mail_server(connection, user.tenant, settings)
        await audit.write(connection, tenant=user.tenant, user=user.id, action="mail.test", object=given.to)
    subject, text = TRIED[language_of(request)]
    try:
        await send_mail(server, given.to, subject, text)
    except NotSent as failure:
        raise LetterNotSent(problem=failure.problem) from None


def _shown(row: RowMapping | None, settings: Settings) -> MailShown:
    if row is None:
        if not settings.smtp_host:
            return MailShown(whose="none")
        return MailShown(whose="installation", sender=settings.smtp_from)
    told = {name: row[name] for name in ("host", "port", "username", "sender", "tls")}
    return MailShown(whose="own", has_password=bool(row["secret"]), revision=revision_of(row), **told)
