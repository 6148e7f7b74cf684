"""What there is to know of a person before the next talk."""

from coachlog.model.brief import Brief
from coachlog.services.desk import Desk


def load_brief(desk: Desk, name: str, *, private: bool) -> Brief:
    """Return the brief of the person of this name, private entries only with `private`.

    `NotFound` if nobody or more than one person is meant.
    """
    from coachlog.store import reading
    from coachlog.store.reading import brief_queries

    with desk.read() as db:
        return brief_queries.read_brief(db, reading.find_person(db, name), private=private)
