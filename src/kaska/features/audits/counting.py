"""Counting in a process of its own: started, watched, limited, ended."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog

from kaska.features.audits import repository
from kaska.features.audits.room import Room
from kaska.kit.config import Settings
from kaska.kit.database import Database

log = structlog.get_logger(__name__)

MODULE = "kaska.audit.apart"
AT_ONCE = 1
"""the machine's other processors belong to the telephones"""
MEMORY = 2 << 30
LOOK_SECONDS, COUNT_SECONDS = 60, 3600
SIGN_SECONDS = 3.0
LONGEST_LINE = 16 << 20
TOO_LONG = {
    "ru": "Подсчёт шёл слишком долго и остановлен. Разделите журнал на части поменьше, например по месяцам.",
    "en": "Counting took too long and was stopped. Cut the log into smaller parts, for instance by months.",
}
DIED = {
    "ru": "Подсчёт прервался. Посчитайте ещё раз; если повторится, разделите журнал на части поменьше.",
    "en": "Counting broke off. Count again; if it happens again, cut the log into smaller parts.",
}

Job = dict[str, Any]


async def run(
    task: str, room: Path, job: Job, seconds: float, hear: Callable[[dict[str, Any]], None]
) -> dict[str, str] | None:
    """Run one task on a room; every line that it says is heard. → what went wrong, for a person.

    Cancelling ends the process.
    """
    with tempfile.TemporaryDirectory(dir=room) as temporary:
        (room / "job.json").write_text(json.dumps(job, ensure_ascii=False))
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", MODULE, task, str(room),
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, "TMPDIR": temporary, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            limit=LONGEST_LINE,
        )  # fmt: skip
        try:
            async with asyncio.timeout(seconds):
                return await _listen(process, hear)
        except TimeoutError:
            return TOO_LONG
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()


async def _listen(process: asyncio.subprocess.Process, hear: Callable[[dict[str, Any]], None]) -> dict[str, str] | None:
    assert process.stdout is not None
    problem: dict[str, str] | None = None
    async for line in process.stdout:
        told = json.loads(line)
        problem = told.get("problem", problem)
        hear(told)
    code = await process.wait()
    return problem or (DIED if code else None)


async def look(room: Path, job: Job) -> list[dict[str, Any]] | dict[str, str]:
    """What the files are, or what went wrong."""
    heard: list[dict[str, Any]] = []
    problem = await run("look", room, {**job, "memory": MEMORY, "seconds": LOOK_SECONDS}, LOOK_SECONDS, heard.append)
    looked: list[dict[str, Any]] | None = next((told["looked"] for told in heard if "looked" in told), None)
    return looked if looked is not None else problem or DIED


class Counting:
    """The audits that this process is counting; one after another."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._state = settings.root
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._tasks: dict[tuple[str, str], asyncio.Task[None]] = {}

    def start(self, tenant: str, audit: str, job: Job) -> None:
        key = (tenant, audit)
        task = asyncio.create_task(self._count(tenant, audit, job), name=f"audit {audit}")
        self._tasks[key] = task
        task.add_done_callback(lambda _: self._tasks.pop(key, None))

    async def stop(self, tenant: str, audit: str) -> None:
        if (task := self._tasks.get((tenant, audit))) is not None:
            task.cancel()
            await asyncio.wait([task])

    async def wait(self, tenant: str, audit: str) -> None:
        """Until it is counted or has failed."""
        if (task := self._tasks.get((tenant, audit))) is not None:
            await asyncio.wait([task])

    async def close(self) -> None:
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _count(self, tenant: str, audit: str, job: Job) -> None:
        room = Room(self._state, tenant, audit).path
        done = 0

        def hear(told: dict[str, Any]) -> None:
            nonlocal done
            done = told.get("done", done)

        async def give_signs() -> None:
            while True:
                with contextlib.suppress(Exception):  # the database may be away; the next sign will say the same
                    async with self._database.tenant(tenant) as connection:
                        await repository.change(connection, tenant, audit, done=done, seen_at=datetime.now(UTC))
                await asyncio.sleep(SIGN_SECONDS)

        signs = asyncio.create_task(give_signs())
        try:
            async with self._turn:
                limits = {"memory": MEMORY, "seconds": COUNT_SECONDS}
                problem = await run("count", room, {**job, **limits}, COUNT_SECONDS, hear)
        except OSError as error:
            log.warning("audit could not be counted", audit=audit, problem=repr(error))
            problem = DIED
        finally:
            signs.cancel()
        await self._finish(tenant, audit, room, problem)

    async def _finish(self, tenant: str, audit: str, room: Path, problem: dict[str, str] | None) -> None:
        """Write down how it ended, however long the database is away."""
        values: dict[str, Any] = {"state": "failed", "problem": problem}
        if problem is None:
            result = json.loads(await asyncio.to_thread((room / "result.json").read_text, encoding="utf-8"))
            values = {"state": "done", "problem": None, "result": result}
        while True:
            try:
                async with self._database.tenant(tenant) as connection:
                    await repository.change(connection, tenant, audit, **values)
                return
            except Exception as error:
                log.warning("audit's result waits for the database", audit=audit, problem=repr(error))
                await asyncio.sleep(SIGN_SECONDS)
