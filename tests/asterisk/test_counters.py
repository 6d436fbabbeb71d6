"""The switch's counter against its records: as arithmetic, and by a real switch."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.asterisk.conftest import Rig, Switch, agent, configuration

from kaska.asterisk import console, counters
from kaska.asterisk.connection import SwitchAwayError
from kaska.asterisk.counters import LEAD_SECONDS, LiveChannel, Reading, Starts, Tally, channels
from kaska.asterisk.signals import moment
from kaska.core.commands import DialOut, HangUpLeg
from kaska.core.events import ContactArrived, LegAnswered
from phones.phone import Phone

STARTED = 1_000_000.0


def reading(at: float, processed: int, started_at: float = STARTED) -> Reading:
    return Reading(started_at, at, at, processed)


def kept() -> Tally:
    """Of one who knew another switch before this one."""
    return Tally(started_at=STARTED - 1000)


def test_all_that_was_counted_is_told() -> None:
    tally = kept()
    tally.hear([STARTED + 1, STARTED + 2])
    tally.judge(reading(STARTED + 10, 2))
    tally.hear([STARTED + 11])
    tally.judge(reading(STARTED + 20, 3))
    assert (tally.unaccounted, tally.told, tally.processed) == (0, 3, 3)


def test_a_call_that_no_record_tells_of_is_unaccounted_for_ever() -> None:
    tally = kept()
    tally.hear([STARTED + 1])
    tally.judge(reading(STARTED + 10, 2))
    assert tally.unaccounted == 1
    tally.hear([STARTED + 12])
    tally.judge(reading(STARTED + 20, 3))
    assert tally.unaccounted == 1
    tally.hear([STARTED + 21, STARTED + 22])
    tally.judge(reading(STARTED + 30, 4))  # one told of that was not counted: not the same one, but as many
    assert tally.unaccounted == 0


def test_a_call_at_the_moment_of_the_reading_may_be_counted_or_not() -> None:
    for at, processed in ((9.9, 0), (9.9, 1), (10.1, 0), (10.1, 1)):
        tally = kept()
        tally.hear([STARTED + at])
        tally.judge(reading(STARTED + 10, processed))
        assert tally.unaccounted == 0
        tally.judge(reading(STARTED + 20, 1))
        assert tally.unaccounted == 0


def test_another_switch_counts_from_nought() -> None:
    tally = kept()
    tally.hear([STARTED + 1, STARTED + 2, STARTED + 3])
    tally.judge(reading(STARTED + 10, 4))
    assert tally.unaccounted == 1
    tally.hear([STARTED + 20, STARTED + 31])  # one that the old one died with, one of the new
    tally.judge(reading(STARTED + 40, 1, STARTED + 30))
    assert (tally.unaccounted, tally.told) == (0, 1)


def test_what_was_before_the_first_look_ever_is_not_judged() -> None:
    tally = Tally()
    tally.hear([STARTED + 1])  # the records before it were cleared away
    tally.judge(reading(STARTED + 10, 500))
    assert tally.unaccounted == 0
    tally.judge(reading(STARTED + 20, 502))
    assert tally.unaccounted == 2


@given(
    gaps=st.lists(st.floats(0.01, 5.0), max_size=60),
    lost=st.sets(st.integers(0, 59)),
    looks=st.lists(st.floats(0.5, 20.0), max_size=20),
    late=st.floats(-LEAD_SECONDS, LEAD_SECONDS),
)
def test_the_lost_are_counted_and_nothing_else(
    gaps: list[float], lost: set[int], looks: list[float], late: float
) -> None:
    """Whenever it is read, however late the switch counts: never more than are lost; in the end just those."""
    starts = [STARTED + sum(gaps[: n + 1]) for n in range(len(gaps))]
    told = [at for n, at in enumerate(starts) if n not in lost]
    moments = [STARTED + sum(looks[: n + 1]) for n in range(len(looks))]
    end = max([STARTED, *starts, *moments]) + 10
    tally, before = kept(), 0.0
    for at in (*moments, end):
        tally.hear([start for start in told if before < start <= at + 1])
        tally.judge(reading(at, sum(1 for start in starts if start + late <= at)))
        assert 0 <= tally.unaccounted <= len(starts) - len(told)
        before = at + 1
    assert tally.unaccounted == len(starts) - len(told)


def test_the_list_of_channels() -> None:
    listed = (
        "host/1/22.0\n"
        "PJSIP/trunk-main-0000001f!from-trunk!9!!9!1!Up!Stasis!kaska,arrived!+7900!!!3!12!!kaska-5.31\n"
        "PJSIP/demo-101-00000020!from-agents!!1!Up!AppDial2!(Outgoing Line)!+7!!!3!4!b!kaska-5.31-a1\n"
        "PJSIP/trunk-main-00000021!from-trunk!!1!Up!Stasis!kaska,dialled!+7!!!3!7!b!out-1-c1\n"
        "\n!!!\n"
    )
    assert channels(listed, 100.0) == (
        LiveChannel("kaska-5.31", 88.0, "main"),
        LiveChannel("kaska-5.31-a1", 96.0),
        LiveChannel("out-1-c1", 93.0),
    )


# --- a real switch ------------------------------------------------------------------------------------------------


async def a_call_without_records(asterisk: Switch, rig: Rig, customer: Phone, tally: Tally) -> None:
    await console.ask(asterisk.settings, "module unload cel_custom.so")
    call = await customer.dial(f"sip:100@{asterisk.sip}", caller="+79000000002")
    await rig.hears(ContactArrived, caller="+79000000002")
    tally.judge(await counters.read(asterisk.settings, tally.started_at))
    assert tally.unaccounted == 1
    await call.hang_up()


async def started_at(rig: Rig) -> float:
    return moment(rig.mirrors[-1].startup_time)


@pytest.mark.telephony
async def test_the_counter_and_the_records_of_a_real_switch(asterisk: Switch) -> None:
    """A call from a trunk, one by an agent's telephone itself, calls to a person with and without a recording: the
    counter counts those that the records say were begun, and no others."""
    settings = asterisk.settings
    async with Phone(local_ip="127.0.0.2", tone=440) as customer, Phone(local_ip="127.0.0.1", tone=650) as desk:
        demo = configuration(agent("101", "phone"), contact_uri=f"sip:127.0.0.2:{customer.port}")
        async with Rig(settings, configuration=demo) as rig:
            since, starts = await started_at(rig), Starts(settings)
            assert (await counters.read(settings, since)).processed == 0
            await desk.register("demo-101", "one two;three", asterisk.sip)
            call = await customer.dial(f"sip:100!7@{asterisk.sip}", caller="+79000000001")
            contact = await rig.arrival()
            up = await counters.read(settings, since)
            assert [(one.id, one.trunk) for one in up.channels] == [(contact, "main")]
            await call.hang_up()
            own = await desk.dial(f"sip:102@{asterisk.sip}")
            for recorded in (True, False):
                leg = f"out-{recorded:d}-c1"
                rig.do(DialOut(f"out-{recorded:d}", leg, "main", "+79000000009", "+74950000101", 20, record=recorded))
                rung = await customer.incoming(10)
                await rung.answer()
                await rig.hears(LegAnswered, leg=leg)
                rig.do(HangUpLeg(f"out-{recorded:d}", leg))
                await rung.ended(5)
            await own.hang_up()
            async with asyncio.timeout(10):
                while (now := await counters.read(settings, since)).channels:  # noqa: ASYNC110 — the switch tells nobody
                    await asyncio.sleep(0.05)
            begun: list[float] = []
            async with asyncio.timeout(10):
                while len(begun) < now.processed:
                    begun += starts.read()
                    await asyncio.sleep(0.05)
            assert len(begun) == now.processed == 3
            with pytest.raises(SwitchAwayError):
                await counters.read(settings, since - 100)
            await a_call_without_records(asterisk, rig, customer, Tally(since, told=now.processed))
    await asterisk.kill()
    with pytest.raises(SwitchAwayError):
        await counters.read(settings, since)
