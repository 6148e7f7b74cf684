"""What to know about a person before the next conversation."""

from typing import TYPE_CHECKING

from coachlog.errors import NotFound
from coachlog.model.brief import Brief
from coachlog.services.desk import Desk

if TYPE_CHECKING:
    from coachlog.store.database import Connection


def load_brief(desk: Desk, name: str | None, *, private: bool) -> Brief:
    """Return the brief on the person of this name, with private entries only if `private`.

    Without a name it is whoever is due next. Raises NotFound if the name fits nobody, or more than
    one person, and where there is nobody yet.
    """
    from coachlog.store.reading import brief_queries, person_queries

    own_notes = desk.settings.get_switch("brief.private")
    with desk.read() as db:
        if name is None:
            name = _find_next_handle(desk, db)
        person = person_queries.find_person(db, name)
        return brief_queries.read_brief(
            db, person, desk.today, private=private, own_notes=own_notes
        )


def _find_next_handle(desk: Desk, db: "Connection") -> str:
    """Return the handle of whoever is due next. Raises NotFound where there is nobody."""
    from coachlog.rules.home_page import sort_by_next_talk
    from coachlog.store.reading import person_queries

    contacts = person_queries.read_contacts(db, talk_partners_only=True)
    if not contacts:
        raise NotFound(
            "There is nobody to talk to in your journal yet.",
            "To start: coachlog log NAME",
        )
    return sort_by_next_talk(contacts, desk.today)[0].person.slug
