"""How people, dates and promises look on every screen: the words first, then the colour."""

from datetime import date
from typing import TYPE_CHECKING

from coachlog import dates
from coachlog.model.actions import Action, ActionStatus
from coachlog.phrasing.owners import describe_owner_since
from coachlog.phrasing.values import (
    describe_due_day,
    describe_share,
    describe_withheld,
)
from coachlog.rules import disclosure
from coachlog.rules.promises import count_days_overdue
from coachlog.rules.rhythm import find_next_talk, judge_rhythm
from coachlog.screens.texts import Text
from coachlog.screens.widths import LEAST_TABLE_WIDTH
from coachlog.text import clean_text, format_count

if TYPE_CHECKING:
    from coachlog.model.people import Person
    from coachlog.model.sessions import Session

GOOD, SOON, BAD, QUIET = "green", "yellow", "bold red", "dim"
NARROW_WIDTH = 76
"""On a screen narrower than this, some columns are left out or have shorter headings."""

NO_NUMBER = "–"
"""Fills a cell that has no number to show."""

SOON_DAYS = 3
"""A promise due within this many days is marked as soon."""

_END_STYLES = {ActionStatus.DONE: GOOD, ActionStatus.DROPPED: QUIET}


def leaves_out_columns(width: int) -> bool:
    """Return whether a table has fewer columns for want of room; a narrower one is records."""
    return LEAST_TABLE_WIDTH <= width < NARROW_WIDTH


def format_typed_words(words: str | None, style: str = "") -> Text:
    """Return what a person typed, safe to show."""
    return Text(clean_text(words or ""), style=style)


def mark_private_words(typed_words: str, *, private: bool) -> Text:
    """Return the words of a promise or a goal, with a mark if they are private.

    For veiled words only the mark is returned.
    """
    if disclosure.is_veiled(typed_words, private=private):
        return Text(disclosure.VEILED_WORDS, style=QUIET)
    words = format_typed_words(typed_words)
    if private:
        words.append(f" {disclosure.VEILED_WORDS}", style=QUIET)
    return words


def format_promise_words(action: Action) -> Text:
    """Return the words of a promise, or the name of its set where they are not to be shown."""
    if action.set is not None and not action.what:
        return format_typed_words(f"(in {action.set.name})", QUIET)
    return mark_private_words(action.what, private=action.private)


def format_promise_cell(action: Action) -> Text | str:
    """Return the words of a promise for a table: as a text only where they have a style."""
    if action.private or not action.what:
        return format_promise_words(action)
    return clean_text(action.what)


def format_action_owner(action: Action, today: date) -> Text:
    """Return who owns an action and, if it was handed to them, since when."""
    owner = name_action_owner(action)
    return owner.append(describe_owner_since(action, today), style=QUIET)


def name_action_owner(action: Action) -> Text:
    """Return who owns an action: you, the other person, or the name typed."""
    if action.owner == "me":
        return Text().append("you", style="bold")
    if action.owner == "them" and action.person:
        return format_typed_words(action.person.name)
    return format_typed_words(action.owner)


def format_action_due(action: Action, today: date) -> Text:
    """Return when an action is due, or how it ended: `Fri 4 Dec`, `done Mon 2 Nov`."""
    if action.status is not ActionStatus.OPEN:
        words = action.status.value
        if action.closed_on:
            words += f" {dates.format_short_day(action.closed_on, today)}"
        return Text(words, style=_END_STYLES[action.status])
    if action.due is None:
        return Text("no date", style=QUIET)
    days_left = (action.due - today).days
    if days_left == 0:
        return Text("today", style=SOON)
    day = describe_due_day(action, today)
    days_overdue = count_days_overdue(action, today)
    if days_overdue:
        return Text(f"{day}, {format_overdue(days_overdue)}", style=BAD)
    return Text(day, style=SOON if days_left <= SOON_DAYS else "")


def format_overdue(days: int) -> str:
    """Return how late something is, the same for a promise and a conversation."""
    return f"{format_count(days, 'day')} overdue"


