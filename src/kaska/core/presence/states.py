"""What an agent is doing, in one word."""

from __future__ import annotations

from enum import StrEnum


class AgentState(StrEnum):
    OFFLINE = "offline"
    READY = "ready"
    RINGING = "ringing"
    TALKING = "talking"
    WRAP_UP = "wrap_up"
    BREAK = "break"
    NOT_ANSWERING = "not_answering"
    """redirection on no answer: an offer rang out; stays so until the agent says ready"""
