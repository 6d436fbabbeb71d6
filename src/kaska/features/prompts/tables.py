"""Recordings of people. The sound is ``STATE/prompts/<folder of the tenant>/<id>.wav``."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Float, Integer, Text

from kaska.kit.database import tenant_table

prompts = tenant_table(
    "prompts",
    Column("id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", Text, nullable=False),
    Column("number", Integer, nullable=False, server_default="0"),
    primary_key=("id",),
)
"""``text``: what is said in it, as far as somebody wrote it down. ``origin``: "speech", "upload", "microphone",
"phone". ``number``: by which it is named on a telephone, the company's first is 1; one that was made before has 0."""

dictated_prompts = tenant_table(
    "dictated_prompts",
    Column("dictation", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("recording", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("state", Text, nullable=False, server_default="new"),
    primary_key=("dictation",),
)
"""Spoken into telephones. ``recording`` is the switch's, ``result`` as in facts.DictationOver; ``state``: "new", "made"
(a prompt), "gone" (the sound is not there), else why no prompt could be made of it: the sound stays then."""
