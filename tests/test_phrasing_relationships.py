"""What people are to the owner: one phrase each, and every phrase that is shown can be typed."""

import pytest

from coachlog.model.people import Relationship
from coachlog.phrasing.relationships import (
    RELATIONSHIP_CHOICES,
    RELATIONSHIP_ROWS,
    describe_relationship,
    read_relationship,
)


@pytest.mark.parametrize("relationship", Relationship)
def test_what_is_shown_can_be_typed(relationship: Relationship) -> None:
    assert read_relationship(relationship.value.upper()) is relationship
    assert read_relationship(describe_relationship(relationship)) is relationship
    assert relationship.value in RELATIONSHIP_CHOICES


@pytest.mark.parametrize(("row", "relationship"), RELATIONSHIP_ROWS)
def test_a_row_of_the_list_can_be_typed(row: str, relationship: Relationship) -> None:
    assert read_relationship(row) is relationship
    assert read_relationship(row.partition(" (")[0]) is relationship


@pytest.mark.parametrize(
    ("words", "relationship"),
    [
        ("reports to me", Relationship.REPORT),
        ("direct report", Relationship.REPORT),
        ("my manager", Relationship.MANAGER),
        ("a peer", Relationship.PEER),
        ("Coached  by me", Relationship.COACHEE),
    ],
)
def test_it_may_be_said_from_the_owners_side(
    words: str, relationship: Relationship
) -> None:
    assert read_relationship(words) is relationship


@pytest.mark.parametrize("words", ["", "boss", "someone"])
def test_anything_else_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=f"^{words}$"):
        read_relationship(words)
