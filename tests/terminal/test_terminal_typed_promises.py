"""A promise typed as people type one, at a real terminal: Enter agrees with what its words say."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from screen import BACK, CTRL_C, CTRL_U, ENTER, coachlog, finish, own_template

from conftest import NOW, Run

STEPS = 'id = "steps"\nask = "What was promised?"\nkind = "actions"'
BEGIN = ("session", "new", "priya", "-t", "own")


def prepare(home: Path, run: Run) -> None:
    """Priya and Dana are in the journal, and so is the owner's own name."""
    own_template(home, STEPS, audience="one-to-one")
    run("person", "add", "Priya Shah", "--relationship", "report")
    run("person", "add", "Dana Cole", "--relationship", "peer")


def promises(run: Run) -> list[tuple[str, str, str | None, str | None]]:
    rows: list[dict[str, Any]] = run("action", "list", "--json").json["actions"]
    rows.sort(key=lambda row: int(row["id"]))
    return [(row["what"], row["owner"], row["due"], row["done_when"]) for row in rows]


def test_three_times_enter_agrees_with_what_was_typed(home: Path, run: Run) -> None:
    prepare(home, run)
    with coachlog(*BEGIN, home=home) as screen:
        screen.answer("What is your own name?", "Sam Reed")
        screen.answer("What was promised?", "I will send her the rota by Friday")
        screen.asks("Who will do it?").sees("› 1) me").type(ENTER)
        screen.asks("By when?").sees("You typed: Friday 27 November 2026.")
        screen.sees("›  2026-11-27", "Enter: keep").type(ENTER)
        screen.sees("→ Friday 27 November 2026")
        screen.asks("How will you know").type(ENTER)
        screen.asks("Any other promise?")
        screen.type("Dana: draft it by tue (sent by noon)", ENTER)
        screen.asks("Who will do it?").sees("› 3) someone else").type(ENTER)
        screen.asks("Who?").sees("›  Dana Cole").type(ENTER)
        screen.asks("By when?").sees("›  2026-11-24").type(ENTER)
        screen.asks("How will you know").sees("›  sent by noon").type(ENTER)
        screen.answer("Any other promise?")
        screen.sees("Ready to save", "send her the rota", "by Friday 27 November 2026")
        assert finish(screen) == 0
    assert promises(run) == [
        ("send her the rota", "me", "2026-11-27", None),
        ("draft it", "Dana Cole", "2026-11-24", "sent by noon"),
    ]


def test_what_is_uncertain_is_said_and_asked(home: Path, run: Run) -> None:
    prepare(home, run)
    with coachlog(*BEGIN, home=home) as screen:
        screen.answer("What is your own name?", "Sam Reed")
        screen.answer("What was promised?", "HR to confirm by Fri or Mon")
        screen.asks("Who will do it?").sees("Not clear from your words.")
        screen.type("3", ENTER)
        screen.answer("Who?", "HR")
        screen.asks("By when?").sees("Not clear from your words.").type("mon", ENTER)
        screen.answer("How will you know").answer("Any other promise?")
        assert finish(screen) == 0
    assert promises(run) == [("HR to confirm by Fri or Mon", "HR", "2026-11-30", None)]


def test_other_words_are_read_again_even_after_the_window_was_closed(
    home: Path, run: Run
) -> None:
    prepare(home, run)
    with coachlog(*BEGIN, home=home) as screen:
        screen.answer("What is your own name?", "Sam Reed")
        screen.answer("What was promised?", "Priya: send the rota by fri")
        screen.asks("Who will do it?").sees("› 2) Priya Shah").type(ENTER)
        screen.asks("By when?").type(ENTER)
        screen.asks("How will you know").type(BACK, ENTER)
        screen.asks("By when?").sees("›  2026-11-27").type(BACK, ENTER)
        screen.asks("Who will do it?").type(BACK)
        screen.asks("What was promised?").sees("›  Priya: send the rota by fri")
        screen.type(CTRL_U, "Priya: send the rota by mon", ENTER)
        screen.asks("Who will do it?").sees("› 2) Priya Shah").kill().ends()
    with coachlog("session", "resume", home=home) as screen:
        screen.asks("By when?").sees("›  2026-11-30").type(CTRL_C)
        assert screen.ends() == 130
    with coachlog("session", "resume", home=home) as screen:
        screen.asks("By when?").sees("›  2026-11-30").type(ENTER)
        screen.answer("How will you know").answer("Any other promise?")
        screen.sees("Ready to save", "Priya", "by Monday 30 November 2026")
        assert finish(screen) == 0
    assert promises(run) == [("send the rota", "them", "2026-11-30", None)]


def test_a_day_means_the_same_when_the_draft_is_resumed_later(
    home: Path, run: Run
) -> None:
    prepare(home, run)
    with coachlog(*BEGIN, home=home) as screen:
        screen.answer("What is your own name?", "Sam Reed")
        screen.answer("What was promised?", "Send the rota tomorrow")
        screen.asks("Who will do it?").kill().ends()
    with coachlog("session", "resume", home=home, now=NOW + timedelta(1)) as screen:
        screen.asks("Who will do it?").type(ENTER)
        screen.asks("By when?").sees("You typed: Tuesday 24 November 2026.")
        screen.type(CTRL_C)
        assert screen.ends() == 130
