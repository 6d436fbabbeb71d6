"""Asterisk's own queue, on an Asterisk of its own.

Equal to the product's: the binary, the modules (plus app_queue), their settings, the people and the trunk as PJSIP
objects, its priority among the machine's processes, CDR and CEL files, recording by MixMonitor with the parties apart,
300 registered telephones. Not equal:
nobody decides, remembers or counts anything outside Asterisk, and nobody makes a recording ready to be played.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
from collections.abc import Mapping

from kaska.asterisk import runtime
from kaska.asterisk.people import as_config, objects
from kaska.asterisk.places import Places, write_private
from kaska.core.configuration import Configuration
from kaska.host.parts import SWITCH_PRIORITY
from kaska.host.processes import put_first
from voice.company import QUEUE, RING_SECONDS, agents
from voice.installed import settings, telephones

_DIALPLAN = """
[from-trunk]
exten => _.,1,Set(CALL_ID=${{UNIQUEID}})
 same => n,{mixmonitor}
 same => n,Queue({queue},r)
 same => n,Hangup()
"""
_QUEUES = """
[general]
persistentmembers = no
autofill = yes
log_membername_as_agent = no

[{queue}]
strategy = leastrecent
timeout = {ring}
retry = 1
ringinuse = no
wrapuptime = 0
autopause = no
joinempty = yes
leavewhenempty = no
announce-frequency = 0
announce-position = no
reportholdtime = no
"""


class AppQueue:
    name = "app_queue"

    def __init__(self, configuration: Configuration, passwords: Mapping[str, str]) -> None:
        self.settings = settings("app_queue")
        self.cel = Places.of(self.settings).cel
        self.passwords = passwords
        self._configuration = configuration

    async def start(self) -> None:
        await asyncio.to_thread(self._write)
        output = (self.settings.root / "asterisk.log").open("wb")
        self._process = subprocess.Popen(  # noqa: ASYNC220
            runtime.command_line(self.settings), stdout=output, stderr=output, start_new_session=True
        )
        put_first(self._process.pid, SWITCH_PRIORITY)
        await runtime.await_ready(self.settings)
        put_first(self._process.pid, SWITCH_PRIORITY)  # it gave the first one back
        self.telephones = await telephones(self.settings, self.passwords, self.settings.root / "sipp")

    def _write(self) -> None:
        runtime.prepare(self.settings)
        etc = Places.of(self.settings).etc
        plan = (etc / "extensions.conf").read_text()
        mixmonitor = re.search(r"MixMonitor\(.*\)", plan)
        assert mixmonitor is not None
        write_private(
            etc / "extensions.conf",
            "#include globals.conf\n" + _DIALPLAN.format(mixmonitor=mixmonitor.group(), queue=QUEUE),
        )
        write_private(etc / "modules.conf", (etc / "modules.conf").read_text() + "load = app_queue.so\n")
        members = "".join(f"member => PJSIP/{agent},0,{agent},PJSIP/{agent}\n" for agent in agents())
        write_private(etc / "queues.conf", _QUEUES.format(queue=QUEUE, ring=RING_SECONDS) + members)
        people = objects(self._configuration, self.passwords)
        write_private(etc / "people" / "bench.conf", as_config(people.items()))

    async def stop(self) -> None:
        if hasattr(self, "telephones"):
            await self.telephones.stop(1.0)
        if hasattr(self, "_process"):
            self._process.terminate()
            try:
                await asyncio.to_thread(self._process.wait, 5)
            except subprocess.TimeoutExpired:
                self._process.kill()

    def pids(self) -> dict[str, list[int]]:
        return {"asterisk": [self._process.pid], "agents": [self.telephones.pid]}

    async def settled(self, within: float = 20.0) -> None:
        """It has nothing to do afterwards."""
        await asyncio.sleep(2.0)
