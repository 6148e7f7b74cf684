"""Meetings of a set at a real terminal: five members, three presenters, once interrupted."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from screen import BACK, CTRL_C, ENTER, SPACE, Screen, coachlog

from coachlog.interview.keys import CLOCK_KEY
from coachlog.store.database import Journal
from coachlog.store.writing import draft_step_changes
from conftest import NOW, Run

FIVE = ("Ann Obi", "Ben Cole", "Cara Diaz", "Dev Rao", "Eve Moss")
LATER = NOW + timedelta(days=28)
WORDS = {
    "Ann Obi": ("The rota", "Nobody swaps a night", "Ask the night team"),
    "Cara Diaz": ("Beds", "Beds move at noon", "Draw a map of beds"),
    "Eve Moss": ("Saying no", "I say yes too soon", "Count to ten first"),
}


def ward_leads(run: Run) -> None:
    flags = [part for name in FIVE for part in ("--member", name)]
    assert run("person", "edit", "me", "--name", "Fay Lund").code == 0
    assert (
        run(
            "set", "add", "Ward leads", *flags, "--facilitator", "me", "-r", "peer"
        ).code
        == 0
    )


def begin(screen: Screen) -> None:
    """Answer what comes before the slots: all five are here, and three of them present."""
    screen.asks("Who is here?").sees("● Ann Obi", "● Eve Moss").type(ENTER)
    screen.asks("Has everyone agreed").type("y", ENTER)
    screen.answer("What did people learn").answer("What is each of you bringing today?")
    screen.asks("Who presents first?").sees("1) Ann Obi", "6) nobody today")
    screen.type(ENTER).sees("Choose one: a number, 1-6.").type("1", ENTER)
    screen.asks("Who presents next?").sees("1) Ben Cole").type("2", ENTER)
    screen.asks("Who presents next?").sees("3) Eve Moss").type("3", ENTER)
    screen.asks("Who presents next?").sees("3) that is all").type(ENTER)


def present(screen: Screen, name: str) -> None:
    """Answer a slot up to its questions."""
    issue, problem, _ = WORDS[name]
    screen.answer(f"What is {name} bringing?", issue)
    screen.asks("What is the problem").type(problem, ENTER)
    screen.answer("What does the presenter want").answer("What facts came to light?")


def act(screen: Screen, name: str) -> None:
    """Answer a slot from its questions on: one of each tag, and a promise."""
    screen.answer("What questions were asked?", "ben: What do you see?")
    screen.asks("Open, closed or leading?").sees("Perhaps open").type("o")
    screen.answer("Next question?", "Have you asked them?")
    screen.asks("Open, closed or leading?").sees("Perhaps closed").type("c")
    screen.answer("Next question?", f"Why don't you, {name}?")
    screen.asks("Open, closed or leading?").sees("Perhaps leading").type(ENTER)
    screen.sees("untagged").answer("Next question?")
    screen.asks("Which one helped the presenter most?").type("1", ENTER)
    screen.answer("How does the presenter see it now?").answer(
        "What did the others notice?"
    )
    screen.answer("What will the presenter do", WORDS[name][2])
    screen.asks("Who will do it?").sees(f"1) {name}").type(ENTER)
    screen.answer("By when?", "+2w").answer("How will you know").answer(
        "Any other promise?"
    )
    screen.answer("How sure is the presenter", "8").answer(
        "How many minutes did this slot", "30"
    )


def close(screen: Screen) -> int:
    screen.answer("What did the set learn", "").answer("Who helped whom")
    screen.answer("When will the set next meet?")
    screen.answer("When did you meet?").answer("How many minutes did it take?")
    screen.answer("Save it?")
    return screen.ends()


def test_a_set_of_five_meets_twice_and_each_presenter_takes_home_their_own(
    home: Path, run: Run, tmp_path: Path
) -> None:
    ward_leads(run)
    with coachlog("session", "new", "--set", "ward", "-t", "als", home=home) as screen:
        screen.sees("Action learning set: Ward leads  about 180 minutes")
        begin(screen)
        screen.sees("Slot 1 of 3 · Ann Obi", "About 37 minutes.")
        present(screen, "Ann Obi")
        act(screen, "Ann Obi")
        screen.asks("Who presents now?").sees("1) Cara Diaz, as planned").type(ENTER)
        screen.sees("Slot 2 of 3 · Cara Diaz")
        screen.answer("What is Cara Diaz bringing?", "Beds")
        screen.asks("What is the problem").type("Beds move", CTRL_C)
        assert screen.ends() == 130
        assert "To carry on: coachlog session resume 1" in screen.text
    with coachlog("session", "resume", home=home) as screen:
        screen.sees("Slot 2 of 3 · Cara Diaz", "Present · part 4 of 9")
        screen.asks("What is the problem").sees("›  Beds move").type(
            " at noon", ENTER, ENTER
        )
        screen.answer("What does the presenter want").answer(
            "What facts came to light?"
        )
        act(screen, "Cara Diaz")
        screen.asks("Who presents now?").sees("1) Eve Moss, as planned").type(ENTER)
        present(screen, "Eve Moss")
        act(screen, "Eve Moss")
        screen.asks("Does anyone else want to present?").sees(
            "1) nobody else today"
        ).type(ENTER)
        assert close(screen) == 0
        assert "slot 2   Cara Diaz: Beds" in screen.text
        assert "3 slots, 3 promises" in screen.text
    told = run("session", "show", "1", "--json").json["session"]
    assert [(s["presenter"], s["issue"], s["minutes"]) for s in told["slots"]] == [
        *(
            ("Ann Obi", "The rota", 30),
            ("Cara Diaz", "Beds", 30),
            ("Eve Moss", "Saying no", 30),
        ),
    ]
    assert tags(told) == [["open", "closed", None]] * 3
    assert_each_page_is_its_presenters_own(run, tmp_path / "pages")
    with coachlog(
        "session", "new", "--set", "ward", "-t", "als", home=home, now=LATER
    ) as screen:
        screen.reviews(*(f"{name}: {words[-1]}" for name, words in WORDS.items()))
        screen.type("d", "d", "d", ENTER)
        for name, words in WORDS.items():
            screen.asks("On which day?").sees(f"{name}: {words[-1]}").type(ENTER)
        screen.asks("Who is here?").type(CTRL_C)
        assert screen.ends() == 130


def tags(session: Any) -> list[list[str | None]]:
    return [
        [
            one["tag"]
            for answer in slot["answers"]
            if answer["kind"] == "questions"
            for one in answer["value"]
        ]
        for slot in session["slots"]
    ]


def assert_each_page_is_its_presenters_own(run: Run, folder: Path) -> None:
    """Grep each page: it has the words of its presenter, and nothing of any other one."""
    assert run("plan", "export", "--set", "ward", "--output", str(folder)).code == 0
    pages = {path.stem: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert len(pages) == 3
    for name, words in WORDS.items():
        handle = name.lower().replace(" ", "-")
        (page,) = [text for stem, text in pages.items() if stem.endswith(handle)]
        assert [one for one in words if one not in page] == []
        others = {
            part for other in WORDS if other != name for part in (other, *WORDS[other])
        }
        others |= {other for other in FIVE if other != name}
        assert [one for one in others if one in page] == []


def to_the_first_question(home: Path, run: Run, *flags: str, columns: int = 80) -> Any:
    ward_leads(run)
    return coachlog(
        *("session", "new", "--set", "ward", "-t", "als", *flags),
        home=home,
        columns=columns,
    )


def test_who_is_missing_loses_the_mark_and_one_alone_is_no_meeting(
    home: Path, run: Run
) -> None:
    with to_the_first_question(home, run) as screen:
        screen.asks("Who is here?").type(*([SPACE, "\x1b[B"] * 4), ENTER)
        screen.sees("That is 1; at least 2 are needed.").type(SPACE, ENTER)
        screen.sees("This needs an answer.")


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_the_clock_is_a_quiet_line_below_the_field(
    home: Path, run: Run, columns: int
) -> None:
    with to_the_first_question(home, run, columns=columns) as screen:
        begin(screen)
        screen.asks("What is Ann Obi bringing?").sees("Slot 0 of 37 min")
        screen.answer("What is Ann Obi bringing?", "The rota")
        screen.sees("Present · part 4 of 9 · 5 min")
        screen.asks("What is the problem").sees("Slot 0 of 37 min · Present 0 of 5 min")
        screen.type("half").sees("half", "Enter: next", "Slot 0 of 37 min")
        below = screen.new.partition("Enter: next")[2]
        assert re.fullmatch(
            r"[^\n]*\n( [^\n]*: pause\n)? Slot 0 of 37 min · Present 0 of 5 min\n*",
            below,
        )


def test_without_the_clock_there_is_no_time_on_the_screen(home: Path, run: Run) -> None:
    with to_the_first_question(home, run, "--no-clock") as screen:
        begin(screen)
        screen.answer("What is Ann Obi bringing?", "The rota").asks(
            "What is the problem"
        )
        assert " min" not in screen.text.replace("minutes", "")


def test_back_leads_from_a_tag_to_its_question_and_keeps_both(
    home: Path, run: Run
) -> None:
    with to_the_first_question(home, run) as screen:
        begin(screen)
        present(screen, "Ann Obi")
        screen.answer("What questions were asked?", "What do you see?")
        screen.asks("Open, closed or leading?").type("x\x1b[Dy\x1b[D", "l")
        screen.sees("leading").asks("Next question?").type(BACK, ENTER)
        screen.asks("Open, closed or leading?").sees("Enter: keep leading").type(ENTER)
        screen.asks("Next question?").type(BACK, ENTER)
        screen.asks("Open, closed or leading?").type(BACK)
        screen.asks("What questions were asked?").sees("›  What do you see?").type(
            CTRL_C
        )
        assert screen.ends() == 130


def test_the_minutes_of_a_slot_are_those_of_the_clock_unless_typed(
    home: Path, run: Run
) -> None:
    """Half an hour had passed in the first slot when the meeting was interrupted."""
    with to_the_first_question(home, run) as screen:
        begin(screen)
        present(screen, "Ann Obi")
        screen.asks("What questions were asked?").type(CTRL_C)
        assert screen.ends() == 130
    with Journal(home).read() as db:
        (token,) = db.execute("SELECT token FROM draft").fetchone()
    with Journal(home).change(NOW) as change:
        draft_step_changes.save_draft_step(
            change, 1, token, CLOCK_KEY, ["ann-obi present 1200", "ann-obi clarify 690"]
        )
    with coachlog("session", "resume", home=home) as screen:
        screen.asks("What questions were asked?")
        screen.sees("Slot 31 of 37 min · Open questions 0 of 15 min").type(ENTER)
        screen.answer("How does the presenter see it now?").answer(
            "What did the others notice?"
        )
        screen.answer("What will the presenter do").answer("How sure is the presenter")
        screen.asks("How many minutes did this slot take?").sees(
            "Enter: 32, by the clock"
        )
        screen.type(ENTER).asks("Who presents now?").type(CTRL_C)
        assert screen.ends() == 130
    assert (
        run("session", "show", "1", "--json").json["session"]["slots"][0]["minutes"]
        == 32
    )
