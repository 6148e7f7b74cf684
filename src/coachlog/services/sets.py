"""Action learning sets: listed, made, changed and put aside.

Each function imports what it alone needs: a list asks for no members.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from coachlog import dates
from coachlog.errors import InvalidInput, Refusal
from coachlog.model import Action, Relationship, Session
from coachlog.model.sets import LearningSet, Member, SetRole, SetSummary
from coachlog.rules import disclosure
from coachlog.services.desk import Desk
from coachlog.services.inputs import build_missing_error
from coachlog.services.results import Result
from coachlog.store.reading import set_queries
from coachlog.text import build_slug, clean_line, fold_text, format_count

if TYPE_CHECKING:
    from coachlog.services.set_members import SetJoiner

MAX_SET_NAME = 120
NONE_WORDS = ("0", "none", "")
USUAL_SIZE = (4, 8)
"""How many peers a set usually has."""


@dataclass(frozen=True)
class SetChanges:
    """What the command line says of a set, of who joins and who leaves it; None changes nothing.

    `every` and `rules_agreed` are as they were typed, `0` for none. `since` is the day on which
    they join, and the last one of those who leave.
    """

    name: str | None = None
    joiner_names: tuple[str, ...] = ()
    leaver_names: tuple[str, ...] = ()
    facilitator: str | None = None
    coach: str | None = None
    every: str | None = None
    rules_agreed: str | None = None
    since: date = date.min
    relationship: Relationship | None = None

    @property
    def leads(self) -> list[tuple[str, SetRole]]:
        """Return who is to lead the meetings, and how; `Invalid` for both ways at once."""
        if self.facilitator is not None and self.coach is not None:
            raise InvalidInput(
                "A set has a facilitator or a learning coach, not both. Nothing was changed.",
                "Leave out one of them.",
            )
        leads = ((self.facilitator, SetRole.FACILITATOR), (self.coach, SetRole.COACH))
        return [(name, role) for name, role in leads if name and fold_text(name) not in NONE_WORDS]

    @property
    def members(self) -> list[tuple[str, SetRole]]:
        """Return who joins, each as a member, and after them who is to lead."""
        return [*((name, SetRole.MEMBER) for name in self.joiner_names), *self.leads]


class SetOverview(NamedTuple):
    """A set with its meetings, the latest first, and the promises open in it."""

    set: LearningSet
    meetings: list[Session]
    actions: list[Action]

    @property
    def summary(self) -> SetSummary:
        """Return the set as a list of sets counts it."""
        last_held = self.meetings[0].held_on if self.meetings else None
        return SetSummary(self.set, len(self.meetings), last_held, len(self.actions))


def list_sets(desk: Desk, *, include_archived: bool = False) -> list[SetSummary]:
    """Return the sets by name; `archived` adds those put aside."""
    with desk.read() as db:
        return set_queries.read_set_summaries(db, include_archived=include_archived)


def load_set_overview(desk: Desk, name: str) -> SetOverview:
    """Return the set of this name with what happened in it; `NotFound` if there is none."""
    with desk.read() as db:
        learning_set = set_queries.find_set(db, name)
        meetings = set_queries.read_set_meetings(db, learning_set.id)
        actions = disclosure.veil_everyday_entries(
            set_queries.read_open_set_actions(db, learning_set)
        )
    return SetOverview(learning_set, meetings, actions)


def add_set(desk: Desk, changes: SetChanges) -> Result:
    """Make a set; its name and members are asked if they are missing.

    `Refused` for a set of one, and for somebody with two roles in it.
    """
    from coachlog.services import set_members

    rhythm = dates.parse_rhythm(changes.every) if changes.every is not None else None
    agreed_on = _parse_agreed_day(desk, changes.rules_agreed)
    changes = _ask_set_fields(desk, changes)
    name = validate_set_name(changes.name or "")
    people = set_members.resolve_joiners(desk, changes.members, changes.relationship)
    count = sum(someone.role is SetRole.MEMBER for someone in people)
    _require_enough_members(count)
    relationship = set_members.ask_new_relationship(desk, people, changes.relationship)
    from coachlog.store.writing.set_changes import insert_set

    with desk.change(create=True) as change:
        known = [set_members.ensure_in_journal(change, someone, relationship) for someone in people]
        members = tuple(
            Member(0, someone.person, someone.name, "", someone.role, changes.since)
            for someone in known
        )
        new_set = LearningSet(0, "", name, "", rhythm, agreed_on, members=members)
        id = insert_set(change, new_set)
    with desk.read() as db:
        handle = next(each.slug for each in set_queries.read_sets(db) if each.id == id)
    return Result(
        f"Added {name}, {format_count(count, 'member')}.{_describe_unusual_size(count)}{_describe_new_people(people)} "
        f"Next: coachlog session new --set {handle}"
    )


def _parse_agreed_day(desk: Desk, text: str | None) -> date | None:
    """Return the day on which the ground rules were agreed; None for not yet."""
    if text is None or text.strip().casefold() in NONE_WORDS:
        return None
    try:
        return desk.parse_past_day(text)
    except InvalidInput as error:
        raise InvalidInput(f"Ground rules: {error.message}", error.hint) from None


def _ask_set_fields(desk: Desk, changes: SetChanges) -> SetChanges:
    """Return the changes with name and members, asked where they are missing."""
    if changes.name is not None and changes.joiner_names:
        return changes
    if not desk.interactive:
        if changes.name:
            raise build_missing_error("The members", "--member NAME")
        raise build_missing_error("The name", "NAME")
    name = changes.name or desk.asker.ask_words("What is the set called?")
    return replace(
        changes, name=name, joiner_names=changes.joiner_names or tuple(_ask_member_names(desk))
    )


def _ask_member_names(desk: Desk) -> list[str]:
    """Return the names typed one after the other, up to an empty line."""
    names: list[str] = []
    ask, help = "Who is in it?", "One name at a time; me is yourself."
    while typed := desk.asker.ask_words(ask, help):
        names.append(typed)
        ask, help = "Who else?", "Enter when those are all."
    return names


def validate_set_name(text: str) -> str:
    """Return the name of a set as it is kept: one line, 1 to 120 characters; else `Invalid`."""
    name = clean_line(text)
    if not build_slug(name):
        raise InvalidInput("A set needs a name.", 'For example: coachlog set add "Ward leads"')
    if len(name) > MAX_SET_NAME:
        raise InvalidInput(f"That name has {len(name)} characters; {MAX_SET_NAME} fit.")
    return name


def _require_enough_members(count: int) -> None:
    """Raise `Refused` for fewer members than can ask one another anything."""
    from coachlog.interview.meeting import MIN_MEMBERS

    if count < MIN_MEMBERS:
        raise Refusal(
            f"A set of {count} cannot ask one another anything; it takes {MIN_MEMBERS} members, "
            f"and usually {USUAL_SIZE[0]} to {USUAL_SIZE[1]}. Nothing was changed.",
            "Name each with --member; me is yourself.",
        )


def _describe_unusual_size(count: int) -> str:
    least, most = USUAL_SIZE
    return "" if least <= count <= most else f" Usually it is {least} to {most}."


def _describe_new_people(joiners: "list[SetJoiner]") -> str:
    new = [someone.name for someone in joiners if someone.new]
    return f" New in the journal: {', '.join(new)}." if new else ""


def edit_set(desk: Desk, name: str, changes: SetChanges) -> Result:
    """Change a set: its name, rhythm and ground rules, who joins and who leaves.

    Who led the set before leads it no more once somebody else does, or nobody is to.
    """
    from coachlog.services import set_members

    fields = _collect_set_fields(desk, changes)
    leads = changes.facilitator or changes.coach
    if not (fields or changes.joiner_names or changes.leaver_names or leads):
        flags = "--name, --join, --leave, --facilitator, --coach, --every or --rules-agreed"
        raise build_missing_error("What to change", flags)
    with desk.read() as db:
        before = set_queries.find_set(db, name)
    leaving = [set_members.find_set_member(before, typed) for typed in changes.leaver_names]
    if changes.facilitator is not None or changes.coach is not None:
        leaving += [
            lead for lead in before.list_current_members(None) if lead.role is not SetRole.MEMBER
        ]
    joining = set_members.resolve_joiners(desk, changes.members, changes.relationship)
    relationship = set_members.ask_new_relationship(desk, joining, changes.relationship)
    from coachlog.store.writing.set_changes import insert_set_member, mark_member_left, update_set

    with desk.change() as change:
        if fields:
            update_set(change, before.id, **fields)
        for member in {member.id: member for member in leaving}.values():
            mark_member_left(change, before.id, member.person, on=changes.since)
        for someone in joining:
            known = set_members.ensure_in_journal(change, someone, relationship)
            insert_set_member(change, before.id, known.person, known.role, on=changes.since)
    effects = "; ".join(_describe_set_effects(fields, joining, leaving))
    changed = f"{fields.get('name', before.name)}: {effects}"
    return Result(f"Changed {changed}. Look: coachlog set show {before.slug}")


def _collect_set_fields(desk: Desk, changes: SetChanges) -> dict[str, object]:
    """Return the new values that the changes give, by the name of the field."""
    fields: dict[str, object] = {}
    if changes.name is not None:
        fields["name"] = validate_set_name(changes.name)
    if changes.every is not None:
        fields["every_days"] = dates.parse_rhythm(changes.every)
    if changes.rules_agreed is not None:
        fields["rules_agreed_on"] = _parse_agreed_day(desk, changes.rules_agreed)
    return fields


def _describe_set_effects(
    fields: dict[str, object], joiners: "list[SetJoiner]", leavers: list[Member]
) -> list[str]:
    """Return in words what a change came to."""
    effects = []
    if joiners:
        effects.append(f"{', '.join(someone.name for someone in joiners)} in")
    if leavers:
        effects.append(f"{', '.join(member.name for member in leavers)} out")
    words = {"name": "its name", "every_days": "its rhythm", "rules_agreed_on": "ground rules"}
    return effects + [words[field] for field in fields]


def archive_set(desk: Desk, name: str, *, back: bool = False) -> Result:
    """Take a set that meets no more out of lists, or bring it back; nothing of it is lost."""
    with desk.read() as db:
        learning_set = set_queries.find_set(db, name)
    from coachlog.store.writing.set_changes import mark_set_archived

    with desk.change() as change:
        mark_set_archived(change, learning_set.id, restore=back)
    if back:
        return Result(f"{learning_set.name} is back. Look: coachlog set show {learning_set.slug}")
    return Result(
        f"Archived {learning_set.name}. Back: coachlog set archive {learning_set.slug} --back"
    )
