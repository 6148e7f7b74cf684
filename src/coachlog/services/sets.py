"""Action learning sets: listed, added, changed and archived.

Each function imports only what it needs: a list has no use for the names of new members.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from coachlog.errors import InvalidInput, Refusal
from coachlog.model.actions import Action
from coachlog.model.people import Relationship
from coachlog.model.sessions import Session
from coachlog.model.sets import (
    LearningSet,
    MeetingDays,
    Member,
    SetRole,
    SetSummary,
)
from coachlog.named_tuples import NamedTuple
from coachlog.names.spelling import find_name_fault
from coachlog.rules import disclosure
from coachlog.rules.next_meetings import find_next_meeting
from coachlog.services.desk import Desk
from coachlog.services.inputs import (
    ask_checked_words,
    build_no_change_error,
    parse_rhythm_option,
)
from coachlog.services.results import UNDO_STEP, Result
from coachlog.store.reading import set_queries
from coachlog.text import clean_line, fold_text, format_count

if TYPE_CHECKING:
    from coachlog.services.ports import Asker
    from coachlog.services.set_members import SetJoiner
    from coachlog.store.transactions import Change

NONE_WORDS = ("0", "none", "")
"""What is typed to remove a leader, or for ground rules that are not agreed yet."""
USUAL_SIZE = (4, 8)
"""How many peers a set usually has."""


@dataclass(frozen=True)
class SetChanges:
    """The options of a set on the command line; None for an option that was not given.

    `every` and `rules_agreed` are as they were typed, `0` for none. `since` is the first day of
    those who join, and the last day of those who leave.
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
        """Return who will lead the meetings, and in which role.

        Raises InvalidInput for a facilitator and a coach at once.
        """
        if self.facilitator is not None and self.coach is not None:
            raise InvalidInput(
                "A set has a facilitator or a learning coach, not both. Nothing was changed.",
                "Leave out one of them.",
            )
        name, role = self.facilitator, SetRole.FACILITATOR
        if name is None:
            name, role = self.coach, SetRole.COACH
        if name is None or fold_text(name) in NONE_WORDS:
            return []
        return [(name, role)]

    @property
    def members(self) -> list[tuple[str, SetRole]]:
        """Return the names of all who join, each in its role: members first, then who leads."""
        members = [(name, SetRole.MEMBER) for name in self.joiner_names]
        return members + self.leads


class SetOverview(NamedTuple):
    """A set with its meetings, the latest first, its open promises, and when it meets next."""

    set: LearningSet
    meetings: list[Session]
    actions: list[Action]
    days: MeetingDays

    @property
    def summary(self) -> SetSummary:
        """Return the set with its figures, as it is in a list of sets."""
        last_held = self.meetings[0].held_on if self.meetings else None
        return SetSummary(
            set=self.set,
            meetings=len(self.meetings),
            last_held=last_held,
            open=len(self.actions),
            next_meeting=find_next_meeting(self.days, self.set),
        )


def list_sets(desk: Desk, *, include_archived: bool = False) -> list[SetSummary]:
    """Return the sets by name; `include_archived` adds the archived ones."""
    with desk.read() as db:
        return set_queries.read_set_summaries(db, include_archived=include_archived)


def load_set_overview(desk: Desk, name: str, *, private: bool = False) -> SetOverview:
    """Return the set of this name with its meetings and promises.

    Without `private`, private promises come without their words. Raises NotFound if there is none,
    and DamagedJournal if anything in this is not as it was written.
    """
    from coachlog.store.shown_rows import require_sound_entries

    with desk.read() as db:
        learning_set = set_queries.find_set(db, name)
        meetings = set_queries.read_set_meetings(db, learning_set.id)
        actions = set_queries.read_open_set_actions(db, learning_set)
        days = set_queries.read_meeting_days(db, learning_set.id)
        require_sound_entries(
            db,
            sets=[learning_set.id],
            sessions=[days.session] if days.session else (),
            talks=[meeting.id for meeting in meetings],
            actions=[action.id for action in actions],
        )
    visible_actions = disclosure.veil_everyday_entries(actions, private=private)
    return SetOverview(learning_set, meetings, visible_actions, days)


def require_active_set(learning_set: LearningSet) -> None:
    """Raise Refusal for an archived set, before anything is recorded in it."""
    if learning_set.archived:
        raise Refusal(
            f"{learning_set.name} is archived. Nothing was changed.",
            f"To bring it back: coachlog set archive {learning_set.slug} --back",
        )


