"""A template as a sheet to print and take into the room."""

from collections.abc import Iterator

from coachlog.exports.blocks import (
    Block,
    Checklist,
    Document,
    Emphasis,
    Heading,
    Paragraph,
    PlainText,
    StrongText,
    Table,
    Task,
    TypedText,
    Words,
    WritingLines,
    join_words,
)
from coachlog.model.templates import Prompt, Template
from coachlog.phrasing.templates import (
    AUDIENCE_WORDS,
    describe_prompt_condition,
    describe_stage,
    describe_stage_condition,
    phrase_without_names,
)
from coachlog.templates.kinds import Widget, get_kind_row
from coachlog.text import format_count

MAX_PRINTED_STEPS = 20
"""Steps of a scale, at most, that are printed one by one."""


def build_template_sheet(template: Template) -> Document:
    """Return a template as a sheet, with room to write under each question."""
    facts = f"{AUDIENCE_WORDS[template.audience]} · {format_count(template.minutes, 'minute')}"
    blocks: list[Block] = [
        Paragraph((TypedText(template.summary),)),
        Paragraph((Emphasis((PlainText(facts),)),)),
    ]
    for number, stage in enumerate(template.stages, start=1):
        blocks.append(Heading(2, (PlainText(f"{number}. "), TypedText(stage.title))))
        if often := describe_stage(stage):
            blocks.append(Paragraph((PlainText(often[0].upper() + often[1:]),)))
        if stage.guidance:
            blocks.append(
                Paragraph((Emphasis((TypedText(phrase_without_names(stage.guidance)),)),))
            )
        if common := describe_stage_condition(template, stage):
            blocks.append(Paragraph((TypedText(common),)))
        for prompt in stage.prompts:
            blocks.append(Paragraph((StrongText((TypedText(phrase_without_names(prompt.ask)),)),)))
            blocks += _build_prompt_notes_block(template, prompt, has_own_condition=not common)
            blocks.append(_build_writing_block(prompt))
    if template.source:
        blocks.append(Paragraph((Emphasis((PlainText("After: "), TypedText(template.source))),)))
    return Document((TypedText(template.title),), tuple(blocks))


def _build_prompt_notes_block(
    template: Template, prompt: Prompt, *, has_own_condition: bool
) -> Iterator[Block]:
    """Yield what is said under a question; its condition only where it is its own `alone`."""
    notes: list[Words] = []
    if prompt.help:
        notes.append((TypedText(phrase_without_names(prompt.help)),))
    if prompt.when and has_own_condition:
        notes.append((TypedText(describe_prompt_condition(template, prompt)),))
    if prompt.options_from:
        notes.append((PlainText("one of those above"),))
    if prompt.private or prompt.health:
        notes.append((PlainText("kept private"),))
    if notes:
        yield Paragraph(join_words(notes))


def _build_writing_block(prompt: Prompt) -> Block:
    """Return where the answer goes: numbers, boxes to tick, rows to fill in, or lines."""
    row = get_kind_row(prompt.kind)
    if "low" in row.fields:
        return Paragraph((PlainText(" · ".join(_format_scale_steps(prompt))),))
    if row.columns:
        empty: tuple[Words, ...] = ((),) * len(row.columns)
        return Table(row.columns, (empty,) * row.empty_rows)
    if options := ("yes", "no") if row.widget is Widget.YESNO else prompt.options:
        return Checklist(tuple(Task(False, (TypedText(option),)) for option in options))
    return WritingLines(row.writing_lines)


def _format_scale_steps(prompt: Prompt) -> list[str]:
    if prompt.high - prompt.low > MAX_PRINTED_STEPS:
        return [str(prompt.low), "...", str(prompt.high)]
    return [str(step) for step in range(prompt.low, prompt.high + 1)]
