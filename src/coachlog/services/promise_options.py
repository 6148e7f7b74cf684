"""A promise from the command line, and the questions for what the options leave out."""

from datetime import date
from typing import Any, NamedTuple

from coachlog import interview, rules
from coachlog.bullets import strip_bullets
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
from coachlog.names import is_meant_by, is_same_name
from coachlog.services.desk import Desk
from coachlog.services.due_dates import take_due_date
from coachlog.services.inputs import build_no_change_error, read_option_text
from coachlog.store import reading


class PromiseOptions(NamedTuple):
    """The options of a promise on the command line; None for an option that was not given.

    Texts are as they were typed: `-` stands for standard input, '' removes a detail. `goal` is the
    number of the goal it serves, 0 for none.
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
) -> tuple[Promise, tuple[str, ...], tuple[str, ...]]:
    """Return the promise described, remarks on its owner, and the doubts about its due date.

    What they leave out is asked for.
    Raises InvalidInput with what is missing where nobody can be asked.
    """
    my_name = _load_my_name(desk)
    their_name = person.name if person else None
    details = _read_promise_texts(options)
    owner = _parse_owner_option(options.owner, their_name, my_name)
    owner_remarks: tuple[str, ...] = ()
    if owner not in (None, ME, THEM):
        owner, owner_remarks = _find_owner_in_journal(desk, str(owner))
    due: date | None = None
    due_doubts: tuple[str, ...] = ()
    if options.due:
        due, due_doubts = take_due_date(desk, options.due)
    details["what"] = details.get("what") or _ask_promise_words(desk)
    if owner is None:
        owner = _ask_promise_owner(desk, their_name, my_name)
    if desk.interactive and options.due is None:
        due, done_when = _ask_promise_deadline(desk)
        if done_when:
            details["done_when"] = done_when
    promise = Promise(
        owner=owner,
        due=due,
        confidence=options.confidence,
        private=bool(options.private),
        **details,
    )
    return promise, owner_remarks, due_doubts


def _read_promise_texts(options: PromiseOptions) -> dict[str, Any]:
    """Return the texts of the options by the name of their field, None for one to remove."""
    texts: dict[str, Any] = {}
    for field in PROMISE_WORDS:
        words = getattr(options, field)
        if words is not None:
            texts[field] = read_option_text(words)
    if texts.get("what"):
        texts["what"] = strip_bullets(texts["what"]) or None
    return texts


def _parse_owner_option(
    words: str | None, their_name: str | None, my_name: str | None
) -> str | None:
    """Return the owner as the option says; without it ME in the owner's own plan, else None."""
    if words:
        return interview.resolve_owner_name(words, their_name, my_name)
    return None if their_name else ME


def _find_owner_in_journal(desk: Desk, owner: str) -> tuple[str, tuple[str, ...]]:
    """Return the whole name of an owner, and a remark where that is not what was typed.

    Whoever is neither in the journal nor an owner already stays as typed, with a remark.
    """
    if not desk.journal.exists():
        return owner, ()
    with desk.read() as db:
        people = reading.read_people(db, include_archived=True)
        actions = reading.read_actions(db)
    known_names = [person.name for person in people]
    known_names += [action.owner for action in actions]
    if any(is_same_name(owner, name) for name in known_names):
        return owner, ()
    matches = [person.name for person in people if is_meant_by(owner, person.name)]
    if len(matches) == 1:
        return matches[0], (f"“{owner}” was taken for {matches[0]}.",)
    if matches:
        return owner, (
            f"“{owner}” could be: {', '.join(matches)}. The promise is recorded under "
            "that name.",
        )
    return owner, (
        f"{owner} is not in your journal; the promise is recorded under that name.",
    )


def _load_my_name(desk: Desk) -> str | None:
    if not desk.journal.exists():
        return None
    with desk.read() as db:
        return reading.read_owner_name(db)


def _ask_promise_words(desk: Desk) -> str:
    asker = desk.require_asker(
        "the promise", "--what TEXT, or --what - for standard input"
    )
    what = strip_bullets(asker.ask_words("What was promised?", "Start with a verb."))
    if not what:
        raise Refusal("Nothing was promised, so nothing was added.")
    vague_verb = rules.find_vague_verb(what)
    if vague_verb is None:
        return what
    sharper_words = asker.ask_words(phrase_sharper_question(vague_verb), KEEP_HELP)
    return strip_bullets(sharper_words) or what


def _ask_promise_owner(desk: Desk, their_name: str | None, my_name: str | None) -> str:
    asker = desk.require_asker(
        "to know whose promise it is", "--owner me, --owner them or --owner NAME"
    )
    rows = [("me", ME)]
    if their_name:
        rows.append((their_name, THEM))
    rows.append(("someone else", OTHER))
    choice = asker.choose("Who will do it?", rows)
    if isinstance(choice, Back):
        raise Refusal("Nothing was added.")
    if choice != OTHER:
        return choice
    name = asker.ask_words("Who?")
    return interview.resolve_owner_name(name, their_name, my_name)


def _ask_promise_deadline(desk: Desk) -> tuple[date | None, str]:
    """Return by when it will be done, None for no date, and how it will be seen, '' if skipped."""
    question = Question(
        "due", "By when?", PromptKind.DATE, help=DUE_HELP, base=desk.today, is_due=True
    )
    reply = desk.asker.ask_again(question, None, back=False)
    done_when = desk.asker.ask_words(DONE_WHEN_QUESTION)
    if isinstance(reply, str):
        return date.fromisoformat(reply), done_when
    return None, done_when


def collect_action_changes(
    desk: Desk, action: Action, options: PromiseOptions
) -> dict[str, object]:
    """Return the new values by the name of their field; without any option, each is asked for."""
    fields: dict[str, object] = _read_promise_texts(options)
    if options.confidence is not None:
        fields["confidence"] = options.confidence
    if options.private is not None:
        fields["private"] = options.private
    if options.owner is not None:
        their_name = action.person.name if action.person else None
        my_name = _load_my_name(desk)
        fields["owner"] = interview.resolve_owner_name(
            options.owner, their_name, my_name
        )
    if options.goal is not None:
        fields["goal"] = options.goal or None
    if not fields:
        return _ask_action_changes(desk, action)
    return fields


def _ask_action_changes(desk: Desk, action: Action) -> dict[str, object]:
    """Return the answers by the name of their field; each field is offered as it is."""
    if not desk.interactive:
        raise build_no_change_error("--what, --owner, --done-when or another option")
    fields: dict[str, object] = {}
    for field in PROMISE_FIELDS.values():
        if not field.edit_question:
            continue
        is_required = field.name == "what"
        question = Question(
            field.name, field.edit_question, field.kind, required=is_required
        )
        reply = desk.asker.ask_again(question, getattr(action, field.name) or "")
        if isinstance(reply, Back):
            break
        if field.name == "what" and reply:
            reply = strip_bullets(str(reply))
        fields[field.name] = reply
    return fields