def add_set(desk: Desk, changes: SetChanges) -> Result:
    """Add a set; its name and its members are asked for if they are missing.

    Raises Refusal for too few members, and for someone with two roles.
    """
    from coachlog.services import set_members

    rhythm = parse_rhythm_option(changes.every)
    agreed_on = _parse_agreed_day(desk, changes.rules_agreed)
    changes = _ask_set_fields(desk, changes)
    name = changes.name or ""
    joiners = set_members.resolve_joiners(desk, changes.members, changes.relationship)
    count = sum(joiner.role is SetRole.MEMBER for joiner in joiners)
    _require_enough_members(count)
    relationship = set_members.ask_new_relationship(desk, joiners, changes.relationship)
    from coachlog.store.writing.set_changes import insert_set

    with desk.change(create=True) as change:
        new_set = LearningSet(
            id=0,
            uid="",
            name=name,
            slug="",
            every_days=rhythm.every_days,
            every_months=rhythm.every_months,
            rules_agreed_on=agreed_on,
            members=_build_members(change, joiners, relationship, changes.since),
        )
        id = insert_set(change, new_set)
        learning_set = set_queries.read_set(change.connection, id)
    sentences = [
        f"Added {name}, {format_count(count, 'member')}.",
        _describe_unusual_size(count),
        _describe_new_people(joiners),
        f"Next: coachlog session new --set {learning_set.slug}",
    ]
    return Result(" ".join(filter(None, sentences)))


def _build_members(
    change: "Change",
    joiners: "list[SetJoiner]",
    relationship: Relationship | None,
    since: date,
) -> tuple[Member, ...]:
    """Return the members of a new set, with the new people among them added to the journal."""
    from coachlog.services.set_members import ensure_in_journal

    members = []
    for joiner in joiners:
        # The journal gives a member its own number and handle.
        member = Member(
            id=0,
            person=ensure_in_journal(change, joiner, relationship),
            name=joiner.name,
            slug="",
            role=joiner.role,
            joined_on=since,
        )
        members.append(member)
    return tuple(members)


def _parse_agreed_day(desk: Desk, text: str | None) -> date | None:
    """Return the day on which the ground rules were agreed, None for not yet.

    Raises InvalidInput for a day that cannot be read or is in the future.
    """
    if text is None or text.strip().casefold() in NONE_WORDS:
        return None
    try:
        return desk.parse_past_day(text)
    except InvalidInput as error:
        raise InvalidInput(f"Ground rules: {error.message}", error.hint) from None


def _ask_set_fields(desk: Desk, changes: SetChanges) -> SetChanges:
    """Return the changes with a name and members, asked for where they are missing."""
    # Before the members are asked for, so that a bad name costs no typing.
    if changes.name is None:
        asker = desk.require_asker("a name", "NAME")
        name = ask_checked_words(asker, "What is the set called?", validate_set_name)
    else:
        name = validate_set_name(changes.name)
    names = changes.joiner_names
    if not names:
        names = _ask_member_names(
            desk.require_asker("the names of the members", "--member NAME")
        )
    return replace(changes, name=name, joiner_names=names)


def _ask_member_names(asker: "Asker") -> tuple[str, ...]:
    """Return the names typed one after the other, up to an empty line."""
    names = []
    name = asker.ask_words("Who is in it?", "One name at a time; “me” means you.")
    while name:
        names.append(name)
        name = asker.ask_words("Who else?", "Press Enter when you have finished.")
    return tuple(names)


def validate_set_name(text: str) -> str:
    """Return the name of a set as it is stored: one line of at most 120 characters.

    Raises InvalidInput if it is longer, has no letter, or stands for a person, as `all` does.
    """
    name = clean_line(text)
    fault = find_name_fault(name)
    if fault:
        raise InvalidInput(fault, 'For example: coachlog set add "Ward leads"')
    return name


def _require_enough_members(count: int) -> None:
    """Raise Refusal for fewer members than can ask each other questions."""
    from coachlog.interview.meeting import MIN_MEMBERS

    least, most = USUAL_SIZE
    if count < MIN_MEMBERS:
        raise Refusal(
            f"A set needs at least {MIN_MEMBERS} members and usually has {least} to {most}; "
            f"you named {count}. Nothing was changed.",
            "Name each of them with --member; “me” means you.",
        )


def _describe_unusual_size(count: int) -> str:
    least, most = USUAL_SIZE
    if least <= count <= most:
        return ""
    return f"A set usually has {least} to {most}."


