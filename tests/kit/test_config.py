"""Settings that cannot be used are named, with what is wrong."""

from __future__ import annotations

import pytest

from kaska.kit.config import SettingsProblem, load


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KASKA_WEB_PORT", "eighty")
    monkeypatch.setenv("KASKA_SIP_PORT", "99999")
    with pytest.raises(SettingsProblem) as told:
        load()
    assert "KASKA_WEB_PORT" in str(told.value)
    assert "KASKA_SIP_PORT" in str(told.value)


def test_an_unknown_role_is_named_with_those_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KASKA_ROLES", "web,butler")
    with pytest.raises(SettingsProblem, match="butler — choose among web, engine, jobs"):
        load()
