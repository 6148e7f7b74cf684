"""What to know about a person before the next conversation."""

from coachlog.model.brief import Brief
from coachlog.services.desk import Desk


def load_brief(desk: Desk, name: str, *, private: bool) -> Brief:
    """Return the brief on the person of this name, with private entries only if `private`.

    Raises NotFound if the name fits nobody, or more than one person.
    """
    from coachlog.store import reading
    from coachlog.store.reading import brief_queries

    with desk.read() as db:
        person = reading.find_person(db, name)
        return brief_queries.read_brief(db, person, private=private)
