"""A facilitator's day and a participant's seven weeks, command by command, as they are typed.

The two have a journal each, and nothing goes from one to the other but codes and paper slips.
"""

from datetime import timedelta
from pathlib import Path

from command_support import ScriptedPerson
from conftest import NOW, Ran, Run
from workshop_support import make_workshop, write_codes

SAID = [(5, 1, 1), (4, 1, 1), (4, 1, 1), (5, 1, 1), (3, 2, 1), (4, 1, 1), (4, 2, 1)]
SAID += [(2, 2, 2), (4, 1, 1), (5, 3, 1)]
"""What ten people chose on their phones: how useful, which theme, and yes (1) or no (2)."""


def test_a_facilitators_day(run: Run, home: Path, tmp_path: Path) -> None:
    # The week before: cards to print, a page for phones, a sheet for paper.
    assert make_workshop(run, tmp_path, "Winter 12").code == 0
    for file in ("workshop-1-cards.html", "workshop-1.html", "workshop-1.md"):
        words = (tmp_path / file).read_text("utf-8")
        for theme in ("Ask first", "Keep your word", "The shadow you cast"):
            assert theme in words, file
    assert "0 of 5 replies needed." in run("workshop", "show").out

    # The day: ten make a code on their phones, as the page makes it, and two tick paper.
    codes = write_codes(home, SAID)
    slips = ["4 1 yes", "4 2 yes"]

    # The evening: all of them in one paste. One was copied without its end.
    torn = codes[6][:-1]
    pasted = "\n".join([*codes[:6], torn, *codes[7:], *slips])
    refused = run("workshop", "add", "-", input=pasted)
    assert (refused.code, refused.out) == (2, "")
    assert f"“{torn}” has 11 characters; a code has 12." in refused.err
    assert "Nothing was added." in refused.err
    assert "0 of 5 replies needed." in run("workshop", "show").out

    # Mended, they count; codes that are pasted twice still count once.
    mended = run("workshop", "add", "-", input="\n".join([*codes, *slips]))
    assert mended.out == (
        "Added 12 replies to workshop 1. The results cover 12 replies. "
        "Next: coachlog workshop show 1\n"
    )
    again = run("workshop", "add", "-", input="\n".join(codes))
    assert "10 had already been counted" in again.out

    # What they say together. By hand: 7 chose the first theme, 4 the second, 1 the third.
    assert run("workshop", "show", "--json").json["workshop"]["results"] == {
        "usefulness_bands": [1, 1, 10],
        "usefulness_counts": [0, 1, 1, 7, 3],
        "usefulness_mean": 4.0,
        "theme_counts": [7, None, None],
        "will_try": 11,
    }
    shown = run("workshop", "show").out
    for line in ("Ask first            7", "Keep your word       < 5", "11 of 12"):
        assert line in shown
    assert "Winter 12" in run("workshop", "list").out


def test_a_participants_seven_weeks(run: Run) -> None:
    def hold(
        week: int, template: str, answers: dict[str, str], *options: str
    ) -> ScriptedPerson:
        """Hold a conversation so many weeks after the workshop; Enter alone where no answer is."""
        person = ScriptedPerson(answers, skip=True)
        line = ("session", "new", "-t", template, *options)
        ran = run(*line, person=person, clock=lambda: NOW + timedelta(weeks=week))
        assert (ran.code, person.left) == (0, []), ran.err
        return person

    def list_returned(week: int) -> list[str]:
        """Return the templates of what the home page says has come back."""
        shown = run("--json", clock=lambda: NOW + timedelta(weeks=week)).json
        return [waiting["template"] for waiting in shown["today"]["recurrences"]]

    def fill_tank(week: int, value: int) -> None:
        person = ScriptedPerson(
            {"level.full": str(value), "level.drained": "Rows about the rota"},
            skip=True,
        )
        ran = run(
            "tank", "new", person=person, clock=lambda: NOW + timedelta(weeks=week)
        )
        assert ran.code == 0, ran.err

    run("person", "edit", "me", "--name", "Tom Reed")
    for name, relationship in (("Ruth Ellis", "coach"), ("Helen Price", "manager")):
        run("person", "add", name, "-r", relationship)

    # The end of the day: ten minutes on a card of one's own, still in the room.
    hold(
        0,
        "workshop",
        {
            "day.heard": "Silence is a question too",
            "day.try": "Wait ten seconds after I ask",
            "day.tell": "Ben, at my table",
            "way.obstacle": "A full ward",
            "way.then": "If the ward is full, then I wait five",
        },
    )
    assert list_returned(0) == []
    fill_tank(0, 6)

    # Week 1: it is back, and what was written then stands beside each question.
    assert list_returned(1) == ["workshop"]
    answers = {"since.tried": "Twice; Ana talked", "since.next": "With Dana as well"}
    card = hold(1, "workshop", answers)
    quotes = [card.helps[f"since.{one}"] for one in ("tried", "hindered", "told")]
    assert [quote.split("\n")[-1] for quote in quotes] == [
        "Workshop card, Mon 23 Nov: Wait ten seconds after I ask",
        "Workshop card, Mon 23 Nov: A full ward",
        "Workshop card, Mon 23 Nov: Ben, at my table",
    ]
    fill_tank(1, 4)

    # Week 2: it leads into a first plan, which begins with the words of the card.
    assert list_returned(2) == []
    plan = hold(
        2,
        "first-plan",
        {
            "heard.keep": "I fill the silence too soon",
            "one-thing.do": "One open question in every 1:1",
        },
    )
    quotes = [plan.helps[one] for one in ("heard.keep", "one-thing.do", "way.obstacle")]
    assert [quote.split("\n")[-1] for quote in quotes] == [
        "Workshop card, Mon 23 Nov: Silence is a question too",
        "Workshop card, Mon 23 Nov: Wait ten seconds after I ask",
        "Workshop card, Mon 23 Nov: A full ward",
    ]
    fill_tank(2, 3)

    # Week 3: the plan comes back as the card did.
    assert list_returned(3) == ["first-plan"]
    hold(3, "first-plan", {"since.came": "In four 1:1s of six"})
    fill_tank(3, 4)

    # Week 5: coach, line manager and participant, with the first plan beside.
    three = hold(5, "three-way", {}, "--with", "ruth", "--with", "helen")
    assert three.helps["learning.keep"].endswith("I fill the silence too soon")
    assert three.helps["learning.tried"].endswith("In four 1:1s of six")
    assert three.helps["change.different"].endswith("One open question in every 1:1")
    fill_tank(5, 5)

    # Week 6: the card, for the last time, with what was said in week 1.
    assert list_returned(6) == ["workshop"]
    last = hold(6, "workshop", {"since.tried": "Most days"})
    assert "day.heard" not in last.asked
    fill_tank(6, 7)

    # Week 7: nothing comes back any more. What is in the tank is on its own screen alone.
    assert list_returned(7) == []

    def show(*words: str) -> Ran:
        return run(*words, clock=lambda: NOW + timedelta(weeks=7))

    tank = show("tank", "show", "--json").json["tank"]["entries"]
    assert [entry["value"] for entry in tank] == [6, 4, 3, 4, 5, 7]
    assert "Tank: 7 days since the last" in show().out
    for line in ("", "plan show me", "progress --private", "brief ruth", "search rota"):
        assert "Rows about the rota" not in show(*line.split()).out, line
