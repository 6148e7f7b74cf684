"""The library of templates: as a list, as a page to read before the talk, as a sheet to print."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog.model.templates import Audience, Prompt, Template
from coachlog.phrasing.templates import AUDIENCES, common_condition, condition, named, stage_facts
from coachlog.screens import styling
from coachlog.screens.columns import Columns
from coachlog.templates.kinds import row_of
from coachlog.text import plural

if TYPE_CHECKING:
    from coachlog.templates.advice import Checked

WIDE = 118  # columns; narrower than this, titles would leave the summaries no room


def templates(found: Sequence[Template], width: int) -> Columns:
    """Return templates one a row; the audience stands where it changes."""
    titles = ["title"] if width >= WIDE else []
    made = Columns("id", *titles, "min", "when to choose it", right=("min",))
    audience = None
    for template in found:
        if template.audience != audience:
            if audience is not None:
                made.add_line(Text(""))
            audience = template.audience
            made.add_line(styling.heading(AUDIENCES[audience]))
        summary = styling.typed(template.summary)
        if not template.builtin:
            own = "your own, in place of the built-in one" if template.shadows else "your own"
            summary.append(f" ({own})", style=styling.QUIET)
        title = [styling.typed(template.title)] if titles else []
        id = styling.typed(template.id, "bold")
        made.add_row(id, *title, Text(str(template.minutes)), summary)
    made.add_line(Text(""))
    read = f"Read one before the talk: coachlog template show {found[0].id}"
    made.add_line(Text(read, style=styling.QUIET))
    return made


def template(found: Template) -> Group:
    """Return a template as a page to read before the talk."""
    facts = [AUDIENCES[found.audience].lower(), plural(found.minutes, "minute")]
    facts += [found.source] if found.source else []
    parts: list[RenderableType] = [
        styling.typed(found.title, "bold"),
        styling.typed(found.summary),
        styling.typed(" · ".join(facts), styling.QUIET),
    ]
    if not found.builtin:
        own = ", in place of the built-in one" if found.shadows else ""
        parts.append(Text(f"Your own template{own}.", style=styling.QUIET))
    for number, stage in enumerate(found.stages, start=1):
        head = styling.heading(f"{number}  {stage.title}")
        if often := stage_facts(stage):
            head.append(f"  {often}", style="not bold dim")
        parts += ["", head]
        if stage.guidance:
            parts.append(styling.Indented(styling.typed(named(stage.guidance), "italic"), 3))
        if common := common_condition(found, stage):
            parts.append(styling.Indented(styling.typed(common, styling.QUIET), 3))
        for prompt in stage.prompts:
            parts.append(styling.Indented(_prompt(found, prompt, alone=not common), 3))
    return Group(*parts, "", Text(_next(found), style=styling.QUIET))


def _next(found: Template) -> str:
    if found.audience is Audience.GROUP:
        return f"Hold it: coachlog session new --set NAME --template {found.id}"
    return f"Hold it: coachlog session new --template {found.id}"


def _prompt(template: Template, prompt: Prompt, *, alone: bool) -> Group:
    line = Text("• ").append_text(styling.typed(named(prompt.ask)))
    page = row_of(prompt.kind).page.format(low=prompt.low, high=prompt.high)
    answers = " | ".join(prompt.options) or page
    notes = [answers] if answers else []
    notes += ["private"] if prompt.private or prompt.health else []
    if notes:
        line.append_text(styling.typed(f"  ({'; '.join(notes)})", styling.QUIET))
    parts: list[RenderableType] = [line]
    if prompt.when and alone:
        parts.append(styling.Indented(styling.typed(condition(template, prompt), styling.QUIET)))
    if prompt.help:
        parts.append(styling.Indented(styling.typed(named(prompt.help), styling.QUIET)))
    return Group(*parts)


def checked(found: "Sequence[Checked]") -> Group:
    """Return what was found in each file: its faults, and apart from them the advice."""
    parts: list[RenderableType] = []
    for file, _, faults, advice in found:
        verdict = (
            (f"{plural(len(faults), 'fault')}", styling.BAD) if faults else ("good", styling.GOOD)
        )
        parts.append(styling.typed(f"{file}: ", "bold").append(*verdict))
        grid = Columns("", "")
        for fault in faults:
            grid.add_row(Text("fault", style=styling.BAD), styling.typed(fault))
        for words in advice:
            grid.add_row(Text("advice", style=styling.SOON), styling.typed(words))
        if faults or advice:
            parts.append(styling.Indented(grid))
    return Group(*parts)
