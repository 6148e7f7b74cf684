"""One visual language for people, dates and promises: in words first, in colour as well."""

from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.text import Text

from coachlog import dates, rules
from coachlog.model import Action, ActionStatus, EventKind, Person, Session
from coachlog.rules import disclosure
from coachlog.text import clean_text, format_count, format_times

if TYPE_CHECKING:
    from coachlog.model.progress import Tally

GOOD, SOON, BAD, QUIET = "green", "yellow", "bold red", "dim"
NO_NUMBER = "–"
"""What stands where a number would, if there were any."""

FEWEST_FOR_PERCENT = 5
"""What is said in per cent has at least so many."""


def format_typed_words(words: str | None, style: str = "") -> Text:
    """Return what a person typed, safe to show."""
    return Text(clean_text(words or ""), style=style)


def mark_private_words(typed_words: str, *, private: bool, room: int | None = None) -> Text:
    """Return the words of a promise or a goal, marked where they are private.

    They are cut where there is `room` for fewer. Of what is veiled, only the mark is left.
    """
    if disclosure.is_veiled(typed_words, private=private):
        return Text(disclosure.VEILED_WORDS, style=QUIET)
    shown = format_typed_words(typed_words)
    mark = f" {disclosure.VEILED_WORDS}" if private else ""
    if room is not None:
        shown.truncate(room - len(mark), overflow="ellipsis")
    return shown.append(mark, style=QUIET) if mark else shown


def format_action_owner(action: Action) -> Text:
    """Return who has an action: you, the other person, or the name given."""
    if action.owner == "me":
        return Text().append("you", style="bold")
    them = action.person.name if action.person else "them"
    return format_typed_words(them if action.owner == "them" else action.owner)


def format_action_due(action: Action, today: date) -> Text:
    """Return when an action is due, or how it ended, in a few words."""
    if action.status is not ActionStatus.OPEN:
        word = action.status.value
        day = f" {dates.format_short_day(action.closed_on, today)}" if action.closed_on else ""
        return Text(word + day, style=GOOD if action.status is ActionStatus.DONE else QUIET)
    if action.due is None:
        return Text("no date", style=QUIET)
    days = (action.due - today).days
    shown = dates.format_short_day(action.due, today)
    if days < 0:
        return Text(f"{shown}, {format_count(-days, 'day')} overdue", style=BAD)
    if days == 0:
        return Text("today", style=SOON)
    return Text(shown, style=SOON if days <= 3 else "")


def format_action_moves(action: Action) -> str:
    """Return how often an action was moved and carried over; '' for a fresh one."""
    moves = sum(event.kind is EventKind.MOVED for event in action.events)
    if any(event.kind is EventKind.MADE and event.due is None for event in action.events):
        moves = max(0, moves - 1)  # giving a first date is no move
    moved = f"moved {format_times(moves)}" if moves else ""
    if not action.carried:
        return moved
    carried = f"carried {format_times(action.carried)}"
    return f"{carried} ({moved})" if moved else carried


def format_ratio(share: float | None, tally: "Tally", count: int) -> Text:
    """Return a share with its n: `3 of 4` below five, else `75% (12 of 16)`."""
    if share is None:
        return Text("–", style=QUIET)
    return format_portion(count, tally.decided_count)


def format_portion(count: int, total: int) -> Text:
    """Return a part of a whole with its n: `3 of 4` below five, else `75% (12 of 16)`."""
    if total < FEWEST_FOR_PERCENT:
        return Text(f"{count} of {total}")
    return Text(f"{count / total:.0%} ({count} of {total})")


def format_rhythm(person: Person, last_held: date | None, today: date) -> Text:
    """Return when the next talk is due, in words: paused, in time, due (amber), overdue (red).

    Nothing is due with someone archived.
    """
    if person.archived:
        return Text("")
    state = rules.judge_rhythm(last_held, person.every_days, today, person.paused_until)
    following = rules.find_next_talk(last_held, person.every_days, person.paused_until)
    if state == "paused" and person.paused_until:
        return Text(
            f"paused until {dates.format_short_day(person.paused_until, today)}", style=QUIET
        )
    if state is None:
        return Text("")
    if following is None:
        return Text("first talk is due", style=SOON)
    late = (today - following).days
    if state == "in time":
        return Text(f"next by {dates.format_short_day(following, today)}", style=GOOD)
    if state == "amber":
        return Text(f"due, {format_count(late, 'day')} late", style=SOON)
    return Text(f"overdue, {format_count(late, 'day')} late", style=BAD)


def format_cancellation(session: Session) -> str:
    """Return in words that a session did not take place, and who called it off."""
    return f"cancelled by {'you' if session.cancelled_by == 'me' else 'them'}"


def render_period(since: date | None, until: date | None) -> list[Text]:
    """Return the period that figures are of in words, if they are of one."""
    if not (since or until):
        return []
    words = f"from {dates.format_medium_day(since)} " if since else ""
    words += f"to {dates.format_medium_day(until)} " if until else "on "
    return [Text(f"{words[0].upper()}{words[1:].rstrip()}", style=QUIET)]


def format_heading(words: str) -> Text:
    """Return a heading for a part of a screen."""
    return Text(clean_text(words), style="bold cyan")


class IndentedBody:
    """A body moved to the right; its lines end where their words end."""

    def __init__(self, body: RenderableType, spaces: int = 2) -> None:
        self._body = body
        self._spaces = spaces

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the body's lines, each after so many spaces."""
        narrower = options.update(width=max(1, options.max_width - self._spaces))
        for line in console.render_lines(self._body, narrower, pad=False):
            yield Segment(" " * self._spaces)
            yield from line
            yield Segment.line()
