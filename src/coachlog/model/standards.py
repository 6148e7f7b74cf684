"""Standards that the owner measures their practice against, and what is on record for each."""

from datetime import date

from coachlog.model.references import PersonRef, SetRef
from coachlog.model.templates import FaultyTemplateFile
from coachlog.named_tuples import NamedTuple

MOST_SOURCES = 3
"""So many answers of each standard are shown on a screen, the newest; `--json` has all."""


class Standard(NamedTuple):
    """One standard of the owner's file, such as `asks-first`; `level` is whom it is for."""

    id: str
    statement: str
    level: str | None = None


class StandardSource(NamedTuple):
    """An answer to a question that a standard is tied to, and where it was given.

    `words` are those of the answer, as far as they may be shown: a mark in place of private ones,
    and nothing of what was said in a set.
    """

    session: int
    held_on: date
    template: str
    title: str
    people: tuple[PersonRef, ...]
    set: SetRef | None
    question: str
    words: str
    private: bool


class StandardTally(NamedTuple):
    """How much is on record for a standard, the newest of the `sources` first.

    Without a `statement` it is not in the owner's file: only questions name it. `people` counts
    those that it was answered with, but for the members of sets.
    """

    id: str
    statement: str | None
    level: str | None
    answers: int
    conversations: int
    people: int
    sources: tuple[StandardSource, ...]

    @property
    def newest_sources(self) -> tuple[StandardSource, ...]:
        """Return those that are shown on a screen."""
        return self.sources[:MOST_SOURCES]


class StandardsView(NamedTuple):
    """What `progress --standards` shows, in the order of the file.

    `file` is where that is, or would be.
    """

    standards: tuple[StandardTally, ...]
    person: PersonRef | None
    since: date | None
    until: date | None
    file: str
    faulty_templates: tuple[FaultyTemplateFile, ...] = ()

    @property
    def private_answers(self) -> int:
        """Return how many answers are on the screen of which only `--private` shows the words."""
        shown = [source for tally in self.standards for source in tally.newest_sources]
        return sum(source.private and not source.set for source in shown)

    @property
    def has_standards(self) -> bool:
        """Return whether the owner's file has any standard."""
        return any(tally.statement is not None for tally in self.standards)
