"""`coachlog goal`: an outcome over many talks is added, rated, closed, and opens the plan."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from command_support import CtrlC, ScriptedPerson, built, complete, hold, snapshot
from conftest import NOW, Run

LEVELS = ("none", "gaps", "four of five", "every day", "asked for")
OPENED = NOW - timedelta(days=21)
"""Monday 2 November 2026."""


def goal(run: Run, id: int) -> dict[str, Any]:
    found: dict[str, Any] = run("goal", "show", str(id), "--private", "--json").json[
        "goal"
    ]
    return found


def by_levels(*texts: str) -> list[str]:
    return [word for text in texts for word in ("--level", text)]


@pytest.fixture
def goals(run: Run, home: Path) -> Run:
    """Goal 1 is Priya's, from 3 to 8; 2 is Dana's, by levels; 3 is the owner's own."""
    built(run, home, fill)
    return run


def fill(run: Run) -> None:
    draft = {"what": "Draft", "owner": "them", "due": "2026-11-27"}
    hold(run, me="Tom Reed", held_on="2026-11-09", actions=[draft])
    hold(run, person="Dana Cole", relationship="peer")
    for line in (
        [
            *("priya", "--title", "Run the huddle", "--why", "Tom is on leave"),
            *("--success", "Notes out", "--baseline", "3", "--target", "8"),
            *("--review", "2026-11-27"),
        ],
        ["dana", "--title", "Hand over", *by_levels(*LEVELS), "--weight", "3"],
        ["--title", "Listen", "--target", "7"],
    ):
        ran = run("goal", "add", *line, clock=lambda: OPENED)
        assert ran.code == 0, ran.err


def everything(run: Run) -> list[Any]:
    return [*snapshot(run), run("goal", "list", "--all", "--json").out]


# Adding


FIELDS = (
    *(
        "id",
        "uid",
        "person",
        "title",
        "why",
        "success",
        "scale",
        "baseline",
        "now",
        "target",
    ),
    *("levels", "weight", "review_on", "private", "status", "opened_on", "closed_on"),
    *("ratings", "actions", "person_id"),
)


def test_a_goal_as_json(goals: Run) -> None:
    found = goal(goals, 1)
    assert tuple(found) == FIELDS
    assert len(found.pop("uid")) == 36
    assert found == {
        "id": 1,
        "person": "Priya Shah",
        "title": "Run the huddle",
        "why": "Tom is on leave",
        "success": "Notes out",
        "scale": "ten",
        "baseline": 3,
        "now": None,
        "target": 8,
        "levels": [],
        "weight": 1,
        "review_on": "2026-11-27",
        "private": False,
        "status": "open",
        "opened_on": "2026-11-02",
        "closed_on": None,
        "ratings": [],
        "actions": [],
        "person_id": 1,
    }


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param(
            ["--title", "Go"], {"person": None, "baseline": None}, id="my-own"
        ),
        pytest.param(["me", "--title", "Go"], {"person": None}, id="me-by-name"),
        pytest.param(
            ["priya", "--title", " Go "], {"person": "Priya Shah"}, id="theirs"
        ),
        pytest.param(
            ["--title", "Go", "--baseline", "9", "--target", "2"],
            {"baseline": 9, "target": 2, "scale": "ten"},
            id="downwards",
        ),
        pytest.param(
            ["--title", "Go", *by_levels(*LEVELS)],
            {
                "scale": "attainment",
                "levels": list(LEVELS),
                "weight": 1,
                "target": None,
            },
            id="by-levels",
        ),
        pytest.param(["--title", "Go", "--private"], {"private": True}, id="private"),
        pytest.param(
            ["--title", "Go", "--review", "+2w"],
            {"review_on": "2026-12-07"},
            id="review",
        ),
    ],
)
def test_goal_add(goals: Run, options: list[str], expected: dict[str, Any]) -> None:
    ran = goals("goal", "add", *options)
    assert (ran.code, ran.err) == (0, "")
    words = "(private)" if expected.get("private") else "Go"
    assert ran.out.startswith(f"Added goal 4: {words}")
    assert ran.out.endswith(". Next: coachlog goal rate 4\n")
    found = goal(goals, 4)
    assert {name: found[name] for name in expected} == expected
    assert (found["title"], found["now"], found["status"]) == ("Go", None, "open")


def test_a_goal_may_be_the_first_thing_in_a_journal(run: Run) -> None:
    assert run("goal", "add", "--title", "Listen", "--review", "fri").out == (
        "Added goal 1: Listen, review Friday 27 November 2026. Next: coachlog goal rate 1\n"
    )


@pytest.mark.parametrize("option", ["title", "why", "success"])
def test_words_may_come_from_standard_input(goals: Run, option: str) -> None:
    words = {"title": "Go"} | {option: "-"}
    given = [part for name, said in words.items() for part in (f"--{name}", said)]
    assert goals("goal", "add", *given, input="From a\npipe\n").code == 0
    assert goal(goals, 4)[option] == "From a pipe"


def test_the_levels_may_come_from_standard_input_one_a_line(goals: Run) -> None:
    ran = goals(
        "goal", "add", "--title", "Go", "--level", "-", input="\n".join(LEVELS) + "\n"
    )
    assert ran.code == 0, ran.err
    assert goal(goals, 4)["levels"] == list(LEVELS)


def test_a_day_of_review_gone_by_is_kept_and_remarked_on(goals: Run) -> None:
    ran = goals("goal", "add", "--title", "Go", "--review", "2026-11-20")
    assert (ran.code, goal(goals, 4)["review_on"]) == (0, "2026-11-20")
    assert ran.err == (
        "Friday 20 November 2026 has passed. Is that the right day for the review?\n"
    )


# Adding at the terminal

TITLE, HOW = "What is the goal?", "How will you measure progress?"
TODAY, TARGET = "Where is it today, from 1 to 10?", "Where should it be, from 1 to 10?"
REVIEW = "When will you look at it again?"


