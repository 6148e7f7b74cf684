"""Action learning sets as screens: all of them, and one."""

from collections.abc import Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates, rules
from coachlog.model import Action, Session
from coachlog.model.sets import LearningSet, Member, SetRole, SetSummary
from coachlog.phrasing.values import describe_rhythm
from coachlog.screens import lists, styling
from coachlog.screens.columns import Columns
from coachlog.text import format_count

NARROW_WIDTH = 76
MOST_MEETINGS = 6
ROLES = {SetRole.MEMBER: "", SetRole.FACILITATOR: "facilitator", SetRole.COACH: "learning coach"}


def render_sets(listings: Sequence[SetSummary], today: date, width: int) -> Columns:
    """Return sets one a row, by name, with when each met and how much is open."""
    columns = ["set", "members", "meetings", "last met", "rhythm", "open"]
    if width < NARROW_WIDTH:
        columns.remove("meetings")
    made = Columns(*columns, right=("members", "meetings", "open"), wide="set")
    for one in listings:
        name = styling.format_typed_words(one.set.name)
        if one.set.archived:
            name.append(" (archived)", style=styling.QUIET)
        cells = {
            "set": name,
            "members": Text(str(len(one.set.list_current_members()))),
            "meetings": Text(str(one.meetings)),
            "last met": Text(dates.format_days_ago(one.last_held, today)),
            "rhythm": _format_set_rhythm(one.set, one.last_held, today),
            "open": Text(str(one.open or styling.NO_NUMBER)),
        }
        made.add_row(*(cells[name] for name in columns))
    return made


def render_set(
    learning_set: LearningSet,
    meetings: Sequence[Session],
    actions: Sequence[Action],
    today: date,
    width: int,
) -> Group:
    """Return one set: members, ground rules, rhythm, open promises, the last meetings."""
    rules_agreed = "ground rules not agreed yet"
    if learning_set.rules_agreed_on:
        rules_agreed = (
            f"ground rules agreed {dates.format_medium_day(learning_set.rules_agreed_on)}"
        )
    facts = [format_count(len(learning_set.list_current_members()), "member"), rules_agreed]
    facts += [describe_rhythm(learning_set.every_days)] if learning_set.every_days else []
    facts += ["archived"] if learning_set.archived else []
    last = meetings[0].held_on if meetings else None
    seen = Text(f"Last met: {dates.format_days_ago(last, today)}")
    if state := _format_set_rhythm(learning_set, last, today):
        seen.append("  ").append_text(state)
    parts: list[RenderableType] = [
        styling.format_typed_words(learning_set.name, "bold"),
        Text(" · ".join(facts), style=styling.QUIET),
        seen,
        "",
        styling.format_heading("Members"),
        styling.IndentedBody(_render_set_members(learning_set.members, today)),
        "",
        styling.format_heading("Open promises"),
    ]
    if actions:
        parts.append(styling.IndentedBody(lists.render_actions(actions, today, width - 2)))
    else:
        parts.append(styling.IndentedBody(Text("None.", style=styling.QUIET)))
    return Group(*parts, *_render_set_meetings(meetings, today))


def _render_set_meetings(meetings: Sequence[Session], today: date) -> list[RenderableType]:
    if not meetings:
        return []
    made = Columns("#", "held", "conversation", "minutes", right=("#", "minutes"))
    for one in meetings[:MOST_MEETINGS]:
        made.add_row(
            str(one.id),
            Text(dates.format_short_day(one.held_on, today)),
            styling.format_typed_words(one.title),
            str(one.minutes or styling.NO_NUMBER),
        )
    parts: list[RenderableType] = [
        "",
        styling.format_heading("Meetings"),
        styling.IndentedBody(made),
    ]
    if (left := len(meetings) - MOST_MEETINGS) > 0:
        parts.append(styling.IndentedBody(Text(f"{left} earlier.", style=styling.QUIET)))
    return parts


def _render_set_members(members: Sequence[Member], today: date) -> Columns:
    """Return who is in a set by name, then who left it."""
    made = Columns("", "", "")
    for one in sorted(
        members, key=lambda one: (one.left_on is not None, one.role is not SetRole.MEMBER)
    ):
        name = styling.format_typed_words("you" if one.person is None else one.name)
        since = f"since {dates.format_short_day(one.joined_on, today)}"
        if one.left_on:
            since = f"{dates.format_short_day(one.joined_on, today)} to {dates.format_short_day(one.left_on, today)}, left"
        since += ", archived" if one.archived and not one.left_on else ""
        made.add_row(name, Text(ROLES[one.role]), Text(since, style=styling.QUIET))
    return made


def _format_set_rhythm(learning_set: LearningSet, last_held: date | None, today: date) -> Text:
    """Return when the next meeting is due; nothing where no rhythm was agreed."""
    state = rules.judge_rhythm(last_held, learning_set.every_days, today)
    following = rules.find_next_talk(last_held, learning_set.every_days)
    if state is None or learning_set.archived:
        return Text("")
    if following is None:
        return Text("first meeting is due", style=styling.SOON)
    late = (today - following).days
    if state == "in time":
        return Text(f"next by {dates.format_short_day(following, today)}", style=styling.GOOD)
    style = styling.SOON if state == "amber" else styling.BAD
    return Text(f"due, {format_count(late, 'day')} late", style=style)
