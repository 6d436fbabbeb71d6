"""A supervisor over two small programs, to be killed by test_supervisor.py: ``supervised.py STATE``."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from kaska.host.component import Component
from kaska.host.supervisor import Ending, only_one, supervise

BEAT = "import sys, time, pathlib; pathlib.Path(sys.argv[1]).write_text('up'); time.sleep(600)"


def components(root: Path) -> list[Component]:
    def one(name: str) -> Component:
        here = root / f"{name}.up"
        return Component(
            name=name,
            title=name,
            root=root,
            command=lambda: [sys.executable, "-c", BEAT, str(here)],
            prepare=lambda: here.unlink(missing_ok=True),
            ready=here.exists,
        )

    return [one("first"), one("second")]


if __name__ == "__main__":
    ending = Ending()
    signal.signal(signal.SIGTERM, lambda *_: ending.wish())
    with only_one(Path(sys.argv[1])):
        supervise(components(Path(sys.argv[1])), ending)
