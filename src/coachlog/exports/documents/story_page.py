"""A story of five lines as a page, with nothing on it but these and their headings."""

from collections.abc import Sequence

from coachlog.exports.blocks import (
    Block,
    Document,
    Heading,
    Paragraph,
    PlainText,
    TypedText,
)
from coachlog.phrasing.worth import STORY_HEADINGS


def build_story_page(lines: Sequence[str]) -> Document:
    """Return five lines under their headings; no name, number or day of coachlog's own."""
    blocks: list[Block] = []
    for heading, line in zip(STORY_HEADINGS, lines, strict=True):
        blocks.append(Heading(2, (PlainText(heading),)))
        blocks.append(Paragraph((TypedText(line),)))
    return Document((PlainText("A story of change"),), tuple(blocks))