def test_what_is_missing_is_asked_on_a_scale(goals: Run) -> None:
    person = ScriptedPerson(
        {TITLE: "Go", HOW: "from 1 to 10", TODAY: "4", TARGET: "8", REVIEW: "fri"}
    )
    assert goals("goal", "add", "priya", person=person).code == 0
    assert person.asked == [TITLE, HOW, TODAY, TARGET, REVIEW]
    found = goal(goals, 4)
    assert (found["title"], found["scale"], found["baseline"], found["target"]) == (
        *("Go", "ten", 4, 8),
    )
    assert found["review_on"] == "2026-11-27"


def test_what_is_missing_is_asked_by_levels_what_is_expected_first(goals: Run) -> None:
    person = ScriptedPerson(
        {
            TITLE: "Go",
            HOW: "on five levels that you describe now",
            "0: What do you expect by then?": "c",
            "+1: What would be more than you expect?": "d",
            "+2: What would be much more than you expect?": "e",
            "-1: What would be less than you expect?": "b",
            "-2: What would be much less than you expect?": "a",
            REVIEW: None,
        }
    )
    assert goals("goal", "add", "priya", person=person).code == 0
    assert person.left == []
    found = goal(goals, 4)
    assert (found["scale"], found["levels"]) == (
        "attainment",
        ["a", "b", "c", "d", "e"],
    )
    assert (found["baseline"], found["target"], found["review_on"]) == (
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        pytest.param(
            ["--baseline", "3"], [TARGET, REVIEW], id="a-baseline-means-a-scale"
        ),
        pytest.param(["--target", "8"], [TODAY, REVIEW], id="a-target-means-a-scale"),
        pytest.param(
            ["--target", "8", "--review", "fri"], [TODAY], id="only-the-baseline"
        ),
        pytest.param(by_levels(*LEVELS), [REVIEW], id="levels"),
        pytest.param([*by_levels(*LEVELS), "--review", "fri"], [], id="nothing"),
    ],
)
def test_what_was_given_is_not_asked(
    goals: Run, options: list[str], asked: list[str]
) -> None:
    person = ScriptedPerson(dict.fromkeys(asked))
    ran = goals("goal", "add", "--title", "Go", *options, person=person)
    assert (ran.code, person.asked) == (0, asked)


def test_back_asks_the_question_before_again_with_what_was_said(goals: Run) -> None:
    person = ScriptedPerson(
        {
            TITLE: "Go",
            HOW: ("on five levels that you describe now", "from 1 to 10"),
            "0: What do you expect": "<",
            TODAY: ("4", "5"),
            TARGET: ("<", "8"),
            REVIEW: None,
        }
    )
    assert goals("goal", "add", person=person).code == 0
    assert person.left == []
    assert (person.offered[HOW], person.offered[TODAY]) == ("attainment", 4)
    assert (goal(goals, 4)["baseline"], goal(goals, 4)["target"]) == (5, 8)


def test_a_target_that_is_there_already_is_asked_again(goals: Run) -> None:
    person = ScriptedPerson({TARGET: ("3", "8"), REVIEW: None})
    ran = goals("goal", "add", "--title", "Go", "--baseline", "3", person=person)
    assert (ran.code, goal(goals, 4)["target"]) == (0, 8)
    assert person.told == ["It is already there. Where should it be?"]


@pytest.mark.parametrize("given", [[], ["--title", "run the huddle"]])
def test_a_title_that_is_taken_is_asked_again_at_once(
    goals: Run, given: list[str]
) -> None:
    said = "Go" if given else ("Run the huddle", "Go")
    person = ScriptedPerson({TITLE: said, TARGET: None, REVIEW: None})
    ran = goals("goal", "add", "priya", "--baseline", "3", *given, person=person)
    assert (ran.code, person.left, goal(goals, 4)["title"]) == (0, [], "Go")
    assert person.told == ["Goal 1 is open and already has that title."]


def test_a_goal_given_up_is_not_added(goals: Run) -> None:
    before = everything(goals)
    ran = goals("goal", "add", person=ScriptedPerson({TITLE: "Go", HOW: CtrlC()}))
    assert (ran.code, ran.out) == (130, "")
    assert everything(goals) == before


# Rating


def rated(run: Run, *words: str) -> list[tuple[str, int, str | None]]:
    """Return the ratings of goal 1 or 2 after one more."""
    ran = run("goal", "rate", *words)
    assert ran.code == 0, ran.err
    found = goal(run, int(words[0]))["ratings"]
    return [(one["on"], one["value"], one["note"]) for one in found]


def test_goal_rate(goals: Run) -> None:
    ran = goals("goal", "rate", "1", "5", "--note", "She ran it twice")
    assert ran == (
        0,
        "Rated: 1 Run the huddle, 5 of 10, target 8. Next: coachlog goal show 1\n",
        "",
    )
    found = goal(goals, 1)
    assert (found["baseline"], found["now"], found["target"]) == (3, 5, 8)
    assert found["ratings"] == [
        {"on": "2026-11-23", "value": 5, "note": "She ran it twice"}
    ]


@pytest.mark.parametrize("value", ["-2", "-1", "0", "1", "+1", "2", "−2"])
def test_a_level_may_be_written_with_its_sign(goals: Run, value: str) -> None:
    number = int(value.replace("−", "-"))
    assert rated(goals, "2", value) == [("2026-11-23", number, None)]


def test_an_earlier_day_is_kept_in_its_place(goals: Run) -> None:
    rated(goals, "1", "6", "--on", "yesterday")
    assert rated(goals, "1", "4", "--on", "2026-11-02") == [
        ("2026-11-02", 4, None),
        ("2026-11-22", 6, None),
    ]
    assert goal(goals, 1)["now"] == 6


@pytest.mark.parametrize(
    ("id", "now", "told"),
    [
        pytest.param(
            "1",
            "7",
            "1 Run the huddle, 4 of 10, target 8; the latest rating is still 7",
            id="scale",
        ),
        pytest.param(
            *(
                "2",
                "0",
                "2 Hand over, more than expected; the latest rating is still as expected",
            ),
            id="levels",
        ),
    ],
)
def test_a_rating_of_an_earlier_day_says_that_now_is_as_it_was(
    goals: Run, id: str, now: str, told: str
) -> None:
    rated(goals, id, now)
    earlier = {"1": "4", "2": "1"}[id]
    ran = goals("goal", "rate", id, earlier, "--on", "2026-11-05")
    assert ran.out.startswith(f"Rated for Thu 5 Nov: {told}. Next: ")
    assert goal(goals, int(id))["now"] == int(now)


