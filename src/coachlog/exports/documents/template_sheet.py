"""A template as a sheet to print and take into the room."""

from collections.abc import Iterator

from coachlog.exports.blocks import (
    Block,
    Checklist,
    Document,
    Emphasis,
    Heading,
    Paragraph,
    Plain,
    Strong,
    Table,
    Task,
    Typed,
    Words,
    WritingLines,
    joined,
)
from coachlog.model.templates import Prompt, Template
from coachlog.phrasing.templates import AUDIENCES, common_condition, condition, named, stage_facts
from coachlog.templates.kinds import Widget, row_of
from coachlog.text import plural

FEW = 20
"""Steps of a scale, at most, that are printed one by one."""


def template_sheet(template: Template) -> Document:
    """Return a template as a sheet, with room to write under each question."""
    facts = f"{AUDIENCES[template.audience]} · {plural(template.minutes, 'minute')}"
    blocks: list[Block] = [
        Paragraph((Typed(template.summary),)),
        Paragraph((Emphasis((Plain(facts),)),)),
    ]
    for number, stage in enumerate(template.stages, start=1):
        blocks.append(Heading(2, (Plain(f"{number}. "), Typed(stage.title))))
        if often := stage_facts(stage):
            blocks.append(Paragraph((Plain(often[0].upper() + often[1:]),)))
        if stage.guidance:
            blocks.append(Paragraph((Emphasis((Typed(named(stage.guidance)),)),)))
        if common := common_condition(template, stage):
            blocks.append(Paragraph((Typed(common),)))
        for prompt in stage.prompts:
            blocks.append(Paragraph((Strong((Typed(named(prompt.ask)),)),)))
            blocks += _notes(template, prompt, alone=not common)
            blocks.append(_room(prompt))
    if template.source:
        blocks.append(Paragraph((Emphasis((Plain("After: "), Typed(template.source))),)))
    return Document((Typed(template.title),), tuple(blocks))


def _notes(template: Template, prompt: Prompt, *, alone: bool) -> Iterator[Block]:
    """Yield what is said under a question; its condition only where it is its own `alone`."""
    notes: list[Words] = []
    if prompt.help:
        notes.append((Typed(named(prompt.help)),))
    if prompt.when and alone:
        notes.append((Typed(condition(template, prompt)),))
    if prompt.options_from:
        notes.append((Plain("one of those above"),))
    if prompt.private or prompt.health:
        notes.append((Plain("kept private"),))
    if notes:
        yield Paragraph(joined(notes))


def _room(prompt: Prompt) -> Block:
    """Return where the answer goes: numbers, boxes to tick, rows to fill in, or lines."""
    row = row_of(prompt.kind)
    if "low" in row.fields:
        return Paragraph((Plain(" · ".join(_steps(prompt))),))
    if row.columns:
        empty: tuple[Words, ...] = ((),) * len(row.columns)
        return Table(row.columns, (empty,) * row.rows)
    if options := ("yes", "no") if row.widget is Widget.YESNO else prompt.options:
        return Checklist(tuple(Task(False, (Typed(option),)) for option in options))
    return WritingLines(row.rules)


def _steps(prompt: Prompt) -> list[str]:
    if prompt.high - prompt.low > FEW:
        return [str(prompt.low), "...", str(prompt.high)]
    return [str(step) for step in range(prompt.low, prompt.high + 1)]
