"""A promise from the command line, and the questions for what the options leave out."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from coachlog.bullets import strip_bullets
from coachlog.model.actions import ME, THEM, Action, Promise
from coachlog.model.people import Person
from coachlog.model.promise_fields import PROMISE_FIELDS, PROMISE_WORDS
from coachlog.model.references import MemberRef, PersonRef
from coachlog.named_tuples import NamedTuple
from coachlog.names.matching import is_meant_by
from coachlog.names.spelling import is_same_name
from coachlog.phrasing.owners import phrase_absent_owner, phrase_unknown_owner
from coachlog.services.desk import Desk
from coachlog.services.due_dates import take_due_date
from coachlog.services.inputs import build_no_change_error, read_option_text
from coachlog.store.reading import action_queries, person_queries, session_queries

if TYPE_CHECKING:
    from coachlog.capture import CapturedPromise

    WordsReader = Callable[[str], CapturedPromise]


class PlanPromise(NamedTuple):
    """A promise as its words say it, and a remark on each thing about them worth a look.

    The remarks are without the number of the promise, which is not known before it is added. With
    `needs_owner`, words that name nobody leave open whose it is. What is `offered` is asked about
    all the same; `is_read` says that the words held more than what was promised.
    """

    promise: "CapturedPromise"
    remarks: tuple[str, ...] = ()
    needs_owner: bool = False
    is_offered: bool = False
    is_read: bool = True


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
    plan_promise: PlanPromise | None,
    read_words: "WordsReader",
) -> tuple[Promise, tuple[str, ...], tuple[str, ...]]:
    """Return the promise described, remarks on its owner, and the doubts about its due date.

    The options come before what was typed; what both leave out is asked for, and so is what is
    uncertain about the words, if somebody can be asked. Where the words themselves are asked for,
    `read_words` returns what they say, and that is offered. Raises InvalidInput with what is
    missing where nobody can be asked.
    """
    texts = _read_promise_texts(options)
    owner, owner_remarks = _read_owner_option(desk, person, options)
    due, due_doubts = _choose_due_date(desk, options.due, plan_promise)
    if plan_promise is None:
        from coachlog.services.asked_promises import ask_promise_words

        asked_promise = ask_promise_words(desk, read_words)
        needs_owner = person is not None
        plan_promise = PlanPromise(asked_promise, (), needs_owner, is_offered=True)
    if owner is None:
        owner = _choose_typed_owner(desk, person, plan_promise)
    details = _complete_details(texts, plan_promise.promise)
    details["private"] = details["private"] or bool(options.private)
    if due is None and options.due is None and desk.interactive:
        from coachlog.services.asked_promises import ask_promise_deadline

        due = ask_promise_deadline(desk, plan_promise.promise)
        if not texts.get("done_when"):
            details["done_when"] = _ask_missing_sign(desk, plan_promise)
    if _needs_support(person, plan_promise, texts):
        from coachlog.services.asked_promises import ask_promise_support

        details["support"] = ask_promise_support(desk)
    promise = Promise(owner=owner, due=due, confidence=options.confidence, **details)
    return promise, owner_remarks, due_doubts


def _needs_support(
    person: Person | None, plan_promise: PlanPromise, texts: dict[str, Any]
) -> bool:
    """Return whether to ask for the support: in the owner's own plan, if all else is asked for."""
    return person is None and plan_promise.is_offered and "support" not in texts


def _read_owner_option(
    desk: Desk, person: Person | None, options: PromiseOptions
) -> tuple[str | None, tuple[str, ...]]:
    """Return the owner that the option gives, None without it, and remarks on a name."""
    if not options.owner:
        return None, ()
    their_name = person.name if person else None
    return _parse_owner_option(desk, options.owner, their_name)


def _choose_due_date(
    desk: Desk, option: str | None, plan_promise: PlanPromise | None
) -> tuple[date | None, tuple[str, ...]]:
    """Return by when an option or the words say, and the doubts about it; None to ask, or none."""
    if option:
        return take_due_date(desk, option)
    if option is not None or plan_promise is None:
        return None, ()
    return _take_typed_due(desk, plan_promise.promise)


def _complete_details(
    texts: dict[str, Any], typed_promise: "CapturedPromise"
) -> dict[str, Any]:
    """Return the texts of a promise, those of the options first, and whether it is private."""
    return {
        "done_when": typed_promise.done_when,
        **texts,
        "what": typed_promise.what,
        "private": typed_promise.is_private,
    }


def _ask_missing_sign(desk: Desk, plan_promise: PlanPromise) -> str | None:
    """Return how anyone will know that it is done, asked for if it is only offered, or missing."""
    words = plan_promise.promise.done_when
    if words and not plan_promise.is_offered:
        return words
    from coachlog.services.asked_promises import ask_promise_sign

    return ask_promise_sign(desk, words)


