"""A promise from the command line, and the questions for what the options leave out."""

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

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

if TYPE_CHECKING:
    from coachlog.capture import CapturedPromise


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
    desk: Desk,
    person: Person | None,
    options: PromiseOptions,
    typed_promise: "CapturedPromise | None" = None,
) -> tuple[Promise, tuple[str, ...], tuple[str, ...]]:
    """Return the promise described, remarks on its owner, and the doubts about its due date.

    The options come before what was typed; what both leave out is asked for, and so is what is
    uncertain about the words, if somebody can be asked. Raises InvalidInput with what is missing
    where nobody can.
    """
    my_name = load_my_name(desk)
    details = _collect_details(options, typed_promise)
    owner, owner_remarks = _choose_owner(desk, person, options, typed_promise, my_name)
    due, due_doubts = _choose_due_date(desk, options.due, typed_promise)
    details["what"] = details.get("what") or _ask_promise_words(desk)
    if owner is None:
        their_name = person.name if person else None
        owner = _ask_promise_owner(desk, their_name, my_name)
    if due is None and options.due is None and desk.interactive:
        due = _ask_promise_deadline(desk, typed_promise)
        details["done_when"] = _ask_missing_sign(desk, details)
    promise = Promise(owner=owner, due=due, confidence=options.confidence, **details)
    return promise, owner_remarks, due_doubts


def _collect_details(
    options: PromiseOptions, typed_promise: "CapturedPromise | None"
) -> dict[str, Any]:
    """Return the texts of a promise, those of the options first, and whether it is private."""
    texts = _read_promise_texts(options)
    if typed_promise is None:
        return texts | {"private": bool(options.private)}
    typed_texts = {"what": typed_promise.what, "done_when": typed_promise.done_when}
    is_private = bool(options.private) or typed_promise.is_private
    return typed_texts | texts | {"private": is_private}


def _choose_owner(
    desk: Desk,
    person: Person | None,
    options: PromiseOptions,
    typed_promise: "CapturedPromise | None",
    my_name: str | None,
) -> tuple[str | None, tuple[str, ...]]:
    """Return the owner, None where somebody is to be asked, and remarks on a name."""
    if options.owner:
        their_name = person.name if person else None
        return _parse_owner_option(desk, options.owner, their_name, my_name)
    if typed_promise is not None:
        return _choose_typed_owner(desk, person, typed_promise), ()
    return (None if person else ME), ()


def _choose_typed_owner(
    desk: Desk, person: Person | None, typed_promise: "CapturedPromise"
) -> str | None:
    """Return whose the words say a promise is; None to ask, where that is uncertain."""
    from coachlog.capture import Doubt

    if desk.interactive and Doubt.WHO in typed_promise.doubts:
        return None
    owner = typed_promise.owner
    if isinstance(owner, str):
        return owner
    if person is not None and owner.id == person.id:
        return THEM
    return owner.name


def _choose_due_date(
    desk: Desk, option: str | None, typed_promise: "CapturedPromise | None"
) -> tuple[date | None, tuple[str, ...]]:
    """Return by when an option or the words say, and the doubts about it; None to ask, or none."""
    if option:
        return take_due_date(desk, option)
    if option is not None or typed_promise is None or typed_promise.due is None:
        return None, ()
    from coachlog.capture import Doubt

    if desk.interactive and Doubt.WHEN in typed_promise.doubts:
        return None, ()
    return take_due_date(desk, typed_promise.due.isoformat())


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
    desk: Desk, words: str, their_name: str | None, my_name: str | None
) -> tuple[str, tuple[str, ...]]:
    """Return the owner as the option says, and remarks on a name."""
    owner = interview.resolve_owner_name(words, their_name, my_name)
    if owner in (ME, THEM):
        return owner, ()
    return _find_owner_in_journal(desk, owner)


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


def load_my_name(desk: Desk) -> str | None:
    """Return the owner's own name; None while it is not known."""
    if not desk.journal.exists():
        return None
    with desk.read() as db:
        return reading.read_owner_name(db)


def _ask_promise_words(desk: Desk) -> str:
    asker = desk.require_asker(
        "the promise", "--what TEXT, or the words after the name (- is standard input)"
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


def _ask_promise_deadline(
    desk: Desk, typed_promise: "CapturedPromise | None"
) -> date | None:
    """Return by when it will be done, None for no date; what is uncertain is offered."""
    offered_day = None
    if typed_promise is not None and typed_promise.due is not None:
        offered_day = typed_promise.due.isoformat()
    question = Question(
        "due", "By when?", PromptKind.DATE, help=DUE_HELP, base=desk.today, is_due=True
    )
    reply = desk.asker.ask_again(question, offered_day, back=False)
    return date.fromisoformat(reply) if isinstance(reply, str) else None


def _ask_missing_sign(desk: Desk, details: dict[str, Any]) -> str | None:
    """Return how anyone will know that it is done: as it is, or else asked; None if skipped."""
    return details.get("done_when") or desk.asker.ask_words(DONE_WHEN_QUESTION) or None


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
        my_name = load_my_name(desk)
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
