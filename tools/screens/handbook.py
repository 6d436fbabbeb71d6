"""The few pictures that the handbook shows, small enough to be kept with the text."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

PICTURES = Path(__file__).parents[2] / "docs" / "handbook" / "pictures"
HANDBOOK = (
    "workplace",
    "workplace-transfer",
    "board",
    "board-listening",
    "debts",
    "colander",
    "reports-peaks",
    "journal-card",
    "scripts-editor",
    "settings-queues",
    "settings-outgoing",
    "settings-start",
    "settings-publish",
    "settings-codes",
    "settings-recording",
    "settings-webhooks",
    "audit-result",
    "customers-card",
    "knowledge-article",
    "messages",
    "surveys",
    "board-page",
    "workplace-inside",
    "workplace-lost",
)
"""names of screens"""


def put_into_handbook(taken: Path) -> Path:
    """From ``taken/<language>/…/<screen>.png`` to ``PICTURES/<screen>-<language>.webp``; where that is."""
    for picture in sorted(taken.glob("*/*/*.png")):
        language = picture.relative_to(taken).parts[0]
        with Image.open(picture) as image:
            image.convert("RGB").save(PICTURES / f"{picture.stem}-{language}.webp", quality=70, method=6)
    return PICTURES
