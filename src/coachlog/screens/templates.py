"""Templates: a list, a page to read before the conversation, and what a check of them says."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from coachlog.model.templates import Prompt, Stage, Template, TemplateAudience
from coachlog.phrasing.templates import (
    AUDIENCE_WORDS,
    describe_prompt_condition,
    describe_sequels,
    describe_stage,
    describe_stage_condition,
    group_by_occasion,
    phrase_without_names,
)
from coachlog.rules.disclosure import is_private
from coachlog.screens import styling
from coachlog.screens.columns import Columns
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.renderables import Group, Renderable
from coachlog.screens.texts import Text
from coachlog.screens.widths import LEAST_TABLE_WIDTH, has_no_end
from coachlog.templates.kinds import get_kind_row
from coachlog.text import format_count
from coachlog.wording import HELP_CONTACT

if TYPE_CHECKING:
    from coachlog.templates.advice import TemplateCheck

WIDTH_WITH_TITLES = 118
"""On a screen narrower than this, a title begins its summary, and has no column."""

PAGE_INDENT = 3

PRIVATE_PROMPTS_NOTE = "private: left out of plans and exports"


def render_templates(templates: Sequence[Template], width: int) -> Columns:
    """Return templates one per row, under a heading for each occasion; a column in a pipe."""
    if has_no_end(width):
        return _build_template_table(templates)
    with_titles = width >= WIDTH_WITH_TITLES or width < LEAST_TABLE_WIDTH
    columns = ["id", "min", "title, and when to choose it"]
    if with_titles:
        columns = ["id", "title", "min", "when to choose it"]
    table = Columns(*columns, right=("min",))
    for heading, members in group_by_occasion(templates):
        table.add_line(styling.format_heading(heading))
        for template in members:
            table.add_row(*_format_template_cells(template, with_title=with_titles))
        table.add_line(Text(""))
    hint = f"Read one before the conversation: coachlog template show {templates[0].id}"
    table.add_line(Text(hint, style=styling.QUIET))
    return table


def _build_template_table(templates: Sequence[Template]) -> Columns:
    """Return templates one per row, its occasion or audience in a column of its own."""
    table = Columns("id", "title", "min", "when to choose it", "for")
    for heading, group in group_by_occasion(templates):
        for template in group:
            id, title, minutes, summary = _format_template_cells(
                template, with_title=True
            )
            table.add_row(id, title, minutes, summary, heading)
    return table


def _format_template_cells(template: Template, *, with_title: bool) -> list[Text]:
    cells = [
        styling.format_typed_words(template.id, "bold"),
        Text(str(template.minutes)),
        _format_template_summary(template),
    ]
    title = styling.format_typed_words(template.title)
    if with_title:
        cells.insert(1, title)
    else:
        cells[-1] = Text.assemble(title, ": ", cells[-1])
    return cells


def _format_template_summary(template: Template) -> Text:
    summary = styling.format_typed_words(template.summary)
    if template.shadows:
        summary.append(" (your own, in place of the built-in one)", style=styling.QUIET)
    elif not template.builtin:
        summary.append(" (your own)", style=styling.QUIET)
    elif template.stands_in_for:
        summary.append(" (built-in: your own cannot be used)", style=styling.QUIET)
    return summary


def render_template(template: Template, help_contact: str = HELP_CONTACT) -> Group:
    """Return a template as a page to read before the conversation."""
    facts = [
        AUDIENCE_WORDS[template.audience].lower(),
        format_count(template.minutes, "minute"),
    ]
    if template.source:
        facts.append(template.source)
    parts: list[Renderable] = [
        styling.format_typed_words(template.title, "bold"),
        styling.format_typed_words(template.summary),
        styling.format_typed_words(" · ".join(facts), styling.QUIET),
    ]
    if template.shadows:
        words = "Your own template, in place of the built-in one."
        parts.append(Text(words, style=styling.QUIET))
    elif not template.builtin:
        parts.append(Text("Your own template.", style=styling.QUIET))
    for words in describe_sequels(template):
        parts.append(styling.format_typed_words(words, styling.QUIET))
    for number, stage in enumerate(template.stages, start=1):
        parts += ["", *_render_template_stage(template, stage, number, help_contact)]
    options = f"--template {template.id}"
    if template.audience is TemplateAudience.GROUP:
        options = f"--set NAME {options}"
    elif template.audience is TemplateAudience.THREE_WAY:
        options = f"--with NAME --with NAME {options}"
    parts.append("")
    if any(map(is_private, template.prompts.values())):
        parts.append(Text(PRIVATE_PROMPTS_NOTE, style=styling.QUIET))
    parts.append(
        Text(f"To use it: coachlog session new {options}", style=styling.QUIET)
    )
    return Group(*parts)


def _render_template_stage(
    template: Template, stage: Stage, number: int, help_contact: str
) -> Iterator[Renderable]:
    """Yield a stage with its guidance and prompts."""
    heading = styling.format_heading(f"{number}  {stage.title}")
    if facts := describe_stage(stage):
        heading.append(f"  {facts}", style="not bold dim")
    yield heading
    if stage.guidance:
        guidance = styling.format_typed_words(
            phrase_without_names(stage.guidance, help_contact), "italic"
        )
        yield IndentedBody(guidance, PAGE_INDENT)
    # A condition that all prompts share is shown once.
    condition = describe_stage_condition(template, stage)
    if condition:
        words = styling.format_typed_words(condition, styling.QUIET)
        yield IndentedBody(words, PAGE_INDENT)
    for prompt in stage.prompts:
        lines = _render_template_prompt(
            template, prompt, help_contact, with_condition=not condition
        )
        yield IndentedBody(lines, PAGE_INDENT)


def _render_template_prompt(
    template: Template, prompt: Prompt, help_contact: str, *, with_condition: bool
) -> Group:
    line = Text("• ").append_text(
        styling.format_typed_words(phrase_without_names(prompt.ask))
    )
    if notes := _format_prompt_notes(prompt):
        line.append_text(styling.format_typed_words(f"  ({notes})", styling.QUIET))
    further_lines = []
    condition = describe_prompt_condition(template, prompt)
    if condition and with_condition:
        further_lines.append(condition)
    if prompt.help:
        further_lines.append(phrase_without_names(prompt.help, help_contact))
    bodies = [
        styling.format_typed_words(words, styling.QUIET) for words in further_lines
    ]
    return Group(line, *map(IndentedBody, bodies))


def _format_prompt_notes(prompt: Prompt) -> str:
    """Return how a prompt is answered and whether it is private: `1 to 10; private`."""
    answers = " | ".join(prompt.options)
    if not answers:
        answers = get_kind_row(prompt.kind).page_hint.format(
            low=prompt.low, high=prompt.high
        )
    privacy = "private" if is_private(prompt) else ""
    standard = f"standard {prompt.standard}" if prompt.standard else ""
    return "; ".join(filter(None, (answers, privacy, standard)))


def render_template_checks(checks: "Sequence[TemplateCheck]") -> Group:
    """Return what a check says of each file: first its faults, then advice."""
    parts: list[Renderable] = []
    for check in checks:
        line = styling.format_typed_words(f"{check.file}: ", "bold")
        if check.faults:
            line.append(format_count(len(check.faults), "error"), styling.BAD)
        else:
            line.append("good", styling.GOOD)
        parts.append(line)
        table = Columns("", "")
        for fault in check.faults:
            table.add_row(
                Text("error", style=styling.BAD), styling.format_typed_words(fault)
            )
        for advice in check.advice:
            table.add_row(
                Text("advice", style=styling.SOON), styling.format_typed_words(advice)
            )
        if check.faults or check.advice:
            parts.append(IndentedBody(table))
    return Group(*parts)
