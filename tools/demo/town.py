"""Everybody together: the crowd of customers, the robot operators, the line in the terminal; and a clean end."""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
import time
import traceback
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demo import stories
from demo.board import Board
from demo.company import read_company
from demo.desk import Desk
from demo.live import Live
from demo.people import Person, somebody
from demo.robot import Robot
from demo.speech import Speech
from demo.visit import GoneError, Visit
from phones import Call, CallError, Phone

UNSERVED_REMEMBERED = 50
SPAWN_SECONDS = (0.7, 2.5)
ANSWERS_CALLBACK = 0.85


@dataclass(frozen=True, slots=True)
class Options:
    """``trunk`` is "host:port" of the virtual public network; ``alive`` least and most calls at once."""

    address: str
    sip: str
    state: Path
    trunk: str
    alive: tuple[int, int]
    seconds: float = 0.0
    """0: until Ctrl-C"""


class Town:
    def __init__(self, options: Options) -> None:
        self.options = options
        self.company = read_company(options.state)
        self.live = Live(Desk(options.address, self.company.supervisor))
        self._log = options.state / "log" / "demo.log"
        self.speech = Speech(options.state / "demo" / "voices")
        host, _, port = options.trunk.partition(":")
        self.trunk = Phone(local_ip=host, port=int(port))
        self.robots = [Robot(self, operator) for operator in self.company.robots]
        self.called = self.refused = self.called_back = 0
        self._unserved: deque[Person] = deque(maxlen=UNSERVED_REMEMBERED)
        self._tasks: set[asyncio.Task[None]] = set()

    def problem(self) -> str:
        """What goes wrong at the moment, "" when nothing does."""
        return next((robot.problem for robot in self.robots if robot.problem), "")

    def note(self, text: str) -> None:
        """Write down for whoever looks into the demo itself."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("a") as file:
            file.write(f"{time.strftime('%H:%M:%S')} {text}\n")

    async def lives(self) -> None:
        """For ever; everybody hangs up and goes home when cancelled."""
        await self.speech.prepare()
        self.trunk.on_call = self._is_called_by
        async with self.trunk:
            self._start(self.live.run())
            for robot in self.robots:
                self._start(robot.run())
            try:
                await self.live.until(lambda: self.live.connected, 30.0)
                await self._customers_come()
            finally:
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)
                await self.live.desk.close()

    async def _customers_come(self) -> None:
        wanted, until = self.options.alive[0], 0.0
        clock = asyncio.get_running_loop().time
        while True:
            if clock() > until:
                wanted, until = random.randint(*self.options.alive), clock() + random.uniform(20, 40)
            if len(self.trunk.calls) < wanted and self.live.connected:
                self._start(self._visits())
            await asyncio.sleep(random.uniform(*SPAWN_SECONDS))

    async def _visits(self) -> None:
        """One call by somebody; whoever was not served may call again later."""
        if self._unserved and random.random() < stories.RETURN_CHANCE:
            person, story = self._unserved.popleft(), stories.patient_story()
        else:
            person, story = somebody(), stories.any_story()
        after_hours = story is stories.calls_after_hours
        number = self.company.closed_number if after_hours else self.company.main_number
        self.called += 1
        try:
            visit = await Visit.begin(self, person, number)
        except (CallError, TimeoutError) as error:
            self.note(f"{person} calls {number}: {error!r}")
            self.refused += 1
            self._remember(person)
            return
        try:
            await story(visit)
        except GoneError:
            pass
        finally:
            await asyncio.shield(self._hangs_up(visit.call))
        if not visit.served and story is not stories.orders_a_callback:
            self._remember(person)

    def _remember(self, person: Person) -> None:
        if person.number.startswith("+"):
            self._unserved.append(person)

    async def _hangs_up(self, call: Call) -> None:
        with contextlib.suppress(TimeoutError):
            await call.hang_up()

    def _is_called_by(self, call: Call) -> None:
        self._start(self._is_called(call))

    async def _is_called(self, call: Call) -> None:
        """The company calls somebody: a promised callback, or a debt that is paid."""
        try:
            await call.ended(within=random.uniform(2, 6))
            return
        except TimeoutError:
            pass
        try:
            if random.random() > ANSWERS_CALLBACK:
                await call.ended(within=90)
                return
            await call.answer()
            self.called_back += 1
            visit = Visit(self, Person(call.callee, ""), call)
            await visit.talks()
        except (CallError, TimeoutError, GoneError):
            pass
        finally:
            await asyncio.shield(self._hangs_up(call))

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self.live.nudge()
        if not task.cancelled() and (error := task.exception()):
            self.note("".join(traceback.format_exception(error)))


async def run(options: Options) -> None:
    """Let the town live until Ctrl-C (or SIGTERM, or ``options.seconds``), then end it cleanly."""
    town, board = Town(options), Board()
    board.top(options.address, town.company)
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, over.set)
    living = asyncio.create_task(town.lives())
    living.add_done_callback(lambda _: over.set())
    if options.seconds:
        loop.call_later(options.seconds, over.set)
    try:
        while not over.is_set():
            board.line(town.live, town.problem)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), 1.0)
    finally:
        board.end()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
        living.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await living
