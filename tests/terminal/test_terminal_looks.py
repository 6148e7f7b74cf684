"""How a conversation looks, and what never gets from a terminal into the journal."""

import re
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from screen import (
    BACKSPACE,
    CTRL_C,
    CTRL_J,
    CTRL_U,
    CTRL_Z,
    ENTER,
    Screen,
    coachlog,
    finish,
    own_template,
    pasted,
    talk,
)

from conftest import NOW, Run

LINE = 'id = "first"\nask = "The first question?"\nkind = "line"'
TEXT = 'id = "long"\nask = "And the story?"\nkind = "text"'
LATER = NOW + timedelta(days=1)
COLOUR = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")
GROW = (
    *("well spent for Amélie?", "want to achieve beyond today?", "a colleague notice"),
    *(
        "How much does it",
        "What is happening",
        "What has Amélie tried",
        "How far along is it",
    ),
    "What could Amélie do?",
)


def values(run: Run) -> dict[str, Any]:
    found = run("session", "show", "1", "--json").json["session"]["answers"]
    return {answer["prompt"]: answer["value"] for answer in found}


def split_words(lines: list[str], columns: int) -> list[str]:
    """Return the lines that break in the middle of a word: full, with letters on both sides."""
    pairs = pairwise(lines)
    return [
        f"{one} / {two}"
        for one, two in pairs
        if len(one) == columns and one[-1:].isalnum() and two[:1].isalnum()
    ]


def grow(screen: Screen) -> None:
    """Hold a GROW conversation with someone new, most of it skipped."""
    screen.answer("Who did you talk with?", "Amélie Dupont")
    screen.asks("Amélie Dupont is new here").type("1", ENTER)
    screen.answer("What is your own name?", "Sam Reed")
    screen.lists("Which conversation?").type("grow", ENTER)
    for question in GROW:
        screen.answer(question)
    screen.answer("What will each of you do?", "Look into the rota")
    screen.answer("is hard to tick off").asks("Who will do it?").type(ENTER)
    screen.answer("By when?", "+2w").answer("How will you know").answer(
        "Any other promise?"
    )
    screen.answer("How sure is").answer("is Amélie taking away?")
    screen.answer("look at this together again?")
    screen.sees("Ready to save")


@pytest.mark.parametrize("columns", [60, 140])
def test_no_line_of_ours_is_wider_than_the_window(columns: int, home: Path) -> None:
    with coachlog("session", "new", home=home, columns=columns) as screen:
        grow(screen)
        assert finish(screen) == 0
        said = " ".join(screen.text.split())
        assert (
            "Saved conversation 1 (GROW, Amélie Dupont, 1 promise). Next: coachlog plan"
            in said
        )
        assert any(
            line.startswith("Next: coachlog plan export amelie")
            for line in screen.lines
        )
        assert split_words(screen.lines, columns) == []


def test_without_colour_no_colour_code_is_sent(home: Path) -> None:
    with coachlog("--no-color", "session", "new", home=home) as screen:
        grow(screen)
        assert finish(screen) == 0
        assert split_words(screen.lines, 80) == []
        assert COLOUR.findall(screen.raw) == []
    no_color = {"NO_COLOR": "1"}
    with coachlog("session", "new", "amelie", home=home, variables=no_color) as screen:
        screen.lists("Which conversation?").type(ENTER).reviews("Look into the rota")
        screen.type("d", ENTER).asks("well spent for Amélie?").type("12", CTRL_C)
        assert screen.ends() == 130
        assert COLOUR.findall(screen.raw) == []


@pytest.mark.usefixtures("example")
def test_clicolor_counts_as_no_color_does(home: Path) -> None:
    no_color = {"CLICOLOR": "0"}
    for line in ("action list --all", "action done"):
        with coachlog(*line.split(), home=home, variables=no_color) as screen:
            screen.sees("Ask Dana what she needs")
            if line == "action done":
                screen.type(CTRL_C)
            screen.ends()
            assert COLOUR.findall(screen.raw) == []


