"""Every kind of question at a real terminal: answered, taken back, skipped, refused."""

from pathlib import Path
from typing import Any

import pytest
from screen import (
    BACK,
    BACKSPACE,
    CTRL_A,
    CTRL_J,
    CTRL_K,
    CTRL_U,
    DOWN,
    ENTER,
    SPACE,
    UP,
    finish,
    pasted,
    talk,
)

from conftest import Run

SECOND = 'id = "then"\nask = "And then?"\nkind = "line"'
FRUIT = 'options = ["apple", "pear", "plum"]'


def prompt(
    kind: str, *more: str, id: str = "first", ask: str = "The first question?"
) -> str:
    return "\n".join([f'id = "{id}"', f'ask = "{ask}"', f'kind = "{kind}"', *more])


def values(run: Run) -> dict[str, Any]:
    """Return the answers of the first session by prompt; what was skipped is not there."""
    found = run("session", "show", "1", "--json").json["session"]["answers"]
    return {answer["prompt"]: answer["value"] for answer in found}


# its id, what it is beside that, what is typed, what is then shown, what is kept
KINDS: list[tuple[str, tuple[str, ...], list[str], str, object]] = [
    ("line", ("line",), ["a line", ENTER], "›  a line", "a line"),
    (
        "text",
        ("text",),
        ["one", CTRL_J, "two", ENTER],
        "›  one\n   two",
        "one\ntwo",
    ),
    ("scale", ("scale",), ["7", ENTER], "›  7", 7),
    ("at-0", ("scale", "low = 0", "high = 3"), ["0", ENTER], "›  0", 0),
    ("number", ("number",), ["12.5", ENTER], "›  12.5", 12.5),
    ("yes", ("yesno",), ["y", ENTER], "›  yes", True),
    ("no", ("yesno",), ["n", ENTER], "›  no", False),
    ("date", ("date",), ["fri", ENTER], "→ Friday 27 November 2026", "2026-11-27"),
    ("choice", ("choice", FRUIT), [DOWN, DOWN, ENTER], "›  pear", "pear"),
    ("by-its-number", ("choice", FRUIT), ["3", ENTER], "›  plum", "plum"),
    (
        *("choices", ("choices", FRUIT)),
        *([SPACE, DOWN, DOWN, SPACE, ENTER], "›  apple, plum", ["apple", "plum"]),
    ),
]


def test_every_answer_can_be_taken_back_is_offered_again_and_is_kept(
    home: Path, run: Run
) -> None:
    """Between any two kinds stands a line, from which one goes back and which is skipped."""
    prompts = []
    for id, kind, *_ in KINDS:
        prompts.append(prompt(*kind, id=id, ask=f"Kind {id}?"))
        prompts.append(prompt("line", id=f"then-{id}", ask=f"Then after {id}?"))
    with talk(home, *prompts) as screen:
        for id, _, keys, shown, _ in KINDS:
            screen.asks(f"Kind {id}?").type(*keys).asks(f"Then after {id}?")
            assert shown in screen.new
            screen.type(BACK, ENTER)
            # In a text that is being continued, Enter is a new line first.
            twice = [ENTER] if id == "text" else []
            screen.sees("back").asks(f"Kind {id}?").type(ENTER, *twice)
            screen.asks(f"Then after {id}?")
            assert shown in screen.new
            screen.type(ENTER)
        assert "(arrows" not in screen.text
        assert "(space" not in screen.text
        assert finish(screen) == 0
    assert values(run) == {id: value for id, _, _, _, value in KINDS}


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
ASKED = [
    "Line?",
    "Text?",
    "Scale?",
    "Yes?",
    "Date?",
    "Number?",
    "Choice?",
    "Choices?",
    "Actions?",
]


def test_enter_skips_and_back_leaves_every_kind(home: Path, run: Run) -> None:
    lists = {"Yes?", "Choice?", "Choices?"}
    with talk(home, *EVERY_KIND) as screen:
        for question in ASKED[:-1]:
            screen.answer(question)
        for question in reversed(ASKED[1:]):
            screen.asks(question).type(
                *([BACK] if question in lists else [BACK, ENTER])
            )
        for question in ASKED:
            screen.answer(question)
            if question in lists:
                screen.sees("›  skipped")
        screen.sees("Ready to save", "0 answers, 8 skipped")
        assert finish(screen) == 0
    assert values(run) == {}


LAST = prompt("line", id="last", ask="Last?")


def test_back_at_the_first_question_asks_it_again(home: Path) -> None:
    with talk(home, prompt("line"), SECOND) as screen:
        screen.answer("The first question?", BACK)
        screen.sees("back").asks("The first question?").type("here", ENTER)
        screen.asks("And then?")


