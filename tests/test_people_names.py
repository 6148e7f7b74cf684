"""Whose a name is: one person however it is typed, found by its parts, listed in its place."""

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachlog.names import matching, spelling
from coachlog.text import build_slug


class Somebody(NamedTuple):
    name: str
    slug: str = ""
    archived: bool = False
    other_handles: tuple[str, ...] = ()


def matches(query: str, *known: str) -> list[str]:
    people = [Somebody(name, f"handle{number}") for number, name in enumerate(known)]
    return [person.name for person in matching.match_by_name(people, query)]


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "Sean O'Brien",
            "Sean O’Brien",
            "sean oʼbrien",
            "SEAN O´BRIEN",
            "Sean O`Brien",
            "Sean OBrien",
        ),
        ("Anne-Marie Obi", "Anne‑Marie Obi", "Anne–Marie Obi", "anne marie obi"),
        (
            "Helen Marsh",
            "Dr Helen Marsh",
            "Dr. Helen Marsh",
            "Prof. Dr. Helen Marsh",
            "HELEN  MARSH",
        ),
        ("Łukasz Nowak", "Lukasz Nowak", "łukasz nowak"),
        ("Øystein Bø", "Oystein Bo"),
        ("Ærø Đurić", "Aero Duric"),
        ("Jörg Strauß", "Jorg Strauss"),
        ("J.P. Hill", "J. P. Hill", "JP Hill"),
        ("Li Wei (Vivian)", "Li Wei Vivian"),
    ],
    ids=lambda spellings: spellings[0],
)
def test_one_name_is_one_person_however_it_is_typed(spellings: tuple[str, ...]) -> None:
    assert len({spelling.build_name_key(name) for name in spellings}) == 1


def test_different_names_stay_apart() -> None:
    different = (
        "Ann Obi",
        "Anna Obi",
        "Ann Obi (ward 7)",
        "Dr",
        "Obi Ann",
        "李雷",
        "李明",
    )
    assert len({spelling.build_name_key(name) for name in different}) == len(different)


NAMES = st.lists(
    st.text(
        st.characters(categories=("Lu", "Ll", "Lo"), exclude_characters="ŉ"), min_size=1
    ),
    min_size=1,
    max_size=4,
)


@given(
    NAMES,
    st.sampled_from("'’ʼ‘"),
    st.sampled_from("-‐‑–"),
    st.sampled_from(["", "Dr ", "Dr. "]),
)
@settings(max_examples=100, deadline=None)
def test_no_way_of_typing_makes_another_person(
    words: list[str], apostrophe: str, hyphen: str, title: str
) -> None:
    plain = f"O'{'-'.join(words)} x"
    typed = f"{title}O{apostrophe}{hyphen.join(words)}  X"
    assert spelling.is_same_name(plain, typed)
    assert matches(typed, "Ann Obi", plain) == [plain]
    assert spelling.build_sort_key(f"{title}{plain}") == spelling.build_sort_key(typed)


