"""A conversation of three at a real terminal: both are asked for, and each promise has an owner."""

from pathlib import Path

import pytest
from screen import CTRL_C, CTRL_D, ENTER, coachlog, own_template

from conftest import Run

HEARD = 'id = "heard"\nask = "What did you hear, $them, and what did $third?"\nkind = "line"'
STEPS = 'id = "steps"\nask = "Who will do what?"\nkind = "actions"'


@pytest.fixture
def people(run: Run) -> Run:
    """Ben, a report, Helen, his manager, and Dana, who coaches the owner."""
    for name, relationship in (
        ("Ben Cole", "report"),
        ("Helen Carr", "peer"),
        ("Dana Lee", "coach"),
    ):
        assert run("person", "add", name, "-r", relationship).code == 0
    assert run("person", "edit", "me", "--name", "Tom Reed").code == 0
    return run


def test_both_are_asked_for_and_each_promise_has_an_owner(
    home: Path, people: Run
) -> None:
    own_template(home, HEARD, STEPS, audience="three-way")
    with coachlog("session", "new", "-t", "own", home=home) as screen:
        screen.asks("Who did you talk with?").sees("The first of the two")
        screen.answer("Who did you talk with?", "ben").sees(
            "→ Ben Cole, reports to you"
        )
        screen.asks("Who did you talk with?").sees("The second of the two")
        screen.answer("Who did you talk with?", "ben").sees(
            "Ben Cole is already the first"
        )
        screen.answer("Who did you talk with?", "helen").sees("→ Helen Carr, colleague")
        screen.sees("→ Promises go into the plan of Ben Cole.")
        screen.sees("Own with Ben Cole and Helen Carr")
        screen.answer("What did you hear, Ben, and what did Helen?", "the rota")
        screen.answer("Who will do what?", "Helen: free the Tuesdays by 4 dec")
        screen.asks("Who will do it?").sees(
            "me", "Ben Cole", "Helen Carr", "someone else"
        )
        screen.type(ENTER).asks("By when?").type(ENTER)
        screen.type(ENTER).asks("Any other promise?").type(ENTER)
        screen.asks("When did you talk?").type(ENTER)
        screen.asks("How many minutes did it take?").type(ENTER)
        screen.asks("Save it?").type(ENTER)
        screen.sees("Ben Cole and Helen Carr, 1 promise").ends()
    (action,) = people("action", "list", "-p", "helen", "--json").json["actions"]
    assert (action["owner"], action["person"]) == ("Helen Carr", "Ben Cole")


@pytest.mark.usefixtures("people")
def test_two_names_typed_as_one_are_two_people(home: Path) -> None:
    own_template(home, STEPS, audience="one-to-one")
    with coachlog("session", "new", "ben and helen", "-t", "own", home=home) as screen:
        screen.sees("Own with Ben Cole and Helen Carr")


@pytest.mark.usefixtures("people")
def test_them_could_be_either(home: Path) -> None:
    own_template(home, STEPS, audience="three-way")
    command = ("session", "new", "ben", "--with", "helen", "-t", "own")
    with coachlog(*command, home=home) as screen:
        screen.answer("Who will do what?", "ring HR by 4 dec").asks("Who will do it?")
        screen.type("4", ENTER).asks("Who?").type("them", ENTER)
        screen.sees("“them” could be Ben Cole or Helen Carr")


def test_a_draft_of_three_is_carried_on_with_both(home: Path, people: Run) -> None:
    own_template(home, HEARD, STEPS, audience="three-way")
    command = ("session", "new", "ben", "--with", "helen", "-t", "own")
    with coachlog(*command, home=home) as screen:
        screen.answer("What did you hear, Ben, and what did Helen?", "the rota")
        screen.asks("Who will do what?").type(CTRL_C).ends()
    listed = people("session", "list", "-p", "helen", "--drafts").out
    assert "Ben Cole and Helen Carr" in listed
    with coachlog(*command, home=home) as screen:
        screen.asks("There is a draft with Ben and Helen: Own").type(ENTER)
        screen.answer("Who will do what?", "Helen to ring HR by 4 dec")
        screen.asks("Who will do it?").sees("Helen Carr").type(CTRL_C).ends()
    with coachlog("session", "new", "ben", "-t", "own", home=home) as screen:
        screen.asks("Who did you talk with?")
        assert "There is a draft" not in screen.text


