"""What the rest of the product uses of reports."""

from __future__ import annotations

from kaska.features.reports.people import forget_people
from kaska.features.reports.projection import ReportsProjection
from kaska.features.reports.recounting import rebuild

__all__ = ["ReportsProjection", "forget_people", "rebuild"]
