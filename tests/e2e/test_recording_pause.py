"""A recording is paused on the real switch: by tone, nothing of the pause is in it, and nothing else is missing."""

from __future__ import annotations

from array import array
from itertools import groupby
from pathlib import Path

import pytest
from tests.e2e.centre import DIRECT, Centre, person

from phones.sound import silence, tone
from phones.tones import amplitude, loudness, read_channel

pytestmark = pytest.mark.telephony

AGENT, AGENT_SECRET, AGENT_AFTER = 650, 850, 530
CUSTOMER, CUSTOMER_SECRET, CUSTOMER_AFTER = 440, 1000, 730
TONES = (AGENT, AGENT_SECRET, AGENT_AFTER, CUSTOMER, CUSTOMER_SECRET, CUSTOMER_AFTER)
MOMENT, QUIET = 0.1, 0.003


async def test_what_is_said_in_a_pause_is_in_neither_channel(centre: Centre, tmp_path: Path) -> None:
    caller = person(720)
    async with centre.kaska.at_work("303", tone=AGENT) as desk, centre.customer(CUSTOMER) as customer:
        call = await customer.dial(centre.kaska.number(DIRECT), caller=caller)
        offer = await desk.phone.incoming(5)
        await offer.answer()
        await call.hears(AGENT)
        await offer.hears(CUSTOMER)
        row = await centre.board.calls(caller, "talking")
        assert row["recorded"]
        route = f"/api/agents/me/calls/{row['id']}/recording-pause"

        (await desk.web.post(route, json={"paused": True})).raise_for_status()
        await centre.board.until(lambda: bool(centre.board.call(caller)["recording_paused"]))
        await call.hears(AGENT)  # he is heard on, and by now the switch has been told
        call.say(tone(CUSTOMER_SECRET))
        offer.say(tone(AGENT_SECRET))
        await call.hears(AGENT_SECRET)
        await offer.hears(CUSTOMER_SECRET)
        call.say(silence())
        offer.say(silence())
        await call.hears_silence()
        await offer.hears_silence()

        (await desk.web.post(route, json={"paused": False})).raise_for_status()
        await centre.board.until(lambda: not centre.board.call(caller)["recording_paused"])
        call.say(tone(CUSTOMER_AFTER))
        offer.say(tone(AGENT_AFTER))
        await call.hears(AGENT_AFTER)
        await offer.hears(CUSTOMER_AFTER)
        await call.hears_no(AGENT)
        await call.hang_up()
        await offer.ended(5)
    card = await centre.card(caller)
    told = [line["details"] | {"type": line["type"]} for line in card["story"]]
    (began,) = (one for one in told if one["type"] == "recording_paused")
    (ended,) = (one for one in told if one["type"] == "recording_resumed")
    assert (began["reason"], ended["reason"]) == ("agent", "agent")
    card = await centre.until(f"/api/contacts/{card['id']}", lambda one: bool(one["recording"]))
    assert card["recording_problem"] == ""
    file = tmp_path / "recording.wav"
    file.write_bytes((await centre.supervisor.get(f"/api/contacts/{card['id']}/recording")).content)
    sides = _course(file, 0), _course(file, 1)
    assert [[tone for tone, _ in side] for side in sides] == [[AGENT, 0, AGENT_AFTER], [CUSTOMER, 0, CUSTOMER_AFTER]]
    for (_, before), (_, gap), (_, after) in sides:
        assert gap == pytest.approx(ended["seconds"], abs=0.5)
        assert before + gap + after == pytest.approx(card["talk_seconds"], abs=0.8)


def _course(file: Path, channel: int) -> list[tuple[int, float]]:
    """What is heard one after another: (tone, or 0 for silence; seconds). Silence at either end is left out."""
    samples, rate = read_channel(file, channel)
    step = int(rate * MOMENT)
    heard = [_tone_of(samples[at : at + step]) for at in range(0, len(samples) - step + 1, step)]
    course = [(tone, len(list(moments)) * MOMENT) for tone, moments in groupby(heard)]
    while course and not course[0][0]:
        del course[0]
    while course and not course[-1][0]:
        del course[-1]
    return course


def _tone_of(samples: array[int]) -> int:
    """A moment in whose very end a tone begins is silent: a few milliseconds do not tell which of the tones it is."""
    half = len(samples) // 2
    if min(loudness(samples[:half]), loudness(samples[half:])) <= QUIET:
        return 0
    return max(TONES, key=lambda one: amplitude(samples, one))
