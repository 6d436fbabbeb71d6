"""A fax as the switch wrote it (TIFF) → PDF. Pure, but for the computing: to be asked in a thread."""

from __future__ import annotations

import io

from PIL import Image, ImageFile

MOST_PIXELS = 4000 * 20_000
"""of a page; the finest fax has 1728 x 4600, and endless paper is not printed"""
DOTS = (204.0, 98.0)
"""of an inch, where the file does not say it: the coarse fax"""


class Unreadable(Exception):
    """Not a single page can be made of it."""


def as_pdf(tiff: bytes) -> bytes:
    """Every page that can be read, black and white, with its true proportions.

    :raises Unreadable:
    """
    pages = []
    try:
        with Image.open(io.BytesIO(tiff), formats=["TIFF"]) as sheets:
            for number in range(getattr(sheets, "n_frames", 1)):
                sheets.seek(number)
                if sheets.width * sheets.height <= MOST_PIXELS:
                    pages.append(_square(sheets))
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as problem:
        if not pages:
            raise Unreadable from problem
    if not pages:
        raise Unreadable
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=DOTS[0])
    return out.getvalue()


def _square(sheet: ImageFile.ImageFile | Image.Image) -> Image.Image:
    """A PDF page has one resolution, a fax one across and another down: lines are repeated until both are the same."""
    across, down = (float(dots) or usual for dots, usual in zip(sheet.info.get("dpi", DOTS), DOTS, strict=True))
    page = sheet.convert("1")
    return page.resize((page.width, max(1, round(page.height * across / down))), Image.Resampling.NEAREST)
