"""Match the names of members with people in the journal or in the set, or with new people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coachlog.errors import NotFound, Refusal
from coachlog.interview.back import Back
from coachlog.interview.meeting import match_members
from coachlog.model.people import Person, Relationship
from coachlog.model.sets import OWNER_HANDLE, LearningSet, Member, SetRole
from coachlog.names.matching import is_whole_name, label_candidates, match_by_name
from coachlog.names.spelling import build_name_key
from coachlog.phrasing.relationships import RELATIONSHIP_ROWS
from coachlog.services import new_names
from coachlog.services.desk import Desk
from coachlog.store.reading import person_queries
from coachlog.text import clean_text, fold_text

if TYPE_CHECKING:
    from coachlog.store.transactions import Change

_LONGER_NAME_HINT = "Type a little more of the name."


@dataclass(frozen=True)
class SetJoiner:
    """Someone who joins a set; `person` is their number, None for the owner and anyone `new`."""

    name: str
    role: SetRole
    person: int | None = None
    new: bool = False


def resolve_joiners(
    desk: Desk, names: Iterable[tuple[str, SetRole]], relationship: Relationship | None
) -> list[SetJoiner]:
    """Return who joins under each name, in its role.

    Raises NotFound if a name fits several people, or somebody new whose relationship is unknown
    where nobody can be asked, and Refusal where somebody would have two roles.
    """
    journal_people: list[Person] = []
    if desk.journal.exists():
        with desk.read() as db:
            journal_people = person_queries.read_people(db, include_archived=True)
    joiners = [
        _resolve_joiner(desk, journal_people, name, role, relationship)
        for name, role in names
    ]
    _require_one_role_each(joiners)
    return joiners


def _resolve_joiner(
    desk: Desk,
    journal_people: list[Person],
    name: str,
    role: SetRole,
    relationship: Relationship | None,
) -> SetJoiner:
    if fold_text(name) == OWNER_HANDLE:
        return SetJoiner("you", role)
    candidates = match_by_name(journal_people, name)
    is_exact = any(is_whole_name(person, name) for person in candidates)
    # A relationship on the command line may be for somebody new, so then the beginning of a name
    # is not enough: it would join a namesake.
    if len(candidates) == 1 and (is_exact or relationship is None):
        person = candidates[0]
        return SetJoiner(person.name, role, person=person.id)
    if candidates and not is_exact:
        raise _build_ambiguity_error(
            name, candidates, may_be_new=relationship is not None
        )
    return _resolve_new_joiner(desk, journal_people, name, role, relationship)


def _resolve_new_joiner(
    desk: Desk,
    journal_people: list[Person],
    typed_name: str,
    role: SetRole,
    relationship: Relationship | None,
) -> SetJoiner:
    """Return somebody new, asked for their whole name, who may be in the journal after all."""
    name = new_names.validate_person_name(typed_name)
    if desk.interactive:
        new_name = new_names.settle_new_name(
            desk, new_names.ask_whole_name(desk, name), journal_people
        )
        if isinstance(new_name, Person):
            return SetJoiner(new_name.name, role, person=new_name.id)
        return SetJoiner(new_name, role, new=True)
    new_names.refuse_owner_as_person(desk, name)
    if relationship is None:
        raise NotFound(
            f"There is nobody by the name of “{clean_text(name)}” in your journal. "
            "Nothing was changed.",
            "To add new people, say who they are to you: --relationship peer",
        )
    return SetJoiner(name, role, new=True)


def _build_ambiguity_error(
    name: str, candidates: Sequence[Person], *, may_be_new: bool
) -> NotFound:
    names = label_candidates(candidates)
    hint = _LONGER_NAME_HINT
    if may_be_new:
        add_command = f'coachlog person add "{clean_text(name)}"'
        hint = f"Type the whole name; or, for someone new: {add_command}"
    return NotFound(
        f"“{clean_text(name)}” could be: {names}. Nothing was changed.", hint
    )


def _require_one_role_each(joiners: Sequence[SetJoiner]) -> None:
    """Raise Refusal if somebody joins twice, in one role or in two."""
    joiners_by_identity: dict[tuple[int | None, str], SetJoiner] = {}
    for joiner in joiners:
        new_key = build_name_key(joiner.name) if joiner.new else ""
        earlier_joiner = joiners_by_identity.setdefault(
            (joiner.person, new_key), joiner
        )
        if earlier_joiner is joiner:
            continue
        fault = "would have two roles"
        if earlier_joiner.role is joiner.role:
            is_owner = joiner.person is None and not joiner.new
            fault = "are named twice" if is_owner else "is named twice"
        name = joiner.name[:1].upper() + joiner.name[1:]
        raise Refusal(
            f"{name} {fault} in this set. Nothing was changed.",
            "Each person has one role: members take turns to present; "
            "a facilitator or coach does not.",
        )


def ask_new_relationship(
    desk: Desk, joiners: Sequence[SetJoiner], relationship: Relationship | None
) -> Relationship | None:
    """Return the relationship of all new people to the owner, asked for once; None without any.

    Raises Refusal if the question is not answered.
    """
    new_names = [joiner.name for joiner in joiners if joiner.new]
    if relationship is not None or not new_names:
        return relationship
    verb = "is" if len(new_names) == 1 else "are"
    question = f"{', '.join(new_names)} {verb} new here. Who are they to you?"
    choice = desk.asker.choose(question, RELATIONSHIP_ROWS, is_statement=True)
    if isinstance(choice, Back):
        raise Refusal("Nothing was changed.")
    return Relationship(choice)


def ensure_in_journal(
    change: "Change", joiner: SetJoiner, relationship: Relationship | None
) -> int | None:
    """Return the joiner's number, None for the owner; someone new is added to the journal first."""
    if not joiner.new:
        return joiner.person
    from coachlog.store.writing.person_changes import insert_person

    assert relationship is not None
    return insert_person(change, joiner.name, relationship)


def find_set_member(learning_set: LearningSet, name: str) -> Member:
    """Return the member of a set whom a name fits, in any role.

    Raises NotFound if it fits nobody, or several.
    """
    members = learning_set.list_current_members(None)
    candidates = match_members(members, name)
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        names = label_candidates(candidates)
        raise NotFound(f"“{clean_text(name)}” could be: {names}.", _LONGER_NAME_HINT)
    names = ", ".join(member.name for member in members)
    raise NotFound(
        f"“{clean_text(name)}” is not in {learning_set.name}.",
        f"Those in the set: {names}.",
    )
