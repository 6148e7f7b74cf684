"""The story a new user lives: a GROW talk, cut off half-way, resumed; it comes back in a week."""

import signal
from datetime import timedelta
from pathlib import Path

from screen import CTRL_C, CTRL_J, ENTER, coachlog

from coachlog.store import reading
from coachlog.store.database import Journal
from conftest import NOW, Run

HALF = "She sends the agenda on Thursday, and the hud"


def half(home: Path) -> str:
    """Return what is half-typed in the first draft, or nothing."""
    if not Journal(home).exists():
        return ""
    with Journal(home).read() as db:
        found = reading.read_draft(db, 1).half
    return found[1] if found else ""


def test_a_talk_cut_off_half_way_is_resumed_saved_and_comes_back(
    home: Path, run: Run
) -> None:
    with coachlog("session", "new", home=home, own=True) as screen:
        screen.answer("Who did you talk with?", "Amélie Dupont")
        screen.asks("Amélie Dupont is new here. Who are they to you?").type("1", ENTER)
        screen.answer("What is your own name?", "Sam Reed")
        screen.lists("Which conversation?", "GROW").type("grow", ENTER)
        screen.sees("GROW with Amélie Dupont  about 40 minutes", "Goal · part 1 of 4")
        screen.answer(
            "What would make this time well spent for Amélie?", "A plan for Mondays"
        )
        screen.asks("What does Amélie want to achieve beyond today?").type(HALF)
        screen.until(
            lambda: half(home) == HALF, "the half-typed sentence in the journal"
        )
        screen.kill(signal.SIGKILL)
        assert screen.ends() == -signal.SIGKILL

    with coachlog("session", "resume", home=home, own=True) as screen:
        screen.sees("GROW with Amélie Dupont", "Carrying on where you left off.")
        screen.asks("What does Amélie want to achieve beyond today?").sees("hud")
        screen.type("dle runs without Sam.", ENTER, ENTER)
        screen.answer("What would a colleague notice").answer(
            "How much does it matter", "8"
        )
        screen.answer("What is happening").answer("What has Amélie tried")
        screen.answer("How far along is it", "3")
        screen.asks("What could Amélie do?").type(
            "Lead one huddle", CTRL_J, "Pair up", ENTER
        )
        screen.asks("Which one will Amélie try first?").type("1", ENTER)
        screen.answer("What will each of you do?", "Lead Monday's huddle")
        screen.asks("Who will do it?").type("2", ENTER)
        screen.answer("By when?", "mon").sees("→ Monday 30 November 2026")
        screen.answer("How will you know", "it ended on time")
        screen.answer("Any other promise?", "Stay out of the room")
        screen.asks("Who will do it?").type("1", ENTER)
        screen.answer("By when?", "fri").answer("How will you know").answer(
            "Any other promise?"
        )
        screen.answer("How sure is Amélie", "6")
        screen.asks("What would lift that number?").type("Practice", ENTER)
        screen.answer("What is Amélie taking away?", "That it is hers to run")
        screen.answer("When will you look at this", "+2w").sees(
            "→ Monday 7 December 2026"
        )
        screen.sees("Ready to save", "10 answers, 3 skipped")
        screen.answer("When did you talk?").answer(
            "How many minutes did it take?", "35"
        )
        screen.answer("Save it?")
        assert screen.ends() == 0
        assert "Saved conversation 1 (GROW, Amélie Dupont, 2 promises)." in screen.text

    answers = run("session", "show", "1", "--json").json["session"]["answers"]
    said = {answer["prompt"]: answer["value"] for answer in answers}
    assert said["result"] == HALF + "dle runs without Sam."
    assert run("session", "list", "--drafts", "--json").json["sessions"] == []

    page = run("plan", "export", "amelie").out
    assert "# Action plan: Amélie Dupont and Sam Reed" in page
    assert (
        "| Lead Monday's huddle | Amélie Dupont | 30 November 2026 | it ended on time |"
        in page
    )
    assert "| Stay out of the room | **Sam Reed** | 27 November 2026 |" in page

    later = NOW + timedelta(days=8)
    with coachlog("session", "new", "amelie", home=home, now=later, own=True) as screen:
        screen.sees("→ Amélie Dupont, reports to you").lists(
            "Which conversation?"
        ).type(ENTER)
        screen.sees("GROW with Amélie Dupont", "Promises from last time")
        screen.reviews("You: Stay out of the room", "By Fri 27 Nov, 4 days overdue.")
        screen.sees(
            "Amélie Dupont: Lead Monday's huddle", "By Mon 30 Nov, 1 day overdue."
        )
        screen.type("d", "d", ENTER).answer("On which day?")
        screen.answer("On which day?", "mon").sees("→ Monday 30 November 2026")
        screen.asks("What would make this time well spent for Amélie?").type(CTRL_C)
        assert screen.ends() == 130
        assert "coachlog session resume 2" in screen.text
