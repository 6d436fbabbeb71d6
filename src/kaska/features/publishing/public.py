"""What the rest of the product uses of publishing."""

from __future__ import annotations

from kaska.features.publishing.service import (
    Published,
    announce,
    build,
    device_secrets,
    latest,
    publish,
    publish_if_changed,
    roll_back,
    set_skills,
)

__all__ = [
    "Published",
    "announce",
    "build",
    "device_secrets",
    "latest",
    "publish",
    "publish_if_changed",
    "roll_back",
    "set_skills",
]
