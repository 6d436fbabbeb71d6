"""The journal of contacts as people read it: one row a contact, one row a leg. Both are made from the ledger alone."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, Double, Index, Integer, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from kaska.kit.database import tenant_table


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0")


def _seconds(name: str) -> Column[float]:
    return Column(name, Double, nullable=False, server_default="0")


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default="false")


def _moment(name: str, *, required: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=not required)


contacts = tenant_table(
    "contacts",
    Column("id", Text, nullable=False),
    _text("direction"),
    _text("channel"),
    _text("number"),
    _text("caller"),
    _text("customer"),
    _text("caller_name"),
    _text("digits"),
    _text("trunk"),
    _text("project"),
    _text("scenario"),
    _number("scenario_version"),
    _text("source"),
    _moment("arrived_at", required=True),
    _moment("answered_at"),
    _text("step"),
    _text("keys"),
    _text("queue"),
    _moment("queued_at"),
    _moment("waiting_since"),
    _seconds("wait_seconds"),
    _flag("overflowed"),
    _text("reserve"),
    _number("offers"),
    _moment("callback_promised_at"),
    Column("agents", ARRAY(Text), nullable=False, server_default="{}"),
    _moment("connected_at"),
    _seconds("talk_seconds"),
    _seconds("hold_seconds"),
    _moment("ended_at"),
    _text("outcome"),
    _text("cause"),
    _text("classified_by"),
    _moment("classified_at"),
    _text("topic"),
    _text("result"),
    _text("note"),
    _text("heard_from"),
    _text("refusal"),
    _text("next_step"),
    _moment("next_at"),
    _text("recording"),
    _seconds("recording_seconds"),
    _text("recording_problem"),
    _moment("recording_deleted_at"),
    _text("recording_deleted_rule"),
    _text("message"),
    _seconds("message_seconds"),
    _text("fax"),
    _number("fax_pages"),
    _text("fax_station"),
    _text("fax_problem"),
    _text("debt"),
    _text("repays"),
    primary_key=("id",),
)
"""``digits`` is the caller's number for searching: digits only, the national 8 written as 7. ``debt`` is what the
contact left owed, ``repays`` the debt that an outbound one was made for. ``waiting_since`` is null unless waiting.
``heard_from``, ``refusal``: see features/topics; ``next_step`` was promised until ``next_at``."""

Index("ix_contacts_newest", contacts.c.tenant, contacts.c.arrived_at, contacts.c.id)
Index("ix_contacts_ended_at", contacts.c.tenant, contacts.c.ended_at)
Index(
    "ix_contacts_kept_recordings",
    contacts.c.tenant,
    contacts.c.ended_at,
    contacts.c.id,
    postgresql_where=text("recording <> '' AND recording_deleted_at IS NULL"),
)
"""recordings that are still there, the oldest first"""
Index(
    "ix_contacts_messages",
    contacts.c.tenant,
    contacts.c.ended_at,
    contacts.c.id,
    postgresql_where=text("message <> ''"),
)
Index(
    "ix_contacts_faxes",
    contacts.c.tenant,
    contacts.c.ended_at,
    contacts.c.id,
    postgresql_where=text("fax <> ''"),
)
Index("ix_contacts_digits", contacts.c.tenant, contacts.c.digits, postgresql_ops={"digits": "text_pattern_ops"})
Index("ix_contacts_agents", contacts.c.agents, postgresql_using="gin")
Index(
    "ix_contacts_promised",
    contacts.c.tenant,
    contacts.c.classified_by,
    contacts.c.next_at,
    postgresql_where=contacts.c.next_at.is_not(None),
)

legs = tenant_table(
    "legs",
    Column("contact", Text, nullable=False),
    Column("leg", Text, nullable=False),
    _text("party"),
    _text("agent"),
    _text("endpoint"),
    _text("offer"),
    _moment("started_at", required=True),
    _moment("up_at"),
    _moment("connected_at"),
    _moment("ended_at"),
    Column("cause", Integer),
    _seconds("talk_seconds"),
    _seconds("hold_seconds"),
    primary_key=("contact", "leg"),
)
"""``offer`` is how the offer to this agent ended; ``cause`` is Q.850, null while the leg lives."""

drafts = tenant_table(
    "result_drafts",
    Column("agent", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("document", JSONB, nullable=False),
    _moment("at", required=True),
    primary_key=("agent", "contact"),
)
"""What an agent has begun to write about a contact and has not sent yet."""

Index("ix_result_drafts_contact", drafts.c.tenant, drafts.c.contact)

names = tenant_table(
    "names",
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    _text("name"),
    primary_key=("kind", "id"),
)
"""What people call the agents, queues and projects of the ledger; the last published name. ``kind`` is "agent",
"queue" or "project". Kept here, from the ledger, so that those who left long ago still have a name in the journal."""

masked_contacts = tenant_table(
    "masked_contacts",
    Column("contact", Text, nullable=False),
    _moment("masked_at", required=True),
    primary_key=("contact",),
)
"""Contacts of people who were erased: whatever is made of the ledger leaves out who it was. See ``masking``."""
