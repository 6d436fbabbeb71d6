"""SIP over UDP that survives lost packets: one socket, client and server transactions (RFC 3261, chapter 17)."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Protocol

from phones.message import Headers, Message, MessageError, parse, respond

T1 = 0.5
T2 = 4.0
Peer = tuple[str, int]


class NoAnswerError(TimeoutError):
    """No answer, however often it was sent."""


class Handler(Protocol):
    """Who gets requests."""

    def on_request(self, transaction: ServerTransaction) -> None: ...

    def on_ack(self, message: Message) -> None: ...


class ClientTransaction:
    """One request of ours: sent again until something comes back."""

    def __init__(self, wire: Wire, request: Message, peer: Peer, on_provisional: Callable[[Message], None]) -> None:
        self.wire, self.request, self.peer = wire, request, peer
        self.provisional: Message | None = None
        self.final: asyncio.Future[Message] = wire.loop.create_future()
        self._on_provisional = on_provisional
        self._packet = request.encode()
        self._invite = request.method == "INVITE"
        self._interval = wire.t1
        self._ack: tuple[bytes, Peer] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._give_up = wire.loop.call_later(64 * wire.t1, self._timed_out)
        self._transmit()

    def _transmit(self) -> None:
        self.wire.send(self._packet, self.peer)
        self._timer = self.wire.loop.call_later(self._interval, self._again)

    def _again(self) -> None:
        self.wire.retransmissions += 1
        self._interval = self._interval * 2 if self._invite else min(self._interval * 2, T2)
        self._transmit()

    def _timed_out(self) -> None:
        self._stop()
        self.wire.forget(self)
        if not self.final.done():
            self.final.set_exception(NoAnswerError(f"{self.request.method} {self.request.uri}: no answer"))
            self.final.exception()  # nobody may be waiting any more

    def _stop(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        self._give_up.cancel()

    def received(self, response: Message) -> None:
        if response.status < 200:
            if self.final.done():
                return
            self.provisional = response
            if self._invite:
                self._stop()
            self._on_provisional(response)
            return
        if self.final.done():  # the answer again: our ACK was lost
            if self._ack:
                self.wire.send(*self._ack)
            return
        self._stop()
        if self._invite and response.status >= 300:
            self.acknowledge(self._ack_of_failure(response), self.peer)
        self.final.set_result(response)
        self.wire.loop.call_later(64 * self.wire.t1, self.wire.forget, self)

    def acknowledge(self, ack: Message, peer: Peer) -> None:
        """Send the ACK of an INVITE's answer, and again whenever the answer comes again."""
        self._ack = (ack.encode(), peer)
        self.wire.send(*self._ack)

    def _ack_of_failure(self, response: Message) -> Message:
        headers = Headers([("Via", self.request.headers.get("Via")), ("Max-Forwards", "70")])
        headers.items += [("Route", value) for value in self.request.headers.all("Route")]
        headers.add("From", self.request.headers.get("From"))
        headers.add("To", response.headers.get("To"))
        headers.add("Call-ID", self.request.call_id)
        headers.add("CSeq", f"{self.request.cseq[0]} ACK")
        return Message(headers, method="ACK", uri=self.request.uri)

    def close(self) -> None:
        self._stop()
        if not self.final.done():
            self.final.cancel()


class ServerTransaction:
    """One request of theirs: the same answer for every repetition; answers to INVITE repeat until ACK."""

    def __init__(self, wire: Wire, request: Message, peer: Peer) -> None:
        self.wire, self.request, self.peer = wire, request, peer
        self.answered = False
        """a final answer was given"""
        self.acked: asyncio.Future[None] = wire.loop.create_future()
        """ends with ACK; NoAnswerError when it never comes"""
        self._last: bytes | None = None
        self._interval = wire.t1
        self._left = 64 * wire.t1
        self._timer: asyncio.TimerHandle | None = None

    def respond(self, response: Message) -> None:
        """Send ``response``; after a final one nothing more is sent."""
        if self.answered:
            return
        self._last = response.encode()
        self.wire.send(self._last, self.peer)
        if response.status >= 200:
            self.answered = True
            self.wire.loop.call_later(64 * self.wire.t1, self.wire.forget, self)
            if self.request.method == "INVITE":
                self._timer = self.wire.loop.call_later(self._interval, self._again)

    def reject(self, status: int, reason: str) -> None:
        self.respond(respond(self.request, status, reason, to_tag="none"))

    def repeated(self) -> None:
        if self._last:
            self.wire.send(self._last, self.peer)

    def _again(self) -> None:
        self._left -= self._interval
        if self._left <= 0:
            if not self.acked.done():
                self.acked.set_exception(NoAnswerError("no ACK"))
                self.acked.exception()
            return
        self.wire.retransmissions += 1
        self.repeated()
        self._interval = min(self._interval * 2, T2)
        self._timer = self.wire.loop.call_later(self._interval, self._again)

    def acknowledged(self) -> None:
        if self._timer:
            self._timer.cancel()
        if not self.acked.done():
            self.acked.set_result(None)

    def close(self) -> None:
        if self._timer:
            self._timer.cancel()
        if not self.acked.done():
            self.acked.cancel()


