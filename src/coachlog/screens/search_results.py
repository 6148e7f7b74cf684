"""What a search found, one hit after the other, with the words marked."""

from collections.abc import Sequence
from datetime import date

from coachlog import dates
from coachlog.model.search import SearchHit, SearchKind
from coachlog.rules import disclosure
from coachlog.screens import styling
from coachlog.screens.columns import Columns, render_two_line_rows
from coachlog.screens.texts import Text
from coachlog.screens.widths import has_no_end
from coachlog.text import clean_line, clean_text

MATCH = "bold underline"
"""Seen without colours as well."""


def render_hits(hits: Sequence[SearchHit], today: date, width: int) -> Columns:
    """Return hits in two lines each: the words, and below them when, with whom and in what.

    In a pipe, each is a record of the day, the people, the kind, the number, where it is, and the
    part of the words that has those looked for.
    """
    if has_no_end(width):
        return _build_records(hits, today)
    rows = [
        (number, _format_excerpt(hit), _format_source(hit, today))
        for number, hit in enumerate(hits, start=1)
    ]
    return render_two_line_rows("result", rows)


def _build_records(hits: Sequence[SearchHit], today: date) -> Columns:
    table = Columns("when", "who", "kind", "#", "where", "words", wide="words")
    for hit in hits:
        table.add_row(
            dates.format_short_day(hit.on, today),
            styling.format_typed_words(hit.with_whom),
            hit.kind.value,
            str(hit.id),
            styling.format_typed_words(hit.title),
            _format_short_text(hit),
        )
    return table


def _format_short_text(hit: SearchHit) -> Text:
    return styling.mark_private_words(
        clean_line(hit.excerpt), private=disclosure.is_private(hit)
    )


def _format_excerpt(hit: SearchHit) -> Text:
    words = Text(clean_text(hit.excerpt))
    for start, end in hit.marks:
        words.stylize(MATCH, start, end)
    if disclosure.is_private(hit):
        words.append(f" {disclosure.VEILED_WORDS}", style=styling.QUIET)
    return words


def _format_source(hit: SearchHit, today: date) -> Text:
    """Return when it was, with whom, and what it is a part of."""
    # Not to be taken for the number of the row.
    number = "" if hit.kind is SearchKind.ANSWER else f" #{hit.id}"
    parts = [
        dates.format_short_day(hit.on, today),
        clean_line(hit.with_whom),
        clean_line(hit.title),
        f"{hit.kind.value}{number}",
    ]
    return Text(" · ".join(filter(None, parts)), style=styling.QUIET)
