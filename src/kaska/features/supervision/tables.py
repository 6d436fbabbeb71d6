"""The shift log: every state of every agent, with its reason. Made from the ledger alone."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, Index, Text

from kaska.kit.database import tenant_table

agent_states = tenant_table(
    "agent_states",
    Column("position", BigInteger, nullable=False),
    Column("agent", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("contact", Text, nullable=False, server_default=""),
    Column("by", Text, nullable=False, server_default=""),
    primary_key=("position",),
)
"""``position`` is the fact's in the ledger. ``by`` "": the agent is in this state from ``at`` on. The agent himself: he
asked for a break, and ``state`` is what the guard said, "break_refused", "break_warned" or "break_insisted". Else a
supervisor's order, which the states after it obey."""

Index("ix_agent_states_agent", agent_states.c.tenant, agent_states.c.agent, agent_states.c.at)
Index("ix_agent_states_at", agent_states.c.tenant, agent_states.c.at)
