"""What other features use of surveys."""

from __future__ import annotations

from kaska.features.surveys.projection import SurveysProjection

__all__ = ["SurveysProjection"]
