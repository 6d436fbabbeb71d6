"""Placeholder until the witness reader lands."""

from __future__ import annotations

import asyncio
from typing import Any


class Witnessing:
    def __init__(self, *_: Any) -> None:
        self.problem = ""
        self.summary = ""

    async def run(self) -> None:
        await asyncio.Event().wait()
