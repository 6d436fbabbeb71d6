"""Listening: only by those who may, only as it was recorded, and never unnoticed."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from kaska.core import events
from kaska.core.facts import RecordingReady
from support.books import Company, Web
from support.company import CLOSED

pytestmark = pytest.mark.database


def write_sound(path: Path, channels: int = 2) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as sound:
        sound.setparams((channels, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(range(256)) * 400)
    return path.read_bytes()


async def talked(company: Company, web: Web) -> tuple[str, bytes]:
    """A conversation of agent a301 with its recording on the disk."""
    company.play.ready("a301")
    contact = company.play.talk("+79000000001")
    await company.write()
    return contact, write_sound(web.settings.recordings_dir / f"{contact}.wav")


async def test_the_whole_and_a_part_are_played_and_written_down(company: Company, web: Web) -> None:
    contact, sound = await talked(company, web)
    operator = await web.sign_in(company, "operator", "a301")
    path = f"/api/contacts/{contact}/recording"
    whole = await operator.get(path)
    assert whole.status_code == 200
    assert whole.headers["content-type"] == "audio/wav"
    assert whole.headers["accept-ranges"] == "bytes"
    assert "no-store" in whole.headers["cache-control"]
    assert whole.headers["x-content-type-options"] == "nosniff"
    assert whole.content == sound
    part = await operator.get(path, headers={"Range": "bytes=1000-1999"})
    assert part.status_code == 206
    assert part.headers["content-range"] == f"bytes 1000-1999/{len(sound)}"
    assert part.headers["content-length"] == "1000"
    assert part.content == sound[1000:2000]
    beyond = await operator.get(path, headers={"Range": f"bytes={len(sound)}-"})
    assert (beyond.status_code, beyond.json()["code"]) == (416, "range_not_satisfiable")
    assert beyond.headers["content-range"] == f"bytes */{len(sound)}"

    lines = await company.audit("recordings.listen")
    assert [(line.user_id, line.object, line.details["first_byte"]) for line in lines] == [
        ("a301", contact, 0),
        ("a301", contact, 1000),
    ]


async def test_operators_hear_their_own_and_supervisors_all(company: Company, web: Web) -> None:
    contact, sound = await talked(company, web)
    path = f"/api/contacts/{contact}/recording"
    other = await web.sign_in(company, "operator", "a302")
    refused = await other.get(path)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_your_contact")
    assert await company.audit("recordings.listen") == []
    supervisor = await web.sign_in(company, "supervisor", "boss")
    assert (await supervisor.get(path)).content == sound


async def test_every_reason_why_there_is_nothing_has_a_name(company: Company, web: Web) -> None:
    play = company.play
    lost = play.lose("+79000000005")
    play.ready("a301")
    gone = play.talk("+79000000001")
    play.pass_time(60)
    live = play.arrive("+79000000002")
    play.settle()
    await company.write()
    await company.write_facts([RecordingReady(play.now, lost, "", 0.0, "disk full {oops}")])
    boss = await web.sign_in(company, "supervisor", "boss")

    async def refusal(contact: str, kind: str = "recording") -> tuple[int, str]:
        answer = await boss.get(f"/api/contacts/{contact}/{kind}")
        return answer.status_code, answer.json()["code"]

    assert await refusal("unheard-of") == (404, "contact_not_found")
    assert await refusal("..%2f..%2fetc%2fpasswd") == (404, "not_found")
    assert await refusal("a%00b") == (404, "contact_not_found")
    assert await refusal(lost) == (404, "recording_missing")
    assert "disk full {oops}" in (await boss.get(f"/api/contacts/{lost}/recording")).json()["message"]
    assert await refusal(gone) == (404, "recording_file_gone")
    assert await refusal(live) == (404, "recording_not_ready")
    assert await refusal(live, "message") == (404, "no_message")
    waiting = play.arrive("+79000000007")
    await company.write()
    assert await refusal(waiting) == (404, "nothing_recorded")


async def test_a_message_may_be_heard_by_whoever_may_answer_it(company: Company, web: Web) -> None:
    play = company.play
    contact = play.arrive("+79000000006", CLOSED)
    play.settle()
    play.hang_up(contact)
    await company.write()
    operator = await web.sign_in(company, "operator", "a304")
    card = (await operator.get(f"/api/contacts/{contact}")).json()
    assert card["outcome"] == "message_taken"
    assert (await operator.get(f"/api/contacts/{contact}/message")).json()["code"] == "recording_file_gone"
    sound = write_sound(web.settings.messages_dir / f"{card['message']}.wav", channels=1)
    assert (await operator.get(f"/api/contacts/{contact}/message")).content == sound
    [line] = await company.audit("recordings.listen_message")
    assert (line.user_id, line.object) == ("a304", contact)
    [debt] = (await operator.get("/api/debts")).json()["items"]
    assert (debt["message"], debt["message_seconds"]) == (card["message"], 4.0)


async def test_a_recording_that_leads_elsewhere_is_not_followed(company: Company, web: Web) -> None:
    contact, _ = await talked(company, web)
    secret = web.settings.root / "secrets"
    secret.mkdir(parents=True)
    (secret / "key.wav").write_bytes(b"secret")
    await company.submit(events.RecordingStored(company.play.now, contact, "../secrets/key.wav", 1.0))
    boss = await web.sign_in(company, "supervisor", "boss")
    assert (await boss.get(f"/api/contacts/{contact}/recording")).json()["code"] == "recording_file_gone"


async def test_another_company_hears_nothing(company: Company, neighbour: Company, web: Web) -> None:
    contact, _ = await talked(company, web)
    stranger = await web.sign_in(neighbour, "administrator", "a301")
    for kind in ("recording", "message"):
        answer = await stranger.get(f"/api/contacts/{contact}/{kind}")
        assert (answer.status_code, answer.json()["code"]) == (404, "contact_not_found")
    nobody = await web.sign_in(company, "operator", "a301")
    nobody.cookies.clear()
    assert (await nobody.get(f"/api/contacts/{contact}/recording")).status_code == 401
