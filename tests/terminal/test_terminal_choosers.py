"""What is missing on the command line, chosen at a real terminal."""

from pathlib import Path

import pytest
from screen import BACK, CTRL_C, DOWN, ENTER, coachlog

from command_support import built, hold
from conftest import Run


def fill(run: Run) -> None:
    promises = [
        {"what": "Send the rota", "owner": "me", "due": "2026-11-24"},
        {"what": "Draft the agenda", "owner": "them", "due": "2026-11-27"},
        {"what": "Ask the doctor", "owner": "me", "private": True},
    ]
    hold(run, held_on="2026-11-20", actions=promises)
    hold(run, person="Bo Lee", held_on="2026-11-10")
    run("person", "edit", "bo", "--every", "2w")


@pytest.fixture
def journal(run: Run, home: Path) -> Path:
    """Two people, of whom Bo is due; three promises, of which one is private."""
    built(run, home, fill)
    return home


def test_a_promise_is_chosen_by_its_number(journal: Path, run: Run) -> None:
    with coachlog("action", "done", home=journal) as screen:
        screen.asks("Which promise is done?").sees(
            "1) Send the rota (you, due Tue 24 Nov)",
            "2) Draft the agenda (Priya Shah, due Fri 27 Nov)",
            "3) (private) (you)",
        )
        assert "doctor" not in screen.text
        screen.type("2", ENTER).sees("Done: 2 Draft the agenda")
        assert screen.ends() == 0
    assert run("action", "show", "2", "--json").json["action"]["status"] == "done"


def fill_many(run: Run) -> None:
    """Fourteen promises with the last due first, so that no row stands where its number says."""
    hold(
        run,
        held_on="2026-11-20",
        actions=[
            {
                "what": f"Promise {number}",
                "owner": "me",
                "due": f"2026-12-{31 - number}",
            }
            for number in range(1, 15)
        ],
    )


@pytest.mark.parametrize(
    "options", [(), ("--accessible",)], ids=["drawn", "accessible"]
)
def test_a_number_that_is_typed_means_no_other_promise(
    options: tuple[str, ...], run: Run, home: Path
) -> None:
    built(run, home, fill_many)
    run("action", "drop", "2")
    with coachlog(*options, "action", "done", home=home) as screen:
        screen.sees("12", "Promise 12 (you, due")
        # Neither row 2 nor row 1, nor the last digit's: no open promise has this number.
        screen.type("2", ENTER).sees("ype the number of a row")
        screen.type("" if options else "\x7f", "12", ENTER).sees("Done: 12 Promise 12")
        assert screen.ends() == 0
    done = [
        row["id"]
        for row in run("action", "list", "--all", "--json").json["actions"]
        if row["status"] == "done"
    ]
    assert done == [12]


def test_whoever_is_due_next_is_under_the_pointer(journal: Path) -> None:
    with coachlog("brief", home=journal) as screen:
        screen.asks("Who is it about?").sees(
            "1) Bo Lee, reports to you", "2) Priya Shah"
        )
        screen.type(ENTER).sees("Bo Lee · reports to you")
        assert screen.ends() == 0
    with coachlog("history", home=journal) as screen:
        screen.asks("Who is it about?").type(DOWN, ENTER).sees("Priya Shah")
        assert screen.ends() == 0


@pytest.mark.parametrize(
    "command",
    ["action done", "action drop", "session delete", "session edit", "person archive"],
)
def test_enter_alone_chooses_nothing_that_would_be_changed(
    command: str, journal: Path
) -> None:
    with coachlog(*command.split(), home=journal) as screen:
        screen.sees("arrows, a number or words").type(ENTER).sees("Choose one: ").type(
            CTRL_C
        )
        assert screen.ends() == 130


def test_enter_alone_says_in_nobodys_plan_a_promise_is(journal: Path) -> None:
    with coachlog("action", "add", home=journal) as screen:
        screen.sees("arrows, a number or words").type(ENTER).sees("Choose one: ").type(
            CTRL_C
        )
        assert screen.ends() == 130


@pytest.mark.parametrize(("key", "code"), [(BACK, 4), (CTRL_C, 130)])
def test_a_list_is_left_without_a_change(journal: Path, key: str, code: int) -> None:
    with coachlog("session", "delete", home=journal) as screen:
        screen.asks("Which conversation?").type(key)
        assert screen.ends() == code


def test_words_that_fit_several_are_listed(journal: Path) -> None:
    with coachlog("action", "done", "priya", home=journal) as screen:
        assert screen.ends() == 3
        screen.sees(
            "“priya” fits 3 open promises. Nothing was done.",
            "  - 1: Send the rota (you, due Tue 24 Nov)",
        )


def test_no_input_after_the_command_asks_nothing(journal: Path) -> None:
    with coachlog("history", "--no-input", home=journal) as screen:
        assert screen.ends() == 2
        screen.sees("Missing argument 'NAME'.")
    with coachlog("brief", "--no-input", home=journal) as screen:
        assert screen.ends() == 0
        assert screen.lines[0].startswith("Bo Lee · reports to you")


def test_replies_on_paper_are_typed_one_by_one(journal: Path, run: Run) -> None:
    assert run("pulse", "new", "-o", str(journal)).code == 0
    with coachlog("pulse", "add", home=journal) as screen:
        screen.asks("Which reply?").type("4 5", ENTER)
        screen.asks("The next reply?").type("3 4", ENTER)
        screen.asks("The next reply?").type(ENTER).sees("Added 2 replies to pulse 1")
        assert screen.ends() == 0
