"""What an answers file says and no question asked for: each is a fault that says why."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from coachlog.answers import corrections
from coachlog.answers.file_contents import AnswersFile
from coachlog.interview import Conversation, Fault, Scripted, keys
from coachlog.interview.corrections import prompt_of
from coachlog.interview.keys import Key
from coachlog.model import Kind, NoteOutcome
from coachlog.model.records import Outcome
from coachlog.model.templates import Prompt, Template, When
from coachlog.text import line, nearest


def nearby(word: str, known: tuple[str, ...] | list[str]) -> str:
    """Return what a fault adds about an unknown word: the nearest known one, or all."""
    near = nearest(word, list(known))
    return f"; did you mean “{near[0]}”?" if near else f"; there are {', '.join(known)}"


def unasked_answers(
    given: Mapping[str, object],
    template: Template,
    walked: Scripted,
    known: Sequence[Fault],
    slot: str = "",
) -> list[Fault]:
    """Return a fault for each answer that no question asked for; `slot` is that of a meeting.

    What hangs on a faulty answer is none: `known` are the faults found before.
    """
    prompts = template.prompts
    left = []
    for key, value in given.items():
        name = Scripted.name(keys.in_slot(slot, line(key)[:80]))
        if key not in prompts:
            words = f"no such prompt in {template.id}{nearby(key, list(prompts))}"
            left.append(Fault(words, key, name))
        elif prompts[key].kind is Kind.ACTIONS:
            table = "[[slots.actions]]" if slot else "[[actions]]"
            left.append(Fault(f"promises are given as {table}", key, name))
        elif prompts[key].kind is Kind.PROMISES:
            words = "what is told wrongly is given as [[corrections]]"
            left.append(Fault(words, key, name))
        elif keys.in_slot(slot, key) not in walked.used and value not in (None, "", []):
            hangs_on = _hangs_on(prompts[key])
            hangs_on |= {keys.in_slot(slot, name) for name in hangs_on}
            if hangs_on & (walked.faulty | {f.key for f in known}):
                continue
            words = f"is not asked here; {_why_not(key, template, in_slot=bool(slot))}"
            left.append(Fault(words, keys.in_slot(slot, key), name))
    return left


def unasked_rows(file: AnswersFile, talk: Conversation, walked: Scripted) -> list[Fault]:
    left = []
    prompt = actions_prompt(talk.template)
    if file.actions and prompt is None:
        left.append(Fault(f"the template {talk.template.id} asks for none", name="[[actions]]"))
    elif prompt and file.actions and prompt.part(1, "what") not in walked.used:
        words = f"is not asked here; {_why_not(prompt, talk.template)}"
        left.append(Fault(words, prompt, "[[actions]]"))
    looked_at = prompt_of(talk.template)
    if file.corrections and talk.due and looked_at and looked_at not in walked.used:
        words = f"is not asked here; {_why_not(looked_at, talk.template)}"
        left.append(Fault(words, looked_at, corrections.TABLE))
    promises = {action.id for action in talk.promises}
    parked = {note.id for note in talk.notes}
    left.extend(_misfits(file.review, ("review", "action"), "an open promise", promises, Outcome))
    left.extend(_misfits(file.notes, ("notes", "note"), "a parked note", parked, NoteOutcome))
    return left


def _misfits(
    rows: list[dict[str, Any]],
    names: tuple[str, str],
    what: str,
    known: set[int],
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
            words = f"{column}: must be the number of {what}"
        elif one not in known:
            words = f"{column}: {one} is not {what} of this conversation"
        elif one in seen:
            words = f"{column}: {one} stands here twice"
        elif row.get("outcome") is None:
            words = f"outcome: must be one of: {' | '.join(outcomes)}"
        seen.add(str(one) if isinstance(one, list | dict) else one)
        if words:
            yield Fault(words, keys.section(section, one), f"[[{table}]] number {number}")


def actions_prompt(template: Template) -> Key | None:
    """Return the key of the prompt that asks for promises, None if there is none."""
    prompts = template.prompts.items()
    return next((keys.parse(key) for key, p in prompts if p.kind is Kind.ACTIONS), None)


def promised(rows: Sequence[Mapping[str, object]], prompt: Key) -> dict[str, object]:
    """Return the answers that the actions of a file stand for, by question."""
    answers: dict[str, object] = {}
    for number, row in enumerate(rows, start=1):
        answers |= {prompt.part(number, name): value for name, value in row.items()}
        if "owner" in row:
            answers[prompt.part(number, "owner-name")] = row["owner"]
    return answers


def _hangs_on(prompt: Prompt) -> set[str]:
    """Return the prompts on whose answers it depends whether this one is asked."""
    return {name for name in (prompt.when and prompt.when.prompt, prompt.options_from) if name}


def _why_not(key: str, template: Template, *, in_slot: bool = False) -> str:
    prompt = template.prompts[key]
    stage = next(one for one in template.stages if prompt in one.prompts)
    if bool(stage.each) is not in_slot:
        place = "in each slot" if stage.each else "once, not in a slot"
        return f"it is asked {place}."
    if prompt.when:
        return f"it is asked when {prompt.when.prompt} {condition(prompt.when)}."
    if prompt.options_from:
        return f"it offers the lines of {prompt.options_from}, which is empty."
    return "no question leads to it."


def condition(when: When) -> str:
    """Return in words when a question is asked: `is below 7`, `is answered`."""
    if when.test == "answered":
        return "is answered" if when.value else "is skipped"
    test = "is" if when.test == "is" else f"is {when.test}"
    return f"{test} {str(when.value).lower()}"
