"""Notes are read whatever was typed, nothing typed is lost, and a promise written is read again."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from types import FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from capture_notation import CONTEXTS, KNOWN, PRIYA, THURSDAY, name_of
from coachlog.capture import (
    ME,
    CaptureContext,
    CapturedNotes,
    CapturedPromise,
    read_notes,
    read_offered,
    read_promise,
    write_promise,
)
from coachlog.model.references import PersonRef
from coachlog.names.spelling import find_name_fault
from coachlog.text import clean_line, clean_text

CONTEXT = CONTEXTS["priya"]
BITS = (
    *(
        "by",
        "on",
        "before",
        "fri",
        "27 nov",
        "2026-11-27",
        "tomorrow",
        "next fri",
        "noon",
    ),
    *("(", ")", "()", "(fri)", "((fri))", "(agenda sent)", "\\", "📅", "12", "2 weeks"),
    *(
        "to",
        "will",
        "I will",
        "I'll",
        "I owe",
        "me:",
        "Priya:",
        "Priya to",
        "Dana",
        "she",
    ),
    *(
        "HR",
        "draft",
        "send",
        "is",
        "ready",
        "or",
        "?",
        "“",
        "a",
        "the",
        ",",
        ";",
        ":",
        "–",
    ),
    *(
        "~",
        "-",
        "•",
        "1.",
        "[ ]",
        "[x]",
        "☐",
        "TODO",
        "AP",
        "Action:",
        "private:",
        "#tag",
    ),
    *("*private*", "(~)", "priv:", "(urgent)", "(done when sent)"),
    *("(private)", "[private]", "#private", "🔒", "~~", "private", "(Dana)", "(Kim)"),
    *("not", "don't", "nothing", "none", "n/a", "ill", "books", "is booking", "might"),
    *("mon am", "cob", "nxt", "said", "going to", "1h 20", "- private", "(~ a)"),
    *("mon", "17/12", "Dana did", "Priya -", "me to", "next 1:1", ". ", "I said I'd"),
    *(
        "[-]",
        "[!]",
        "sends",
        "let me",
        "us",
        "(🔒)",
        "from",
        "ongoing",
        "as above",
    ),
    *(
        "(managers only)",
        "Actions",
        "Not doing:",
        "Todo:",
        "to me",
        "results",
        "-private",
        "  - ",
    ),
    *("35 min", "@priya", "**", "Kim", "today", "tired", "need to", "we"),
)
"""What the grammar knows: texts made of it go where texts of any letters hardly ever do."""

bits = st.sampled_from(BITS) | st.text(max_size=4)
phrases = st.lists(bits, max_size=8).map(" ".join) | st.lists(bits, max_size=8).map(
    "".join
)
lines = phrases | st.text()
texts = st.lists(lines, max_size=8).map("\n".join) | st.text()
words = lines.map(clean_line).filter(bool)
PEOPLE = [PersonRef(person.id, person.name) for person in (PRIYA, *KNOWN)]
promises = st.builds(
    CapturedPromise,
    what=words,
    owner=st.sampled_from([ME, "the team", *PEOPLE]),
    due=st.none() | st.dates(date(1970, 1, 1), date(2199, 12, 31)),
    done_when=st.none() | words,
    is_private=st.booleans(),
    is_done=st.booleans(),
    doubts=st.just(()),
    names_owner=st.just(True),
)
many = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@many
@given(texts, st.sampled_from(sorted(CONTEXTS)))
def test_any_text_is_read(text: str, company: str) -> None:
    notes = read_notes(text, CONTEXTS[company])
    assert isinstance(notes, CapturedNotes)
    assert isinstance(read_promise(text, CONTEXTS[company]), CapturedPromise)
    assert all(promise.what for promise in notes.promises)


@many
@given(promises)
def test_a_promise_written_is_read_again(promise: CapturedPromise) -> None:
    line = write_promise(promise, CONTEXT)
    assert read_promise(line, CONTEXT) == promise
    assert read_notes(line, CONTEXT).promises == (promise,)


@many
@example(CapturedPromise(", Priya to"), date(2020, 1, 1))
@example(CapturedPromise("1", done_when="fri 12 by"), date(2025, 9, 1))
@given(promises, st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_it_is_read_again_on_any_day(promise: CapturedPromise, day: date) -> None:
    context = CONTEXT._replace(held_on=day)
    assert read_promise(write_promise(promise, CONTEXT), context) == promise


@many
@given(words)
def test_what_was_read_is_read_again(typed: str) -> None:
    promise = read_promise(typed, CONTEXT)
    line = write_promise(promise, CONTEXT)
    settled = read_promise(line, CONTEXT)
    assert write_promise(settled, CONTEXT) == line
    assert (settled.what, settled.owner, settled.due, settled.done_when) == (
        promise.what,
        promise.owner,
        promise.due,
        promise.done_when,
    )


names = st.lists(
    st.text(st.characters(categories=["L"]), min_size=2, max_size=8),
    min_size=2,
    max_size=3,
).map(" ".join)


@many
@given(names, words)
def test_any_name_that_is_an_owner_is_read_again(name: str, what: str) -> None:
    """Whatever its script; a name that is nobody's is read as an owner only where it is given."""
    name = clean_line(name)
    context = CONTEXT._replace(owners=(name,))
    if find_name_fault(name) or read_promise(f"{name}: x", CONTEXT).names_owner:
        return
    promise = CapturedPromise(what, name)
    assert read_promise(write_promise(promise, context), context) == promise


