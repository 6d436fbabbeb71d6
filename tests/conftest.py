"""What all tests share. Fixtures with a subject of their own live in tests/plugins."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that ``tests.…`` can be imported however pytest was started

pytest_plugins = [
    "tests.plugins.postgres",
    "tests.plugins.installation",
    "tests.plugins.numbers",
    "tests.plugins.side_by_side",
]

settings.register_profile("kaska", deadline=None)  # how long one example takes says only how busy the machine is
settings.load_profile("kaska")
