"""Workshops as a list, and a page about one. Nothing is shown before there are five replies."""

from collections.abc import Sequence
from datetime import date

from coachlog import dates
from coachlog.model.workshops import Workshop, WorkshopResults
from coachlog.phrasing.replies import describe_reply_standing
from coachlog.rules.reply_counts import EXACT_REPLIES, REPLIES_NEEDED
from coachlog.rules.workshop_results import (
    LEAST_USEFUL,
    MOST_USEFUL,
    THEME_QUESTION,
    TRY_QUESTION,
    USEFUL_QUESTION,
)
from coachlog.screens import styling
from coachlog.screens.charts import Marks, draw_bar
from coachlog.screens.columns import Columns, render_sentence
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.renderables import Group, Renderable
from coachlog.screens.reply_bars import (
    ALL_ALIKE,
    BANDS_ONLY,
    PROTECTION,
    render_reply_bars,
)
from coachlog.screens.texts import Text

LONGEST_THEME_BAR = 12
CELLS_WITHOUT_THEME_BAR = 58
HIDDEN_COUNT = f"< {REPLIES_NEEDED}"
HIDDEN_NOTE = (
    f"{HIDDEN_COUNT} is fewer than five, or hidden so that no other can be worked out."
)


def render_workshops(workshops: Sequence[Workshop], today: date) -> Columns:
    """Return workshops one per row: when made, how many replied, how many will try something."""
    names = ("#", "tag", "made", "replies", "will try", "name")
    table = Columns(*names, wide=names[-1])
    for workshop in workshops:
        table.add_row(
            str(workshop.id),
            workshop.tag,
            dates.format_short_day(workshop.made_on, today),
            str(workshop.replies),
            _format_will_try(workshop),
            styling.format_typed_words(workshop.name),
        )
    return table


def _format_will_try(workshop: Workshop) -> Text:
    """Return how many said that they will try: `6 of 10`; else how many replies are missing."""
    if workshop.results is None:
        missing = REPLIES_NEEDED - workshop.replies
        return Text(f"{missing} more needed", style=styling.SOON)
    return Text(f"{workshop.results.will_try} of {workshop.shown}")


def render_workshop(
    workshop: Workshop, today: date, width: int, *, marks: Marks = Marks.BLOCKS
) -> Group:
    """Return one workshop: the replies to each question, or its themes as long as there are few."""
    title = Text(f"Workshop {workshop.id} · ", style="bold")
    title.append_text(styling.format_typed_words(workshop.name, "bold"))
    made_on = dates.format_short_day(workshop.made_on, today)
    title.append(f" · tag {workshop.tag} · made {made_on}", style=styling.QUIET)
    parts: list[Renderable] = [render_sentence(title), ""]
    if workshop.results is None:
        parts += [_render_theme_titles(workshop), ""]
    else:
        parts += _render_workshop_results(
            workshop, workshop.results, width - 2, marks=marks
        )
    standing = describe_reply_standing(workshop.replies, workshop.shown)
    parts.append(render_sentence(standing))
    if workshop.results is not None:
        parts += _render_workshop_limits(workshop.results, workshop.shown)
    return Group(*parts)


def _render_theme_titles(workshop: Workshop) -> Columns:
    table = Columns("", "")
    for number, theme in enumerate(workshop.themes, start=1):
        table.add_row(str(number), styling.format_typed_words(theme.title))
    return table


def _render_workshop_results(
    workshop: Workshop, results: WorkshopResults, width: int, *, marks: Marks
) -> list[Renderable]:
    usefulness = render_reply_bars(
        results.usefulness_bands,
        results.usefulness_counts,
        width,
        meanings=(LEAST_USEFUL, MOST_USEFUL),
        marks=marks,
    )
    will_try = styling.format_share(results.will_try, workshop.shown)
    return [
        *_render_answers(USEFUL_QUESTION, usefulness),
        *_render_answers(
            THEME_QUESTION,
            _render_theme_counts(workshop, results, width, marks=marks),
        ),
        *_render_answers(TRY_QUESTION, Text("yes from ").append_text(will_try)),
    ]


def _render_answers(question: str, answers: Renderable) -> list[Renderable]:
    heading = render_sentence(question, "bold cyan")
    return [heading, IndentedBody(answers), ""]


def _render_theme_counts(
    workshop: Workshop, results: WorkshopResults, width: int, *, marks: Marks
) -> Columns:
    """Return a row for each theme in the order of the cards, with how many people chose it."""
    room = max(0, min(LONGEST_THEME_BAR, width - CELLS_WITHOUT_THEME_BAR))
    table = Columns("", "", "", "")
    for number, theme in enumerate(workshop.themes, start=1):
        count = results.theme_counts[number - 1]
        shown_count = Text(HIDDEN_COUNT, style=styling.QUIET)
        bar = ""
        if count is not None:
            shown_count = Text(str(count))
            bar = draw_bar(count, workshop.shown, room, marks=marks) if room else ""
        title = styling.format_typed_words(theme.title)
        table.add_row(str(number), title, shown_count, Text(bar))
    return table


def _render_workshop_limits(results: WorkshopResults, shown: int) -> list[Renderable]:
    sentences = [PROTECTION]
    if None in results.theme_counts:
        sentences.insert(0, HIDDEN_NOTE)
    if shown < EXACT_REPLIES:
        sentences.insert(0, BANDS_ONLY)
    elif results.usefulness_counts is None:
        sentences.insert(0, ALL_ALIKE)
    return [render_sentence(words, styling.QUIET) for words in sentences]
