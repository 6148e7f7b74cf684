"""The owner's standards: how much is on record for each, and where."""

from collections.abc import Iterator
from datetime import date

from coachlog import dates
from coachlog.model.standards import StandardSource, StandardsView, StandardTally
from coachlog.screens import styling
from coachlog.screens.columns import render_sentence
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.renderables import Group, Renderable
from coachlog.screens.sections import INDENT, join_parts, wrap_text
from coachlog.screens.texts import Text
from coachlog.text import clean_line, format_count, shorten_text

MOST_WORDS = 160
"""Characters of an answer that are shown; `--json` has all of them."""

COUNT_NOTE = "It counts what was recorded, not how well it was done."
NO_EVIDENCE = "no evidence yet"
SAID_IN_SET = "(said in the set)"
STARTER_LINES = (
    "[[standard]]",
    'id = "asks-first"',
    'statement = "Asks what somebody has thought of before giving advice."',
    'level = "everyone"',
)
TEMPLATE_LINE = 'standard = "asks-first"'
FORMAT_HINT = "More: docs/templates.md and examples/standards.toml"


def render_standards(view: StandardsView, today: date, width: int) -> Group:
    """Return each standard with how much is on record for it, and the newest answers."""
    title = Text("Standards", style="bold")
    if view.person:
        title.append(f" · {clean_line(view.person.name)}")
    parts: list[Renderable] = [title, *styling.render_period(view.since, view.until)]
    if not view.has_standards:
        parts += _render_beginning(view, width)
    if view.standards:
        parts.append(render_sentence(COUNT_NOTE, styling.QUIET))
    for tally in view.standards:
        parts += ["", *_render_standard(tally, today, width)]
    return Group(*parts)


def _render_beginning(view: StandardsView, width: int) -> Iterator[Renderable]:
    """Yield how to begin: where the file goes, and what can be in it."""
    yield from wrap_text(Text(f"No standards yet. They go into {view.file}:"), width)
    for line in STARTER_LINES:
        yield from map(IndentedBody, wrap_text(Text(line), width - INDENT))
    words = "In a template of yours, below the question whose answers are evidence:"
    yield from wrap_text(Text(words), width)
    yield IndentedBody(Text(TEMPLATE_LINE))
    yield from wrap_text(Text(FORMAT_HINT, style=styling.QUIET), width)


def _render_standard(
    tally: StandardTally, today: date, width: int
) -> Iterator[Renderable]:
    """Yield the statement, how much is on record for it, and the newest of that."""
    statement = tally.statement or tally.id
    yield from wrap_text(styling.format_heading(clean_line(statement)), width)
    yield from wrap_text(join_parts(_list_standard_facts(tally)), width)
    for source in tally.newest_sources:
        yield from _render_evidence(source, today, width - INDENT)
    more = tally.answers - len(tally.newest_sources)
    if more > 0:
        yield IndentedBody(Text(f"+ {more} more", style=styling.QUIET))


def _list_standard_facts(tally: StandardTally) -> Iterator[Text]:
    if tally.statement is None:
        yield Text("not in standards.toml", style=styling.SOON)
    else:
        yield Text(tally.id, style=styling.QUIET)
    if tally.level:
        yield Text(clean_line(tally.level), style=styling.QUIET)
    if not tally.answers:
        yield Text(NO_EVIDENCE)
        return
    yield Text(format_count(tally.answers, "answer"))
    yield Text(format_count(tally.conversations, "conversation"))
    if tally.people:
        yield Text(format_count(tally.people, "person", "people"))


def _render_evidence(
    source: StandardSource, today: date, width: int
) -> Iterator[Renderable]:
    """Yield where an answer was given, to which question, and its words as far as shown."""
    facts = (
        Text(dates.format_short_day(source.held_on, today)),
        styling.format_typed_words(_name_company(source)),
        styling.format_typed_words(clean_line(source.title)),
    )
    for line in wrap_text(join_parts(facts), width):
        yield IndentedBody(line)
    question = styling.format_typed_words(clean_line(source.question), styling.QUIET)
    for line in wrap_text(question, width - INDENT):
        yield IndentedBody(line, 2 * INDENT)
    for line in wrap_text(_format_evidence_words(source), width - INDENT):
        yield IndentedBody(line, 2 * INDENT)


def _format_evidence_words(source: StandardSource) -> Text:
    if source.set:
        return Text(SAID_IN_SET, style=styling.QUIET)
    words = shorten_text(clean_line(source.words), MOST_WORDS)
    return styling.mark_private_words(words, private=source.private)


def _name_company(source: StandardSource) -> str:
    """Return who an answer was given with: the name of a set, or of people; '' alone."""
    if source.set:
        return clean_line(source.set.name)
    return " and ".join(clean_line(person.name) for person in source.people)
