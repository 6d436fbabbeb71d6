"""What the jobs use of reconciliation: hand in what the switch recorded, and compare."""

from __future__ import annotations

from kaska.features.reconciliation.comparison import Lines
from kaska.features.reconciliation.repository import mask_callers
from kaska.features.reconciliation.service import (
    CdrCall,
    Comparison,
    Counts,
    SwitchCall,
    SwitchCount,
    compare,
    record,
    record_cdr,
    record_count,
)

__all__ = [
    "CdrCall",
    "Comparison",
    "Counts",
    "Lines",
    "SwitchCall",
    "SwitchCount",
    "compare",
    "mask_callers",
    "record",
    "record_cdr",
    "record_count",
]