@pytest.mark.parametrize(
    "line", ["rate 1 5 --on 2026-11-01", "close 1 --on 2026-11-01"]
)
def test_before_a_goal_was_opened_nothing_happened_to_it(goals: Run, line: str) -> None:
    before = everything(goals)
    ran = goals("goal", *line.split())
    assert (ran.code, ran.out) == (2, "")
    assert " ".join(ran.err.split()) == (
        "Goal 1 was opened on Monday 2 November 2026, after Sunday 1 November 2026. "
        "Nothing was changed."
    )
    assert everything(goals) == before


@pytest.mark.parametrize(
    ("line", "code"),
    [
        pytest.param("priya --title run_the_HUDDLE", 4, id="the-same-in-other-letters"),
        pytest.param("dana --title Run_the_huddle", 0, id="another-person"),
        pytest.param("--title Run_the_huddle", 0, id="my-own"),
        pytest.param("--title listen", 4, id="my-own-twice"),
        pytest.param("priya --title Run_the_huddles", 0, id="another-title"),
    ],
)
def test_nobody_has_two_open_goals_of_one_title(
    goals: Run, line: str, code: int
) -> None:
    before = everything(goals)
    ran = goals("goal", "add", *(word.replace("_", " ") for word in line.split()))
    assert ran.code == code, ran.err
    if code:
        number = 3 if "listen" in line else 1
        assert ran.err.startswith(f"Goal {number} is open and already has that title.")
        assert everything(goals) == before


def test_a_closed_goal_leaves_its_title_to_another_and_stays_closed(goals: Run) -> None:
    goals("goal", "close", "1")
    assert goals("goal", "add", "priya", "--title", "Run the huddle").code == 0
    ran = goals("goal", "reopen", "1")
    assert ran.code == 4
    assert ran.err.startswith("Goal 4 is open and already has that title.")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param(
            "1 8", "8 of 10, target 8. Next: coachlog goal close 1", id="reached"
        ),
        pytest.param(
            "1 7", "7 of 10, target 8. Next: coachlog goal show 1", id="nearly"
        ),
        pytest.param(
            "2 -1", "less than expected. Next: coachlog goal show 2", id="below"
        ),
        pytest.param(
            "2 0", "as expected. Next: coachlog goal close 2", id="as-expected"
        ),
        pytest.param(
            "3 7", "7 of 10, target 7. Next: coachlog goal close 3", id="no-baseline"
        ),
    ],
)
def test_a_goal_that_is_reached_may_be_closed_next(
    goals: Run, line: str, told: str
) -> None:
    assert goals("goal", "rate", *line.split()).out.endswith(f", {told}\n")


def test_a_value_is_asked_on_its_scale(goals: Run) -> None:
    rated(goals, "1", "5", "--on", "yesterday")
    person = ScriptedPerson(
        {"How far along is “Run the huddle”, from 1 to 10?": ("11", "6")}
    )
    assert goals("goal", "rate", "1", person=person).code == 0
    assert goal(goals, 1)["now"] == 6
    assert len(person.refused) == 1


def test_a_value_is_asked_with_the_levels_as_choices(goals: Run) -> None:
    person = ScriptedPerson({"How far along is “Hand over”?": "-1 gaps"})
    assert goals("goal", "rate", "2", person=person).code == 0
    assert (goal(goals, 2)["now"], person.left) == (-1, [])


# Closing


@pytest.mark.parametrize(
    ("options", "status", "day", "outcome"),
    [
        pytest.param([], "achieved", "2026-11-23", "Achieved", id="achieved"),
        pytest.param(["--dropped"], "dropped", "2026-11-23", "Dropped", id="dropped"),
        pytest.param(
            ["--on", "yesterday"],
            *("achieved", "2026-11-22", "Achieved on Sunday 22 November 2026"),
            id="yesterday",
        ),
    ],
)
def test_goal_close_and_reopen(
    goals: Run, options: list[str], status: str, day: str, outcome: str
) -> None:
    before = goal(goals, 1)
    ran = goals("goal", "close", "1", *options)
    assert ran == (
        0,
        f"{outcome}: 1 Run the huddle. To undo: coachlog undo\n",
        "",
    )
    assert goal(goals, 1) == before | {"status": status, "closed_on": day}
    ran = goals("goal", "reopen", "1")
    assert ran == (0, "Reopened: 1 Run the huddle. See: coachlog goal show 1\n", "")
    assert goal(goals, 1) == before


# What is wrong


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        pytest.param("add priya", 2, "--title", id="no-title"),
        pytest.param("add --title _", 2, "--title", id="empty-title"),
        pytest.param(
            "add zed --title x", 3, "nobody by the name of “zed”", id="unknown-person"
        ),
        pytest.param(
            "add --title x --baseline 0", 2, "--baseline", id="baseline-too-low"
        ),
        pytest.param("add --title x --target 11", 2, "--target", id="target-too-high"),
        pytest.param(
            "add --title x --baseline 4 --target 4", 2, "both 4", id="no-way-to-go"
        ),
        pytest.param("add --title x --weight 10", 2, "--weight", id="too-heavy"),
        pytest.param("add --title x --review soonish", 2, "soonish", id="bad-review"),
        pytest.param(
            "add --title x --level a --level b", 2, "you gave 2", id="two-levels"
        ),
        pytest.param(
            "add --title x --level a --level b --level _ --level d --level e",
            *(2, "none of them empty"),
            id="an-empty-level",
        ),
        pytest.param(
            "add --title x --level a --target 4", 2, "not both", id="levels-and-target"
        ),
        pytest.param("show 99", 3, "no goal 99", id="show-unknown"),
        pytest.param("show 99999999999999999999999", 3, "", id="show-huge-number"),
        pytest.param("list zed", 3, "zed", id="list-unknown-person"),
        pytest.param("rate 1", 2, "VALUE (from 1 to 10)", id="no-value"),
        pytest.param("rate 2", 2, "VALUE (from -2 to +2)", id="no-level"),
        pytest.param(
            "rate 1 0", 2, "“0” should be a whole number from 1 to 10", id="too-low"
        ),
        pytest.param("rate 1 11", 2, "from 1 to 10", id="too-high"),
        pytest.param("rate 1 -1", 2, "from 1 to 10", id="a-level-for-a-scale"),
        pytest.param("rate 2 3", 2, "from -2 to +2", id="level-too-high"),
        pytest.param("rate 2 -3", 2, "from -2 to +2", id="level-too-low"),
        pytest.param("rate 1 4.5", 2, "whole number", id="not-whole"),
        pytest.param("rate 1 half", 2, "whole number", id="words"),
        pytest.param("rate 1 5 --nte x", 2, "", id="a-slip-in-an-option"),
        pytest.param("rate 1 5 --on tomorrow", 2, "in the future", id="rated-tomorrow"),
        pytest.param("rate 99 5", 3, "no goal 99", id="rate-unknown"),
        pytest.param("close 1 --on tomorrow", 2, "in the future", id="closed-tomorrow"),
        pytest.param("close 99", 3, "no goal 99", id="close-unknown"),
        pytest.param("reopen 1", 4, "Goal 1 is open.", id="open-already"),
    ],
)
def test_a_wrong_command_changes_nothing(
    goals: Run, line: str, code: int, words: str
) -> None:
    before = everything(goals)
    ran = goals("goal", *("" if word == "_" else word for word in line.split()))
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
    assert ran.err
    assert everything(goals) == before


