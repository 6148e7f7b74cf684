"""The questions for a promise that `action add` asks for: what the words say is offered again."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from coachlog.errors import Refusal
from coachlog.interview.back import Back
from coachlog.interview.checks import resolve_owner_name
from coachlog.interview.conversation import OTHER, Question
from coachlog.interview.promises import (
    DONE_WHEN_QUESTION,
    DUE_HELP,
    KEEP_HELP,
    PROMISE_HELP,
    phrase_sharper_question,
)
from coachlog.model.actions import ME, THEM
from coachlog.model.answers import PromptKind
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.rules.promises import find_vague_verb
from coachlog.services.desk import Desk
from coachlog.services.inputs import ask_checked_words

if TYPE_CHECKING:
    from coachlog.capture import CapturedPromise

    WordsReader = Callable[[str], CapturedPromise]


def ask_promise_words(desk: Desk, read_words: "WordsReader") -> "CapturedPromise":
    """Return what the words of a promise say, asked for once more where they begin vaguely.

    Raises Refusal for no words, or such as `none`, and InvalidInput where nobody can be asked.
    """
    asker = desk.require_asker(
        "the promise", "--what TEXT, or the words after the name (- is standard input)"
    )
    words = asker.ask_words("What was promised?", PROMISE_HELP)
    from coachlog.capture.negations import is_nothing

    promise = read_words(words)
    if not promise.what or is_nothing(promise.what):
        raise Refusal("Nothing was promised, so nothing was added.")
    promise = _ask_plainer_words(desk, promise, read_words)
    if promise.is_private:
        asker.tell("Private: it stays out of plans and exports.", dim=True, mark="→")
    if promise.is_done:
        asker.tell("It has a tick, but it is added as open.")
    return promise._replace(is_done=False)


def _ask_plainer_words(
    desk: Desk, promise: "CapturedPromise", read_words: "WordsReader"
) -> "CapturedPromise":
    """Return a promise in the plainer words that a vague verb earns; what they leave out stays."""
    vague_verb = find_vague_verb(promise.what)
    if vague_verb is None:
        return promise
    words = desk.asker.ask_words(phrase_sharper_question(vague_verb), KEEP_HELP)
    if not words:
        return promise
    from coachlog.interview.typed_promises import complete_promise

    return complete_promise(read_words(words), promise)


def ask_promise_owner(
    desk: Desk,
    their_name: str | None,
    my_name: str | None,
    offered_owner: str | None,
    promise: "CapturedPromise",
) -> str:
    """Return who will keep a promise, as it is stored; whoever is offered is taken by Enter.

    Raises Refusal if the person went back, and InvalidInput where nobody can be asked.
    """
    asker = desk.require_asker(
        "to know whose promise it is", "--owner me, --owner them or --owner NAME"
    )
    owners = {"me": ME}
    if their_name:
        owners[their_name] = THEM
    owners["someone else"] = OTHER
    question = Question(
        "owner",
        "Who will do it?",
        PromptKind.CHOICE,
        required=True,
        help=_find_doubt(promise, "who"),
        options=tuple(owners),
        values=tuple(owners.values()),
        pointed=ME,  # as a promise in a text that names nobody is the owner's own
    )
    offered_name = ""
    if offered_owner not in (None, *owners.values()):
        offered_owner, offered_name = OTHER, str(offered_owner)
    choice = asker.ask_again(question, offered_owner)
    if isinstance(choice, Back):
        raise Refusal("Nothing was added.")
    if choice != OTHER:
        return str(choice)
    return ask_checked_words(
        asker,
        "Who?",
        lambda name: resolve_owner_name(name, their_name, my_name),
        initial=offered_name,
    )


def ask_promise_deadline(desk: Desk, promise: "CapturedPromise") -> date | None:
    """Return by when it will be done, None for no date; what the words say is offered."""
    offered_day = promise.due.isoformat() if promise.due else None
    doubt = _find_doubt(promise, "when")
    question = Question(
        "due",
        "By when?",
        PromptKind.DATE,
        help=f"{doubt} {DUE_HELP}" if doubt else DUE_HELP,
        base=desk.today,
        is_due=True,
    )
    reply = desk.asker.ask_again(question, offered_day, back=False)
    return date.fromisoformat(reply) if isinstance(reply, str) else None


def ask_promise_sign(desk: Desk, offered_words: str | None) -> str | None:
    """Return how anyone will know that it is done; None if skipped."""
    words = desk.asker.ask_words(DONE_WHEN_QUESTION, initial=offered_words or "")
    return words or None


def ask_promise_support(desk: Desk) -> str | None:
    """Return what support a promise of the owner's own plan takes, and whose; None if skipped."""
    field = PROMISE_FIELDS["support"]
    return desk.asker.ask_words(field.question, field.help) or None


def _find_doubt(promise: "CapturedPromise", kind: str) -> str | None:
    """Return the words on what is not certain about a promise; None where it is."""
    from coachlog.capture import UNCLEAR_WORDS, Doubt

    is_in_doubt = Doubt(kind) in promise.doubts
    return f"{UNCLEAR_WORDS.capitalize()}." if is_in_doubt else None
