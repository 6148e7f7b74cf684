"""Whether the words of a support name anybody: what may name somebody else stays off a page."""

from datetime import date

import pytest

from coachlog.capture import CaptureContext, read_support
from coachlog.model.people import Person, Relationship

NAMES = ("Ben Okafor", "Ben Cole", "Helen Price", "Tariq")
PEOPLE = [
    Person(id, "", name, "", Relationship.COACH) for id, name in enumerate(NAMES, 1)
]
CONTEXT = CaptureContext(date.min, known=PEOPLE, my_name="Amina Yusuf")


@pytest.mark.parametrize(
    ("words", "names_somebody"),
    [
        ("an hour a week", False),
        ("An hour from HR, on Fridays in May", False),
        ("at 10:30 each day", False),
        ("Time. Also a quiet room.", False),
        ("being asked", False),
        # Two of them are in the journal, so that nobody knows who gives it.
        ("Ben: asks me on Fridays", True),
        ("my coach Ben Okafor: rings", True),
        ("Ben's call", True),
        ("a call from ben", True),
        # Somebody who is not in the journal.
        ("Dr Nadia Khan: tells me about my anxiety", True),
        ("Nadia rings me when I panic", True),
        ("A word with Mrs Jones", True),
        ("Time. I need Nadia there", True),
        # In doubt, it is a name.
        ("Study leave: one day", True),
    ],
)
def test_whether_words_without_a_giver_name_somebody(
    words: str, names_somebody: bool
) -> None:
    reading = read_support(words, CONTEXT)
    assert (reading.giver, reading.words) == (None, words)
    assert reading.names_somebody is names_somebody


@pytest.mark.parametrize("words", ["Helen: covers", "me: an hour", "Tariq"])
def test_words_with_a_giver_name_nobody_else(words: str) -> None:
    reading = read_support(words, CONTEXT)
    assert reading.giver is not None
    assert not reading.names_somebody
