"""Lists of actions, sessions, people and templates, one row each."""

from collections.abc import Sequence
from datetime import date

from rich.text import Text

from coachlog import dates
from coachlog.model import Action, Contact, Draft, Session
from coachlog.screens import styling
from coachlog.screens.columns import GAP, Columns, two_lines_each
from coachlog.text import clean, first_name, plural, short

NARROW = 76
SHORT_NAME = 14
READABLE = 44  # characters; narrower than this, an action is hard to read in a column


def actions(found: Sequence[Action], today: date, width: int, *, person: bool = True) -> Columns:
    """Return actions one a row; two lines each when one does not hold them all."""
    made = _one_row_each(found, today, person)
    if made.fits(width, least=READABLE):
        return made
    return two_lines_each(
        "action", ((action.id, _what(action), _below(action, today, person)) for action in found)
    )


def _one_row_each(found: Sequence[Action], today: date, person: bool) -> Columns:
    told = [""] if any(map(styling.history, found)) else []
    made = Columns("#", "action", "who", "by", *told, right=("#",), wide="action")
    for action in found:
        cells = [
            Text(str(action.id)),
            _what(action),
            _who(action, person),
            styling.due(action, today),
        ]
        made.add_row(*cells, *[Text(styling.history(action), style=styling.QUIET) for _ in told])
    return made


def one_line_each(found: Sequence[Action], today: date, width: int) -> Columns:
    """Return actions one line each, their words cut where room is short; two on narrow screens."""
    whole = _one_row_each(found, today, True)
    if whole.fits(width) or width < NARROW - 2:
        return actions(found, today, width)
    ids = [Text(str(one.id)) for one in found]
    owners = [_short_who(one) for one in found]
    days = [short_due(one, today) for one in found]
    taken = [max(cell.cell_len for cell in column) for column in (ids, owners, days)]
    made = Columns("#", "action", "who", "by", right=("#",), wide="action")
    free = width - sum(taken) - GAP * len(taken)
    for one, id, who, due in zip(found, ids, owners, days, strict=True):
        made.add_row(id, _what(one, free), who, due)
    return made


def short_due(action: Action, today: date) -> Text:
    """Return when an action is due; how late it is stands in place of the day."""
    if action.due and action.due < today:
        return Text(f"{plural((today - action.due).days, 'day')} overdue", style=styling.BAD)
    return styling.due(action, today)


def _short_who(action: Action) -> Text:
    if action.owner != "me":
        return styling.typed(short(first_name(styling.owner(action).plain), SHORT_NAME))
    who = styling.owner(action)
    if action.set is not None:
        who.append(f" ({short(action.set.name, SHORT_NAME)})", style=styling.QUIET)
    elif action.person:
        who.append(
            f" (with {short(first_name(action.person.name), SHORT_NAME)})", style=styling.QUIET
        )
    return who


def _who(action: Action, person: bool) -> Text:
    """Return who has an action and, for one that is not theirs, in whose plan it stands.

    One of a set names the set instead: there it comes back, and nowhere else.
    """
    who = styling.owner(action)
    if person and action.set is not None:
        who.append(f" ({clean(action.set.name)})", style=styling.QUIET)
    elif person and action.person and action.owner != "them":
        who.append(f" (with {clean(first_name(action.person.name))})", style=styling.QUIET)
    return who


def _below(action: Action, today: date, person: bool) -> Text:
    """Return the second line of an action: whose it is, by when, and how often it moved."""
    details = Text().append_text(_who(action, person))
    details.append(" · ").append_text(styling.due(action, today))
    if history := styling.history(action):
        details.append(f" · {history}", style=styling.QUIET)
    return details


def _what(action: Action, room: int | None = None) -> Text:
    """Return the words of an action, cut where there is `room` for fewer, marked if private."""
    return styling.words(action.what, private=action.private, room=room)


def sessions(found: Sequence[Session], today: date, width: int) -> Columns:
    """Return sessions one a row, as given."""
    wide = width >= NARROW
    columns = [
        "#",
        "held",
        "with",
        "conversation",
        *(["minutes", "actions", "tags"] if wide else []),
    ]
    made = Columns(*columns, right=("#", "minutes", "actions"), wide="with")
    for session in found:
        cells = [
            Text(str(session.id)),
            Text(dates.short(session.held_on, today)),
            styling.typed(session.with_whom or "alone"),
            Text(styling.cancelled(session), style=styling.QUIET)
            if session.cancelled_by
            else styling.typed(session.title),
        ]
        if wide:
            minutes = str(session.minutes or "–")
            cells += [Text(minutes), Text(str(session.action_count or "–"))]
            cells.append(styling.typed(", ".join(session.tags), styling.QUIET))
        made.add_row(*cells)
    return made


def drafts(found: Sequence[Draft], today: date) -> Columns:
    """Return drafts one a row, with the command that goes on with each."""
    made = Columns("#", "with", "conversation", "begun", "", right=("#",), wide="with")
    for draft in found:
        made.add_row(
            str(draft.session),
            styling.typed(draft.with_whom or "alone"),
            styling.typed(draft.title),
            Text(dates.ago(draft.begun_on, today)),
            Text(f"coachlog session resume {draft.session}", style=styling.QUIET),
        )
    return made


def people(found: Sequence[Contact], today: date, width: int) -> Columns:
    """Return people one a row, with when they were last seen and what is open.

    On a narrow screen the handle goes first, then the relationship.
    """
    columns = ["name", "handle", "relationship", "last talk", "rhythm", "open"]
    made = _people(found, columns, today)
    for least in ("handle", "relationship"):
        if not made.fits(width):
            columns.remove(least)
            made = _people(found, columns, today)
    return made


def _people(found: Sequence[Contact], columns: Sequence[str], today: date) -> Columns:
    made = Columns(*columns, right=("open",), wide="name")
    for contact in found:
        person = contact.person
        cells = {
            "name": _name(contact),
            "handle": styling.typed(person.slug, styling.QUIET),
            "relationship": Text(person.relationship.value),
            "last talk": Text(dates.ago(contact.last_held, today)),
            "rhythm": styling.rhythm(person, contact.last_held, today),
            "open": Text(str(contact.open or "–")),
        }
        made.add_row(*(cells[name] for name in columns))
    return made


def _name(contact: Contact) -> Text:
    name = styling.typed(contact.person.name)
    return name.append(" (archived)", style=styling.QUIET) if contact.person.archived else name
