"""Signals of the switch as events of the core, without a switch."""

from __future__ import annotations

from typing import Any

import msgspec

from kaska.asterisk import signals
from kaska.asterisk.aftermath import Aftermath
from kaska.asterisk.mirror import Mirror
from kaska.asterisk.places import FROM_AGENTS, contact_of, endpoint_of, mixed_bridge, trunk_of
from kaska.asterisk.reconcile import compare
from kaska.asterisk.translate import Translator
from kaska.core import events

AT = "2026-02-03T04:05:06.700+0000"
T = 1770091506.7
CALL = "kaska-1770091500.7"


def signal(kind: str, **fields: Any) -> signals.AnySignal:
    return signals.decoder.decode(
        msgspec.json.encode({"type": kind, "timestamp": AT, "application": "kaska", **fields})
    )


def channel(
    id: str, name: str = "PJSIP/trunk-main-0000000a", number: str = "+74950000777", exten: str = "100", **more: str
) -> dict[str, Any]:
    return {
        "id": id,
        "name": name,
        "state": "Ring",
        "caller": {"name": 'Анна \\"А\\"', "number": number},
        "connected": {"name": "", "number": ""},
        "dialplan": {"context": "from-trunk", "exten": exten, "priority": 3, "app_name": "Stasis", "app_data": "x"},
        "creationtime": AT,
        **more,
    }


def test_a_call_arrives_and_goes() -> None:
    translator = Translator()
    born = translator.translate(signal("StasisStart", args=["arrived"], channel=channel(CALL)))
    assert born == (
        events.ContactArrived(
            T, CALL, CALL, "voice", "100", "+74950000777", "+74950000777", 'Анна "А"', "main", events.LIVE
        ),
    )
    assert translator.translate(signal("StasisStart", args=["arrived"], channel=channel(CALL))) == ()
    assert translator.translate(signal("ChannelDtmfReceived", digit="#", duration_ms=90, channel=channel(CALL))) == (
        events.DigitPressed(T, CALL, CALL, "#"),
    )
    assert translator.translate(signal("StasisEnd", channel=channel(CALL))) == (events.LegEnded(T, CALL, CALL, 16),)
    assert translator.translate(signal("ChannelDestroyed", cause=16, channel=channel(CALL))) == ()


def test_a_telephone_asks_for_a_transfer() -> None:
    translator = Translator()
    leg = f"{CALL}-a1"
    asked = signal(
        "ChannelTransfer",
        refer_to={"requested_destination": {"destination": "302", "additional_protocol_params": []}},
        referred_by={"source_channel": channel(leg, "PJSIP/demo-301-00000001")},
    )
    assert translator.translate(asked) == ()  # of a leg that is gone
    translator.watch([leg])
    assert translator.translate(asked) == (events.PhoneTransferred(T, CALL, leg, "302"),)
    together = signal(
        "ChannelTransfer",
        refer_to={"destination_channel": channel("own.7", "PJSIP/demo-301-00000002")},
        referred_by={"source_channel": channel(leg, "PJSIP/demo-301-00000001")},
    )
    assert translator.translate(together) == (events.PhoneTransferred(T, CALL, leg, "", "own.7"),)


def test_a_call_that_a_telephone_makes_by_itself_belongs_to_whom_it_is_adopted_by() -> None:
    translator = Translator()
    own = channel("own.7", "PJSIP/demo-301-00000002", exten="302")
    dialled = signal("StasisStart", args=["by-agent"], channel=own)
    assert translator.translate(dialled) == (events.PhoneDialled(T, "own.7", "demo-301", "302"),)
    translator.adopt({"own.7": CALL})
    assert translator.translate(signal("ChannelHold", channel=own)) == (events.LegHeld(T, CALL, "own.7", True),)
    assert translator.translate(signal("StasisEnd", channel=own)) == (events.LegEnded(T, CALL, "own.7", 16),)
    assert translator.legs == frozenset()


