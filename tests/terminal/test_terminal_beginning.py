"""Before the first question at a real terminal: who it is with, and which conversation."""

from pathlib import Path

import pytest
from screen import (
    BACK,
    BACKSPACE,
    CTRL_C,
    CTRL_U,
    DOWN,
    ENTER,
    ESCAPE,
    UP,
    coachlog,
    own_template,
)

from conftest import Run

LINE = 'id = "first"\nask = "The first question?"\nkind = "line"'


@pytest.fixture
def people(run: Run) -> Run:
    """Three people, two of them with the same first name."""
    for name in ("Zoë Okafor", "Zoë Quinn", "Priya Shah"):
        assert (
            run(
                "person", "add", name, "--relationship", "report", "--role", "Nurse"
            ).code
            == 0
        )
    return run


FOUND = [  # what is typed, who is offered, who is not
    ("zoe", ["Zoë Okafor", "Zoë Quinn"], ["Priya Shah"]),  # without accents
    ("PRI", ["Priya Shah"], ["Zoë"]),  # without regard to case
    ("oka", ["Zoë Okafor"], ["Quinn"]),  # any part of the name
]


@pytest.mark.usefixtures("people")
def test_people_are_found_while_typing_and_picked_from_the_menu(home: Path) -> None:
    with coachlog("session", "new", home=home) as screen:
        screen.asks("Who did you talk with?").sees(
            "Enter: next · ?: help · Ctrl-C: stop"
        )
        for typed, offered, not_offered in FOUND:
            screen.type(typed).sees(*offered, "Nurse")
            assert [name for name in not_offered if name in screen.new] == []
            screen.type(CTRL_U).sees_no_more("Nurse")
        screen.type("zoe").sees("Zoë Okafor").type(DOWN, ENTER).sees(
            "→ Zoë Okafor, reports to you"
        )
        screen.asks("What is your own name?").sees("Ctrl-C: stop")
        assert "new here" not in screen.text


@pytest.mark.usefixtures("people")
def test_a_beginning_is_enough_where_only_one_person_fits(home: Path) -> None:
    with coachlog("session", "new", home=home) as screen:
        screen.answer("Who did you talk with?", "zoe")
        screen.sees("Which one: Zoë Okafor, Zoë Quinn?").type(" q", ENTER)
        screen.sees("→ Zoë Quinn, reports to you").asks("What is your own name?")
        assert "new here" not in screen.text


def test_someone_new_is_added_with_one_question_and_my_name_is_asked_once(
    home: Path, run: Run
) -> None:
    own_template(home, LINE, audience="one-to-one")
    with coachlog("session", "new", "-t", "own", home=home) as screen:
        screen.answer("Who did you talk with?", "Wrogn Name")
        screen.asks("Wrogn Name is new here").type(BACK)
        screen.asks("What is their full name?").sees("Wrogn Name").type(CTRL_U, ENTER)
        screen.answer("Who did you talk with?", "Amélie Dupont")
        screen.asks("Amélie Dupont is new here. Who are they to you?").type("2", ENTER)
        screen.sees("›  someone coached by me").answer(
            "What is your own name?", "Sam < Reed"
        )
        screen.answer("The first question?", "said").asks("Ready to save").type(CTRL_C)
        screen.ends()
    (person,) = run("person", "list", "--json").json["people"]
    assert (person["name"], person["relationship"]) == ("Amélie Dupont", "coachee")
    with coachlog("session", "new", "Ada Lund", "-t", "own", home=home) as screen:
        screen.asks("Ada Lund is new here").type("1", ENTER)
        screen.answer("The first question?", "said").asks("Ready to save")
        assert "your own name" not in screen.text


def test_a_lone_back_is_no_name_and_nothing_is_behind_it(home: Path) -> None:
    own_template(home, LINE)
    with coachlog("session", "new", "-t", "own", home=home) as screen:
        screen.answer("What is your own name?", BACK).sees("A name needs a letter.")
        screen.answer("What is your own name?", "Sam Reed").asks("The first question?")


def test_somebody_new_is_asked_for_the_whole_name(home: Path, run: Run) -> None:
    own_template(home, LINE, audience="one-to-one")
    with coachlog("session", "new", "priya", "-t", "own", home=home) as screen:
        screen.asks("What is their full name?").sees("›  Priya").type(" Shah", ENTER)
        screen.asks("Priya Shah is new here. Who are they to you?").type("1", ENTER)
        screen.answer("What is your own name?", "Sam Reed")
        screen.answer("The first question?", "said").asks("Ready to save").type(CTRL_C)
        screen.ends()
    (person,) = run("person", "list", "--json").json["people"]
    assert person["name"] == "Priya Shah"


def test_a_name_typed_again_is_read_back_and_back_leads_to_it(
    home: Path, run: Run
) -> None:
    own_template(home, LINE, audience="one-to-one")
    with coachlog("session", "new", "ben", "-t", "own", home=home) as screen:
        screen.asks("What is their full name?").sees("›  Ben").type("Ben", ENTER)
        screen.sees("→ Ben").asks("Ben is new here. Who are they to you?").type(BACK)
        screen.asks("What is their full name?").sees("›  Ben").type(" Carter", ENTER)
        screen.asks("Ben Carter is new here. Who are they to you?").type("1", ENTER)
        screen.answer("What is your own name?", "Sam Reed")
        screen.answer("The first question?", "said").asks("Ready to save").type(CTRL_C)
        screen.ends()
    (person,) = run("person", "list", "--json").json["people"]
    assert person["name"] == "Ben Carter"


