"""Notes typed in one piece, as they were understood: read once before they are saved."""

from collections.abc import Iterator, Sequence

from coachlog import dates
from coachlog.answers.captured_notes import Understanding
from coachlog.capture import (
    DOUBT_WORDS,
    UNCLEAR_WORDS,
    CapturedPromise,
    OfferedBullet,
    find_captured_owner,
)
from coachlog.screens import styling
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.renderables import Group, Renderable
from coachlog.screens.texts import Text
from coachlog.text import extract_first_name, format_count

NO_DATE = "no date"


def render_understanding(understanding: Understanding) -> Group:
    """Return what was understood, promise by promise, each with its number and its doubts."""
    return Group(*_list_parts(understanding))


def _list_parts(understanding: Understanding) -> Iterator[Renderable]:
    notes = understanding.notes
    yield styling.format_typed_words(
        f"{understanding.template.title} with {understanding.people_names}", "bold"
    )
    yield _format_facts(understanding)
    if notes.prose:
        yield IndentedBody(styling.format_typed_words(notes.prose))
    for private_note in notes.private_notes:
        words = styling.format_typed_words(private_note)
        yield IndentedBody(words.append("  private", style=styling.SOON))
    if notes.promises:
        yield ""
        yield styling.format_heading(format_count(len(notes.promises), "promise"))
    numbers = understanding.numbers_by_line
    for place, promise in enumerate(notes.promises):
        owner = describe_captured_owner(promise, understanding)
        ids = understanding.ticked_actions.get(place, ())
        number = numbers[notes.promise_lines[place]]
        yield from _render_promise(number, promise, owner, ids)
    if notes.offered:
        yield from _list_offered(understanding)


def _list_offered(understanding: Understanding) -> Iterator[Renderable]:
    """Yield the lines that may be promises, each with the number that makes it one."""
    notes = understanding.notes
    yield ""
    has_private = any(line.is_private for line in notes.offered)
    kept_words = "kept as text or private" if has_private else "kept as text"
    yield Text(
        f"Not taken as promises ({kept_words}). To make one, type its number:", "dim"
    )
    numbers = understanding.numbers_by_line
    for line in notes.offered:
        words = styling.format_typed_words(line.words, styling.QUIET)
        row = Text(f"{numbers[line.line]}  ", styling.QUIET).append(words)
        if line.is_private:
            row.append("  private", styling.SOON)
        owner = describe_captured_owner(line, understanding)
        if owner != "you":
            # What its number would make of it is seen before it is typed.
            row.append(styling.format_typed_words(f"  {owner}’s?", styling.SOON))
        yield IndentedBody(row)


def _format_facts(understanding: Understanding) -> Text:
    """Return when it was, how long, and its tags: `Sunday 29 November 2026 · #handover`."""
    facts = [dates.format_long_day(understanding.held_on)]
    if understanding.minutes:
        facts.append(format_count(understanding.minutes, "minute"))
    facts += [f"#{tag}" for tag in understanding.tags]
    return styling.format_typed_words(" · ".join(facts), styling.QUIET)


def _render_promise(
    number: int, promise: CapturedPromise, owner: str, ids: Sequence[int]
) -> Iterator[Renderable]:
    """Yield a promise; `ids` are the open ones that it may tick off."""
    line = Text().append(f"{number}  ", styling.QUIET)
    line.append(styling.format_typed_words(f"{owner}: ", "bold"))
    line.append(styling.format_typed_words(promise.what))
    yield IndentedBody(line)
    details = styling.format_typed_words(" · ".join(_list_details(promise, ids)))
    yield IndentedBody(details, 5)
    for doubt in promise.doubts:
        words = Text(f"{UNCLEAR_WORDS}: {DOUBT_WORDS[doubt]}", styling.SOON)
        yield IndentedBody(words, 5)
    if len(ids) > 1:
        numbers = " or ".join(map(str, ids))
        doubt_words = f"{UNCLEAR_WORDS}: which is done, {numbers}? It closes none"
        yield IndentedBody(Text(doubt_words, styling.SOON), 5)


def describe_captured_owner(
    promise: CapturedPromise | OfferedBullet, understanding: Understanding
) -> str:
    """Return whose a promise is or would be: `you`, the other's first name, or a whole name.

    With two others it is the whole name of either.
    """
    owner = find_captured_owner(promise, understanding.person_id)
    if owner == "me":
        return "you"
    if owner == "them" and understanding.third_name:
        return understanding.with_whom
    if owner == "them":
        return extract_first_name(understanding.with_whom)
    return owner


def _list_details(promise: CapturedPromise, ids: Sequence[int]) -> Iterator[str]:
    if promise.is_done:
        yield f"done: closes {ids[0]}" if len(ids) == 1 else "done"
    elif promise.due is None:
        yield NO_DATE
    else:
        yield f"by {dates.format_long_day(promise.due)}"
    if promise.done_when:
        yield f"done when: {promise.done_when}"
    if promise.is_private:
        yield "private"
