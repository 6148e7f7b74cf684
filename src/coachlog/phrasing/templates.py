"""A template in words: whom it is for, and when its questions are asked."""

from coachlog.model.templates import Prompt, Stage, Template, TemplateAudience
from coachlog.text import format_count
from coachlog.wording import UNNAMED_PERSON, fill_names

AUDIENCE_WORDS = {
    TemplateAudience.ONE_TO_ONE: "With one other person",
    TemplateAudience.SOLO: "Alone",
    TemplateAudience.GROUP: "With a group",
}


def describe_stage(stage: Stage) -> str:
    """Return how often a stage comes up and how long it should take; '' for nothing special."""
    facts = []
    if stage.each:
        facts.append("for each presenter")
    if stage.minutes:
        facts.append(format_count(stage.minutes, "minute"))
    return " · ".join(facts)


def phrase_without_names(words: str) -> str:
    """Return the wording of a template with `[name]` and `[you]` where names would be."""
    return fill_names(words, them=UNNAMED_PERSON, me="[you]")


def describe_stage_condition(template: Template, stage: Stage) -> str:
    """Return the condition that all questions of a stage share, so that it can be stated once.

    '' if there is none, or only one question.
    """
    if len(stage.prompts) < 2:
        return ""
    first, *others = stage.prompts
    if first.when is None or any(prompt.when != first.when for prompt in others):
        return ""
    return describe_prompt_condition(template, first)


def describe_prompt_condition(template: Template, prompt: Prompt) -> str:
    """Return in words when a prompt is asked: `only if “How sure ...?” is below 7`.

    The prompt must have a condition.
    """
    condition = prompt.when
    assert condition is not None
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
