"""Who gets which figures by mail and when, and what was sent."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, DateTime, Index, Integer, Text

from kaska.kit.database import tenant_table

letters = tenant_table(
    "report_letters",
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("agent", Text, nullable=False, server_default=""),
    Column("minute", Integer, nullable=False),
    Column("zone", Text, nullable=False, server_default=""),
    Column("language", Text, nullable=False, server_default="ru"),
    Column("enabled", Boolean, nullable=False, server_default="true"),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("each", Boolean, nullable=False, server_default="false"),
    Column("project", Text, nullable=False, server_default=""),
    Column("made_about", Date),
    primary_key=("id",),
)
"""``kind``: "agent_day", "manager_day", "month". ``agent``: whose day it is. ``minute`` of the local day in ``zone``
("" = the company's report zone); the monthly letter goes on the first of the month. ``since``: nothing that was due
before is sent. ``each``: to no typed address, but to each agent ("agent_day") or each manager, whose day or month it
then is; ``made_about``: the newest that it was made about. ``project``: a day's letter is about it alone ("" = all)."""

sendings = tenant_table(
    "report_letter_sendings",
    Column("letter", Text, nullable=False),
    Column("about", Date, nullable=False),
    Column("kind", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("next_at", DateTime(timezone=True)),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("delivered_at", DateTime(timezone=True)),
    Column("problem", Text, nullable=False, server_default=""),
    Column("person", Text, nullable=False, server_default=""),
    primary_key=("letter", "about", "person"),
)
"""One row for each letter and day (or first of the month) that it is ``about``, of a letter to each one for every
``person``: it is never made twice. ``next_at`` is null when nothing is tried: delivered, given up with ``problem``, or
the person had no address (``email`` "")."""

Index(
    "ix_report_letter_sendings_due",
    sendings.c.tenant,
    sendings.c.next_at,
    postgresql_where=sendings.c.next_at.is_not(None),
)
Index("ix_report_letter_sendings_made", sendings.c.tenant, sendings.c.made_at)
