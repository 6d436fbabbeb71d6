"""Serving the built page, and what every answer carries so that a browser is careful with it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 1_000_000
LARGER_BODIES = {"/api/prompts/recorded": 20_000_000, "/api/customers/import/workbook": 20_000_000}
"""routes that take a file"""

CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # the components set widths and colours on elements
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' blob: mediastream:",
        "connect-src 'self'",
        "worker-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=(), payment=(), usb=()",
}

_NOT_BUILT = (
    "Страница ещё не собрана: выполните «make web». Сам сервер и телефоны работают.\n"
    'The page is not built yet: run "make web". The server and the telephones work.\n'
)


class SecurityHeaders:
    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._headers = dict(HEADERS)
        if secure:
            self._headers["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/api/"):
                    # what one person may see must not wait in a cache for the next one
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, with_headers)


class BodyLimit:
    """Refuses bodies above LARGEST_BODY, whether their length was told or not. Only files are longer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        largest = LARGER_BODIES.get(scope["path"], LARGEST_BODY)
        told = dict(scope["headers"]).get(b"content-length", b"0")
        if not told.isdigit() or int(told) > largest:
            refusal = {"code": "too_large", "message": "Слишком большой запрос. / The request is too large."}
            await JSONResponse(refusal, status_code=413)(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > largest:
                raise HTTPException(413)
            return message

        await self._app(scope, counted, send)


class _PageFiles(StaticFiles):
    """Files of the build; any other path is a place inside the page, whose own router will find it."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or scope["method"] not in ("GET", "HEAD") or _is_file_or_api(path):
                raise
            response = await super().get_response("index.html", scope)
        immutable = path.startswith("assets/")  # their names change with their content
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if immutable else "no-cache"
        return response

    def file_response(
        self, full_path: Any, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        if isinstance(response, FileResponse) and str(full_path).endswith(".wasm"):
            response.headers["Content-Type"] = "application/wasm"
        return response


def _is_file_or_api(path: str) -> bool:
    first, _, _ = path.partition("/")
    return first in ("api", "assets") or "." in path.rpartition("/")[2]


def page_files(directory: Path) -> ASGIApp:
    """The built page, compressed; without a build, a note saying how to make one."""
    if not (directory / "index.html").is_file():
        return _not_built
    return GZipMiddleware(_PageFiles(directory=directory, html=True), minimum_size=1024)


async def _not_built(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["path"].startswith("/api/"):
        raise HTTPException(404)
    await PlainTextResponse(_NOT_BUILT, status_code=503)(scope, receive, send)
