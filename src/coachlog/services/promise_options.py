"""What the command line says of a promise, and the questions for what it leaves out."""

from datetime import date
from typing import Any, NamedTuple

from coachlog import dates, interview, rules
from coachlog.errors import Refused
from coachlog.interview import (
    DONE_WHEN,
    DUE_HELP,
    KEEP_HELP,
    ME,
    OTHER,
    THEM,
    Back,
    Question,
    sharper,
)
from coachlog.model import Action, Kind, Person, Promise
from coachlog.model.promise_fields import PROMISE_FIELDS, PROMISE_WORDS
from coachlog.services.desk import Desk
from coachlog.services.inputs import missing, option_text
from coachlog.store import reading


class PromiseOptions(NamedTuple):
    """What the command line says of a promise; None where it says nothing.

    Texts are as they were typed: `-` stands for standard input, '' takes a detail away. `goal` is
    the number of the goal it serves, 0 for none.
    """

    what: str | None = None
    owner: str | None = None
    due: str | None = None
    done_when: str | None = None
    support: str | None = None
    if_then: str | None = None
    confidence: int | None = None
    private: bool | None = None
    goal: int | None = None


def new_promise(desk: Desk, who: Person | None, options: PromiseOptions) -> Promise:
    """Return the promise that the options describe; what they leave out is asked.

    `Invalid` names what is missing where nobody can be asked.
    """
    me = _my_name(desk)
    them = who.name if who else None
    what = option_text(options.what)
    owner = _stated_owner(options.owner, them, me)
    due = dates.future(options.due, desk.today) if options.due else None
    done_when = None
    if not what:
        what = _what(desk)
    if owner is None:
        owner = _owner(desk, them, me)
    if desk.interactive and options.due is None:
        due, done_when = _when(desk)
    details = _texts(options) | {"what": what}
    if done_when:
        details["done_when"] = done_when
    return Promise(
        owner=owner,
        due=due,
        confidence=options.confidence,
        private=bool(options.private),
        **details,
    )


def _texts(options: PromiseOptions) -> dict[str, Any]:
    """Return the words of the options by the name of their field, None for what is taken away."""
    texts = {name: getattr(options, name) for name in PROMISE_WORDS}
    return {name: option_text(words) or None for name, words in texts.items() if words is not None}


def _stated_owner(words: str | None, them: str | None, me: str | None) -> str | None:
    """Return who the options say will do it; the owner of the journal in a plan of their own."""
    if words:
        return interview.owner(words, them, me)
    return None if them else ME


def _my_name(desk: Desk) -> str | None:
    if not desk.journal.exists():
        return None
    with desk.read() as db:
        return reading.me(db)


def _what(desk: Desk) -> str:
    if not desk.interactive:
        raise missing("What was promised", "--what TEXT, or --what - for standard input")
    what = desk.asker.words("What was promised?", "Start with a verb.")
    if not what:
        raise Refused("Nothing was promised, so nothing was added.")
    if verb := rules.vague(what):
        return desk.asker.words(sharper(verb), KEEP_HELP) or what
    return what


def _owner(desk: Desk, them: str | None, me: str | None) -> str:
    if not desk.interactive:
        raise missing("Who will do it", "--owner me, --owner them or a name")
    rows: list[tuple[str, Any]] = [("me", ME)]
    rows += [(them, THEM)] if them else []
    chosen = desk.asker.choose("Who will do it?", [*rows, ("someone else", OTHER)])
    if isinstance(chosen, Back):
        raise Refused("Nothing was added.")
    if chosen == OTHER:
        return interview.owner(desk.asker.words("Who?"), them, me)
    return str(chosen)


def _when(desk: Desk) -> tuple[date | None, str | None]:
    question = Question("due", "By when?", Kind.DATE, help=DUE_HELP, base=desk.today)
    reply = desk.asker.again(question, None, back=False)
    day = date.fromisoformat(str(reply)) if isinstance(reply, str) else None
    return day, desk.asker.words(DONE_WHEN) or None


def changes(desk: Desk, action: Action, options: PromiseOptions) -> dict[str, object]:
    """Return the new values by the name of their field; without any option, each is asked."""
    fields: dict[str, object] = _texts(options)
    if options.confidence is not None:
        fields["confidence"] = options.confidence
    if options.private is not None:
        fields["private"] = options.private
    if options.owner is not None:
        them = action.person.name if action.person else None
        fields["owner"] = interview.owner(options.owner, them, _my_name(desk))
    if options.goal is not None:
        fields["goal"] = options.goal or None
    return fields or _ask_changes(desk, action)


def _ask_changes(desk: Desk, action: Action) -> dict[str, object]:
    """Return the fields of an action as answered, each offered as it stands."""
    if not desk.interactive:
        raise missing("What to change", "--what, --owner, --done-when and the like")
    fields: dict[str, object] = {}
    for field in PROMISE_FIELDS.values():
        if not field.again:
            continue
        before = getattr(action, field.name) or ""
        question = Question(field.name, field.again, field.kind, required=field.name == "what")
        reply = desk.asker.again(question, before)
        if isinstance(reply, Back):
            break
        fields[field.name] = reply
    return fields