def _choose_typed_owner(
    desk: Desk, person: Person | None, plan_promise: PlanPromise
) -> str:
    """Return whose the words say a promise is, asked for where that is open or uncertain."""
    from coachlog.capture import find_captured_owner

    promise = plan_promise.promise
    person_id = person.id if person else None
    owner = find_captured_owner(promise, person_id)
    if not _is_owner_open(desk, plan_promise):
        return owner
    from coachlog.services.asked_promises import ask_promise_owner

    their_name = person.name if person else None
    offered_owner = owner if promise.names_owner else None
    my_name = load_my_name(desk)
    return ask_promise_owner(desk, their_name, my_name, offered_owner, promise)


def _is_owner_open(desk: Desk, plan_promise: PlanPromise) -> bool:
    """Return whether it takes a question to know whose a promise is."""
    from coachlog.capture import Doubt

    promise = plan_promise.promise
    if desk.interactive and Doubt.WHO in promise.doubts:
        return True
    if promise.names_owner:
        return plan_promise.is_offered
    return plan_promise.needs_owner


def _take_typed_due(
    desk: Desk, typed_promise: "CapturedPromise"
) -> tuple[date | None, tuple[str, ...]]:
    """Return by when the words say, and the doubts about it; None to ask, or none."""
    if typed_promise.due is None:
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
    desk: Desk, words: str, their_name: str | None
) -> tuple[str, tuple[str, ...]]:
    """Return the owner as the option says, and remarks on a name."""
    from coachlog.interview.checks import resolve_owner_name

    owner = resolve_owner_name(words, their_name, load_my_name(desk))
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
        people = person_queries.read_people(db, include_archived=True)
        actions = action_queries.read_actions(db)
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
    return owner, (phrase_unknown_owner(owner),)


def load_my_name(desk: Desk) -> str | None:
    """Return the owner's own name; None while it is not known."""
    if not desk.journal.exists():
        return None
    with desk.read() as db:
        return person_queries.read_owner_name(db)


def collect_action_changes(
    desk: Desk, action: Action, options: PromiseOptions
) -> dict[str, object]:
    """Return the new values by the name of their field; without any option, each is asked for."""
    fields: dict[str, object] = _read_promise_texts(options)
    if options.confidence is not None:
        fields["confidence"] = options.confidence
    if options.private is not None:
        fields["private"] = options.private
    elif _has_private_sign(fields):
        fields["private"] = True
    if options.owner is not None:
        fields["owner"] = _resolve_new_owner(desk, action, options.owner)
    if options.goal is not None:
        fields["goal"] = options.goal or None
    if not fields:
        return _ask_action_changes(desk, action)
    return fields


def _resolve_new_owner(desk: Desk, action: Action, words: str) -> str:
    """Return how the new owner of a promise is stored; both of two others are known by name."""
    from coachlog.interview.checks import resolve_owner_name
    from coachlog.interview.conversation import THIRD

    my_name = load_my_name(desk)
    people = _load_conversation_people(desk, action)
    if len(people) < 2:
        their_name = action.person.name if action.person else None
        return resolve_owner_name(words, their_name, my_name)
    first, third = people
    owner = resolve_owner_name(words, first.name, my_name, third.name)
    stored_owners = {THIRD: third.name}
    if action.person is None:
        stored_owners[THEM] = first.name
    return stored_owners.get(owner, owner)


def settle_new_owner(
    desk: Desk, action: Action, owner: str
) -> tuple[str, tuple[str, ...]]:
    """Return the new owner of a promise, and a remark on one who was not there or is unknown."""
    people = _load_conversation_people(desk, action)
    if owner in (ME, THEM) or any(
        is_same_name(owner, person.name) for person in people
    ):
        return owner, ()
    owner, remarks = _find_owner_in_journal(desk, owner)
    if people and not remarks:
        remarks = (phrase_absent_owner(owner),)
    return owner, remarks


def _load_conversation_people(
    desk: Desk, action: Action
) -> tuple[PersonRef | MemberRef, ...]:
    """Return the other people in the conversation in which a promise was made; () outside one."""
    if action.session is None or action.set is not None:
        return ()
    with desk.read() as db:
        return session_queries.read_session(
            db, action.session, include_deleted=True
        ).people


def _has_private_sign(fields: dict[str, object]) -> bool:
    """Return whether new words are marked private: these are never stored openly."""
    if not fields.get("what"):
        return False
    from coachlog.capture.private_blocks import has_private_line

    return has_private_line(str(fields["what"]))


def _ask_action_changes(desk: Desk, action: Action) -> dict[str, object]:
    """Return the answers by the name of their field; each field is offered as it is."""
    if not desk.interactive:
        raise build_no_change_error("--what, --owner, --done-when or another option")
    from coachlog.interview.back import Back
    from coachlog.interview.conversation import Question

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
    if _has_private_sign(fields):
        fields["private"] = True
    return fields
