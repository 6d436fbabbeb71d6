"""The few pictures that the handbook shows, small enough to be kept with the text."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

PICTURES = Path(__file__).parents[2] / "docs" / "handbook" / "pictures"
HANDBOOK = ("workplace", "board", "debts", "colander", "reports-peaks", "journal-card")
"""names of screens"""


def put_into_handbook(taken: Path) -> Path:
    """From ``taken/<language>/…/<screen>.png`` to ``PICTURES/<screen>-<language>.webp``; where that is."""
    for picture in sorted(taken.glob("*/*/*.png")):
        language = picture.relative_to(taken).parts[0]
        with Image.open(picture) as image:
            image.convert("RGB").save(PICTURES / f"{picture.stem}-{language}.webp", quality=82, method=6)
    return PICTURES
