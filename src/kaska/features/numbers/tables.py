"""Trunks and numbers."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import tenant_table

trunks = tenant_table(
    "trunks",
    Column("id", Text, nullable=False),
    Column("endpoint", Text, nullable=False, unique=True),
    Column("addresses", JSONB, nullable=False),
    Column("contact_uri", Text, nullable=False, server_default=""),
    Column("secret", Text, nullable=False, server_default=""),
    Column("site", Text, nullable=False, server_default=""),
    Column("name", Text, nullable=False, server_default=""),
    primary_key=("id",),
)
"""``site``: short numbers of another site of ours at its far end, as they were written ("4500-4599, 4700");
``endpoint`` is the name in the switch, which all tenants share: unique in the installation;
``secret``: the SIP password of a line that the page calls by, "" for a real trunk"""

numbers = tenant_table(
    "numbers",
    Column("number", Text, nullable=False),
    Column("project", Text, nullable=False),
    Column("scenario", Text, nullable=False),
    Column("priority", Integer, nullable=False, server_default="0"),
    Column("title", Text, nullable=False, server_default=""),
    Column("source", Text, nullable=False, server_default=""),
    primary_key=("number",),
)
