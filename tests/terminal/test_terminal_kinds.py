"""Every kind of question at a real terminal: answered, taken back, skipped, refused."""

from pathlib import Path
from typing import Any

import pytest
from screen import BACK, BACKSPACE, CTRL_U, DOWN, ENTER, SPACE, UP, finish, pasted, talk

from conftest import Run

SECOND = 'id = "then"\nask = "And then?"\nkind = "line"'
FRUIT = 'options = ["apple", "pear", "plum"]'


def prompt(kind: str, *more: str, id: str = "first", ask: str = "The first question?") -> str:
    return "\n".join([f'id = "{id}"', f'ask = "{ask}"', f'kind = "{kind}"', *more])


def values(run: Run) -> dict[str, Any]:
    """Return the answers of the first session by prompt; what was skipped is not there."""
    found = run("session", "show", "1", "--json").json["session"]["answers"]
    return {answer["prompt"]: answer["value"] for answer in found}


KINDS = [
    pytest.param(prompt("line"), ["a line", ENTER], "›  a line", "a line", id="line"),
    pytest.param(
        prompt("text"),
        ["one", ENTER, "two", ENTER, ENTER],
        "›  one\n   two",
        "one\ntwo",
        id="text-enter-is-a-new-line-and-on-an-empty-one-goes-on",
    ),
    pytest.param(prompt("scale"), ["7", ENTER], "›  7", 7, id="scale"),
    pytest.param(prompt("scale", "low = 0", "high = 3"), ["0", ENTER], "›  0", 0, id="scale-at-0"),
    pytest.param(prompt("number"), ["12.5", ENTER], "›  12.5", 12.5, id="number"),
    pytest.param(prompt("yesno"), ["1", ENTER], "›  yes", True, id="yes"),
    pytest.param(prompt("yesno"), ["2", ENTER], "›  no", False, id="no"),
    pytest.param(
        prompt("date"), ["fri", ENTER], "→ Friday 27 November 2026", "2026-11-27", id="date"
    ),
    pytest.param(prompt("choice", FRUIT), [DOWN, DOWN, ENTER], "›  pear", "pear", id="choice"),
    pytest.param(
        prompt("choice", FRUIT), ["3", ENTER], "›  plum", "plum", id="choice-by-its-number"
    ),
    pytest.param(
        prompt("choices", FRUIT),
        [SPACE, DOWN, DOWN, SPACE, ENTER],
        "›  done (2 selections)",
        ["apple", "plum"],
        id="choices",
    ),
]


@pytest.mark.parametrize(("first", "keys", "shown", "value"), KINDS)
def test_an_answer_can_be_taken_back_is_offered_again_and_is_kept(
    first: str, keys: list[str], shown: str, value: object, home: Path, run: Run
) -> None:
    with talk(home, first, SECOND) as screen:
        screen.asks("The first question?").type(*keys)
        screen.asks("And then?")
        assert shown in screen.text
        screen.type(BACK, ENTER)
        screen.sees("back").asks("The first question?").type(ENTER)
        screen.answer("And then?")
        assert finish(screen) == 0
    assert values(run) == {"first": value}


EVERY_KIND = [
    prompt("line", id="line", ask="Line?"),
    prompt("text", id="text", ask="Text?"),
    prompt("scale", id="scale", ask="Scale?"),
    prompt("yesno", id="yesno", ask="Yes?"),
    prompt("date", id="date", ask="Date?"),
    prompt("number", id="number", ask="Number?"),
    prompt("choice", FRUIT, id="choice", ask="Choice?"),
    prompt("choices", FRUIT, id="choices", ask="Choices?"),
    prompt("actions", id="actions", ask="Actions?"),
]
ASKED = ["Line?", "Text?", "Scale?", "Yes?", "Date?", "Number?", "Choice?", "Choices?", "Actions?"]


def test_enter_skips_and_back_leaves_every_kind(home: Path, run: Run) -> None:
    lists = {"Yes?", "Choice?", "Choices?"}
    with talk(home, *EVERY_KIND) as screen:
        for question in ASKED[:-1]:
            screen.answer(question)
        for question in reversed(ASKED[1:]):
            screen.asks(question).type(*([BACK] if question in lists else [BACK, ENTER]))
        for question in ASKED:
            screen.answer(question)
        assert "0 answers, 8 skipped" in screen.sees("To be saved").text
        assert finish(screen) == 0
    assert values(run) == {}


def test_back_at_the_first_question_asks_it_again(home: Path) -> None:
    with talk(home, prompt("line"), SECOND) as screen:
        screen.answer("The first question?", BACK)
        screen.sees("back").asks("The first question?").type("here", ENTER)
        screen.asks("And then?")


def test_back_over_what_is_offered_goes_further_back(home: Path) -> None:
    with talk(home, prompt("line"), SECOND, prompt("line", id="last", ask="Last?")) as screen:
        screen.answer("The first question?", "one")
        screen.answer("And then?", "two")
        screen.answer("Last?", BACK)
        screen.asks("And then?").sees("›  two")
        screen.type(BACK, ENTER).asks("The first question?").sees("›  one")


