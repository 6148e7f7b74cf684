"""Bare `coachlog`: what you owe, what is owed to you, who to talk to next, what waits."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from coachlog import dates
from coachlog.model.actions import Action
from coachlog.model.people import Contact
from coachlog.model.today import TodayView, WeekShare
from coachlog.named_tuples import NamedTuple
from coachlog.phrasing.owners import describe_owner_since
from coachlog.phrasing.recurrences import build_again_command, describe_recurrence
from coachlog.phrasing.values import describe_last_talk, describe_share
from coachlog.rules import home_page
from coachlog.rules.home_page import is_long_overdue
from coachlog.rules.rhythm import has_rhythm
from coachlog.screens import styling
from coachlog.screens.promise_rows import render_promise_rows
from coachlog.screens.sections import (
    INDENT,
    Lines,
    Section,
    hang_text,
    lay_out_sections,
    render_command_line,
    render_rows,
    wrap_text,
)
from coachlog.screens.texts import Text
from coachlog.screens.widths import count_screen_cells
from coachlog.text import clean_text, extract_first_name, format_count


class _HomeLeast(NamedTuple):
    """Rows that are shown before any give way."""

    mine: int
    theirs: int
    people: int


_LEASTS = (_HomeLeast(4, 1, 2), _HomeLeast(2, 1, 1), _HomeLeast(1, 1, 1))
"""Tried one after the other until the page fits; the last are shown on any screen."""

LONG_OVERDUE = "Overdue for more than a week"
MOST_THEIRS, MOST_PEOPLE = 3, 6
MOST_NAMES = 3
RHYTHM_COMMAND = "coachlog person edit NAME --every 2w"

CommandLine = tuple[str, str]
"""What waits, in words, and the command that deals with it."""

_PEOPLE_RANK, _THEIRS_RANK, _MINE_RANK = 3, 2, 1
"""Who gives way first where room is short: people, then what others owe."""


def render_today(overview: TodayView, width: int, height: int) -> Text:
    """Return the home page on `height` lines, if its least rows fit into these.

    Words are wrapped and never cut; rows that have no room are counted, with the command for them.
    """
    room = width - INDENT
    waiting_sections = list(_build_waiting_section(overview, room))
    lines: Lines = []
    for least in _LEASTS:
        sections = [
            _build_owner_section(overview, room, least.mine),
            *_build_others_section(overview, room, least.theirs),
            *_build_people_section(overview, room, least.people),
            *waiting_sections,
        ]
        lines = lay_out_sections(sections, height - 1)
        if len(lines) < height:
            break
    return Text("\n").join(
        [Text(dates.format_long_day(overview.date), style="bold"), *lines]
    )


def _build_owner_section(overview: TodayView, width: int, least: int) -> Section:
    """Return what the owner promised, due about now."""
    promises = overview.promises

    def render_more(row_count: int) -> Lines:
        hidden_count = max(0, len(promises.mine) - row_count)
        words = _count_hidden_promises(hidden_count, promises.mine_later)
        if not words:
            return []
        command = _choose_list_command(
            "coachlog action list --owner me", hidden_count, promises.mine_later
        )
        return render_command_line(words, command, width)

    rows = _render_promises(promises.mine, overview, width)
    if not rows:
        rows = [[Text("Nothing is due in the next seven days.", style=styling.QUIET)]]
    return Section("You owe", rows, render_more, least=least, rank=_MINE_RANK)


def _build_others_section(
    overview: TodayView, width: int, least: int
) -> Iterator[Section]:
    """Yield what others promised, if anything is open: a few of those due about now."""
    promises = overview.promises
    everything = (*promises.theirs, *promises.theirs_later)
    if not everything:
        return
    command = "coachlog action list"
    if all(action.owner == "them" for action in everything):
        command += " --owner them"

    def render_more(row_count: int) -> Lines:
        hidden_count = len(promises.theirs) - row_count
        words = _count_hidden_promises(hidden_count, promises.theirs_later)
        if not words:
            return []
        list_command = _choose_list_command(
            command, hidden_count, promises.theirs_later
        )
        return render_command_line(words, list_command, width)

    rows = _render_promises(promises.theirs[:MOST_THEIRS], overview, width)
    yield Section("Owed to you", rows, render_more, least=least, rank=_THEIRS_RANK)


def _count_hidden_promises(hidden_count: int, later: Sequence[Action]) -> str:
    """Return how many promises are not listed: `2 more due later, 3 without a date`."""
    undated_count = sum(action.due is None for action in later)
    counts = (
        (hidden_count, "more"),
        (len(later) - undated_count, "due later"),
        (undated_count, "without a date"),
    )
    words = ", ".join(f"{count} {words}" for count, words in counts if count)
    # That there are more is said once.
    return words if hidden_count else words.replace(" ", " more ", 1)


def _choose_list_command(
    command: str, hidden_count: int, later: Sequence[Action]
) -> str:
    """Return the command that lists what is not; where only dates are missing, nothing else."""
    if hidden_count or any(action.due is not None for action in later):
        return command
    return f"{command} --undated"


def _render_promises(
    actions: Sequence[Action], overview: TodayView, width: int
) -> list[Lines]:
    """Return promises in columns that are as wide in both sections.

    Where those of this week end, a line says so: without it, the order looks like none.
    """
    promises, today = overview.promises, overview.date
    rows = render_promise_rows(
        actions,
        today,
        width,
        format_words=_format_promise_words,
        format_name=lambda action: _format_other_side(action, today),
        others=[*promises.mine, *promises.theirs[:MOST_THEIRS]],
    )
    recent_count = sum(not is_long_overdue(action, today) for action in actions)
    if 0 < recent_count < len(rows):
        rows[recent_count].insert(0, Text(LONG_OVERDUE, style=styling.QUIET))
    return rows


def _format_promise_words(action: Action) -> Text:
    return styling.mark_private_words(action.what, private=action.private)


def _name_counterpart(action: Action) -> str:
    """Return whom a promise was made to: a set, or a first name; '' in the owner's own plan."""
    if action.set is not None:
        return clean_text(action.set.name)
    if action.person is None:
        return ""
    return clean_text(extract_first_name(action.person.name))


