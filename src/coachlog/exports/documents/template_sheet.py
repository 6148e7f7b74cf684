"""A template as a sheet to print and take into the room."""

from collections.abc import Iterator, Sequence

from coachlog.exports.markup import escape
from coachlog.model import Prompt, Template
from coachlog.phrasing.templates import AUDIENCES, common_condition, condition, named, stage_facts
from coachlog.templates.kinds import Widget, row_of
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
    row = row_of(prompt.kind)
    options = ("yes", "no") if row.widget is Widget.YESNO else prompt.options
    if "low" in row.fields:
        few = prompt.high - prompt.low <= FEW
        numbers = range(prompt.low, prompt.high + 1) if few else (prompt.low, "...", prompt.high)
        yield " · ".join(map(str, numbers))
    elif row.columns:
        yield _table(row.columns, row.rows)
    elif options:
        yield "\n".join(f"- [ ] {escape(option)}" for option in options)
    else:
        yield "\n\n".join([RULE] * row.rules)


def _table(columns: Sequence[str], rows: int) -> str:
    """Return an empty table to write into."""
    head = [f"| {' | '.join(columns)} |", f"| {' | '.join(['---'] * len(columns))} |"]
    return "\n".join([*head, *[f"{'| ' * len(columns)}|"] * rows])
