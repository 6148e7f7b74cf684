"""A person's whole story as a page."""

from collections.abc import Iterator

from coachlog.exports.documents.history_page import history_document
from coachlog.model.history import History
from coachlog.phrasing import timeline, values
from coachlog.services.desk import Desk
from coachlog.services.exports.delivery import Export, Target, choose_format, deliver
from coachlog.services.history import history
from coachlog.text import plural

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
    format = choose_format(target)
    story = history(desk, name, since, full=full, private=private)
    document = history_document(story, desk.today, full=full)
    return deliver(document, format, target, timeline.count(story), _remarks(story))


def _remarks(story: History) -> Iterator[str]:
    if story.health_withheld:
        yield HEALTH_REMARK
    if included := timeline.private(story):
        yield f"This page includes {plural(included, 'private entry', 'private entries')}."
    elif story.withheld:
        yield values.withheld(story.withheld)
