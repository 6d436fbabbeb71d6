"""What the jobs use of reconciliation: hand in what the switch recorded, and compare."""

from __future__ import annotations

from kaska.features.reconciliation.repository import mask_callers
from kaska.features.reconciliation.service import (
    CdrCall,
    Comparison,
    Counts,
    SwitchCall,
    compare,
    record,
    record_cdr,
)

__all__ = [
    "CdrCall",
    "Comparison",
    "Counts",
    "SwitchCall",
    "compare",
    "mask_callers",
    "record",
    "record_cdr",
]
