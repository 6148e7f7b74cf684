"""Action learning sets: listed, made, changed and put aside.

Each function imports what it alone needs: a list asks for no members.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from coachlog import dates
from coachlog.errors import Invalid, Refused
from coachlog.model import Action, Relationship, Session
from coachlog.model.sets import LearningSet, Listed, Member, Role
from coachlog.rules import disclosure
from coachlog.services.desk import Desk
from coachlog.services.inputs import missing
from coachlog.services.results import Result
from coachlog.store.reading import set_queries
from coachlog.text import fold, line, plural, slug

if TYPE_CHECKING:
    from coachlog.services.set_members import Someone

MAX_NAME = 120
NOBODY = ("0", "none", "")
USUAL = (4, 8)
"""How many peers a set usually has."""


@dataclass(frozen=True)
class SetChanges:
    """What the command line says of a set, of who joins and who leaves it; None changes nothing.

    `every` and `rules_agreed` are as they were typed, `0` for none. `since` is the day on which
    they join, and the last one of those who leave.
    """

    name: str | None = None
    joining: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
    facilitator: str | None = None
    coach: str | None = None
    every: str | None = None
    rules_agreed: str | None = None
    since: date = date.min
    relationship: Relationship | None = None

    @property
    def leads(self) -> list[tuple[str, Role]]:
        """Return who is to lead the meetings, and how; `Invalid` for both ways at once."""
        if self.facilitator is not None and self.coach is not None:
            raise Invalid(
                "A set has a facilitator or a learning coach, not both. Nothing was changed.",
                "Leave out one of them.",
            )
        leads = ((self.facilitator, Role.FACILITATOR), (self.coach, Role.COACH))
        return [(name, role) for name, role in leads if name and fold(name) not in NOBODY]

    @property
    def members(self) -> list[tuple[str, Role]]:
        """Return who joins, each as a member, and after them who is to lead."""
        return [*((name, Role.MEMBER) for name in self.joining), *self.leads]


class SetOverview(NamedTuple):
    """A set with its meetings, the latest first, and the promises open in it."""

    set: LearningSet
    meetings: list[Session]
    actions: list[Action]

    @property
    def summary(self) -> Listed:
        """Return the set as a list of sets counts it."""
        last_held = self.meetings[0].held_on if self.meetings else None
        return Listed(self.set, len(self.meetings), last_held, len(self.actions))


def list_sets(desk: Desk, *, archived: bool = False) -> list[Listed]:
    """Return the sets by name; `archived` adds those put aside."""
    with desk.read() as db:
        return set_queries.listed(db, archived=archived)


def get(desk: Desk, name: str) -> SetOverview:
    """Return the set of this name with what happened in it; `NotFound` if there is none."""
    with desk.read() as db:
        learning_set = set_queries.find(db, name)
        meetings = set_queries.meetings(db, learning_set.id)
        actions = disclosure.everyday(set_queries.promises(db, learning_set))
    return SetOverview(learning_set, meetings, actions)


def add(desk: Desk, changes: SetChanges) -> Result:
    """Make a set; its name and members are asked if they are missing.

    `Refused` for a set of one, and for somebody with two roles in it.
    """
    from coachlog.services import set_members

    rhythm = dates.rhythm(changes.every) if changes.every is not None else None
    agreed_on = _agreed_on(desk, changes.rules_agreed)
    changes = _ask_rest(desk, changes)
    name = name_of(changes.name or "")
    people = set_members.meant(desk, changes.members, changes.relationship)
    count = sum(someone.role is Role.MEMBER for someone in people)
    _require_enough(count)
    relationship = set_members.relationship_of_new(desk, people, changes.relationship)
    from coachlog.store.writing.set_changes import add_set

    with desk.change(create=True) as change:
        known = [set_members.in_journal(change, someone, relationship) for someone in people]
        members = tuple(
            Member(0, someone.person, someone.name, "", someone.role, changes.since)
            for someone in known
        )
        new_set = LearningSet(0, "", name, "", rhythm, agreed_on, members=members)
        id = add_set(change, new_set)
    with desk.read() as db:
        handle = next(each.slug for each in set_queries.sets(db) if each.id == id)
    return Result(
        f"Added {name}, {plural(count, 'member')}.{_size_in_words(count)}{_new_in_words(people)} "
        f"Next: coachlog session new --set {handle}"
    )


def _agreed_on(desk: Desk, typed: str | None) -> date | None:
    """Return the day on which the ground rules were agreed; None for not yet."""
    if typed is None or typed.strip().casefold() in NOBODY:
        return None
    try:
        return desk.past(typed)
    except Invalid as error:
        raise Invalid(f"Ground rules: {error.message}", error.hint) from None


def _ask_rest(desk: Desk, changes: SetChanges) -> SetChanges:
    """Return the changes with name and members, asked where they are missing."""
    if changes.name is not None and changes.joining:
        return changes
    if not desk.interactive:
        if changes.name:
            raise missing("The members", "--member NAME")
        raise missing("The name", "NAME")
    name = changes.name or desk.asker.words("What is the set called?")
    return replace(changes, name=name, joining=changes.joining or tuple(_ask_members(desk)))


def _ask_members(desk: Desk) -> list[str]:
    """Return the names typed one after the other, up to an empty line."""
    names: list[str] = []
    ask, help = "Who is in it?", "One name at a time; me is yourself."
    while typed := desk.asker.words(ask, help):
        names.append(typed)
        ask, help = "Who else?", "Enter when those are all."
    return names


def name_of(typed: str) -> str:
    """Return the name of a set as it is kept: one line, 1 to 120 characters; else `Invalid`."""
    name = line(typed)
    if not slug(name):
        raise Invalid("A set needs a name.", 'For example: coachlog set add "Ward leads"')
    if len(name) > MAX_NAME:
        raise Invalid(f"That name has {len(name)} characters; {MAX_NAME} fit.")
    return name


def _require_enough(count: int) -> None:
    """Raise `Refused` for fewer members than can ask one another anything."""
    from coachlog.interview.meeting import FEWEST

    if count < FEWEST:
        raise Refused(
            f"A set of {count} cannot ask one another anything; it takes {FEWEST} members, "
            f"and usually {USUAL[0]} to {USUAL[1]}. Nothing was changed.",
            "Name each with --member; me is yourself.",
        )


def _size_in_words(count: int) -> str:
    least, most = USUAL
    return "" if least <= count <= most else f" Usually it is {least} to {most}."


def _new_in_words(people: "list[Someone]") -> str:
    new = [someone.name for someone in people if someone.new]
    return f" New in the journal: {', '.join(new)}." if new else ""


def edit(desk: Desk, name: str, changes: SetChanges) -> Result:
    """Change a set: its name, rhythm and ground rules, who joins and who leaves.

    Who led the set before leads it no more once somebody else does, or nobody is to.
    """
    from coachlog.services import set_members

    fields = _fields(desk, changes)
    leads = changes.facilitator or changes.coach
    if not (fields or changes.joining or changes.leaving or leads):
        flags = "--name, --join, --leave, --facilitator, --coach, --every or --rules-agreed"
        raise missing("What to change", flags)
    with desk.read() as db:
        before = set_queries.find(db, name)
    leaving = [set_members.in_set(before, typed) for typed in changes.leaving]
    if changes.facilitator is not None or changes.coach is not None:
        leaving += [lead for lead in before.current(None) if lead.role is not Role.MEMBER]
    joining = set_members.meant(desk, changes.members, changes.relationship)
    relationship = set_members.relationship_of_new(desk, joining, changes.relationship)
    from coachlog.store.writing.set_changes import edit_set, join, leave

    with desk.change() as change:
        if fields:
            edit_set(change, before.id, **fields)
        for member in {member.id: member for member in leaving}.values():
            leave(change, before.id, member.person, on=changes.since)
        for someone in joining:
            known = set_members.in_journal(change, someone, relationship)
            join(change, before.id, known.person, known.role, on=changes.since)
    effects = "; ".join(_effects(fields, joining, leaving))
    changed = f"{fields.get('name', before.name)}: {effects}"
    return Result(f"Changed {changed}. Look: coachlog set show {before.slug}")


def _fields(desk: Desk, changes: SetChanges) -> dict[str, object]:
    """Return the new values that the changes give, by the name of the field."""
    fields: dict[str, object] = {}
    if changes.name is not None:
        fields["name"] = name_of(changes.name)
    if changes.every is not None:
        fields["every_days"] = dates.rhythm(changes.every)
    if changes.rules_agreed is not None:
        fields["rules_agreed_on"] = _agreed_on(desk, changes.rules_agreed)
    return fields


def _effects(
    fields: dict[str, object], joining: "list[Someone]", leaving: list[Member]
) -> list[str]:
    """Return in words what a change came to."""
    effects = []
    if joining:
        effects.append(f"{', '.join(someone.name for someone in joining)} in")
    if leaving:
        effects.append(f"{', '.join(member.name for member in leaving)} out")
    words = {"name": "its name", "every_days": "its rhythm", "rules_agreed_on": "ground rules"}
    return effects + [words[field] for field in fields]


def archive(desk: Desk, name: str, *, back: bool = False) -> Result:
    """Take a set that meets no more out of lists, or bring it back; nothing of it is lost."""
    with desk.read() as db:
        learning_set = set_queries.find(db, name)
    from coachlog.store.writing.set_changes import archive_set

    with desk.change() as change:
        archive_set(change, learning_set.id, back=back)
    if back:
        return Result(f"{learning_set.name} is back. Look: coachlog set show {learning_set.slug}")
    return Result(
        f"Archived {learning_set.name}. Back: coachlog set archive {learning_set.slug} --back"
    )
