"""Lists of promises, conversations, drafts and people, one row each."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from coachlog import dates
from coachlog.model.actions import Action, ActionStatus
from coachlog.model.batches import convert_batches
from coachlog.phrasing.relationships import describe_relationship
from coachlog.phrasing.values import format_action_moves
from coachlog.rules.promises import count_days_overdue
from coachlog.screens import styling
from coachlog.screens.columns import Columns, render_two_line_rows
from coachlog.screens.texts import Text
from coachlog.screens.widths import has_no_end
from coachlog.text import clean_text, extract_first_name, shorten_text

if TYPE_CHECKING:
    from coachlog.model.people import Contact
    from coachlog.model.sessions import Draft, Session

SHORT_NAME_LENGTH = 14
READABLE_WIDTH = 44
"""A column narrower than this makes a promise hard to read."""


def render_actions(
    actions: Iterable[Action], today: date, width: int, *, with_person: bool = True
) -> Columns:
    """Return actions one per row; two lines each where one does not hold them all.

    Without `with_person` nobody is named beside the owner of an action. In a pipe there is always
    a column for what has moved, and people have their whole names.
    """
    is_whole = has_no_end(width)
    table = _build_action_table(actions, today, with_person, is_whole=is_whole)
    if table.has_layout(width, READABLE_WIDTH):
        return table

    def build_two_lines(action: Action) -> tuple[int, Text, Text]:
        details = _format_action_details(action, today, with_person)
        return action.id, _format_action_words(action), details

    return render_two_line_rows("promise", convert_batches(actions, build_two_lines))


def _build_action_table(
    actions: Iterable[Action],
    today: date,
    with_person: bool,
    *,
    is_whole: bool = False,
) -> Columns:
    columns = ["#", "promise", "who", "due"]
    if is_whole or any(map(format_action_moves, actions)):
        columns.append("")
    if any(map(_is_closed, actions)):
        columns[3] = "due or closed"

    def build_row(action: Action) -> Iterator[list[Text]]:
        cells = [
            Text(str(action.id)),
            _format_action_words(action),
            _format_owner_and_plan(action, today, with_person, is_whole=is_whole),
            styling.format_action_due(action, today),
            Text(format_action_moves(action), style=styling.QUIET),
        ]
        yield cells[: len(columns)]

    table = Columns(*columns, right=("#",), wide="promise")
    table.add_rows(actions, build_row)
    return table


def _is_closed(action: Action) -> bool:
    return action.status is not ActionStatus.OPEN


def format_short_due(action: Action, today: date) -> Text:
    """Return when an open action is due; once it is overdue, by how much instead of the day."""
    days_overdue = count_days_overdue(action, today)
    if days_overdue:
        return Text(styling.format_overdue(days_overdue), style=styling.BAD)
    return styling.format_action_due(action, today)


def _shorten_name(name: str) -> str:
    return shorten_text(extract_first_name(name), SHORT_NAME_LENGTH)


def _format_owner_and_plan(
    action: Action, today: date, with_person: bool, *, is_whole: bool = False
) -> Text:
    """Return who owns an action, and in whose plan it is unless that is the owner's.

    An action of a set names the set instead, because only a meeting of the set brings it back.
    With `is_whole` whoever is named has a surname, too.
    """
    if not with_person:
        return styling.format_action_owner(action, today)
    if action.set is None:
        return format_owner_with_person(action, today, is_whole=is_whole)
    owner = styling.format_action_owner(action, today)
    return owner.append(f" ({clean_text(action.set.name)})", style=styling.QUIET)


def format_owner_with_person(
    action: Action, today: date, *, is_whole: bool = False
) -> Text:
    """Return who owns an action, and whom it is with if that is somebody else."""
    owner = styling.format_action_owner(action, today)
    if action.person and action.owner != "them":
        name = action.person.name
        if not is_whole:
            name = extract_first_name(name)
        owner.append(f" (with {clean_text(name)})", style=styling.QUIET)
    return owner


def _format_action_details(action: Action, today: date, with_person: bool) -> Text:
    """Return the second line of an action: its owner, its date, and how often it moved."""
    details = Text().append_text(_format_owner_and_plan(action, today, with_person))
    details.append(" · ").append_text(styling.format_action_due(action, today))
    if history := format_action_moves(action):
        details.append(f" · {history}", style=styling.QUIET)
    return details


def _format_action_words(action: Action) -> Text:
    """Return the words of an action, with a mark if private."""
    return styling.mark_private_words(action.what, private=action.private)


def render_sessions(sessions: Iterable["Session"], today: date, width: int) -> Columns:
    """Return sessions one per row, in the order they come; without details on a narrow screen.

    On one so narrow that they are records, they have all the details.
    """
    columns = ["#", "date", "with", "conversation"]
    spare_columns = ["minutes", "promises", "tags"]
    if not styling.leaves_out_columns(width):
        columns += spare_columns
        spare_columns = []

    def build_row(session: "Session") -> Iterator[list[Text]]:
        cells = _format_session_cells(session, today)
        yield cells[: len(columns)]

    table = Columns(*columns, right=("#", "minutes", "promises"), wide="with")
    table.add_rows(sessions, build_row)
    table.add_left_out(spare_columns)
    return table


def _format_session_cells(session: "Session", today: date) -> list[Text]:
    title = styling.format_typed_words(session.title)
    if session.cancelled_by:
        title = Text(styling.format_cancellation(session), style=styling.QUIET)
    return [
        Text(str(session.id)),
        Text(dates.format_short_day(session.held_on, today)),
        styling.format_typed_words(session.with_whom or "alone"),
        title,
        styling.format_number(session.minutes),
        styling.format_number(session.action_count),
        styling.format_typed_words(", ".join(session.tags), styling.QUIET),
    ]


def render_drafts(drafts: Sequence["Draft"], today: date, width: int) -> Columns:
    """Return drafts one per row, each with the command that resumes it.

    On a narrow screen the other columns give way, so that the command stays in one piece.
    """
    table = Columns(
        "#", "with", "conversation", "started", "", right=("#",), wide="with"
    )
    for draft in drafts:
        command = f"coachlog session resume {draft.session}"
        table.add_row(
            str(draft.session),
            styling.format_typed_words(draft.with_whom or "alone"),
            styling.format_typed_words(draft.title),
            dates.format_days_ago(draft.begun_on, today),
            Text(command, style=styling.QUIET),
        )
    table.drop_columns(("started", "conversation"), width)
    return table


def render_people(contacts: Sequence["Contact"], today: date, width: int) -> Columns:
    """Return people one per row, with when you last talked and how many promises are open.

    On a narrow screen the short name is left out first, then the relationship; a further line says
    so.
    """
    columns = ("name", "short name", "relationship", "talked", "next due", "open")
    table = Columns(*columns, right=("open",), wide="name")
    for contact in contacts:
        person = contact.person
        name = styling.format_typed_words(person.name)
        if person.archived:
            name.append(" (archived)", style=styling.QUIET)
        table.add_row(
            name,
            styling.format_typed_words(person.slug, styling.QUIET),
            describe_relationship(person.relationship),
            dates.format_days_ago(contact.last_held, today),
            styling.format_rhythm(person, contact.last_held, today),
            styling.format_number(contact.open),
        )
    table.add_left_out(table.drop_columns(("short name", "relationship"), width))
    return table