def test_a_dialled_leg() -> None:
    translator = Translator()
    leg = f"{CALL}-a2"
    phone = channel(leg, name="PJSIP/demo-101-web-0000000b")
    assert translator.translate(signal("ChannelDestroyed", cause=17, channel=phone)) == ()  # nobody dialled it
    translator.watch([leg])
    assert translator.translate(signal("StasisStart", args=["dialled"], channel=phone)) == (
        events.LegAnswered(T, CALL, leg),
    )
    assert translator.translate(signal("ChannelHold", channel=phone)) == (events.LegHeld(T, CALL, leg, True),)
    assert translator.translate(signal("ChannelUnhold", channel=phone)) == (events.LegHeld(T, CALL, leg, False),)
    assert translator.translate(signal("StasisEnd", channel=phone)) == ()  # the cause is still to come
    gone = signal("ChannelDestroyed", cause=0, channel=phone)
    assert translator.translate(gone) == (events.LegEnded(T, CALL, leg, 16),)
    assert translator.translate(gone) == ()
    assert translator.legs == frozenset()


def test_hostile_words_are_data() -> None:
    for said in ("1&PJSIP/demo-101", "'; DROP TABLE x --", "<script>", '"', "s" * 79, "\u202e\x01"):
        born = Translator().translate(
            signal("StasisStart", args=["arrived"], channel=channel(CALL, number=said, exten=said))
        )
        assert isinstance(born[0], events.ContactArrived)
        assert (born[0].number, born[0].caller, born[0].customer) == (said, said, "")
    hidden = Translator().translate(
        signal("StasisStart", args=["arrived"], channel=channel(CALL, number="", exten="s"))
    )
    assert isinstance(hidden[0], events.ContactArrived)
    assert (hidden[0].number, hidden[0].caller) == ("", "")


def test_sound_and_devices() -> None:
    translator = Translator(spoken={"m1": 4.5, "m2": 0.0}.__getitem__)
    played = {
        "id": f"{CALL}-p1",
        "target_uri": f"channel:{CALL}",
        "state": "failed",
        "media_uri": "x",
        "language": "ru",
    }
    assert translator.translate(signal("PlaybackFinished", playback=played)) == (
        events.PromptsEnded(T, CALL, CALL, f"{CALL}-p1", ok=False),
    )
    for name, seconds in (("m1", 4.5), ("m2", 0.0)):
        recorded = {"name": name, "format": "wav", "state": "done", "target_uri": f"channel:{CALL}", "duration": 5}
        assert translator.translate(signal("RecordingFinished", recording=recorded)) == (
            events.MessageRecorded(T, CALL, CALL, name, seconds),
        )
    endpoint = {"technology": "PJSIP", "resource": "demo-101", "state": "online", "channel_ids": []}
    peer = {"peer_status": "Reachable"}
    assert translator.translate(signal("PeerStatusChange", endpoint=endpoint, peer=peer)) == (
        events.DeviceReached(T, "demo-101", True),
    )
    trunk = endpoint | {"resource": "trunk-main"}
    assert translator.translate(signal("PeerStatusChange", endpoint=trunk, peer=peer)) == ()


def test_names() -> None:
    assert [contact_of(leg) for leg in ("x.1", "x.1-a12", "x-c1-c2", "x-b1")] == ["x.1", "x.1", "x-c1", "x-b1"]
    assert endpoint_of("PJSIP/demo-101-web-0000002a") == "demo-101-web"
    assert trunk_of("PJSIP/trunk-a-b-0000002a") == "a-b"
    assert trunk_of("PJSIP/demo-101-0000002a") == endpoint_of("Local/x@y-00000001;1") == ""


DEVICES = {"demo-101": True, "demo-102": False}


