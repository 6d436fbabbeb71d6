"""What the rest of the product uses of messages by mail."""

from __future__ import annotations

from kaska.features.voicemail.posting import MessageLetters

__all__ = ["MessageLetters"]
