"""Does anything grow with the number of calls? 20,000 calls through the whole product; memory should stay flat.

``memory_engine_growth``, ``memory_page_growth`` and ``memory_asterisk_growth``: resident megabytes of the process that
decides, of the one that keeps the books and serves the page, and of the switch, after 20,000 calls against those after
10,000. Until then caches and pools come to their size, and the moments of work that come once a minute (a minute of the
switch's records, half a minute of the books) have had their memory once. What is remembered of contacts that ended
lately (20,000 of them) goes on filling up meanwhile: about 0.2 MB a thousand in each process.
"""

from __future__ import annotations

import asyncio
import os

from report import Row, publish, row
from voice import cpu
from voice.load import call
from voice.product import Product

RATE = float(os.environ.get("KASKA_BENCH_RATE", "60"))
STEP = 2000
WARM = 10_000
CALLS = 20_000
PARTS = ("engine", "page", "asterisk")
_MEGABYTE = 1 << 20


async def measure() -> list[Row]:
    product = Product()
    seen: dict[int, dict[str, float]] = {}
    try:
        print("memory: the product is started, 300 telephones registered", flush=True)
        await product.start()
        for calls in range(STEP, CALLS + 1, STEP):
            run = await call(product, RATE, STEP / RATE)
            seen[calls] = held = {part: cpu.resident(pid) / _MEGABYTE for part, pid in product.processes().items()}
            shown = ", ".join(f"{part} {held[part]:.0f} MB" for part in PARTS)
            print(f"  after {calls:>6} calls: {shown}; {run.line()}", flush=True)
    finally:
        await product.stop()
    first, warm, last = seen[STEP], seen[WARM], seen[CALLS]
    rows = []
    for part in PARTS:
        rows += [
            row(f"memory_{part}_after_{STEP}", first[part], "MB", 0.0),
            row(f"memory_{part}_after_{WARM}", warm[part], "MB", first[part]),
            row(f"memory_{part}_growth", last[part], "MB", warm[part]),
        ]
    return rows


def main() -> None:
    publish("memory", asyncio.run(measure()))


if __name__ == "__main__":
    main()
