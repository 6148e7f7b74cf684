"""What words `search` compares, what is typed for it, and what part of a text it shows."""

import sys
from unicodedata import category, combining, is_normalized, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from coachlog.errors import InvalidInput
from coachlog.rules.excerpts import Excerpt, build_excerpt
from coachlog.rules.search_ranking import rank_texts
from coachlog.rules.search_words import LONGEST_WORD, fold_words, list_text_words
from coachlog.rules.searches import (
    SearchTerms,
    build_match,
    parse_search,
    split_typed_line,
)
from coachlog.store.search_labels import (
    label_person,
    label_table,
    label_tag,
    label_template,
)
from coachlog.store.search_schema import SEARCH_SQL

ANY_TEXT = st.text(max_size=80)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("The Rota", ["the", "rota"], id="case"),
        pytest.param("Zoë Ünal café", ["zoe", "unal", "cafe"], id="accents"),
        pytest.param("cafe\u0301s", ["cafes"], id="an-accent-by-itself"),
        pytest.param("Søren Łukasz đ", ["soren", "lukasz", "d"], id="strokes"),
        pytest.param("straße œuvre æ", ["strasse", "oeuvre", "ae"], id="two-letters"),
        pytest.param("ISTANBUL İstanbul ılık", ["istanbul"] * 2 + ["ilik"], id="dots"),
        pytest.param(
            "hand-over co\u2011lead", ["hand", "over", "co", "lead"], id="hyphens"
        ),
        pytest.param("don't don\u2019t don\u02bct", ["don", "t"] * 3, id="apostrophes"),
        pytest.param("snake_case a/b", ["snake", "case", "a", "b"], id="signs"),
        pytest.param("12:30 1.5h", ["12", "30", "1", "5h"], id="numbers"),
        pytest.param("会议记录", ["会", "议", "记", "录"], id="han"),
        pytest.param("rotaの件", ["rota", "の", "件"], id="mixed"),
        pytest.param("👍🏽 great", ["👍", "great"], id="emoji"),
        pytest.param("שָׁלוֹם مُحَمَّد", ["שלום", "محمد"], id="right-to-left"),
        pytest.param("a\u200bb so\u00adft", ["ab", "soft"], id="invisible"),
        pytest.param("ﬁne ﾃｽﾄ", ["fine", "テ", "ス", "ト"], id="compatible"),
        pytest.param("น้ำ ㌀", ["น", "ำ", "㌀"], id="several-letters-in-one"),
        pytest.param(" \0*\"'():^-+ ", [], id="nothing"),
        pytest.param("<b>bold</b>", ["b", "bold", "b"], id="html"),
        pytest.param("x" * 70_000, ["x" * LONGEST_WORD], id="endless"),
    ],
)
def test_the_words_of_a_text(text: str, words: list[str]) -> None:
    assert fold_words(text) == words


def test_fts5_takes_every_letter_of_unicode_as_it_is_folded() -> None:
    """The index and the query agree: what is folded here is one word there, and no other."""
    words = sorted(
        {
            word
            for code in range(sys.maxunicode + 1)
            for word in fold_words(f"a{chr(code)}")
        }
    )
    labels = [label_person(1), label_tag(2), label_table("note"), label_template("a-b")]
    assert not {label[0] for label in labels} & {*"".join(words)}
    words += labels
    with dbapi2.connect(":memory:") as db:
        db.execute(SEARCH_SQL)
        db.execute("CREATE VIRTUAL TABLE v USING fts5vocab(search, 'row')")
        db.execute("INSERT INTO search(words) VALUES (?)", (" ".join(words),))
        assert [term for (term,) in db.execute("SELECT term FROM v")] == sorted(
            words, key=str.encode
        )


