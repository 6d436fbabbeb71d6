"""The witness on records written by hand: growth, rotation, half lines, hostile text; recordings of every kind."""

from __future__ import annotations

import array
import asyncio
import csv
import io
import json
import wave
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaska.asterisk import aftermath, pieces, recordings, records
from kaska.asterisk.places import Places
from kaska.asterisk.witness import Witness, as_contact_witnessed
from kaska.asterisk.witness_fields import CEL_BEGINS, CEL_COLUMNS
from kaska.kit.config import Settings


def row(event: str, at: float, uniqueid: str, linkedid: str = "", **fields: str) -> str:
    values = {
        "event": event,
        "at": f"{at:.6f}",
        "uniqueid": uniqueid,
        "linkedid": linkedid or uniqueid,
        "channel": "PJSIP/trunk-main-00000001",
        "context": "from-trunk",
        "exten": "100",
        "caller_number": "+74950000777",
    } | fields
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(values.get(name, "") for name in CEL_COLUMNS)
    return out.getvalue()


def talk(contact: str, at: float, seconds: float) -> str:
    bridge = '{"bridge_id":"b"}'
    phone = {"channel": "PJSIP/demo-101-00000002", "context": "from-agents", "extra": bridge}
    return (
        row("CHAN_START", at, contact)
        + row("ANSWER", at + 0.1, contact)
        + row("BRIDGE_ENTER", at + 1, contact, extra=bridge)
        + row("BRIDGE_ENTER", at + 2, f"{contact}-a1", f"{contact}-a1", **phone)
        + row("BRIDGE_EXIT", at + 2 + seconds, f"{contact}-a1", contact, **phone)
        + row("BRIDGE_EXIT", at + 3 + seconds, contact, extra=bridge)
        + row("HANGUP", at + 4 + seconds, contact, extra='{"hangupcause":31,"hangupsource":"x"}')
    )


def place(tmp_path: Path) -> tuple[Settings, Path]:
    settings = Settings(state=tmp_path)
    places = Places.of(settings)
    for directory in (places.cel.parent, places.messages, places.fallback_spool, places.unfinished):
        directory.mkdir(parents=True)
    return settings, places.cel


def test_grows_while_it_is_read(tmp_path: Path) -> None:
    settings, cel = place(tmp_path)
    witness = Witness(settings)
    assert witness.read() == []
    text = talk("kaska-1.1", 1000.0, 7.0)
    told = []
    for end in range(0, len(text) + 1, 11):
        cel.write_text(text[:end])
        told += witness.read()
    cel.write_text(text)
    told += witness.read()
    (record,) = told
    assert (record.arrived_at, record.picked_up_at, record.talked_at, record.ended_at) == (1000, 1000.1, 1002, 1011)
    assert (record.talk_seconds, record.agent_endpoint, record.cause) == (7.0, "demo-101", 31)
    event = as_contact_witnessed(record, 2000.0)
    assert (event.outcome, event.cause, event.answered_at) == ("answered", "talked", 1002)


def test_two_agents_in_one_call_are_one_talk(tmp_path: Path) -> None:
    """A consult: the second comes in at 4 s, the first leaves at 7 s, the second at 12 s."""
    settings, cel = place(tmp_path)
    contact, at = "kaska-3.1", 1000.0
    bridge = json.dumps({"bridge_id": contact})
    first, second = f"{contact}-a1", f"{contact}-a2"
    cel.write_text(
        row("CHAN_START", at, contact, channel="PJSIP/trunk-city-00000001")
        + row("BRIDGE_ENTER", at + 1, contact, extra=bridge)
        + row("BRIDGE_ENTER", at + 1, first, contact, channel="PJSIP/demo-101-00000002", extra=bridge)
        + row("BRIDGE_ENTER", at + 4, second, contact, channel="PJSIP/demo-102-00000003", extra=bridge)
        + row("BRIDGE_EXIT", at + 7, first, contact, channel="PJSIP/demo-101-00000002", extra=bridge)
        + row("BRIDGE_EXIT", at + 12, second, contact, channel="PJSIP/demo-102-00000003", extra=bridge)
        + row("BRIDGE_EXIT", at + 13, contact, extra=bridge)
        + row("HANGUP", at + 13, contact)
    )
    (record,) = Witness(settings).read()
    assert (record.talked_at, record.talk_seconds, record.agent_endpoint) == (at + 1, 11.0, "demo-101")


