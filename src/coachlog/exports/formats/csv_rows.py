"""CSV for spreadsheets: a row for each promise or entry, without anything around it."""

from coachlog.escaping.comma_separated import escape_cell
from coachlog.exports.contents import Cell, Contents
from coachlog.model.pages import PageKind

SUFFIXES = (".csv",)
MEDIA_TYPE = "text/csv"
PAGES = (
    PageKind.PLAN,
    PageKind.HISTORY,
    PageKind.SESSION,
    PageKind.SET,
    PageKind.PROGRESS,
    PageKind.PROGRAMME,
)
SUMMARY = "a row for each promise, entry or figure"


def write_values(contents: Contents) -> bytes:
    """Return the rows in UTF-8, with the line ends that the standard asks for."""
    from csv import writer
    from io import StringIO

    assert contents.list_records is not None
    records = contents.list_records()
    lines = StringIO()
    sheet = writer(lines)
    sheet.writerow(records.columns)
    for row in records.rows:
        sheet.writerow([_format_cell(cell) for cell in row])
    return lines.getvalue().encode()


def _format_cell(cell: Cell) -> Cell:
    return escape_cell(cell) if isinstance(cell, str) else cell
