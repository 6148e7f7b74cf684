"""Notes that cannot be private are told without the grammar, and no other is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.capture import private_signs
from coachlog.private_starts import may_begin_private

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
