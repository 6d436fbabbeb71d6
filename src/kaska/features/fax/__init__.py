"""Faxes that came, as documents: read by those who may, and the reading is written down."""
