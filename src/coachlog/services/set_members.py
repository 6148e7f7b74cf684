"""Who is meant by the names of members: found in the journal, in the set, or new to both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coachlog.errors import NotFound, Refusal
from coachlog.interview import Back
from coachlog.interview.meeting import match_members
from coachlog.model import Person, Relationship
from coachlog.model.sets import OWNER_HANDLE, LearningSet, Member, SetRole
from coachlog.services import people
from coachlog.services.desk import Desk
from coachlog.store import reading
from coachlog.text import clean_text, fold_text

if TYPE_CHECKING:
    from coachlog.store.database import Change

_LONGER_NAME_HINT = "Type a little more of the name."


@dataclass(frozen=True)
class SetJoiner:
    """Who is meant: someone of the journal, someone new, or the owner (`person` and `new` None)."""

    name: str
    role: SetRole
    person: int | None = None
    new: bool = False


def resolve_joiners(
    desk: Desk, names: Iterable[tuple[str, SetRole]], relationship: Relationship | None
) -> list[SetJoiner]:
    """Return who is meant by each name in its role.

    `NotFound` if it could be several, or somebody new of whom nobody can say what they are to the
    owner; `Refused` where somebody would have two roles.
    """
    known: list[Person] = []
    if desk.journal.exists():
        with desk.read() as db:
            known = reading.read_people(db, include_archived=True)
    people_meant = [_resolve_joiner(desk, known, name, role, relationship) for name, role in names]
    _require_one_role_each(people_meant)
    return people_meant


def _resolve_joiner(
    desk: Desk,
    journal_people: list[Person],
    name: str,
    role: SetRole,
    relationship: Relationship | None,
) -> SetJoiner:
    if fold_text(name) == OWNER_HANDLE:
        return SetJoiner("you", role)
    candidates = reading.match_by_name(journal_people, name)
    exact = [
        person for person in candidates if fold_text(name) in (person.slug, fold_text(person.name))
    ]
    # Where a relationship is given, somebody new may be meant: no namesake is filed as known.
    if len(candidates) == 1 and (exact or relationship is None):
        return SetJoiner(candidates[0].name, role, candidates[0].id)
    if candidates and not exact:
        names = ", ".join(f"{person.name} ({person.slug})" for person in candidates)
        new = f'someone new: coachlog person add "{clean_text(name)}"'
        hint = f"Write the whole name; or, for {new}" if relationship else _LONGER_NAME_HINT
        raise NotFound(f"“{clean_text(name)}” could be: {names}. Nothing was changed.", hint)
    name = people.validate_person_name(name)
    if relationship is None and not desk.interactive:
        raise NotFound(
            f"There is nobody called “{clean_text(name)}” in the journal. Nothing was changed.",
            "Say what the new ones are to you: --relationship peer",
        )
    return SetJoiner(name, role, new=True)


def _require_one_role_each(joiners: Sequence[SetJoiner]) -> None:
    seen: dict[tuple[int | None, str], SetJoiner] = {}
    for someone in joiners:
        new_name = fold_text(someone.name) if someone.new else ""
        before = seen.setdefault((someone.person, new_name), someone)
        if before is someone:
            continue
        name = f"{someone.name[:1].upper()}{someone.name[1:]}"
        twice = "is named twice" if before.role is someone.role else "would have two roles"
        raise Refusal(
            f"{name} {twice} in this set. Nothing was changed.",
            "A member presents, a facilitator or coach does not: everyone has one role.",
        )


def ask_new_relationship(
    desk: Desk, joiners: Sequence[SetJoiner], relationship: Relationship | None
) -> Relationship | None:
    """Return what the new ones are to the owner, asked once for all; None if nobody is new."""
    new = [someone.name for someone in joiners if someone.new]
    if relationship is not None or not new:
        return relationship
    verb = "is" if len(new) == 1 else "are"
    question = f"{', '.join(new)} {verb} new here. Who are they to you?"
    chosen = desk.asker.choose(question, people.RELATIONSHIP_ROWS)
    if isinstance(chosen, Back):
        raise Refusal("Nothing was changed.")
    return Relationship(chosen)


def ensure_in_journal(
    change: "Change", joiner: SetJoiner, relationship: Relationship | None
) -> SetJoiner:
    """Return who is meant with their number; someone new is added to the journal."""
    if not joiner.new:
        return joiner
    from coachlog.store.writing.person_changes import insert_person

    assert relationship is not None
    return replace(joiner, person=insert_person(change, joiner.name, relationship), new=False)


def find_set_member(learning_set: LearningSet, name: str) -> Member:
    """Return the one in a set who is meant by a name; `NotFound` if nobody or several are."""
    members = learning_set.list_current_members(None)
    candidates = match_members(members, name)
    if len(candidates) == 1:
        return candidates[0]
    names = ", ".join(member.name for member in candidates or members)
    if candidates:
        raise NotFound(f"“{clean_text(name)}” could be: {names}.", _LONGER_NAME_HINT)
    raise NotFound(f"“{clean_text(name)}” is not in {learning_set.name}.", f"In it are: {names}.")