def is_kept(line: str, notes: CapturedNotes) -> bool:
    """Return whether a line is in one place of what was read, and only there."""
    places = [
        bool(notes.prose),
        bool(notes.promises),
        bool(notes.private_notes),
        bool(notes.tags or notes.minutes or notes.held_on),
    ]
    return sum(places) == (1 if line.strip() else 0)


@many
@given(lines)
def test_each_line_is_in_one_place(line: str) -> None:
    for part in clean_text(line).split("\n"):
        assert is_kept(part, read_notes(part, CONTEXT))


SYNTAX = {
    *(
        "by",
        "on",
        "before",
        "or",
        "to",
        "will",
        "i",
        "ill",
        "shall",
        "me",
        "myself",
        "her",
    ),
    *(
        "she",
        "he",
        "him",
        "they",
        "them",
        "shell",
        "hell",
        "theyll",
        "priyall",
        "todo",
        "ap",
    ),
    *("done", "when", "managers", "only"),
    *("action", "point", "item", "promise", "private", "x", "o", "going", "gonna"),
}
"""The words of the grammar itself, which need not be in what was read; signs count for nothing."""


def split_letters(text: str) -> Counter[str]:
    """Return how often each word is in a text, by its letters and digits alone."""
    parts = (
        "".join(filter(str.isalnum, part))
        for part in text.casefold().replace(":", " ").split()
    )
    return Counter(part for part in parts if part)


@many
@example(["TODO", "12"], "by")
@example(["by", "by", "on", "12"], "")
@example(["by", "by", "the"], "27 nov")
@given(
    st.lists(st.sampled_from([bit for bit in BITS if bit.isalnum()]), max_size=8), bits
)
def test_the_words_of_a_promise_are_in_it(typed: list[str], bit: str) -> None:
    """All but the marks, the owner and the date, which are in it in another form."""
    line = " ".join(["-", *typed, bit])
    promise = read_promise(line, CONTEXT)
    result = f"{promise.what} {promise.done_when or ''} {name_of(promise.owner)}"
    lost = split_letters(clean_line(line)) - split_letters(result)
    dates = {"fri", "27", "nov", "20261127", "tomorrow", "today", "next", "mon", "nxt"}
    dates.add("the")  # as in “by the 27 nov”
    assert set(lost) <= SYNTAX | (dates if promise.due else set())


@many
@given(texts)
def test_the_text_is_as_it_was_typed(text: str) -> None:
    """Its lines are lines that were typed, in their order, and tidied at their ends alone."""
    typed = [line.rstrip() for line in clean_text(text).split("\n")]
    rest = iter(typed)
    for line in read_notes(text, CONTEXT).prose.split("\n"):
        assert line in rest or line == ""


def is_independent(line: str) -> bool:
    """Return whether nothing in a line counts for those below it."""
    notes = read_notes(line, CONTEXT)
    is_setting = notes.tags or notes.minutes or notes.held_on
    is_heading = read_notes(f"{line}\n- ring HR by fri", CONTEXT).promises[-1:] != (
        CapturedPromise("ring HR", due=date(2026, 11, 20)),
    )
    return not (is_setting or is_heading or line[:1].isspace())


independent_lines = lines.map(clean_line).filter(is_independent)


