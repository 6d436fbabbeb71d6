"""What is offered and answered about a call's audio (RFC 3264), and what that does to its RTP."""

from __future__ import annotations

import random

from phones import sdp
from phones.rtp import RtpSession

EVENTS = 101


class Negotiation:
    """``theirs`` is the newest word of the other side; ``holding`` says that we put it on hold."""

    def __init__(self, rtp: RtpSession, codecs: tuple[str, ...]) -> None:
        self.rtp, self.codecs = rtp, codecs
        self.theirs: sdp.Media | None = None
        self.holding = False
        self._session, self._version = random.getrandbits(30), 0

    def offer(self) -> bytes:
        """Our session description, not answering anything."""
        codecs = tuple((name, sdp.STATIC[name]) for name in self.codecs)
        return self._write(codecs, EVENTS, "sendonly" if self.holding else "sendrecv")

    def reply(self, theirs: sdp.Media) -> bytes:
        """Accept an offer and answer it. Raises sdp.NoCommonCodecError."""
        codec = sdp.agree(self.codecs, theirs)
        direction = sdp.OPPOSITE[theirs.direction]
        if self.holding:
            direction = {"sendrecv": "sendonly", "recvonly": "inactive"}.get(direction, direction)
        self.accept(theirs)
        return self._write((codec,), theirs.events, direction)

    def accept(self, theirs: sdp.Media) -> None:
        """Talk as ``theirs`` says from now on. Raises sdp.NoCommonCodecError."""
        self.theirs = theirs
        self.rtp.connect(theirs, self.codecs)
        self.rtp.sending = not (theirs.muted or self.holding)

    def _write(self, codecs: tuple[tuple[str, int], ...], events: int | None, direction: str) -> bytes:
        self._version += 1
        media = sdp.Media(self.rtp.local_ip, self.rtp.port, codecs, events, direction)
        return sdp.write(media, self._session, self._version)
