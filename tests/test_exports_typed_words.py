"""Whatever was typed, in every field of every page: each format is read as it was typed."""

import pytest

from coachlog.exports import formats
from typed_pages import (
    HARMLESS,
    NASTY,
    READERS,
    TODAY,
    build_pages,
    expect_words,
    normalise,
)

PAGES = tuple(build_pages(HARMLESS))
FORMATS = tuple(formats.list_format_names())


def test_each_format_has_a_reader() -> None:
    assert set(READERS) == set(FORMATS)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("kind", NASTY)
def test_typed_words_are_read_as_often_as_harmless_ones(
    kind: str, page: str, format_name: str
) -> None:
    page_format = formats.find_format(format_name)
    typed = NASTY[kind]
    harmless = page_format.print_contents(build_pages(HARMLESS)[page], TODAY)
    printed = page_format.print_contents(build_pages(typed)[page], TODAY)
    words = expect_words(typed, format_name)
    for read in READERS[format_name]:
        count = read(harmless).count(HARMLESS)
        assert count > 0
        seen = normalise(read(printed))
        assert seen.count(words) == count, seen[:2000]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("kind", NASTY)
def test_no_format_lets_typed_words_control_anything(kind: str, page: str) -> None:
    """No escape, no control character and no mark that turns the writing is in any file of text."""
    contents = build_pages(NASTY[kind])[page]
    for name in ("html", "markdown", "text", "csv"):
        text = formats.find_format(name).print_contents(contents, TODAY).decode()
        controls = {
            letter for letter in text if letter < " " or "\x7f" <= letter < "\xa0"
        }
        assert controls <= {"\n", "\r", "\t"}
        assert not set(text) & {"\u202e", "\u202c", "\u2067", "\u2069"}
