"""Two people in the journal who are one: everything of the one becomes the other's."""

from typing import TYPE_CHECKING

from coachlog import dates
from coachlog.errors import Refusal
from coachlog.model.merges import PersonContents
from coachlog.model.people import Person
from coachlog.phrasing.relationships import describe_relationship
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.store.reading import person_queries
from coachlog.text import fold_text, format_count

if TYPE_CHECKING:
    from coachlog.store.database import Connection

_WAY_BACK = "`coachlog undo` can take it back."


def merge_people(desk: Desk, name: str, other_name: str, *, yes: bool) -> Result:
    """Make one person of two, once the owner agrees; the first of them is kept.

    Raises NotFound if a name fits nobody, or more than one person, and Refusal for the owner, for
    one and the same person, and for two who were in one conversation.
    """
    for typed_name in (name, other_name):
        if fold_text(typed_name) == "me":
            raise Refusal(
                "“me” is you, not someone you talk with, so there is nobody to merge with you. "
                "Nothing was changed."
            )
    from coachlog.store.reading import merge_queries

    with desk.read() as db:
        person = person_queries.find_person(db, name)
        other_person = person_queries.find_person(db, other_name)
        _require_two_people(person, other_person)
        _require_mergeable(db, person, other_person)
        contents = merge_queries.read_person_contents(
            db, other_person.id, other_person.name
        )
    contents_words = _describe_contents(contents)
    if contents_words:
        question = f"This moves {contents_words}. {_WAY_BACK}"
        outcome = f"Merged {other_person.name} into {person.name}: {contents_words}."
    else:
        question = f"{other_person.name} has nothing recorded. {_WAY_BACK}"
        outcome = (
            f"Merged {other_person.name}, who had nothing recorded, into {person.name}."
        )
    desk.confirm(
        f"Merge {_label_person(other_person)} into {_label_person(person)}? {question}",
        yes=yes,
    )
    from coachlog.store.writing.merge_changes import merge_person_rows

    with desk.change() as change:
        merge_person_rows(change, person.id, other_person.id)
    return Result(
        f"{outcome} "
        f"“{other_person.slug}” finds {person.name} from now on. "
        f"See: coachlog person show {person.slug}"
    )


def _require_two_people(person: Person, other_person: Person) -> None:
    if person.id == other_person.id:
        raise Refusal(
            f"Both names mean {_label_person(person)}. Nothing was changed.",
            "Type a short name for each; `coachlog person list` shows them.",
        )


def _require_mergeable(db: "Connection", person: Person, other_person: Person) -> None:
    """Raise Refusal where the journal says that these are two people, or is about to."""
    from coachlog.store.reading import merge_queries

    names = f"{person.name} and {other_person.name}"
    meeting = merge_queries.find_shared_meeting(db, person.id, other_person.id)
    if meeting is not None:
        day = dates.format_long_day(meeting.held_on)
        raise Refusal(
            f"{names} were both in conversation {meeting.id}, {meeting.title} on {day}, "
            "so they are two people. Nothing was changed.",
            f"If that is wrong: coachlog session delete {meeting.id}, then record it again "
            "with one of them.",
        )
    shared_set = merge_queries.find_shared_set(db, person.id, other_person.id)
    if shared_set is not None:
        raise Refusal(
            f"{names} are both in {shared_set.name}, in different roles. Nothing was changed.",
            "End one of the two roles first: "
            f"coachlog set edit {shared_set.slug} --leave {other_person.slug}",
        )
    draft_id = merge_queries.find_meeting_draft_id(db, other_person.id)
    if draft_id is not None:
        raise Refusal(
            f"A meeting of a set that {other_person.name} is in is not finished. "
            "Nothing was changed.",
            f"To finish it: coachlog session resume {draft_id}",
        )


def _describe_contents(contents: PersonContents) -> str:
    """Return in words how much moves; '' for nothing."""
    parts = (
        (contents.conversations, "conversation", None),
        (contents.drafts, "draft", None),
        (contents.promises, "promise", None),
        (
            contents.promises_elsewhere,
            "promise in another plan",
            "promises in other plans",
        ),
        (contents.goals, "goal", None),
        (contents.notes, "note", None),
        (contents.encounters, "day you spoke", "days you spoke"),
        (contents.memberships, "set membership", None),
    )
    phrases = [
        format_count(count, noun, plural) for count, noun, plural in parts if count
    ]
    return ", ".join(phrases)


def _label_person(person: Person) -> str:
    return (
        f"{person.name} ({person.slug}, {describe_relationship(person.relationship)})"
    )
