"""The two switches that answer the same traffic: the product, and app_queue on an Asterisk of its own."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))  # sipp, phones
