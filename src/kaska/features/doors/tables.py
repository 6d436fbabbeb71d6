"""Doors."""

from __future__ import annotations

from sqlalchemy import Column, Text
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import tenant_table

doors = tenant_table(
    "doors",
    Column("id", Text, nullable=False),
    Column("endpoint", Text, nullable=False, unique=True),
    Column("document", JSONB, nullable=False),
    Column("secret", Text, nullable=False),
    primary_key=("id",),
)
"""``document`` as DoorFields; ``endpoint`` is the name in the switch, which all tenants share; ``secret``: the SIP
password of the door's telephone"""