def test_all_of_latin_is_found_with_and_without_its_accents() -> None:
    for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00), *range(0x2C60, 0x2C80)]:
        letter = chr(code)
        if category(letter)[0] != "L" or len(letter.swapcase()) > 1:
            continue
        folded = fold_words(f"x{letter}x")
        assert fold_words(f"x{normalize('NFD', letter)}x") == folded, letter
        assert fold_words(f"X{letter.swapcase()}X") == folded, letter
        bare = "".join(c for c in normalize("NFD", letter) if not combining(c))
        assert fold_words(f"x{bare}x") == folded, letter


@given(ANY_TEXT)
def test_each_word_stands_where_it_says(text: str) -> None:
    words = list_text_words(text)
    assert [word.letters for word in words] == fold_words(text)
    places = [place for word in words for place in (word.start, word.end)]
    assert places == sorted(places)
    for word in words:
        assert fold_words(text[word.start : word.end]) == [word.letters]


@given(ANY_TEXT)
def test_folded_words_are_folded_again_to_the_same(text: str) -> None:
    words = fold_words(text)
    assert fold_words(" ".join(words)) == words


def test_a_character_that_is_made_of_several_is_folded_again_to_the_same() -> None:
    for character in map(chr, range(sys.maxunicode + 1)):
        if not is_normalized("NFKD", character):
            words = fold_words(f"a{character}b")
            assert fold_words(" ".join(words)) == words, ascii(character)


# What fits best


@pytest.mark.parametrize(
    ("typed", "texts", "order"),
    [
        pytest.param(["rota"], ["a rota", "rota, rota"], [1, 0], id="more-of-it"),
        pytest.param(["rota"], ["the long rota", "rota"], [1, 0], id="shorter"),
        pytest.param(["rota"], ["a rota", "b Rota", "c rotas"], [0, 1, 2], id="alike"),
        pytest.param(
            ["nights", "rota"],
            ["nights nights nights rota", "nights rota nights rota"],
            [1, 0],
            id="each-of-them",
        ),
        pytest.param(
            ["rota nights"],
            ["rota nights but nights", "rota nights, rota nights"],
            [1, 0],
            id="a-phrase",
        ),
        pytest.param(["rota"], [], [], id="nothing"),
    ],
)
def test_the_best_have_most_of_the_words(
    typed: list[str], texts: list[str], order: list[int]
) -> None:
    assert rank_texts(texts, parse_search(typed)) == order


# What is typed


