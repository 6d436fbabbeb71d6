"""What every HTTP feature shares: the shape of errors, the language of the reader, and the parts to depend on.

``app.state`` carries ``settings`` and ``database``, put there by the application factory.
"""

from __future__ import annotations

from typing import Annotated, Any

import asyncpg  # type: ignore[import-untyped]  # it carries no types
import structlog
from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy import exc as sql
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket

from kaska.kit.config import Settings
from kaska.kit.database import Database
from kaska.kit.errors import DEFAULT_LANGUAGE, LANGUAGES, DatabaseAway, ProductError

log = structlog.get_logger(__name__)

DATABASE_AWAY: tuple[type[Exception], ...] = (
    ConnectionError,
    FileNotFoundError,  # the server's socket file is gone
    TimeoutError,
    sql.InterfaceError,
    sql.OperationalError,
    sql.TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
)
"""What a query raises when there is no database to ask (as opposed to a query that is wrong).

Also see ``is_database_away``: a connection cut in the middle comes as a bare DBAPIError.
"""

UNSTORABLE_TEXT = frozenset({"22021", "22P02", "22P05"})
"""SQLSTATEs of text with a NUL or a lone surrogate, in a column or inside JSON"""


def is_database_away(error: BaseException) -> bool:
    if isinstance(error, sql.DBAPIError) and error.connection_invalidated:
        return True
    return isinstance(error, DATABASE_AWAY)


class ErrorBody(BaseModel):
    """How every refusal looks. ``fields`` maps a dotted input name to what is wrong with it."""

    code: str
    message: str
    fields: dict[str, str] | None = None


ERROR_RESPONSES: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": ErrorBody, "description": "Refused"},
    "5XX": {"model": ErrorBody, "description": "Cannot be done now"},
}

_HTTP_TEXTS: dict[int, tuple[str, dict[str, str]]] = {
    404: ("not_found", {"ru": "Не найдено.", "en": "Not found."}),
    405: ("method_not_allowed", {"ru": "Так обратиться нельзя.", "en": "This method is not allowed."}),
    413: ("too_large", {"ru": "Слишком большой запрос.", "en": "The request is too large."}),
}
_MALFORMED = {"ru": "Запрос составлен неверно.", "en": "The request is malformed."}
_UNEXPECTED = {
    "ru": "Внутренняя ошибка. Она записана; повторите, а если не поможет, сообщите администратору.",
    "en": "Internal error. It has been logged; try again, and tell the administrator if that does not help.",
}
_FIELD_TEXTS: dict[str, dict[str, str]] = {
    "missing": {"ru": "Обязательное поле.", "en": "Required."},
    "extra_forbidden": {"ru": "Лишнее поле.", "en": "Unknown field."},
    "string_too_long": {"ru": "Слишком длинно.", "en": "Too long."},
    "string_too_short": {"ru": "Слишком коротко.", "en": "Too short."},
    "string_pattern_mismatch": {"ru": "Недопустимые символы.", "en": "Characters that are not allowed."},
}
_WRONG_VALUE = {"ru": "Неверное значение.", "en": "Wrong value."}


def language_of(connection: HTTPConnection) -> str:
    """The language that the page is shown in right now, which a person may have switched for this browser only; our
    page tells it as a bare "ru" or "en". Else the signed-in person's, else the browser's first that we speak, else
    Russian."""
    told = connection.headers.get("accept-language", "")[:200]
    if told in LANGUAGES:
        return told
    chosen = getattr(connection.state, "language", None)
    if chosen in LANGUAGES:
        return str(chosen)
    for part in told.split(","):
        tag = part.split(";")[0].strip().lower().split("-")[0]
        if tag in LANGUAGES:
            return tag
    return DEFAULT_LANGUAGE


def error_response(
    status: int,
    code: str,
    message: str,
    *,
    fields: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    body: dict[str, Any] = {"code": code, "message": message}
    if fields:
        body["fields"] = fields
    return JSONResponse(body, status_code=status, headers={"Cache-Control": "no-store", **(headers or {})})


def product_error_response(request: HTTPConnection, error: ProductError) -> JSONResponse:
    language = language_of(request)
    fields = error.field_texts(language)
    return error_response(error.status, error.code, error.message(language), fields=fields, headers=error.headers())


def install_error_handlers(app: FastAPI) -> None:
    """Every refusal leaves as ErrorBody; nothing of the inside (stack, SQL) is shown."""

    @app.exception_handler(ProductError)
    async def refused(request: HTTPConnection, error: ProductError) -> JSONResponse:
        if isinstance(request, WebSocket):  # a page can read a closing code only of a connection that was made
            await request.accept()
            await request.close(1008, error.code)
        return product_error_response(request, error)

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        language = language_of(request)
        fields = {}
        for problem in error.errors()[:20]:
            place = ".".join(str(p) for p in problem["loc"] if p not in ("body", "query", "path")) or "body"
            # what was left empty is told as missing, whatever rule it broke
            kind = "missing" if problem.get("input") == "" else problem["type"]
            fields[place[:100]] = _FIELD_TEXTS.get(kind, _WRONG_VALUE)[language]
        return error_response(422, "malformed", _MALFORMED[language], fields=fields)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        code, texts = _HTTP_TEXTS.get(error.status_code, ("refused", _MALFORMED))
        headers = dict(error.headers or {})
        return error_response(error.status_code, code, texts[language_of(request)], headers=headers)

    async def database_away(request: Request, error: Exception) -> JSONResponse:
        if isinstance(error, FileNotFoundError) and error.filename is not None:
            return await unexpected(request, error)  # a file of ours; a socket has no name here
        log.warning("database is away", path=request.url.path, problem=type(error).__name__)
        return product_error_response(request, DatabaseAway())

    for kind in DATABASE_AWAY:
        app.add_exception_handler(kind, database_away)

    @app.exception_handler(sql.DBAPIError)
    async def query_failed(request: Request, error: sql.DBAPIError) -> JSONResponse:
        if is_database_away(error):
            return await database_away(request, error)
        if getattr(error.orig, "sqlstate", None) in UNSTORABLE_TEXT or isinstance(error.__cause__, UnicodeError):
            return error_response(422, "malformed", _MALFORMED[language_of(request)])
        return await unexpected(request, error)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> JSONResponse:
        log.error("request failed", path=request.url.path, method=request.method, exc_info=error)
        return error_response(500, "internal", _UNEXPECTED[language_of(request)])


def _database(connection: HTTPConnection) -> Database:
    database: Database = connection.app.state.database
    return database


def _settings(connection: HTTPConnection) -> Settings:
    settings: Settings = connection.app.state.settings
    return settings


DatabaseDep = Annotated[Database, Depends(_database)]
SettingsDep = Annotated[Settings, Depends(_settings)]