@many
@given(st.lists(independent_lines, max_size=6))
def test_lines_are_read_by_themselves_and_in_order(typed: list[str]) -> None:
    whole = read_notes("\n".join(typed), CONTEXT)
    parts = [read_notes(line, CONTEXT) for line in typed]
    assert whole.promises == tuple(p for part in parts for p in part.promises)
    assert whole.private_notes == tuple(p for part in parts for p in part.private_notes)
    offered_words = [bullet.words for part in parts for bullet in part.offered]
    assert [bullet.words for bullet in whole.offered] == offered_words
    assert [bullet.number for bullet in whole.offered] == list(
        range(1, len(offered_words) + 1)
    )


@many
@given(texts)
def test_the_numbers_of_lines_are_those_of_the_text(text: str) -> None:
    """So that a choice for a line is a choice for that one."""
    notes = read_notes(text, CONTEXT)
    typed = clean_text(text).split("\n")
    assert list(notes.promise_lines) == sorted(set(notes.promise_lines))
    assert len(notes.promise_lines) == len(notes.promises)
    for bullet in notes.offered:
        # What keeps a line private stands behind its words.
        assert bullet.words.split()[-1] in typed[bullet.line]
        chosen = read_notes(text, CONTEXT, {bullet.line: True})
        assert bullet.line in chosen.promise_lines
        assert read_offered(bullet, CONTEXT).what in {p.what for p in chosen.promises}
    refused = read_notes(text, CONTEXT, dict.fromkeys(notes.promise_lines, False))
    assert refused.promises == ()


@many
@given(
    st.lists(
        st.sampled_from(["Priya:", "she", "HR", "Kim", "draft it", "by fri", "we"])
    )
)
def test_a_promise_of_mine_is_certain_only_where_nobody_else_is_named(
    typed: list[str],
) -> None:
    """The worst fault: a promise in my name that is somebody else's, and no doubt about it."""
    promise = read_promise(" ".join(typed), CONTEXT)
    first = typed[:1]
    if promise.owner == ME and first and first[0] in ("she", "we", "Priya:"):
        assert promise.doubts


@contextmanager
def counting(steps: list[int]) -> Iterator[None]:
    """Count each line of Python that runs meanwhile."""

    def count(_frame: FrameType, event: str, _: Any) -> Callable[..., Any]:
        steps[0] += event == "line"
        return count

    earlier = sys.gettrace()
    sys.settrace(count)
    try:
        yield
    finally:
        sys.settrace(earlier)


def count_steps(text: str) -> int:
    steps = [0]
    with counting(steps):
        read_notes(text, CONTEXT)
    return steps[0]


UNITS = (
    *(
        "a",
        " ",
        "\n",
        "-",
        "- ",
        "\t",
        "(",
        ")",
        "()",
        " ()",
        "\\",
        "\\)",
        "[",
        "[ ] ",
        "~ ",
    ),
    *(
        "#",
        "#a ",
        "(private",
        "(private) ",
        "🔒 ",
        "a ~ ",
        " private",
        "not ",
        "Dana is ",
        "1h 20 ",
        "1. ",
        ":",
        "me: ",
        "Priya:",
        "by ",
        "by fri ",
        "on the ",
        "📅",
        "fri ",
    ),
    *(
        "- by the end of\n",
        "- Priya: a\n",
        "- a by fri\n",
        "on fri\n",
        "35 min\n",
        "Priya:\n",
    ),
    *(
        "@priya ",
        "TODO ",
        "I'll ",
        "“",
        "?",
        "1",
        "é",
        "\u0301",
        "\u200d",
        "送",
        "- P to a\n",
    ),
)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("start", ["", "- ", "- Priya: draft ", "~ "])
def test_reading_takes_steps_in_proportion_to_the_length(start: str, unit: str) -> None:
    """Ten times the text takes at most about ten times the steps, whatever is repeated."""
    count_steps(start + unit * 20)
    small, large = (
        count_steps(start + unit * size + " by fri") for size in (200, 2000)
    )
    assert large <= 11 * small + 2000


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_text_is_read(unit: str) -> None:
    """It would take hours if anything looked back over all of it again and again."""
    text = unit * (200_000 // len(unit))
    assert read_notes(f"- Priya: {text} by fri", CONTEXT) != CapturedNotes()


def test_a_journal_of_many_people_is_asked_once() -> None:
    """The names are put in order for the whole text, not for each line of it."""
    crowd = tuple(
        PRIYA._replace(id=n, name=f"Ann{n} Bo", slug=f"ann{n}-bo") for n in range(600)
    )
    context = CaptureContext(THURSDAY, (), crowd)
    text = "\n".join(f"- Ann{n}: ring HR" for n in range(600))
    steps = [0]
    with counting(steps):
        notes = read_notes(text, context)
    assert len(notes.promises) == 600
    assert steps[0] < 2_000 * 600
