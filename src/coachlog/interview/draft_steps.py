"""The answers of a file as the steps of a draft, for a person to carry on with at a terminal.

A file has all the questions somebody asked in one list, gives each slot its number, and may hold
any field of a promise; at a terminal these are asked one by one, by name, and as far as needed.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from coachlog.interview.conversation import Conversation
from coachlog.interview.keys import (
    PROMISE_FIELDS_MARK,
    AnswerKey,
    KeyFamily,
    build_note_choice_key,
    build_note_key,
    build_order_key,
    build_slot_key,
    parse_key,
)
from coachlog.interview.meeting import NOBODY, list_presenters
from coachlog.interview.note_questions import list_askable_notes
from coachlog.model.answers import AnswerValue
from coachlog.model.notes import NoteOutcome
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.model.templates import Prompt
from coachlog.rules.notes import comes_back
from coachlog.templates.kinds import Widget, get_kind_row


def build_draft_steps(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> dict[str, AnswerValue]:
    """Return the answers of a conversation that was read from a file, as a terminal asks for them.

    `PROMISE_FIELDS_MARK` among them says that the words of its promises hold nothing else.
    """
    steps: dict[str, AnswerValue] = {PROMISE_FIELDS_MARK: True}
    handles: dict[str, str] = {}
    if talk.set:
        presenters = list_presenters(talk, answers)
        for number, presenter in enumerate(presenters, start=1):
            handles[str(number)] = presenter.slug
            steps[build_order_key(number)] = presenter.slug
        steps[build_order_key(len(presenters) + 1)] = NOBODY
    for text, value in answers.items():
        key = parse_key(text)
        if key.slot in handles and not key.names_presenter:
            key = build_slot_key(handles[key.slot], key.bare_key)
        steps |= _build_answer_steps(talk, key, value)
    return steps | _build_note_steps(talk, answers)


def _build_answer_steps(
    talk: Conversation, key: AnswerKey, value: AnswerValue
) -> dict[str, AnswerValue]:
    """Return the steps for one answer."""
    prompt = talk.template.prompts.get(key.prompt_key)
    if prompt is None:
        return {key: value}
    if key.family is KeyFamily.PART:
        return _build_promise_steps(prompt, key, value)
    if get_kind_row(prompt.kind).widget is Widget.QUESTIONS:
        return dict(_list_question_steps(key, value))
    return {key: value}


def _build_promise_steps(
    prompt: Prompt, key: AnswerKey, value: AnswerValue
) -> dict[str, AnswerValue]:
    """Return the steps for one field of a promise; none where it is not asked for, and blank."""
    if key.field == "what":
        # Words that were written down are not asked for once more, in plainer ones.
        sharper_key = parse_key(key.removesuffix("what") + "sharper")
        return {key: value, sharper_key: None}
    field = PROMISE_FIELDS.get(key.field)
    is_asked = field is None or field.is_prompted
    if key.field == "support":
        is_asked = prompt.support
    return {key: value} if is_asked or value not in (None, False) else {}


def _list_question_steps(
    key: AnswerKey, value: Any
) -> Iterator[tuple[str, AnswerValue]]:
    """Yield a step for each question that somebody asked, one for its tag, and one for the end."""
    entries = value or []
    for number, entry in enumerate(entries, start=1):
        words = entry["question"]
        if entry.get("by"):
            words = f"{entry['by']}: {words}"
        yield key.part(number, "question"), words
        yield key.part(number, "tag"), entry.get("tag")
    yield key.part(len(entries) + 1, "question"), None


def _build_note_steps(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> dict[str, AnswerValue]:
    """Return which notes were said of each kind that a prompt draws on."""
    said_ids: dict[str, list[str]] = {}
    for note in list_askable_notes(talk):
        if comes_back(note):
            continue
        ids = said_ids.setdefault(build_note_choice_key(note.kind), [])
        if answers.get(build_note_key(note.id)) == NoteOutcome.TALKED:
            ids.append(str(note.id))
    return {key: ids or None for key, ids in said_ids.items()}
