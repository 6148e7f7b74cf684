"""Names, days and numbers in a story, in every spelling that may be expected."""

import pytest

from coachlog.rules.story_clearing import (
    KnownName,
    NameKind,
    clear_line,
    find_in_story,
    is_near_spelling,
)

PEOPLE = (
    *(
        "Zoë Ó Brien",
        "Priya Shah",
        "Dr Elizabeth Marsh",
        "Will Power",
        "Bo Ek",
        "Tom Reed",
    ),
    *(
        "Benjamin van der Berg (ward 7)",
        "Anne-Marie O'Neill",
        "Søren Østergård",
        "王芳",
    ),
)
KNOWN = [
    *map(KnownName, PEOPLE),
    KnownName("Ward 7", NameKind.TEAM),
    KnownName("Night leads", NameKind.SET),
    KnownName("Rising Leaders", NameKind.PROGRAMME),
    KnownName("North", NameKind.PLACE),
]
WHO = "a colleague"


def clear(line: str) -> str:
    return clear_line(line, find_in_story(line, KNOWN))


@pytest.mark.parametrize(
    "name",
    [
        *("Zoë", "zoë", "Zoe", "zoe", "ZOE", "Zoe\u0308", "Zoey", "Zoës", "zoes"),
        *("Zoë Ó Brien", "zoe o brien", "Brien", "zoe-o-brien", "Z.O.B.", "ZOB"),
        *(
            "Priya",
            "priya shah",
            "Shah",
            "Priya-Shah",
            "P. Shah",
            "Priya S.",
            "P.S.",
            "PS",
        ),
        *("Prya", "Pryia", "Priyah", "Pri", "priyashah"),
        *("Elizabeth", "Liz", "Beth", "Dr Marsh", "Dr. Liz Marsh", "Elisabeth", "liz"),
        *("Will", "Power", "Will Power", "will power"),
        *("Ben", "Benny", "Benjamin van der Berg", "van der Berg", "Berg"),
        *(
            "Anne-Marie",
            "Anne Marie",
            "AnneMarie",
            "O’Neill",
            "O'Neill",
            "ONeill",
            "Marie",
        ),
        *("Soren", "søren", "Ostergard", "Østergård", "Bo", "王芳", "Pri\u200dya"),
    ],
)
def test_a_name_in_any_spelling(name: str) -> None:
    assert clear(f"we asked {name} about it") == f"we asked {WHO} about it"


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_what_belongs_to_somebody_still_does(apostrophe: str) -> None:
    assert clear(f"It was Zoe{apostrophe}s idea") == f"It was {WHO}{apostrophe}s idea"


@pytest.mark.parametrize(
    "line",
    [
        "We will see what power a good ward has, and read it.",
        "Then they told us that the rota was better.",
        "A bit of a mess, and I was part of it: I, too.",
        "An order of the day, der and van",
        "There is no colleague in this line at all.",
        "bo peep",
    ],
)
def test_words_that_are_no_names(line: str) -> None:
    assert clear(line) == line


@pytest.mark.parametrize(
    ("line", "cleared_line"),
    [
        ("On Ward 7 and ward-7", "On a team and a team"),
        ("The Night Leads met", "The a set met"),
        ("Rising leaders in the north", "The programme in the a place"),
        ("Priya, Tom and Ben", "A colleague, a colleague and a colleague"),
        ("It helped. Priya said so", "It helped. A colleague said so"),
    ],
)
def test_what_else_the_journal_knows(line: str, cleared_line: str) -> None:
    assert clear(line) == cleared_line


@pytest.mark.parametrize(
    ("value", "stand_in"),
    [
        *((day, "one day") for day in ("3 November 2026", "3rd of Nov", "2026-11-03")),
        *((day, "one day") for day in ("3/11", "3/11/26", "3.11.2026", "May 12, 2026")),
        ("November 2026", "one month"),
        *((number, "some") for number in ("12", "7.5", "50%", "8h", "1,200", "K7-2")),
        *((money, "some money") for money in ("£1,200", "£ 1.2k", "€5")),
        *((where, "an address") for where in ("p.shah@x.org", "https://x.org/a?b=1")),
    ],
)
def test_days_and_numbers(value: str, stand_in: str) -> None:
    assert clear(f"it took {value} to mend") == f"it took {stand_in} to mend"
    assert [find.is_value for find in find_in_story(f"it took {value}", [])] == [True]


def test_what_is_of_a_programme_is_a_value_and_a_person_is_none() -> None:
    finds = find_in_story("Priya, Ward 7, Rising Leaders, North", KNOWN)
    assert [find.is_value for find in finds] == [False, False, True, True]


@pytest.mark.parametrize(
    ("word", "name", "is_near"),
    [
        *(("zoey", "zoe", True), ("zac", "zoe", False), ("tomm", "tom", True)),
        *(("prya", "priya", True), ("pryia", "priya", True), ("priyah", "priya", True)),
        *(("briya", "priya", False), ("pria", "priyah", False), ("to", "tom", False)),
    ],
)
def test_a_near_spelling(word: str, name: str, is_near: bool) -> None:
    assert is_near_spelling(word, name) is is_near
