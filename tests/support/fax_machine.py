"""A fax machine in the city: an Asterisk of its own that sends pages over the line (G.711), and may hang up midway."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from PIL import Image, ImageDraw

from kaska.asterisk import runtime
from kaska.asterisk.places import Places
from kaska.kit.config import Settings

STATION = "7 495 000 00 09"
WIDTH, HEIGHT, DPI = 1728, 1100, (204, 98)

_DIALPLAN = """
[send]
exten => _X.,1,Set(FAXOPT(localstationid)={station})
 same => n,Set(FAXOPT(ecm)=yes)
 same => n,ExecIf($[${{EXTEN}}>0]?Set(TIMEOUT(absolute)=${{EXTEN}}))
 same => n,SendFAX({pages},f)
 same => n,Hangup()
exten => h,1,Set(FILE({told})=${{FAXSTATUS}})
"""
_LINE = """
[line]
type = endpoint
transport = transport-udp
context = send
disallow = all
allow = alaw
aors = line

[line]
type = aor
contact = sip:{address}
"""
_MODULES = "load = pbx_spool.so\nload = app_exec.so\n"


def page(words: str) -> Image.Image:
    made = Image.new("1", (WIDTH, HEIGHT), 1)
    ImageDraw.Draw(made).text((200, 200), words, fill=0)
    ImageDraw.Draw(made).rectangle((100, 400, 900, 440), fill=0)
    return made


def long_page(seed: int = 1) -> Image.Image:
    """Noise, which no machine can shorten: it takes minutes."""
    noise = random.Random(seed).randbytes(WIDTH // 8 * HEIGHT)
    return Image.frombytes("1", (WIDTH, HEIGHT), noise)


class FaxMachine:
    """``send`` dials and returns; ``told`` says how the machine thinks it went."""

    def __init__(self, home: Path, address: str, sip_port: int, rtp: int, pages: list[Image.Image]) -> None:
        self._home = home
        self._address = address
        self._settings = Settings(
            _env_file=None, state=home / "state", sip_host=address, sip_port=sip_port,
            asterisk_http_port=sip_port, rtp_start=rtp, rtp_end=rtp + 98,
        )  # fmt: skip
        self._pages = home / "pages.tif"
        pages[0].save(self._pages, save_all=True, append_images=pages[1:], compression="group4", dpi=DPI)
        self._told = home / "told.txt"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self, tree: Path, line: str) -> None:
        """``line``: host:port of whom it is connected to."""
        self._line = line
        self._set_up(tree)
        self._process = await asyncio.create_subprocess_exec(
            *runtime.command_line(self._settings),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        await runtime.await_ready(self._settings)

    def _set_up(self, tree: Path) -> None:
        self._settings.root.mkdir()
        (self._settings.root / "asterisk").symlink_to(tree.resolve())
        runtime.prepare(self._settings)
        etc = Places.of(self._settings).etc
        for name, text in (
            ("extensions.conf", _DIALPLAN.format(station=STATION, pages=self._pages, told=self._told)),
            ("people/machine.conf", _LINE.format(address=self._line)),
            ("modules.conf", _MODULES),
        ):
            with (etc / name).open("a") as file:
                file.write(text)

    async def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            await self._process.wait()

    def send(self, number: str, caller: str, hang_up_after: int = 0) -> None:
        """``hang_up_after`` so many seconds on the line; 0 = when all was sent."""
        self._told.unlink(missing_ok=True)
        call = (
            f"Channel: PJSIP/line/sip:{number}@{self._line}\nCallerID: <{caller}>\nWaitTime: 20\n"
            f"Context: send\nExtension: {hang_up_after:02}\nPriority: 1\n"
        )
        draft = self._home / "call"
        draft.write_text(call)
        outgoing = Places.of(self._settings).spool / "outgoing"
        outgoing.mkdir(parents=True, exist_ok=True)
        draft.replace(outgoing / "call")

    async def told(self, within: float) -> str:
        """ "SUCCESS", "FAILED" … once its call is over."""
        async with asyncio.timeout(within):
            while True:
                said = await asyncio.to_thread(self._said)
                if said:
                    return said
                await asyncio.sleep(0.1)

    def _said(self) -> str:
        return self._told.read_text().strip() if self._told.exists() else ""


@asynccontextmanager
async def fax_machine(
    home: Path, tree: Path, line: str, address: str, ports: tuple[int, int], pages: list[Image.Image]
) -> AsyncIterator[FaxMachine]:
    """``ports``: (SIP, first of 99 for RTP)."""
    machine = FaxMachine(home, address, *ports, pages)
    try:
        await machine.start(tree, line)
        yield machine
    finally:
        await machine.stop()
