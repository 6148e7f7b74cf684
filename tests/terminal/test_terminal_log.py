"""A conversation typed into the one box of `log`, at a real terminal."""

import time
from pathlib import Path
from typing import Any

import pytest
from drafts import half
from screen import (
    BACK,
    BACKSPACE,
    CTRL_C,
    CTRL_D,
    CTRL_U,
    DOWN,
    ENTER,
    Screen,
    coachlog,
    pasted,
)

from conftest import Run

TEXT = (
    "Rota is settled; she wants to run the huddle in July.",
    "- send last year's agenda by tue",
    "- Priya: draft the huddle agenda by 4 dec (sent by noon)",
)


@pytest.fixture
def priya(run: Run) -> Run:
    """Priya, and the owner's own name."""
    assert run("person", "add", "Priya Shah", "--relationship", "report").code == 0
    assert run("person", "edit", "me", "--name", "Sam").code == 0
    return run


def open_promise(run: Run) -> None:
    about = ("--what", "Ask about the course", "--owner", "me", "--due", "2026-11-30")
    assert run("action", "add", "priya", *about, "--on", "2026-11-16").code == 0


def log(home: Path, *args: str, **window: Any) -> Any:
    return coachlog("log", *args, home=home, **window)


def promises(run: Run) -> list[tuple[Any, ...]]:
    """Return what was promised, by whom and by when."""
    actions = run("action", "list", "--all", "--json").json["actions"]
    rows = sorted(actions, key=lambda action: action["id"])
    return [(row["what"], row["owner"], row["due"], row["status"]) for row in rows]


def type_text(screen: Screen) -> Screen:
    screen.sees("Enter on an empty line")
    for line in TEXT:
        screen.type(line, ENTER)
    return screen


def test_three_keys_beyond_the_text_save_it_and_leave_what_was_open(
    priya: Run, home: Path
) -> None:
    open_promise(priya)
    with log(home, "priya") as screen:
        type_text(screen)
        # One key that ends the box, one that saves, one that leaves the promises from before.
        screen.type(ENTER).sees("Understood as", "2 promises", "Enter: save")
        screen.sees(
            "Tuesday 24 November 2026", "Friday 4 December 2026", "sent by noon"
        )
        screen.type(ENTER).sees("Ask about the course")
        screen.type(ENTER).sees("Saved conversation 1")
        assert screen.ends() == 0
    assert promises(priya) == [
        ("Ask about the course", "me", "2026-11-30", "open"),
        ("send last year's agenda", "me", "2026-11-24", "open"),
        ("draft the huddle agenda", "them", "2026-12-04", "open"),
    ]
    answers = priya("session", "show", "1", "--json").json["session"]["answers"]
    assert [answer["value"] for answer in answers if answer["value"]] == [TEXT[0]]
    events = priya("action", "show", "1", "--json").json["action"]["events"]
    assert [event["kind"] for event in events] == ["made"]


def test_a_mark_on_what_was_open_is_no_part_of_the_notes_that_are_saved(
    priya: Run, home: Path
) -> None:
    """The draft is a conversation by then: nothing is wrong, and nothing must sound so."""
    open_promise(priya)
    with log(home, "priya") as screen:
        type_text(screen)
        screen.type(ENTER).sees("Enter: save")
        screen.type(ENTER).sees("Ask about the course")
        screen.type("d").sees("1 marked")
        time.sleep(0.5)
        screen.type("d").sees("1 marked")
        assert "Not saved" not in screen.text
        screen.type(ENTER).sees("Saved conversation 1")
        assert screen.ends() == 0
    assert promises(priya)[0][-1] == "done"


@pytest.mark.usefixtures("priya")
def test_ctrl_d_ends_the_box_in_the_middle_of_a_line(home: Path) -> None:
    with log(home, "priya") as screen:
        screen.sees("Enter on an empty line").type("Rota is settled", CTRL_D)
        screen.sees("Understood as", "Rota is settled").type(ENTER)
        assert screen.ends() == 0


@pytest.mark.usefixtures("priya")
@pytest.mark.parametrize(
    "paste",
    [
        pytest.param(pasted("One.\n\nTwo.\n"), id="bracketed"),
        pytest.param("One.\r\rTwo.\r", id="by-a-terminal-without-brackets"),
    ],
)
def test_blank_lines_in_what_is_pasted_end_nothing(paste: str, home: Path) -> None:
    with log(home, "priya") as screen:
        screen.sees("Enter on an empty line").type(paste).sees("Two.")
        screen.type(ENTER).sees("Understood as", "One.", "Two.", "Enter: save")
        screen.type(ENTER)
        assert screen.ends() == 0


