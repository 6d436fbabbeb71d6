"""The report as one page by itself: no scripts, nothing loaded from anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from kaska.audit.shapes import Circle, Picture, Polygon, Text
from kaska.audit.telling.blocks import Block, Heading, Key, Paragraph, Report, Shown, Table

_STYLE = """
:root { color-scheme: light }
body { font: 16px/1.55 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; color: #1f2933; background: #fff;
  max-width: 860px; margin: 40px auto; padding: 0 24px }
h1 { font-size: 32px; margin: 0 }
h2 { font-size: 20px; margin: 40px 0 8px }
p { margin: 8px 0 }
.sub { color: #616e7c; overflow-wrap: anywhere }
.key { display: flex; flex-wrap: wrap; gap: 10px; margin: 24px 0 }
.key div { flex: 1 1 118px; background: #f0f4f8; border-radius: 10px; padding: 12px 13px }
.key b { display: block; font-size: 23px; line-height: 1.2; white-space: nowrap }
.key span { color: #616e7c; font-size: 13px; line-height: 1.3; display: block }
table { border-collapse: collapse; width: 100%; margin: 12px 0; font-size: 15px }
th, td { text-align: right; padding: 6px 0 6px 14px; border-bottom: 1px solid #e4e7eb; vertical-align: top }
th { color: #616e7c; font-weight: 500; font-size: 13px }
th:first-child, td:first-child { text-align: left; padding-left: 0 }
td { font-variant-numeric: tabular-nums; overflow-wrap: anywhere }
svg { width: 100%; height: auto; display: block; margin: 12px 0 }
footer { color: #7b8794; font-size: 13px; margin: 48px 0 }
@media print { body { margin: 0 auto } h2, table, svg { break-inside: avoid } h2 { break-after: avoid } }
"""


def painted(report: Report) -> str:
    body = "\n".join(part for block in report.blocks for part in _block(block))
    return (
        f'<!doctype html>\n<html lang="{report.language}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(report.title)}</title><style>{_STYLE}</style></head>\n<body>\n"
        f'<h1>{escape(report.title)}</h1>\n<p class="sub">{escape(report.subtitle)}</p>\n{body}\n'
        f"<footer>{escape(report.footer)}</footer>\n</body>\n</html>\n"
    )


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"<h2>{escape(block.text)}</h2>"
    elif isinstance(block, Paragraph):
        yield f"<p>{escape(block.text)}</p>"
    elif isinstance(block, Key):
        cells = "".join(
            f"<div><b>{escape(value)}</b><span>{escape(name)}</span></div>" for value, name in block.figures
        )
        yield f'<div class="key">{cells}</div>'
    elif isinstance(block, Table):
        head = "".join(f"<th>{escape(name)}</th>" for name in block.columns)
        yield f"<table><thead><tr>{head}</tr></thead><tbody>"
        for row in block.rows:
            yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        yield "</tbody></table>"
    elif isinstance(block, Shown):
        yield svg(block.picture)
        if block.words:
            yield "<p>" + "<br>".join(map(escape, block.words)) + "</p>"


def svg(picture: Picture) -> str:
    shapes = "".join(_shape(shape) for shape in picture.shapes)
    return (
        f'<svg viewBox="0 0 {picture.width:g} {picture.height:g}" role="img" aria-label="{escape(picture.title)}" '
        f'font-family="system-ui, DejaVu Sans, sans-serif">{shapes}</svg>'
    )


def _shape(shape: Polygon | Circle | Text) -> str:
    if isinstance(shape, Polygon):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.points)
        return f'<polygon points="{points}" fill="{shape.fill}"/>'
    if isinstance(shape, Circle):
        return f'<circle cx="{shape.x:.1f}" cy="{shape.y:.1f}" r="{shape.radius:.1f}" fill="{shape.fill}"/>'
    bold = ' font-weight="600"' if shape.bold else ""
    return (
        f'<text x="{shape.x:.1f}" y="{shape.y:.1f}" font-size="{shape.size:g}" text-anchor="{shape.anchor}" '
        f'fill="{shape.fill}"{bold}>{escape(shape.text)}</text>'
    )
