"""What other features use of agents."""

from __future__ import annotations

from kaska.features.agents.repository import device_secrets, endpoint_of, put_agent, read_agents

__all__ = ["device_secrets", "endpoint_of", "put_agent", "read_agents"]
