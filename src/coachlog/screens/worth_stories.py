"""Stories of five lines as a list, and one of them."""

from collections.abc import Sequence
from datetime import date

from coachlog import dates
from coachlog.model.worth import WorthStory
from coachlog.phrasing.worth import STORY_HEADINGS, STORY_REMARK
from coachlog.screens import styling
from coachlog.screens.columns import Columns, render_sentence
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.renderables import Group, Renderable
from coachlog.screens.texts import Text


def render_worth_stories(stories: Sequence[WorthStory], today: date) -> Columns:
    """Return stories one per row: when written, and how they begin and end."""
    table = Columns("#", "written", "before", "learnt", right=("#",), wide="before")
    for story in stories:
        table.add_row(
            str(story.id),
            dates.format_short_day(story.written_on, today),
            styling.format_typed_words(story.before),
            styling.format_typed_words(story.lesson),
        )
    return table


def render_worth_story(story: WorthStory, today: date) -> Group:
    """Return one story, line by line."""
    title = Text(f"Story {story.id}", style="bold")
    written_on = dates.format_short_day(story.written_on, today)
    title.append(f" · written {written_on}", style=styling.QUIET)
    parts: list[Renderable] = [title, ""]
    for heading, line in zip(STORY_HEADINGS, story.lines, strict=True):
        parts.append(styling.format_heading(heading))
        parts.append(IndentedBody(render_sentence(styling.format_typed_words(line))))
    parts += ["", render_sentence(STORY_REMARK, styling.QUIET)]
    return Group(*parts)
