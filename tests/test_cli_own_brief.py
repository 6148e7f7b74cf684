"""`brief` on somebody up from the owner: what they promised, want to bring, and what moved."""

import json
import shlex
from datetime import timedelta
from typing import Any

import pytest

from command_support import golden, hold
from conftest import NOW, Run, standing

BEFORE = standing(NOW - timedelta(days=20))


def typed(run: Run, *lines: str, **how: Any) -> Any:
    for line in lines:
        ran = run(*shlex.split(line), **how)
        assert ran.code == 0, ran.err
    return ran


@pytest.fixture
def coached(run: Run) -> Run:
    """A coach met a week ago; since then a goal, a measure and two promises have moved."""
    typed(
        run,
        'person add "Ben Ek" -r coach --every 2w',
        'person add "Amy Cole" -r report',
        'goal add me --title "Let them run it" --baseline 3 --target 8',
        'goal add me --title "Read more" --baseline 2',
        "goal rate 1 4",
        "goal rate 2 3",
        clock=BEFORE,
    )
    hold(
        run,
        person="Ben Ek",
        relationship=None,
        held_on="2026-11-16",
        answers={"capture.mattered": "Say less, ask more."},
        actions=[
            {"what": "Read two chapters", "owner": "me", "due": "2026-11-27"},
            {"what": "Send the article", "owner": "them", "due": "2026-11-27"},
        ],
    )
    typed(
        run,
        'action add me "Book the room by 20 nov" --on 2026-11-16',
        'action add amy "Send the rota by 20 nov" --owner me --on 2026-11-16',
        'action add amy "Tell nobody by 20 nov" --owner me --private --on 2026-11-16',
        "action done 3 --on 2026-11-19",
        "action done 4 --on 2026-11-20",
        "action done 5 --on 2026-11-20",
        "goal rate 1 6 --on 2026-11-20",
        'note ben "How to say no"',
        'action edit 1 --support "Ben: send the link"',
    )
    for day, value in (("2026-11-10", 4), ("2026-11-20", 6)):
        hold(
            run,
            person=None,
            relationship=None,
            template="shadow",
            held_on=day,
            answers={"say.clear": value},
        )
    return run