@pytest.mark.parametrize(
    ("texts", "terms", "match"),
    [
        pytest.param(
            ["rota", "huddle"],
            SearchTerms((("rota",), ("huddle",))),
            '"rota" AND "huddle" *',
            id="all-of-them",
        ),
        pytest.param(
            ["annual leave"],
            SearchTerms((("annual", "leave"),)),
            '"annual leave" *',
            id="a-phrase",
        ),
        pytest.param(
            ["hand-over"],
            SearchTerms((("hand", "over"),)),
            '"hand over" *',
            id="a-hyphen-makes-a-phrase",
        ),
        pytest.param(
            ["rota", "not:summer", "Not:annual leave"],
            SearchTerms((("rota",),), (("summer",), ("annual", "leave"))),
            '("rota" *) NOT ("summer" OR "annual leave")',
            id="not",
        ),
        pytest.param(
            ["a", "b"],
            SearchTerms((("a",), ("b",)), is_open=False),
            '"a" AND "b"',
            id="a-letter-is-a-word",
        ),
        pytest.param(
            ["rota", "rota"], SearchTerms((("rota",),)), '"rota" *', id="twice"
        ),
        pytest.param(
            ['"x" OR y*', "NEAR(a b)", "words:z", "^q"],
            SearchTerms(
                (("x", "or", "y"), ("near", "a", "b"), ("words", "z"), ("q",)),
                is_open=False,
            ),
            '"x or y" AND "near a b" AND "words z" AND "q"',
            id="no-syntax",
        ),
    ],
)
def test_what_typed_words_mean(
    texts: list[str], terms: SearchTerms, match: str
) -> None:
    assert parse_search(texts) == terms
    assert build_match(terms) == match


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        pytest.param(["not:rota"], "only what to leave out", id="only-not"),
        pytest.param(["rota", "not:"], "`not:` is followed by nothing", id="empty-not"),
        pytest.param(["---", "*"], "There is no word in that", id="signs"),
        pytest.param([], "There is no word to search for", id="nothing"),
        pytest.param(["", " "], "There is no word to search for", id="blanks"),
    ],
)
def test_what_cannot_be_searched_for_is_said(texts: list[str], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        parse_search(texts)


@given(st.lists(ANY_TEXT, max_size=4))
def test_no_text_is_syntax(texts: list[str]) -> None:
    try:
        terms = parse_search(texts)
    except InvalidInput:
        return
    with dbapi2.connect(":memory:") as db:
        db.execute(SEARCH_SQL)
        whole = " ".join(word for phrase in terms.phrases for word in phrase)
        db.execute("INSERT INTO search(words) VALUES (?)", (whole,))
        found = db.execute(
            "SELECT count(*) FROM search WHERE search MATCH ?", (build_match(terms),)
        ).fetchone()
    assert found == (1,) or terms.unwanted_phrases


def test_a_typed_line_is_parted_as_a_shell_does() -> None:
    assert split_typed_line('rota “annual leave" not:"bank holiday" don’t') == [
        *("rota", '“annual leave"', 'not:"bank holiday"', "don’t")
    ]


# Excerpts

LONG = "First of all the weather. " * 20
TERMS = parse_search(["rota", "huddle"])


@pytest.mark.parametrize(
    ("text", "texts", "excerpt"),
    [
        pytest.param(
            "The rota.", ["rota"], Excerpt("The rota.", ((4, 8),)), id="short"
        ),
        pytest.param(
            "Handovers, handover", ["hand"],
            Excerpt("Handovers, handover", ((0, 9), (11, 19))), id="beginnings",
        ),
        pytest.param(
            "leave annual leave", ["annual leave", "annual"],
            Excerpt("leave annual leave", ((6, 18),)), id="only-the-phrase",
        ),
        pytest.param(
            "One\n\nRøta", ["rota"], Excerpt("One Røta", ((4, 8),)), id="on-one-line"
        ),
        pytest.param("Nothing", ["rota"], Excerpt("Nothing"), id="no-match"),
    ],
)  # fmt: skip
def test_an_excerpt(text: str, texts: list[str], excerpt: Excerpt) -> None:
    assert build_excerpt(text, parse_search(texts)) == excerpt


def test_an_excerpt_shows_the_part_with_most_of_the_words() -> None:
    text = f"The rota. {LONG}The huddle and the rota again. {LONG}"
    excerpt = build_excerpt(text, TERMS, 60)
    marked = [excerpt.words[start:end] for start, end in excerpt.marks]
    assert marked == ["huddle", "rota"]
    assert excerpt.words.startswith("… ")
    assert excerpt.words.endswith(" …")
    assert len(excerpt.words) <= 64


@given(ANY_TEXT, st.lists(ANY_TEXT, min_size=1, max_size=3), st.integers(5, 40))
def test_an_excerpt_is_a_part_of_its_text(
    text: str, texts: list[str], length: int
) -> None:
    try:
        terms = parse_search(texts)
    except InvalidInput:
        return
    excerpt = build_excerpt(text, terms, length)
    assert len(excerpt.words) <= length + 4
    ends = [place for mark in excerpt.marks for place in mark]
    assert ends == sorted(ends)
    assert all(0 <= place <= len(excerpt.words) for place in ends)


@pytest.mark.parametrize(
    ("typed", "last_words", "match"),
    [
        (["rota"], ["rota", "rotas"], '("rota" OR "rotas")'),
        (["a rota", "b ro"], ["ro", "rota"], '"a rota" AND ("b ro" OR "b rota")'),
        (["ro", "not:x"], ["ro"], '(("ro")) NOT ("x")'),
    ],
)
def test_the_last_word_may_be_one_of_a_few(
    typed: list[str], last_words: list[str], match: str
) -> None:
    assert build_match(parse_search(typed), last_words) == match
