"""Typed text: safe to show, easy to compare, never silently changed more than that."""

from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachlog import text

GONE = "\N{REPLACEMENT CHARACTER}"
ANYTHING = st.text(st.characters(exclude_categories=()))
RIGHT_TO_LEFT_OVERRIDE = "\u202e"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("Send Dana the agenda", "Send Dana the agenda", id="plain"),
        pytest.param("", "", id="empty"),
        pytest.param(
            "[bold]no markup[/] :boom: *a* | b", None, id="markup-is-only-text"
        ),
        pytest.param("Zoë Müller 李雷 عمر", None, id="every-script"),
        pytest.param("one\n\ttwo", None, id="newline-and-tab-stay"),
        pytest.param(
            "\x1b[31mred\x1b[0m", f"{GONE}[31mred{GONE}[0m", id="escape-sequence"
        ),
        pytest.param(
            "\x1b]8;;http://a.b\x1b\\link\x1b]8;;\x07",
            f"{GONE}]8;;http://a.b{GONE}\\link{GONE}]8;;{GONE}",
            id="osc-hyperlink",
        ),
        pytest.param(
            "\x9b2J\x9d0;title\x9c", f"{GONE}2J{GONE}0;title{GONE}", id="c1-csi-and-osc"
        ),
        pytest.param(
            "a\x00b\x07c\x08d\x7fe", GONE.join("abcde"), id="nul-bell-backspace-del"
        ),
        pytest.param("a\x85b", f"a{GONE}b", id="next-line"),
        pytest.param(
            f"{RIGHT_TO_LEFT_OVERRIDE}evil\u202c", "evil", id="right-to-left-override"
        ),
        pytest.param("\u200fa\u200eb\u2066c\u2069\u061c", "abc", id="direction-marks"),
        pytest.param("a\u200bb\ufeffc\xadd\u2060e", "abcde", id="invisible"),
        pytest.param("👩\u200d⚕️ 👨\u200d👩\u200d👧", None, id="joiner-inside-emoji"),
        pytest.param("نی\u200cلوفر", None, id="non-joiner-a-script-needs"),
        pytest.param("a\ud800b\udfff", f"a{GONE}b{GONE}", id="lone-surrogates"),
        pytest.param("a\r\nb\rc\n\rd", "a\nb\nc\n\nd", id="line-ends"),
        pytest.param("a\x0bb\x0cc", "a b c", id="line-and-page-breaks-of-word"),
        pytest.param("a\u2028b\u2029c", "a\nb\nc", id="line-and-paragraph-separators"),
    ],
)
def test_clean(words: str, expected: str | None) -> None:
    assert text.clean_text(words) == (words if expected is None else expected)


@given(ANYTHING)
@settings(max_examples=50, deadline=None)
def test_cleaned_text_cannot_steer_a_terminal(anything: str) -> None:
    cleaned = text.clean_text(anything)
    assert {c for c in cleaned if category(c) in {"Cc", "Cs", "Zl", "Zp"}} <= set(
        "\n\t"
    )
    assert {c for c in cleaned if category(c) == "Cf"} <= set("\u200c\u200d")
    assert text.clean_text(cleaned) == cleaned


@given(ANYTHING)
@settings(max_examples=50, deadline=None)
def test_cleaned_text_can_be_written_as_utf_8(anything: str) -> None:
    assert text.clean_text(anything).encode().decode() == text.clean_text(anything)


@given(
    st.text(
        st.characters(exclude_categories=["C", "Zl", "Zp"], include_characters="\n\t")
    )
)
@settings(max_examples=50, deadline=None)
def test_clean_leaves_honest_text_as_it_is(honest: str) -> None:
    assert text.clean_text(honest) == honest


@given(ANYTHING)
@settings(max_examples=50, deadline=None)
def test_a_line_is_one_line_without_doubled_spaces(anything: str) -> None:
    cleaned = text.clean_line(anything)
    assert len(cleaned.splitlines()) <= 1
    assert "  " not in cleaned
    assert cleaned == cleaned.strip() == text.clean_line(cleaned)


