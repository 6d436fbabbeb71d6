"""A virtual phone: one SIP address with any number of calls."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any

from phones.call import Call
from phones.cause import EndCause
from phones.dialog import AGENT, ALLOW, Dialog, Peer, resolve
from phones.digest import authorization, read_challenge
from phones.ear import KNOWN_TONES
from phones.message import Address, Headers, Message, Uri, respond, token
from phones.sound import Sound, silence, tone
from phones.transactions import T1, NoAnswerError, ServerTransaction, Wire


class RegistrationError(Exception):
    """The registrar refused us or does not answer."""


class Phone:
    """Use as ``async with Phone(tone=440) as phone``; leaving hangs up, unregisters and closes.

    ``tone`` is what the phone says in its calls: one frequency or several (hertz, whole numbers), or 0 for silence;
    ``sound`` says anything else. ``auto_answer``: True, or seconds to let it ring, or None; such calls also come
    out of ``incoming()``. ``t1`` is SIP's basic interval of repetition.
    """

    def __init__(
        self,
        local_ip: str = "127.0.0.1",
        port: int = 0,
        tone: int | tuple[int, ...] = 0,
        sound: Sound | None = None,
        codecs: tuple[str, ...] = ("PCMA", "PCMU"),
        t1: float = T1,
    ) -> None:
        self.local_ip, self.codecs = local_ip, codecs
        self.user = "phone"
        self.password = ""
        self.registered = False
        self.auto_answer: bool | float | None = None
        self.on_call: Callable[[Call], None] | None = None
        self.calls: dict[tuple[str, str], Call] = {}
        self.ignored: set[str] = set()
        """calls that vanished: whatever is said about them gets no answer"""
        self.wire: Wire
        self.sound = sound or voice_of(tone)
        self._port, self._t1 = port, t1
        self._arrivals: asyncio.Queue[Call] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._registrar: Peer | None = None
        self._domain = ""
        self._registration: tuple[str, int] = (f"{token()}@{local_ip}", 0)
        self._refresh: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Phone:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def open(self) -> None:
        self.wire = await Wire.open(self, self.local_ip, self._port, self._t1)

    async def close(self) -> None:
        """Hang up everything, unregister, be gone."""
        goodbyes = [asyncio.create_task(call.hang_up(2.0)) for call in tuple(self.calls.values())]
        if goodbyes:
            await asyncio.wait(goodbyes, timeout=2.0)
        if self.registered:
            await asyncio.gather(self.unregister(), return_exceptions=True)
        if self._refresh:
            self._refresh.cancel()
        for task in tuple(self._tasks):
            task.cancel()
        for call in tuple(self.calls.values()):
            call.finish(EndCause("us", text="phone closed"))
        self.wire.close()

    @property
    def port(self) -> int:
        return self.wire.address[1]

    @property
    def contact(self) -> str:
        return str(Uri(self.local_ip, self.user, self.port))

    @property
    def uri(self) -> str:
        """Where this phone can be dialled directly."""
        return self.contact

    # --- calls -----------------------------------------------------------------------------------------------------

    async def dial(
        self,
        uri: str,
        *,
        caller: str | None = None,
        name: str = "",
        from_header: str = "",
        headers: dict[str, str] | None = None,
        tone: int | tuple[int, ...] | None = None,
        sound: Sound | None = None,
        via: str = "",
    ) -> Call:
        """Call ``uri``; returns at once, the call goes on by itself (``await call.answered()``).

        ``caller`` "" hides the number. ``from_header`` replaces the whole From (the tag is added), to say hostile
        things. ``headers`` are added to the INVITE. ``via`` is an address to send to instead of the URI's own.
        """
        peer = resolve(via or uri) or self._registrar
        if peer is None:
            raise ValueError(f"{uri}: an IPv4 address or a registration is needed")
        local = self._identity(caller, name)
        dialog = Dialog(
            f"{token()}@{self.local_ip}", local, Address(uri), uri, self.contact, self.wire.address, fallback=peer
        )
        invite = dialog.request("INVITE")
        voice = sound or (self.sound if tone is None else voice_of(tone))
        if from_header:
            _replace(invite.headers, "From", f"{from_header};tag={local.tag}")
        for key, value in (headers or {}).items():
            invite.headers.add(key, value)
        if caller == "":
            invite.headers.add("Privacy", "id")
        call = Call(self, dialog, voice, invite, outgoing=True)
        invite.headers.add("Content-Type", "application/sdp")
        invite.body = call.media.offer()
        self.calls[(dialog.call_id, local.tag)] = call
        self._run(call.establish(peer))
        return call

    def _identity(self, caller: str | None, name: str) -> Address:
        tag = {"tag": token(4)}
        if caller == "":
            return Address("sip:anonymous@anonymous.invalid", "Anonymous", tag)
        host = self._domain if self._domain and caller is None else self.local_ip
        return Address(str(Uri(host, caller or self.user)), name, tag)

    async def incoming(self, within: float = 15.0) -> Call:
        """The next call that arrived here and was not yet taken from this queue."""
        try:
            async with asyncio.timeout(within):
                return await self._arrivals.get()
        except TimeoutError:
            raise TimeoutError(f"no call arrived at {self.uri} within {within:g} s") from None

    # --- registration ----------------------------------------------------------------------------------------------

    async def register(self, user: str, password: str, registrar: str, expires: int = 120) -> None:
        """Register at ``registrar`` ("host:port") and stay registered. Raises RegistrationError."""
        self.user, self.password = user, password
        self._registrar = resolve(f"sip:{registrar}")
        if self._registrar is None:
            raise ValueError(f"{registrar}: an IPv4 address is needed")
        self._domain = registrar.partition(":")[0]
        await self._register(expires)
        self._refresh = asyncio.create_task(self._keep_registered(expires))

    async def unregister(self) -> None:
        if self._refresh:
            self._refresh.cancel()
        await self._register(0)

    async def _keep_registered(self, expires: int) -> None:
        """Refresh at half time; when the registrar is away, try every few seconds until it is back."""
        while True:
            await asyncio.sleep(expires / 2 if self.registered else 5)
            try:
                await self._register(expires)
            except RegistrationError:
                self.registered = False

    async def _register(self, expires: int) -> None:
        assert self._registrar
        response = await self._send_register(expires, {})
        for _ in range(2):  # a second challenge says that the nonce was stale
            if response.status not in (401, 407):
                break
            name = "Authorization" if response.status == 401 else "Proxy-Authorization"
            offered = response.headers.all("WWW-Authenticate") + response.headers.all("Proxy-Authenticate")
            challenge = next(filter(None, map(read_challenge, offered)), None)
            if challenge is None:
                break
            uri = f"sip:{self._registrar[0]}:{self._registrar[1]}"
            answer = authorization(challenge, self.user, self.password, "REGISTER", uri)
            response = await self._send_register(expires, {name: answer})
        if response.status != 200:
            raise RegistrationError(f"{self.user}: {response.status} {response.reason}")
        self.registered = expires > 0

    async def _send_register(self, expires: int, extra: dict[str, str]) -> Message:
        assert self._registrar
        call_id, cseq = self._registration
        self._registration = (call_id, cseq + 1)
        own = str(Uri(self._domain, self.user))
        host, port = self.wire.address
        headers = Headers([("Via", f"SIP/2.0/UDP {host}:{port};branch=z9hG4bK{token()};rport"), ("Max-Forwards", "70")])
        headers.add("From", f"<{own}>;tag={token(4)}")
        headers.add("To", f"<{own}>")
        headers.add("Call-ID", call_id)
        headers.add("CSeq", f"{cseq + 1} REGISTER")
        headers.add("Contact", f"<{self.contact}>")
        headers.add("Expires", expires)
        headers.add("Allow", ALLOW)
        headers.add("User-Agent", AGENT)
        for name, value in extra.items():
            headers.add(name, value)
        uri = f"sip:{self._registrar[0]}:{self._registrar[1]}"
        try:
            return await self.wire.request(Message(headers, method="REGISTER", uri=uri), self._registrar).final
        except NoAnswerError as error:
            raise RegistrationError(str(error)) from None

    # --- what arrives ----------------------------------------------------------------------------------------------

    def on_request(self, transaction: ServerTransaction) -> None:
        request = transaction.request
        if request.call_id in self.ignored:
            return
        tag = Address.parse(request.headers.get("To")).tag
        call = self.calls.get((request.call_id, tag))
        if request.method == "CANCEL":
            self._cancelled(transaction)
        elif call:
            call.requested(transaction)
        elif tag:
            transaction.respond(respond(request, 481, "Call/Transaction Does Not Exist"))
        elif request.method == "INVITE":
            self._arrived(transaction)
        elif request.method in ("OPTIONS", "NOTIFY", "MESSAGE"):
            response = respond(request, 200, "OK", token(4))
            response.headers.add("Allow", ALLOW)
            response.headers.add("Accept", "application/sdp")
            transaction.respond(response)
        else:
            transaction.respond(respond(request, 405, "Method Not Allowed", token(4)))

    def on_ack(self, message: Message) -> None:
        call = self.calls.get((message.call_id, Address.parse(message.headers.get("To")).tag))
        if call:
            call.acked(message)

    def _arrived(self, transaction: ServerTransaction) -> None:
        request, tag = transaction.request, token(4)
        dialog = Dialog.of_invite(request, tag, self.contact, self.wire.address, transaction.peer)
        call = Call(self, dialog, self.sound, request, outgoing=False)
        self.calls[(request.call_id, tag)] = call
        call.offered(transaction)
        self._arrivals.put_nowait(call)
        if self.on_call:
            self.on_call(call)
        if self.auto_answer is not None and self.auto_answer is not False:
            self._run(self._answer_later(call, float(self.auto_answer) if self.auto_answer is not True else 0.0))

    async def _answer_later(self, call: Call, seconds: float) -> None:
        await asyncio.sleep(seconds)
        if call.state == "ringing":
            await call.answer()

    def _cancelled(self, transaction: ServerTransaction) -> None:
        invite = self.wire.find_invite(transaction.request)
        if invite is None:
            transaction.respond(respond(transaction.request, 481, "Call/Transaction Does Not Exist"))
            return
        transaction.respond(respond(transaction.request, 200, "OK", token(4)))
        for call in tuple(self.calls.values()):
            if call.server is invite:
                call.cancelled(transaction.request)

    def forget(self, call: Call) -> None:
        self.calls.pop((call.dialog.call_id, call.dialog.local.tag), None)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def voice_of(tones: int | tuple[int, ...]) -> Sound:
    """The sound of ``tones``, remembered as known so that it is not taken for music."""
    chosen = (tones,) if isinstance(tones, int) else tones
    if not any(chosen):
        return silence()
    KNOWN_TONES.update(chosen)
    return tone(*chosen)


def _replace(headers: Headers, name: str, value: str) -> None:
    headers.items = [(n, value if n == name else v) for n, v in headers.items]
