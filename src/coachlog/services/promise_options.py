"""What the command line says of a promise, and the questions for what it leaves out."""

from datetime import date
from typing import Any, NamedTuple

from coachlog import dates, interview, rules
from coachlog.errors import Refusal
from coachlog.interview import (
    DONE_WHEN_QUESTION,
    DUE_HELP,
    KEEP_HELP,
    ME,
    OTHER,
    THEM,
    Back,
    Question,
    phrase_sharper_question,
)
from coachlog.model import Action, Person, Promise, PromptKind
from coachlog.model.promise_fields import PROMISE_FIELDS, PROMISE_WORDS
from coachlog.services.desk import Desk
from coachlog.services.inputs import build_missing_error, read_option_text
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


def build_promise_from_options(
    desk: Desk, person: Person | None, options: PromiseOptions
) -> Promise:
    """Return the promise that the options describe; what they leave out is asked.

    `Invalid` names what is missing where nobody can be asked.
    """
    me = _load_my_name(desk)
    them = person.name if person else None
    what = read_option_text(options.what)
    owner = _parse_owner_option(options.owner, them, me)
    due = dates.parse_future_day(options.due, desk.today) if options.due else None
    done_when = None
    if not what:
        what = _ask_promise_words(desk)
    if owner is None:
        owner = _ask_promise_owner(desk, them, me)
    if desk.interactive and options.due is None:
        due, done_when = _ask_promise_deadline(desk)
    details = _read_promise_texts(options) | {"what": what}
    if done_when:
        details["done_when"] = done_when
    return Promise(
        owner=owner,
        due=due,
        confidence=options.confidence,
        private=bool(options.private),
        **details,
    )


def _read_promise_texts(options: PromiseOptions) -> dict[str, Any]:
    """Return the words of the options by the name of their field, None for what is taken away."""
    texts = {name: getattr(options, name) for name in PROMISE_WORDS}
    return {
        name: read_option_text(words) or None for name, words in texts.items() if words is not None
    }


def _parse_owner_option(words: str | None, them: str | None, me: str | None) -> str | None:
    """Return who the options say will do it; the owner of the journal in a plan of their own."""
    if words:
        return interview.resolve_owner_name(words, them, me)
    return None if them else ME


def _load_my_name(desk: Desk) -> str | None:
    if not desk.journal.exists():
        return None
    with desk.read() as db:
        return reading.read_owner_name(db)


def _ask_promise_words(desk: Desk) -> str:
    if not desk.interactive:
        raise build_missing_error(
            "What was promised", "--what TEXT, or --what - for standard input"
        )
    what = desk.asker.ask_words("What was promised?", "Start with a verb.")
    if not what:
        raise Refusal("Nothing was promised, so nothing was added.")
    if verb := rules.find_vague_verb(what):
        return desk.asker.ask_words(phrase_sharper_question(verb), KEEP_HELP) or what
    return what


def _ask_promise_owner(desk: Desk, them: str | None, me: str | None) -> str:
    if not desk.interactive:
        raise build_missing_error("Who will do it", "--owner me, --owner them or a name")
    rows: list[tuple[str, Any]] = [("me", ME)]
    rows += [(them, THEM)] if them else []
    chosen = desk.asker.choose("Who will do it?", [*rows, ("someone else", OTHER)])
    if isinstance(chosen, Back):
        raise Refusal("Nothing was added.")
    if chosen == OTHER:
        return interview.resolve_owner_name(desk.asker.ask_words("Who?"), them, me)
    return str(chosen)


def _ask_promise_deadline(desk: Desk) -> tuple[date | None, str | None]:
    question = Question("due", "By when?", PromptKind.DATE, help=DUE_HELP, base=desk.today)
    reply = desk.asker.ask_again(question, None, back=False)
    day = date.fromisoformat(str(reply)) if isinstance(reply, str) else None
    return day, desk.asker.ask_words(DONE_WHEN_QUESTION) or None


def collect_action_changes(
    desk: Desk, action: Action, options: PromiseOptions
) -> dict[str, object]:
    """Return the new values by the name of their field; without any option, each is asked."""
    fields: dict[str, object] = _read_promise_texts(options)
    if options.confidence is not None:
        fields["confidence"] = options.confidence
    if options.private is not None:
        fields["private"] = options.private
    if options.owner is not None:
        them = action.person.name if action.person else None
        fields["owner"] = interview.resolve_owner_name(options.owner, them, _load_my_name(desk))
    if options.goal is not None:
        fields["goal"] = options.goal or None
    return fields or _ask_action_changes(desk, action)


def _ask_action_changes(desk: Desk, action: Action) -> dict[str, object]:
    """Return the fields of an action as answered, each offered as it stands."""
    if not desk.interactive:
        raise build_missing_error("What to change", "--what, --owner, --done-when and the like")
    fields: dict[str, object] = {}
    for field in PROMISE_FIELDS.values():
        if not field.edit_question:
            continue
        before = getattr(action, field.name) or ""
        question = Question(
            field.name, field.edit_question, field.kind, required=field.name == "what"
        )
        reply = desk.asker.ask_again(question, before)
        if isinstance(reply, Back):
            break
        fields[field.name] = reply
    return fields
