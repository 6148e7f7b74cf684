"""What an answers file says and no question asked for: each is a fault that says why."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from coachlog.answers import corrections
from coachlog.answers.file_contents import AnswersFile
from coachlog.interview import Conversation, Fault, FileAnswerer, keys
from coachlog.interview.corrections import find_promises_prompt
from coachlog.interview.keys import AnswerKey
from coachlog.model import NoteOutcome, PromptKind
from coachlog.model.records import ReviewOutcome
from coachlog.model.templates import Prompt, PromptCondition, Template
from coachlog.text import clean_line, find_nearest_words


def suggest_known_words(word: str, known_words: tuple[str, ...] | list[str]) -> str:
    """Return what a fault adds about an unknown word: the nearest known one, or all."""
    near = find_nearest_words(word, list(known_words))
    return f"; did you mean “{near[0]}”?" if near else f"; there are {', '.join(known_words)}"


def find_unasked_answer_faults(
    answers: Mapping[str, object],
    template: Template,
    answerer: FileAnswerer,
    earlier_faults: Sequence[Fault],
    slot: str = "",
) -> list[Fault]:
    """Return a fault for each answer that no question asked for; `slot` is that of a meeting.

    What hangs on a faulty answer is none: `known` are the faults found before.
    """
    prompts = template.prompts
    left = []
    for key, value in answers.items():
        name = FileAnswerer.name_key(keys.build_slot_key(slot, clean_line(key)[:80]))
        if key not in prompts:
            words = f"no such prompt in {template.id}{suggest_known_words(key, list(prompts))}"
            left.append(Fault(words, key, name))
        elif prompts[key].kind is PromptKind.ACTIONS:
            table = "[[slots.actions]]" if slot else "[[actions]]"
            left.append(Fault(f"promises are given as {table}", key, name))
        elif prompts[key].kind is PromptKind.PROMISES:
            words = "what is told wrongly is given as [[corrections]]"
            left.append(Fault(words, key, name))
        elif keys.build_slot_key(slot, key) not in answerer.used_keys and value not in (
            None,
            "",
            [],
        ):
            hangs_on = _list_deciding_prompts(prompts[key])
            hangs_on |= {keys.build_slot_key(slot, name) for name in hangs_on}
            if hangs_on & (answerer.faulty_keys | {f.key for f in earlier_faults}):
                continue
            words = f"is not asked here; {_explain_not_asked(key, template, in_slot=bool(slot))}"
            left.append(Fault(words, keys.build_slot_key(slot, key), name))
    return left


def find_unasked_row_faults(
    file: AnswersFile, talk: Conversation, answerer: FileAnswerer
) -> list[Fault]:
    left = []
    prompt = find_actions_prompt(talk.template)
    if file.actions and prompt is None:
        left.append(Fault(f"the template {talk.template.id} asks for none", name="[[actions]]"))
    elif prompt and file.actions and prompt.part(1, "what") not in answerer.used_keys:
        words = f"is not asked here; {_explain_not_asked(prompt, talk.template)}"
        left.append(Fault(words, prompt, "[[actions]]"))
    looked_at = find_promises_prompt(talk.template)
    if file.corrections and talk.due_actions and looked_at and looked_at not in answerer.used_keys:
        words = f"is not asked here; {_explain_not_asked(looked_at, talk.template)}"
        left.append(Fault(words, looked_at, corrections.CORRECTIONS_TABLE))
    promises = {action.id for action in talk.open_actions}
    parked = {note.id for note in talk.notes}
    left.extend(
        _find_outcome_row_faults(
            file.review, ("review", "action"), "an open promise", promises, ReviewOutcome
        )
    )
    left.extend(
        _find_outcome_row_faults(
            file.notes, ("notes", "note"), "a parked note", parked, NoteOutcome
        )
    )
    return left


def _find_outcome_row_faults(
    rows: list[dict[str, Any]],
    names: tuple[str, str],
    subject: str,
    known_ids: set[int],
    outcomes: type[StrEnum],
) -> Iterator[Fault]:
    """Yield what is wrong with rows that say, by its number, what became of something known."""
    table, column = names
    section = {"review": "review", "notes": "note"}[table]
    seen: set[object] = set()
    for number, row in enumerate(rows, start=1):
        one = row.get(column)
        words = ""
        if type(one) is not int:
            words = f"{column}: must be the number of {subject}"
        elif one not in known_ids:
            words = f"{column}: {one} is not {subject} of this conversation"
        elif one in seen:
            words = f"{column}: {one} stands here twice"
        elif row.get("outcome") is None:
            words = f"outcome: must be one of: {' | '.join(outcomes)}"
        seen.add(str(one) if isinstance(one, list | dict) else one)
        if words:
            yield Fault(words, keys.build_section_key(section, one), f"[[{table}]] number {number}")


def find_actions_prompt(template: Template) -> AnswerKey | None:
    """Return the key of the prompt that asks for promises, None if there is none."""
    prompts = template.prompts.items()
    return next((keys.parse_key(key) for key, p in prompts if p.kind is PromptKind.ACTIONS), None)


def build_action_answers(
    rows: Sequence[Mapping[str, object]], prompt: AnswerKey
) -> dict[str, object]:
    """Return the answers that the actions of a file stand for, by question."""
    answers: dict[str, object] = {}
    for number, row in enumerate(rows, start=1):
        answers |= {prompt.part(number, name): value for name, value in row.items()}
        if "owner" in row:
            answers[prompt.part(number, "owner-name")] = row["owner"]
    return answers


def _list_deciding_prompts(prompt: Prompt) -> set[str]:
    """Return the prompts on whose answers it depends whether this one is asked."""
    return {name for name in (prompt.when and prompt.when.prompt, prompt.options_from) if name}


def _explain_not_asked(key: str, template: Template, *, in_slot: bool = False) -> str:
    prompt = template.prompts[key]
    stage = next(one for one in template.stages if prompt in one.prompts)
    if bool(stage.each) is not in_slot:
        place = "in each slot" if stage.each else "once, not in a slot"
        return f"it is asked {place}."
    if prompt.when:
        return f"it is asked when {prompt.when.prompt} {describe_when_test(prompt.when)}."
    if prompt.options_from:
        return f"it offers the lines of {prompt.options_from}, which is empty."
    return "no question leads to it."


def describe_when_test(when: PromptCondition) -> str:
    """Return in words when a question is asked: `is below 7`, `is answered`."""
    if when.test == "answered":
        return "is answered" if when.value else "is skipped"
    test = "is" if when.test == "is" else f"is {when.test}"
    return f"{test} {str(when.value).lower()}"
