"""What the rest of the product uses of webhooks."""

from __future__ import annotations

from kaska.features.webhooks.happenings import Event
from kaska.features.webhooks.outbox import WebhooksProjection, tell
from kaska.features.webhooks.posting import Posting
from kaska.features.webhooks.repository import forget_contacts

__all__ = ["Event", "Posting", "WebhooksProjection", "forget_contacts", "tell"]
