"""Action learning sets as screens: all of them, and one."""

from collections.abc import Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates, rules
from coachlog.model import Action, Session
from coachlog.model.sets import LearningSet, Listed, Member, Role
from coachlog.phrasing.values import every
from coachlog.screens import lists, styling
from coachlog.screens.columns import Columns
from coachlog.text import plural

NARROW = 76
MOST_MEETINGS = 6
ROLES = {Role.MEMBER: "", Role.FACILITATOR: "facilitator", Role.COACH: "learning coach"}


def listed(found: Sequence[Listed], today: date, width: int) -> Columns:
    """Return sets one a row, by name, with when each met and how much is open."""
    columns = ["set", "members", "meetings", "last met", "rhythm", "open"]
    if width < NARROW:
        columns.remove("meetings")
    made = Columns(*columns, right=("members", "meetings", "open"), wide="set")
    for one in found:
        name = styling.typed(one.set.name)
        if one.set.archived:
            name.append(" (archived)", style=styling.QUIET)
        cells = {
            "set": name,
            "members": Text(str(len(one.set.current()))),
            "meetings": Text(str(one.meetings)),
            "last met": Text(dates.ago(one.last_held, today)),
            "rhythm": _rhythm(one.set, one.last_held, today),
            "open": Text(str(one.open or styling.NONE)),
        }
        made.add_row(*(cells[name] for name in columns))
    return made


def page(
    found: LearningSet,
    met: Sequence[Session],
    promises: Sequence[Action],
    today: date,
    width: int,
) -> Group:
    """Return one set: members, ground rules, rhythm, open promises, the last meetings."""
    rules_agreed = "ground rules not agreed yet"
    if found.rules_agreed_on:
        rules_agreed = f"ground rules agreed {dates.medium(found.rules_agreed_on)}"
    facts = [plural(len(found.current()), "member"), rules_agreed]
    facts += [every(found.every_days)] if found.every_days else []
    facts += ["archived"] if found.archived else []
    last = met[0].held_on if met else None
    seen = Text(f"Last met: {dates.ago(last, today)}")
    if state := _rhythm(found, last, today):
        seen.append("  ").append_text(state)
    parts: list[RenderableType] = [
        styling.typed(found.name, "bold"),
        Text(" · ".join(facts), style=styling.QUIET),
        seen,
        "",
        styling.heading("Members"),
        styling.Indented(_members(found.members, today)),
        "",
        styling.heading("Open promises"),
    ]
    if promises:
        parts.append(styling.Indented(lists.actions(promises, today, width - 2)))
    else:
        parts.append(styling.Indented(Text("None.", style=styling.QUIET)))
    return Group(*parts, *_meetings(met, today))


def _meetings(met: Sequence[Session], today: date) -> list[RenderableType]:
    if not met:
        return []
    made = Columns("#", "held", "conversation", "minutes", right=("#", "minutes"))
    for one in met[:MOST_MEETINGS]:
        made.add_row(
            str(one.id),
            Text(dates.short(one.held_on, today)),
            styling.typed(one.title),
            str(one.minutes or styling.NONE),
        )
    parts: list[RenderableType] = ["", styling.heading("Meetings"), styling.Indented(made)]
    if (left := len(met) - MOST_MEETINGS) > 0:
        parts.append(styling.Indented(Text(f"{left} earlier.", style=styling.QUIET)))
    return parts


def _members(found: Sequence[Member], today: date) -> Columns:
    """Return who is in a set by name, then who left it."""
    made = Columns("", "", "")
    for one in sorted(
        found, key=lambda one: (one.left_on is not None, one.role is not Role.MEMBER)
    ):
        name = styling.typed("you" if one.person is None else one.name)
        since = f"since {dates.short(one.joined_on, today)}"
        if one.left_on:
            since = (
                f"{dates.short(one.joined_on, today)} to {dates.short(one.left_on, today)}, left"
            )
        since += ", archived" if one.archived and not one.left_on else ""
        made.add_row(name, Text(ROLES[one.role]), Text(since, style=styling.QUIET))
    return made


def _rhythm(found: LearningSet, last: date | None, today: date) -> Text:
    """Return when the next meeting is due; nothing where no rhythm was agreed."""
    state = rules.rhythm(last, found.every_days, today)
    following = rules.next_talk(last, found.every_days)
    if state is None or found.archived:
        return Text("")
    if following is None:
        return Text("first meeting is due", style=styling.SOON)
    late = (today - following).days
    if state == "in time":
        return Text(f"next by {dates.short(following, today)}", style=styling.GOOD)
    style = styling.SOON if state == "amber" else styling.BAD
    return Text(f"due, {plural(late, 'day')} late", style=style)
