"""A person's whole story as a page."""

from collections.abc import Iterator

from coachlog.exports.documents.history_page import build_history_page
from coachlog.model.history import History
from coachlog.phrasing import timeline, values
from coachlog.services.desk import Desk
from coachlog.services.exports.delivery import (
    Export,
    Target,
    choose_output_format,
    deliver_page,
)
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
) -> Export:
    """Export a person's history since a day, or all of it; `full` quotes every answer.

    Raises InvalidInput for an unknown format or a day that cannot be read, NotFound if the name
    fits nobody or more than one person, and what `deliver_page` raises.
    """
    format = choose_output_format(target)
    history = load_history(
        desk, name, since, full=full, private=private, is_handed_over=True
    )
    page = build_history_page(history, desk.today, full=full)
    contents = timeline.describe_session_counts(history)
    return deliver_page(page, format, target, contents, _list_history_remarks(history))


def _list_history_remarks(history: History) -> Iterator[str]:
    if history.health_withheld:
        yield HEALTH_REMARK
    private_count = timeline.count_private_in_history(history)
    if private_count:
        entries = format_count(private_count, "private entry", "private entries")
        yield f"This page includes {entries}."
    elif history.withheld:
        yield values.describe_withheld(history.withheld)
