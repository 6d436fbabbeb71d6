"""Phone to phone, without any switch between them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from phones import Call, CallError, NotHeardError, Phone

pytestmark = pytest.mark.telephony


@pytest.fixture
async def customer() -> AsyncIterator[Phone]:
    async with Phone(local_ip="127.0.0.2", tone=440, t1=0.1) as phone:
        yield phone


@pytest.fixture
async def agent() -> AsyncIterator[Phone]:
    async with Phone(tone=650, t1=0.1) as phone:
        yield phone


async def talk(customer: Phone, agent: Phone) -> tuple[Call, Call]:
    """Both ends of a call that is up."""
    calling = await customer.dial(agent.uri, caller="+74950000777")
    called = await agent.incoming()
    await called.answer()
    return await calling.answered(), called


async def test_each_hears_the_tone_of_the_other(customer: Phone, agent: Phone) -> None:
    calling, called = await talk(customer, agent)
    began = time.monotonic()
    await asyncio.gather(calling.hears(650), called.hears(440))
    assert calling.level(650) > 0.1 > calling.level(440)
    assert called.level(440) > 0.1 > called.level(650)
    assert called.heard_between(440, began, time.monotonic()) >= 0.2
    assert called.heard_between(650, began, time.monotonic()) == 0
    with pytest.raises(NotHeardError, match="999 Hz not heard"):
        await calling.hears(999, within=0.2)


async def test_caller_name_and_headers_arrive_as_they_were_said(customer: Phone, agent: Phone) -> None:
    name = 'Анна "x" <b>; DROP \\'
    await customer.dial(agent.uri, caller="+74950000777", name=name, headers={"X-Kaska-Contact": "7"})
    called = await agent.incoming()
    assert (called.caller, called.caller_name, called.headers["X-Kaska-Contact"]) == ("+74950000777", name, "7")


async def test_hidden_and_hostile_callers(customer: Phone, agent: Phone) -> None:
    await customer.dial(agent.uri, caller="")
    hidden = await agent.incoming()
    assert (hidden.caller, hidden.headers["Privacy"]) == ("anonymous", "id")
    await customer.dial(agent.uri, from_header='"1&PJSIP/2" <sip:%27;drop@127.0.0.2>')
    assert (await agent.incoming()).caller_name == "1&PJSIP/2"


async def test_keys_arrive_once_each(customer: Phone, agent: Phone) -> None:
    calling, called = await talk(customer, agent)
    await calling.press("1100")
    await calling.press("#*9")
    await called.receives_digits("1100#*9", within=1)
    assert called.ear.digits == "1100#*9"


async def test_hang_up_by_either_side(customer: Phone, agent: Phone) -> None:
    calling, called = await talk(customer, agent)
    await calling.hang_up()
    assert (await called.ended(1)).by == "them"
    assert (await calling.ended(1)).by == "us"
    calling, called = await talk(customer, agent)
    await called.hang_up()
    assert (await calling.ended(1)).by == "them"


async def test_cancel_while_ringing(customer: Phone, agent: Phone) -> None:
    calling = await customer.dial(agent.uri)
    called = await agent.incoming()
    await calling.ringing()
    await calling.hang_up()
    cause = await called.ended(1)
    assert (cause.by, called.answered_at) == ("them", None)
    assert (await calling.ended(1)).status == 487
    with pytest.raises(CallError):
        await called.answer()


async def test_busy(customer: Phone, agent: Phone) -> None:
    calling = await customer.dial(agent.uri)
    (await agent.incoming()).reject(486)
    with pytest.raises(CallError) as refused:
        await calling.answered()
    assert refused.value.cause.status == 486


async def test_hold_is_silent_and_comes_back(customer: Phone, agent: Phone) -> None:
    calling, called = await talk(customer, agent)
    await calling.hears(650)
    await called.hold()
    await calling.put_on_hold()
    await asyncio.gather(calling.hears_silence(), called.hears_silence())
    await called.resume()
    await calling.taken_back()
    await asyncio.gather(calling.hears(650), called.hears(440))


async def test_both_hold_at_once(customer: Phone, agent: Phone) -> None:
    calling, called = await talk(customer, agent)
    await asyncio.gather(calling.hold(), called.hold())
    await calling.hears_silence()
    await asyncio.gather(calling.resume(), called.resume())
    await asyncio.gather(calling.hears(650), called.hears(440))


async def test_automatic_answer_and_the_other_law(customer: Phone) -> None:
    async with Phone(tone=(700, 1100), codecs=("PCMU",)) as agent:
        agent.auto_answer = 0.1
        calling = await (await customer.dial(agent.uri)).answered(2)
        await calling.hears(700)
        await calling.hears(1100)
        assert calling.media.theirs
        assert calling.media.theirs.codecs == (("PCMU", 0),)


async def test_a_codec_nobody_speaks(customer: Phone) -> None:
    async with Phone(codecs=("PCMU",)) as agent:
        customer.codecs = ("PCMA",)
        calling = await customer.dial(agent.uri)
        with pytest.raises(CallError):
            await (await agent.incoming()).answer()
        with pytest.raises(CallError) as refused:
            await calling.answered()
        assert refused.value.cause.status == 488


async def test_leaving_hangs_up(agent: Phone) -> None:
    async with Phone(local_ip="127.0.0.2") as customer:
        _, called = await talk(customer, agent)
    assert (await called.ended(1)).by == "them"


async def test_vanishing_says_nothing(customer: Phone, agent: Phone) -> None:
    calling, called = await talk(customer, agent)
    await calling.vanish()
    await called.hears_silence()
    assert called.state == "up"


async def test_thirty_calls_at_once(customer: Phone, agent: Phone) -> None:
    agent.auto_answer = True
    calls = [await customer.dial(agent.uri, caller=f"+7495000{n:04}") for n in range(30)]
    await asyncio.gather(*(call.answered(5) for call in calls))
    await asyncio.gather(*(call.hears(650) for call in calls))
    await agent.calls[next(iter(agent.calls))].hears(440)
    assert len(agent.calls) == 30
    assert all(call.rtp.received > 10 for call in calls)
