"""What was read from notes, in words of which the tests and docs/capture.md make their tables."""

from collections.abc import Iterator
from datetime import date

from coachlog.capture import (
    CaptureContext,
    CapturedNotes,
    CapturedPromise,
    OfferedBullet,
    Owner,
)
from coachlog.dates import format_short_day
from coachlog.model.people import Person, Relationship
from coachlog.model.references import PersonRef
from coachlog.text import build_slug

THURSDAY = date(2026, 11, 19)


def person(id: int, name: str, *, archived: bool = False) -> Person:
    return Person(
        id, f"uid-{id}", name, build_slug(name), Relationship.REPORT, archived=archived
    )


PRIYA, DANA, AMIRA = (
    person(1, "Priya Shah"),
    person(2, "Dana Cole"),
    person(3, "Amira Haddad"),
)
KNOWN = (
    DANA,
    AMIRA,
    person(4, "Dr Helen Marsh"),
    person(5, "Mark O'Brien"),
    person(6, "José Núñez"),
    person(7, "Sam Okoro"),
    person(8, "Sam Weir"),
    person(9, "Zoe Lind", archived=True),
)
OWNERS = ("the team",)
CONTEXTS = {
    "priya": CaptureContext(THURSDAY, (PRIYA,), KNOWN, OWNERS),
    "two": CaptureContext(THURSDAY, (PRIYA, DANA), KNOWN[1:], OWNERS),
    "alone": CaptureContext(THURSDAY, (), (PRIYA, *KNOWN), OWNERS),
}
"""Who is in the conversation: Priya, Priya and Dana, or nobody else."""


def describe(notes: CapturedNotes) -> list[str]:
    """Return the whole value of notes, a line for each thing in them."""
    return list(_describe_parts(notes))


def _describe_parts(notes: CapturedNotes) -> Iterator[str]:
    if notes.held_on:
        yield f"held on {notes.held_on}"
    if notes.minutes:
        yield f"{notes.minutes} minutes"
    if notes.tags:
        yield f"tags: {', '.join(notes.tags)}"
    for promise in notes.promises:
        yield describe_promise(promise)
    for words in notes.private_notes:
        yield f"note to oneself: {words}"
    yield from _describe_text(notes.prose, notes.offered)


def _describe_text(prose: str, offered: tuple[OfferedBullet, ...]) -> Iterator[str]:
    if prose:
        for line in prose.split("\n"):
            yield f"text: {line}".rstrip()
    for bullet in offered:
        yield f"offered {bullet.number}: {bullet.words}"


def describe_promise(promise: CapturedPromise) -> str:
    parts = [f"{name_of(promise.owner)}: {promise.what}"]
    if promise.due:
        parts.append(f"by {format_short_day(promise.due, THURSDAY)}")
    if promise.done_when:
        parts.append(f"done when {promise.done_when}")
    if promise.is_private:
        parts.append("private")
    if promise.is_done:
        parts.append("done")
    parts += [f"{doubt}?" for doubt in promise.doubts]
    return "; ".join(parts)


def name_of(owner: Owner) -> str:
    """Return an owner's name; one that was only typed is in quotes."""
    if isinstance(owner, PersonRef):
        return owner.name
    return owner if owner == "me" else f"“{owner}”"
