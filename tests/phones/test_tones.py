"""Measuring tones, and the sounds that phones make."""

from __future__ import annotations

import wave
from array import array
from pathlib import Path

import pytest

from phones import from_wav, g711, levels, tone, tones
from phones.ear import Ear


@pytest.mark.parametrize("codec", ["PCMA", "PCMU"])
def test_tone_survives_the_codec(codec: str) -> None:
    frames = tone(440, 650).frames(codec)
    assert len(frames) == 50
    samples = g711.decode(b"".join(frames[:20]), codec)
    assert tones.amplitude(samples, 440) == pytest.approx(0.25, abs=0.01)
    assert tones.amplitude(samples, 650) == pytest.approx(0.25, abs=0.01)
    assert tones.amplitude(samples, 540) < 0.01
    assert tones.share(samples, 440) == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("codec", ["PCMA", "PCMU"])
def test_codes_decode_to_themselves(codec: str) -> None:
    for code, value in enumerate(g711.DECODE[codec]):
        again = g711.decode(g711.encode([value], codec), codec)[0]
        assert abs(again - value) <= max(16, abs(value) // 16), code


def test_levels_of_a_stereo_recording(tmp_path: Path) -> None:
    left = g711.decode(b"".join(tone(440).frames("PCMA")), "PCMA")
    right = [0] * 4000 + g711.decode(b"".join(tone(650).frames("PCMA")), "PCMA")[:4000]
    path = tmp_path / "call.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(array("h", [s for pair in zip(left, right, strict=True) for s in pair]).tobytes())
    agent, customer = levels(path, 0, (440, 650)), levels(path, 1, (440, 650))
    assert agent[440].seconds == pytest.approx(1.0)
    assert agent[650].seconds == 0
    assert customer[650].seconds == pytest.approx(0.5)
    assert customer[440].seconds == 0
    with pytest.raises(ValueError, match="2 channels"):
        levels(path, 2, (440,))


def test_wav_at_another_rate_becomes_8_khz(tmp_path: Path) -> None:
    path = tmp_path / "tone.wav"
    samples = array("h", [int(8000 * (-1) ** (n // 20)) for n in range(16000)])  # 400 Hz square at 16 kHz
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes(samples.tobytes())
    sound = from_wav(path)
    assert sound.seconds == pytest.approx(1.0, abs=0.03)
    assert tones.amplitude(g711.decode(b"".join(sound.frames("PCMA")), "PCMA")[:4000], 400) > 0.2


def test_ear_knows_tone_from_music_and_silence() -> None:
    ear = Ear()
    assert not ear.has_other()
    for frame in tone(533).frames("PCMA"):
        ear.hear(frame, "PCMA")
    assert ear.has_tone(533)
    assert not ear.has_tone(650)
    assert not ear.has_other(known=(533,))
    assert ear.has_other(known=(650,))
    assert "loudness 0.1" in ear.describe()