@pytest.mark.parametrize(
    ("query", "known", "expected"),
    [
        pytest.param(
            "jones", ("Ann Smith-Jones",), ["Ann Smith-Jones"], id="after-a-hyphen"
        ),
        pytest.param(
            "anne marie", ("Anne-Marie Obi",), ["Anne-Marie Obi"], id="blank-for-hyphen"
        ),
        pytest.param(
            "annemarie", ("Anne-Marie Obi",), ["Anne-Marie Obi"], id="without-hyphen"
        ),
        pytest.param(
            "vivian", ("Li Wei (Vivian)",), ["Li Wei (Vivian)"], id="in-brackets"
        ),
        pytest.param(
            "john doe", ("John David Doe",), ["John David Doe"], id="without-the-middle"
        ),
        pytest.param("doe john", ("John David Doe",), [], id="only-in-order"),
        pytest.param("lukasz", ("Łukasz Nowak",), ["Łukasz Nowak"], id="l-with-stroke"),
        pytest.param(
            "łukasz", ("Lukasz Nowak",), ["Lukasz Nowak"], id="stroke-not-there"
        ),
        pytest.param("oystein", ("Øystein Bø",), ["Øystein Bø"], id="o-with-stroke"),
        pytest.param(
            "obrien", ("Ann Obi", "Sean O'Brien"), ["Sean O'Brien"], id="no-apostrophe"
        ),
        pytest.param("o’br", ("Ann Obi", "Sean O'Brien"), ["Sean O'Brien"], id="curly"),
        pytest.param(
            "brien", ("Sean O'Brien",), ["Sean O'Brien"], id="after-an-apostrophe"
        ),
        pytest.param(
            "dr. marsh", ("Helen Marsh",), ["Helen Marsh"], id="title-not-there"
        ),
        pytest.param(
            "dr jo", ("Jo Hill", "Dr Jo March"), ["Dr Jo March"], id="title-there"
        ),
        pytest.param("ob", ("Rob Hill",), [], id="inside-a-word"),
        pytest.param(
            "jo d",
            ("Jo Ann Dee", "Jo Day"),
            ["Jo Day", "Jo Ann Dee"],
            id="most-alike-first",
        ),
        pytest.param(
            "ann",
            ("Bo Ann", "Annie Hill", "Ann"),
            ["Ann"],
            id="exact-before-beginnings",
        ),
        pytest.param(
            "ann",
            ("Bo Ann", "Annie Hill"),
            ["Annie Hill", "Bo Ann"],
            id="beginning-before-later",
        ),
        pytest.param(
            "shah",
            ("Priya Shah", "Shah Jahan"),
            ["Shah Jahan", "Priya Shah"],
            id="first-name-and-last-name",
        ),
        pytest.param(
            "helen",
            ("Mary Helen Jones", "Dr Helen Marsh"),
            ["Dr Helen Marsh", "Mary Helen Jones"],
            id="after-a-title-and-later",
        ),
        pytest.param(
            "obrien",
            ("Sean O'Brien", "O'Brien, Sean"),
            ["O'Brien, Sean", "Sean O'Brien"],
            id="last-name-first",
        ),
        pytest.param("!", ("Ann",), [], id="no-letters"),
    ],
)
def test_a_name_is_found_by_its_parts(
    query: str, known: tuple[str, ...], expected: list[str]
) -> None:
    assert matches(query, *known) == expected


def test_a_handle_of_before_finds_who_has_it_now() -> None:
    people = [Somebody("Robert Smith", "robert-smith", other_handles=("bob-smith",))]
    for query in ("bob-smith", "Bob Smith", "bob", "bob-s"):
        assert matching.match_by_name(people, query) == people
    assert matching.is_whole_name(people[0], "Bob Smith")
    assert not matching.is_whole_name(people[0], "bob")


def test_the_owner_of_a_name_goes_before_the_owner_of_its_handle() -> None:
    renamed = Somebody("Priya Patel", "priya-shah")
    namesake = Somebody("Priya Shah", "priya-shah-2")
    assert matching.match_by_name([renamed, namesake], "Priya Shah") == [namesake]
    assert matching.match_by_name([renamed, namesake], "priya-shah") == [renamed]
    assert matching.match_by_name([renamed], "Priya Shah") == [renamed]


def test_names_are_listed_where_a_british_reader_looks_for_them() -> None:
    listed = [
        "Åse",
        "Abe",
        "Émile",
        "Eve",
        "Bo",
        "Łukasz",
        "Lydia",
        "O'Brien",
        "Øystein",
        "Obi",
    ]
    assert sorted(listed, key=spelling.build_sort_key) == [
        *(
            "Abe",
            "Åse",
            "Bo",
            "Émile",
            "Eve",
            "Łukasz",
            "Lydia",
            "Obi",
            "O'Brien",
            "Øystein",
        ),
    ]


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        pytest.param("sean o’brien", "Sean O'Brien", True, id="curly"),
        pytest.param("Sean", "Sean O'Brien", True, id="first-name"),
        pytest.param("Dr. Marsh", "Dr Helen Marsh", True, id="title-and-last-name"),
        pytest.param("helen marsh", "Dr Helen Marsh", True, id="without-the-title"),
        pytest.param("Marsh", "Dr Helen Marsh", False, id="last-name-alone"),
        pytest.param("Se", "Sean O'Brien", False, id="part-of-a-word"),
        pytest.param("", "Sean O'Brien", False, id="nothing"),
        pytest.param("Sean", None, False, id="nobody"),
    ],
)
def test_whom_the_owner_of_a_promise_means(
    query: str, name: str | None, expected: bool
) -> None:
    assert matching.is_meant_by(query, name) is expected


