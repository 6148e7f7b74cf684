"""The pages that leave the journal, by what they are of."""

from enum import StrEnum

from coachlog.named_tuples import NamedTuple


class PageKind(StrEnum):
    """What a page is of; the audit log and `export formats` know it by this name."""

    PLAN = "plan"
    HISTORY = "history"
    SESSION = "session"
    SET = "set"
    PROGRESS = "progress"
    PROGRAMME = "programme"
    STORY = "story"
    TEMPLATE = "template"


class FormatSummary(NamedTuple):
    """A format of pages: the suffixes of its files, which pages it prints, and what it is for.

    `missing` is the library that it needs and that is not installed, '' for none.
    """

    name: str
    suffixes: tuple[str, ...]
    pages: tuple[PageKind, ...]
    summary: str
    missing: str = ""
