"""What other features use of agents."""

from __future__ import annotations

from kaska.features.agents.phone import account_picture
from kaska.features.agents.repository import device_secrets, endpoint_of, put_agent, put_skill, read_agents, read_skills
from kaska.features.agents.schemas import Extension

__all__ = [
    "Extension",
    "account_picture",
    "device_secrets",
    "endpoint_of",
    "put_agent",
    "put_skill",
    "read_agents",
    "read_skills",
]
