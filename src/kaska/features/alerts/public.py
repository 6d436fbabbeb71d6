"""What the rest of the product uses of alerts."""

from __future__ import annotations

from kaska.features.alerts.watching import Alerting

__all__ = ["Alerting"]
