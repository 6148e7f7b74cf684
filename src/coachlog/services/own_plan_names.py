"""Which names mean the owner's own plan.

A module of its own, as `plan show` asks for every plan, and most are somebody else's.
"""

from typing import TYPE_CHECKING

from coachlog.names.matching import is_meant_by, match_by_name
from coachlog.names.spelling import is_same_name
from coachlog.services.desk import Desk, is_own_plan

if TYPE_CHECKING:
    from coachlog.store.database import Connection


def names_own_plan(desk: Desk, name: str) -> bool:
    """Return whether a name means the owner's own plan: `me`, or their own name.

    The beginning of their name is enough where it fits nobody in the journal.
    """
    if is_own_plan(name):
        return True
    with desk.read() as db:
        return is_owner_name(db, name)


def is_owner_name(db: "Connection", name: str) -> bool:
    """Return whether a name is the owner's, or begins it and fits nobody in the journal."""
    from coachlog.store.reading import person_queries

    own_name = person_queries.read_owner_name(db)
    if not own_name:
        return False
    if is_same_name(name, own_name):
        return True
    if not is_meant_by(name, own_name):
        return False
    people = person_queries.read_people(db, include_archived=True)
    return not match_by_name(people, name)
