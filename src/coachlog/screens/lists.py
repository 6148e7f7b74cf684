"""Lists of actions, sessions, people and templates, one row each."""

from collections.abc import Sequence
from datetime import date

from rich.text import Text

from coachlog import dates
from coachlog.model import Action, Contact, Draft, Session
from coachlog.screens import styling
from coachlog.screens.columns import COLUMN_GAP, Columns, render_two_line_rows
from coachlog.text import clean_text, extract_first_name, format_count, shorten_text

NARROW_WIDTH = 76
SHORT_NAME_LENGTH = 14
READABLE_WIDTH = 44  # characters; narrower than this, an action is hard to read in a column


def render_actions(
    actions: Sequence[Action], today: date, width: int, *, with_person: bool = True
) -> Columns:
    """Return actions one a row; two lines each when one does not hold them all."""
    made = _build_action_table(actions, today, with_person)
    if made.fits(width, least_width=READABLE_WIDTH):
        return made
    return render_two_line_rows(
        "action",
        (
            (
                action.id,
                _format_action_words(action),
                _format_action_details(action, today, with_person),
            )
            for action in actions
        ),
    )


def _build_action_table(actions: Sequence[Action], today: date, with_person: bool) -> Columns:
    told = [""] if any(map(styling.format_action_moves, actions)) else []
    made = Columns("#", "action", "who", "by", *told, right=("#",), wide="action")
    for action in actions:
        cells = [
            Text(str(action.id)),
            _format_action_words(action),
            _format_owner_and_plan(action, with_person),
            styling.format_action_due(action, today),
        ]
        made.add_row(
            *cells, *[Text(styling.format_action_moves(action), style=styling.QUIET) for _ in told]
        )
    return made


def render_action_lines(actions: Sequence[Action], today: date, width: int) -> Columns:
    """Return actions one line each, their words cut where room is short; two on narrow screens."""
    whole = _build_action_table(actions, today, True)
    if whole.fits(width) or width < NARROW_WIDTH - 2:
        return render_actions(actions, today, width)
    ids = [Text(str(one.id)) for one in actions]
    owners = [_format_short_owner(one) for one in actions]
    days = [format_short_due(one, today) for one in actions]
    taken = [max(cell.cell_len for cell in column) for column in (ids, owners, days)]
    made = Columns("#", "action", "who", "by", right=("#",), wide="action")
    free = width - sum(taken) - COLUMN_GAP * len(taken)
    for one, id, who, due in zip(actions, ids, owners, days, strict=True):
        made.add_row(id, _format_action_words(one, free), who, due)
    return made


def format_short_due(action: Action, today: date) -> Text:
    """Return when an action is due; how late it is stands in place of the day."""
    if action.due and action.due < today:
        return Text(f"{format_count((today - action.due).days, 'day')} overdue", style=styling.BAD)
    return styling.format_action_due(action, today)


def _format_short_owner(action: Action) -> Text:
    if action.owner != "me":
        return styling.format_typed_words(
            shorten_text(
                extract_first_name(styling.format_action_owner(action).plain), SHORT_NAME_LENGTH
            )
        )
    who = styling.format_action_owner(action)
    if action.set is not None:
        who.append(f" ({shorten_text(action.set.name, SHORT_NAME_LENGTH)})", style=styling.QUIET)
    elif action.person:
        who.append(
            f" (with {shorten_text(extract_first_name(action.person.name), SHORT_NAME_LENGTH)})",
            style=styling.QUIET,
        )
    return who


def _format_owner_and_plan(action: Action, with_person: bool) -> Text:
    """Return who has an action and, for one that is not theirs, in whose plan it stands.

    One of a set names the set instead: there it comes back, and nowhere else.
    """
    who = styling.format_action_owner(action)
    if with_person and action.set is not None:
        who.append(f" ({clean_text(action.set.name)})", style=styling.QUIET)
    elif with_person and action.person and action.owner != "them":
        who.append(
            f" (with {clean_text(extract_first_name(action.person.name))})", style=styling.QUIET
        )
    return who


def _format_action_details(action: Action, today: date, with_person: bool) -> Text:
    """Return the second line of an action: whose it is, by when, and how often it moved."""
    details = Text().append_text(_format_owner_and_plan(action, with_person))
    details.append(" · ").append_text(styling.format_action_due(action, today))
    if history := styling.format_action_moves(action):
        details.append(f" · {history}", style=styling.QUIET)
    return details


def _format_action_words(action: Action, room: int | None = None) -> Text:
    """Return the words of an action, cut where there is `room` for fewer, marked if private."""
    return styling.mark_private_words(action.what, private=action.private, room=room)


def render_sessions(sessions: Sequence[Session], today: date, width: int) -> Columns:
    """Return sessions one a row, as given."""
    wide = width >= NARROW_WIDTH
    columns = [
        "#",
        "held",
        "with",
        "conversation",
        *(["minutes", "actions", "tags"] if wide else []),
    ]
    made = Columns(*columns, right=("#", "minutes", "actions"), wide="with")
    for session in sessions:
        cells = [
            Text(str(session.id)),
            Text(dates.format_short_day(session.held_on, today)),
            styling.format_typed_words(session.with_whom or "alone"),
            Text(styling.format_cancellation(session), style=styling.QUIET)
            if session.cancelled_by
            else styling.format_typed_words(session.title),
        ]
        if wide:
            minutes = str(session.minutes or "–")
            cells += [Text(minutes), Text(str(session.action_count or "–"))]
            cells.append(styling.format_typed_words(", ".join(session.tags), styling.QUIET))
        made.add_row(*cells)
    return made


def render_drafts(drafts: Sequence[Draft], today: date) -> Columns:
    """Return drafts one a row, with the command that goes on with each."""
    made = Columns("#", "with", "conversation", "begun", "", right=("#",), wide="with")
    for draft in drafts:
        made.add_row(
            str(draft.session),
            styling.format_typed_words(draft.with_whom or "alone"),
            styling.format_typed_words(draft.title),
            Text(dates.format_days_ago(draft.begun_on, today)),
            Text(f"coachlog session resume {draft.session}", style=styling.QUIET),
        )
    return made


def render_people(contacts: Sequence[Contact], today: date, width: int) -> Columns:
    """Return people one a row, with when they were last seen and what is open.

    On a narrow screen the handle goes first, then the relationship.
    """
    columns = ["name", "handle", "relationship", "last talk", "rhythm", "open"]
    made = _build_people_table(contacts, columns, today)
    for least in ("handle", "relationship"):
        if not made.fits(width):
            columns.remove(least)
            made = _build_people_table(contacts, columns, today)
    return made


def _build_people_table(
    contacts: Sequence[Contact], columns: Sequence[str], today: date
) -> Columns:
    made = Columns(*columns, right=("open",), wide="name")
    for contact in contacts:
        person = contact.person
        cells = {
            "name": _format_contact_name(contact),
            "handle": styling.format_typed_words(person.slug, styling.QUIET),
            "relationship": Text(person.relationship.value),
            "last talk": Text(dates.format_days_ago(contact.last_held, today)),
            "rhythm": styling.format_rhythm(person, contact.last_held, today),
            "open": Text(str(contact.open or "–")),
        }
        made.add_row(*(cells[name] for name in columns))
    return made


def _format_contact_name(contact: Contact) -> Text:
    name = styling.format_typed_words(contact.person.name)
    return name.append(" (archived)", style=styling.QUIET) if contact.person.archived else name