@pytest.mark.parametrize("line", ["close 1", "close 1 --dropped", "rate 1 5"])
def test_a_closed_goal_is_left_alone(goals: Run, line: str) -> None:
    goals("goal", "close", "1", "--on", "yesterday")
    before = everything(goals)
    ran = goals("goal", *line.split())
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == (
        "Goal 1 is already achieved. Nothing was changed.\nTo reopen it: coachlog goal reopen 1\n"
    )
    assert everything(goals) == before


def test_long_words_are_refused_before_anything_is_kept(goals: Run) -> None:
    before = everything(goals)
    ran = goals("goal", "add", "--title", "-", input="x" * 100_000)
    assert (ran.code, everything(goals)) == (2, before)
    assert "64 KiB" in ran.err


# Looking


@pytest.mark.usefixtures("screen")
@pytest.mark.parametrize(
    ("options", "ids"),
    [
        pytest.param([], [3, 2], id="open-ones-mine-first"),
        pytest.param(["--all"], [3, 2, 1], id="all"),
        pytest.param(["priya"], [], id="of-one"),
        pytest.param(["priya", "--all"], [1], id="all-of-one"),
        pytest.param(["me"], [3], id="mine"),
    ],
)
def test_goal_list(goals: Run, options: list[str], ids: list[int]) -> None:
    goals("goal", "close", "1")
    assert [
        one["id"] for one in goals("goal", "list", *options, "--json").json["goals"]
    ] == ids
    ran = goals("goal", "list", *options)
    assert (ran.code, ran.err) == (0, "")
    shown = [
        int(row.split()[0]) for row in ran.out.splitlines()[1:] if row[0].isdigit()
    ]
    assert shown == ids


@pytest.mark.usefixtures("screen")
def test_a_list_says_in_words_how_far_each_is(goals: Run) -> None:
    rated(goals, "1", "5")
    rated(goals, "2", "+1")
    rows = [" ".join(row.split()) for row in goals("goal", "list").out.splitlines()]
    assert rows == [
        "# goal whose progress",
        "3 Listen yours target 7",
        "2 Hand over Dana Cole more than expected, weight 3",
        "1 Run the huddle Priya Shah started at 3, now 5, target 8 review Fri 27 Nov",
    ]


@pytest.mark.usefixtures("screen")
def test_no_goals_is_no_failure(goals: Run) -> None:
    goals("person", "add", "Al", "-r", "peer")
    assert (
        goals("goal", "list", "al").out
        == "No open goals. To add one: coachlog goal add\n"
    )
    assert goals("goal", "list", "al", "--json").json == {
        "schema": 1,
        "goals": [],
        "attainments": [],
    }


@pytest.mark.usefixtures("screen")
def test_the_t_score_counts_open_and_achieved_goals_by_their_last_rating(
    goals: Run,
) -> None:
    for weight in ("2", "1", "9"):
        words = [
            "dana",
            "--title",
            f"More {weight}",
            "--weight",
            weight,
            *by_levels(*LEVELS),
        ]
        assert goals("goal", "add", *words).code == 0
    for id, value in ((2, "-2"), (2, "1"), (4, "0"), (5, "-1"), (6, "2")):
        rated(goals, str(id), value)
    goals("goal", "close", "4")
    told = " ".join(goals("goal", "list", "dana").out.split())
    assert "(4 goals, including closed ones;" in told
    goals("goal", "close", "6", "--dropped")
    score = (
        "T-score 54.4 (3 goals, including closed ones; 50 means as expected). "
        "At the start 34.6; last rated Mon 23 Nov; 1 dropped."
    )
    told = " ".join(goals("goal", "list", "dana").out.split())
    assert told.endswith(f"Goal attainment: {score}")
    out = goals("goal", "list").out
    assert " ".join(out.split()).endswith(f"Dana Cole's goals: {score}")
    assert [line for line in out.splitlines() if line != line.rstrip()] == []
    (found,) = goals("goal", "list", "--json").json["attainments"]
    scores = [round(found.pop(name), 1) for name in ("t_score", "t_score_at_start")]
    assert scores == [54.4, 34.6]
    assert found == {
        "person": "Dana Cole",
        "goals": 3,
        "includes_closed": True,
        "rated_on": "2026-11-23",
        "dropped": 1,
        "person_id": 2,
    }


def test_two_goals_have_no_score(goals: Run) -> None:
    """Of one at +2 it would be 70.0: the level again, in a number that looks exact."""
    words = ["dana", "--title", "More", *by_levels(*LEVELS)]
    assert goals("goal", "add", *words).code == 0
    for id in ("2", "4"):
        rated(goals, id, "2")
    assert "T-score" not in goals("goal", "list").out
    assert goals("goal", "list", "--json").json["attainments"] == []


def test_without_a_rating_there_is_no_score(goals: Run) -> None:
    assert "attainment" not in goals("goal", "list").out


