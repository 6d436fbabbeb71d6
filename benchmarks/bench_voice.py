"""The same SIP calls, answered in turn by app_queue and by the whole product on one machine.

300 registered telephones, one queue, calls of 1.5 s that arrive over a trunk. Equal on both sides: Asterisk's binary,
modules and settings, the people, CDR and CEL, recording by MixMonitor with the parties apart, SIPp's traffic. app_queue
(strategy leastrecent, its likeness of longest idle) keeps nothing; the product keeps its journal, ledger, projections
and reconciliation meanwhile. Nobody speaks: sound costs the same on both sides and would only measure SIPp.

Runs are short and in turn, ratios are of runs side by side, the median counts: the machine may be busy with other
things. A pair in which SIPp itself could not call in time is repeated (``STARVED_PAIRS``).

``voice_p95_vs_app_queue``      p95 from INVITE to 200 at 60 calls/s; target ≤ 1.2
``voice_cpu_vs_app_queue``      CPU per call, Asterisk and Python, at 60 calls/s; target ≤ 1.15; ``…_100``: at 100
``voice_ceiling_vs_app_queue``  highest rate with p95 ≤ 50 ms, every call bridged, nothing retransmitted; target ≥ 0.9
"""

from __future__ import annotations

import asyncio
import os
import statistics
from collections.abc import Callable

from kaska.features.publishing.public import latest
from report import Row, publish, row
from voice.app_queue import AppQueue
from voice.company import TENANT
from voice.load import Seen, Side, call
from voice.product import Product

SECONDS = float(os.environ.get("KASKA_BENCH_SECONDS", "12"))
PAIRS = int(os.environ.get("KASKA_BENCH_PAIRS", "3"))
STARVED_PAIRS = 3
CEILING_P95_MS = 50.0
CEILING_RATES = (20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 220, 240)
CEILING_TRIES = 2
BETWEEN_RUNS = 2.0

Pair = tuple[Seen, Seen]


async def _run(side: Side, rate: float, seconds: float = SECONDS) -> Seen:
    seen = await call(side, rate, seconds)
    print(f"  {side.name:<10}{seen.line()}", flush=True)
    await asyncio.sleep(BETWEEN_RUNS)
    return seen


async def pairs(ours: Side, theirs: Side, rate: float) -> list[Pair]:
    """``PAIRS`` runs of both side by side; a pair that says nothing because SIPp was starved is done again."""
    found: list[Pair] = []
    starved = 0
    while len(found) < PAIRS:
        first, second = (theirs, ours) if len(found) % 2 else (ours, theirs)
        seen = {one.name: await _run(one, rate) for one in (first, second)}
        pair = seen[ours.name], seen[theirs.name]
        if any(one.starved for one in pair) and starved < STARVED_PAIRS:
            starved += 1
            print("  SIPp was starved: this pair is done again", flush=True)
            continue
        found.append(pair)
    return found


async def ceiling(ours: Side, theirs: Side) -> tuple[float, float]:
    """The highest rate that each holds, looked for upwards in turn; 0.0 when not even the first."""
    held = {ours.name: 0.0, theirs.name: 0.0}
    climbing = [ours, theirs]
    for rate in CEILING_RATES:
        for side in list(climbing):
            for _ in range(CEILING_TRIES):
                try:
                    seen = await _run(side, rate, SECONDS / 2)
                except TimeoutError:  # somebody waited for ever: not held, and what was measured before still counts
                    print(f"  {side.name:<10}{rate:>7}/s  callers were left waiting for more than a minute", flush=True)
                    continue
                if seen.clean and seen.p95 <= CEILING_P95_MS:
                    held[side.name] = rate
                    break
            else:
                climbing.remove(side)
    return held[ours.name], held[theirs.name]


def _compared(name: str, unit: str, found: list[Pair], of: Callable[[Seen], float]) -> Row:
    """Medians of both; the ratio is the median of the ratios side by side."""
    ours, theirs = (statistics.median(of(pair[which]) for pair in found) for which in (0, 1))
    made = row(name, ours, unit, theirs)
    made["ratio"] = round(statistics.median(of(pair[0]) / max(of(pair[1]), 1e-9) for pair in found), 3)
    return made


def _rows_at(rate: int, found: list[Pair]) -> list[Row]:
    ending = "" if rate == 60 else f"_{rate}"
    shown = [
        _compared(f"voice_p95_vs_app_queue{ending}", "ms", found, lambda one: one.p95),
        _compared(f"voice_p50_vs_app_queue{ending}", "ms", found, lambda one: one.p50),
        _compared(f"voice_cpu_vs_app_queue{ending}", "ms/call", found, lambda one: one.cost),
        _compared(f"voice_cpu_asterisk{ending}", "ms/call", found, lambda one: one.cpu_ms["asterisk"]),
    ]
    for part in ("python", "postgres"):
        spent = statistics.median(pair[0].cpu_ms[part] for pair in found)
        shown.append(row(f"voice_cpu_{part}{ending}", spent, "ms/call", 0.0))
    shown.append(_compared(f"voice_cpu_sipp{ending}", "ms/call", found, _sipp))
    calls = sum(one.calls for pair in found for one in pair)
    shown.append(row(f"voice_bridged{ending}", sum(one.bridged for pair in found for one in pair), "calls", calls))
    shown.append(
        row(f"voice_retransmissions{ending}", sum(one.retransmissions for pair in found for one in pair), "", 0)
    )
    shown.append(_compared(f"voice_machine_busy{ending}", "share", found, lambda one: one.machine))
    return shown


def _sipp(seen: Seen) -> float:
    return seen.cpu_ms["agents"] + seen.cpu_ms["customers"]


async def measure() -> list[Row]:
    ours = Product()
    theirs: AppQueue | None = None
    try:
        print("voice: the product and app_queue are started, 300 telephones registered", flush=True)
        await ours.start()
        configuration = await latest(ours.database, TENANT)
        assert configuration is not None
        theirs = AppQueue(configuration, ours.passwords)
        await theirs.start()
        for side in (ours, theirs):  # everything once, unmeasured
            await _run(side, 30, 4)
        rows: list[Row] = []
        in_ledger, by_switch = await ours.bridged(), 0
        for rate in (60, 100):
            found = await pairs(ours, theirs, rate)
            by_switch += sum(pair[0].bridged for pair in found)
            rows += _rows_at(rate, found)
        rows.append(row("voice_bridged_in_ledger", await ours.bridged() - in_ledger, "calls", by_switch))
        our_ceiling, their_ceiling = await ceiling(ours, theirs)
        rows.append(row("voice_ceiling_vs_app_queue", our_ceiling, "calls/s", their_ceiling))
        return rows
    finally:
        await ours.stop()
        if theirs is not None:
            await theirs.stop()


def main() -> None:
    publish("voice", asyncio.run(measure()))


if __name__ == "__main__":
    main()
