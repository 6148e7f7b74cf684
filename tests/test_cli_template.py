"""`coachlog template`: the conversations to choose from; no journal is needed."""

from pathlib import Path

import pytest

from conftest import Run
from support import ScriptedPerson, hold

OWN = """\
title = "Walk"
summary = "A talk on foot."
audience = "one-to-one"
minutes = 15
[[stage]]
id = "way"
title = "On the way"
guidance = "Let $them lead."
[[stage.prompt]]
id = "mood"
ask = "How is $them?"
kind = "scale"
high = 5
[[stage.prompt]]
id = "why"
ask = "Why?"
kind = "choices"
options = ["rest", "pay"]
private = true
when = { prompt = "way.mood", below = 3 }
"""


def own(home: Path, name: str, text: str = OWN) -> None:
    folder = home / "prompts"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")


def test_the_six_that_come_with_coachlog(run: Run, home: Path) -> None:
    ran = run("template", "list", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert [(t["id"], t["audience"], t["builtin"]) for t in ran.json["templates"]] == [
        ("quick", "one-to-one", True),
        ("sbi", "one-to-one", True),
        ("check-in", "one-to-one", True),
        ("oskar", "one-to-one", True),
        ("grow", "one-to-one", True),
        ("what3", "solo", True),
    ]
    assert not home.exists()


def test_the_list_names_each_with_when_to_choose_it(run: Run) -> None:
    words = " ".join(run("template", "list").out.split())
    assert "quick Two-minute note 2 Straight after a corridor chat" in words
    assert "what3 What? So what? Now what? 8 Five minutes alone" in words


def test_a_template_of_ones_own_is_listed_shown_and_held(run: Run, home: Path) -> None:
    own(home, "walk")
    listed = {t["id"]: t["builtin"] for t in run("template", "list", "--json").json["templates"]}
    assert listed["walk"] is False
    assert "(your own)" in run("template", "list").out
    assert run("template", "show", "walk").out.split() == [
        "Walk",
        "A",
        "talk",
        "on",
        "foot.",
        "one-to-one",
        "·",
        "15",
        "minutes",
        "Your",
        "own",
        "template.",
        "1",
        "On",
        "the",
        "way",
        "Let",
        "they",
        "lead.",
        "•",
        "How",
        "is",
        "[name]?",
        "(1",
        "to",
        "5)",
        "•",
        "Why?",
        "(rest",
        "|",
        "pay;",
        "private;",
        "if",
        "“mood”",
        "is",
        "below",
        "3)",
    ]
    hold(run, template="walk", answers={"way.mood": 2, "way.why": ["pay", "rest"]})
    answers = run("session", "show", "1", "--json").json["session"]["answers"]
    assert [(a["question"], a["value"], a["private"]) for a in answers] == [
        ("How is Priya?", 2, False),
        ("Why?", ["pay", "rest"], True),
    ]


def test_a_template_of_ones_own_takes_the_place_of_a_built_in_one(run: Run, home: Path) -> None:
    own(home, "grow")
    assert "your own, in place" in " ".join(run("template", "list").out.split())
    assert run("template", "show", "grow", "--json").json["template"]["title"] == "Walk"


def test_template_show_as_json(run: Run, home: Path) -> None:
    own(home, "walk")
    assert run("template", "show", "walk", "--json").json == {
        "schema": 1,
        "template": {
            "id": "walk",
            "title": "Walk",
            "summary": "A talk on foot.",
            "audience": "one-to-one",
            "minutes": 15,
            "source": None,
            "builtin": False,
            "stages": [
                {
                    "id": "way",
                    "title": "On the way",
                    "guidance": "Let $them lead.",
                    "prompts": [
                        {"id": "mood", "ask": "How is $them?", "kind": "scale", "required": False}
                        | {"private": False, "measure": None, "low": 1, "high": 5, "options": []},
                        {"id": "why", "ask": "Why?", "kind": "choices", "required": False}
                        | {"private": True, "measure": None, "low": None, "high": None}
                        | {"options": ["rest", "pay"]},
                    ],
                }
            ],
        },
    }


@pytest.mark.parametrize(
    ("id", "near"),
    [("grwo", "grow"), ("osca", "oskar"), ("../grow", ""), ("", ""), ("a" * 999, "")],
)
def test_an_unknown_template_is_not_found(run: Run, id: str, near: str) -> None:
    ran = run("template", "show", id)
    assert (ran.code, ran.out) == (3, "")
    assert near in ran.err
    assert len(ran.err) < 2_000


@pytest.mark.parametrize("line", ["template list", "template show walk", "template list --json"])
def test_a_template_that_cannot_be_read_is_an_error_with_file_and_faults(
    run: Run, home: Path, line: str
) -> None:
    own(home, "walk", OWN.replace('kind = "scale"', 'kind = "scala"').replace('"Why?"', "7"))
    ran = run(*line.split())
    assert (ran.code, ran.out) == (2, "")
    assert "walk.toml" in ran.err
    assert "scala" in ran.err
    assert "ask" in ran.err


def test_a_group_template_can_be_shown_and_not_held(example: Run, home: Path) -> None:
    own(home, "circle", OWN.replace("one-to-one", "group"))
    assert example("template", "show", "circle").code == 0
    for person, extra in ((None, ["-a", "-"]), (ScriptedPerson(), [])):
        line = ["session", "new", "priya", "--template", "circle", *extra]
        ran = example(*line, person=person, input="{}")
        assert (ran.code, ran.out) == (4, "")
        assert "group" in ran.err


def test_a_conversation_keeps_the_questions_as_they_were_asked(run: Run, home: Path) -> None:
    own(home, "walk")
    hold(run, template="walk", answers={"way.mood": 4})
    own(home, "walk", OWN.replace("How is $them?", "Something else?"))
    assert "How is Priya?" in run("session", "show", "1").out
