"""A person's whole story as a page."""

from collections.abc import Iterator

from coachlog.exports.contents import Contents
from coachlog.exports.documents.history_page import build_history_page
from coachlog.exports.page_records import list_story_records
from coachlog.model.history import History
from coachlog.model.pages import PageKind
from coachlog.phrasing import timeline, values
from coachlog.services.desk import Desk
from coachlog.services.exports.delivery import (
    Export,
    Target,
    agree_to_private,
    choose_output_format,
    deliver_page,
    hide_names,
)
from coachlog.services.exports.handed_values import convert_handed_values
from coachlog.services.history import load_history
from coachlog.text import format_count

HEALTH_REMARK = (
    "Titles and gaps on this page may still hint at someone's health; "
    "read it before you pass it on."
)


def export_history(
    desk: Desk,
    name: str,
    target: Target,
    *,
    since: str | None,
    full: bool,
    private: bool,
    yes: bool = False,
) -> Export:
    """Export a person's history since a day, or all of it; `full` quotes every answer.

    With private words in it, a page that is not printed is asked about once more, unless `yes`.

    Raises InvalidInput for an unknown format or a day that cannot be read, NotFound if the name
    fits nobody or more than one person, and what `deliver_page` raises.
    """
    format = choose_output_format(target, PageKind.HISTORY)
    history = load_history(
        desk,
        name,
        since,
        full=full,
        private=private,
        all_events=format.write_values is not None,
        is_handed_over=True,
    )
    private_counts = _describe_private_history(history)
    agree_to_private(desk, private_counts, target, yes=yes)
    history = hide_names(history, target)
    today = desk.today
    contents = Contents(
        PageKind.HISTORY,
        lambda: build_history_page(history, today, full=full),
        lambda: {"history": convert_handed_values(history)},
        lambda: list_story_records(history, today, full=full),
        history.person.id,
    )
    summary = timeline.describe_session_counts(history)
    remarks = _list_history_remarks(history, private_counts)
    return deliver_page(desk, contents, format, target, summary, remarks)


def _describe_private_history(history: History) -> str:
    """Return how many private entries a history has, in words; '' for none."""
    count = timeline.count_private_in_history(history)
    return format_count(count, "private entry", "private entries") if count else ""


def _list_history_remarks(history: History, private_counts: str) -> Iterator[str]:
    if history.health_withheld:
        yield HEALTH_REMARK
    if private_counts:
        yield f"This page includes {private_counts}."
    elif history.withheld:
        yield values.describe_withheld(history.withheld)
