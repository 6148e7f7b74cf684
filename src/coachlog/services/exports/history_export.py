"""A person's whole story as a page."""

from collections.abc import Iterator

from coachlog.exports.documents.history_page import build_history_page
from coachlog.model.history import History
from coachlog.phrasing import timeline, values
from coachlog.services.desk import Desk
from coachlog.services.exports.delivery import Export, Target, choose_output_format, deliver_page
from coachlog.services.history import load_history
from coachlog.text import format_count

HEALTH_REMARK = (
    "The titles and gaps of this page may still tell of health; read it before you hand it on."
)


def export_history(
    desk: Desk, name: str, target: Target, *, since: str | None, full: bool, private: bool
) -> Export:
    """Export a person's history since a day, or all of it; `full` quotes every answer.

    `Invalid` for an unknown format or a day that cannot be read, `NotFound` if nobody or
    more than one person is meant; otherwise as `deliver`.
    """
    format = choose_output_format(target)
    story = load_history(desk, name, since, full=full, private=private)
    document = build_history_page(story, desk.today, full=full)
    return deliver_page(
        document,
        format,
        target,
        timeline.describe_session_counts(story),
        _list_history_remarks(story),
    )


def _list_history_remarks(history: History) -> Iterator[str]:
    if history.health_withheld:
        yield HEALTH_REMARK
    if included := timeline.count_private_in_history(history):
        yield f"This page includes {format_count(included, 'private entry', 'private entries')}."
    elif history.withheld:
        yield values.describe_withheld(history.withheld)
