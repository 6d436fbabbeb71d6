"""Questions that were asked, and their answers. Made from the ledger alone."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Index, Text

from kaska.kit.database import tenant_table

survey_answers = tenant_table(
    "survey_answers",
    Column("contact", Text, nullable=False),
    Column("survey", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("queue", Text, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("answer", Text, nullable=False, server_default=""),
    primary_key=("contact", "survey", "question", "agent"),
)
"""``survey`` is the scenario; ``agent`` who talked before, "" before any talk; ``answer`` a digit, "" without one"""

Index("ix_survey_answers_asked", survey_answers.c.tenant, survey_answers.c.asked_at)
