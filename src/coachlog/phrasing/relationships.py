"""What people are to the owner of the journal, in words for screens and questions."""

from collections.abc import Mapping

from coachlog.model.people import Relationship
from coachlog.text import fold_text

_WORDS: Mapping[Relationship, str] = {
    Relationship.REPORT: "reports to you",
    Relationship.COACHEE: "coached by you",
    Relationship.PEER: "colleague",
    Relationship.MANAGER: "your manager",
    Relationship.MENTEE: "mentored by you",
    Relationship.COACH: "your coach",
    Relationship.MENTOR: "your mentor",
    Relationship.SUPERVISOR: "your supervisor",
}

RELATIONSHIP_ROWS = (
    ("someone who reports to me (a direct report)", Relationship.REPORT),
    ("someone coached by me (a coachee)", Relationship.COACHEE),
    ("a colleague (a peer)", Relationship.PEER),
    ("my manager (whatever else they are to me)", Relationship.MANAGER),
    ("someone mentored by me (a mentee)", Relationship.MENTEE),
    ("my coach", Relationship.COACH),
    ("my mentor", Relationship.MENTOR),
    ("my supervisor, for my practice", Relationship.SUPERVISOR),
)
"""The answers to who somebody is: the words of the screens, and in brackets what others call it.

Somebody is one thing to the owner. A line manager who coaches them as well stays their manager.
"""

RELATIONSHIP_CHOICES = (
    "report (reports to you), coachee (coached by you), peer (colleague), manager, mentee "
    "(mentored by you), coach, mentor or supervisor"
)
"""What can be typed where no list is shown, with what it means."""


def describe_relationship(relationship: Relationship) -> str:
    """Return what somebody is to the owner: `reports to you`, `your manager`."""
    return _WORDS[relationship]


def read_relationship(words: str) -> Relationship:
    """Return what somebody is to the owner from its name, or its words on a screen or in a list.

    `report`, `reports to me` and `direct report` are the same. Raises
    ValueError for anything else.
    """
    relationship = _RELATIONSHIPS_BY_WORDS.get(fold_text(words))
    if relationship is None:
        raise ValueError(words)
    return relationship


def _list_relationships_by_words() -> dict[str, Relationship]:
    relationships = {}
    for relationship, words in _WORDS.items():
        own_words = words.replace("your", "my").replace("you", "me")
        for phrase in (relationship.value, words, own_words):
            relationships[phrase] = relationship
    for row, relationship in RELATIONSHIP_ROWS:
        words, _, other_name = row.rstrip(")").partition(" (")
        for phrase in (row, words, other_name, other_name.removeprefix("a ")):
            relationships[phrase] = relationship
    del relationships[""]
    return relationships


_RELATIONSHIPS_BY_WORDS = _list_relationships_by_words()
