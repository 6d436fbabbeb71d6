"""What the jobs use of reconciliation: hand in what the switch recorded, and compare."""

from __future__ import annotations

from kaska.features.reconciliation.comparison import Lines
from kaska.features.reconciliation.repository import mask_callers
from kaska.features.reconciliation.service import (
    CdrCall,
    Comparison,
    SwitchCall,
    SwitchCount,
    compare,
    record,
    record_cdr,
    record_count,
)
from kaska.features.reconciliation.slices import Counts, Examined, slice_of

__all__ = [
    "CdrCall",
    "Comparison",
    "Counts",
    "Examined",
    "Lines",
    "SwitchCall",
    "SwitchCount",
    "compare",
    "mask_callers",
    "record",
    "record_cdr",
    "record_count",
    "slice_of",
]
