"""Audio on the wire: RTP both ways at 20 ms, telephone events (RFC 4733), one pacing clock for a whole process."""

from __future__ import annotations

import asyncio
import random
import socket
import struct
from collections import deque
from typing import ClassVar
from weakref import WeakKeyDictionary

from phones.ear import Ear
from phones.sdp import STATIC, Media, agree
from phones.sound import FRAME, Sound, silence

TICK = 0.02
STALLED = 0.2
"""a clock this late starts afresh instead of sending a flood"""
KEYS = "0123456789*#ABCD"
EVENT_TICKS = 5
"""how long one key is pressed: 100 ms"""
EVENT_ENDS = 3
GAP_TICKS = 4
_HEADER = struct.Struct("!BBHII")


class Pacer:
    """Calls ``tick`` of every session of this event loop each 20 ms; runs only while there are any."""

    _of: ClassVar[WeakKeyDictionary[asyncio.AbstractEventLoop, Pacer]] = WeakKeyDictionary()

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._sessions: dict[RtpSession, None] = {}
        self._due = 0.0
        self._timer: asyncio.TimerHandle | None = None

    @classmethod
    def current(cls) -> Pacer:
        loop = asyncio.get_running_loop()
        if loop not in cls._of:
            cls._of[loop] = cls(loop)
        return cls._of[loop]

    def add(self, session: RtpSession) -> None:
        self._sessions[session] = None
        if self._timer is None:
            self._due = self._loop.time()
            self._timer = self._loop.call_soon(self._tick)  # type: ignore[assignment]

    def remove(self, session: RtpSession) -> None:
        self._sessions.pop(session, None)

    def _tick(self) -> None:
        for session in tuple(self._sessions):
            session.tick()
        if not self._sessions:
            self._timer = None
            return
        self._due += TICK
        now = self._loop.time()
        if now - self._due > STALLED:
            self._due = now
        self._timer = self._loop.call_at(self._due, self._tick)


class RtpSession:
    """One call's audio. Sends ``sound`` to the peer once connected; everything heard goes to ``ear``."""

    def __init__(self, local_ip: str, sound: Sound) -> None:
        self.ear = Ear()
        self.local_ip = local_ip
        self.sent = self.received = 0
        self.sending = True
        """False on hold: nothing leaves"""
        self._socket = _even_port(local_ip)
        self.port: int = self._socket.getsockname()[1]
        self._remote: tuple[str, int] | None = None
        self._codec, self._type = "PCMA", STATIC["PCMA"]
        self._events: int | None = None
        self._decoders = {number: name for name, number in STATIC.items()}
        self._ssrc, self._sequence, self._time = random.getrandbits(32), random.getrandbits(15), random.getrandbits(30)
        self._keys: deque[tuple[bytes, bool] | None] = deque()
        self._key_time = 0
        self._pressed: deque[asyncio.Future[None]] = deque()
        self._said: asyncio.Future[None] | None = None
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._socket.fileno(), self._readable)
        self._closed = False
        self.say(sound)

    def connect(self, theirs: Media, ours: tuple[str, ...]) -> None:
        """Send to where ``theirs`` says from now on. Raises sdp.NoCommonCodecError."""
        self._codec, self._type = agree(ours, theirs)
        self._decoders.update({number: name for name, number in theirs.codecs})
        self._events = theirs.events
        self.ear.events = theirs.events if theirs.events is not None else 101
        self._remote = (theirs.host, theirs.port) if theirs.port else None
        self._frames = self.sound.frames(self._codec)
        self._quiet = silence().frames(self._codec)[0]
        Pacer.current().add(self)

    def say(self, sound: Sound) -> asyncio.Future[None]:
        """Speak ``sound`` from its beginning. The future ends when it was said (never for one that loops)."""
        if self._said and not self._said.done():
            self._said.cancel()
        self.sound, self._at = sound, 0
        self._frames = sound.frames(self._codec)
        self._quiet = silence().frames(self._codec)[0]
        self._said = self._loop.create_future()
        return self._said

    def press(self, digits: str) -> asyncio.Future[None]:
        """Queue the keys; the future ends when the last was sent."""
        for digit in digits.upper():
            event = KEYS.index(digit)
            for n in range(1, EVENT_TICKS + EVENT_ENDS + 1):
                end = 0x80 if n > EVENT_TICKS else 0
                payload = struct.pack("!BBH", event, end | 10, min(n, EVENT_TICKS) * FRAME)
                self._keys.append((payload, n == 1))
            self._keys.extend([None] * GAP_TICKS)
        done: asyncio.Future[None] = self._loop.create_future()
        self._pressed.append(done)
        return done

    def tick(self) -> None:
        """Send what is due in this 20 ms."""
        self._time = (self._time + FRAME) & 0xFFFFFFFF
        if self._keys:
            key = self._keys.popleft()
            if key is None or self._events is None:
                self._send(self._type, self._quiet, self._time)
            else:
                payload, first = key
                if first:
                    self._key_time = self._time
                self._send(self._events | (0x80 if first else 0), payload, self._key_time)
            if not self._keys:
                while self._pressed:
                    _settle(self._pressed.popleft())
        elif self._at < len(self._frames):
            self._send(self._type, self._frames[self._at], self._time)
            self._at += 1
            if self._at == len(self._frames):
                if self.sound.loop:
                    self._at = 0
                elif self._said:
                    _settle(self._said)
        else:
            self._send(self._type, self._quiet, self._time)

    def _send(self, kind: int, payload: bytes, stamp: int) -> None:
        if not self.sending or self._remote is None:
            return
        self._sequence = (self._sequence + 1) & 0xFFFF
        try:
            self._socket.sendto(_HEADER.pack(0x80, kind, self._sequence, stamp, self._ssrc) + payload, self._remote)
            self.sent += 1
        except OSError:
            pass  # a full buffer, or a peer that closed its port: real networks lose packets too

    def _readable(self) -> None:
        for _ in range(20):
            try:
                packet, source = self._socket.recvfrom(2048)
            except OSError:
                return
            if len(packet) < 12 or packet[0] >> 6 != 2:
                continue
            kind = packet[1] & 0x7F
            start = 12 + 4 * (packet[0] & 0x0F)
            if packet[0] & 0x10 and len(packet) >= start + 4:
                start += 4 + 4 * int.from_bytes(packet[start + 2 : start + 4], "big")
            if kind in self._decoders:
                self.ear.hear(packet[start:], self._decoders[kind])
            elif kind == self.ear.events:
                self.ear.feel(packet[start:], int.from_bytes(packet[4:8], "big"))
            else:
                continue  # RTCP of a neighbour, comfort noise
            self.received += 1
            if self._remote and source != self._remote:
                self._remote = source  # symmetric RTP: answer to where it comes from

    def close(self) -> None:
        """Stop sending and listening; what was heard stays in ``ear``."""
        if self._closed:
            return
        self._closed = True
        Pacer.current().remove(self)
        self._loop.remove_reader(self._socket.fileno())
        self._socket.close()
        for future in (*self._pressed, self._said):
            if future and not future.done():
                future.cancel()


def _settle(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


def _even_port(local_ip: str) -> socket.socket:
    """A bound UDP socket; even, because the next port up is where peers send RTCP."""
    for _ in range(50):
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.setblocking(False)
        sock.bind((local_ip, 0))
        if sock.getsockname()[1] % 2 == 0:
            return sock
        sock.close()
    raise OSError(f"no even UDP port free on {local_ip}")


__all__ = ["KEYS", "Pacer", "RtpSession"]