def _format_other_side(action: Action, today: date) -> Text:
    """Return whom a promise of the owner's is with, or who owns it; '' in the owner's own plan."""
    if action.owner == "me":
        other_side = Text(_name_counterpart(action), style=styling.QUIET)
        since = describe_owner_since(action, today)
        if since:
            other_side.append(f", yours{since.removeprefix(',')}")
        return other_side
    name = Text(extract_first_name(styling.name_action_owner(action).plain))
    return name.append(describe_owner_since(action, today), style=styling.QUIET)


def _build_people_section(
    overview: TodayView, width: int, least: int
) -> Iterator[Section]:
    """Yield who to talk to next; nothing where there is nobody yet but somebody in a draft."""
    contacts = overview.next_talks
    if not contacts:
        if not overview.drafts:
            words = Text("Nobody yet. To start: coachlog log NAME", style=styling.QUIET)
            yield Section("Talk to next", [wrap_text(words, width)])
        return

    named_contacts = home_page.choose_next_talks(contacts)

    def render_more(row_count: int) -> Lines:
        hidden_count = len(contacts) - row_count
        if not hidden_count:
            return []
        lines = render_command_line(
            f"{hidden_count} more", "coachlog person list", width
        )
        is_whole = row_count == len(named_contacts)
        if is_whole and not any(has_rhythm(contact.person) for contact in contacts):
            lines += render_command_line(
                "To see here when each is due", RHYTHM_COMMAND, width
            )
        return lines

    yield Section(
        "Talk to next",
        _render_people(named_contacts, overview.date, width),
        render_more,
        least=least,
        most=MOST_PEOPLE,
        rank=_PEOPLE_RANK,
    )


def _render_people(contacts: Sequence[Contact], today: date, width: int) -> list[Lines]:
    """Return people with when you talked last, and when the next conversation is due."""
    cells = []
    for contact in contacts:
        last_talk = describe_last_talk(contact.last_held, contact.last_met, today)
        rhythm = styling.format_rhythm(contact.person, contact.last_held, today)
        name = styling.format_typed_words(contact.person.name)
        cells.append((name, Text(last_talk), rhythm))
    return render_rows(cells, width)


