"""The figures of a year, or of another period, as a page."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from coachlog.dates import add_months
from coachlog.exports.contents import Contents, Records
from coachlog.exports.documents.progress_page import build_progress_page
from coachlog.model.pages import PageKind
from coachlog.model.progress import PersonProgress, Progress, ProgressView
from coachlog.model.references import PersonRef
from coachlog.named_tuples import NamedTuple
from coachlog.phrasing import values
from coachlog.phrasing.other_talks import describe_talk_counts
from coachlog.services.desk import Desk
from coachlog.services.exports.delivery import (
    Export,
    Target,
    agree_to_private,
    choose_output_format,
    deliver_page,
    hide_names,
)
from coachlog.services.progress import Period, open_progress, parse_period
from coachlog.text import format_count

_COUNTED_TABLES = (
    *("person", "learning_set", "setting", "encounter", "recurrence", "answer"),
    *("session", "session_person", "meeting", "action", "action_event", "set_action"),
    *("goal", "rating", "session_tag", "tag"),
)
_YEAR_MONTHS = 12
_RECORD_COLUMNS = (
    *("person", "conversations", "minutes", "open", "overdue", "done", "last_held"),
    *("mine_kept", "mine_of", "theirs_kept", "theirs_of"),
)


class ProgressRequest(NamedTuple):
    """Whose figures, everyone's for None, and the days that count, as typed: a year for none."""

    name: str | None = None
    since: str | None = None
    until: str | None = None
    private: bool = False
    yes: bool = False


def export_progress(desk: Desk, request: ProgressRequest, target: Target) -> Export:
    """Export the figures of a period, the last twelve months unless another is named.

    Raises InvalidInput for an unknown format or a period that cannot be, NotFound for an unknown
    name, and what `deliver_page` raises.
    """
    format = choose_output_format(target, PageKind.PROGRESS)
    _require_sound_figures(desk)
    period = _choose_period(request, desk.today)
    view = _load_progress(desk, request.name, period, private=request.private)
    private_counts = ""
    if request.private:
        veiled_view = _load_progress(desk, request.name, period, private=False)
        private_counts = _describe_private_values(veiled_view)
    agree_to_private(desk, private_counts, target, yes=request.yes)
    owner = PersonRef(0, _load_owner_name(desk))
    figures, owner = hide_names((view.figures, owner), target)
    person = figures.people[0].person if view.is_of_one_person else None
    today = desk.today
    contents = Contents(
        PageKind.PROGRESS,
        lambda: build_progress_page(
            figures, today, person.name if person else "", owner.name
        ),
        lambda: _get_progress_values(view._replace(figures=figures), today),
        lambda: Records(
            _RECORD_COLUMNS, [_build_progress_record(row) for row in figures.people]
        ),
        person.id if person else None,
    )
    summary = describe_talk_counts(figures)
    remarks = _list_progress_remarks(view.figures, private_counts)
    return deliver_page(desk, contents, format, target, summary, remarks)


def _require_sound_figures(desk: Desk) -> None:
    """Raise `DamagedRow` if a row that figures are made of is not as it was written."""
    from coachlog.store.shown_rows import require_sound_tables

    with desk.read() as db:
        require_sound_tables(db, _COUNTED_TABLES)


def _load_owner_name(desk: Desk) -> str:
    """Return the name of the journal's owner; '' for none."""
    from coachlog.store.reading.person_queries import read_owner_name

    with desk.read() as db:
        return read_owner_name(db) or ""


def _choose_period(request: ProgressRequest, today: date) -> Period:
    if request.since is None and request.until is None:
        return Period(add_months(today, -_YEAR_MONTHS) + timedelta(days=1))
    return parse_period(request.since, request.until, today)


def _load_progress(
    desk: Desk, name: str | None, period: Period, *, private: bool
) -> ProgressView:
    with open_progress(
        desk, name, period, private=private, themes_of_period=True
    ) as view:
        return view


def _describe_private_values(veiled_view: ProgressView) -> str:
    """Return in words what is left out of the figures unless it is asked for; '' for nothing."""
    count = veiled_view.figures.withheld
    return format_count(count, "private entry", "private entries") if count else ""


def _get_progress_values(view: ProgressView, today: date) -> Mapping[str, object]:
    # Imported here, since a page to read has no use for it.
    from coachlog.exports import json

    return {"progress": json.convert_progress(view, today)}


def _build_progress_record(row: PersonProgress) -> tuple[str | int | None, ...]:
    last_held = row.last_held.isoformat() if row.last_held else None
    counts = (row.sessions, row.minutes, row.open, row.overdue, row.done, last_held)
    return (row.person.name, *counts, *row.me.first_date, *row.them.first_date)


def _list_progress_remarks(figures: Progress, private_counts: str) -> Iterator[str]:
    if private_counts:
        yield f"This page includes {private_counts}."
    if figures.withheld:
        yield values.describe_withheld(figures.withheld)
