"""One person's session with the product's HTTP API."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import httpx

from demo.company import Login


class DeskError(Exception):
    """The application refused (``status``), or is away (0)."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class Desk:
    """Signs in when needed; signs in again when the session is gone."""

    def __init__(self, address: str, login: Login) -> None:
        self.address, self._login = address, login
        self._client = httpx.AsyncClient(base_url=address, timeout=10.0, headers={"Accept-Language": "ru"})
        self._csrf = ""

    async def sign_in(self) -> None:
        """Raises DeskError."""
        given = {"login": self._login.login, "password": self._login.password}
        self._csrf = (await self._send("POST", "/api/session", given)).json()["csrf_token"]

    @property
    def cookies(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._client.cookies.items())

    async def get(self, path: str) -> Any:
        return (await self._signed("GET", path, None)).json()

    async def post(self, path: str, body: Any = None, patience: float = 0.0) -> None:
        """``patience``: seconds to try again while the application is away."""
        end = time.monotonic() + patience
        while True:
            try:
                await self._signed("POST", path, body)
                return
            except DeskError as error:
                if error.status or time.monotonic() > end:
                    raise
            await asyncio.sleep(2.0)

    async def _signed(self, method: str, path: str, body: Any) -> httpx.Response:
        if not self._csrf:
            await self.sign_in()
        try:
            return await self._send(method, path, body)
        except DeskError as error:
            if error.status != 401:
                raise
        await self.sign_in()
        return await self._send(method, path, body)

    async def _send(self, method: str, path: str, body: Any) -> httpx.Response:
        try:
            response = await self._client.request(method, path, json=body, headers={"X-CSRF-Token": self._csrf})
            response.raise_for_status()
        except httpx.HTTPStatusError as error:
            status = error.response.status_code
            raise DeskError(f"{method} {path}: {status} {error.response.text[:200]}", status) from error
        except httpx.HTTPError as error:
            raise DeskError(f"{method} {path}: {error!r}") from error
        return response

    async def close(self) -> None:
        await self._client.aclose()