def _build_waiting_section(overview: TodayView, width: int) -> Iterator[Section]:
    """Yield what can be acted on now, a line for each kind, and how the week went."""
    rows = [
        render_command_line(words, command, width)
        for words, command in (
            *_list_waiting_drafts(overview),
            *_list_waiting_forms(overview),
            *_list_goals_to_review(overview),
            *_list_waiting_notes(overview),
            *_list_recurrences(overview),
            *_list_check_ins(overview),
            *_list_tank_reminder(overview),
        )
    ]
    rows += _render_stale_line(overview, width)
    if rows:
        yield Section("Waiting", rows, least=len(rows))
    if overview.week is not None:
        yield Section("", [[_format_week(overview.week)]])


def _list_waiting_drafts(overview: TodayView) -> Iterator[CommandLine]:
    drafts = [
        draft
        for draft in overview.drafts
        if not home_page.is_stale(draft.begun_on, overview.date)
    ]
    if not drafts:
        return
    latest = drafts[0]
    partner = f" with {latest.with_whom}" if latest.with_whom else ""
    day = dates.format_days_ago(latest.begun_on, overview.date)
    if len(drafts) == 1:
        words = f"Not finished: {latest.title}{partner}, {day}"
        if latest.marked:
            words += f", {format_count(latest.marked, 'promise')} marked in it"
        yield words, f"coachlog session resume {latest.session}"
    else:
        words = f"{len(drafts)} not finished, the latest {latest.title}{partner}, {day}"
        yield words, "coachlog session resume"


def _list_waiting_forms(overview: TodayView) -> Iterator[CommandLine]:
    """Yield every form: each has a command of its own."""
    for form in overview.forms:
        title = f": {form.title}" if form.title else ""
        yield f"Unfinished form{title}", form.command


def _list_goals_to_review(overview: TodayView) -> Iterator[CommandLine]:
    goals = [
        goal
        for goal in overview.goals
        if not home_page.is_stale(goal.review_on, overview.date)
    ]
    if not goals:
        return
    lead = "Goal to review: "
    if len(goals) > 1:
        lead = f"{len(goals)} goals to review, first "
    yield f"{lead}{goals[0].title}", f"coachlog goal rate {goals[0].id}"


def _list_waiting_notes(overview: TodayView) -> Iterator[CommandLine]:
    notes = [
        note
        for note in overview.notes
        if not home_page.is_stale(note.written_on, overview.date)
    ]
    if not notes:
        return
    names = list(dict.fromkeys(extract_first_name(note.name) for note in notes))
    if len(names) > MOST_NAMES:
        names[MOST_NAMES - 1 :] = ["others"]
    *first_names, last_name = names
    for_whom = last_name
    if first_names:
        for_whom = f"{', '.join(first_names)} and {last_name}"
    words = f"{format_count(len(notes), 'note')} for {for_whom}"
    yield words, f"coachlog brief {notes[0].slug}"


def _list_recurrences(overview: TodayView) -> Iterator[CommandLine]:
    recurrences = [
        recurrence
        for recurrence in overview.recurrences
        if not home_page.is_stale(recurrence.back_on, overview.date)
    ]
    if not recurrences:
        return
    first = recurrences[0]
    lead = "Look again at: "
    if len(recurrences) > 1:
        lead = f"{len(recurrences)} conversations to look at again, the earliest: "
    words = describe_recurrence(first, overview.date)
    yield f"{lead}{words}", build_again_command(first)


def _list_tank_reminder(overview: TodayView) -> Iterator[CommandLine]:
    if overview.tank is not None:
        yield f"Tank: {overview.tank.days} days since the last", "coachlog tank new"