def lines(run: Run, *words: str) -> list[str]:
    return [
        " ".join(row.split()) for row in run(*words).out.splitlines() if row.strip()
    ]


def test_goal_show_tells_the_whole_story(goals: Run) -> None:
    rated(goals, "1", "4", "--on", "2026-11-09")
    rated(goals, "1", "7", "--note", "Twice alone")
    goals("action", "edit", "1", "--goal", "1")
    assert lines(goals, "goal", "show", "1") == [
        "1 Run the huddle",
        "whose Priya Shah",
        "why Tom is on leave",
        "success Notes out",
        "progress started at 3, now 7, target 8",
        "status open since Mon 2 Nov · review Fri 27 Nov",
        "Ratings",
        "Mon 2 Nov 3 Where it started.",
        "Mon 9 Nov 4",
        "Mon 23 Nov 7 Twice alone",
        "3 4 7 up 4 since Mon 2 Nov, 2 ratings",
        "Promises",
        "# promise who due",
        "1 Draft Priya Shah Fri 27 Nov",
    ]


@pytest.mark.parametrize(
    ("id", "values", "told"),
    [
        pytest.param(
            "1", ["5"], "3 5 up 2 since Mon 2 Nov, 1 rating", id="from-the-baseline"
        ),
        pytest.param("1", ["2"], "3 2 down 1 since Mon 2 Nov, 1 rating", id="down"),
        pytest.param(
            "3", ["5", "7"], "5 7 up 2 since Mon 23 Nov, 2 ratings", id="no-baseline"
        ),
        pytest.param("3", ["5"], "Mon 23 Nov 5", id="one-rating-is-no-trend"),
    ],
)
def test_a_trend_begins_where_the_goal_did(
    goals: Run, id: str, values: list[str], told: str
) -> None:
    for value in values:
        rated(goals, id, value)
    assert lines(goals, "goal", "show", id)[-1] == told


def test_goal_show_tells_the_levels_in_words(goals: Run) -> None:
    rated(goals, "2", "-1")
    goals("goal", "close", "2", "--dropped")
    assert lines(goals, "goal", "show", "2") == [
        "2 Hand over",
        "whose Dana Cole",
        "progress less than expected: gaps",
        "status dropped Mon 23 Nov",
        "weight 3",
        "Levels",
        "+2 much more than expected asked for",
        "+1 more than expected every day",
        "0 as expected four of five",
        "-1 less than expected (now) gaps",
        "-2 much less than expected none",
        "Ratings",
        "Mon 23 Nov -1",
    ]


def test_a_goal_that_was_never_rated_says_how(goals: Run) -> None:
    assert lines(goals, "goal", "show", "3")[-1] == "None yet: coachlog goal rate 3"


@pytest.mark.usefixtures("screen")
@pytest.mark.parametrize("width", ["40", "60", "80", "140"])
def test_a_list_of_goals_fits_the_screen(
    goals: Run, width: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    goals("goal", "add", "dana", "--title", "A goal with a great many words in it " * 3)
    monkeypatch.setenv("COLUMNS", width)
    for words in (["goal", "list"], ["goal", "show", "4"], ["goal", "show", "2"]):
        assert max(map(len, goals(*words).out.splitlines())) <= int(width)


HOSTILE = "\x1b[31m\x07[bold]x[/bold] :smile:\u202e"
SHOWN = "\ufffd[31m\ufffd[bold]x[/bold] :smile:"


def test_words_that_would_steer_a_terminal_do_not(goals: Run) -> None:
    words = [
        "--title",
        HOSTILE,
        "--why",
        HOSTILE,
        "--success",
        HOSTILE,
        *by_levels(*[HOSTILE] * 5),
    ]
    goals("goal", "add", "priya", *words)
    goals("goal", "rate", "4", "0", "--note", HOSTILE)
    for line in ("goal list", "goal show 4", "plan show priya"):
        out = goals(*line.split()).out
        assert SHOWN in out
        assert "\x1b" not in out


@pytest.mark.usefixtures("goals")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("goal rate ", "3\n2\n1", id="all-open"),
        pytest.param("goal show 2", "2", id="begun"),
        pytest.param("action add --goal ", "3\n2\n1", id="for-an-action"),
    ],
)
def test_numbers_of_goals_complete(home: Path, typed: str, expected: str) -> None:
    assert "\n".join(complete(home, typed)) == expected


# Actions that serve a goal


@pytest.mark.parametrize(
    ("words", "person"),
    [
        pytest.param(
            ["priya", "--owner", "me", "--goal", "1"], "Priya Shah", id="named"
        ),
        pytest.param(
            ["--owner", "them", "--goal", "1"], "Priya Shah", id="by-the-goal"
        ),
        pytest.param(["--goal", "3"], None, id="my-own"),
        pytest.param(["me", "--goal", "3"], None, id="my-own-by-name"),
    ],
)
def test_an_action_is_added_to_a_goal(
    goals: Run, words: list[str], person: str | None
) -> None:
    assert goals("action", "add", "--what", "Go", *words).code == 0
    found = goals("action", "show", "2", "--json").json["action"]
    assert (found["person"], found["goal"]) == (person, int(words[-1]))
    assert [event["kind"] for event in found["events"]] == ["made"]
    assert goal(goals, int(words[-1]))["actions"] == [2]


def test_an_action_gets_a_goal_and_loses_it(goals: Run) -> None:
    assert goals("action", "edit", "1", "--goal", "1", "--confidence", "7").code == 0
    found = goals("action", "show", "1", "--json").json["action"]
    assert (found["goal"], found["confidence"]) == (1, 7)
    assert goals("action", "edit", "1", "--goal", "0").code == 0
    found = goals("action", "show", "1", "--json").json["action"]
    assert found["goal"] is None
    assert [event["note"] for event in found["events"][1:]] == [
        *("goal was: (nothing)", "confidence was: (nothing)", "goal was: 1"),
    ]
    assert goal(goals, 1)["actions"] == []


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        pytest.param("add --what x --goal 99", 3, "no goal 99", id="add-unknown"),
        pytest.param(
            "add me --what x --goal 1", 4, "Priya Shah's", id="add-mine-to-theirs"
        ),
        pytest.param(
            "add priya --what x --owner me --goal 3", 4, "your own", id="add-to-mine"
        ),
        pytest.param(
            "add priya --what x --owner me --goal 2", 4, "Dana Cole's", id="add-other"
        ),
        pytest.param("edit 1 --goal 99", 3, "no goal 99", id="edit-unknown"),
        pytest.param("edit 1 --goal 2", 4, "same plan", id="edit-other"),
        pytest.param("edit 1 --goal 0", 4, "already says that", id="edit-nothing"),
        pytest.param("edit 1 --goal -1", 2, "--goal", id="edit-negative"),
    ],
)
def test_a_goal_that_cannot_own_an_action(
    goals: Run, line: str, code: int, words: str
) -> None:
    before = everything(goals)
    ran = goals("action", *line.split())
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
    assert everything(goals) == before


