"""SIP messages as text: parse what arrives, write what leaves (RFC 3261, UDP only)."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

COMPACT = {
    "v": "via",
    "f": "from",
    "t": "to",
    "m": "contact",
    "i": "call-id",
    "c": "content-type",
    "l": "content-length",
    "k": "supported",
    "s": "subject",
    "e": "content-encoding",
}
USER_SAFE = "-_.!~*'()&=+$,;?/"
_URI = re.compile(r"^(sips?):(?:([^@]*)@)?(\[[^\]]+\]|[^:;?>@]+)(?::(\d+))?((?:;[^?]*)?)(\?.*)?$", re.IGNORECASE)
_PARAMETER = re.compile(r';\s*([^\s;=]+)(?:\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*))?')


class MessageError(ValueError):
    """What arrived is not SIP."""


class Headers:
    """Ordered headers; names compare without case and in full form."""

    def __init__(self, items: list[tuple[str, str]] | None = None) -> None:
        self.items: list[tuple[str, str]] = list(items or [])

    @staticmethod
    def _key(name: str) -> str:
        low = name.lower()
        return COMPACT.get(low, low)

    def add(self, name: str, value: str | int) -> None:
        self.items.append((name, str(value)))

    def get(self, name: str, default: str = "") -> str:
        """The first value of ``name``."""
        key = self._key(name)
        return next((value for n, value in self.items if self._key(n) == key), default)

    def all(self, name: str) -> list[str]:
        key = self._key(name)
        return [value for n, value in self.items if self._key(n) == key]

    def listed(self, name: str) -> list[str]:
        """Values of a header that may also be comma separated (Via, Route, Record-Route, Contact)."""
        return [part for value in self.all(name) for part in split_outside_quotes(value)]

    def __getitem__(self, name: str) -> str:
        if name not in self:
            raise KeyError(name)
        return self.get(name)

    def __contains__(self, name: object) -> bool:
        key = self._key(str(name))
        return any(self._key(n) == key for n, _ in self.items)

    def __repr__(self) -> str:
        return f"Headers({self.items!r})"


def split_outside_quotes(value: str, separator: str = ",") -> list[str]:
    """Split on ``separator`` where it is neither inside quotes nor inside angle brackets."""
    parts, start, quoted, depth, skip = [], 0, False, 0, False
    for i, char in enumerate(value):
        if skip:
            skip = False
        elif quoted and char == "\\":
            skip = True
        elif char == '"':
            quoted = not quoted
        elif not quoted and char in "<>":
            depth += 1 if char == "<" else -1
        elif char == separator and not quoted and depth <= 0:
            parts.append(value[start:i].strip())
            start = i + 1
    parts.append(value[start:].strip())
    return [part for part in parts if part]


@dataclass(slots=True)
class Message:
    """A request (``method`` set) or a response (``status`` set)."""

    headers: Headers
    method: str = ""
    uri: str = ""
    status: int = 0
    reason: str = ""
    body: bytes = b""

    @property
    def cseq(self) -> tuple[int, str]:
        number, _, method = self.headers.get("CSeq").partition(" ")
        return int(number), method.strip().upper()

    @property
    def call_id(self) -> str:
        return self.headers.get("Call-ID")

    @property
    def branch(self) -> str:
        vias = self.headers.listed("Via")
        return parameters(vias[0]).get("branch", "") if vias else ""

    @property
    def sent_by(self) -> str:
        vias = self.headers.listed("Via")
        return vias[0].split(";")[0].split()[-1] if vias else ""

    def encode(self) -> bytes:
        first = f"{self.method} {self.uri} SIP/2.0" if self.method else f"SIP/2.0 {self.status} {self.reason}"
        lines = [first, *(f"{n}: {v}" for n, v in self.headers.items if n.lower() not in ("content-length", "l"))]
        head = "\r\n".join([*lines, f"Content-Length: {len(self.body)}", "", ""])
        return head.encode("utf-8", "surrogateescape") + self.body


def parse(packet: bytes) -> Message:
    """Read one datagram. Raises MessageError."""
    head, _, body = packet.partition(b"\r\n\r\n")
    lines = head.decode("utf-8", "surrogateescape").replace("\r\n ", " ").replace("\r\n\t", " ").split("\r\n")
    headers = Headers()
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if not colon:
            raise MessageError(f"no colon in header {line[:60]!r}")
        headers.add(name.strip(), value.strip())
    first = lines[0].split(" ", 2)
    if len(first) < 2:
        raise MessageError(f"first line {lines[0][:60]!r}")
    if first[0] == "SIP/2.0" and first[1].isdigit():
        message = Message(headers, status=int(first[1]), reason=first[2] if len(first) > 2 else "", body=body)
    elif len(first) == 3 and first[2] == "SIP/2.0":
        message = Message(headers, method=first[0].upper(), uri=first[1], body=body)
    else:
        raise MessageError(f"first line {lines[0][:60]!r}")
    try:
        _ = message.cseq
    except ValueError:
        raise MessageError("CSeq") from None
    return message


@dataclass(frozen=True, slots=True)
class Uri:
    """``sip:user@host:port;parameters``; ``user`` is unescaped."""

    host: str
    user: str = ""
    port: int = 0
    parameters: str = ""
    scheme: str = "sip"

    @staticmethod
    def parse(text: str) -> Uri:
        match = _URI.match(text.strip())
        if not match:
            raise MessageError(f"address {text[:80]!r}")
        scheme, user, host, port, rest, _ = match.groups()
        return Uri(host, unquote(user or ""), int(port or 0), rest or "", scheme.lower())

    def __str__(self) -> str:
        user = quote(self.user, safe=USER_SAFE) + "@" if self.user else ""
        port = f":{self.port}" if self.port else ""
        return f"{self.scheme}:{user}{self.host}{port}{self.parameters}"


@dataclass(frozen=True, slots=True)
class Address:
    """``"name" <uri>;parameters`` as in From, To, Contact and Route."""

    uri: str
    name: str = ""
    parameters: dict[str, str] = field(default_factory=dict)

    @staticmethod
    def parse(text: str) -> Address:
        quoted = re.match(r'\s*"((?:[^"\\]|\\.)*)"\s*<([^>]*)>(.*)$', text)
        if quoted:
            name = re.sub(r"\\(.)", r"\1", quoted[1])
            return Address(quoted[2], name, parameters(quoted[3]))
        plain = re.match(r"\s*([^<\"]*)<([^>]*)>(.*)$", text)
        if plain:
            return Address(plain[2], plain[1].strip(), parameters(plain[3]))
        uri, _, rest = text.strip().partition(";")
        return Address(uri, "", parameters(";" + rest) if rest else {})

    @property
    def tag(self) -> str:
        return self.parameters.get("tag", "")

    def __str__(self) -> str:
        escaped = self.name.replace("\\", "\\\\").replace('"', '\\"')
        name = f'"{escaped}" ' if self.name else ""
        rest = "".join(f";{k}={v}" if v else f";{k}" for k, v in self.parameters.items())
        return f"{name}<{self.uri}>{rest}"


def parameters(text: str) -> dict[str, str]:
    """``;a=1;b`` → {"a": "1", "b": ""}; names in lower case."""
    after = text[text.index(">") :] if ">" in text else text
    return {name.lower(): value.strip().strip('"') for name, value in _PARAMETER.findall(after)}


def token(length: int = 8) -> str:
    return secrets.token_hex(length)


def respond(request: Message, status: int, reason: str, to_tag: str = "") -> Message:
    """An answer to ``request`` with the headers every answer must copy."""
    headers = Headers()
    for name in ("Via", "From", "To", "Call-ID", "CSeq"):
        for value in request.headers.all(name):
            if name == "To" and to_tag and "tag" not in Address.parse(value).parameters:
                value = f"{value};tag={to_tag}"
            headers.add(name, value)
    for value in request.headers.all("Record-Route"):
        headers.add("Record-Route", value)
    return Message(headers, status=status, reason=reason)
