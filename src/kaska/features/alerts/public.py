"""What the rest of the product uses of alerts."""

from __future__ import annotations

from kaska.features.alerts.sending import Attached, NotSent, send_mail
from kaska.features.alerts.watching import FIRST_RETRY_SECONDS, LONGEST_RETRY_SECONDS, MOST_TRIES, Alerting

__all__ = [
    "FIRST_RETRY_SECONDS",
    "LONGEST_RETRY_SECONDS",
    "MOST_TRIES",
    "Alerting",
    "Attached",
    "NotSent",
    "send_mail",
]
