"""A spreadsheet's file as the text that the import takes. Pure."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

from openpyxl import load_workbook

from kaska.features.customers.errors import WrongWorkbook
from kaska.features.customers.table import MOST_LINES, plain_lines

LARGEST = 60_000_000
"""bytes that a file may unpack to"""
WIDEST = 200
"""columns"""


def text_of(content: bytes) -> str:
    """The first sheet as CSV. Dates are written 2026-12-31, whole numbers (telephones among them) without a point.

    :raises WrongWorkbook: when it is no XLSX, or one that is too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST:
                raise WrongWorkbook
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        sheet.reset_dimensions()  # some programs write a wrong one
        rows = sheet.iter_rows(values_only=True, max_col=WIDEST, max_row=MOST_LINES + 2)
        return plain_lines([_cell(one) for one in row] for row in rows)
    except WrongWorkbook:
        raise
    except Exception as error:  # whatever a broken file makes the reader stumble over
        raise WrongWorkbook from error


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != datetime.min.time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)