def _list_check_ins(overview: TodayView) -> Iterator[CommandLine]:
    """Yield the next check-ins of buddies in one line, with the set of the earliest."""
    if not overview.check_ins:
        return
    # Imported here, as few have a set with a day to come.
    from coachlog.phrasing.set_support import name_buddies

    parts = []
    for check_in in overview.check_ins[:MOST_NAMES]:
        day = dates.format_short_day(check_in.on, overview.date)
        names = name_buddies(check_in.members, is_short=True)
        parts.append(f"{day} {names}")
    more = len(overview.check_ins) - len(parts)
    if more:
        parts.append(f"{more} more")
    slug = overview.check_ins[0].slug
    yield f"To check in: {'; '.join(parts)}", f"coachlog set support {slug}"


def _render_stale_line(overview: TodayView, width: int) -> list[Lines]:
    """Return one line of all that has waited for too long, with the commands that list it."""
    counts = _count_stale_entries(overview)
    if not counts:
        return []
    if len(counts) == 1:
        ((words, command),) = counts
        words = f"{words} for more than {home_page.STALE_DAYS} days"
        return [render_command_line(words, command, width)]
    parts = [f"{words} ({command})" for words, command in counts]
    return [
        _join_whole_parts(f"For more than {home_page.STALE_DAYS} days:", parts, width)
    ]


def _join_whole_parts(lead: str, parts: Sequence[str], width: int) -> Lines:
    """Return parts after a lead with commas between; a line ends after a part, never in it."""
    lines = [lead]
    for number, part in enumerate(parts, start=1):
        piece = clean_text(part)
        if number < len(parts):
            piece += ","
        if count_screen_cells(lines[-1]) + 1 + count_screen_cells(piece) <= width:
            lines[-1] += f" {piece}"
        else:
            lines.append(f"  {piece}")
    rows: Lines = []
    for line in lines:
        rows += hang_text("", Text(line, style=styling.QUIET), width)
    return rows


def _count_stale_days(days: Iterable[date], today: date) -> int:
    """Return how many of the days are so long ago that what waits since then is only counted."""
    return sum(home_page.is_stale(day, today) for day in days)


def _count_stale_entries(overview: TodayView) -> list[CommandLine]:
    """Return what is older than `STALE_DAYS`, by kind, with the command that lists it."""
    today = overview.date
    goal_count = _count_stale_days((goal.review_on for goal in overview.goals), today)
    draft_count = _count_stale_days(
        (draft.begun_on for draft in overview.drafts), today
    )
    recurrence_count = _count_stale_days(
        (recurrence.back_on for recurrence in overview.recurrences), today
    )
    notes = [
        note for note in overview.notes if home_page.is_stale(note.written_on, today)
    ]
    note_command = ""
    if notes:
        note_command = f"coachlog note {notes[0].slug} --list"
    counts = (
        (
            len(overview.promises.stale),
            "promise",
            "overdue",
            "coachlog action list --overdue",
        ),
        (goal_count, "goal review", "overdue", "coachlog goal list"),
        (draft_count, "draft", "waiting", "coachlog session list --drafts"),
        (len(notes), "note", "waiting", note_command),
        (
            recurrence_count,
            "conversation",
            "waiting to be looked at again",
            "coachlog session decline",
        ),
    )
    return [
        (f"{format_count(count, noun)} {state}", command)
        for count, noun, state, command in counts
        if count
    ]


def _format_week(week: WeekShare) -> Text:
    style = styling.GOOD if week.kept == week.of else ""
    return Text(f"You kept {describe_share(*week)} this week", style=style)


def render_key_line(keys: Sequence[tuple[str, str]], width: int) -> Text:
    """Return the keys with what each does, `d done · m move`, with room for the cursor.

    They stand on as few lines as hold them all: how to leave is needed most where room is least.
    """
    lines = [Text()]
    for key, label in (*keys, ("?", "help"), ("Enter", "leaves")):
        part = Text.assemble((key, "bold"), f" {label}")
        if lines[-1] and lines[-1].cell_len + len(" · ") + part.cell_len >= width:
            lines.append(Text())
        if lines[-1]:
            lines[-1].append(" · ", style=styling.QUIET)
        lines[-1].append_text(part)
    return Text("\n").join(lines)


def render_key_help(effects: Sequence[tuple[str, str]]) -> Text:
    """Return a line for each key with what it does."""
    lines = [Text.assemble((f"{key:<7}", "bold"), effect) for key, effect in effects]
    return Text("\n").join(lines)