@pytest.mark.usefixtures("screen")
@pytest.mark.parametrize("width", [60, 80])
def test_a_brief_on_my_coach_is_my_preparation(
    coached: Run, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = typed(coached, "brief ben").out
    assert out == golden(f"own-brief-{width}.txt", out)
    assert max(map(len, out.splitlines())) <= width


def test_what_moved_as_json(coached: Run) -> None:
    brief = typed(coached, "brief ben --json").json["brief"]
    moves = brief["moves"]
    assert moves["since"] == "2026-11-16"
    assert [(goal["id"], goal["now"], goal["before"]) for goal in moves["goals"]] == [
        (1, 6, 4)
    ]
    # Not what I did for Amy: a brief is looked at beside my coach.
    assert [promise["what"] for promise in moves["promises"]] == ["Book the room"]
    assert brief["ask_first"] == {"action": None, "goal": None}
    assert brief["withheld"] == 0
    assert brief["supports"] == [
        {
            "action": 1,
            "giver": "Ben Ek",
            "words": "send the link",
            "what": "Read two chapters",
            "giver_id": 1,
        }
    ]


def test_what_is_private_is_asked_for(coached: Run) -> None:
    typed(
        coached,
        'action add me "Keep it quiet by 20 nov" --private --on 2026-11-16',
        "action done 6 --on 2026-11-20",
    )
    for words in ("Keep it quiet", "Tell nobody"):
        assert words not in coached("brief", "ben").out
    assert "1 private entry is not shown" in coached("brief", "ben").out
    asked = coached("brief", "ben", "--private").out
    assert "Keep it quiet" in asked
    assert "Tell nobody" not in asked


THREE = {
    "template": "check-in",
    "actions": [
        {
            "what": "Lead with questions",
            "owner": "me",
            "due": "2026-12-11",
            "support": "Zoe: asks me",
        },
        {"what": "Watch a huddle", "owner": "me", "due": "2026-11-27"},
    ],
}


@pytest.mark.parametrize(
    ("partners", "is_seen"),
    [
        pytest.param(["ben", "zoe"], True, id="with-her"),
        pytest.param(["ben", "amy"], False, id="with-others"),
    ],
)
def test_of_a_talk_of_three_a_brief_has_what_its_person_was_there_for(
    coached: Run, partners: list[str], is_seen: bool
) -> None:
    """Support and a promise that was done, for a plan that is mine.

    What was measured is no move since the talk with her, and is not hers with others.
    """
    typed(coached, 'person add "Zoe Fox" -r manager')
    for day, value in (("2026-11-18", 3), ("2026-11-20", 7)):
        answers: Any = {"theirs.work": value}
        file = THREE | {"with": partners, "held_on": day, "answers": answers}
        ran = coached("session", "new", "--answers", "-", input=json.dumps(file))
        assert ran.code == 0, ran.err
    typed(coached, "action done 7 --on 2026-11-22", "action done 9 --on 2026-11-22")
    brief = typed(coached, "brief zoe --json").json["brief"]
    seen = {
        "support": "asks me" in json.dumps(brief["supports"]),
        "promise": "Lead with" in json.dumps(brief["supports"]),
        "done": "Watch a huddle" in json.dumps(brief["moves"]["promises"]),
    }
    assert seen == {"support": True, "promise": is_seen, "done": is_seen}
    assert "work-felt" not in json.dumps(brief["moves"]["measures"])


@pytest.mark.parametrize("relationship", ["manager", "coach", "mentor", "supervisor"])
def test_it_is_mine_with_everyone_above_me(coached: Run, relationship: str) -> None:
    typed(coached, f'person add "Zoe Fox" -r {relationship}')
    assert "Moved in the last four weeks" in coached("brief", "zoe").out


def test_one_number_is_no_move(coached: Run) -> None:
    """A measure asked for the first time has not moved; nor has one on another range."""
    hold(
        coached,
        person=None,
        relationship=None,
        template="first-plan",
        held_on="2026-11-20",
        answers={"promise.sure": 6},
    )
    moves = coached("brief", "ben", "--json").json["brief"]["moves"]
    assert [move["measure"] for move in moves["measures"]] == ["shadow-say"]


@pytest.mark.parametrize("relationship", ["report", "coachee", "peer", "mentee"])
def test_with_others_it_is_about_them(coached: Run, relationship: str) -> None:
    typed(coached, f'person add "Zoe Fox" -r {relationship}')
    assert "Moved" not in coached("brief", "zoe").out
    assert coached("brief", "zoe", "--json").json["brief"]["moves"] is None


@pytest.mark.parametrize(
    ("support", "expected"),
    [
        ("me: an hour on Monday", "you  an hour on Monday, for “Draft the agenda”"),
        ("I'll sit with her", "you  sit with her, for “Draft the agenda”"),
        ("I will sit with her", "you  sit with her, for “Draft the agenda”"),
        ("Tom: sit with her", "you  sit with her, for “Draft the agenda”"),
        ("me", "you  for “Draft the agenda”"),
        ("Ben: sit with her", None),
        ("Occupational health: a call", None),
        ("an hour a week", None),
    ],
)
def test_the_support_that_i_promised_comes_up_as_mine(
    coached: Run, support: str, expected: str | None
) -> None:
    typed(coached, 'person edit me --name "Tom Reed"')
    line = ("action", "add", "amy", "Draft the agenda by 4 dec", "--owner", "them")
    assert coached(*line, "--support", support).code == 0
    out = typed(coached, "brief amy").out
    assert ("Support" in out) is bool(expected)
    if expected:
        assert expected in out


def test_what_i_support_myself_on_my_own_promise_is_no_news(coached: Run) -> None:
    typed(coached, 'action add amy "Draft it" --owner me --support "me: an hour"')
    assert "Support" not in coached("brief", "amy").out


def test_the_support_that_my_manager_promised_for_my_own_plan(coached: Run) -> None:
    typed(
        coached,
        'person add "Helen Marsh" -r manager',
        'action add me "Lead it by 4 dec" --support "Helen: cover the ward"',
        'action add me "Rest by 4 dec" --private --support "Helen: swap a shift"',
        'action add me "Ask HR by 4 dec" --support "Amy: find the form"',
    )
    out = typed(coached, "brief helen").out
    assert "Helen  cover the ward, for “Lead it”" in out
    assert "Rest" not in out
    assert "Ask HR" not in out
    assert "swap a shift, for “Rest”" in coached("brief", "helen", "--private").out
    assert "cover the ward" not in coached("brief", "ben").out


# After a conversation of three


def hold_three(run: Run, first: str, second: str) -> None:
    """Hold a three-way a day after a coaching talk, each with a day agreed for the next one."""
    hold(
        run,
        person=first,
        relationship=None,
        template="coached",
        held_on="2026-11-18",
        answers={
            "bring.topic": "How I freeze",
            "next.to-myself": "Do I need supervision?",
            "next.speak": "2026-12-14",
        },
    )
    answers = {"learning.keep": "Let people finish", "promises.review": "2027-01-11"}
    three = {
        "with": [first, second],
        "template": "three-way",
        "held_on": "2026-11-20",
        "answers": answers,
    }
    ran = run("session", "new", "--answers", "-", input=json.dumps(three))
    assert ran.code == 0, ran.err


@pytest.mark.usefixtures("screen")
@pytest.mark.parametrize("width", [60, 80, 140])
def test_after_a_talk_of_three_the_last_of_two_is_still_there(
    coached: Run, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    typed(coached, 'person add "Helen Marsh" -r manager')
    hold_three(coached, "Ben Ek", "Helen Marsh")
    monkeypatch.setenv("COLUMNS", str(width))
    out = typed(coached, "brief ben").out
    assert max(map(len, out.splitlines())) <= width
    words = " ".join(out.replace("·", "").split())
    assert "Last time: Three-way plan with Helen Marsh, Fri 20 Nov" in words
    assert "The two of you: Being coached, Wed 18 Nov" in words
    assert "What do you bring? How I freeze" in words
    assert "Mon 14 Dec When will you next speak?" in words
    assert "Mon 11 Jan 2027 When will the three of you look at this again?" in words
    assert "supervision" not in words
    # With her there was no talk of two.
    assert "The two of you" not in typed(coached, "brief helen").out
    assert "How I freeze" not in typed(coached, "brief helen").out
    assert "14 Dec" not in typed(coached, "brief helen").out


def test_the_last_talk_of_two_and_the_days_as_json(coached: Run) -> None:
    """It is so with everyone, not only with somebody above me."""
    typed(coached, 'person add "Helen Marsh" -r manager')
    hold_three(coached, "Amy Cole", "Helen Marsh")
    brief = typed(coached, "brief amy --json").json["brief"]
    assert brief["last_session"]["title"] == "Three-way plan"
    assert brief["last_of_two"]["title"] == "Being coached"
    assert [answer["value"] for answer in brief["last_of_two"]["answers"]] == [
        "How I freeze"
    ]
    assert [(day["on"], day["title"]) for day in brief["agreed_days"]] == [
        ("2026-12-14", "Being coached"),
        ("2027-01-11", "Three-way plan"),
    ]
    shown = typed(coached, "brief amy --json --private").json["brief"]
    assert shown["withheld"] < brief["withheld"]
    assert len(shown["last_of_two"]["answers"]) == 2
    # What has passed is no day to come.
    later = typed(coached, "brief amy --json", clock=standing(NOW + timedelta(days=30)))
    assert [day["on"] for day in later.json["brief"]["agreed_days"]] == ["2027-01-11"]
