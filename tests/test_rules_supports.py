"""Which support for a promise comes up with somebody, and how much of it."""

import pytest

from coachlog.model.actions import Action
from coachlog.model.people import Person, Relationship
from coachlog.model.references import PersonRef
from coachlog.model.supports import Support
from coachlog.rules.supports import narrow_support

BEN = Person(1, "", "Ben Cole", "ben-cole", Relationship.COACH)


def promise(owner: str, owner_id: int | None = None, plan: int | None = None) -> Action:
    person = PersonRef(plan, "Somebody") if plan else None
    return Action(3, "", person, 7, "Ring HR", owner, owner_id=owner_id)


WHOLE, WORDS, NOTHING = "whole", "words", None
CASES = [
    ("Ben Cole", promise("me"), [1, 2], WHOLE),
    ("Ben Cole", promise("Helen Carr", 2), [1, 2], WHOLE),
    ("Ben Cole", promise("Ben Cole", 1), [1, 2], NOTHING),
    ("Ben Cole", promise("them", plan=1), [1], NOTHING),
    ("me", promise("Helen Carr", 2), [1, 2], WHOLE),
    ("me", promise("me"), [1, 2], NOTHING),
    ("me", promise("Helen Carr", 2), [2], NOTHING),
    ("Ben Cole", promise("them", plan=2), [2], WORDS),
    ("Ben Cole", promise("me"), [], WORDS),
    ("Helen Carr", promise("me"), [1, 2], NOTHING),
    ("", promise("me"), [1], NOTHING),
]


@pytest.mark.parametrize(("giver", "action", "attendees", "seen"), CASES)
def test_how_much_of_a_support_comes_up(
    giver: str, action: Action, attendees: list[int], seen: str | None
) -> None:
    ids = {"Ben Cole": 1, "Helen Carr": 2}
    support = Support(3, giver, "an hour", "Ring HR", giver_id=ids.get(giver))
    expected = {
        WHOLE: support,
        WORDS: support._replace(what=""),
        NOTHING: None,
    }[seen]
    assert narrow_support(support, action, BEN, attendees) == expected
