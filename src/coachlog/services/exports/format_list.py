"""Which formats there are, and which of them can print what."""

from coachlog.exports.formats import Format, list_formats
from coachlog.model.pages import FormatSummary


def load_formats() -> list[FormatSummary]:
    """Return all formats, by name."""
    return list(map(_summarise_format, list_formats()))


def _summarise_format(page_format: Format) -> FormatSummary:
    return FormatSummary(
        page_format.name,
        page_format.suffixes,
        page_format.pages,
        page_format.summary,
        page_format.library,
    )
