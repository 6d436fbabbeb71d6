"""The report as a PDF document. Cyrillic letters need a TrueType font of the system."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import IO, Any

from reportlab.graphics.shapes import Circle as DrawnCircle
from reportlab.graphics.shapes import Drawing, String
from reportlab.graphics.shapes import Polygon as DrawnPolygon
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.platypus import Flowable, KeepTogether, SimpleDocTemplate, Spacer
from reportlab.platypus import Paragraph as Written
from reportlab.platypus import Table as Drawn

from kaska.audit.options import AuditProblem
from kaska.audit.shapes import Circle, Picture, Polygon
from kaska.audit.telling.blocks import Block, Heading, Key, Paragraph, Report, Shown, Table

FONTS = (
    ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"),
    ("/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf", "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans-Bold.ttf"),
    ("/usr/share/fonts/TTF/DejaVuSans.ttf", "/usr/share/fonts/TTF/DejaVuSans-Bold.ttf"),
    ("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
     "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf"),
    ("/Library/Fonts/Arial Unicode.ttf", "/Library/Fonts/Arial Unicode.ttf"),
    ("C:/Windows/Fonts/arial.ttf", "C:/Windows/Fonts/arialbd.ttf"),
)  # fmt: skip
_PLAIN, _BOLD = "AuditPlain", "AuditBold"
_MARGIN = 48.0
_PADDING = 6.0
"""of the frame that text flows in"""
_WIDTH = A4[0] - 2 * _MARGIN - 2 * _PADDING
_INK = colors.HexColor("#1f2933")
_GREY, _LINE, _TILE = colors.HexColor("#616e7c"), colors.HexColor("#e4e7eb"), colors.HexColor("#f0f4f8")


def written(report: Report, file: Path | IO[bytes]) -> None:
    """Raises AuditProblem when there is no font with Cyrillic letters, or when the file cannot be written."""
    _register_fonts()
    document = SimpleDocTemplate(
        str(file) if isinstance(file, Path) else file, pagesize=A4,
        leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN, bottomMargin=_MARGIN,
        title=report.title, author="Kaska", lang=report.language,
    )  # fmt: skip
    story: list[Flowable] = [Written(escape(report.title), _style(22, 27, bold=True)),
                             Written(escape(report.subtitle), _style(9, 13, colour=_GREY)), Spacer(0, 10)]  # fmt: skip
    story += _together([part for block in report.blocks for part in _block(block)])
    story += [Spacer(0, 14), Written(escape(report.footer), _style(8, 11, colour=_GREY))]
    try:
        document.build(story, onFirstPage=_number, onLaterPages=_number)
    except OSError as error:
        raise AuditProblem(str(error)) from None


def _register_fonts() -> None:
    for plain, bold in FONTS:
        if Path(plain).exists() and Path(bold).exists():
            try:
                pdfmetrics.registerFont(TTFont(_PLAIN, plain))
                pdfmetrics.registerFont(TTFont(_BOLD, bold))
            except TTFError:
                continue
            return
    raise AuditProblem(
        "Для PDF нужен шрифт с русскими буквами: apt-get install fonts-dejavu-core. Без него есть --html. / "
        "A PDF needs a font with Cyrillic letters: apt-get install fonts-dejavu-core. Without it there is --html."
    )


def _number(canvas: Any, document: Any) -> None:
    canvas.setFont(_PLAIN, 8)
    canvas.setFillColor(_GREY)
    canvas.drawRightString(A4[0] - _MARGIN - _PADDING, 26, str(document.page))


def _style(
    size: float, leading: float, *, bold: bool = False, colour: Any = _INK, right: bool = False
) -> ParagraphStyle:
    return ParagraphStyle(
        f"{size}{bold}{right}{colour}", fontName=_BOLD if bold else _PLAIN, fontSize=size, leading=leading,
        textColor=colour, alignment=2 if right else 0, spaceBefore=0, spaceAfter=3, splitLongWords=True,
    )  # fmt: skip


def _together(parts: list[Flowable]) -> list[Flowable]:
    """A heading stays with what follows it."""
    story: list[Flowable] = []
    while parts:
        part = parts.pop(0)
        if getattr(part, "style", None) is not None and getattr(part.style, "name", "").startswith("13") and parts:
            story += [Spacer(0, 12), KeepTogether([part, parts.pop(0)])]
        else:
            story.append(part)
    return story


def _block(block: Block) -> Iterator[Flowable]:
    if isinstance(block, Heading):
        yield Written(escape(block.text), _style(13, 17, bold=True))
    elif isinstance(block, Paragraph):
        yield Written(escape(block.text), _style(9.5, 13.5))
    elif isinstance(block, Key):
        yield _key(block)
        yield Spacer(0, 8)
    elif isinstance(block, Table):
        yield _table(block)
        yield Spacer(0, 6)
    elif isinstance(block, Shown):
        yield drawing(block.picture, _WIDTH)
        if block.words:
            yield Written("<br/>".join(map(escape, block.words)), _style(9.5, 13.5))


def _key(block: Key) -> Flowable:
    values = [Written(escape(value), _style(15, 18, bold=True)) for value, _ in block.figures]
    names = [Written(escape(name), _style(8, 10, colour=_GREY)) for _, name in block.figures]
    width = _WIDTH / len(block.figures)
    return Drawn([values, names], colWidths=[width] * len(values), style=[
        ("BACKGROUND", (0, 0), (-1, -1), _TILE), ("TOPPADDING", (0, 0), (-1, 0), 8),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BOTTOMPADDING", (0, 1), (-1, 1), 6), ("LINEAFTER", (0, 0), (-2, -1), 4, colors.white)])  # fmt: skip


def _table(block: Table) -> Flowable:
    small = len(block.columns) > 5
    size, leading = (8, 10.5) if small else (9, 12)
    others = len(block.columns) - 1
    longest = max((len(row[-1]) for row in block.rows), default=0)
    first = _WIDTH * (0.62 if others == 1 else 0.4 if others < 4 else 0.14 if small else 0.22)
    widths = [first, *[(_WIDTH - first) / max(1, others)] * others]
    if others == 2 and longest > 24:
        widths = [_WIDTH * 0.4, _WIDTH * 0.12, _WIDTH * 0.48]
    head = [Written(escape(cell), _style(size - 1, leading, colour=_GREY, right=place > 0))
            for place, cell in enumerate(block.columns)]  # fmt: skip
    body = [[Written(escape(cell), _style(size, leading, right=place > 0)) for place, cell in enumerate(row)]
            for row in block.rows]  # fmt: skip
    return Drawn([head, *body], colWidths=widths, repeatRows=1, style=[
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE), ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ("VALIGN", (0, 0), (-1, -1), "TOP")])  # fmt: skip


def drawing(picture: Picture, width: float) -> Drawing:
    scale = width / picture.width
    drawn = Drawing(width, picture.height * scale)
    drawn.renderScale = 1
    for shape in picture.shapes:
        if isinstance(shape, Polygon):
            points = [value for x, y in shape.points for value in (x * scale, (picture.height - y) * scale)]
            drawn.add(DrawnPolygon(points, fillColor=colors.HexColor(shape.fill), strokeColor=None))
        elif isinstance(shape, Circle):
            drawn.add(DrawnCircle(shape.x * scale, (picture.height - shape.y) * scale, shape.radius * scale,
                                  fillColor=colors.HexColor(shape.fill), strokeColor=None))  # fmt: skip
        else:
            drawn.add(String(shape.x * scale, (picture.height - shape.y) * scale, shape.text,
                             fontSize=shape.size * scale,
                             fontName=_BOLD if shape.bold else _PLAIN, fillColor=colors.HexColor(shape.fill),
                             textAnchor=shape.anchor))  # fmt: skip
    return drawn
