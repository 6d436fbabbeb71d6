"""The system's Chromium with a microphone that plays a tone, and a look at what its loudspeaker gets."""

from __future__ import annotations

import array
import math
import os
import shutil
import tempfile
import wave
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from screens.stage import Stage, staged

ROOT = Path(__file__).parents[2]
MICROPHONE_TONE = 850
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"

WATCH_TRACKS = """
window.heardTracks = []
window.connections = []
const Original = window.RTCPeerConnection
window.RTCPeerConnection = class extends Original {
  constructor(...given) {
    super(...given)
    window.connections.push(this)
    this.addEventListener('track', (event) => window.heardTracks.push(event.track))
  }
}
"""

LOUDEST = """async () => {
  const track = window.heardTracks.at(-1)
  if (!track) return 0
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 8192
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
  await new Promise((done) => setTimeout(done, 500))
  const levels = new Float32Array(analyser.frequencyBinCount)
  analyser.getFloatFrequencyData(levels)
  let best = 0
  for (let bin = 1; bin < levels.length; bin++) if (levels[bin] > levels[best]) best = bin
  const found = levels[best] > -60 ? (best * context.sampleRate) / analyser.fftSize : 0
  await context.close()
  return found
}"""
"""frequency in Hz of the loudest sound that the browser plays; 0 in silence"""


@pytest.fixture(scope="session")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sound") / "microphone.wav"
    rate = 48000
    samples = array.array(
        "h", (int(9000 * math.sin(2 * math.pi * MICROPHONE_TONE * n / rate)) for n in range(rate * 4))
    )
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(samples.tobytes())
    return file


@asynccontextmanager
async def launched(microphone: Path, *more: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-audio-capture={microphone}",
                "--allow-loopback-in-peer-connection",
                "--autoplay-policy=no-user-gesture-required",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                *more,
            ],
        )
        yield browser
        await browser.close()


@pytest.fixture
async def chromium(microphone: Path) -> AsyncIterator[Browser]:
    """Every page may use the microphone."""
    async with launched(microphone, "--use-fake-ui-for-media-stream") as browser:
        yield browser


@pytest.fixture
async def asking_chromium(microphone: Path) -> AsyncIterator[Browser]:
    """The microphone is given to whom it was permitted, as a person's browser does."""
    async with launched(microphone) as browser:
        yield browser


@pytest.fixture
async def page(chromium: Browser) -> AsyncIterator[Page]:
    """A page in Russian at 1440×900; a script error in it fails the test."""
    context = await chromium.new_context(viewport={"width": 1440, "height": 900}, locale="ru-RU")
    opened = await context.new_page()
    await opened.add_init_script(WATCH_TRACKS)
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    await context.close()
    assert errors == []


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def stage() -> AsyncIterator[Stage]:
    """The company of the pictures, without telephones; nobody changes it. Tests of it run in the session's loop."""
    home = Path(tempfile.mkdtemp(prefix="kaska-stage-"))
    os.chmod(home, 0o755)  # PostgreSQL may run as a user of its own
    try:
        async with staged(home, ROOT / ".state" / "prompts") as ready:
            yield ready
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def pages(stage: Stage, microphone: Path) -> AsyncIterator[Callable[[str], Awaitable[Page]]]:
    """Gives the page of somebody who is signed in."""
    opened: dict[str, Page] = {}
    async with launched(microphone, "--use-fake-ui-for-media-stream") as browser:

        async def page_of(who: str) -> Page:
            if who not in opened:
                opened[who] = await _page(browser, stage, who)
            return opened[who]

        yield page_of


async def _page(browser: Browser, stage: Stage, who: str) -> Page:
    context = await browser.new_context(
        locale="ru-RU", timezone_id="Europe/Moscow", base_url=stage.url, viewport={"width": 1280, "height": 720}
    )
    await context.clock.set_fixed_time(datetime.fromtimestamp(stage.at + 1.0, UTC))
    await context.add_init_script("localStorage.setItem('kaska.device', 'phone')")
    login, password = stage.login(who)
    assert (await context.request.post("/api/session", data={"login": login, "password": password})).ok
    return await context.new_page()
