"""Faults for the answers and rows of a file that no question of the conversation asked for."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from coachlog import dates
from coachlog.answers.corrections import CORRECTIONS_TABLE
from coachlog.answers.file_contents import AnswersFile
from coachlog.interview import keys
from coachlog.interview.conversation import Conversation
from coachlog.interview.corrections import find_promises_prompt
from coachlog.interview.keys import AnswerKey
from coachlog.interview.note_questions import list_askable_notes
from coachlog.interview.scripted import Fault, FileAnswerer
from coachlog.model.answers import PromptKind
from coachlog.model.notes import NoteOutcome
from coachlog.model.reviews import ReviewOutcome
from coachlog.model.templates import PromptCondition, Template
from coachlog.rules.stories import find_opening
from coachlog.text import clean_line, find_nearest_words

NOT_ASKED_WORDS = "is not asked here"
_EMPTY_VALUES: tuple[object, ...] = (None, "", [])


def suggest_known_words(word: str, known_words: Sequence[str]) -> str:
    """Return the end of a fault about an unknown word: the nearest known word, else all of them.

    '' if no word is known.
    """
    nearest = find_nearest_words(word, list(known_words))
    if nearest:
        return f"; did you mean “{nearest[0]}”?"
    if known_words:
        return f"; choose from {', '.join(known_words)}"
    return ""


def find_unasked_answer_faults(
    answers: Mapping[str, object],
    template: Template,
    answerer: FileAnswerer,
    earlier_faults: Sequence[Fault],
    slot: str = "",
) -> list[Fault]:
    """Return a fault for each answer that no question asked for; `slot` numbers a meeting's slot.

    An answer that depends on a faulty one gets no fault of its own: it may well be asked for once
    the other is right.
    """
    faulty_keys = answerer.faulty_keys | {fault.key for fault in earlier_faults}
    faults = []
    for key, value in answers.items():
        name = FileAnswerer.name_key(keys.build_slot_key(slot, clean_line(key)[:80]))
        misfit = _find_prompt_misfit(key, template, slot)
        if misfit:
            faults.append(Fault(misfit, key, name))
            continue
        slot_key = keys.build_slot_key(slot, key)
        if slot_key in answerer.used_keys or value in _EMPTY_VALUES:
            continue
        deciding_prompts = set(template.prompts[key].references.values())
        deciding_keys = {
            keys.build_slot_key(slot, prompt) for prompt in deciding_prompts
        }
        if faulty_keys.isdisjoint(deciding_prompts | deciding_keys):
            reason = _explain_not_asked(key, template, in_slot=bool(slot))
            faults.append(Fault(f"{NOT_ASKED_WORDS}; {reason}", slot_key, name))
    return faults


def _find_prompt_misfit(key: str, template: Template, slot: str) -> str:
    """Return why a prompt can have no answer of its own in a file; '' if it can."""
    prompt = template.prompts.get(key)
    replacement = template.find_replacement(key)
    if replacement is not None:
        words = f"{template.id} has no prompt of that name any more: it is {replacement} now"
        misfit = _find_prompt_misfit(replacement, template, slot)
        return "; ".join(filter(None, (words, misfit)))
    if prompt is None:
        suggestion = suggest_known_words(key, list(template.prompts))
        return f"there is no prompt of that name in {template.id}{suggestion}"
    if prompt.kind is PromptKind.ACTIONS:
        table = "[[slots.actions]]" if slot else "[[actions]]"
        return f"promises belong under {table}"
    if prompt.kind is PromptKind.PROMISES:
        return f"corrections belong under {CORRECTIONS_TABLE}"
    return ""


def find_unasked_row_faults(
    file: AnswersFile, talk: Conversation, answerer: FileAnswerer
) -> list[Fault]:
    """Return a fault for each table of the file that is not asked for or names nothing open."""
    open_action_ids = {action.id for action in talk.open_actions}
    open_note_ids = {note.id for note in list_askable_notes(talk)}
    return [
        *_find_unasked_actions(file, talk.template, answerer),
        *_find_unasked_corrections(file, talk, answerer),
        *_find_outcome_row_faults(
            file.review,
            "review",
            "action",
            "an open promise",
            open_action_ids,
            ReviewOutcome,
            _describe_later_promises(talk),
        ),
        *_find_outcome_row_faults(
            file.notes, "notes", "note", "an open note", open_note_ids, NoteOutcome
        ),
    ]


def _describe_later_promises(talk: Conversation) -> dict[int, str]:
    """Return the open promises that the conversation cannot have reviewed, each with the reason.

    By number, they are those that were made or reopened after it.
    """
    reasons = {}
    for action in talk.open_actions:
        opening = find_opening(action.events)
        if opening is not None and opening.on > talk.began_on:
            day = dates.format_long_day(opening.on)
            reasons[action.id] = (
                f"{action.id} was {opening.kind.value} on {day}, after this conversation"
            )
    return reasons


def _find_unasked_actions(
    file: AnswersFile, template: Template, answerer: FileAnswerer
) -> Iterator[Fault]:
    if not file.actions:
        return
    prompt = find_actions_prompt(template)
    if prompt is None:
        words = f"the template {template.id} does not ask for promises"
        yield Fault(words, name="[[actions]]")
    elif prompt.part(1, "what") not in answerer.used_keys:
        words = f"{NOT_ASKED_WORDS}; {_explain_not_asked(prompt, template)}"
        yield Fault(words, prompt, "[[actions]]")


def _find_unasked_corrections(
    file: AnswersFile, talk: Conversation, answerer: FileAnswerer
) -> Iterator[Fault]:
    prompt = find_promises_prompt(talk.template)
    # With no promise due the question is rightly left out, and each row has a fault already.
    if prompt is None or not file.corrections or not talk.due_actions:
        return
    if prompt not in answerer.used_keys:
        words = f"{NOT_ASKED_WORDS}; {_explain_not_asked(prompt, talk.template)}"
        yield Fault(words, prompt, CORRECTIONS_TABLE)


def _find_outcome_row_faults(
    rows: list[dict[str, Any]],
    table: str,
    column: str,
    subject: str,
    known_ids: set[int],
    outcomes: type[StrEnum],
    misfits: Mapping[int, str] = MappingProxyType({}),
) -> Iterator[Fault]:
    """Yield what is wrong with rows that give the outcome of a promise or a note, by its number.

    `misfits` says why some of the known ones do not fit all the same.
    """
    section = table.removesuffix("s")
    earlier_ids: set[int] = set()
    for number, row in enumerate(rows, start=1):
        row_id = row.get(column)
        words = ""
        if type(row_id) is not int:
            words = f"{column}: must be the number of {subject}"
        elif row_id not in known_ids:
            words = f"{column}: {row_id} is not {subject} in this conversation"
        elif row_id in misfits:
            words = f"{column}: {misfits[row_id]}"
        elif row_id in earlier_ids:
            words = f"{column}: {row_id} is listed twice"
        elif row.get("outcome") is None:
            words = f"outcome: must be one of: {' | '.join(outcomes)}"
        if type(row_id) is int:
            earlier_ids.add(row_id)
        if words:
            key = keys.build_section_key(section, row_id)
            yield Fault(words, key, f"[[{table}]] number {number}")


def find_actions_prompt(template: Template) -> AnswerKey | None:
    """Return the key of the prompt that asks for promises; None if there is none."""
    for key, prompt in template.prompts.items():
        if prompt.kind is PromptKind.ACTIONS:
            return keys.parse_key(key)
    return None


def build_action_answers(
    rows: Sequence[Mapping[str, object]], prompt: AnswerKey
) -> dict[str, object]:
    """Return the fields of a file's actions as answers to the questions below `prompt`, by key."""
    answers: dict[str, object] = {}
    for number, row in enumerate(rows, start=1):
        for name, value in row.items():
            answers[prompt.part(number, name)] = value
        # Asked only where the owner is neither of the two; the file says both in one field.
        if "owner" in row:
            answers[prompt.part(number, "owner-name")] = row["owner"]
    return answers


def _explain_not_asked(key: str, template: Template, *, in_slot: bool = False) -> str:
    prompt = template.prompts[key]
    stages = {stage.id: stage for stage in template.stages}
    stage = stages[keys.parse_key(key).stage]
    is_slot_stage = stage.each is not None
    if is_slot_stage and not in_slot:
        return "it is asked in each slot."
    if in_slot and not is_slot_stage:
        return "it is asked once, not in a slot."
    if prompt.when:
        return (
            f"it is asked when {prompt.when.prompt} {describe_when_test(prompt.when)}."
        )
    if prompt.options_from:
        return f"it offers the lines of {prompt.options_from}, which is empty."
    return "nothing leads to this question."


def describe_when_test(when: PromptCondition) -> str:
    """Return when a question is asked, in words: `is below 7`, `is answered`."""
    if when.test == "answered":
        return "is answered" if when.value else "is skipped"
    value = str(when.value)
    if isinstance(when.value, bool):
        value = "yes" if when.value else "no"
    if when.test == "is":
        return f"is {value}"
    return f"is {when.test} {value}"
