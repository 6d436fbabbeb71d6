"""One installation for all faults."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.ground import Ground


@pytest.fixture(scope="session")
def ground() -> Iterator[Ground]:
    home = Path(tempfile.mkdtemp(prefix="kaska-faults-"))
    home.chmod(0o755)
    installation = Ground(home)
    try:
        installation.start()
        asyncio.run(installation.describe())
        yield installation
    finally:
        installation.stop()
        if not os.environ.get("KASKA_KEEP"):
            shutil.rmtree(home, ignore_errors=True)