def test_killed_while_typing_the_text_comes_back(priya: Run, home: Path) -> None:
    with log(home, "priya") as screen:
        screen.sees("Enter on an empty line").type("One.", ENTER, "- send it by t")
        screen.until(
            lambda: "send it by t" in (half(home) or ""), "the text saved"
        ).kill()
        assert screen.ends() < 0
    with coachlog("session", "resume", home=home) as screen:
        screen.sees("- send it by t").type("ue", CTRL_D).sees("1  you: send it")
        screen.type(ENTER)
        assert screen.ends() == 0
    assert promises(priya) == [("send it", "me", "2026-11-24", "open")]


def test_a_file_is_understood_at_once(priya: Run, home: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("\n".join(TEXT), encoding="utf-8")
    with log(home, "priya", "--from", str(notes)) as screen:
        screen.sees("Understood as", "2 promises", "Enter: save").type(ENTER)
        assert screen.ends() == 0
    assert len(promises(priya)) == 2
    assert notes.read_text(encoding="utf-8") == "\n".join(TEXT)


def test_the_editor_holds_the_text_as_well(priya: Run, home: Path) -> None:
    editor = {"EDITOR": 'sh -c \'echo "- send it by tue" >> "$0"\''}
    with log(home, "priya", "--editor", variables=editor) as screen:
        screen.sees("1  you: send it", "Enter: save").type("e", ENTER)
        screen.sees("2  you: send it").type(ENTER)
        assert screen.ends() == 0
    assert len(promises(priya)) == 2
    assert list(home.glob("notes*")) == []


def test_ctrl_c_keeps_the_text_and_resume_opens_it_again(
    priya: Run, home: Path
) -> None:
    with log(home, "priya") as screen:
        screen.sees("Enter on an empty line").type("- send it by tue", CTRL_C)
        screen.sees("Paused. Everything so far is saved.", "session resume 1")
        assert screen.ends() == 130
    with coachlog("session", "resume", home=home) as screen:
        screen.sees("- send it by tue", "Enter on an empty line")
        screen.type(ENTER, ENTER).sees("1  you: send it", "Tuesday 24 November 2026")
        screen.type(CTRL_C).sees("session resume 1")
        assert screen.ends() == 130
    with log(home, "priya") as screen:
        screen.sees("There is a draft with Priya").type(ENTER)
        screen.sees("- send it by tue").type(CTRL_D).sees("Enter: save").type(ENTER)
        assert screen.ends() == 0
    assert promises(priya) == [("send it", "me", "2026-11-24", "open")]
    assert priya("session", "list", "--json").json["sessions"][0]["status"] == "held"


@pytest.mark.usefixtures("priya")
def test_a_number_mends_a_line_and_e_opens_the_text(home: Path) -> None:
    with log(home, "priya") as screen:
        screen.sees("Enter on an empty line")
        screen.type("- HR to confirm the grade by fri", ENTER, "- she was late", ENTER)
        screen.type(ENTER).sees("1  you: HR to confirm the grade", "not clear")
        screen.sees(
            "Not taken as promises", "2  she was late", "1-2, then Enter: change it"
        )
        screen.type("7", ENTER).sees("There is no line 7.")
        screen.type("1", ENTER).answer("What was promised?", "")
        screen.sees("Who will do it?")
        screen.type("2", ENTER).asks("By when?").type(ENTER)
        screen.asks("How will you know").type(ENTER)
        screen.sees("1  Priya: HR to confirm the grade", "Friday 27 November 2026")
        # Enter behind it is no key of the box, which would have ended on an empty line.
        screen.type("e").sees("›  e").type(ENTER)
        screen.sees("Priya Shah: HR to confirm", "Enter on an empty line")
        screen.type(" now", CTRL_D)
        screen.sees("Enter: save").type(BACK).sees("Enter on an empty line")
        screen.type(CTRL_D).sees("Enter: save").type(ENTER)
        assert screen.ends() == 0


@pytest.mark.usefixtures("priya")
def test_a_line_that_becomes_a_promise_keeps_its_number_and_loses_the_report(
    home: Path,
) -> None:
    with log(home, "priya") as screen:
        screen.sees("Enter on an empty line")
        screen.type("- send it by tue", ENTER, "She was late.", ENTER)
        screen.type("I said I would ring HR by fri (Ana knows)", ENTER)
        screen.type("- book the room by fri", ENTER, ENTER)
        screen.sees(
            "1  you: send it", "3  you: book the room", "2  I said I would ring"
        )
        screen.type("2", ENTER).answer("What was promised?", "")
        screen.asks("Who will do it?").type("1", ENTER)
        screen.asks("By when?").type(ENTER).asks("How will you know").type(ENTER)
        screen.sees("1  you: send it", "2  you: ring HR", "3  you: book the room")
        screen.type("e", ENTER)
        screen.sees("- me: ring HR by 2026-11-27 (Ana knows)", "- book the room by fri")
        screen.type(CTRL_C)
        assert screen.ends() == 130


def test_an_empty_box_saves_nothing(priya: Run, home: Path) -> None:
    with log(home, "priya") as screen:
        screen.sees("Enter on an empty line").type(ENTER)
        screen.sees("Nothing was typed, so nothing was saved.")
        screen.ends()
    assert priya("session", "list", "--json").json["sessions"] == []


# Somebody new


NEW = "Carla is new here. Who are they to you?"
AHEAD = ("Talked about leave.", "- send the form by tue")


def test_the_box_comes_first_and_takes_what_was_typed_ahead(
    run: Run, home: Path
) -> None:
    with log(home, "carla") as screen:
        # Before anything is on the screen, as somebody in a hurry does.
        for line in AHEAD:
            screen.type(line, ENTER)
        screen.sees("Carla is new here. After the notes you say who they are.")
        screen.sees("Notes of a conversation with Carla", f"›  {AHEAD[0]}", AHEAD[1])
        screen.sees("Enter on an empty line").type(CTRL_D)
        screen.asks(NEW).sees("1) someone who reports to me").type("1", ENTER)
        screen.sees("Understood as", "Quick note with Carla", "1  you: send")
        screen.type(ENTER).answer("What is your own name?", "Sam Reed")
        screen.sees("Saved conversation 1 (Quick note, Carla, 1 promise)")
        screen.sees("coachlog person edit carla --name")
        assert screen.ends() == 0
    people = run("person", "list", "--json").json["people"]
    assert [(p["name"], p["relationship"]) for p in people] == [("Carla", "report")]
    assert promises(run) == [("send the form", "me", "2026-11-24", "open")]
    with log(home, "carla") as screen:
        type_text(screen).type(ENTER).sees("Enter: save").type(ENTER)
        screen.reviews("send the form").type(ENTER).sees("Saved conversation 2")
        assert "your own name" not in screen.text
        assert screen.ends() == 0


def list_people(run: Run) -> list[str]:
    return [p["name"] for p in run("person", "list", "--json").json["people"]]


def test_a_draft_of_somebody_not_yet_added_is_kept_wherever_it_ends(
    run: Run, home: Path
) -> None:
    with log(home, "carla") as screen:
        screen.sees("Enter on an empty line").type("- send it by t")
        screen.until(
            lambda: "send it by t" in (half(home) or ""), "the text saved"
        ).kill()
    assert list_people(run) == []
    assert "Carla" in run("session", "list", "--drafts").out
    with coachlog("session", "resume", home=home) as screen:
        screen.sees("Notes of a conversation with Carla", "- send it by t")
        screen.type("ue", CTRL_D).asks(NEW).type(CTRL_C)
        screen.sees("Paused. Everything so far is saved.", "session resume 1")
        assert screen.ends() == 130
    assert list_people(run) == []
    with log(home, "carla") as screen:
        screen.asks("There is a draft with Carla").type(ENTER)
        screen.sees("- send it by tue").type(CTRL_D).asks(NEW)
        screen.type(BACK).sees("Enter on an empty line").type(CTRL_D)
        screen.asks(NEW).type("coach", ENTER).sees("›  my coach")
        screen.sees("1  you: send it", "Enter: save").type(CTRL_C)
        assert screen.ends() == 130
    assert list_people(run) == []
    assert run("person", "add", "Carla", "--relationship", "peer").code == 0
    with coachlog("session", "resume", home=home) as screen:
        screen.sees("- send it by tue").type(CTRL_D).sees("1  you: send it")
        screen.type(ENTER).answer("What is your own name?")
        assert screen.ends() == 0
    assert list_people(run) == ["Carla"]
    session = run("session", "show", "1", "--json").json["session"]
    assert (session["status"], session["people"]) == ("held", ["Carla"])


def test_ctrl_c_at_the_owners_name_leaves_what_is_saved(run: Run, home: Path) -> None:
    with log(home, "Amira Khan") as screen:
        screen.sees("Enter on an empty line").type("Amira: draft it by fri", CTRL_D)
        screen.asks("Amira Khan is new here").type("1", ENTER)
        screen.sees("1  Amira: draft it").type(ENTER)
        screen.sees("Saved.").asks("What is your own name?").type(CTRL_C)
        screen.sees("Saved conversation 1")
        assert screen.ends() == 0
    assert [row[:2] for row in promises(run)] == [("draft it", "them")]


# Letters at a list


@pytest.fixture
def two_zoes(run: Run) -> Run:
    """Two people of one first name."""
    for name in ("Zoë Okafor", "Zoë Quinn"):
        assert run("person", "add", name, "--relationship", "report").code == 0
    return run


@pytest.mark.usefixtures("two_zoes")
def test_letters_at_a_list_choose_or_are_said_to_fit_nothing(home: Path) -> None:
    with log(home, "zoe") as screen:
        screen.asks("Who is “zoe”?").type("Had a chat about leave", ENTER)
        screen.sees("“Had a chat about…” is kept for your notes.")
        screen.type("ann")
        screen.sees("“ann” fits none of these: type a number, 1-3. Enter keeps it")
        screen.type(CTRL_U, "qui").sees("› 2) Zoë Quinn").type(ENTER)
        screen.sees("Notes of a conversation with Zoë Quinn", "Had a chat about leave")


@pytest.mark.usefixtures("two_zoes")
@pytest.mark.parametrize("keys", ["x2", "x" + 2 * DOWN, "x" + BACKSPACE + "zoë q"])
def test_a_number_or_an_arrow_chooses_whatever_was_typed_before(
    keys: str, home: Path
) -> None:
    with coachlog("session", "new", "zoe", "-t", "quick", home=home) as screen:
        screen.asks("Who is “zoe”?").type(keys).sees("› 2) Zoë Quinn").type(ENTER)
        screen.answer("What is your own name?", "Sam")
        screen.sees("Quick note with Zoë Quinn")


BEFORE_LIST = f"2 things today{ENTER}{ENTER}- ring HR by tue{ENTER}{ENTER}"


def test_notes_typed_before_a_list_are_in_the_box_behind_it(
    two_zoes: Run, home: Path
) -> None:
    with log(home, "zoe") as screen:
        screen.asks("Who is “zoe”?").type(BEFORE_LIST).sees("is kept for your notes")
        time.sleep(0.5)
        screen.type("2", ENTER).sees("with Zoë Quinn", "2 things today", "- ring HR")
        screen.type(CTRL_D).sees("Understood as", "1  you: ring HR").type(ENTER)
        screen.answer("What is your own name?")
        assert screen.ends() == 0
    assert [row[0] for row in promises(two_zoes)] == ["ring HR"]


@pytest.mark.usefixtures("two_zoes")
@pytest.mark.parametrize("key", [BACK, CTRL_C])
def test_notes_typed_before_a_list_that_is_left_are_handed_back(
    key: str, home: Path
) -> None:
    with log(home, "zoe") as screen:
        screen.asks("Who is “zoe”?").type("Had a chat", ENTER).sees("is kept")
        screen.type(key)
        if key == BACK:
            screen.asks("Who did you talk with?").type(ENTER)
        screen.ends()
        screen.sees("Copy what you typed from here: Had a chat")


@pytest.mark.usefixtures("two_zoes")
def test_a_line_half_typed_at_a_list_is_handed_back_too(home: Path) -> None:
    with log(home, "zoe") as screen:
        screen.asks("Who is “zoe”?").type("Had a chat", ENTER).sees("is kept")
        screen.type("- ring HR by t").sees("fits none of these").type(CTRL_C)
        screen.ends()
        screen.sees("Copy what you typed from here: Had a chat", "- ring HR by t")


def test_notes_typed_before_somebody_archived_is_agreed_to_answer_nothing(
    priya: Run, home: Path
) -> None:
    priya("person", "archive", "priya")
    with log(home, "priya") as screen:
        screen.asks("Priya Shah is archived.").type("yesterday she rang", ENTER)
        screen.sees("is kept for your notes").type("y").sees("› 2) yes").type(ENTER)
        screen.sees("Notes of a conversation", "yesterday she rang").type(CTRL_D)
        screen.sees("Understood as").type(ENTER)
        assert screen.ends() == 0