def test_rotation_truncation_and_restart(tmp_path: Path) -> None:
    settings, cel = place(tmp_path)
    witness = Witness(settings)
    open_call = row("CHAN_START", 50.0, "kaska-0.9")
    cel.write_text(open_call + talk("kaska-1.1", 1000.0, 1.0))
    assert [one.contact for one in witness.read()] == ["kaska-1.1"]
    position = witness.position
    assert position.offset == 0  # the open call must be found again by whoever reads on from here
    with cel.open("a") as more:
        more.write(talk("kaska-1.2", 1100.0, 1.0))
    cel.rename(cel.with_name("cel.csv.1"))
    cel.write_text(talk("kaska-1.3", 1200.0, 1.0) + row("HANGUP", 1300.0, "kaska-0.9"))
    assert [one.contact for one in witness.read()] == ["kaska-1.2", "kaska-1.3", "kaska-0.9"]
    again = Witness(settings, position).read()
    assert [one.contact for one in again] == ["kaska-1.1", "kaska-1.2", "kaska-1.3", "kaska-0.9"]
    cel.write_text(talk("kaska-1.4", 1400.0, 0.5))
    assert [one.contact for one in witness.read()] == ["kaska-1.4"]


def test_died_with_the_switch(tmp_path: Path) -> None:
    settings, cel = place(tmp_path)
    cel.write_text("".join(talk("kaska-1.1", 1000.0, 7.0).splitlines(keepends=True)[:4]))
    witness = Witness(settings)
    assert witness.read(900.0) == []
    (record,) = witness.read(1500.0)
    assert record.crashed
    assert as_contact_witnessed(record, 1500.0).cause == "switch_failure"


def test_hostile_text_and_broken_lines(tmp_path: Path) -> None:
    settings, cel = place(tmp_path)
    said = '";\n"x",' + "\x00<b>'; DROP TABLE x --"
    start = row("CHAN_START", 1.0, "kaska-1.1", caller_number=said, caller_name=said, exten=said)
    cel.write_text('"HANGUP","not a time"\n\n,,,\n' + start + row("HANGUP", 2.0, "kaska-1.1", extra="{not json"))
    (record,) = Witness(settings).read()
    assert (record.number, record.caller, record.caller_name) == (said, said, said)
    event = as_contact_witnessed(record, 3.0)
    assert (event.customer, event.outcome, event.cause) == ("", "lost", "before_answer")


def test_other_channels_are_no_contacts(tmp_path: Path) -> None:
    settings, cel = place(tmp_path)
    phone = {"channel": "PJSIP/demo-101-00000002", "context": "from-agents"}
    cel.write_text(
        row("CHAN_START", 1.0, "kaska-1.1", **phone)
        + row("HANGUP", 2.0, "kaska-1.1", **phone)
        + row("CHAN_START", 3.0, "cb-1-c1", channel="PJSIP/trunk-main-00000003")
        + row("HANGUP", 4.0, "cb-1-c1", channel="PJSIP/trunk-main-00000003")
    )
    assert Witness(settings).read() == []


# --- recordings --------------------------------------------------------------------------------------------------


def sound(file: Path, samples: list[int], rate: int = 8000) -> None:
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(array.array("h", samples).tobytes())


