"""The two ends of a call as SIP sees them: tags, sequence, route (RFC 3261, chapter 12)."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field

from phones.message import Address, Headers, Message, Uri, token

Peer = tuple[str, int]
ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, NOTIFY"
AGENT = "Kaska virtual phone"


@dataclass(slots=True)
class Dialog:
    """``local`` and ``remote`` carry the tags; ``target`` is where requests are for; ``routes`` how they get there."""

    call_id: str
    local: Address
    remote: Address
    target: str
    contact: str
    wire_address: Peer
    fallback: Peer
    """where to send when the target's host is a name: where the call began"""
    routes: list[str] = field(default_factory=list)
    cseq: int = 0

    @staticmethod
    def of_invite(invite: Message, tag: str, contact: str, wire_address: Peer, source: Peer) -> Dialog:
        """The dialog that an arriving INVITE opens."""
        to, sender = Address.parse(invite.headers.get("To")), Address.parse(invite.headers.get("From"))
        local = Address(to.uri, to.name, {**to.parameters, "tag": tag})
        contacts = invite.headers.listed("Contact")
        target = Address.parse(contacts[0]).uri if contacts else sender.uri
        routes = invite.headers.listed("Record-Route")
        return Dialog(invite.call_id, local, sender, target, contact, wire_address, source, routes)

    def confirmed_by(self, response: Message) -> None:
        """Learn tag, target and route from an answer to our INVITE."""
        self.remote = Address.parse(response.headers.get("To"))
        self.routes = list(reversed(response.headers.listed("Record-Route")))
        self.retarget(response)

    def retarget(self, message: Message) -> None:
        contacts = message.headers.listed("Contact")
        if contacts:
            self.target = Address.parse(contacts[0]).uri

    def request(self, method: str, body: bytes = b"", cseq: int = 0) -> Message:
        """The next request in this dialog (``cseq`` set: that number, for ACK)."""
        if not cseq:
            self.cseq += 1
        host, port = self.wire_address
        headers = Headers([("Via", f"SIP/2.0/UDP {host}:{port};branch=z9hG4bK{token()};rport"), ("Max-Forwards", "70")])
        headers.items += [("Route", route) for route in self.routes]
        headers.add("From", str(self.local))
        headers.add("To", str(self.remote))
        headers.add("Call-ID", self.call_id)
        headers.add("CSeq", f"{cseq or self.cseq} {method}")
        headers.add("User-Agent", AGENT)
        if method == "INVITE":
            headers.add("Contact", f"<{self.contact}>")
            headers.add("Allow", ALLOW)
        if body:
            headers.add("Content-Type", "application/sdp")
        return Message(headers, method=method, uri=self.target, body=body)

    def peer(self) -> Peer:
        """The address that the next request goes to."""
        return resolve(Address.parse(self.routes[0]).uri if self.routes else self.target) or self.fallback


def resolve(uri: str) -> Peer | None:
    """Host and port of a URI whose host is an IPv4 address."""
    parsed = Uri.parse(uri)
    try:
        return str(ipaddress.IPv4Address(parsed.host)), parsed.port or 5060
    except ValueError:
        return ("127.0.0.1", parsed.port or 5060) if parsed.host == "localhost" else None
