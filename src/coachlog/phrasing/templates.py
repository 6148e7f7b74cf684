"""A template in words: whom it is for, and when its questions are asked."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import PurePath

from coachlog.model.templates import (
    FaultyTemplateFile,
    Occurrence,
    Prompt,
    PromptCondition,
    Stage,
    Template,
    TemplateAudience,
)
from coachlog.text import cut_line, format_count
from coachlog.wording import HELP_CONTACT, UNNAMED_PERSON, fill_names

AUDIENCE_WORDS = {
    TemplateAudience.ONE_TO_ONE: "With one other person",
    TemplateAudience.THREE_WAY: "Conversations of three",
    TemplateAudience.SOLO: "Alone",
    TemplateAudience.GROUP: "With a group",
}
OCCURRENCE_WORDS = {
    Occurrence.FIRST: "only the first time",
    Occurrence.AGAIN: "only when it comes back",
}
NO_OCCASION = "Your own, without an occasion"
MAX_LISTED_FILES = 5
MAX_FAULT_LENGTH = 100


def group_by_occasion(
    templates: Sequence[Template],
) -> list[tuple[str, list[Template]]]:
    """Return templates with the heading of each occasion; those not for two, of each audience.

    The order stays as it is; a heading comes back only where its templates are apart.
    """
    groups = groupby(templates, key=_head_template)
    return [(heading, list(members)) for heading, members in groups]


def _head_template(template: Template) -> str:
    if template.audience is not TemplateAudience.ONE_TO_ONE:
        return AUDIENCE_WORDS[template.audience]
    if template.occasion is None:
        return NO_OCCASION
    return template.occasion.capitalize()


def describe_stage(stage: Stage) -> str:
    """Return how often a stage comes up and how long it should take; '' for nothing special."""
    facts = []
    if stage.each:
        facts.append("for each presenter")
    if stage.minutes:
        facts.append(format_count(stage.minutes, "minute"))
    return " · ".join(facts)


def describe_sequels(template: Template) -> list[str]:
    """Return what follows once a template was held: when it comes back, and what to hold next."""
    sentences = []
    if template.again:
        # Imported here, as hardly any template comes back.
        from coachlog.phrasing.recurrences import describe_returns

        sentences.append(f"It comes back after {describe_returns(template.again)}.")
    if template.leads_to:
        sentences.append(f"To hold next: {template.leads_to}.")
    return sentences


def phrase_without_names(words: str, help_contact: str = HELP_CONTACT) -> str:
    """Return the wording of a template with `[name]` and `[you]` where names would be."""
    return fill_names(words, them=UNNAMED_PERSON, me="[you]", help=help_contact)


def describe_stage_condition(template: Template, stage: Stage) -> str:
    """Return the condition that all questions of a stage share, so that it can be stated once.

    '' if there is none, or only one question.
    """
    if len(stage.prompts) < 2:
        return ""
    conditions = {
        describe_prompt_condition(template, prompt) for prompt in stage.prompts
    }
    return conditions.pop() if len(conditions) == 1 else ""


def describe_prompt_condition(template: Template, prompt: Prompt) -> str:
    """Return in words when a prompt is asked: `only if “How sure ...?” is below 7`; '' for always.

    One of a conversation that comes back may be asked `only the first time`.
    """
    conditions = []
    if prompt.only:
        conditions.append(OCCURRENCE_WORDS[prompt.only])
    if prompt.when:
        conditions.append(_describe_earlier_answer(template, prompt.when))
    return "; ".join(conditions)


def _describe_earlier_answer(template: Template, condition: PromptCondition) -> str:
    """Return in words to what answer a prompt is asked."""
    question = phrase_without_names(template.prompts[condition.prompt].ask)
    if condition.test == "answered":
        state = "answered" if condition.value else "skipped"
        return f"only if “{question}” was {state}"
    value = condition.value
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if condition.test == "is":
        return f"only if “{question}” is {value}"
    return f"only if “{question}” is {condition.test} {value}"


def describe_stand_in(template: Template) -> tuple[str, ...]:
    """Return the remark that a template stands in for a faulty one of the owner's; () otherwise."""
    if template.stands_in_for is None:
        return ()
    return (describe_faulty_files([template.stands_in_for]),)


def describe_faulty_files(files: Sequence[FaultyTemplateFile]) -> str:
    """Return the remark that files cannot be used: the first fault of each, and what shows all.

    There must be at least one, and all must be in one folder.
    """
    if len(files) > 1:
        return _list_faulty_files(files)
    file = files[0]
    remark = f"{file.file} cannot be used: {_shorten_fault(file)}"
    if not remark.endswith("…"):
        remark += "."
    if file.builtin_used:
        remark += " The built-in template is used instead."
    command = f"coachlog template check {file.id}".rstrip()
    return f"{remark} To see what to put right: {command}"


def _list_faulty_files(files: Sequence[FaultyTemplateFile]) -> str:
    folder = PurePath(files[0].file).parent
    lines = [f"{len(files)} of your own templates in {folder} cannot be used:"]
    for file in files[:MAX_LISTED_FILES]:
        line = f"  - {PurePath(file.file).name}: {_shorten_fault(file)}"
        if file.builtin_used:
            line += " (the built-in one is used)"
        lines.append(line)
    others_count = len(files) - MAX_LISTED_FILES
    if others_count > 0:
        lines.append(f"  - and {others_count} more")
    lines.append("To see what to put right: coachlog template check")
    return "\n".join(lines)


def _shorten_fault(file: FaultyTemplateFile) -> str:
    return cut_line(file.faults[0], MAX_FAULT_LENGTH)
