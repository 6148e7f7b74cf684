"""Notes that cannot be private are told without the grammar, and no other is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.capture import private_signs
from coachlog.private_starts import may_be_private, may_begin_private

WORDS = (
    private_signs._PRIVATE_WORDS,
    private_signs._SPOKEN_WORDS,
    private_signs._LOUD_WORDS,
)
SIGNS = st.one_of(
    *(
        st.from_regex(re.compile(words, re.IGNORECASE), fullmatch=True)
        for words in WORDS
    )
)
STARTS = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", " ", "> ", "*", "~", "~ ", "~~"]),
    SIGNS | st.text(max_size=12),
    st.sampled_from([": x", ":", ", x", " x", " - x", "!", ""]),
)


@given(STARTS)
def test_no_sign_is_missed(words: str) -> None:
    if private_signs.take_private_start(words) is not None:
        assert may_begin_private(words)


@given(st.from_regex(re.compile(WORDS[0], re.IGNORECASE), fullmatch=True))
def test_the_signs_are_signs(sign: str) -> None:
    """The test above looks at something."""
    assert private_signs.take_private_start(f"{sign}: x") is not None


@pytest.mark.parametrize(
    ("words", "may"),
    [
        ("ask about leave", False),
        ("Private: ask about leave", True),
        ("PRIVATE she is tired", True),
        ("~ check", True),
        ("thiſ is private: x", True),
        ("privacy training", False),
        ("5 people", True),
        ("", True),
    ],
)
def test_only_plain_first_words_are_told(words: str, may: bool) -> None:
    assert may_begin_private(words) is may


LINES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(
        ["", "- ", "# ", "-", "Ask HR ", "Ask HR (", "ring (it) [", "- [ ] "]
    ),
    SIGNS | st.text(max_size=12),
    st.sampled_from([")", "]", ":", ": x", ", x", " - x", "!", "", "*", " ("]),
    SIGNS | st.just(""),
)


def has_sign(line: str) -> bool:
    """Return whether a pattern of signs finds one, without a look at its words before."""
    return any(
        find(line) is not None
        for find in (
            private_signs._START.match,
            private_signs._TOUCHING_MARK.match,
            private_signs._HEADING.fullmatch,
            private_signs._ANYWHERE.search,
        )
    )


@given(LINES)
def test_a_line_with_a_sign_is_looked_at(line: str) -> None:
    if has_sign(line):
        assert may_be_private(line)


@given(SIGNS)
def test_each_sign_is_looked_at(sign: str) -> None:
    assert may_be_private(sign)


@pytest.mark.parametrize(
    ("line", "may"),
    [
        ("Send the rota by fri", False),
        ("- [ ] Priya: book the room (by noon)", False),
        ("Ring HR ~", True),
        ("Ring HR (Private)", True),
        ("Ring HR 🔒", True),
        ("Café rota", True),
        ("Ask HR about the PVT file", True),
    ],
)
def test_most_lines_are_told_at_once(line: str, may: bool) -> None:
    assert may_be_private(line) is may
