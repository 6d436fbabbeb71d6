"""What other features use of customers."""

from __future__ import annotations

from kaska.features.customers.identity import Identity
from kaska.features.customers.projection import CustomersProjection
from kaska.features.customers.repository import owners

__all__ = ["CustomersProjection", "Identity", "owners"]