def test_two_sides_become_one_recording(tmp_path: Path) -> None:
    settings, _ = place(tmp_path)
    agent, customer = recordings.parts(settings.recordings_dir, "k.1")
    sound(agent, [1, 2, 3])
    sound(customer, [-1, -2])
    finished = recordings.join(settings.recordings_dir, "k.1")
    assert (finished.name, finished.seconds, finished.problem) == ("k.1.wav", 3 / 8000, "")
    with wave.open(str(settings.recordings_dir / "k.1.wav")) as whole:
        assert list(array.array("h", whole.readframes(9))) == [1, -1, 2, -2, 3, 0]
    assert not agent.exists()
    assert not customer.exists()
    assert recordings.join(settings.recordings_dir, "k.1") == finished  # asked again: still there


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    settings, _ = place(tmp_path)
    directory = settings.recordings_dir
    assert recordings.join(directory, "none").problem == "nothing was recorded"
    agent, customer = recordings.parts(directory, "half")
    sound(customer, [5] * 80)
    sound(agent, [])
    half = recordings.join(directory, "half")
    assert (half.name, half.problem) == ("half.wav", "the side of the agent is missing")
    for part in recordings.parts(directory, "empty"):
        sound(part, [])
    assert recordings.join(directory, "empty").name == ""
    assert sorted(file.name for file in directory.rglob("*.*")) == ["half.wav"]


def test_pieces_become_one_recording_with_silence_between(tmp_path: Path) -> None:
    directory = place(tmp_path)[0].recordings_dir
    for part, samples in zip(recordings.parts(directory, "k"), ([1, 2, 3], [-1, -2]), strict=True):
        sound(part, samples)
    second, third = (pieces.piece(directory, "k", number) for number in (2, 3))
    for file, samples in zip(second.files, ([4, 5], [-4, -5]), strict=True):
        sound(file, samples)
    second.note.write_text(f"{2 / 8000:.6f}")
    third.note.write_text("0")  # the switch never went on
    finished = recordings.join(directory, "k")
    assert (finished.name, finished.problem) == ("k.wav", "what was said after a pause is missing")
    with wave.open(str(directory / "k.wav")) as whole:
        both = list(array.array("h", whole.readframes(20)))
    assert (both[::2], both[1::2]) == ([1, 2, 3, 0, 0, 4, 5], [-1, -2, 0, 0, 0, -4, -5])
    assert [file.name for file in directory.rglob("*.*")] == ["k.wav"]


def test_what_was_not_to_be_recorded_is_deleted_with_its_pieces(tmp_path: Path) -> None:
    settings, _ = place(tmp_path)
    directory = settings.recordings_dir
    files = [*recordings.parts(directory, "k"), *pieces.piece(directory, "k", 2).files]
    for file in files:
        sound(file, [1])
    recordings.discard(settings, "k")
    assert sorted(directory.rglob("*.*")) == sorted(files)
    recordings.discard(settings, "k", sound_too=True)
    assert list(directory.rglob("*.*")) == []


async def test_a_file_the_switch_died_in_is_still_used(tmp_path: Path) -> None:
    settings, _ = place(tmp_path)
    agent, customer = recordings.parts(settings.recordings_dir, "k")
    sound(agent, [7] * 800)
    sound(customer, [9] * 800)
    broken = bytearray(agent.read_bytes())
    broken[40:44] = bytes(4)
    agent.write_bytes(bytes(broken))
    finished = await recordings.finish(settings, "k")
    assert (finished.name, finished.seconds, finished.problem) == ("k.wav", 0.1, "")


async def test_many_recordings_are_finished_as_they_are_closed(tmp_path: Path) -> None:
    settings, _ = place(tmp_path)
    for name in ("first", "open", "second"):
        for part in recordings.parts(settings.recordings_dir, name):
            sound(part, [7] * 800)
    agent, _ = recordings.parts(settings.recordings_dir, "open")
    whole = agent.read_bytes()
    agent.write_bytes(whole[:40] + bytes(4) + whole[44:])  # as the switch leaves it until it closes the file
    told: dict[str, str] = {}
    twice, all_told = asyncio.Event(), asyncio.Event()

    def tell(contact: str, finished: recordings.Finished) -> None:
        assert contact not in told
        told[contact] = finished.name
        if told.keys() == {"first", "second"}:
            twice.set()
        if len(told) == 3:
            all_told.set()

    finishing = recordings.Finishing(settings, tell)
    for name in ("first", "open", "second"):
        finishing.add(name)
    await twice.wait()
    agent.write_bytes(whole)
    await all_told.wait()
    assert told == {"first": "first.wav", "second": "second.wav", "open": "open.wav"}