def test_what_was_offered_can_be_mended_or_emptied(home: Path, run: Run) -> None:
    with talk(home, prompt("line"), SECOND, prompt("line", id="last", ask="Last?")) as screen:
        screen.answer("The first question?", "one")
        screen.answer("And then?", "two")
        screen.answer("Last?", BACK).answer("And then?", CTRL_U)
        screen.answer("Last?", BACK).answer("And then?", BACK)
        screen.asks("The first question?").sees("›  one").type(BACKSPACE, "ce", ENTER)
        screen.answer("And then?").answer("Last?", "x < y")
        assert finish(screen) == 0
    assert values(run) == {"first": "once", "last": "x < y"}


REQUIRED = [
    prompt("line", "required = true", id="line", ask="Line?"),
    prompt("text", "required = true", id="text", ask="Text?"),
    prompt("scale", "required = true", id="scale", ask="Scale?"),
    prompt("choices", FRUIT, "required = true", id="choices", ask="Choices?"),
    prompt("choice", FRUIT, "required = true", id="choice", ask="Choice?"),
    prompt("yesno", "required = true", id="yesno", ask="Yes?"),
]


def test_a_required_question_is_not_skipped(home: Path, run: Run) -> None:
    with talk(home, *REQUIRED) as screen:
        screen.answer("Line?").sees("This one needs an answer.").type("a", ENTER)
        screen.answer("Text?").sees("This one needs an answer.").type("b", ENTER, ENTER)
        screen.answer("Scale?").sees("This one needs an answer.").type("3", ENTER)
        screen.answer("Choices?").sees("This one needs an answer.").type(SPACE, ENTER)
        assert "skip" not in screen.asks("Choice?").new
        screen.type(ENTER)
        assert "skip" not in screen.asks("Yes?").new
        screen.type(ENTER)
        assert finish(screen) == 0
    assert values(run) == {
        "line": "a",
        "text": "b",
        "scale": 3,
        "choices": ["apple"],
        "choice": "apple",
        "yesno": True,
    }


@pytest.mark.parametrize(
    ("first", "keys", "error"),
    [
        pytest.param(
            prompt("scale"), "11", "“11” should be a whole number from 1 to 10.", id="too-high"
        ),
        pytest.param(
            prompt("scale"), "7.5", "“7.5” should be a whole number from 1 to 10.", id="a-half"
        ),
        pytest.param(prompt("number"), "many", "“many” should be a number.", id="no-number"),
        pytest.param(prompt("date"), "soonish", "“soonish” is not a date", id="no-date"),
    ],
)
def test_a_wrong_answer_is_explained_and_stays_in_the_field(
    first: str, keys: str, error: str, home: Path
) -> None:
    with talk(home, first, SECOND) as screen:
        screen.answer("The first question?", keys).sees(error, f"›  {keys}")
        assert "And then?" not in screen.text


def test_a_condition_shows_its_question_only_when_it_holds(home: Path, run: Run) -> None:
    lift = prompt("line", 'when = { prompt = "s.scale", below = 7 }', id="lift", ask="Lift?")
    scale = prompt("scale", id="scale", ask="Sure?")
    with talk(home, scale, lift, SECOND) as screen:
        screen.answer("Sure?", "3").answer("Lift?", "sleep").answer("And then?", BACK)
        screen.answer("Lift?", BACK).answer("Sure?", CTRL_U, "8")
        screen.asks("And then?")
        assert "Lift?" not in screen.new
        screen.type(ENTER)
        assert finish(screen) == 0
    assert values(run) == {"scale": 8}


def test_the_lines_of_an_earlier_answer_become_the_options(home: Path, run: Run) -> None:
    ideas = prompt("text", id="ideas", ask="Ideas?")
    which = prompt("choice", 'options_from = "s.ideas"', id="which", ask="Which?")
    with talk(home, ideas, which) as screen:
        screen.asks("Ideas?").type("- swap shifts", ENTER, "ask Ana", ENTER, ENTER)
        screen.asks("Which?").sees("1) swap shifts", "2) ask Ana").type(UP, ENTER)
        assert finish(screen) == 0
    assert values(run) == {"ideas": "- swap shifts\nask Ana", "which": "ask Ana"}


def test_a_paste_of_several_lines_is_one_answer(home: Path, run: Run) -> None:
    with talk(home, prompt("text"), SECOND, prompt("line", id="last", ask="Last?")) as screen:
        screen.asks("The first question?").type(pasted("one\n\nthree\n"))
        screen.sees("three").type(ENTER)
        screen.asks("And then?").type(pasted("no\nend")).sees("no").type(ENTER)
        screen.answer("Last?")
        assert finish(screen) == 0
    assert values(run) == {"first": "one\n\nthree", "then": "no end"}


def test_whoever_types_ahead_loses_nothing(home: Path, run: Run) -> None:
    with talk(home, prompt("line"), SECOND, prompt("text", id="last", ask="Last?")) as screen:
        screen.asks("The first question?")
        screen.type("one", ENTER, "two", ENTER, "three", ENTER, "four", ENTER, ENTER)
        assert finish(screen) == 0
    assert values(run) == {"first": "one", "then": "two", "last": "three\nfour"}
