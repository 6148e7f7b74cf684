"""The library of templates: as a list, as a page to read before the talk, as a sheet to print."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog.markup import escape
from coachlog.model import Audience, Kind, Prompt, Stage, Template
from coachlog.render import look
from coachlog.render.columns import Columns
from coachlog.text import plural
from coachlog.wording import UNNAMED, worded

if TYPE_CHECKING:
    from coachlog.templates.advice import Checked

RULE = "___"  # a rule across the page, to write on
FEW = 20  # steps of a scale that are printed one by one
WIDE = 118  # columns; narrower than this, titles would leave the summaries no room
AUDIENCES = {
    Audience.ONE_TO_ONE: "With one other person",
    Audience.SOLO: "Alone",
    Audience.GROUP: "With a group",
}


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
            made.add_line(look.heading(AUDIENCES[audience]))
        summary = look.typed(template.summary)
        if not template.builtin:
            own = "your own, in place of the built-in one" if template.shadows else "your own"
            summary.append(f" ({own})", style=look.QUIET)
        title = [look.typed(template.title)] if titles else []
        id = look.typed(template.id, "bold")
        made.add_row(id, *title, Text(str(template.minutes)), summary)
    made.add_line(Text(""))
    read = f"Read one before the talk: coachlog template show {found[0].id}"
    made.add_line(Text(read, style=look.QUIET))
    return made


def template(found: Template) -> Group:
    """Return a template as a page to read before the talk."""
    facts = [AUDIENCES[found.audience].lower(), plural(found.minutes, "minute")]
    facts += [found.source] if found.source else []
    parts: list[RenderableType] = [
        look.typed(found.title, "bold"),
        look.typed(found.summary),
        look.typed(" · ".join(facts), look.QUIET),
    ]
    if not found.builtin:
        own = ", in place of the built-in one" if found.shadows else ""
        parts.append(Text(f"Your own template{own}.", style=look.QUIET))
    for number, stage in enumerate(found.stages, start=1):
        head = look.heading(f"{number}  {stage.title}")
        if often := _stage_facts(stage):
            head.append(f"  {often}", style="not bold dim")
        parts += ["", head]
        if stage.guidance:
            parts.append(look.Indented(look.typed(_named(stage.guidance), "italic"), 3))
        if common := _common(found, stage):
            parts.append(look.Indented(look.typed(common, look.QUIET), 3))
        for prompt in stage.prompts:
            parts.append(look.Indented(_prompt(found, prompt, alone=not common), 3))
    return Group(*parts, "", Text(_next(found), style=look.QUIET))


def _next(found: Template) -> str:
    if found.audience is Audience.GROUP:
        return f"Hold it: coachlog session new --set NAME --template {found.id}"
    return f"Hold it: coachlog session new --template {found.id}"


def _stage_facts(stage: Stage) -> str:
    """Return how often a stage comes and how long it is to take, '' for nothing special."""
    facts = ["for each who presents"] if stage.each else []
    facts += [plural(stage.minutes, "minute")] if stage.minutes else []
    return " · ".join(facts)


def _named(words: str) -> str:
    return worded(words, them=UNNAMED, me="[you]")


def _common(template: Template, stage: Stage) -> str:
    """Return the condition under which a whole stage is asked, '' for none; it is told once."""
    conditions = {prompt.when for prompt in stage.prompts}
    if len(stage.prompts) < 2 or len(conditions) > 1 or None in conditions:
        return ""
    return condition(template, stage.prompts[0])


def _prompt(template: Template, prompt: Prompt, *, alone: bool) -> Group:
    line = Text("• ").append_text(look.typed(_named(prompt.ask)))
    kind = {
        Kind.SCALE: f"{prompt.low} to {prompt.high}",
        Kind.CHOICE: " | ".join(prompt.options) or "one of those",
        Kind.CHOICES: " | ".join(prompt.options),
        Kind.YESNO: "yes or no",
        Kind.DATE: "a date",
        Kind.NUMBER: "a number",
        Kind.QUESTIONS: "one a line: open, closed or leading",
        Kind.PROMISES: "your own of the last 13 weeks",
        Kind.ACTIONS: "who, what, by when",
    }.get(prompt.kind)
    notes = [kind] if kind else []
    notes += ["private"] if prompt.private or prompt.health else []
    if notes:
        line.append_text(look.typed(f"  ({'; '.join(notes)})", look.QUIET))
    parts: list[RenderableType] = [line]
    if prompt.when and alone:
        parts.append(look.Indented(look.typed(condition(template, prompt), look.QUIET)))
    if prompt.help:
        parts.append(look.Indented(look.typed(_named(prompt.help), look.QUIET)))
    return Group(*parts)


def condition(template: Template, prompt: Prompt) -> str:
    """Return in words when a prompt is asked: `only if “How sure ...?” is below 7`."""
    assert prompt.when is not None
    asked = {f"{s.id}.{p.id}": p.ask for s in template.stages for p in s.prompts}
    ask = _named(asked[prompt.when.prompt])
    if prompt.when.test == "answered":
        return f"only if “{ask}” was {'answered' if prompt.when.value else 'skipped'}"
    test = "" if prompt.when.test == "is" else f"{prompt.when.test} "
    wanted = prompt.when.value
    if isinstance(wanted, bool):
        wanted = "yes" if wanted else "no"
    return f"only if “{ask}” is {test}{wanted}"


def sheet(found: Template) -> str:
    """Return a template as a markdown sheet to print and take into the room."""
    facts = f"{AUDIENCES[found.audience]} · {plural(found.minutes, 'minute')}"
    blocks = [f"# {escape(found.title)}", f"{escape(found.summary)}", f"*{escape(facts)}*"]
    for number, stage in enumerate(found.stages, start=1):
        blocks.append(f"## {number}. {escape(stage.title)}")
        if often := _stage_facts(stage):
            blocks.append(escape(often[0].upper() + often[1:]))
        if stage.guidance:
            blocks.append(f"*{escape(_named(stage.guidance))}*")
        if common := _common(found, stage):
            blocks.append(escape(common))
        for prompt in stage.prompts:
            blocks += _asked(found, prompt, alone=not common)
    if found.source:
        blocks.append(f"*After: {escape(found.source)}*")
    return "\n\n".join(blocks) + "\n"


def _asked(template: Template, prompt: Prompt, *, alone: bool) -> Iterator[str]:
    yield f"**{escape(_named(prompt.ask))}**"
    notes = [_named(prompt.help)] if prompt.help else []
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


def checked(found: "Sequence[Checked]") -> Group:
    """Return what was found in each file: its faults, and apart from them the advice."""
    parts: list[RenderableType] = []
    for file, _, faults, advice in found:
        verdict = (f"{plural(len(faults), 'fault')}", look.BAD) if faults else ("good", look.GOOD)
        parts.append(look.typed(f"{file}: ", "bold").append(*verdict))
        grid = Columns("", "")
        for fault in faults:
            grid.add_row(Text("fault", style=look.BAD), look.typed(fault))
        for words in advice:
            grid.add_row(Text("advice", style=look.SOON), look.typed(words))
        if faults or advice:
            parts.append(look.Indented(grid))
    return Group(*parts)
