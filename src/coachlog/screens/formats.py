"""The formats of pages as a list: their files, what they are for, and what they can print."""

from collections.abc import Iterable

from coachlog.model.pages import FormatSummary, PageKind
from coachlog.screens import styling
from coachlog.screens.columns import Columns
from coachlog.screens.texts import Text


def render_formats(formats: Iterable[FormatSummary], width: int) -> Columns:
    """Return formats one per row; on a narrow screen without what they are for."""
    names = ["format", "files", "pages", "purpose"]
    if styling.leaves_out_columns(width):
        names.remove("purpose")
    table = Columns(*names, wide=names[-1])
    for page_format in formats:
        purpose = Text(page_format.summary)
        if page_format.missing:
            purpose = Text(f"needs {page_format.missing}", style=styling.SOON)
        cells = {
            "format": Text(page_format.name),
            "files": Text(" ".join(page_format.suffixes)),
            "pages": Text(_describe_pages(page_format)),
            "purpose": purpose,
        }
        table.add_named_row({name: cells[name] for name in names})
    table.add_left_out([name for name in ("purpose",) if name not in names])
    return table


def _describe_pages(page_format: FormatSummary) -> str:
    """Return which pages a format prints: `all`, or all but a few."""
    missing = [kind.value for kind in PageKind if kind not in page_format.pages]
    return f"all but {', '.join(missing)}" if missing else "all"
