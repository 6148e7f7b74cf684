"""How a question is worded: names filled in, and what earns advice."""

import pytest

from coachlog import wording


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("What does $them want?", "What does Priya want?"),
        ("${them}'s and $me's", "Priya's and Tom's"),
        ("What does $set need?", "What does the set need?"),
        ("Ring 999, or $help.", "Ring 999, or whoever is on call."),
        ("It costs $5, or $price, $theme or $", "It costs $5, or $price, $theme or $"),
        ("$$them stays", "$them stays"),
        ("No names at all", "No names at all"),
        ("", ""),
    ],
)
def test_worded(words: str, expected: str) -> None:
    assert wording.fill_names(words, them="Priya", me="Tom") == expected


def test_a_name_that_looks_like_another_s_place_stays_a_name() -> None:
    words = wording.fill_names("$them, $me, $help", them="$me", me="$them", help="$me")
    assert words == "$me, $them, $me"


@pytest.mark.parametrize(
    ("question", "double"),
    [
        ("What happened?", False),
        ("What went well and less well?", False),
        ("What do you and Dana need?", False),
        ("What happened? What else?", True),
        ("What has been tried, and what did it teach?", True),
        ("When and where was it?", True),
        ("How is the rota, and is it fair?", True),
        ("What helps; or who could help?", True),
        ("What will you do, and by when?", True),
        ("Who will help, and with what?", True),
        ("What can they say or do to help?", False),
        ("What do you want to be or have by June?", False),
    ],
)
def test_two_questions_in_one(question: str, double: bool) -> None:
    assert wording.is_double_question(question) is double


@pytest.mark.parametrize(
    ("question", "closed"),
    [
        ("What helped?", False),
        ("Island life: how is it?", False),
        ("Candour: what is it to you?", False),
        ("Did it help?", True),
        ("So, would you like to go on?", True),
        ("isn’t it late?", True),
        ("Can $them see it?", True),
    ],
)
def test_a_closed_question_begins_with_a_verb(question: str, closed: bool) -> None:
    assert wording.is_closed_question(question) is closed


@pytest.mark.parametrize(
    ("question", "leading"),
    [
        ("What haven't you tried?", False),
        ("What would be fair?", False),
        ("Don't you think it was late?", True),
        ("Wouldn’t it be better to wait?", True),
        ("How could it be fair, don't you agree?", True),
        ("What will you do because it is late?", True),
        ("Surely it was late?", True),
        ("Why didn't you ask for help?", True),
    ],
)
def test_a_leading_question_holds_its_answer(question: str, leading: bool) -> None:
    assert wording.is_leading_question(question) is leading