def test_nothing_is_asked_for_a_goal_that_cannot_own_the_action(goals: Run) -> None:
    goals("goal", "close", "1")
    nobody = ScriptedPerson()
    for line in (
        "add priya --goal 1",
        "add priya --goal 2",
        "add --goal 1",
        "add --goal 99",
    ):
        assert goals("action", *line.split(), person=nobody).code in (3, 4)
    assert nobody.asked == []


# Goals open the plan


def test_a_plan_opens_with_its_goals(goals: Run) -> None:
    goals("action", "edit", "1", "--goal", "1")
    rated(goals, "1", "5")
    assert lines(goals, "plan", "show", "priya") == [
        "Plan with Priya Shah",
        "agreed 9 November 2026",
        "# goal",
        "1 Run the huddle",
        "why: Tom is on leave",
        "success: Notes out",
        "started at 3, now 5, target 8 · review Fri 27 Nov · promise 1",
        "# promise who due",
        "1 Draft Priya Shah Fri 27 Nov",
    ]
    page = goals("plan", "export", "priya").out
    assert page.index("## Goal 1: Run the huddle") < page.index("## Promises")
    assert (
        "- Why: Tom is on leave\n- Success: Notes out\n"
        "- Start 3 → now 5 → target 8 · Review 27 November 2026 · Promises: 1\n"
    ) in page


def test_the_goals_of_a_plan_are_whole_in_json(goals: Run) -> None:
    found = goals("plan", "show", "priya", "--json").json["plan"]
    assert found["goals"] == [goal(goals, 1)]


def test_a_private_goal_stays_out_of_a_plan_and_that_is_said(goals: Run) -> None:
    goals("goal", "add", "priya", "--title", "Cope", "--private")
    goals("action", "add", "priya", "--what", "Ask HR", "--owner", "me", "--private")
    shown = "1 private promise and 1 private goal"
    left = "2 private entries are not shown; to see them, add --private."
    ran = goals("plan", "export", "priya")
    assert "Cope" not in ran.out
    assert ran.err == f"{left}\n"
    assert goals("plan", "show", "priya").out.endswith(f"\n{left}\n")
    ran = goals("plan", "export", "priya", "--private")
    assert ran == goals("plan", "export", "priya", "--include-private")
    assert "## Goal 4: Cope" in ran.out
    assert ran.out.endswith(f"*Includes {shown}.*\n")
    assert ran.err == f"This page includes {shown}.\n"
    found = goals("plan", "show", "priya", "--json").json["plan"]
    assert (len(found["goals"]), found["withheld"], found["goals_withheld"]) == (
        1,
        1,
        1,
    )


def test_a_goal_achieved_leaves_the_plan_after_two_more_talks(goals: Run) -> None:
    goals("goal", "close", "1")
    later = [(NOW + timedelta(days=days)) for days in (1, 2)]
    shown = [
        [
            one["id"]
            for one in goals("plan", "show", "priya", "--json").json["plan"]["goals"]
        ]
    ]
    for moment in later:
        day = moment.date().isoformat()
        held = f'{{"person": "Priya Shah", "template": "quick", "held_on": "{day}"}}'
        ran = goals(
            "session", "new", "--answers", "-", input=held, clock=lambda: later[-1]
        )
        assert ran.code == 0, ran.err
        plan = goals("plan", "show", "priya", "--json").json["plan"]
        shown.append([one["id"] for one in plan["goals"]])
    assert shown == [[1], [1], []]


def test_a_goal_is_not_closed_before_its_last_rating(run: Run) -> None:
    given = ("--title", "Lead it", "--baseline", "3", "--target", "8")
    assert run("goal", "add", *given).code == 0
    assert run("goal", "rate", "1", "5").code == 0
    later = datetime(2026, 12, 7, 9, tzinfo=UTC)
    assert (
        run("goal", "rate", "1", "7", "--on", "2026-12-01", clock=lambda: later).code
        == 0
    )
    closing = ("goal", "close", "1", "--achieved")
    ran = run(*closing, "--on", "2026-11-25", clock=lambda: later)
    assert (ran.code, ran.out) == (2, "")
    assert (
        "Goal 1 was rated on Tuesday 1 December 2026, after Wednesday 25 November"
        in ran.err
    )
    assert run(*closing, "--on", "2026-12-01", clock=lambda: later).code == 0


# A goal that is not where it should be


@pytest.mark.parametrize(
    ("id", "value", "standing"),
    [
        pytest.param(
            "2", "-2", "was last rated “much less than expected”", id="levels"
        ),
        pytest.param("1", "7", "was last rated 7 of 10, target 8", id="short-of-8"),
    ],
)
def test_a_goal_that_was_not_reached_is_not_closed_as_achieved_unasked(
    goals: Run, id: str, value: str, standing: str
) -> None:
    rated(goals, id, value)
    before = goal(goals, int(id))
    ran = goals("goal", "close", id)
    assert ran == (
        2,
        "",
        f"Goal {id} {standing}, so it is not closed as achieved unasked. Nothing was changed.\n"
        f"Use --achieved or --dropped, or rate it first: coachlog goal rate {id}\n",
    )
    assert goal(goals, int(id)) == before
    assert goals("goal", "close", id, "--achieved").code == 0
    assert goal(goals, int(id))["status"] == "achieved"


