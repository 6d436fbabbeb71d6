"""Session descriptions: one audio stream of G.711 with telephone events."""

from __future__ import annotations

from dataclasses import dataclass

STATIC = {"PCMU": 0, "PCMA": 8}
OPPOSITE = {"sendonly": "recvonly", "recvonly": "sendonly", "sendrecv": "sendrecv", "inactive": "inactive"}
DIRECTIONS = frozenset(OPPOSITE)


class NoCommonCodecError(ValueError):
    """The other side offers nothing that we speak."""


@dataclass(frozen=True, slots=True)
class Media:
    """What one side said about its audio. ``direction`` is seen from that side."""

    host: str
    port: int
    codecs: tuple[tuple[str, int], ...]
    """(name, payload type) in that side's order of preference"""
    events: int | None
    """payload type of telephone-event"""
    direction: str = "sendrecv"

    @property
    def muted(self) -> bool:
        """That side does not want to hear us (hold)."""
        return self.direction in ("sendonly", "inactive") or self.host == "0.0.0.0"


def read(body: bytes) -> Media | None:
    """The first audio stream of ``body``, or None when there is none."""
    host, port, direction = "", 0, ""
    listed: list[int] = []
    names = {number: name for name, number in STATIC.items()}
    section = "session"
    for line in body.decode("utf-8", "replace").splitlines():
        kind, _, value = line.strip().partition("=")
        if kind == "m":
            if section == "audio":
                break
            words = value.split()
            section = words[0] if words else ""
            if section == "audio" and len(words) > 3:
                port, listed = int(words[1].split("/")[0]), [int(w) for w in words[3:] if w.isdigit()]
        elif section not in ("session", "audio"):
            continue
        elif kind == "c":
            host = value.split()[-1]
        elif kind == "a" and value in DIRECTIONS:
            direction = value
        elif kind == "a" and value.startswith("rtpmap:"):
            number, _, codec = value[7:].partition(" ")
            names[int(number)] = codec.split("/")[0].upper()
    if not listed:
        return None
    codecs = tuple((names[n], n) for n in listed if names.get(n) in STATIC)
    events = next((n for n in listed if names.get(n) == "TELEPHONE-EVENT"), None)
    return Media(host, port, codecs, events, direction or "sendrecv")


def write(media: Media, session: int, version: int) -> bytes:
    """The body that tells ``media``."""
    numbers = [n for _, n in media.codecs] + ([media.events] if media.events is not None else [])
    lines = [
        "v=0",
        f"o=phone {session} {version} IN IP4 {media.host}",
        "s=-",
        f"c=IN IP4 {media.host}",
        "t=0 0",
        f"m=audio {media.port} RTP/AVP {' '.join(map(str, numbers))}",
        *(f"a=rtpmap:{n} {name}/8000" for name, n in media.codecs),
    ]
    if media.events is not None:
        lines += [f"a=rtpmap:{media.events} telephone-event/8000", f"a=fmtp:{media.events} 0-16"]
    lines += ["a=ptime:20", f"a={media.direction}", ""]
    return "\r\n".join(lines).encode()


def agree(ours: tuple[str, ...], theirs: Media) -> tuple[str, int]:
    """The codec to send: the first of theirs that we speak. Raises NoCommonCodecError."""
    for name, number in theirs.codecs:
        if name in ours:
            return name, number
    raise NoCommonCodecError(f"offered {theirs.codecs}, spoken {ours}")
