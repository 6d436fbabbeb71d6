"""What other features use of scripts."""

from __future__ import annotations

from kaska.features.scripts.repository import forget_runs, runs_of

__all__ = ["forget_runs", "runs_of"]
