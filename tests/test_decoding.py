"""Bytes as text: all of it, or a reason; never a sign in place of what cannot be read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachlog.decoding import UndecodableText, decode_text, has_lone_surrogate

GONE = "\N{REPLACEMENT CHARACTER}"
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be")
MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(words=st.text(st.characters(exclude_characters="\0\ufeff", codec="utf-8")))
@settings(max_examples=50, deadline=None)
def test_any_text_is_read_as_it_was_written(encoding: str, words: str) -> None:
    assert decode_text(MARKS.get(encoding, b"") + words.encode(encoding)) == words


@given(
    st.binary()
    | st.binary().map(b"\xff\xfe".__add__)
    | st.binary().map(b"\xfe\xff".__add__)
)
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_text_or_have_a_reason(data: bytes) -> None:
    fault = None
    text = ""
    try:
        text = decode_text(data)
    except UndecodableText as error:
        fault = error
    if fault is not None:
        assert 0 <= fault.offset < len(data)
        assert f"byte {fault.offset + 1}, " in str(fault)
        return
    assert not has_lone_surrogate(text)
    assert "\0" not in text
    assert any(data == MARKS.get(name, b"") + text.encode(name) for name in ENCODINGS)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(
            b"Zo\xeb",
            "is not UTF-8 text: byte 3, in line 1, cannot be read",
            id="latin",
        ),
        pytest.param(
            b"\xef\xbb\xbfa\nb\xff",
            "is not UTF-8 text: byte 7, in line 2, cannot be read",
            id="after-a-mark",
        ),
        pytest.param(
            b"\xff\xfea\0b",
            "is not UTF-16 text: byte 5, in line 1, cannot be read",
            id="half-a-utf-16-character",
        ),
        pytest.param(
            b"\xfe\xff\xd8\0\0a",
            "is not UTF-16 text: byte 3, in line 1, cannot be read",
            id="half-of-a-pair",
        ),
        pytest.param(
            b"a\0b\0",
            "has zero bytes, as no text has: byte 2, in line 1, cannot be read",
            id="utf-16-without-its-mark",
        ),
        pytest.param(
            b"\xff\xfe\0\0a\0\0\0",
            "has zero bytes, as no text has: byte 3, in line 1, cannot be read",
            id="utf-32",
        ),
        pytest.param(
            "\ud800".encode("utf-8", "surrogatepass"),
            "is not UTF-8 text: byte 1, in line 1, cannot be read",
            id="half-a-character",
        ),
    ],
)
def test_what_is_not_text_is_refused_with_its_place(data: bytes, message: str) -> None:
    with pytest.raises(UndecodableText) as refused:
        decode_text(data)
    assert str(refused.value) == message


def test_a_sign_that_somebody_wrote_stays() -> None:
    assert decode_text(GONE.encode()) == GONE


@given(st.text(st.characters(exclude_categories=())))
@settings(max_examples=50, deadline=None)
def test_half_a_character_is_found(text: str) -> None:
    assert has_lone_surrogate(text) == any(
        "\ud800" <= letter <= "\udfff" for letter in text
    )
