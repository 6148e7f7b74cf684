"""The library of templates: as a list, as a page to read before the talk, as a sheet to print."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog.model.templates import Prompt, Template, TemplateAudience
from coachlog.phrasing.templates import (
    AUDIENCE_WORDS,
    describe_prompt_condition,
    describe_stage,
    describe_stage_condition,
    phrase_without_names,
)
from coachlog.screens import styling
from coachlog.screens.columns import Columns
from coachlog.templates.kinds import get_kind_row
from coachlog.text import format_count

if TYPE_CHECKING:
    from coachlog.templates.advice import TemplateCheck

WIDTH_WITH_TITLES = 118  # columns; narrower than this, titles would leave the summaries no room


def render_templates(templates: Sequence[Template], width: int) -> Columns:
    """Return templates one a row; the audience stands where it changes."""
    titles = ["title"] if width >= WIDTH_WITH_TITLES else []
    made = Columns("id", *titles, "min", "when to choose it", right=("min",))
    audience = None
    for template in templates:
        if template.audience != audience:
            if audience is not None:
                made.add_line(Text(""))
            audience = template.audience
            made.add_line(styling.format_heading(AUDIENCE_WORDS[audience]))
        summary = styling.format_typed_words(template.summary)
        if not template.builtin:
            own = "your own, in place of the built-in one" if template.shadows else "your own"
            summary.append(f" ({own})", style=styling.QUIET)
        title = [styling.format_typed_words(template.title)] if titles else []
        id = styling.format_typed_words(template.id, "bold")
        made.add_row(id, *title, Text(str(template.minutes)), summary)
    made.add_line(Text(""))
    read = f"Read one before the talk: coachlog template show {templates[0].id}"
    made.add_line(Text(read, style=styling.QUIET))
    return made


def render_template(template: Template) -> Group:
    """Return a template as a page to read before the talk."""
    facts = [AUDIENCE_WORDS[template.audience].lower(), format_count(template.minutes, "minute")]
    facts += [template.source] if template.source else []
    parts: list[RenderableType] = [
        styling.format_typed_words(template.title, "bold"),
        styling.format_typed_words(template.summary),
        styling.format_typed_words(" · ".join(facts), styling.QUIET),
    ]
    if not template.builtin:
        own = ", in place of the built-in one" if template.shadows else ""
        parts.append(Text(f"Your own template{own}.", style=styling.QUIET))
    for number, stage in enumerate(template.stages, start=1):
        head = styling.format_heading(f"{number}  {stage.title}")
        if often := describe_stage(stage):
            head.append(f"  {often}", style="not bold dim")
        parts += ["", head]
        if stage.guidance:
            parts.append(
                styling.IndentedBody(
                    styling.format_typed_words(phrase_without_names(stage.guidance), "italic"), 3
                )
            )
        if common := describe_stage_condition(template, stage):
            parts.append(styling.IndentedBody(styling.format_typed_words(common, styling.QUIET), 3))
        for prompt in stage.prompts:
            parts.append(
                styling.IndentedBody(
                    _render_template_prompt(template, prompt, with_condition=not common), 3
                )
            )
    return Group(*parts, "", Text(_format_hold_command(template), style=styling.QUIET))


def _format_hold_command(template: Template) -> str:
    if template.audience is TemplateAudience.GROUP:
        return f"Hold it: coachlog session new --set NAME --template {template.id}"
    return f"Hold it: coachlog session new --template {template.id}"


def _render_template_prompt(template: Template, prompt: Prompt, *, with_condition: bool) -> Group:
    line = Text("• ").append_text(styling.format_typed_words(phrase_without_names(prompt.ask)))
    page = get_kind_row(prompt.kind).page_hint.format(low=prompt.low, high=prompt.high)
    answers = " | ".join(prompt.options) or page
    notes = [answers] if answers else []
    notes += ["private"] if prompt.private or prompt.health else []
    if notes:
        line.append_text(styling.format_typed_words(f"  ({'; '.join(notes)})", styling.QUIET))
    parts: list[RenderableType] = [line]
    if prompt.when and with_condition:
        parts.append(
            styling.IndentedBody(
                styling.format_typed_words(
                    describe_prompt_condition(template, prompt), styling.QUIET
                )
            )
        )
    if prompt.help:
        parts.append(
            styling.IndentedBody(
                styling.format_typed_words(phrase_without_names(prompt.help), styling.QUIET)
            )
        )
    return Group(*parts)


def render_template_checks(checks: "Sequence[TemplateCheck]") -> Group:
    """Return what was found in each file: its faults, and apart from them the advice."""
    parts: list[RenderableType] = []
    for file, _, faults, advice in checks:
        verdict = (
            (f"{format_count(len(faults), 'fault')}", styling.BAD)
            if faults
            else ("good", styling.GOOD)
        )
        parts.append(styling.format_typed_words(f"{file}: ", "bold").append(*verdict))
        grid = Columns("", "")
        for fault in faults:
            grid.add_row(Text("fault", style=styling.BAD), styling.format_typed_words(fault))
        for words in advice:
            grid.add_row(Text("advice", style=styling.SOON), styling.format_typed_words(words))
        if faults or advice:
            parts.append(styling.IndentedBody(grid))
    return Group(*parts)
