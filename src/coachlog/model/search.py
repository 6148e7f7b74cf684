"""What `search` is asked for, and what it finds."""

from datetime import date
from enum import StrEnum
from typing import Any

from coachlog.model.references import PersonRef, SetRef
from coachlog.named_tuples import NamedTuple


class SearchKind(StrEnum):
    """What a hit is a part of."""

    ANSWER = "answer"
    PROMISE = "promise"
    NOTE = "note"
    GOAL = "goal"
    CONVERSATION = "conversation"
    """Its title, or the issue that somebody brought to a meeting."""


class SearchFilters(NamedTuple):
    """What narrows a search; None, and no tags, narrow nothing. Days are the first and the last."""

    person_id: int | None = None
    template: str | None = None
    tag_id: int | None = None
    since: date | None = None
    until: date | None = None
    kind: SearchKind | None = None


class SearchHit(NamedTuple):
    """An entry that has the words; `id` is the number it is opened by, as `session` or `action`.

    `session` and `title` are the conversation it belongs to, if any, and `question` the one that an
    answer answers. The `excerpt` of its text has the words between the places in `marks`.
    """

    kind: SearchKind
    id: int
    on: date
    text: str
    people: tuple[PersonRef, ...] = ()
    set: SetRef | None = None
    session: int | None = None
    title: str = ""
    question: str | None = None
    private: bool = False
    health: bool = False
    excerpt: str = ""
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def with_whom(self) -> str:
        """Return the name of the set, or of the other people; '' for the owner alone."""
        if self.set:
            return self.set.name
        return " and ".join(person.name for person in self.people)


class SearchResult(NamedTuple):
    """The hits to show, and how many `more` there are, `at_least` so many where that is not known.

    Where nothing has the words, `near_words` are spelt much like one of them. A hit that is damaged
    is left out; `damaged_row` is the table and the key of the first such.
    """

    hits: tuple[SearchHit, ...] = ()
    more: int = 0
    at_least: bool = False
    near_words: tuple[str, ...] = ()
    damaged_row: tuple[str, tuple[Any, ...]] | None = None
