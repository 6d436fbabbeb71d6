"""What the jobs use of reconciliation: hand in what the switch recorded, compare, check the ledger's laws."""

from __future__ import annotations

from kaska.features.reconciliation.service import Comparison, Counts, SwitchCall, check_laws, compare, record

__all__ = ["Comparison", "Counts", "SwitchCall", "check_laws", "compare", "record"]
