"""Before the first question at a real terminal: who it is with, and which conversation."""

from pathlib import Path

import pytest
from screen import BACK, BACKSPACE, CTRL_C, DOWN, ENTER, coachlog, own_template

from conftest import Run

LINE = 'id = "first"\nask = "The first question?"\nkind = "line"'


@pytest.fixture
def people(run: Run) -> Run:
    """Three people, two of them with the same first name."""
    for name in ("Zoë Okafor", "Zoë Quinn", "Priya Shah"):
        assert run("person", "add", name, "--relationship", "report", "--role", "Nurse").code == 0
    return run


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("typed", "offered", "not_offered"),
    [
        pytest.param("zoe", ["Zoë Okafor", "Zoë Quinn"], ["Priya Shah"], id="without-accents"),
        pytest.param("PRI", ["Priya Shah"], ["Zoë"], id="without-case"),
        pytest.param("oka", ["Zoë Okafor"], ["Quinn"], id="any-part-of-the-name"),
    ],
)
def test_people_are_found_while_typing(
    typed: str, offered: list[str], not_offered: list[str], home: Path
) -> None:
    with coachlog("session", "new", home=home) as screen:
        screen.asks("Who did you talk with?").type(typed).sees(*offered, "Nurse")
        assert [name for name in not_offered if name in screen.new] == []


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    "keys",
    [
        pytest.param(["zoe o", ENTER], id="unique-prefix"),
        pytest.param(["zoe", DOWN, ENTER], id="picked-from-the-menu"),
        pytest.param(["ZOE OKAFOR", ENTER], id="full-name-in-any-case"),
    ],
)
def test_someone_known_is_echoed_and_is_not_asked_about(keys: list[str], home: Path) -> None:
    with coachlog("session", "new", home=home) as screen:
        screen.asks("Who did you talk with?").type(keys[0]).sees("Zoë Okafor")
        screen.type(*keys[1:]).sees("→ Zoë Okafor, report")
        screen.asks("What is your own name?")
        assert "new here" not in screen.text


@pytest.mark.usefixtures("people")
def test_a_name_that_fits_two_says_which(home: Path) -> None:
    with coachlog("session", "new", home=home) as screen:
        screen.answer("Who did you talk with?", "zoe")
        screen.sees("Which one: Zoë Okafor, Zoë Quinn?").type(" q", ENTER)
        screen.sees("→ Zoë Quinn, report")


def test_someone_new_is_added_with_one_question(home: Path, run: Run) -> None:
    own_template(home, LINE, audience="one-to-one")
    with coachlog("session", "new", "-t", "own", home=home) as screen:
        screen.answer("Who did you talk with?", "Amélie Dupont")
        screen.asks("Amélie Dupont is new here. Who are they to you?").type("2", ENTER)
        screen.answer("What is your own name?", "Sam Reed")
        screen.answer("The first question?", "said").asks("To be saved").type(CTRL_C)
        screen.ends()
    (person,) = run("person", "list", "--json").json["people"]
    assert (person["name"], person["relationship"]) == ("Amélie Dupont", "coachee")


def test_a_name_is_asked_only_once(home: Path) -> None:
    own_template(home, LINE)
    for asked in (True, False):
        with coachlog("session", "new", "-t", "own", home=home) as screen:
            if asked:
                screen.answer("What is your own name?", "Sam Reed")
            screen.answer("The first question?", "said").asks("To be saved").type(CTRL_C)
            screen.ends()
            assert ("your own name" in screen.text) == asked


@pytest.mark.usefixtures("people")
def test_a_near_name_is_asked_about_before_someone_new_is_added(home: Path) -> None:
    with coachlog("session", "new", home=home) as screen:
        screen.answer("Who did you talk with?", "Pria Shah")
        screen.asks("Who is “Pria Shah”?").sees("Priya Shah", "someone new").type(ENTER)
        screen.sees("What is your own name?")


def test_back_from_the_relationship_asks_for_the_name_again(home: Path) -> None:
    with coachlog("session", "new", home=home) as screen:
        screen.answer("Who did you talk with?", "Wrogn Name")
        screen.asks("is new here").type(BACK)
        screen.asks("Who did you talk with?")


def test_the_list_of_conversations_is_filtered_by_typing(home: Path) -> None:
    with coachlog("session", "new", home=home) as screen:
        screen.answer("Who did you talk with?", "Amélie Dupont")
        screen.asks("Amélie Dupont is new here").type(ENTER)
        screen.answer("What is your own name?", "Sam Reed")
        screen.asks("Which conversation?").sees("GROW", "OSKAR", "1:1 check-in")
        screen.type("osk").sees_no_more("1:1 check-in")
        screen.type(ENTER).sees("OSKAR with Amélie Dupont  about 30 minutes")


def test_a_filter_that_fits_nothing_can_be_taken_back(home: Path) -> None:
    with coachlog("session", "new", home=home) as screen:
        screen.answer("Who did you talk with?", "Amélie Dupont")
        screen.asks("Amélie Dupont is new here").type(ENTER)
        screen.answer("What is your own name?", "Sam Reed")
        screen.asks("Which conversation?").sees("OSKAR").type("zzz").sees("/ zzz")
        screen.type(BACKSPACE, BACKSPACE, BACKSPACE).sees("OSKAR", "GROW")
        screen.type("osk").sees_no_more("GROW").type(ENTER)
        screen.sees("OSKAR with Amélie Dupont")


def test_enter_alone_is_a_talk_with_oneself(home: Path) -> None:
    with coachlog("session", "new", home=home) as screen:
        screen.answer("Who did you talk with?")
        screen.answer("What is your own name?", "Sam Reed")
        screen.asks("Which conversation?")
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
