"""A person's whole story, for the screen and for pages alike."""

from coachlog.model.history import History
from coachlog.services.desk import Desk


def load_history(
    desk: Desk,
    name: str,
    since: str | None,
    *,
    full: bool,
    private: bool,
    all_events: bool = False,
) -> History:
    """Return what happened with the person of this name since a day, or ever.

    With `full` it holds every answer, with `all_events` every event of each promise, with `private`
    private and health entries. `Invalid` for a day that cannot be read, `NotFound` if nobody or
    more than one person is meant.
    """
    from coachlog import dates
    from coachlog.store import reading
    from coachlog.store.reading import history_queries

    first = dates.parse_past_day(since, desk.today) if since else None
    with desk.read() as db:
        person = reading.find_person(db, name)
        return history_queries.read_history(
            db, person, since=first, all_answers=full, private=private, all_events=all_events
        )