@pytest.mark.usefixtures("example")
def test_a_plain_list_has_tabs_and_no_codes(home: Path) -> None:
    """Whole lines, however narrow the window is; and nobody is asked for a key."""
    with coachlog("action", "list", "--plain", home=home, columns=40) as screen:
        assert screen.ends() == 0
        assert b"\x1b" not in screen.raw
        assert (
            b"3\tAsk Dana what she needs in order to keep time\tPriya Shah\tTue 1 Dec\t\r\n"
            in screen.raw
        )
    with coachlog("--plain", home=home, columns=40) as screen:
        assert screen.ends() == 0
        assert b"\x1b" not in screen.raw
        assert b"Draft the huddle agenda and send it round  Priya" in screen.raw


def test_with_colour_there_are_colour_codes(home: Path) -> None:
    """The test above can fail."""
    with coachlog("session", "new", home=home) as screen:
        screen.answer("Who did you talk with?", "Amélie Dupont").asks(
            "Amélie Dupont is new here"
        )
        screen.type("1", ENTER).answer("What is your own name?", "Sam Reed")
        screen.lists("Which conversation?").type(ENTER).sees("1 of ")
        assert COLOUR.findall(screen.raw) != []


def test_stdout_holds_the_saved_line_and_nothing_else(
    home: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    own_template(home, LINE)
    into_file = 'exec "$0" "$@" >"$OUT"'
    with coachlog(
        *("session", "new", "-t", "own"),
        home=home,
        within=into_file,
        variables={"OUT": str(out)},
    ) as screen:
        screen.answer("What is your own name?").answer("The first question?", "said")
        assert finish(screen) == 0
        assert "Saved session" not in screen.text
    assert (
        out.read_text()
        == "Saved conversation 1 (Own, 0 promises). To correct it: coachlog session edit 1\n"
    )


def test_resizing_while_typing_does_no_harm(home: Path, run: Run) -> None:
    words = "A sentence that is longer than a narrow window has room for."
    with talk(home, LINE, TEXT) as screen:
        screen.asks("The first question?").type(words[:30]).sees(words[:30])
        for columns, lines in ((40, 12), (140, 50), (25, 8), (80, 40)):
            screen.resize(columns, lines)
        screen.type(words[30:]).sees(words[-10:]).type(ENTER)
        screen.asks("And the story?").type("one", CTRL_J).resize(50, 20).type(
            "two", ENTER
        )
        assert finish(screen) == 0
    assert values(run) == {"first": words, "long": "one\ntwo"}


def test_no_control_character_reaches_the_journal(home: Path, run: Run) -> None:
    nasty = "a\x1b]0;title\x07b\x1b[31mred\u202ekcab\u200b [bold]x[/] :smile:\ttab"
    with talk(home, LINE, TEXT) as screen:
        screen.asks("The first question?").type(pasted(nasty)).sees("tab").type(ENTER)
        screen.asks("And the story?").type(pasted(nasty)).sees("tab").type(ENTER)
        assert finish(screen) == 0
        shown = run("session", "show", "1").out
    kept = "a\ufffd]0;title\ufffdb\ufffd[31mredkcab [bold]x[/] :smile:"
    assert values(run) == {"first": f"{kept} tab", "long": f"{kept}\ttab"}
    assert "\x1b" not in shown
    assert "\x07" not in shown


@pytest.mark.parametrize(
    "question", [pytest.param(LINE, id="line"), pytest.param(TEXT, id="text")]
)
def test_ctrl_z_is_not_a_character(question: str, home: Path, run: Run) -> None:
    with talk(home, question) as screen:
        screen.asks("?").type("be", CTRL_Z, "fore").sees("before").type(ENTER)
        assert finish(screen) == 0
    assert list(values(run).values()) == ["before"]


def test_ctrl_z_in_a_name_is_not_a_character(home: Path) -> None:
    own_template(home, LINE, audience="one-to-one")
    with coachlog("session", "new", "-t", "own", home=home) as screen:
        screen.answer("Who did you talk with?", "Amélie Dupont", CTRL_Z)
        screen.asks("Amélie Dupont is new here. Who are they to you?")


def test_a_paste_of_101_kib_is_refused_and_still_there(home: Path) -> None:
    lines = [f"{number:04} " + "word " * 19 for number in range(1024)]
    with talk(home, TEXT) as screen:
        screen.asks("And the story?").type(pasted("\n".join(lines) + "\n")).sees(
            "1023 word"
        )
        screen.type(ENTER).sees("That is too long: 101 KiB (the limit is 64 KiB).")
        screen.sees("1023 word").type(CTRL_C)
        assert screen.ends() == 130
    with coachlog("session", "resume", home=home) as screen:
        screen.sees("And the story?", "1023 word").type(ENTER).sees(
            "the limit is 64 KiB"
        )


def test_an_error_goes_when_the_answer_is_mended(home: Path, run: Run) -> None:
    with talk(home, 'id = "n"\nask = "How many?"\nkind = "scale"') as screen:
        screen.answer("How many?", "77").sees(
            "“77” should be a whole number from 1 to 10."
        )
        screen.type(BACKSPACE).sees_no_more("should be").type(CTRL_U, "8", ENTER)
        assert finish(screen) == 0
    assert values(run) == {"n": 8}


def test_a_private_question_says_so(home: Path) -> None:
    with talk(home, LINE + "\nprivate = true") as screen:
        screen.asks("The first question?  private: stays out of plans and exports")


def test_typed_words_and_marks_are_in_the_colours_of_the_terminal(
    run: Run, home: Path
) -> None:
    """Questionary's own orange cannot be read on white, and its marks are solid blocks."""
    assert run("person", "edit", "me", "--name", "Sam").code == 0
    assert run("person", "add", "Ann", "-r", "peer").code == 0
    assert run("action", "add", "ann", "--what", "Rest", "--owner", "me").code == 0
    with coachlog(
        "session", "new", "ann", "-t", "quick", home=home, now=LATER
    ) as screen:
        screen.reviews("You: Rest").type("d").sees("done")
        assert b"\x1b[0;36;7m" not in screen.raw
        screen.type(ENTER).asks("What mattered").type("half a word")
        screen.sees("half a word")
        assert b"38;5;214" not in screen.raw


def test_the_hint_is_under_the_field_and_whole_on_a_narrow_screen(
    run: Run, home: Path
) -> None:
    assert run("person", "edit", "me", "--name", "Sam").code == 0
    assert run("person", "add", "Ann", "-r", "peer").code == 0
    with coachlog("log", "ann", home=home, columns=40) as screen:
        screen.asks("Ann").type("half").sees("half", "Ctrl-C: pause")
        rows = [row for row in screen.lines if row]
        typed = next(n for n, row in enumerate(rows) if "half" in row)
        assert rows[typed + 1 :] == [
            " Enter on an empty line, or Ctrl-D: done",
            " Ctrl-C: pause",
        ]


def test_forty_columns_lose_no_word_of_a_question_its_options_and_its_keys(
    home: Path,
) -> None:
    ask = "What is the one thing to remember about this long conversation?"
    fruit = "apples that were picked in the north of the country early in the year"
    choice = f'id = "c"\nask = "{ask}"\nkind = "choice"\noptions = ["{fruit}", "pears"]'
    with talk(home, f"{choice}\nprivate = true", LINE, columns=40) as screen:
        screen.sees("pears", "<: back").type("zz").sees("0-2.")
        said = " ".join(screen.text.split())
        for words in (
            ask,
            "private: stays out of plans and exports · question 1 of 2",
            fruit,
        ):
            assert words in said
        assert "! “zz” fits none of these: type a number, 0-2." in said
        screen.type("1", ENTER).asks("The first question?")
        assert f"› {fruit} The first question? question 2 of 2" in " ".join(
            screen.text.split()
        )
        screen.type("whether she is tired or bored, and what helps her").sees("helps")
        assert split_words(screen.lines, 40) == []