class Wire(asyncio.DatagramProtocol):
    """One UDP socket with its transactions. ``lose`` (packet → bool) throws packets away, to test repetition."""

    def __init__(self, handler: Handler, t1: float = T1) -> None:
        self.handler, self.t1 = handler, t1
        self.loop = asyncio.get_running_loop()
        self.address: Peer = ("", 0)
        self.lose: Callable[[bytes], bool] = lambda packet: False
        self.retransmissions = self.unreadable = 0
        self._clients: dict[tuple[str, str], ClientTransaction] = {}
        self._servers: dict[tuple[str, str, str], ServerTransaction] = {}
        self._transport: asyncio.DatagramTransport | None = None

    @classmethod
    async def open(cls, handler: Handler, local_ip: str, port: int, t1: float) -> Wire:
        loop = asyncio.get_running_loop()
        _, wire = await loop.create_datagram_endpoint(lambda: cls(handler, t1), local_addr=(local_ip, port))
        return wire

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]
        self.address = transport.get_extra_info("sockname")[:2]

    def error_received(self, exc: Exception) -> None:
        """A peer's port is closed: repetition and its deadline deal with it."""

    def send(self, packet: bytes, peer: Peer) -> None:
        if self._transport and not self._transport.is_closing() and not self.lose(packet):
            self._transport.sendto(packet, peer)

    def request(
        self, message: Message, peer: Peer, on_provisional: Callable[[Message], None] = lambda response: None
    ) -> ClientTransaction:
        transaction = ClientTransaction(self, message, peer, on_provisional)
        self._clients[(message.branch, message.method)] = transaction
        return transaction

    def knows(self, branch: str, method: str) -> bool:
        """A request of ours with this branch was sent."""
        return (branch, method) in self._clients

    def find_invite(self, cancel: Message) -> ServerTransaction | None:
        """The INVITE that ``cancel`` means."""
        return self._servers.get((cancel.branch, cancel.sent_by, "INVITE"))

    def datagram_received(self, data: bytes, addr: Peer) -> None:
        if not data.strip(b"\r\n\0") or self.lose(data):
            return
        try:
            message = parse(data)
        except MessageError:
            self.unreadable += 1
            return
        if message.status:
            client = self._clients.get((message.branch, message.cseq[1]))
            if client:
                client.received(message)
            return
        _note_source(message, addr)
        method = "INVITE" if message.method == "ACK" else message.method
        key = (message.branch, message.sent_by, method)
        server = self._servers.get(key)
        if message.method == "ACK":
            if server:
                server.acknowledged()
            self.handler.on_ack(message)
        elif server:
            server.repeated()
        else:
            self._servers[key] = server = ServerTransaction(self, message, addr)
            self.handler.on_request(server)

    def forget(self, transaction: ClientTransaction | ServerTransaction) -> None:
        request = transaction.request
        if isinstance(transaction, ClientTransaction):
            self._clients.pop((request.branch, request.method), None)
        else:
            self._servers.pop((request.branch, request.sent_by, request.method), None)

    def close(self) -> None:
        for client in self._clients.values():
            client.close()
        for server in self._servers.values():
            server.close()
        if self._transport:
            self._transport.close()


def _note_source(message: Message, source: Peer) -> None:
    """Fill in ``rport`` and ``received`` of the topmost Via (RFC 3581)."""
    for i, (name, value) in enumerate(message.headers.items):
        if name.lower() in ("via", "v"):
            filled = re.sub(r";\s*rport(?=[;,]|$)", f";rport={source[1]};received={source[0]}", value, count=1)
            message.headers.items[i] = (name, filled)
            return