def format_number(number: int | None) -> Text:
    """Return a number, or a dash for none."""
    if not number:
        return Text(NO_NUMBER, style=QUIET)
    return Text(str(number))


def format_minutes(minutes: int | None, noted: int, sessions: int) -> Text:
    """Return how many minutes sessions took: `30 (1 of 4)` where only one of four has any noted.

    A dash where none has: they are unknown, not 0.
    """
    if minutes is None:
        return Text(NO_NUMBER, style=QUIET)
    if noted < sessions:
        return Text(f"{minutes} ({noted} of {sessions})")
    return Text(str(minutes))


def format_share(count: int, total: int) -> Text:
    """Return a part of a whole: `3 of 4` below ten, else `75% (12 of 16)`, a dash for none."""
    words = describe_share(count, total)
    if not words:
        return Text(NO_NUMBER, style=QUIET)
    return Text(words)


def format_rhythm(person: "Person", last_held: date | None, today: date) -> Text:
    """Return when the next conversation is due: `next by Fri 4 Dec`, `10 days overdue`.

    In its days of grace it is `due since Fri 27 Nov`, which is not late. The text is empty for a
    person without a rhythm, and for one who is archived.
    """
    if person.archived:
        return Text("")
    state = judge_rhythm(last_held, person, today, person.paused_until)
    if state == "paused" and person.paused_until:
        day = dates.format_short_day(person.paused_until, today)
        return Text(f"paused until {day}", style=QUIET)
    next_day = find_next_talk(last_held, person, person.paused_until)
    if state and next_day is None:
        return Text("first conversation due", style=SOON)
    return format_next_day(state, next_day, today)


def format_next_day(state: str | None, next_day: date | None, today: date) -> Text:
    """Return when a conversation or meeting is due next; empty for one without a rhythm.

    `state` is as `judge_rhythm` returns it: amber is late, red far too late.
    """
    if state is None or next_day is None:
        return Text("")
    days_late = (today - next_day).days
    if state == "in time":
        day = dates.format_short_day(next_day, today)
        words = f"due since {day}" if days_late > 0 else f"next by {day}"
        return Text(words, style=GOOD)
    if state == "amber":
        return Text(format_overdue(days_late), style=SOON)
    # Red needs a word of its own: not every terminal, nor everybody, sees the colour.
    return Text(f"long overdue ({format_count(days_late, 'day')})", style=BAD)


def format_cancellation(session: "Session") -> str:
    """Return who cancelled a session: `cancelled by you`."""
    return "cancelled by you" if session.cancelled_by == "me" else "cancelled by them"


def render_period(since: date | None, until: date | None) -> list[Text]:
    """Return one line naming the period of some figures: `From 1 May 2026 to 31 May 2026`.

    The list is empty when the figures cover all time.
    """
    if since and until:
        line = (
            f"From {dates.format_medium_day(since)} to {dates.format_medium_day(until)}"
        )
    elif since:
        line = f"From {dates.format_medium_day(since)} on"
    elif until:
        line = f"To {dates.format_medium_day(until)}"
    else:
        return []
    return [Text(line, style=QUIET)]


def render_withheld(count: int) -> list[Text]:
    """Return one line that says how many private entries were left out; none if none were."""
    if not count:
        return []
    return [Text(describe_withheld(count), style=QUIET)]


def render_earlier(count_shown: int, total: int, nouns: str) -> list[Text]:
    """Return one line that says only the last of these are on the screen; none if all are."""
    if count_shown == total:
        return []
    return [Text(f"The last {count_shown} of {total} {nouns} are shown.", style=QUIET)]


def format_last_met(last_held: date | None, rhythm: Text, today: date) -> Text:
    """Return when a set last met, and when it next should unless `rhythm` is empty."""
    line = Text(f"Last met: {dates.format_days_ago(last_held, today)}")
    if rhythm:
        line.append("  ").append_text(rhythm)
    return line


def format_heading(words: str) -> Text:
    """Return a heading for a part of a screen."""
    return Text(clean_text(words), style="bold cyan")
