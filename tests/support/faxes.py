"""Faxes that come to a played company, and what their files look like."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PIL import Image

from kaska.core import events
from kaska.core.configuration import Number
from kaska.core.scenarios.graph import Fax, Scenario
from support.fax_machine import DPI, page
from support.play import Play

NUMBER = "+74950000105"


def fax_comes(play: Play, caller: str, pages: int = 2, problem: str = "", owner: str = "queue:sales") -> str:
    """The contact; its file is the test's to write."""
    if NUMBER not in play.configuration.numbers:
        whole = play.configuration
        play.configuration = replace(
            whole,
            version=whole.version + 1,
            numbers={**whole.numbers, NUMBER: Number(NUMBER, "windows", "fax")},
            scenarios={**whole.scenarios, "fax": Scenario("fax", 1, "fax", {"fax": Fax(owner, "")})},
        )
        play.tell(events.ConfigurationPublished(play.now, play.configuration))
    contact = play.arrive(caller, NUMBER)
    play.tell(events.LegEnded(play.now, contact, contact))
    play.tell(events.FaxReceived(play.now, contact, contact, pages, "7 495 000 00 09", problem))
    play.settle()
    return contact


def write_fax(path: Path, pages: int = 2) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    sheets: list[Image.Image] = [page(f"page {number}") for number in range(1, pages + 1)]
    sheets[0].save(path, "TIFF", save_all=True, append_images=sheets[1:], compression="group4", dpi=DPI)
    return path.read_bytes()
