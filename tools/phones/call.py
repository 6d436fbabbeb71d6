"""One call of a virtual phone, from either side, from the first signal to the last."""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING
from urllib.parse import quote

from phones import sdp
from phones.cause import CallError, EndCause
from phones.dialog import ALLOW, Dialog, Peer
from phones.digest import authorization, read_challenge
from phones.ear import Listening
from phones.message import Address, Headers, Message, Uri, respond
from phones.negotiation import Negotiation
from phones.rtp import RtpSession
from phones.sound import Sound
from phones.transactions import ClientTransaction, NoAnswerError, ServerTransaction

if TYPE_CHECKING:
    from phones.phone import Phone


class Call(Listening):
    """``state``: "calling" or "ringing" → "up" → "over". Made by Phone.dial and Phone.incoming only."""

    def __init__(self, phone: Phone, dialog: Dialog, sound: Sound, invite: Message, outgoing: bool) -> None:
        self.phone, self.dialog, self.invite, self.outgoing = phone, dialog, invite, outgoing
        self.state = "calling" if outgoing else "ringing"
        self.headers: Headers = invite.headers if not outgoing else Headers()
        """of the arriving INVITE; of the newest answer when we called"""
        self.rtp = RtpSession(phone.local_ip, sound)
        self.ear = self.rtp.ear
        self.media = Negotiation(self.rtp, phone.codecs)
        self.end_cause: EndCause | None = None
        self.started_at = time.monotonic()
        self.answered_at: float | None = None
        self.ended_at: float | None = None
        self.client: ClientTransaction | None = None
        self.server: ServerTransaction | None = None
        self._cancelling = self._busy = False
        self._rings, self._up, self._over, self._turn, self._told = (asyncio.Event() for _ in range(5))
        self.transfer = 0
        """status of the transfer that we asked for, as far as it was told"""
        address = Address.parse(invite.headers.get("From"))
        self.caller_name = address.name
        self.caller = Uri.parse(address.uri).user
        self.callee = Uri.parse(invite.uri).user

    # --- waiting ---------------------------------------------------------------------------------------------------

    async def answered(self, within: float = 15.0) -> Call:
        """Wait until both are connected. Raises CallError when it ended instead, TimeoutError when neither."""
        await self._wait(self._up, within, "answered")
        if self.answered_at is None:
            raise CallError(self.end_cause or EndCause("network"))
        return self

    async def ringing(self, within: float = 15.0) -> None:
        """Wait for the other side's 180 or 183. Raises CallError when the call is over without."""
        await self._wait(self._rings, within, "ringing")
        if self.state == "over" and self.answered_at is None:
            raise CallError(self.end_cause or EndCause("network"))

    async def ended(self, within: float = 15.0) -> EndCause:
        """Wait until the call is over."""
        await self._wait(self._over, within, "over")
        assert self.end_cause
        return self.end_cause

    async def told(self, status: int, within: float = 5.0) -> None:
        """Wait until the transfer that we asked for is told to have come to ``status``."""
        async with asyncio.timeout(within):
            while self.transfer != status:
                self._told.clear()
                await self._told.wait()

    async def put_on_hold(self, within: float = 5.0) -> None:
        """Wait until the other side holds us (by a re-INVITE)."""
        await self._turned(True, within)

    async def taken_back(self, within: float = 5.0) -> None:
        await self._turned(False, within)

    async def _turned(self, held: bool, within: float) -> None:
        async with asyncio.timeout(within):
            while self.held != held and self.state != "over":
                self._turn.clear()
                await self._turn.wait()
        if self.held != held:
            raise CallError(self.end_cause or EndCause("network"))

    async def _wait(self, event: asyncio.Event, within: float, word: str) -> None:
        try:
            async with asyncio.timeout(within):
                await event.wait()
        except TimeoutError:
            raise TimeoutError(f"call to {self.callee} is {self.state}, not {word}, after {within:g} s") from None

    # --- doing -----------------------------------------------------------------------------------------------------

    async def answer(self) -> Call:
        """Pick up; returns when the other side confirmed. Raises CallError when they were gone already."""
        if self.server is None or self.state != "ringing":
            raise CallError(self.end_cause or EndCause("us", text=f"cannot answer: {self.state}"))
        server, theirs = self.server, self.media.theirs
        try:
            body = self.media.offer() if theirs is None else self._reply(theirs)
        except sdp.NoCommonCodecError as error:
            self.reject(488, str(error))
            raise CallError(self.end_cause or EndCause("us", 488)) from None
        self.state, self.answered_at = "up", time.monotonic()
        server.respond(self._ok(server.request, body))
        self._up.set()
        try:
            await asyncio.shield(server.acked)
        except NoAnswerError:
            await self.hang_up()
            raise CallError(EndCause("network", text="no ACK")) from None
        return self

    def reject(self, status: int = 486, reason: str = "Busy Here") -> None:
        """Refuse an arriving call."""
        if self.server and self.state == "ringing":
            self.server.respond(respond(self.server.request, status, reason, self.dialog.local.tag))
            self.finish(EndCause("us", status, reason))

    async def hang_up(self, within: float = 5.0) -> None:
        """End the call in whatever state it is: CANCEL, BYE or 480. Nothing when it is over already."""
        if self.state == "over":
            return
        if self.state == "ringing" and not self.outgoing:
            self.reject(480, "Temporarily Unavailable")
        elif self.state == "calling":
            self._cancelling = True
            if self.client and self.client.provisional:
                self._cancel()
            await self.ended(within)
        else:
            await self._bye()

    async def vanish(self) -> None:
        """Be gone without a word, as when the network breaks: no BYE, no RTP, no answers any more."""
        self.phone.ignored.add(self.dialog.call_id)
        self.finish(EndCause("network", text="vanished"))

    def press(self, digits: str) -> asyncio.Future[None]:
        """Send keys as telephone events, 100 ms each; await it to know that they are sent."""
        return self.rtp.press(digits)

    def say(self, sound: Sound) -> asyncio.Future[None]:
        """Change what we say; await it to know that a sound which does not loop was said."""
        return self.rtp.say(sound)

    async def hold(self) -> None:
        """Put the other side on hold. Raises CallError when it refuses."""
        self.media.holding = True
        await self._reinvite()

    async def resume(self) -> None:
        self.media.holding = False
        await self._reinvite()

    async def refer(self, target: str, replacing: Call | None = None) -> int:
        """Ask the other side to call ``target`` instead of us; the status of its answer. What comes of it it tells by
        NOTIFY; a transfer that was made ends this call. ``replacing``: our other call, whose place it shall take."""
        if replacing is not None:
            other = replacing.dialog
            tags = f"to-tag={other.remote.parameters['tag']};from-tag={other.local.parameters['tag']}"
            target += "?Replaces=" + quote(f"{other.call_id};{tags}", safe="")
        request = self.dialog.request("REFER")
        request.headers.add("Contact", f"<{self.dialog.contact}>")
        request.headers.add("Refer-To", f"<{target}>")
        request.headers.add("Referred-By", f"<{self.phone.contact}>")
        return (await self.phone.wire.request(request, self.dialog.peer()).final).status

    # --- our requests ----------------------------------------------------------------------------------------------

    async def establish(self, peer: Peer) -> None:
        """Carry an outgoing call to "up" or "over"; run as a task by the phone."""
        try:
            response = await self._invite(peer)
        except NoAnswerError as error:
            self.finish(EndCause("network", 408, str(error)))
            return
        self.headers = response.headers
        if response.status >= 300:
            self.finish(EndCause.of(response, "us" if self._cancelling and response.status == 487 else "them"))
            return
        self.dialog.confirmed_by(response)
        self._acknowledge(response)
        media = sdp.read(response.body) if response.body else self.media.theirs
        if media is None or self._cancelling:
            await self._bye()
            return
        self._hear(media)
        self.state, self.answered_at = "up", time.monotonic()
        self._rings.set()
        self._up.set()

    async def _invite(self, peer: Peer) -> Message:
        """Send the INVITE, with credentials when asked for them; the final answer."""
        self.client = self.phone.wire.request(self.invite, peer, self._provisional)
        response = await self.client.final
        name = {401: "Authorization", 407: "Proxy-Authorization"}.get(response.status)
        if name and self.phone.user and not self._cancelling:
            offered = response.headers.all("WWW-Authenticate") + response.headers.all("Proxy-Authenticate")
            challenge = next(filter(None, map(read_challenge, offered)), None)
            if challenge:
                again = self.dialog.request("INVITE", self.invite.body)
                again.headers.add(
                    name, authorization(challenge, self.phone.user, self.phone.password, "INVITE", again.uri)
                )
                self.invite = again
                self.client = self.phone.wire.request(again, peer, self._provisional)
                response = await self.client.final
        return response

    def _provisional(self, response: Message) -> None:
        self.headers = response.headers
        if self._cancelling:
            self._cancel()
        media = sdp.read(response.body) if response.body else None
        if media and self.state == "calling":
            self._hear(media)
        if response.status > 100:
            self._rings.set()

    def _cancel(self) -> None:
        """CANCEL goes the way of the INVITE, with its branch and number."""
        assert self.client
        invite = self.client.request
        kept = ("Via", "From", "To", "Call-ID", "Max-Forwards")
        headers = Headers([(n, v) for n, v in invite.headers.items if n in kept])
        headers.add("CSeq", f"{invite.cseq[0]} CANCEL")
        if not self.phone.wire.knows(invite.branch, "CANCEL"):
            self.phone.wire.request(Message(headers, method="CANCEL", uri=invite.uri), self.client.peer)

    async def _bye(self) -> None:
        self.finish(EndCause("us"))
        transaction = self.phone.wire.request(self.dialog.request("BYE"), self.dialog.peer())
        try:
            async with asyncio.timeout(5.0):
                await asyncio.shield(transaction.final)
        except TimeoutError:
            return  # repetition goes on in the background

    async def _reinvite(self) -> None:
        for _ in range(6):
            response = await self._ask_again()
            if response.status != 491:
                break
            await asyncio.sleep(random.uniform(0.1, 1.0))  # both asked at once: RFC 3261, 14.1
        if response.status >= 300:
            raise CallError(EndCause.of(response))

    async def _ask_again(self) -> Message:
        """One re-INVITE with our present session description, its ACK sent; the answer."""
        self._busy = True
        try:
            request = self.dialog.request("INVITE", self.media.offer())
            transaction = self.phone.wire.request(request, self.dialog.peer())
            response = await transaction.final
        finally:
            self._busy = False
        if response.status < 300:
            self.dialog.retarget(response)
            transaction.acknowledge(self.dialog.request("ACK", cseq=request.cseq[0]), self.dialog.peer())
            if media := sdp.read(response.body):
                self._hear(media)
        return response

    def _acknowledge(self, response: Message) -> None:
        assert self.client
        self.client.acknowledge(self.dialog.request("ACK", cseq=response.cseq[0]), self.dialog.peer())

    # --- their requests --------------------------------------------------------------------------------------------

    def offered(self, server: ServerTransaction) -> None:
        """An INVITE arrived for us."""
        self.server = server
        self.media.theirs = sdp.read(server.request.body) if server.request.body else None
        server.respond(respond(server.request, 180, "Ringing", self.dialog.local.tag))

    def requested(self, server: ServerTransaction) -> None:
        """A request arrived inside the call."""
        request = server.request
        if request.method == "BYE":
            if self.server:
                self.server.acknowledged()  # nobody sends an ACK for a call that is over
            server.respond(respond(request, 200, "OK"))
            self.finish(EndCause.of(request))
        elif request.method == "INVITE":
            self._reoffered(server)
        elif request.method == "NOTIFY":
            if b"SIP/2.0" in request.body:  # how the transfer that we asked for goes
                self.transfer = int(request.body.split()[1])
                self._told.set()
            server.respond(respond(request, 200, "OK"))
        elif request.method == "INFO" and b"Signal=" in request.body:
            self.ear.digits += request.body.split(b"Signal=")[1][:1].decode()
            server.respond(respond(request, 200, "OK"))
        else:
            server.respond(respond(request, 200, "OK"))

    def _reoffered(self, server: ServerTransaction) -> None:
        request = server.request
        if self._busy or self.state == "over":
            server.respond(respond(request, 491, "Request Pending"))
            return
        self.dialog.retarget(request)
        self.server = server
        theirs = sdp.read(request.body) if request.body else None
        server.respond(self._ok(request, self.media.offer() if theirs is None else self._reply(theirs)))

    def cancelled(self, cancel: Message) -> None:
        if self.server and self.state == "ringing":
            self.server.respond(respond(self.server.request, 487, "Request Terminated", self.dialog.local.tag))
            self.finish(EndCause.of(cancel))

    def acked(self, ack: Message) -> None:
        if self.server and self.server.request.cseq[0] == ack.cseq[0]:
            self.server.acknowledged()
            if media := sdp.read(ack.body):
                self._hear(media)

    # --- media -----------------------------------------------------------------------------------------------------

    @property
    def held(self) -> bool:
        """The other side has put us on hold."""
        return self.media.theirs is not None and self.media.theirs.muted

    def _hear(self, theirs: sdp.Media) -> None:
        self.media.accept(theirs)
        self._turn.set()

    def _reply(self, theirs: sdp.Media) -> bytes:
        body = self.media.reply(theirs)
        self._turn.set()
        return body

    def _ok(self, request: Message, body: bytes) -> Message:
        response = respond(request, 200, "OK", self.dialog.local.tag)
        response.headers.add("Contact", f"<{self.dialog.contact}>")
        response.headers.add("Allow", ALLOW)
        response.headers.add("Content-Type", "application/sdp")
        response.body = body
        return response

    def finish(self, cause: EndCause) -> None:
        """The call is over; later causes do not count."""
        if self.state == "over":
            return
        self.state, self.end_cause, self.ended_at = "over", cause, time.monotonic()
        self.rtp.close()
        self.phone.forget(self)
        for event in (self._rings, self._up, self._over, self._turn):
            event.set()

    def __repr__(self) -> str:
        return f"<Call {self.caller} → {self.callee} {self.state}>"
