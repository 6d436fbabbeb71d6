"""Cards of persons and companies, what they are known by, and the words they are found by."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from kaska.kit.database import tenant_table


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default="false")


def _moment(name: str) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=False)


customers = tenant_table(
    "customers",
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False, server_default="person"),
    _text("name"),
    _text("company"),
    _text("position"),
    _text("language"),
    _flag("vip"),
    Column("tags", ARRAY(Text), nullable=False, server_default="{}"),
    Column("custom", JSONB, nullable=False, server_default="{}"),
    _text("agent"),
    _moment("created_at"),
    _moment("changed_at"),
    _flag("touched"),
    _text("merged_into"),
    Column("words", ARRAY(Text), nullable=False, server_default="{}"),
    primary_key=("id",),
)
"""``kind``: "person" or "company"; ``company``: the card of the company a person belongs to; ``agent``: who is
responsible. ``custom``: {project: {field: value}}. ``touched`` once a person edited it: a card that the ledger made and
nobody touched can be made again from the ledger. ``merged_into`` names the card that took this one's place, "" while it
stands. ``words``: what it is found by, sorted; each is also a row of ``customer_words``."""

Index(
    "ix_customers_standing",
    customers.c.tenant,
    customers.c.changed_at,
    customers.c.id,
    postgresql_where=customers.c.merged_into == "",
)
Index("ix_customers_company_name", customers.c.tenant, customers.c.name, postgresql_where=customers.c.kind == "company")
Index("ix_customers_company", customers.c.tenant, customers.c.company, postgresql_where=customers.c.company != "")

identities = tenant_table(
    "customer_identities",
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("customer", Text, nullable=False),
    _moment("added_at"),
    primary_key=("kind", "value"),
)
"""What a customer is recognised by: kind "phone" (E.164), "email" (lower case) or a messenger's name and its id."""

Index("ix_customer_identities_customer", identities.c.tenant, identities.c.customer)

notes = tenant_table(
    "customer_notes",
    Column("id", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False),
    _moment("at"),
    primary_key=("id",),
)

Index("ix_customer_notes_customer", notes.c.tenant, notes.c.customer, notes.c.at)

consents = tenant_table(
    "customer_consents",
    Column("id", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("how", Text, nullable=False),
    Column("by", Text, nullable=False),
    _moment("at"),
    primary_key=("id",),
)
"""Every giving and every withdrawal, in order; the last of each ``what`` is in force."""

Index("ix_customer_consents_customer", consents.c.tenant, consents.c.customer, consents.c.at)

fields = tenant_table(
    "customer_fields",
    Column("project", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("choices", ARRAY(Text), nullable=False, server_default="{}"),
    Column("place", Integer, nullable=False, server_default="0"),
    _text("title_en"),
    _flag("required"),
    _flag("unrecorded"),
    _flag("archived"),
    primary_key=("project", "id"),
)
"""The fields that a manager defined for a project's cards; ``kind``: "text", "number", "date", "yes_no" or "choice".
``title_en`` "" = the same title in every language. ``unrecorded``: nothing of a talk is recorded while the field is
filled in. ``archived``: it is shown and asked for no more; cards keep what they have."""

merges = tenant_table(
    "customer_merges",
    Column("id", Text, nullable=False),
    Column("kept", Text, nullable=False),
    Column("gone", Text, nullable=False),
    Column("moved", JSONB, nullable=False),
    Column("by", Text, nullable=False),
    _moment("at"),
    Column("undone_at", DateTime(timezone=True)),
    primary_key=("id",),
)
"""``moved``: what went from ``gone`` to ``kept``, so that it can go back: {identities: [[kind, value]], notes: [id],
consents: [id], people: [id], fields: {name: [before, after]}}."""

Index("ix_customer_merges_kept", merges.c.tenant, merges.c.kept, merges.c.at)

words = tenant_table(
    "customer_words",
    Column("word", Text(collation="C"), nullable=False),
    Column("customer", Text, nullable=False),
    primary_key=("word", "customer"),
)
"""The index of the search; see decision 21. Words are folded by ``words.fold``. Collation "C": compared byte by byte,
so that a beginning of a word is a range."""

spellings = tenant_table(
    "customer_spellings",
    Column("spelling", Text(collation="C"), nullable=False),
    Column("word", Text(collation="C"), nullable=False),
    primary_key=("spelling", "word"),
)
"""Each different word of the cards under itself with one letter left out: two words that differ by one mistake meet."""
