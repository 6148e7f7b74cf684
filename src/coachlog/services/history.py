"""A person's whole story, for the screen and for pages alike."""

from typing import TYPE_CHECKING

from coachlog.model.history import History
from coachlog.services.desk import Desk

if TYPE_CHECKING:
    from coachlog.store.database import Connection


def load_history(
    desk: Desk,
    name: str,
    since: str | None,
    *,
    full: bool,
    private: bool,
    all_events: bool = False,
    is_handed_over: bool = False,
) -> History:
    """Return all that happened with the person of this name, since a day or from the start.

    `full` adds every answer, `all_events` every event of each promise, `private` the entries that
    are private or about health. What `is_handed_over` is verified, and damage in it raises
    DamagedJournal. Raises InvalidInput if the day cannot be read, and NotFound if the
    name fits nobody, or more than one person.
    """
    from coachlog.store.reading import history_queries, person_queries

    first = None
    if since:
        from coachlog.dates.parsing import parse_past_day

        first = parse_past_day(since, desk.today)
    with desk.read() as db:
        person = person_queries.find_person(db, name)
        history = history_queries.read_history(
            db,
            person,
            since=first,
            all_answers=full,
            private=private,
            all_events=all_events,
        )
        if is_handed_over:
            _require_sound_history(db, history)
        return history


def _require_sound_history(db: "Connection", history: History) -> None:
    from coachlog.store.shown_rows import require_sound_entries, require_sound_sessions

    require_sound_sessions(db, [episode.session for episode in history.sessions])
    require_sound_entries(
        db,
        actions=[action.id for action in history.actions],
        goals=[goal.id for goal in history.goals],
        people=[history.person.id],
    )
