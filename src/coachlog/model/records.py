"""The record of one conversation, checked and ready to be stored."""

from datetime import date
from typing import TYPE_CHECKING

from coachlog.model.actions import Promise
from coachlog.model.answers import AnswerValue
from coachlog.model.notes import NoteOutcome
from coachlog.model.reviews import ActionReview, Correction, ReviewOutcome
from coachlog.model.sessions import Answer
from coachlog.named_tuples import NamedTuple

if TYPE_CHECKING:
    from coachlog.model.sets import MeetingRecord


class SessionRecord(NamedTuple):
    """Everything to store about one conversation.

    `notes` are the numbers of the notes that came up, each with what happened to it. The promises
    of a set are all in its `meeting`. `done_promises` are the places, from 0, of promises that were
    written down as done already. `is_of_three` says that two other people were there, and `again`
    after which lengths of time the conversation comes back.
    """

    held_on: date
    minutes: int | None
    answers: tuple[Answer, ...]
    promises: tuple[Promise, ...]
    reviews: tuple[ActionReview, ...]
    notes: tuple[tuple[int, NoteOutcome], ...] = ()
    meeting: "MeetingRecord | None" = None
    corrections: tuple[Correction, ...] = ()
    done_promises: tuple[int, ...] = ()
    is_of_three: bool = False
    again: tuple[str, ...] = ()

    def is_blank(self) -> bool:
        """Return whether it has no answer, no promise, and nothing about earlier ones or notes."""
        if self.meeting is not None or self.promises or self.corrections:
            return False
        has_answer = any(answer.value not in (None, "", []) for answer in self.answers)
        has_review = any(
            review.outcome is not ReviewOutcome.OPEN for review in self.reviews
        )
        has_note = any(outcome is not NoteOutcome.KEEP for _, outcome in self.notes)
        return not (has_answer or has_review or has_note)

    def list_answers(self) -> list[Answer]:
        """Return every answer, those of the slots of a meeting last."""
        answers = list(self.answers)
        if self.meeting is not None:
            for slot in self.meeting.slots:
                answers += slot.answers
        return answers

    def list_promises(self) -> list[Promise]:
        """Return every promise, those of a meeting included."""
        promises = list(self.promises)
        if self.meeting is not None:
            promises += [promise for _, promise in self.meeting.list_promises()]
        return promises


class DraftContents(NamedTuple):
    """What a conversation has in it while it is a draft: its answers by their keys, and tags."""

    steps: dict[str, AnswerValue]
    tags: tuple[str, ...] = ()