@pytest.mark.parametrize(
    ("reply", "code", "status"),
    [
        pytest.param(None, 4, "open", id="enter-leaves-it-open"),
        pytest.param("dropped", 0, "dropped", id="dropped"),
        pytest.param("achieved", 0, "achieved", id="achieved-all-the-same"),
    ],
)
def test_at_a_terminal_it_is_asked_how_such_a_goal_ends(
    goals: Run, reply: str | None, code: int, status: str
) -> None:
    rated(goals, "2", "-2")
    question = "Goal 2 was last rated “much less than expected”. How does it end?"
    person = ScriptedPerson({question: reply})
    assert goals("goal", "close", "2", person=person).code == code
    assert goal(goals, 2)["status"] == status


@pytest.mark.parametrize(("id", "value"), [("1", "8"), ("2", "0"), ("3", None)])
def test_a_goal_that_was_reached_or_not_rated_is_closed_without_a_question(
    goals: Run, id: str, value: str | None
) -> None:
    if value:
        rated(goals, id, value)
    assert goals("goal", "close", id).code == 0
    assert goal(goals, int(id))["status"] == "achieved"


# A review and its answer


def on_day(day: int) -> Any:
    """Return a clock that stands still on a day in November or, past 30, December."""
    moment = datetime(2026, 11, 1, 9, tzinfo=UTC) + timedelta(days=day - 1)
    return lambda: moment


@pytest.mark.parametrize(
    ("rated_on", "review_on"),
    [
        pytest.param(26, "2026-11-27", id="before"),
        pytest.param(27, None, id="on-the-day"),
        pytest.param(30, None, id="later"),
    ],
)
def test_a_rating_on_the_day_of_a_review_or_later_answers_it(
    goals: Run, rated_on: int, review_on: str | None
) -> None:
    ran = goals("goal", "rate", "1", "5", clock=on_day(rated_on))
    assert ran.code == 0
    assert goal(goals, 1)["review_on"] == review_on
    assert ("That answers the review of Friday 27 November 2026." in ran.err) is (
        review_on is None
    )
    start = goals(clock=on_day(40)).out
    assert ("review" in start) is (review_on is not None)
    listed = goals("goal", "list", "priya", clock=on_day(40)).out
    assert ("review was due Fri 27 Nov" in listed) is (review_on is not None)


def test_the_next_review_is_asked_for(goals: Run) -> None:
    question = "When will you look at it again?"
    person = ScriptedPerson({question: ("30 Nov", "8 Jan")})
    ran = goals("goal", "rate", "1", "5", person=person, clock=on_day(30))
    assert (ran.code, ran.err) == (0, "")
    assert person.refused == [
        f"{question}: Monday 30 November 2026 is before Tuesday 1 December 2026."
    ]
    assert goal(goals, 1)["review_on"] == "2027-01-08"


def test_nothing_is_asked_where_no_review_is_due(goals: Run) -> None:
    assert goals("goal", "rate", "1", "5", person=ScriptedPerson()).code == 0
    assert goal(goals, 1)["review_on"] == "2026-11-27"


@pytest.mark.parametrize(
    ("day", "code"), [("2026-11-30", 2), ("2026-12-04", 0)], ids=["same-day", "later"]
)
def test_the_next_review_may_be_given(goals: Run, day: str, code: int) -> None:
    ran = goals("goal", "rate", "1", "5", "--review", day, clock=on_day(30))
    assert ran.code == code
    assert goal(goals, 1)["review_on"] == ("2026-11-27" if code else day)


# Changing a goal


@pytest.mark.parametrize(
    ("id", "options", "fields"),
    [
        pytest.param(1, ["--title", " Run  it "], {"title": "Run it"}, id="title"),
        pytest.param(1, ["--why", ""], {"why": None}, id="no-reason"),
        pytest.param(1, ["--success", "Out"], {"success": "Out"}, id="success"),
        pytest.param(1, ["--target", "9"], {"target": 9}, id="target"),
        pytest.param(3, ["--target", "0"], {"target": None}, id="no-target"),
        pytest.param(1, ["--baseline", "2"], {"baseline": 2}, id="baseline"),
        pytest.param(2, ["--weight", "5"], {"weight": 5}, id="weight"),
        pytest.param(
            1, ["--review", "8 Jan"], {"review_on": "2027-01-08"}, id="review"
        ),
        pytest.param(1, ["--review", ""], {"review_on": None}, id="no-review"),
        pytest.param(
            2,
            by_levels("a", "b", "c", "d", "e"),
            {"levels": ["a", "b", "c", "d", "e"]},
            id="levels",
        ),
        pytest.param(
            1,
            by_levels("a", "b", "c", "d", "e"),
            {
                "levels": ["a", "b", "c", "d", "e"],
                "scale": "attainment",
                "baseline": None,
                "target": None,
            },
            id="levels-instead-of-a-scale",
        ),
    ],
)
def test_goal_edit_changes_what_the_options_say_and_nothing_else(
    goals: Run, id: int, options: list[str], fields: dict[str, object]
) -> None:
    before = goal(goals, id)
    ran = goals("goal", "edit", str(id), *options)
    assert ran.code == 0, ran.err
    assert goal(goals, id) == before | fields
    title = fields.get("title", before["title"])
    assert ran.out == f"Changed: {id} {title}. See: coachlog goal show {id}\n"


def test_a_goal_made_private_is_veiled_at_once(goals: Run) -> None:
    ran = goals("goal", "edit", "1", "--private")
    assert ran.out == "Changed: 1 (private). See: coachlog goal show 1\n"
    assert goals("goal", "edit", "1", "--shared").out.startswith("Changed: 1 Run")


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        pytest.param("99 --title x", 3, "There is no goal 99.", id="none"),
        pytest.param("1", 2, "--title, --why, --review", id="nothing-said"),
        pytest.param("1 --title=", 2, "A goal needs a title.", id="no-title"),
        pytest.param("1 --weight 1", 4, "already says that", id="as-it-is"),
        pytest.param("1 --target 3", 2, "nothing to achieve", id="no-distance"),
        pytest.param("3 --title Hand --target 11", 2, "--target", id="off-the-scale"),
        pytest.param("2 --target 8", 2, "has five levels", id="levels-and-target"),
        pytest.param("2 --level a --level b", 2, "needs five levels", id="two-levels"),
        pytest.param("1 --review nonsense", 2, "nonsense", id="no-day"),
    ],
)
def test_a_change_that_cannot_be(goals: Run, line: str, code: int, words: str) -> None:
    before = everything(goals)
    ran = goals("goal", "edit", *line.split())
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
    assert everything(goals) == before