def mirror(
    *channels: dict[str, Any], bridges: dict[str, list[str]] | None = None, ours: set[str] | None = None
) -> Mirror:
    seen = {one["id"]: msgspec.convert(one, signals.Channel) for one in channels}
    return Mirror(
        startup_time=AT,
        channels=seen,
        bridges={id: signals.Bridge(id, members) for id, members in (bridges or {}).items()},
        ours=frozenset(seen if ours is None else ours),
        devices={"demo-101": True, "demo-102": False},
    )


def test_what_was_missed_is_told() -> None:
    leg, gone, orphan, new = f"{CALL}-a1", f"{CALL}-a9", "kaska-1.1-a1", "kaska-1770091501.8"
    seen = mirror(
        channel(CALL), channel(leg, state="Up"), channel(orphan), channel(new), channel("kaska-5.5"),
        bridges={CALL: [CALL, leg]}, ours={CALL, leg, orphan, new},
    )  # fmt: skip
    found = compare(
        seen, {CALL: CALL, leg: CALL, gone: CALL}, T + 9, startup_time=AT, devices={"demo-101": True, "demo-102": True}
    )
    assert found.orphans == (orphan,)
    assert found.events == (
        events.LegEnded(T + 9, CALL, gone, 16, events.RECONCILE),
        events.ContactArrived(
            T, new, new, "voice", "100", "+74950000777", "+74950000777", 'Анна "А"', "main", events.RECONCILE
        ),
        events.LegAnswered(T + 9, CALL, leg, events.RECONCILE),
        events.PartiesJoined(T + 9, CALL, leg, events.RECONCILE),
        events.DeviceReached(T + 9, "demo-102", False),
    )
    quiet = compare(
        seen, {CALL: CALL, leg: CALL}, T, startup_time=AT, answered=[leg], joined=[CALL],
        known=[new], devices={"demo-101": True},
    )  # fmt: skip
    assert (quiet.events, quiet.orphans) == ((), (orphan, new))


def test_who_talk_in_the_bridge_that_mixes_are_found_and_a_call_of_a_telephone_is_no_arrival() -> None:
    leg, own = f"{CALL}-a1", channel("own.7", "PJSIP/demo-301-00000002")
    own["dialplan"] = {"context": FROM_AGENTS, "exten": "302", "app_name": "Stasis"}
    seen = mirror(channel(CALL), channel(leg), own, bridges={mixed_bridge(CALL): [CALL, leg]})
    found = compare(seen, {CALL: CALL, leg: CALL}, T, startup_time=AT, answered=[leg], devices=DEVICES)
    assert found.events == (events.PartiesJoined(T, CALL, leg, events.RECONCILE),)
    assert found.orphans == ("own.7",)


def test_a_talk_that_began_and_ended_unheard_is_told_with_its_times() -> None:
    leg = f"{CALL}-a1"
    told = Aftermath(ended={CALL: T + 5, leg: T + 4}, joined={CALL: (leg, T + 1)})
    found = compare(mirror(), {CALL: CALL, leg: CALL}, T + 9, startup_time=AT, devices=DEVICES, aftermath=told)
    assert found.events == (
        events.LegAnswered(T + 9, CALL, leg, events.RECONCILE),
        events.PartiesJoined(T + 9, CALL, leg, events.RECONCILE, T + 1),
        events.LegEnded(T + 9, CALL, leg, 16, events.RECONCILE, ended_at=T + 4),
        events.LegEnded(T + 9, CALL, CALL, 16, events.RECONCILE, ended_at=T + 5),
    )
    talking = compare(
        mirror(), {CALL: CALL, leg: CALL}, T + 9, startup_time=AT, devices=DEVICES, aftermath=told,
        answered=[leg], joined=[CALL],
    )  # fmt: skip
    assert talking.events == found.events[2:]


def test_a_restarted_switch_lost_every_call() -> None:
    found = compare(mirror(), {CALL: CALL}, T, startup_time="2026-01-01T00:00:00.000+0000", devices={"demo-101": True})
    assert found.events == (events.LegEnded(T, CALL, CALL, 41, events.RECONCILE, switch_failure=True),)
