"""Notes typed in one piece, as the contents of an answers file: what goes to which prompt."""

from collections.abc import Mapping, Sequence
from datetime import date

from coachlog.answers.file_contents import AnswersFile
from coachlog.capture import (
    CapturedNotes,
    CapturedPromise,
    find_captured_owner,
)
from coachlog.interview.notes_places import find_notes_places
from coachlog.model.actions import THEM
from coachlog.model.templates import Template
from coachlog.named_tuples import NamedTuple


class Understanding(NamedTuple):
    """What was understood of notes: with whom, in which template, on which day.

    `person_id` is the number of the other person, `NEW_PERSON_ID` for someone not yet in the
    journal. `ticked_actions` has the numbers of the open promises that each ticked line may mean,
    by its place: one is closed, and of several none is. `third_name` is that of the second of two
    others, '' where there is one; `says_them` that a line gives something to one of these two as
    `them`.
    """

    notes: CapturedNotes
    template: Template
    with_whom: str
    person_id: int
    held_on: date
    minutes: int | None = None
    tags: tuple[str, ...] = ()
    ticked_actions: Mapping[int, tuple[int, ...]] = {}
    third_name: str = ""
    says_them: bool = False

    @property
    def numbers_by_line(self) -> dict[int, int]:
        """Return the numbers, from 1, of the lines that are promises or may be, by line.

        They are counted as they stand in the text: a line that becomes a promise keeps its number.
        """
        offered_lines = [bullet.line for bullet in self.notes.offered]
        lines = sorted([*self.notes.promise_lines, *offered_lines])
        return {line: number for number, line in enumerate(lines, start=1)}

    @property
    def people_names(self) -> str:
        """Return the names of the other people, with “and”."""
        return " and ".join(filter(None, (self.with_whom, self.third_name)))

    @property
    def closed_actions(self) -> dict[int, int]:
        """Return the open promises that are closed, by the place of the line that says so."""
        return {
            place: ids[0] for place, ids in self.ticked_actions.items() if len(ids) == 1
        }


def find_notes_misfit(template: Template, notes: CapturedNotes) -> str:
    """Return what of these notes has no place in a template; '' if all of it has one."""
    places = find_notes_places(template)
    if notes.private_notes and places.private is None:
        return f"{template.title} has no place for a private note."
    if notes.promises and places.promises is None:
        return f"{template.title} has no place for promises."
    return ""


def build_notes_file(
    understanding: Understanding, promises: Sequence[CapturedPromise]
) -> AnswersFile:
    """Return the answers that these notes give, with these of their promises.

    Each of them must have its place.
    """
    notes = understanding.notes
    places = find_notes_places(understanding.template)
    answers: dict[str, object] = {}
    if notes.prose and places.text is not None:
        answers[places.text] = notes.prose
    if notes.private_notes and places.private is not None:
        answers[places.private] = "\n".join(notes.private_notes)
    return AnswersFile(
        template=understanding.template.id,
        held_on=understanding.held_on,
        minutes=understanding.minutes,
        tags=understanding.tags,
        answers=answers,
        actions=[_build_action_row(promise, understanding) for promise in promises],
    )


def _build_action_row(
    promise: CapturedPromise, understanding: Understanding
) -> dict[str, object]:
    owner = find_captured_owner(promise, understanding.person_id)
    if owner == THEM and understanding.third_name:
        # In a file of three it could be either.
        owner = understanding.with_whom
    return {
        "what": promise.what,
        "owner": owner,
        "due": promise.due,
        "done_when": promise.done_when,
        "private": promise.is_private,
    }
