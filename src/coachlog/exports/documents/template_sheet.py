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
from coachlog.model.templates import Prompt, Stage, Template
from coachlog.phrasing.templates import (
    AUDIENCE_WORDS,
    describe_prompt_condition,
    describe_stage,
    describe_stage_condition,
    phrase_without_names,
)
from coachlog.rules.disclosure import is_private
from coachlog.templates.kinds import Widget, get_kind_row
from coachlog.text import format_count
from coachlog.wording import HELP_CONTACT

MAX_PRINTED_STEPS = 20
"""The most steps of a scale that are printed one by one."""


def build_template_sheet(
    template: Template, help_contact: str = HELP_CONTACT
) -> Document:
    """Return a template as a sheet, with room to write below each question."""
    facts = f"{AUDIENCE_WORDS[template.audience]} · {format_count(template.minutes, 'minute')}"
    blocks: list[Block] = [
        Paragraph((TypedText(template.summary),)),
        Paragraph((Emphasis((PlainText(facts),)),)),
    ]
    for number, stage in enumerate(template.stages, start=1):
        blocks += _build_stage_sheet_blocks(template, stage, number, help_contact)
    if template.source:
        source = Emphasis((PlainText("After: "), TypedText(template.source)))
        blocks.append(Paragraph((source,)))
    return Document((TypedText(template.title),), tuple(blocks))


def _build_stage_sheet_blocks(
    template: Template, stage: Stage, number: int, help_contact: str
) -> Iterator[Block]:
    yield Heading(2, (PlainText(f"{number}. "), TypedText(stage.title)))
    facts = describe_stage(stage)
    if facts:
        yield Paragraph((PlainText(facts[0].upper() + facts[1:]),))
    if stage.guidance:
        guidance = TypedText(phrase_without_names(stage.guidance, help_contact))
        yield Paragraph((Emphasis((guidance,)),))
    shared_condition = describe_stage_condition(template, stage)
    if shared_condition:
        yield Paragraph((TypedText(shared_condition),))
    for prompt in stage.prompts:
        question = TypedText(phrase_without_names(prompt.ask))
        yield Paragraph((StrongText((question,)),))
        # A condition that the whole stage shares is not repeated below each question.
        hints = _list_question_hints(
            template, prompt, help_contact, with_condition=not shared_condition
        )
        if hints:
            yield Paragraph(join_words(hints))
        yield _build_writing_block(prompt)


def _list_question_hints(
    template: Template, prompt: Prompt, help_contact: str, *, with_condition: bool
) -> list[Words]:
    hints: list[Words] = []
    if prompt.help:
        hints.append((TypedText(phrase_without_names(prompt.help, help_contact)),))
    condition = describe_prompt_condition(template, prompt)
    if condition and with_condition:
        hints.append((TypedText(condition),))
    if prompt.options_from:
        hints.append((PlainText("one of those above"),))
    if is_private(prompt):
        hints.append((PlainText("kept private"),))
    return hints


def _build_writing_block(prompt: Prompt) -> Block:
    """Return where the answer goes: numbers, boxes to tick, rows to fill in, or ruled lines."""
    kind_row = get_kind_row(prompt.kind)
    if "low" in kind_row.fields:
        return Paragraph((PlainText(" · ".join(_list_scale_steps(prompt))),))
    if kind_row.columns:
        empty_row: tuple[Words, ...] = ((),) * len(kind_row.columns)
        return Table(kind_row.columns, (empty_row,) * kind_row.empty_rows)
    options = prompt.options
    if kind_row.widget is Widget.YESNO:
        options = ("yes", "no")
    if options:
        tasks = [Task(is_done=False, words=(TypedText(option),)) for option in options]
        return Checklist(tuple(tasks))
    return WritingLines(kind_row.writing_lines)


def _list_scale_steps(prompt: Prompt) -> list[str]:
    """Return the steps of a scale, or its two ends where there are too many to print."""
    if prompt.high - prompt.low > MAX_PRINTED_STEPS:
        return [str(prompt.low), "...", str(prompt.high)]
    return [str(step) for step in range(prompt.low, prompt.high + 1)]