@pytest.mark.parametrize(
    "name", ["me", "Them", "you", "none", "ALL", "Nobody", "no-one", "them."]
)
def test_a_word_that_stands_for_a_person_is_nobodys_name(name: str) -> None:
    assert "stands for a person" in (spelling.find_name_fault(name) or "")


@pytest.mark.parametrize("name", ["she", "Mine", "WHO", "Dr. Me", "“them”", '"his"'])
def test_a_stand_in_is_one_with_a_title_or_in_quotes(name: str) -> None:
    fault = spelling.find_name_fault(name) or ""
    assert "stands for a person" in fault
    assert fault.count("“") == 1
    assert '"' not in fault


@pytest.mark.parametrize("name", ["Mr", "Dr.", "Prof. Dr.", "“Miss”"])
def test_a_title_alone_is_no_name(name: str) -> None:
    fault = f"“{name.strip('“”')}” is a title, so the name is missing."
    assert spelling.find_name_fault(name) == fault


def test_those_archived_stand_back_from_those_who_fit_as_well() -> None:
    first, later = Somebody("Shah Jahan", "a"), Somebody("Priya Shah", "b")
    gone_first = first._replace(name="Shah Khan", slug="c", archived=True)
    gone_later = later._replace(name="Ann Shah", slug="d", archived=True)
    people = [gone_later, later, gone_first, first]
    assert matching.match_by_name(people, "shah") == [first, later]
    assert matching.match_by_name(people[:3], "shah") == [gone_first, later]
    assert matching.match_by_name(people[:1], "shah") == [gone_later]


@pytest.mark.parametrize("name", ["?", "", "123", "🎯", "—"])
def test_a_name_needs_a_letter(name: str) -> None:
    assert spelling.find_name_fault(name) == "A name needs a letter."


@pytest.mark.parametrize("name", ["Priya", "李", "Mel", "Al Them", "Ø"])
def test_a_name_with_a_letter_will_do(name: str) -> None:
    assert spelling.find_name_fault(name) is None


# Names among other words on a command line


EVERYONE = (
    *("Ann Obi", "Priya Shah", "Priya Patel", "Andrew Cole", "Sean O’Brien"),
    *("Dr Helen Marsh", "Al", "Al Amin", "Jo-Marie Roy", "Mary Eve Lee"),
)


def people(*known: str) -> list[Somebody]:
    return [Somebody(name, build_slug(name)) for name in known]


@pytest.mark.parametrize(
    ("typed", "name", "rest"),
    [
        pytest.param("ann ask about may", "Ann Obi", "ask about may", id="first-word"),
        pytest.param("ann obi ask", "Ann Obi", "ask", id="whole-name"),
        pytest.param("ann-obi ask", "Ann Obi", "ask", id="handle"),
        pytest.param("priya shah the rota", "Priya Shah", "the rota", id="two-needed"),
        pytest.param("priya s the rota", "Priya Shah", "the rota", id="an-initial"),
        pytest.param(
            "priya sh a rota", "Priya Shah", "a rota", id="shortest-that-does"
        ),
        pytest.param(
            "andrew c a word", "Andrew Cole", "c a word", id="word-not-in-name"
        ),
        pytest.param("andrew a word", "Andrew Cole", "a word", id="an-article"),
        pytest.param("al the rota", "Al", "the rota", id="a-whole-name-of-one-word"),
        pytest.param("al amin the rota", "Al Amin", "the rota", id="longest"),
        pytest.param("dr marsh cover", "Dr Helen Marsh", "cover", id="title"),
        pytest.param("o'brien nights", "Sean O’Brien", "nights", id="apostrophe"),
        pytest.param("ann: obi is away", "Ann Obi", "obi is away", id="colon-ends-it"),
        pytest.param("jo marie roy x", "Jo-Marie Roy", "x", id="hyphen"),
        pytest.param("mary eve lee x", "Mary Eve Lee", "x", id="three-words"),
        pytest.param("ann", "Ann Obi", "", id="nothing-else"),
    ],
)
def test_the_first_words_are_a_name(typed: str, name: str, rest: str) -> None:
    words = typed.split()
    match = matching.find_leading_name(people(*EVERYONE), words)
    assert match is not None
    person, count = match
    assert (person.name, " ".join(words[count:])) == (name, rest)


