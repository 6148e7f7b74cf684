"""Action learning sets as a list, and a page about one."""

from collections.abc import Sequence
from datetime import date

from coachlog import dates
from coachlog.model.actions import Action
from coachlog.model.sessions import Session
from coachlog.model.sets import (
    LearningSet,
    MeetingDays,
    Member,
    SetRole,
    SetSummary,
)
from coachlog.phrasing.values import describe_rhythm
from coachlog.rules.next_meetings import find_next_meeting
from coachlog.rules.rhythm import find_next_talk, has_rhythm, judge_rhythm
from coachlog.screens import styling
from coachlog.screens.columns import Columns
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.lists import render_actions
from coachlog.screens.renderables import Group, Renderable
from coachlog.screens.texts import Text
from coachlog.text import format_count

MOST_MEETINGS = 6
ROLES = {
    SetRole.MEMBER: "",
    SetRole.FACILITATOR: "facilitator",
    SetRole.COACH: "learning coach",
}


def render_sets(listings: Sequence[SetSummary], today: date, width: int) -> Columns:
    """Return sets one per row, by name, with when each last met and how many promises are open."""
    columns = ["set", "members", "meetings", "last met", "next due", "open"]
    if styling.leaves_out_columns(width):
        columns.remove("meetings")
    table = Columns(*columns, right=("members", "meetings", "open"), wide="set")
    for listing in listings:
        name = styling.format_typed_words(listing.set.name)
        if listing.set.archived:
            name.append(" (archived)", style=styling.QUIET)
        cells = {
            "set": name,
            "members": Text(str(len(listing.set.list_current_members()))),
            "meetings": Text(str(listing.meetings)),
            "last met": Text(dates.format_days_ago(listing.last_held, today)),
            "next due": _format_set_rhythm(
                listing.set, listing.last_held, listing.next_meeting, today
            ),
            "open": styling.format_number(listing.open),
        }
        table.add_named_row(cells)
    table.add_left_out([name for name in ("meetings",) if name not in columns])
    return table


def render_set(
    learning_set: LearningSet,
    meetings: Sequence[Session],
    actions: Sequence[Action],
    days: MeetingDays,
    today: date,
    width: int,
) -> Group:
    """Return one set: members, ground rules, rhythm, open promises, the latest meetings.

    `meetings` come newest first.
    """
    last_held = meetings[0].held_on if meetings else None
    next_meeting = find_next_meeting(days, learning_set)
    rhythm = _format_set_rhythm(learning_set, last_held, next_meeting, today)
    promises: Columns | Text = Text("None.", style=styling.QUIET)
    if actions:
        promises = render_actions(actions, today, width - 2)
    return Group(
        styling.format_typed_words(learning_set.name, "bold"),
        Text(_format_set_facts(learning_set), style=styling.QUIET),
        styling.format_last_met(last_held, rhythm, today),
        *_render_meeting_days(learning_set, days, today),
        "",
        styling.format_heading("Members"),
        IndentedBody(_render_set_members(learning_set.members, today)),
        "",
        styling.format_heading("Open promises"),
        IndentedBody(promises),
        *_render_set_meetings(meetings, today),
    )


def _render_meeting_days(
    learning_set: LearningSet, days: MeetingDays, today: date
) -> list[Text]:
    """Return the day that was agreed but has passed, and the days that were cancelled."""
    if learning_set.archived:
        return []
    facts = []
    next_day = find_next_meeting(days, learning_set)
    by_rhythm = find_next_talk(days.last_held, learning_set)
    if next_day is not None and next_day != by_rhythm and next_day < today:
        facts.append(f"next meeting {dates.format_short_day(next_day, today)}")
    if days.cancelled:
        cancelled = [dates.format_short_day(day, today) for day in days.cancelled]
        facts.append(f"cancelled: {', '.join(cancelled)}")
    return [Text(" · ".join(facts), style=styling.QUIET)] if facts else []


def _format_set_facts(learning_set: LearningSet) -> str:
    facts = [format_count(len(learning_set.list_current_members()), "member")]
    if learning_set.rules_agreed_on:
        day = dates.format_medium_day(learning_set.rules_agreed_on)
        facts.append(f"ground rules agreed {day}")
    else:
        facts.append("ground rules not agreed yet")
    if has_rhythm(learning_set):
        facts.append(describe_rhythm(learning_set))
    if learning_set.archived:
        facts.append("archived")
    return " · ".join(facts)


def _render_set_meetings(meetings: Sequence[Session], today: date) -> list[Renderable]:
    if not meetings:
        return []
    table = Columns("#", "held", "conversation", "minutes", right=("#", "minutes"))
    for meeting in meetings[:MOST_MEETINGS]:
        table.add_row(
            str(meeting.id),
            Text(dates.format_short_day(meeting.held_on, today)),
            styling.format_typed_words(meeting.title),
            styling.format_number(meeting.minutes),
        )
    parts: list[Renderable] = [
        "",
        styling.format_heading("Meetings"),
        IndentedBody(table),
    ]
    earlier = len(meetings) - MOST_MEETINGS
    if earlier > 0:
        parts.append(IndentedBody(Text(f"{earlier} earlier.", style=styling.QUIET)))
    return parts


def _render_set_members(members: Sequence[Member], today: date) -> Columns:
    """Return who is in a set, then who leads it, then who has left."""
    table = Columns("", "", "")
    for member in sorted(members, key=_rank_member):
        name = "you" if member.person is None else member.name
        table.add_row(
            styling.format_typed_words(name),
            Text(ROLES[member.role]),
            Text(_format_membership(member, today), style=styling.QUIET),
        )
    return table


def _rank_member(member: Member) -> tuple[bool, bool]:
    return member.left_on is not None, member.role is not SetRole.MEMBER


def _format_membership(member: Member, today: date) -> str:
    """Return since when somebody is in a set, or from when to when they were."""
    joined_on = dates.format_short_day(member.joined_on, today)
    if member.left_on:
        return f"{joined_on} to {dates.format_short_day(member.left_on, today)}, left"
    return f"since {joined_on}, archived" if member.archived else f"since {joined_on}"


def _format_set_rhythm(
    learning_set: LearningSet,
    last_held: date | None,
    next_meeting: date | None,
    today: date,
) -> Text:
    """Return when the next meeting is: as agreed, or else when the rhythm has it due.

    Empty for an archived set, and where neither says it.
    """
    if learning_set.archived:
        return Text("")
    by_rhythm = find_next_talk(last_held, learning_set)
    if next_meeting is not None and today <= next_meeting != by_rhythm:
        day = dates.format_short_day(next_meeting, today)
        return Text(f"next on {day}", style=styling.GOOD)
    if not has_rhythm(learning_set):
        return Text("")
    if last_held is None:
        return Text("first meeting due", style=styling.SOON)
    state = judge_rhythm(last_held, learning_set, today)
    return styling.format_next_day(state, by_rhythm, today)