@pytest.mark.parametrize(
    ("words", "line", "paragraphs"),
    [
        ("  a \n\n b\t c ", "a b c", "  a\n\n b\t c"),
        ("\r\n\r\na\r\nb\r\n", "a b", "a\nb"),
        ("\n \n", "", ""),
        ("- one\n  - two", "- one - two", "- one\n  - two"),
    ],
)
def test_line_and_paragraphs(words: str, line: str, paragraphs: str) -> None:
    assert (text.clean_line(words), text.clean_paragraphs(words)) == (line, paragraphs)


@given(ANYTHING)
@settings(max_examples=50, deadline=None)
def test_paragraphs_have_no_blank_edges(anything: str) -> None:
    cleaned = text.clean_paragraphs(anything)
    assert not cleaned.startswith("\n")
    assert not cleaned.endswith("\n")
    assert text.clean_paragraphs(cleaned) == cleaned


@pytest.mark.parametrize(
    ("words", "size"),
    [("", 0), ("abc", 3), ("é", 2), ("€", 3), ("🎯", 4), ("\ud800", 3)],
)
def test_size_is_in_bytes(words: str, size: int) -> None:
    assert text.count_bytes(words) == size


@pytest.mark.parametrize(
    ("words", "kib"),
    [
        ("", 0),
        ("a", 1),
        ("a" * 1024, 1),
        ("é" * 513, 2),
        ("a" * 65_536, 64),
        ("a" * 65_537, 65),
    ],
    ids=["nothing", "a-byte", "one", "over-one", "all-that-fits", "a-byte-too-much"],
)
def test_kib_are_rounded_up(words: str, kib: int) -> None:
    assert text.count_kib(words) == kib


@pytest.mark.parametrize(
    "alike",
    [
        ("Priya Shah", "priya  shah", " PRIYA SHAH "),
        ("Zoë", "zoe", "ZOE\u0308"),
        ("Renée", "renee"),
        ("Strauß", "STRAUSS"),
        ("Łukasz", "łukasz"),
        ("İpek", "ipek"),
        ("نی\u200cلوفر", "نیلوفر"),
        ("Ångström", "A\u030angstro\u0308m", "angstrom"),
        ("李雷",),
    ],
    ids=lambda names: names[0],
)
def test_fold_is_the_same_for_names_that_people_think_alike(
    alike: tuple[str, ...],
) -> None:
    assert len({text.fold_text(name) for name in alike}) == 1


def test_fold_keeps_different_names_apart() -> None:
    assert (
        len(
            {
                text.fold_text(name)
                for name in ("Anna", "Anne", "An na", "李雷", "李明", "")
            }
        )
        == 6
    )


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Priya Shah", "priya-shah"),
        ("  Dr. Zoë O'Neill-Baker ", "dr-zoe-o-neill-baker"),
        ("李雷", "李雷"),
        ("Ольга Иванова", "ольга-иванова"),
        ("../../etc/passwd", "etc-passwd"),
        ("--help", "help"),
        ("🎯", ""),
        ("", ""),
        ("a" * 80, "a" * 60),
        ("a" * 59 + " b", "a" * 59),
        ("मीना", "मीना"),
        ("Priya ❤️", "priya"),
        ("❤️", ""),
        ("\u034f", ""),
    ],
)
def test_slug(name: str, slug: str) -> None:
    assert text.build_slug(name) == slug


def _is_mark(character: str) -> bool:
    return category(character)[0] == "M"