async def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    settings, _ = place(tmp_path)
    for part in recordings.parts(settings.recordings_dir, "k"):
        sound(part, [7] * 800)
    (settings.recordings_dir / ".k.wav.part").symlink_to("/dev/full")
    finished = await recordings.finish(settings, "k")
    assert finished.name == ""
    assert "No space" in finished.problem
    assert all(part.exists() for part in recordings.parts(settings.recordings_dir, "k"))


def test_a_recording_cut_off_by_the_death_of_the_switch_is_kept(tmp_path: Path) -> None:
    """What Asterisk leaves behind: a head without lengths, and the sound as far as it was written."""
    form = b"\x10\0\0\0\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x10\0"
    cut_off = b"RIFF\0\0\0\0WAVEfmt " + form + b"data\0\0\0\0" + b"\1\2" * 8000
    for part in recordings.parts(tmp_path, "x"):
        part.parent.mkdir(exist_ok=True)
        part.write_bytes(cut_off)
    finished = recordings.join(tmp_path, "x")
    assert (finished.name, finished.seconds, finished.problem) == ("x.wav", 1.0, "")


_hostile = st.text(st.sampled_from('",\n;aЯ1"'), max_size=12)


@given(names=st.lists(_hostile, min_size=1, max_size=6), data=st.data())
def test_the_newest_records_begin_where_one_begins(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], data: st.DataObject
) -> None:
    """Whatever the callers are named, wherever the last bytes begin."""
    rows = [row("CHAN_START", at, f"kaska-{at}.{at}", caller_name=name) for at, name in enumerate(names, start=1)]
    file = tmp_path_factory.mktemp("newest") / "cel.csv"
    file.write_text("".join(rows))
    size = data.draw(st.integers(0, file.stat().st_size + 5))
    whole = [len("".join(rows[at:]).encode()) for at in range(len(rows))]
    found = [fields[2] for _, _, fields in records.newest(file, size, CEL_BEGINS)]
    assert found == [f"kaska-{at}.{at}" for at, length in enumerate(whole, start=1) if length <= size]


@given(names=st.lists(_hostile, min_size=3, max_size=3), data=st.data())
def test_a_record_cut_short_hides_no_other(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], data: st.DataObject
) -> None:
    """The switch died in the middle of a line and writes on where it stopped."""
    first, second, third, fourth = (
        row("CHAN_START", at, f"kaska-{at}.{at}", caller_name=name)
        for at, name in enumerate([*names, "after"], start=1)
    )
    cut = data.draw(st.integers(1, len(second) - 1))
    file = tmp_path_factory.mktemp("cut") / "cel.csv"
    file.write_text(first + second[:cut] + third + fourth)
    found = [fields[2] for _, _, fields in records.read(file, records.Position(), CEL_BEGINS) if len(fields) > 2]
    assert found[0] == "kaska-1.1"
    assert found[-1] == "kaska-4.4"


async def test_a_long_record_is_looked_back_into_from_anywhere(tmp_path: Path) -> None:
    """More is written than is looked back upon: who met whom lately is found at once, wherever that begins."""
    settings, cel = place(tmp_path)
    text = "".join(talk(f"kaska-{at}.1", at, 7.0).replace('""b""', f'""kaska-{at}.1""') for at in range(1, 6000))
    assert len(text) > aftermath.LOOKED_BACK + 1000
    for more in range(0, 40, 7):
        cel.write_text(text + row("HANGUP", 9000.0, "kaska-5999.1", userfield="u" * more))
        told = aftermath.read(settings, ["kaska-5998.1"])
        assert told.joined == {"kaska-5998.1": ("kaska-5998.1-a1", 6000.0)}