def _describe_new_people(joiners: "list[SetJoiner]") -> str:
    new_names = [joiner.name for joiner in joiners if joiner.new]
    if not new_names:
        return ""
    return f"New in your journal: {', '.join(new_names)}."


def edit_set(desk: Desk, name: str, changes: SetChanges) -> Result:
    """Change a set: its name, how often it meets, its ground rules, who joins and who leaves.

    A new facilitator or coach, or none, replaces whoever led the set before. Raises InvalidInput if
    there is nothing to change, and NotFound for an unknown set or member.
    """
    from coachlog.services import set_members

    fields = _build_set_fields(desk, changes)
    names = (
        changes.joiner_names,
        changes.leaver_names,
        changes.facilitator,
        changes.coach,
    )
    if not fields and not any(names):
        raise build_no_change_error(
            "--name, --join, --leave, --facilitator, --coach, --every or --rules-agreed"
        )
    with desk.read() as db:
        learning_set = set_queries.find_set(db, name)
    leavers = _list_leavers(learning_set, changes)
    joiners = set_members.resolve_joiners(desk, changes.members, changes.relationship)
    effects = _describe_set_effects(fields, joiners, leavers)
    if not effects:
        # Only `--facilitator 0` or `--coach 0` comes here: nobody leads the set as it is.
        raise Refusal(
            f"{learning_set.name} has no facilitator or coach. Nothing was changed."
        )
    relationship = set_members.ask_new_relationship(desk, joiners, changes.relationship)
    from coachlog.store.writing.set_changes import (
        insert_set_member,
        mark_member_left,
        update_set,
    )

    with desk.change() as change:
        if fields:
            update_set(change, learning_set.id, **fields)
        for member in leavers:
            mark_member_left(change, learning_set.id, member.person, on=changes.since)
        for joiner in joiners:
            person_id = set_members.ensure_in_journal(change, joiner, relationship)
            insert_set_member(
                change, learning_set.id, person_id, joiner.role, on=changes.since
            )
    set_name = fields.get("name", learning_set.name)
    return Result(
        f"Changed {set_name}: {'; '.join(effects)}. See: coachlog set show {learning_set.slug}"
    )


def _list_leavers(learning_set: LearningSet, changes: SetChanges) -> list[Member]:
    """Return the members who leave, each once, and who stops leading the set."""
    from coachlog.services.set_members import find_set_member

    leavers = [find_set_member(learning_set, name) for name in changes.leaver_names]
    if changes.facilitator is not None or changes.coach is not None:
        leavers += learning_set.list_current_members(SetRole.FACILITATOR)
        leavers += learning_set.list_current_members(SetRole.COACH)
    return list({member.id: member for member in leavers}.values())


def _build_set_fields(desk: Desk, changes: SetChanges) -> dict[str, object]:
    """Return the new values from the changes, by the name of the field."""
    fields: dict[str, object] = {}
    if changes.name is not None:
        fields["name"] = validate_set_name(changes.name)
    if changes.every is not None:
        fields |= parse_rhythm_option(changes.every)._asdict()
    if changes.rules_agreed is not None:
        fields["rules_agreed_on"] = _parse_agreed_day(desk, changes.rules_agreed)
    return fields


def _describe_set_effects(
    fields: dict[str, object], joiners: "list[SetJoiner]", leavers: list[Member]
) -> list[str]:
    """Return in words who joined, who left and what else was changed."""
    effects = []
    if joiners:
        effects.append(f"{', '.join(joiner.name for joiner in joiners)} joined")
    if leavers:
        effects.append(f"{', '.join(member.name for member in leavers)} left")
    labels = {
        "name": "name changed",
        "every_days": "how often it meets changed",
        "rules_agreed_on": "ground rules changed",
    }
    return effects + [labels[field] for field in fields if field in labels]


def archive_set(desk: Desk, name: str, *, back: bool = False) -> Result:
    """Take a set that no longer meets out of lists, or bring it `back`; nothing is deleted."""
    with desk.read() as db:
        learning_set = set_queries.find_set(db, name)
    from coachlog.store.writing.set_changes import mark_set_archived

    with desk.change() as change:
        mark_set_archived(change, learning_set.id, restore=back)
    if back:
        return Result(
            f"{learning_set.name} is back. See: coachlog set show {learning_set.slug}"
        )
    return Result(f"Archived {learning_set.name}. {UNDO_STEP}")