@pytest.mark.parametrize(
    ("id", "options", "code", "words"),
    [
        pytest.param("1", ["--baseline", "1"], 4, "has been rated since", id="start"),
        pytest.param(
            "2", by_levels(*"abcde"), 4, "would mean something else", id="levels"
        ),
        pytest.param(
            "1", by_levels(*"abcde"), 4, "would mean something else", id="another-scale"
        ),
        pytest.param(
            "1", ["--target", "1"], 4, "For another target, drop it", id="target"
        ),
        pytest.param(
            "3", ["--target", "0"], 4, "For another target", id="no-target-any-more"
        ),
        pytest.param("2", ["--weight", "9"], 4, "For another weight", id="weight"),
        pytest.param(
            "1", ["--review", "today"], 2, "which answers a review on", id="answered"
        ),
    ],
)
def test_ratings_keep_their_meaning(
    goals: Run, id: str, options: list[str], code: int, words: str
) -> None:
    rated(goals, id, "1")
    before = everything(goals)
    ran = goals("goal", "edit", id, *options)
    assert ran.code == code
    assert words in ran.err
    assert everything(goals) == before


@pytest.mark.parametrize("option", ["--target", "--weight"])
def test_a_closed_goal_keeps_what_it_was_judged_by(goals: Run, option: str) -> None:
    goals("goal", "close", "1")
    ran = goals("goal", "edit", "1", option, "5")
    assert (ran.code, "was judged by what it says" in ran.err) == (4, True)
    assert goals("goal", "edit", "1", "--why", "A slip of the pen").code == 0


def test_another_open_goal_keeps_its_title(goals: Run) -> None:
    goals("goal", "add", "priya", "--title", "Delegate")
    ran = goals("goal", "edit", "4", "--title", "run the HUDDLE")
    assert (ran.code, "Goal 1 is open and already has that title" in ran.err) == (
        4,
        True,
    )
    assert goals("goal", "edit", "1", "--title", "Run the Huddle").code == 0


def test_without_options_each_field_is_asked_for_as_it_is(goals: Run) -> None:
    person = ScriptedPerson(
        {
            "title": "Run it",
            "why": "Tom is on leave",
            "success": None,
            "baseline": "3",
            "target": "9",
            "review_on": "8 Jan",
        }
    )
    before = goal(goals, 1)
    assert goals("goal", "edit", "1", person=person).code == 0
    assert person.offered["title"] == "Run the huddle"
    assert goal(goals, 1) == before | {
        "title": "Run it",
        "success": None,
        "target": 9,
        "review_on": "2027-01-08",
    }


def test_once_rated_a_goal_is_not_asked_where_it_should_be(goals: Run) -> None:
    rated(goals, "1", "5")
    person = ScriptedPerson({"title": "Run it"}, skip=True)
    assert goals("goal", "edit", "1", person=person).code == 0
    assert list(person.offered)[-1] == "When will you look at it again?"
    assert "Where should it be, from 1 to 10?" not in person.offered


# One goal with the others


def test_goal_show_has_the_score_of_the_goals_it_belongs_to(goals: Run) -> None:
    for title, weight in (("B", "2"), ("C", "1")):
        words = ["dana", "--title", title, "--weight", weight, *by_levels(*LEVELS)]
        assert goals("goal", "add", *words).code == 0
    for id, value in (("2", "1"), ("4", "0")):
        rated(goals, id, value)
    assert goals("goal", "show", "2", "--json").json["attainment"] is None
    assert "T-score" not in goals("goal", "show", "2").out
    rated(goals, "5", "-1")
    shown = goals("goal", "show", "2", "--json").json["attainment"]
    listed = goals("goal", "list", "dana", "--json").json["attainments"]
    assert [shown] == listed
    assert round(shown["t_score"], 1) == 54.4
    assert (
        "With the other goals: T-score 54.4 (3 goals;" in goals("goal", "show", "2").out
    )
    assert goals("goal", "show", "1", "--json").json["attainment"] is None


def test_a_goal_outside_the_score_is_not_said_to_be_in_it(goals: Run) -> None:
    """Dropped or never rated, it stands beside the score of the others."""
    for title in ("B", "C", "D", "E"):
        words = ["dana", "--title", title, *by_levels(*LEVELS)]
        assert goals("goal", "add", *words).code == 0
    for id in ("2", "4", "5", "6"):
        rated(goals, id, "1")
    assert "With the other goals: T-score" in goals("goal", "show", "6").out
    goals("goal", "close", "6", "--dropped")
    for id in ("6", "7"):
        shown = goals("goal", "show", id).out
        assert "\nThe other goals: T-score" in shown
        assert "(3 goals;" in shown


def test_the_weights_behind_a_score_are_shown(goals: Run) -> None:
    """Also a weight of 1; without a score only one that differs from it."""
    assert "weight 3" in goals("goal", "list", "dana").out
    for title in ("B", "C"):
        words = ["dana", "--title", title, *by_levels(*LEVELS)]
        assert goals("goal", "add", *words).code == 0
    assert "weight 1" not in goals("goal", "list", "dana").out
    assert "weight 1" not in lines(goals, "goal", "show", "4")
    for id in ("2", "4", "5"):
        rated(goals, id, "1")
    assert goals("goal", "list").out.count("weight 1") == 2
    assert "weight 1" in lines(goals, "goal", "show", "4")
    assert "weight" not in goals("goal", "show", "1").out


@pytest.mark.parametrize(
    "typed", ["listen fri", "3 fri", "3 --on fri", "listen on fri"]
)
def test_the_last_words_of_a_goal_that_ends_are_its_day(goals: Run, typed: str) -> None:
    ran = goals("goal", "close", *typed.split(), "--achieved")
    day = "Friday 20 November 2026"
    assert (ran.code, ran.out.split(":")[0]) == (0, f"Achieved on {day}")
