"""A conversation in ASCII: by the option, and by itself where the terminal knows nothing else."""

import re
from pathlib import Path

import pytest
from screen import DOWN, ENTER, Screen, coachlog, own_template

from conftest import Run

ESCAPES = re.compile(rb"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|[@-Z\\^_=>]|\][^\x07]*\x07)")
PROMPTS = (
    'id = "mood"\nask = "Which “mood”?"\nkind = "choice"\noptions = ["très bien", "so–so"]',
    'id = "many"\nask = "Which parts?"\nkind = "choices"\noptions = ["one", "two"]',
    'id = "line"\nask = "And…?"\nkind = "line"\nhelp = "Short – or not."',
)


def hold(screen: Screen, typed: str, shown: str) -> None:
    """Hold a talk with a list, a list of several, a line with an accent, and a date."""
    screen.answer("What is your own name?", "Sam")
    screen.sees('Which "mood"?', "> 0) skip", "1) tres bien").type(DOWN, DOWN, ENTER)
    screen.sees("Which parts?", "o one").type(" ", ENTER)
    screen.asks("And~?").sees("Short - or not.").type(typed).sees(f">  {shown}").type(
        ENTER
    )
    screen.answer("Which day was this?").answer("How many minutes did it take?")
    screen.answer("Save it?")


@pytest.mark.parametrize(
    ("options", "variables", "typed"),
    [
        pytest.param(["--ascii"], {}, "café", id="by-the-option"),
        pytest.param(
            [], {"PYTHONIOENCODING": "latin-1"}, "cafe", id="in-a-latin-1-terminal"
        ),
    ],
)
def test_a_conversation_in_ascii(
    options: list[str],
    variables: dict[str, str],
    typed: str,
    home: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("screen.PROMPT", ">")
    own_template(home, *PROMPTS)
    with coachlog(
        *options, "session", "new", "-t", "own", home=home, variables=variables
    ) as screen:
        hold(screen, typed, "cafe")
        assert screen.ends() == 0
    assert ESCAPES.sub(b"", screen.raw).isascii(), screen.text
    found = run("session", "show", "1", "--json").json["session"]["answers"]
    assert [answer["value"] for answer in found] == ["so–so", ["one"], typed]


def test_the_list_of_conversations_in_ascii(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screen.PROMPT", ">")
    with coachlog("--ascii", "session", "new", home=home) as screen:
        screen.answer("Who did you talk with?", "Ana Diaz")
        screen.asks("Ana Diaz is new here. Who are they to you?").type("1", ENTER)
        screen.answer("What is your own name?")
        screen.lists("Which conversation?", " > 1:1 check-in").type("grow", ENTER)
        screen.sees(
            "GROW with Ana Diaz",
            "Goal . part 1 of 4 ----",
            "< goes back . ? helps . Ctrl-C pauses",
        )
    assert ESCAPES.sub(b"", screen.raw).isascii()