@given(ANYTHING)
@settings(max_examples=50, deadline=None)
def test_a_slug_is_safe_as_a_word_of_a_command_and_as_a_file_name(name: str) -> None:
    slug = text.build_slug(name)
    assert len(slug) <= 60
    assert [c for c in slug if c != "-" and not c.isalnum() and not _is_mark(c)] == []
    assert slug == "" or not _is_mark(slug[0])
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert "--" not in slug


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Priya Shah", "Priya"),
        ("Priya", "Priya"),
        ("Dr Priya Shah", "Dr Priya Shah"),
        ("Prof. Li", "Prof. Li"),
        ("", ""),
    ],
)
def test_first_name(name: str, first: str) -> None:
    assert text.extract_first_name(name) == first


@pytest.mark.parametrize(
    ("words", "width", "expected"),
    [
        ("Send the agenda", 15, "Send the agenda"),
        ("Send the agenda", 14, "Send the agen…"),
        ("Send the agenda", 10, "Send the…"),
        ("Send the agenda", 1, "…"),
        ("two\nlines", 20, "two lines"),
        ("", 5, ""),
    ],
)
def test_short(words: str, width: int, expected: str) -> None:
    assert text.shorten_text(words, width) == expected


@pytest.mark.parametrize(
    ("words", "width", "expected"),
    [
        ("Send  the agenda", 16, "Send  the agenda"),
        ("Send  the agenda", 15, "Send  the agen…"),
        ("Send  the agenda", 7, "Send…"),
        ("Send", 1, "…"),
        ("", 1, ""),
    ],
)
def test_cut(words: str, width: int, expected: str) -> None:
    assert text.cut_line(words, width) == expected


@given(ANYTHING, st.integers(1, 40))
@settings(max_examples=50, deadline=None)
def test_what_is_shortened_is_never_longer_than_asked(
    anything: str, width: int
) -> None:
    assert len(text.shorten_text(anything, width)) <= width
    assert len(text.cut_line(anything, width)) <= width


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "0 times"), (1, "once"), (2, "twice"), (3, "3 times")]
)
def test_times(count: int, expected: str) -> None:
    assert text.format_times(count) == expected


@pytest.mark.parametrize(
    ("count", "words", "expected"),
    [
        (1, ("action",), "1 action"),
        (2, ("action",), "2 actions"),
        (0, ("action",), "0 actions"),
        (3, ("person", "people"), "3 people"),
        (1, ("person", "people"), "1 person"),
    ],
)
def test_plural(count: int, words: tuple[str, ...], expected: str) -> None:
    assert text.format_count(count, *words) == expected


@pytest.mark.parametrize(
    ("word", "candidates", "near"),
    [
        ("grwo", ["grow", "oskar", "sbi"], ["grow"]),
        ("Priya", ["Tom Reed", "Priya Shah"], ["Priya Shah"]),
        ("renee", ["Renée Roy", "Rene"], ["Renée Roy", "Rene"]),
        ("a", ["aa", "ba", "ca", "da"], ["aa", "ba", "ca"]),
        ("zzz", ["grow", "oskar"], []),
        ("", ["grow"], []),
        ("grow", [], []),
        ("Shaw", ["Tom Reed", "Priya Shah"], ["Priya Shah"]),
        ("REED", ["Tom Reed", "Priya Shah"], ["Tom Reed"]),
        (
            "priya",
            ["Priya Shah", "Tom Reed", "Priya Patel"],
            ["Priya Shah", "Priya Patel"],
        ),
        (
            "Pryia",
            ["Priya Shah", "Tom Reed", "Priya Patel"],
            ["Priya Shah", "Priya Patel"],
        ),
    ],
)
def test_nearest(word: str, candidates: list[str], near: list[str]) -> None:
    assert text.find_nearest_words(word, candidates) == near


@given(ANYTHING, st.lists(ANYTHING, max_size=5))
@settings(max_examples=50, deadline=None)
def test_nearest_offers_only_what_is_known_and_at_most_three(
    word: str, candidates: list[str]
) -> None:
    near = text.find_nearest_words(word, candidates)
    assert set(near) <= set(candidates)
    assert len(near) == len(set(near)) <= 3
