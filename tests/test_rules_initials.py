"""Initials in place of names: those kept as names, and no words that somebody typed."""

import pytest

from coachlog.model.actions import Action
from coachlog.model.answers import PromptKind
from coachlog.model.people import Person, Relationship
from coachlog.model.plans import Plan
from coachlog.model.references import PersonRef
from coachlog.model.sessions import Answer
from coachlog.rules.initials import abbreviate_names, build_initials


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Priya Shah", "P.S."),
        ("Dr Helen Marsh", "H.M."),
        ("Ann-Lee O'Neil", "A.L.O."),
        ("bo", "B."),
        ("李小龙", "李."),
        ("Zoë  de  Wit", "Z.D.W."),
        ("Dr", "?"),
    ],
)
def test_the_initials_of_a_name(name: str, initials: str) -> None:
    assert build_initials(name) == initials


def test_names_go_and_typed_words_stay() -> None:
    priya = Person(1, "u", "Priya Shah", "priya-shah", Relationship.REPORT)
    action = Action(
        *(1, "u", PersonRef(1, "Priya Shah"), 1, "Ask Priya Shah", "Paul Smith"),
        support="Priya Shah: the agenda",
    )
    plan = abbreviate_names(Plan(priya, "Tom Reed", None, None, (action,)))
    assert (plan.person.name, plan.person.slug, plan.me) == ("P.S.", "ps", "T.R.")
    (short,) = plan.actions
    assert short.person == PersonRef(1, "P.S.")
    # Two people with the same initials are told apart.
    assert short.owner == "P.S. 2"
    assert (short.what, short.support) == ("Ask Priya Shah", "P.S.: the agenda")


def test_a_question_has_its_name_from_coachlog() -> None:
    answer = Answer(
        "a", "b", "What does Priya want? Priyanka?", PromptKind.TEXT, "Priya"
    )
    (_, short) = abbreviate_names((PersonRef(1, "Priya Shah"), answer))
    assert short.question == "What does P.S. want? Priyanka?"
    assert short.value == "Priya"


@pytest.mark.parametrize("owner", ["me", "them"])
def test_the_two_sides_are_no_names(owner: str) -> None:
    action = Action(1, "u", None, None, "Ask", owner)
    assert abbreviate_names(action).owner == owner
