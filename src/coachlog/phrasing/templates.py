"""What a template says of itself: for whom it is, when a question is asked."""

from coachlog.model.templates import Prompt, Stage, Template, TemplateAudience
from coachlog.text import format_count
from coachlog.wording import UNNAMED_PERSON, fill_names

AUDIENCE_WORDS = {
    TemplateAudience.ONE_TO_ONE: "With one other person",
    TemplateAudience.SOLO: "Alone",
    TemplateAudience.GROUP: "With a group",
}


def describe_stage(stage: Stage) -> str:
    """Return how often a stage comes and how long it is to take, '' for nothing special."""
    facts = ["for each who presents"] if stage.each else []
    facts += [format_count(stage.minutes, "minute")] if stage.minutes else []
    return " · ".join(facts)


def phrase_without_names(words: str) -> str:
    return fill_names(words, them=UNNAMED_PERSON, me="[you]")


def describe_stage_condition(template: Template, stage: Stage) -> str:
    """Return the condition under which a whole stage is asked, '' for none; it is told once."""
    conditions = {prompt.when for prompt in stage.prompts}
    if len(stage.prompts) < 2 or len(conditions) > 1 or None in conditions:
        return ""
    return describe_prompt_condition(template, stage.prompts[0])


def describe_prompt_condition(template: Template, prompt: Prompt) -> str:
    """Return in words when a prompt is asked: `only if “How sure ...?” is below 7`."""
    assert prompt.when is not None
    ask = phrase_without_names(template.prompts[prompt.when.prompt].ask)
    if prompt.when.test == "answered":
        return f"only if “{ask}” was {'answered' if prompt.when.value else 'skipped'}"
    test = "" if prompt.when.test == "is" else f"{prompt.when.test} "
    wanted = prompt.when.value
    if isinstance(wanted, bool):
        wanted = "yes" if wanted else "no"
    return f"only if “{ask}” is {test}{wanted}"
