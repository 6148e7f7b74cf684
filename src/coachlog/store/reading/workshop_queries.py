"""Queries of workshops: their themes, and what the replies say together."""

from collections.abc import Sequence

from coachlog.errors import NotFound
from coachlog.model.replies import ReplyKey, ValueCounts
from coachlog.model.workshops import Workshop
from coachlog.rules.workshop_results import (
    build_workshop_results,
    count_workshop_choices,
)
from coachlog.store.database import Connection
from coachlog.store.rows import RowReader
from coachlog.store.workshop_themes import parse_stored_themes
from coachlog.text import clean_text, fold_text, join_phrases

WORKSHOP_READER = RowReader(
    Workshop,
    "workshop",
    deferred_fields=("replies", "shown", "results"),
    readers={"themes": parse_stored_themes},
)


def read_workshops(db: Connection) -> list[Workshop]:
    """Return all workshops, the newest first, each with its results if it has any."""
    rows = db.execute(
        f"SELECT {WORKSHOP_READER.columns} FROM workshop ORDER BY id DESC"
    )
    workshops = WORKSHOP_READER.read_all(rows)
    counts = _read_workshop_counts(db)
    return [
        _attach_workshop_results(workshop, *counts[workshop.id])
        for workshop in workshops
    ]


def find_workshop(db: Connection, words: str | None = None) -> Workshop:
    """Return the workshop of this number or name; without words, the newest.

    Raises `NotFound` if there is none, or if the words are in the names of several.
    """
    workshops = read_workshops(db)
    if words is None:
        if not workshops:
            raise NotFound(
                "There is no workshop yet.",
                'To make one: coachlog workshop new "Winter 12" --themes FILE',
            )
        return workshops[0]
    matches = _match_workshops(workshops, words)
    if not matches:
        raise NotFound(
            f"There is no workshop {clean_text(words)}.",
            "`coachlog workshop list` shows them all.",
        )
    if len(matches) > 1:
        numbers = join_phrases([f"{match.id} ({match.name})" for match in matches])
        raise NotFound(
            f"Several workshops have a name like “{clean_text(words)}”: {numbers}.",
            "Use the number.",
        )
    return matches[0]


def _match_workshops(workshops: Sequence[Workshop], words: str) -> list[Workshop]:
    """Return the workshop of this number, or those of this name, or with it in their names."""
    folded = fold_text(words)
    if not folded:
        return []
    matches: list[list[Workshop]] = [[], [], []]
    for workshop in workshops:
        name = fold_text(workshop.name)
        if folded in name:
            matches[2].append(workshop)
        if folded == name:
            matches[1].append(workshop)
        if folded == str(workshop.id):
            matches[0].append(workshop)
    return next(filter(None, matches), [])


def read_workshop_keys(db: Connection) -> list[ReplyKey]:
    """Return the keys of all workshops, the newest first."""
    rows = db.execute("SELECT id, tag, secret, themes FROM workshop ORDER BY id DESC")
    return [
        ReplyKey(
            id, tag, secret, count_workshop_choices(len(parse_stored_themes(themes)))
        )
        for id, tag, secret, themes in rows
    ]


def _read_workshop_counts(db: Connection) -> dict[int, tuple[ValueCounts, int]]:
    """Return for each workshop the counts in its results, and how many replies are waiting."""
    rows = db.execute(
        "SELECT workshop_id, question, shown, waiting FROM workshop_count "
        "ORDER BY workshop_id, question, value"
    )
    counts: dict[int, dict[int, list[int]]] = {}
    waiting: dict[int, int] = {}
    for id, question, in_results, held_back in rows:
        counts.setdefault(id, {}).setdefault(question, []).append(in_results)
        # Every reply answers each question, so the counts of the first add up to the replies.
        if question == 1:
            waiting[id] = waiting.get(id, 0) + held_back
    return {
        id: (tuple(map(tuple, questions.values())), waiting[id])
        for id, questions in counts.items()
    }


def _attach_workshop_results(
    workshop: Workshop, counts: ValueCounts, waiting: int
) -> Workshop:
    result_replies = sum(counts[0])
    workshop = workshop._replace(replies=result_replies + waiting, shown=result_replies)
    if not result_replies:
        return workshop
    return workshop._replace(results=build_workshop_results(counts))