@pytest.mark.usefixtures("people")
def test_the_chooser_asks_for_the_second_where_a_conversation_needs_one(
    home: Path,
) -> None:
    own_template(home, HEARD, STEPS, audience="three-way")
    with coachlog("session", "new", "ben", home=home) as screen:
        screen.sees("→ Ben Cole, reports to you").type("own").sees("Own").type(ENTER)
        screen.answer("Who did you talk with?", "helen")
        screen.sees("Own with Ben Cole and Helen Carr")


def test_what_was_promised_to_either_is_only_counted(home: Path, people: Run) -> None:
    own_template(home, HEARD, STEPS, audience="three-way")
    for words in (
        ("ben", "--what", "Ring Ben", "--owner", "me"),
        ("dana", "--what", "Read the book", "--owner", "them"),
        ("--what", "Sleep on it", "--owner", "me"),
        ("helen", "--what", "Not here", "--owner", "me"),
    ):
        assert people("action", "add", *words).code == 0
    with coachlog(
        *("session", "new", "dana", "--with", "ben", "-t", "own"), home=home
    ) as screen:
        screen.sees("→ Promises go into your own plan.")
        screen.sees("Not shown, because all three of you can see this screen:")
        screen.sees("between you and Ben: coachlog brief ben-cole")
        screen.asks("What did you hear, Dana, and what did Ben?")
        for hidden in ("Ring Ben", "Sleep on it", "Read the book", "Not here"):
            assert hidden not in screen.text


def test_somebody_archived_is_asked_about(home: Path, people: Run) -> None:
    own_template(home, STEPS, audience="three-way")
    assert people("person", "archive", "helen").code == 0
    command = ("session", "new", "ben", "--with", "helen", "-t", "own")
    question = "Helen Carr is archived. Hold it with them all the same?"
    with coachlog(*command, home=home) as screen:
        screen.asks(question).type("1", ENTER).sees("Nothing was changed.")
        assert screen.ends() == 4
    with coachlog(*command, home=home) as screen:
        screen.asks(question).type("2", ENTER).sees("Own with Ben Cole and Helen Carr")


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_notes_of_three_are_typed_into_the_box(
    home: Path, people: Run, columns: int
) -> None:
    people("note", "helen", "ask about leave")
    command = ("log", "ben", "--with", "helen")
    with coachlog(*command, home=home, columns=columns) as screen:
        screen.sees("→ Promises go into the plan of Ben Cole.")
        screen.sees("between you and Helen: coachlog brief helen-carr")
        screen.sees("Notes of a conversation with Ben Cole and Helen Carr")
        assert "ask about leave" not in screen.text
        screen.type("- Helen: ring HR by fri").sees("HR by fri").type(CTRL_D)
        screen.sees("Understood as", "Helen Carr: ring HR")
        screen.type(ENTER).sees(
            "Saved conversation 1 (Quick note, Ben Cole and Helen Carr"
        )
        assert screen.ends() == 0
    (action,) = people("action", "list", "-p", "helen", "--json").json["actions"]
    assert (action["owner"], action["person"]) == ("Helen Carr", "Ben Cole")


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_who_was_there_can_be_mended_in_a_list(
    home: Path, people: Run, columns: int
) -> None:
    for words in (("log", "ben", "--with", "helen"), ("log", "dana")):
        assert people(*words, input="- me: rest by 4 dec\n").code == 0
    with coachlog("session", "edit", "1", home=home, columns=columns) as screen:
        screen.sees("the first of the two: Ben Cole", "the second of the two: Helen")
        screen.type("the second", ENTER).sees("Who was the second of the two?")
        screen.sees("nobody: with Ben Cole alone").type("nobody", ENTER)
        screen.sees("who it was with: Ben Cole", "who else was there: nobody")
        screen.type("who else", ENTER).sees("Who else was there?")
        screen.type("dana", ENTER).sees("will come up with Dana Lee", "Go ahead?")
        screen.type("y").sees("the second of the two: Dana Lee")
        screen.type("finish", ENTER)
        assert screen.ends() == 0
    session = people("session", "show", "1", "--json").json["session"]
    assert session["people"] == ["Ben Cole", "Dana Lee"]
