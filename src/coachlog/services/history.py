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
    """Return all that happened with the person of this name, since a day or from the start.

    `full` adds every answer, `all_events` every event of each promise, `private` the entries that
    are private or about health. Raises InvalidInput if the day cannot be read, and NotFound if the
    name fits nobody, or more than one person.
    """
    from coachlog.store.reading import history_queries, person_queries

    first = None
    if since:
        from coachlog.dates.parsing import parse_past_day

        first = parse_past_day(since, desk.today)
    with desk.read() as db:
        person = person_queries.find_person(db, name)
        return history_queries.read_history(
            db,
            person,
            since=first,
            all_answers=full,
            private=private,
            all_events=all_events,
        )