@pytest.mark.usefixtures("people")
def test_a_near_name_is_asked_about_before_someone_new_is_added(home: Path) -> None:
    with coachlog("session", "new", home=home) as screen:
        screen.answer("Who did you talk with?", "Pria Shah")
        screen.asks("Who is “Pria Shah”?")
        screen.sees("1) Pria Shah (new)", "2) Priya Shah, reports to you").type(ENTER)
        screen.asks("Pria Shah is new here. Who are they to you?")


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("key", [BACK, ESCAPE])
def test_the_list_of_conversations_leads_back_to_who_it_is_with(
    home: Path, key: str
) -> None:
    with coachlog("session", "new", home=home) as screen:
        screen.answer("Who did you talk with?", "priya")
        screen.answer("What is your own name?", "Sam Reed")
        screen.lists("The usual ones").sees("<: back").type("osk").sees("filter: osk")
        screen.type(ESCAPE).sees_no_more("filter: osk").lists("The usual ones")
        screen.type(key).answer("Who did you talk with?")
        screen.lists("Which conversation?").type(CTRL_C)
        assert screen.ends() == 130


def test_the_list_of_conversations_is_filtered_by_typing(home: Path) -> None:
    with coachlog("session", "new", home=home) as screen:
        screen.answer("Who did you talk with?", "Amélie Dupont")
        screen.asks("Amélie Dupont is new here").type("1", ENTER)
        screen.answer("What is your own name?", "Sam Reed")
        screen.lists("The usual ones", " › 1:1 check-in", "GROW", "all of them")
        assert "OSKAR" not in screen.new
        screen.type("zzz").sees("filter: zzz", "Nothing matches.").type(ENTER)
        screen.type(BACKSPACE, BACKSPACE, BACKSPACE).sees("GROW", "all of them")
        screen.type("feedback").sees("Fits best", " › Feedback (SBI)")
        screen.type(ESCAPE).sees_no_more("filter: feedback")
        screen.type(UP).sees(" › all of them", "Every conversation").type(ENTER)
        screen.sees("OSKAR", "One thing to work on", "type to filter")
        screen.type("sick leave").sees(" › Return to work").sees_no_more("1:1 check-in")
        screen.type(ESCAPE).sees("1:1 check-in").type("osk").sees_no_more(
            "1:1 check-in"
        )
        screen.sees(
            "A person or a project is stuck: build on what already works."
        ).type(ENTER)
        screen.sees(
            "›  Getting unstuck (OSKAR)",
            "Getting unstuck (OSKAR) with Amélie Dupont  about 30 minutes",
        )


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_the_list_of_conversations_scrolls_and_keeps_its_question_on_the_screen(
    home: Path, columns: int
) -> None:
    with coachlog("session", "new", home=home, columns=columns, lines=24) as screen:
        screen.answer("Who did you talk with?", "Amélie Dupont")
        screen.asks("Amélie Dupont is new here").type("1", ENTER)
        screen.answer("What is your own name?", "Sam Reed")
        screen.lists("Which conversation?", " › 1:1 check-in", "The regular 1:1")
        assert "Reflection (Gibbs)" not in screen.new
        screen.type(UP).sees(" › all of them").type(ENTER).sees(" › How far along")
        screen.type(*[UP] * 5).sees(" › 1:1 check-in").type(UP).sees(
            " › Reflection (Gibbs)", "Your own bad week", "Alone"
        )
        assert "Which conversation?" in screen.new
        assert max(map(len, screen.lines)) <= columns
        screen.type(DOWN).sees(" › 1:1 check-in").type(*[DOWN] * 33).sees(
            "Alone", " › Coach's log"
        )
        screen.type(ENTER).sees(
            "A conversation with yourself: it is in nobody's plan.",
            "Coach's log  about",
        )
        screen.asks("What tools did you use?").type(CTRL_C)
        assert screen.ends() == 130


def test_enter_alone_is_a_talk_with_oneself(home: Path) -> None:
    with coachlog("session", "new", home=home) as screen:
        screen.answer("Who did you talk with?")
        screen.answer("What is your own name?", "Sam Reed")
        screen.lists(
            "Which conversation?",
            "Alone",
            " › Tank",
            "What? So what? Now what?",
            "Reflection (Gibbs)",
        )
        assert "GROW" not in screen.new


@pytest.mark.usefixtures("people")
def test_a_draft_with_the_same_person_is_offered(home: Path) -> None:
    own_template(home, LINE, audience="one-to-one")
    with coachlog("session", "new", "priya", "-t", "own", home=home) as screen:
        screen.answer("What is your own name?", "Sam Reed")
        screen.asks("The first question?").type("half", CTRL_C)
        screen.ends()
    with coachlog("session", "new", "priya", "-t", "own", home=home) as screen:
        screen.asks("There is a draft with Priya").type(ENTER)
        screen.asks("The first question?").sees("›  half")
