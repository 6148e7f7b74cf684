"""Who is meant by the names of members: found in the journal, in the set, or new to both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coachlog.errors import NotFound, Refused
from coachlog.interview import Back
from coachlog.interview.meeting import named
from coachlog.model import Person, Relationship
from coachlog.model.sets import ME, LearningSet, Member, Role
from coachlog.services import people
from coachlog.services.desk import Desk
from coachlog.store import reading
from coachlog.text import clean, fold

if TYPE_CHECKING:
    from coachlog.store.database import Change

_MORE = "Type a little more of the name."


@dataclass(frozen=True)
class Someone:
    """Who is meant: someone of the journal, someone new, or the owner (`person` and `new` None)."""

    name: str
    role: Role
    person: int | None = None
    new: bool = False


def meant(
    desk: Desk, names: Iterable[tuple[str, Role]], relationship: Relationship | None
) -> list[Someone]:
    """Return who is meant by each name in its role.

    `NotFound` if it could be several, or somebody new of whom nobody can say what they are to the
    owner; `Refused` where somebody would have two roles.
    """
    known: list[Person] = []
    if desk.journal.exists():
        with desk.read() as db:
            known = reading.people(db, archived=True)
    people_meant = [_someone(desk, known, name, role, relationship) for name, role in names]
    _require_one_role_each(people_meant)
    return people_meant


def _someone(
    desk: Desk, known: list[Person], name: str, role: Role, relationship: Relationship | None
) -> Someone:
    if fold(name) == ME:
        return Someone("you", role)
    candidates = reading.matching(known, name)
    exact = [person for person in candidates if fold(name) in (person.slug, fold(person.name))]
    # Where a relationship is given, somebody new may be meant: no namesake is filed as known.
    if len(candidates) == 1 and (exact or relationship is None):
        return Someone(candidates[0].name, role, candidates[0].id)
    if candidates and not exact:
        names = ", ".join(f"{person.name} ({person.slug})" for person in candidates)
        new = f'someone new: coachlog person add "{clean(name)}"'
        hint = f"Write the whole name; or, for {new}" if relationship else _MORE
        raise NotFound(f"“{clean(name)}” could be: {names}. Nothing was changed.", hint)
    name = people.name_of(name)
    if relationship is None and not desk.interactive:
        raise NotFound(
            f"There is nobody called “{clean(name)}” in the journal. Nothing was changed.",
            "Say what the new ones are to you: --relationship peer",
        )
    return Someone(name, role, new=True)


def _require_one_role_each(people_meant: Sequence[Someone]) -> None:
    seen: dict[tuple[int | None, str], Someone] = {}
    for someone in people_meant:
        new_name = fold(someone.name) if someone.new else ""
        before = seen.setdefault((someone.person, new_name), someone)
        if before is someone:
            continue
        name = f"{someone.name[:1].upper()}{someone.name[1:]}"
        twice = "is named twice" if before.role is someone.role else "would have two roles"
        raise Refused(
            f"{name} {twice} in this set. Nothing was changed.",
            "A member presents, a facilitator or coach does not: everyone has one role.",
        )


def relationship_of_new(
    desk: Desk, people_meant: Sequence[Someone], relationship: Relationship | None
) -> Relationship | None:
    """Return what the new ones are to the owner, asked once for all; None if nobody is new."""
    new = [someone.name for someone in people_meant if someone.new]
    if relationship is not None or not new:
        return relationship
    verb = "is" if len(new) == 1 else "are"
    question = f"{', '.join(new)} {verb} new here. Who are they to you?"
    chosen = desk.asker.choose(question, people.RELATIONSHIPS)
    if isinstance(chosen, Back):
        raise Refused("Nothing was changed.")
    return Relationship(chosen)


def in_journal(change: "Change", someone: Someone, relationship: Relationship | None) -> Someone:
    """Return who is meant with their number; someone new is added to the journal."""
    if not someone.new:
        return someone
    from coachlog.store.writing.person_changes import add_person

    assert relationship is not None
    return replace(someone, person=add_person(change, someone.name, relationship), new=False)


def in_set(learning_set: LearningSet, name: str) -> Member:
    """Return the one in a set who is meant by a name; `NotFound` if nobody or several are."""
    members = learning_set.current(None)
    candidates = named(members, name)
    if len(candidates) == 1:
        return candidates[0]
    names = ", ".join(member.name for member in candidates or members)
    if candidates:
        raise NotFound(f"“{clean(name)}” could be: {names}.", _MORE)
    raise NotFound(f"“{clean(name)}” is not in {learning_set.name}.", f"In it are: {names}.")
