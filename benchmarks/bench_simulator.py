"""One call centre, one processor core: our simulator, with the very core that takes live calls, against simpy and Ciw.

``simulator_vs_simpy``: calls per second, against the faster of two simpy models of the same centre; the other row of
simpy is the model with its own FilterStore. ``simulator_vs_ciw``: against Ciw. All must see the same: waits and
abandonment within what chance allows. ``simulator_broken_laws``: of 100,000 calls checked after every event.
``simulator_native``: calls per second with the compiled core, if `make native` was run, against the pure Python.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import mean, stdev

from kaska.kit.config import Settings
from report import publish, row
from simulation import in_ciw, in_kaska, in_simpy
from simulation.centre import Seen

CALLS = 10_000
ROUNDS = 4
CHECKED_CALLS = 100_000
ALLOWED = 4.0
"""standard errors by which two simulations may differ"""

SIMULATIONS: dict[str, Callable[[int, int], Seen]] = {
    "kaska": in_kaska.with_core,
    "simpy": in_simpy.with_lines,
    "simpy, store": in_simpy.with_store,
    "ciw": in_ciw.with_node,
}


def main() -> None:
    seen: dict[str, list[Seen]] = {name: [] for name in SIMULATIONS}
    for seed in range(1, ROUNDS + 1):  # in turn, so that a busy machine is busy for all
        for name, simulate in SIMULATIONS.items():
            seen[name].append(simulate(CALLS, seed))
    for name, runs in seen.items():
        _agree(name, [run.abandoned for run in runs], [run.abandoned for run in seen["kaska"]])
        _agree(name, [run.speed_of_answer for run in runs], [run.speed_of_answer for run in seen["kaska"]])
    speed = {name: max(run.calls / run.elapsed for run in runs) for name, runs in seen.items()}
    broken = in_kaska.broken_laws(CHECKED_CALLS, 1)
    native = _native()
    compiled = [row("simulator_native", native, "calls/s", speed["kaska"])] if native else []
    publish(
        "simulator",
        [
            *compiled,
            row("simulator_vs_simpy", speed["kaska"], "calls/s", speed["simpy"]),
            row("simulator_vs_simpy_store", speed["kaska"], "calls/s", speed["simpy, store"]),
            row("simulator_vs_ciw", speed["kaska"], "calls/s", speed["ciw"]),
            row("simulator_abandoned", 100 * mean(run.abandoned for run in seen["kaska"]), "%",
                100 * mean(run.abandoned for run in seen["simpy"])),
            row("simulator_speed_of_answer", mean(run.speed_of_answer for run in seen["kaska"]), "s",
                mean(run.speed_of_answer for run in seen["simpy"])),
            row("simulator_broken_laws", len(broken), f"of {CHECKED_CALLS:,} calls", 0.0),
        ],
    )  # fmt: skip


def _native() -> float:
    """Calls per second with the compiled core, the best round; 0.0 when `make native` was not run."""
    tree = Settings().root / "native"
    if not tree.exists():
        return 0.0
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(tree), str(Path(__file__).parent)))}
    command = [sys.executable, "-m", "simulation.in_kaska", str(CALLS)]
    rounds = [
        subprocess.run([*command, str(seed)], env=environment, capture_output=True, text=True, check=True).stdout
        for seed in range(1, ROUNDS + 1)
    ]
    return max(float(said) for said in rounds)


def _agree(name: str, theirs: list[float], ours: list[float]) -> None:
    error = math.sqrt((stdev(theirs) ** 2 + stdev(ours) ** 2) / len(ours))
    if abs(mean(theirs) - mean(ours)) > ALLOWED * max(error, 1e-9) and theirs is not ours:
        raise SystemExit(
            f"{name} simulates another centre: {mean(theirs):.4f} instead of {mean(ours):.4f} ± {error:.4f}"
        )


if __name__ == "__main__":
    main()