@pytest.mark.parametrize("kind", ["line", "text"])
def test_back_behind_what_is_offered_goes_back_and_it_is_offered_again(
    kind: str, home: Path, run: Run
) -> None:
    twice = [ENTER] if kind == "text" else []
    with talk(
        home, prompt("line"), prompt(kind, id="then", ask="And then?"), LAST
    ) as screen:
        screen.answer("The first question?", "one")
        screen.answer("And then?", "two").answer("Last?", BACK)
        screen.asks("And then?").sees("›  two", "Enter: ", "<: back")
        screen.type(BACK, ENTER).asks("The first question?").sees("›  one").type(ENTER)
        screen.asks("And then?").sees("›  two")
        assert "two<" not in screen.new
        screen.type(ENTER, *twice).answer("Last?")
        assert finish(screen) == 0
    assert values(run) == {"first": "one", "then": "two"}


@pytest.mark.parametrize("kind", ["line", "text"])
def test_typing_on_behind_what_is_offered_loses_nothing(
    kind: str, home: Path, run: Run
) -> None:
    end = [ENTER, ENTER] if kind == "text" else [ENTER]
    with talk(home, prompt(kind), LAST) as screen:
        screen.answer("The first question?", "waits").answer("Last?", BACK)
        screen.asks("The first question?").sees("›  waits").type(BACK).sees("›  waits<")
        screen.type("18 weeks").sees("›  waits<18 weeks").type(*end).answer(
            "Last?", "x < y"
        )
        assert finish(screen) == 0
    assert values(run) == {"first": "waits<18 weeks", "last": "x < y"}


def test_what_was_offered_can_be_mended_or_emptied(home: Path, run: Run) -> None:
    with talk(home, prompt("line"), SECOND, LAST) as screen:
        screen.answer("The first question?", "one")
        screen.answer("And then?", "two")
        screen.answer("Last?", BACK).answer("And then?", CTRL_U)
        screen.answer("Last?", BACK).answer("And then?", BACK)
        screen.asks("The first question?").sees("›  one").type(BACKSPACE, "ce", ENTER)
        screen.answer("And then?").answer("Last?", "last")
        assert finish(screen) == 0
    assert values(run) == {"first": "once", "last": "last"}


def test_the_bottom_line_says_what_the_keys_do_here(home: Path) -> None:
    required = prompt("line", "required = true", id="required", ask="Required?")
    wanted = prompt("text", "required = true", id="wanted", ask="Wanted?")
    with talk(home, prompt("text"), required, wanted) as screen:
        screen.asks("The first question?")
        screen.sees("Enter: skip · <: back · Ctrl-C: pause").type("a")
        screen.sees("Enter: next · Ctrl-J: new line · <: back").type(ENTER)
        screen.asks("Required?").sees("\n <: back · Ctrl-C: pause")
        screen.type("a", ENTER).asks("Wanted?")
        screen.sees("\n <: back · Ctrl-C: pause").type(BACK, ENTER)
        screen.asks("Required?").type(BACK, ENTER).asks("The first question?")
        screen.sees("›  a", "Enter: new line · Enter twice: next").type(ENTER)
        screen.sees("Enter: next").type(ENTER).answer("Required?")
        screen.answer("Wanted?", "b")
        screen.asks("Which day was this?").sees("Enter: today · <: back").type(ENTER)
        screen.answer("How many minutes", BACK).asks("Which day was this?")
        screen.sees("›  2026-11-23", "Enter: keep · <: back · Ctrl-C: pause").type("4")
        screen.sees("Enter: next · <: back").type(CTRL_U).sees("Enter: today")


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
        screen.answer("Line?").sees("This needs an answer.").type("a", ENTER)
        screen.answer("Text?").sees("This needs an answer.").type("b", ENTER)
        screen.answer("Scale?").sees("This needs an answer.").type("3", ENTER)
        screen.answer("Choices?").sees("This needs an answer.").type(SPACE, ENTER)
        assert "skip" not in screen.asks("Choice?").new
        screen.type(ENTER).sees("Choose one: a number, 1-3.").type(DOWN, ENTER)
        assert "skip" not in screen.asks("Yes?").new
        screen.type(ENTER).sees("Choose one: y or n.").type("y", ENTER)
        assert finish(screen) == 0
    assert values(run) == {
        "line": "a",
        "text": "b",
        "scale": 3,
        "choices": ["apple"],
        "choice": "apple",
        "yesno": True,
    }


WRONG = [
    ("too-high", "scale", "11", "“11” should be a whole number from 1 to 10."),
    ("a-half", "scale", "7.5", "“7.5” should be a whole number from 1 to 10."),
    ("no-number", "number", "many", "“many” should be a number."),
    ("no-date", "date", "soonish", "“soonish” is not a date"),
]