@pytest.mark.parametrize("typed", ["zoe the rota", "priya the rota", "— x", "the ann"])
def test_the_first_words_are_nobodys_name_or_that_of_several(typed: str) -> None:
    assert matching.find_leading_name(people(*EVERYONE), typed.split()) is None


WORDS = st.lists(st.text(min_size=1, max_size=8), max_size=6)


@given(st.sampled_from(EVERYONE), WORDS)
@settings(max_examples=200, deadline=None)
def test_a_whole_name_before_any_words_is_the_name(name: str, rest: list[str]) -> None:
    """And no word is lost, nor taken for part of a name that it is not in."""
    words = [*f"{name}:".split(), *rest]
    match = matching.find_leading_name(people(*EVERYONE), words)
    assert match is not None
    person, count = match
    assert (person.name, words[count:]) == (name, rest)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param(["ann"], ["Ann Obi"], id="one"),
        pytest.param(["ann", "andrew"], ["Ann Obi", "Andrew Cole"], id="each-a-person"),
        pytest.param(["priya", "shah"], ["Priya Shah"], id="only-together"),
        pytest.param(
            ["priya", "shah", "priya", "patel", "ann"],
            ["Priya Shah", "Priya Patel", "Ann Obi"],
            id="twice-together",
        ),
        pytest.param(
            ["ann", "and", "andrew"], ["Ann Obi", "Andrew Cole"], id="and-is-not-andrew"
        ),
        pytest.param(
            ["ann,", "andrew", "&", "sean"],
            ["Ann Obi", "Andrew Cole", "Sean O’Brien"],
            id="commas",
        ),
        pytest.param(["priya shah", "al"], ["Priya Shah", "Al"], id="in-quotes"),
        pytest.param(["al", "amin"], ["Al Amin"], id="a-whole-name"),
        pytest.param(["amin", "al"], ["Al Amin", "Al"], id="not-a-whole-name"),
        pytest.param(["mary", "lee"], ["Mary Eve Lee"] * 2, id="one-person-twice"),
        pytest.param(["dr", "marsh"], ["Dr Helen Marsh"] * 2, id="title"),
        pytest.param(["and"], [], id="only-and"),
        pytest.param(["ann", "zoe"], None, id="nobody"),
        pytest.param(["priya", "ann"], None, id="several"),
    ],
)
def test_words_are_split_into_names(
    typed: list[str], expected: list[str] | None
) -> None:
    persons = matching.split_into_names(people(*EVERYONE), typed)
    if persons is not None:
        assert [person.name for person in persons] == expected
    else:
        assert expected is None


# A name typed in small letters


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("carla", "Carla"),
        ("amira khan", "Amira Khan"),
        ("sean o'brien", "Sean O'Brien"),
        ("sean o’brien", "Sean O’Brien"),
        ("anne-marie obi", "Anne-Marie Obi"),
        ("dr eva van der berg", "Dr Eva van der Berg"),
        ("van morrison", "Van Morrison"),
        ("j.p. hill", "J.p. Hill"),
        ("amira khan (ward 7)", "Amira Khan (ward 7)"),
        ("łukasz nowak", "Łukasz Nowak"),
        ("ßeta ﬁn", "ßeta ﬁn"),
        ("李伟", "李伟"),
        ("Amira khan", "Amira khan"),
        ("AMIRA KHAN", "AMIRA KHAN"),
        ("bell Hooks", "bell Hooks"),
        ("  amira   khan ", "Amira Khan"),
    ],
)
def test_a_name_in_small_letters_is_proposed_with_capitals(
    typed: str, proposed: str
) -> None:
    assert spelling.propose_name(typed) == proposed


@given(st.text(max_size=40))
def test_a_proposed_name_is_the_same_name(typed: str) -> None:
    proposed = spelling.propose_name(typed)
    assert spelling.propose_name(proposed) == proposed
    assert spelling.is_same_name(proposed, typed)
