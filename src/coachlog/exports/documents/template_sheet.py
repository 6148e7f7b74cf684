"""A template as a sheet to print and take into the room."""

from collections.abc import Iterator

from coachlog.exports.markup import escape
from coachlog.model import Kind, Prompt, Template
from coachlog.phrasing.templates import AUDIENCES, common_condition, condition, named, stage_facts
from coachlog.text import plural

RULE = "___"  # a rule across the page, to write on
FEW = 20  # steps of a scale that are printed one by one


def sheet(found: Template) -> str:
    """Return a template as a markdown sheet to print and take into the room."""
    facts = f"{AUDIENCES[found.audience]} · {plural(found.minutes, 'minute')}"
    blocks = [f"# {escape(found.title)}", f"{escape(found.summary)}", f"*{escape(facts)}*"]
    for number, stage in enumerate(found.stages, start=1):
        blocks.append(f"## {number}. {escape(stage.title)}")
        if often := stage_facts(stage):
            blocks.append(escape(often[0].upper() + often[1:]))
        if stage.guidance:
            blocks.append(f"*{escape(named(stage.guidance))}*")
        if common := common_condition(found, stage):
            blocks.append(escape(common))
        for prompt in stage.prompts:
            blocks += _asked(found, prompt, alone=not common)
    if found.source:
        blocks.append(f"*After: {escape(found.source)}*")
    return "\n\n".join(blocks) + "\n"


def _asked(template: Template, prompt: Prompt, *, alone: bool) -> Iterator[str]:
    yield f"**{escape(named(prompt.ask))}**"
    notes = [named(prompt.help)] if prompt.help else []
    notes += [condition(template, prompt)] if prompt.when and alone else []
    notes += ["one of those above"] if prompt.options_from else []
    notes += ["kept private"] if prompt.private or prompt.health else []
    if notes:
        yield " · ".join(map(escape, notes))
    options = ("yes", "no") if prompt.kind is Kind.YESNO else prompt.options
    if prompt.kind is Kind.SCALE:
        few = prompt.high - prompt.low <= FEW
        numbers = range(prompt.low, prompt.high + 1) if few else (prompt.low, "...", prompt.high)
        yield " · ".join(map(str, numbers))
    elif prompt.kind is Kind.QUESTIONS:
        yield "\n".join(
            ["| Question | Asked by | Open, closed, leading |", "| --- | --- | --- |"]
            + ["| | | |"] * 6
        )
    elif prompt.kind is Kind.PROMISES:
        yield "\n".join(
            ["| Promise | What really became of it | What tells you |", "| --- | --- | --- |"]
            + ["| | | |"] * 3
        )
    elif prompt.kind is Kind.ACTIONS:
        yield "\n".join(
            ["| What | Who | By | Done when |", "| --- | --- | --- | --- |"] + ["| | | | |"] * 3
        )
    elif options:
        yield "\n".join(f"- [ ] {escape(option)}" for option in options)
    else:
        yield "\n\n".join([RULE] * (3 if prompt.kind is Kind.TEXT else 1))
