"""What other features use of customers."""

from __future__ import annotations

from kaska.features.customers.fields import known as known_fields
from kaska.features.customers.identity import PHONE, Identity
from kaska.features.customers.projection import CustomersProjection
from kaska.features.customers.repository import owners
from kaska.features.customers.schemas import CardFields
from kaska.features.customers.service import edit
from kaska.features.customers.standing import names_of_cards, phones_of, standing_cards
from kaska.features.customers.values import read_cell
from kaska.features.customers.words import fold, mistakes, spellings_of, words_of

__all__ = [
    "PHONE",
    "CardFields",
    "CustomersProjection",
    "Identity",
    "edit",
    "fold",
    "known_fields",
    "mistakes",
    "names_of_cards",
    "owners",
    "phones_of",
    "read_cell",
    "spellings_of",
    "standing_cards",
    "words_of",
]
