"""Names, days and numbers in a story, in every spelling that may be expected."""

import pytest

from coachlog.rules.story_clearing import (
    KnownName,
    NameKind,
    clear_line,
    find_in_story,
    find_unknown_names,
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
        "Mary Ann Smith",
        "Chloë Brontë-O'Hara",
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
        *("Zoë", "zoë", "Zoe", "zoe", "ZOE", "Zoe\u0308", "Zoey"),
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
        *(
            "Mary Ann",
            "Mary-Ann",
            "MaryAnn",
            "maryann",
            "MAS",
            "MS",
            "M.S.",
            "M. Smith",
        ),
        *("AO", "A.O.", "AMO", "BB", "B. Berg", "Z.B.", "ZB"),
        *("Soren", "søren", "Ostergard", "Østergård", "Bo", "王芳", "Pri\u200dya"),
    ],
)
def test_a_name_in_any_spelling(name: str) -> None:
    assert clear(f"we asked {name} about it") == f"we asked {WHO} about it"


@pytest.mark.parametrize(
    "name", ["OHara", "O'hara", "ohara", "Bronte-Ohara", "CB", "CBO", "CO", "C."]
)
def test_part_of_a_double_name(name: str) -> None:
    assert clear(f"then {name} was late") == f"then {WHO} was late"


def test_a_lone_initial_is_a_name_only_where_it_reads_like_that() -> None:
    assert (
        clear("C. was late, on C’s shift")
        == "A colleague was late, on a colleague’s shift"
    )
    assert clear("Vitamin C, plan C. Then D. was late") == (
        "Vitamin C, plan C. Then D. was late"
    )


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
        ("The Night Leads met", "The set met"),
        ("Rising leaders in the north", "The programme in the place"),
        ("My Priya, and our Ward 7", "My colleague, and our team"),
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
        *((day, "one day") for day in ("Friday", "friday", "Tues", "Tuesday 3 Nov")),
        *((month, "one month") for month in ("November 2026", "November", "June")),
        ("Mondays", "some days"),
        *(
            (number, "a number")
            for number in ("12", "7.5", "50%", "8h", "1,200", "K7-2")
        ),
        *((number, "a number") for number in ("KC-1234", "½", "Ⅻ", "②", "3²", "١٢")),
        *(
            (number, "a number")
            for number in ("five", "a dozen", "thirty-two per cent")
        ),
        *(
            (number, "a number")
            for number in ("twelve hundred", "two hundred", "Ninety")
        ),
        *((money, "some money") for money in ("£1,200", "£ 1.2k", "€5")),
        *((where, "an address") for where in ("p.shah@x.org", "https://x.org/a?b=1")),
        *((where, "an address") for where in ("www.ward.nhs.uk/a", "ward.nhs.uk")),
    ],
)
def test_days_and_numbers(value: str, stand_in: str) -> None:
    assert clear(f"it took {value} to mend") == f"it took {stand_in} to mend"
    assert [find.is_value for find in find_in_story(f"it took {value}", [])] == [True]


@pytest.mark.parametrize(
    ("line", "cleared_line"),
    [
        ("We meet every Friday, each Tuesday.", "We meet every week, each week."),
        ("It was in March, and in May.", "It was in one month, and in one month."),
        ("On Friday, 6 November 2026, it rained", "On one day, it rained"),
    ],
)
def test_days_of_the_week_and_months(line: str, cleared_line: str) -> None:
    assert clear_line(line, find_in_story(line, [])) == cleared_line


@pytest.mark.parametrize(
    "line",
    [
        "One of us, two of them, half the team.",
        "We sat in the sun, wed to the plan, and may march on.",
        "It was often even, and I told a novel sixth-former. Then we left.",
        "March on. May I? Sat with her. E.g. this, i.e. that.",
    ],
)
def test_words_that_are_no_values(line: str) -> None:
    assert find_in_story(line, []) == []


def test_what_is_of_a_programme_is_a_value_and_a_person_is_none() -> None:
    finds = find_in_story("Priya, Ward 7, Rising Leaders, North", KNOWN)
    assert [find.is_value for find in finds] == [False, True, True, True]


@pytest.mark.parametrize("team", ["North", "North Ward", "Ward 7"])
def test_a_team_or_set_with_a_value_in_its_name_is_a_value(team: str) -> None:
    for kind in (NameKind.TEAM, NameKind.SET):
        names = [KnownName(team, kind), KnownName("North", NameKind.PLACE)]
        (find,) = find_in_story(f"We are {team}, Anna", names)
        assert find.is_value


def test_somebody_who_is_called_like_a_place_is_a_value() -> None:
    names = [KnownName("Anna North"), KnownName("North", NameKind.PLACE)]
    (find,) = find_in_story("We asked North", names)
    assert find.is_value


def test_somebody_who_is_called_like_a_month_is_no_value() -> None:
    (find,) = find_in_story("We asked April", [KnownName("April Jones")])
    assert (find.stand_in, find.is_value) == (WHO, False)


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


@pytest.mark.parametrize(
    ("line", "cleared_line"),
    [
        ("I rang Anna Shah, anna@x.org", "I rang a colleague, an address"),
        ("I rang 07700 900123 at once", "I rang a number at once"),
        ("Dr Ahmed, and Sister Mary", "A colleague, and a colleague"),
        ("Zoes answer helped", "A colleague's answer helped"),
        ("On ward 9 we met", "On ward X we met"),
        ("12 of 14 came", "Several came"),
        ("we held seven meetings", "we held some meetings"),
        ("Asked Shah about it", "Asked a colleague about it"),
    ],
)
def test_a_sentence_stays_one(line: str, cleared_line: str) -> None:
    assert clear(line) == cleared_line
    assert clear(cleared_line) == cleared_line


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("We met in Leeds at St Luke's", ["Leeds", "St Luke"]),
        ("Bed Manager", ["Bed Manager"]),
        ("Calmer. Nobody left", []),
        ("Priya and I", []),
        ("It was I who asked", []),
    ],
)
def test_words_that_may_be_names(line: str, names: list[str]) -> None:
    finds = find_unknown_names(line, KNOWN)
    assert [line[find.start : find.end] for find in finds] == names
