"""Does anything grow with the number of calls? 10,000 calls through the whole product; memory should stay flat.

``memory_application_growth`` and ``memory_asterisk_growth``: resident megabytes after 10,000 calls against those after
2,000, when caches and pools have their size.
"""

from __future__ import annotations

import asyncio
import os

from report import Row, publish, row
from voice import cpu
from voice.load import call
from voice.product import Product

RATE = float(os.environ.get("KASKA_BENCH_RATE", "80"))
STEP = 2000
CALLS = 10_000
_MEGABYTE = 1 << 20


async def measure() -> list[Row]:
    product = Product()
    seen: dict[int, dict[str, float]] = {}
    try:
        print("memory: the product is started, 300 telephones registered", flush=True)
        await product.start()
        for calls in range(STEP, CALLS + 1, STEP):
            run = await call(product, RATE, STEP / RATE)
            held = {part: cpu.resident(pids[0]) / _MEGABYTE for part, pids in product.pids().items()}
            seen[calls] = held
            shown = ", ".join(f"{part} {held[part]:.0f} MB" for part in ("python", "asterisk"))
            print(f"  after {calls:>6} calls: {shown}; {run.line()}", flush=True)
    finally:
        await product.stop()
    first, middle, last = seen[STEP], seen[3 * STEP], seen[CALLS]
    rows = []
    for name, part in (("application", "python"), ("asterisk", "asterisk")):
        rows += [
            row(f"memory_{name}_after_{STEP}", first[part], "MB", 0.0),
            row(f"memory_{name}_after_{3 * STEP}", middle[part], "MB", first[part]),
            row(f"memory_{name}_growth", last[part], "MB", first[part]),
        ]
    return rows


def main() -> None:
    publish("memory", asyncio.run(measure()))


if __name__ == "__main__":
    main()
