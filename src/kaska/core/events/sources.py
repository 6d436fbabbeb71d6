"""Where a signal came from."""

from __future__ import annotations

LIVE = "live"
RECONCILE = "reconcile"
FALLBACK = "fallback"
SWITCH_FAILURE = "switch_failure"
