"""What other features use of topics."""

from __future__ import annotations

from kaska.features.topics.repository import read as read_topics
from kaska.features.topics.schemas import TopicTree
from kaska.features.topics.service import check_said, titles

__all__ = ["TopicTree", "check_said", "read_topics", "titles"]
