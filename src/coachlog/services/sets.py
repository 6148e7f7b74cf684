"""Who is in an action learning set: asked for, found in the journal, added, let in and out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from coachlog.errors import Invalid, NotFound, Refused
from coachlog.interview import Back
from coachlog.interview.meeting import FEWEST
from coachlog.model import Relationship
from coachlog.model.sets import ME, LearningSet, Member, Role
from coachlog.services import people
from coachlog.services.desk import Desk
from coachlog.services.inputs import missing
from coachlog.store import reading
from coachlog.store.reading import sets
from coachlog.text import clean, fold, line, plural, slug

NOBODY = ("0", "none", "")
USUAL = (4, 8)
"""How many peers a set usually has."""

_MORE = "Type a little more of the name."


@dataclass(frozen=True)
class Given:
    """What the command line says of a set and of who joins or leaves it."""

    name: str | None = None
    members: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
    facilitator: str | None = None
    coach: str | None = None
    every_days: int | None = None
    rules_agreed_on: date | None = None
    since: date = date.min
    relationship: Relationship | None = None

    @property
    def leads(self) -> list[tuple[str, Role]]:
        """Return who leads the meetings, and how: as facilitator or as learning coach."""
        if self.facilitator is not None and self.coach is not None:
            raise Invalid(
                "A set has a facilitator or a learning coach, not both. Nothing was changed.",
                "Leave out one of them.",
            )
        given = ((self.facilitator, Role.FACILITATOR), (self.coach, Role.COACH))
        return [(name, role) for name, role in given if name is not None]


@dataclass
class _Someone:
    """Who is meant: someone of the journal, someone new, or the owner (`person` and `new` None)."""

    name: str
    role: Role
    person: int | None = None
    new: bool = False


def name_of(typed: str) -> str:
    """Return the name of a set as it is kept: one line, 1 to 120 characters; else `Invalid`."""
    name = line(typed)
    if not slug(name):
        raise Invalid("A set needs a name.", 'For example: coachlog set add "Ward leads"')
    if len(name) > people.MAX_NAME:
        raise Invalid(f"That name has {len(name)} characters; {people.MAX_NAME} fit.")
    return name


def add(desk: Desk, given: Given) -> str:
    """Make a set, what is missing asked at the terminal; return the line that says so.

    `Refused` for a set of one, and for somebody with two roles in it.
    """
    given = _asked(desk, given)
    name = name_of(given.name or "")
    found = _meant(desk, given, [(one, Role.MEMBER) for one in given.members])
    _require_one_role_each(found)
    members = [one for one in found if one.role is Role.MEMBER]
    if len(members) < FEWEST:
        raise Refused(
            f"A set of {len(members)} cannot ask one another anything; it takes {FEWEST} members, "
            f"and usually {USUAL[0]} to {USUAL[1]}. Nothing was changed.",
            "Name each with --member; me is yourself.",
        )
    relationship = _relationship(desk, given, found)
    from coachlog.store.writing.sets import add_set

    with desk.change(create=True) as change:
        known = [_numbered(change, one, relationship) for one in found]
        made = LearningSet(
            *(0, "", name, "", given.every_days, given.rules_agreed_on),
            members=tuple(
                Member(0, one.person, one.name, "", one.role, given.since) for one in known
            ),
        )
        id = add_set(change, made)
    with desk.read() as db:
        handle = next(one.slug for one in sets.sets(db) if one.id == id)
    few = USUAL[0] <= len(members) <= USUAL[1]
    usual = "" if few else f" Usually it is {USUAL[0]} to {USUAL[1]}."
    new = [one.name for one in found if one.new]
    added = f" New in the journal: {', '.join(new)}." if new else ""
    return (
        f"Added {name}, {plural(len(members), 'member')}.{usual}{added} "
        f"Next: coachlog session new --set {handle}"
    )


def edit(desk: Desk, name: str, given: Given, fields: dict[str, Any]) -> str:
    """Change a set, who joins and who leaves in it; return the line that says so."""
    with desk.read() as db:
        before = sets.find(db, name)
    leaving = [_of_set(before, one) for one in given.leaving]
    leads = [one for one in given.leads if fold(one[0]) not in NOBODY]
    if given.leads:  # whoever led before leads no more
        roles = (Role.FACILITATOR, Role.COACH)
        leaving += [one for one in before.current(None) if one.role in roles]
    joining = [(one, Role.MEMBER) for one in given.members]
    found = _meant(desk, replace(given, facilitator=None, coach=None), [*joining, *leads])
    _require_one_role_each(found)
    relationship = _relationship(desk, given, found)
    from coachlog.store.writing.sets import edit_set, join, leave

    with desk.change() as change:
        if fields:
            edit_set(change, before.id, **fields)
        for one in {member.id: member for member in leaving}.values():
            leave(change, before.id, one.person, on=given.since)
        for someone in found:
            known = _numbered(change, someone, relationship)
            join(change, before.id, known.person, known.role, on=given.since)
    return f"Changed {_told(before, fields, found, leaving)}. Look: coachlog set show {before.slug}"


def _told(
    before: LearningSet, fields: dict[str, Any], found: list[_Someone], leaving: list[Member]
) -> str:
    parts = [f"{', '.join(one.name for one in found)} in"] if found else []
    parts += [f"{', '.join(one.name for one in leaving)} out"] if leaving else []
    words = {"name": "its name", "every_days": "its rhythm", "rules_agreed_on": "ground rules"}
    parts += [words[one] for one in fields]
    return f"{fields.get('name', before.name)}: {'; '.join(parts)}"


def _asked(desk: Desk, given: Given) -> Given:
    """Return what is given, with name and members asked for where they are missing."""
    if given.name is not None and given.members:
        return given
    if not desk.interactive:
        what, flag = ("The members", "--member NAME") if given.name else ("The name", "NAME")
        raise missing(what, flag)
    name = given.name or desk.asker.words("What is the set called?")
    members = list(given.members)
    while not given.members:
        ask = "Who else?" if members else "Who is in it?"
        help = "Enter when those are all." if members else "One name at a time; me is yourself."
        if not (typed := desk.asker.words(ask, help)):
            break
        members.append(typed)
    return replace(given, name=name, members=tuple(members))


def _meant(desk: Desk, given: Given, names: Sequence[tuple[str, Role]]) -> list[_Someone]:
    """Return who is meant by each name, the leads of the command line last."""
    leads = [one for one in given.leads if fold(one[0]) not in NOBODY]
    known = []
    if desk.journal.exists():
        with desk.read() as db:
            known = reading.people(db, archived=True)
    return [_someone(desk, known, name, role, given) for name, role in (*names, *leads)]


def _someone(desk: Desk, known: list[Any], name: str, role: Role, given: Given) -> _Someone:
    if fold(name) == ME:
        return _Someone("you", role)
    found = reading.matching(known, name)
    exact = [one for one in found if fold(name) in (one.slug, fold(one.name))]
    if len(found) == 1 and (exact or given.relationship is None):  # no namesake is filed as known
        return _Someone(found[0].name, role, found[0].id)
    if found and not exact:
        names = ", ".join(f"{one.name} ({one.slug})" for one in found)
        new = f'someone new: coachlog person add "{clean(name)}"'
        hint = f"Write the whole name; or, for {new}" if given.relationship else _MORE
        raise NotFound(f"“{clean(name)}” could be: {names}. Nothing was changed.", hint)
    name = people.name_of(name)
    if given.relationship is None and not desk.interactive:
        raise NotFound(
            f"There is nobody called “{clean(name)}” in the journal. Nothing was changed.",
            "Say what the new ones are to you: --relationship peer",
        )
    return _Someone(name, role, new=True)


def _require_one_role_each(found: list[_Someone]) -> None:
    seen: dict[object, _Someone] = {}
    for one in found:
        key = fold(one.name)
        if key in seen:
            twice = "two roles" if seen[key].role is not one.role else "named twice"
            verb = "would have" if twice == "two roles" else "is"
            raise Refused(
                f"{one.name[:1].upper()}{one.name[1:]} {verb} {twice} in this set. "
                "Nothing was changed.",
                "A member presents, a facilitator or coach does not: everyone has one role.",
            )
        seen[key] = one


def _relationship(desk: Desk, given: Given, found: list[_Someone]) -> Relationship | None:
    """Return what the new ones are to the owner, asked once for all of them."""
    new = [one.name for one in found if one.new]
    if given.relationship is not None or not new:
        return given.relationship
    verb = "is" if len(new) == 1 else "are"
    question = f"{', '.join(new)} {verb} new here. Who are they to you?"
    chosen = desk.asker.choose(question, people.RELATIONSHIPS)
    if isinstance(chosen, Back):
        raise Refused("Nothing was changed.")
    return Relationship(chosen)


def _numbered(change: Any, one: _Someone, relationship: Relationship | None) -> _Someone:
    """Return who is meant with their number; someone new is added to the journal."""
    if not one.new:
        return one
    from coachlog.store.writing import people

    assert relationship is not None
    return replace(one, person=people.add_person(change, one.name, relationship), new=False)


def _of_set(found: LearningSet, name: str) -> Member:
    """Return the one in a set who is meant by a name; `NotFound` if nobody or several are."""
    from coachlog.interview.meeting import named

    known = found.current(None)
    meant = named(known, name)
    if len(meant) == 1:
        return meant[0]
    names = ", ".join(one.name for one in meant or known)
    if meant:
        raise NotFound(f"“{clean(name)}” could be: {names}.", _MORE)
    raise NotFound(f"“{clean(name)}” is not in {found.name}.", f"In it are: {names}.")