def test_a_wrong_answer_is_explained_and_stays_in_the_field(home: Path) -> None:
    asked = [prompt(kind, id=id, ask=f"The {id}?") for id, kind, *_ in WRONG]
    with talk(home, *asked) as screen:
        for id, _, keys, error in WRONG:
            screen.answer(f"The {id}?", keys).sees(error, f"›  {keys}")
            screen.type(CTRL_U, ENTER)
        screen.sees("0 answers, 4 skipped")


def test_a_condition_shows_its_question_only_when_it_holds(
    home: Path, run: Run
) -> None:
    lift = prompt(
        "line", 'when = { prompt = "s.scale", below = 7 }', id="lift", ask="Lift?"
    )
    scale = prompt("scale", id="scale", ask="Sure?")
    with talk(home, scale, lift, SECOND) as screen:
        screen.answer("Sure?", "3").answer("Lift?", "sleep").answer("And then?", BACK)
        screen.answer("Lift?", BACK).answer("Sure?", CTRL_U, "8")
        screen.asks("And then?")
        assert "Lift?" not in screen.new
        screen.type(ENTER)
        assert finish(screen) == 0
    assert values(run) == {"scale": 8}


def test_the_lines_of_an_earlier_answer_become_the_options(
    home: Path, run: Run
) -> None:
    ideas = prompt("text", id="ideas", ask="Ideas?")
    which = prompt("choice", 'options_from = "s.ideas"', id="which", ask="Which?")
    with talk(home, ideas, which) as screen:
        screen.asks("Ideas?").type("- swap shifts", CTRL_J, "ask Ana", ENTER)
        screen.asks("Which?").sees("1) swap shifts", "2) ask Ana").type(UP, ENTER)
        assert finish(screen) == 0
    assert values(run) == {"ideas": "- swap shifts\nask Ana", "which": "ask Ana"}


def test_a_paste_of_several_lines_is_one_answer(home: Path, run: Run) -> None:
    with talk(home, prompt("text"), SECOND, LAST) as screen:
        screen.asks("The first question?").type(pasted("one\n\nthree\n"))
        screen.sees("three").type(ENTER)
        screen.asks("And then?").type(pasted("no\nend")).sees("no").type(ENTER)
        screen.answer("Last?")
        assert finish(screen) == 0
    assert values(run) == {"first": "one\n\nthree", "then": "no end"}


def test_whoever_types_ahead_loses_nothing(home: Path, run: Run) -> None:
    with talk(
        home, prompt("line"), SECOND, prompt("text", id="last", ask="Last?")
    ) as screen:
        screen.asks("The first question?")
        screen.type("one", ENTER, "two", ENTER, "three", ENTER, "four", ENTER, ENTER)
        assert finish(screen) == 0
    assert values(run) == {"first": "one", "then": "two", "last": "three\nfour"}


@pytest.mark.parametrize("kind", ["text", "line"])
def test_a_line_marked_private_is_not_saved_openly_unasked(
    home: Path, run: Run, kind: str
) -> None:
    """`~` keeps a line private in `log`, so whoever types it here means that, too."""
    ends = [ENTER] * (2 if kind == "text" else 1)
    with talk(home, prompt(kind), LAST) as screen:
        screen.asks("The first question?").type("~ she is worn out", *ends)
        screen.sees("this answer is not", "Save it openly all the same?").type(ENTER)
        screen.sees("›  ~ she is worn out")
        screen.type(CTRL_A, CTRL_K, "The rota", *ends)
        screen.answer("Last?")
        assert finish(screen) == 0
    assert values(run) == {"first": "The rota"}


@pytest.mark.parametrize("kind", ["text", "line"])
def test_a_private_answer_may_hold_any_mark(home: Path, run: Run, kind: str) -> None:
    ends = [ENTER] * (2 if kind == "text" else 1)
    with talk(home, prompt(kind, "private = true"), LAST) as screen:
        screen.asks("The first question?").type("~ she is worn out", *ends)
        screen.answer("Last?", "~5 of us")
        assert finish(screen) == 0
    answers = run("session", "show", "1", "--private", "--json").json["session"]
    found = [answer["value"] for answer in answers["answers"]]
    assert found == ["~ she is worn out", "~5 of us"]


def test_words_that_fit_several_rows_pick_none_and_a_whole_word_beats_a_beginning(
    home: Path,
) -> None:
    """`coach` and Enter is my coach, not somebody coached by me."""
    options = '["one coached by me", "my coach", "my mentor"]'
    question = f'id = "who"\nask = "Who?"\nkind = "choice"\noptions = {options}'
    with talk(home, question) as screen:
        screen.sees("Who?", "3) my mentor").type("my", ENTER)
        screen.sees("“my” fits 2 rows: type 2, 3.")
        screen.type("3").sees_no_more("fits 2 rows").type(CTRL_U, "coac", ENTER)
        screen.sees("“coac” fits 2 rows: type 1, 2.").type("h", ENTER)
        screen.sees("›  my coach")
        assert finish(screen) == 0
