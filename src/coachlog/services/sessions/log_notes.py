"""What notes typed in one piece add up to: an understanding, and the record of a conversation."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from coachlog import dates
from coachlog.answers.captured_notes import (
    Understanding,
    build_notes_file,
    find_notes_misfit,
)
from coachlog.capture import (
    DOUBT_WORDS,
    UNCLEAR_WORDS,
    CaptureContext,
    CapturedPromise,
    Doubt,
    find_captured_owner,
    get_owner_name,
    read_notes,
)
from coachlog.capture.same_promise import is_same_promise
from coachlog.errors import InvalidInput, Refusal
from coachlog.interview.checks import phrase_either_owner
from coachlog.interview.conversation import (
    NEW_PERSON_ID,
    Conversation,
    PromiseNames,
)
from coachlog.interview.notes_places import find_notes_places
from coachlog.model.actions import ME, THEM, Action
from coachlog.model.records import SessionRecord
from coachlog.model.reviews import ActionReview, ReviewOutcome
from coachlog.model.sessions import Answer
from coachlog.names.spelling import is_same_name
from coachlog.rules.stories import was_open_on
from coachlog.services.desk import Desk
from coachlog.services.sessions.promise_names import load_promise_names
from coachlog.services.sessions.session_setup import SessionSetup
from coachlog.text import clean_text, fold_text, format_count

_THEM_LABEL = re.compile(
    r"[^\w:]*(?:\d+[.)]\s*|[a-z]\)\s*|\[[ x]\]\s*)*them\s*:", re.IGNORECASE
)
NOTES_HEADING = "Notes"
"""Stands where the question of an answer does, over what was written down in one piece."""


def compose_log(
    desk: Desk,
    understanding: Understanding,
    setup: SessionSetup,
    source: str,
) -> tuple[Conversation, SessionRecord]:
    """Return the conversation that was understood, and the record of it.

    A promise ticked off that is surely one of the open ones is done; any other is new, and done
    that day.
    `source` names the notes in an error. Raises InvalidInput if there is nothing to save, and
    FaultyAnswers for words that are too long.
    """
    # Imported here, so that the box does not wait for it.
    from coachlog.services.sessions.record import compose_record

    if not has_content(understanding):
        raise InvalidInput("There is nothing in it. Nothing was saved.")
    day = understanding.held_on
    talk = Conversation(
        setup.template,
        today=day,
        latest_day=desk.today,
        began_on=day,
        them=setup.name,
        third=setup.third_name,
        me=setup.me or None,
        every_field=True,
    )
    closed_actions = understanding.closed_actions
    new_promises = [
        promise
        for place, promise in enumerate(understanding.notes.promises)
        if place not in closed_actions
    ]
    answers_file = build_notes_file(understanding, new_promises)
    record = compose_record(answers_file, talk, source)
    done_places = [
        place for place, promise in enumerate(new_promises) if promise.is_done
    ]
    reviews = [
        ActionReview(id, ReviewOutcome.DONE, on=day)
        for id in dict.fromkeys(closed_actions.values())
    ]
    # The notes know who is meant; an answers file would look for the name among the two.
    owners = [
        find_captured_owner(promise, understanding.person_id)
        for promise in new_promises
    ]
    promises = [
        promise._replace(owner=owner)
        for promise, owner in zip(record.promises, owners, strict=True)
    ]
    return talk, record._replace(
        answers=tuple(_list_log_answers(talk, record)),
        promises=tuple(promises),
        done_promises=tuple(done_places),
        reviews=tuple(reviews),
    )


def _list_log_answers(talk: Conversation, record: SessionRecord) -> Iterator[Answer]:
    """Yield the answers of notes, the text below a heading of its own: nobody asked a question."""
    text_key = find_notes_places(talk.template).text
    for answer in record.answers:
        if f"{answer.stage}.{answer.prompt}" == text_key:
            answer = answer._replace(question=NOTES_HEADING)
        yield answer


def find_ticked_actions(
    understanding: Understanding, open_actions: Sequence[Action]
) -> dict[int, tuple[int, ...]]:
    """Return the numbers of the open promises that each ticked line may mean, by its place.

    They were open that day, have its words, and are whose the line says they are; a line that does
    not say whose it is, or not for certain, may mean anybody's. Where none has its words, it is
    those of the same owner that say the same in other words.
    """
    left = [
        action
        for action in open_actions
        if was_open_on(action.events, understanding.held_on)
    ]
    ids_by_place = {}
    for place, promise in enumerate(understanding.notes.promises):
        if not promise.is_done:
            continue
        actions = _list_ticked_actions(promise, left, understanding.person_id)
        if actions:
            ids_by_place[place] = tuple(sorted(action.id for action in actions))
    return ids_by_place


def list_tick_remarks(
    understanding: Understanding, open_actions: Sequence[Action]
) -> list[str]:
    """Return a remark on each open promise that a tick in other words has closed."""
    words = {action.id: fold_text(action.what) for action in open_actions}
    promises = understanding.notes.promises
    return [
        f"A tick closed promise {id}, which is put in other words. If it is not done: "
        f"coachlog action reopen {id}"
        for place, id in understanding.closed_actions.items()
        if fold_text(promises[place].what) != words[id]
    ]


def _list_ticked_actions(
    promise: CapturedPromise, actions: Sequence[Action], person_id: int
) -> list[Action]:
    owner = find_captured_owner(promise, person_id)
    own_actions = [action for action in actions if _is_same_owner(owner, action.owner)]
    if not promise.names_owner or Doubt.WHO in promise.doubts:
        same_actions = _list_same_words(promise, actions)
    else:
        same_actions = _list_same_words(promise, own_actions)
    return same_actions or [
        action for action in own_actions if _has_same_matter(promise, action)
    ]


def _list_same_words(
    promise: CapturedPromise, actions: Sequence[Action]
) -> list[Action]:
    what = fold_text(promise.what)
    return [action for action in actions if fold_text(action.what) == what]


def _has_same_matter(promise: CapturedPromise, action: Action) -> bool:
    name = get_owner_name(promise.owner)
    return is_same_promise(promise.what, action.what, name)


def _is_same_owner(owner: str, other_owner: str) -> bool:
    if ME in (owner, other_owner) or THEM in (owner, other_owner):
        return owner == other_owner
    return is_same_name(owner, other_owner)


def load_capture_context(
    desk: Desk, setup: SessionSetup, held_on: date
) -> CaptureContext:
    """Return who can be meant by a name in the notes, and from which day their dates count."""
    return build_capture_context(load_promise_names(desk, setup, held_on))


def build_capture_context(
    names: PromiseNames, owners: tuple[str, ...] = ()
) -> CaptureContext:
    """Return what notes are read with: who can be meant, and which names stand as owners."""
    return CaptureContext(
        names.held_on,
        others=names.others,
        known=names.known,
        my_name=names.my_name,
        owners=owners,
    )


def understand_notes(
    text: str,
    context: CaptureContext,
    setup: SessionSetup,
    open_actions: Sequence[Action],
) -> Understanding:
    """Return what is understood of these notes; the day of the command line comes first.

    `open_actions` are those that come back in this conversation.
    """
    notes = read_notes(text, context)
    understanding = Understanding(
        notes=notes,
        template=setup.template,
        with_whom=setup.name or "",
        person_id=setup.person_id or NEW_PERSON_ID,
        held_on=notes.held_on or context.held_on,
        minutes=notes.minutes,
        tags=notes.tags,
        third_name=setup.third_name or "",
        says_them=_says_them(text, context),
    )
    ticked_actions = find_ticked_actions(understanding, open_actions)
    return understanding._replace(ticked_actions=ticked_actions)


def _says_them(text: str, context: CaptureContext) -> bool:
    """Return whether a line gives something to `them`, who could be either of two others."""
    if len(context.others) < 2:
        return False
    # With one other, such a line is a promise of theirs.
    notes = read_notes(text, context._replace(others=context.others[:1]))
    lines = clean_text(text).split("\n")
    return any(_THEM_LABEL.match(lines[line]) for line in notes.promise_lines)


def has_content(understanding: Understanding) -> bool:
    """Return whether there is anything to save: text, a private note or a promise."""
    notes = understanding.notes
    return bool(notes.prose or notes.private_notes or notes.promises)


def refuse_misfit(understanding: Understanding, held_on: date | None) -> None:
    """Raise Refusal if the template has no place for some of the notes.

    Raises InvalidInput if they name another day than the command, which gave `held_on`, or `them`
    where there are two others.
    """
    if understanding.says_them:
        either = phrase_either_owner(understanding.with_whom, understanding.third_name)
        raise InvalidInput(f"{either} Nothing was saved.")
    if held_on is not None and understanding.held_on != held_on:
        raise InvalidInput(
            f"The command says {dates.format_long_day(held_on)}, the notes say "
            f"{dates.format_long_day(understanding.held_on)}. Nothing was saved.",
            "Leave out one of the two.",
        )
    misfit = find_notes_misfit(understanding.template, understanding.notes)
    if misfit:
        raise Refusal(
            f"{misfit} Nothing was saved.",
            "To keep them in the two-minute note, leave out --template.",
        )


def list_doubts(understanding: Understanding) -> list[str]:
    """Return a remark on each thing that is not certain, and on bullets that stayed text."""
    remarks = []
    for number, promise in enumerate(understanding.notes.promises, start=1):
        remarks += [
            f"Promise {number}: it is {UNCLEAR_WORDS} {DOUBT_WORDS[doubt]}."
            for doubt in promise.doubts
        ]
        ids = understanding.ticked_actions.get(number - 1, ())
        if len(ids) > 1:
            remarks.append(_phrase_tick_doubt(number, ids))
    offered = understanding.notes.offered
    private_count = sum(line.is_private for line in offered)
    offered_count = len(offered) - private_count
    if private_count:
        lines = format_count(private_count, "private line")
        remarks.append(
            f"{lines} that may be a promise stayed a note to oneself. “~ - me:” before one, or "
            "“~ - ” and a name, makes it a private promise."
        )
    if offered_count:
        lines = format_count(offered_count, "line")
        remarks.append(
            f"{lines} that may be a promise stayed part of the text. “- me:” before one, or "
            "“- ” and a name, makes it a promise."
        )
    return remarks


def _phrase_tick_doubt(number: int, ids: Sequence[int]) -> str:
    numbers = " or ".join(map(str, ids))
    return (
        f"Promise {number}: it is {UNCLEAR_WORDS} which one is done, {numbers}. None of them was "
        "closed; it is saved as one of its own. To close one: coachlog action done ID"
    )
