"""Notes typed into a box, understood on one screen and mended there."""

from dataclasses import dataclass

from coachlog.answers.captured_notes import Understanding
from coachlog.capture import (
    CaptureContext,
    CapturedPromise,
    read_offered,
    write_promise,
)
from coachlog.errors import FaultyAnswers, InvalidInput, Refusal
from coachlog.interview.back import Back
from coachlog.interview.conversation import Conversation
from coachlog.interview.keys import NOTES_OWNERS
from coachlog.model.records import SessionRecord
from coachlog.services.desk import Desk
from coachlog.services.sessions.log_notes import (
    compose_log,
    load_capture_context,
    refuse_misfit,
    understand_notes,
)
from coachlog.services.sessions.log_start import list_similar_people
from coachlog.services.sessions.partners import ask_newcomer
from coachlog.services.sessions.promise_mending import PromiseMending
from coachlog.services.sessions.session_setup import (
    Newcomer,
    OpenItems,
    load_open_items,
)
from coachlog.services.sessions.typed_notes import TypedNotes
from coachlog.text import clean_text

OPEN_TEXT = "e"
"""The key that opens the text again."""


@dataclass
class UnderstoodNotes:
    """Typed notes while they are understood: what they mean is shown, and mended in their text."""

    desk: Desk
    typed: TypedNotes
    context: CaptureContext
    open_items: OpenItems

    def settle(self) -> Understanding:
        """Return what the person agrees to save, once they have read and mended it.

        Raises InvalidInput for a text that was emptied.
        """
        while True:
            if not self._settle_partner():
                self.typed.write()
                continue
            understanding = understand_notes(
                self.typed.text,
                self.context,
                self.typed.setup,
                self.open_items.promises,
            )
            reply = self._ask_for_agreement(understanding)
            if reply == "":
                return understanding
            if isinstance(reply, Back) or reply == OPEN_TEXT:
                self.typed.write()
            else:
                self._mend_line(understanding, int(reply))

    def _settle_partner(self) -> bool:
        """Ask who someone new is, unless that is known; return False if the person went back."""
        setup = self.typed.setup
        if not isinstance(setup.person, Newcomer):
            return True
        name = setup.person.name
        partner = ask_newcomer(self.desk, name, list_similar_people(self.desk, name))
        if isinstance(partner, Back):
            return False
        setup = self.typed.choose_partner(partner)
        context = load_capture_context(self.desk, setup, self.context.held_on)
        self.context = context._replace(owners=self.context.owners)
        self.open_items = load_open_items(self.desk, setup)
        return True

    def compose(
        self, understanding: Understanding
    ) -> tuple[Conversation, SessionRecord]:
        """Return the conversation that was understood, and the record of it.

        Raises as `compose_log` does.
        """
        return compose_log(self.desk, understanding, self.typed.setup, "What you typed")

    def _ask_for_agreement(self, understanding: Understanding) -> str | Back:
        """Return '' to save, the number of a line to mend, `OPEN_TEXT` or BACK."""
        try:
            refuse_misfit(understanding, self.typed.held_on)
            self.compose(understanding)
        except (Refusal, FaultyAnswers, InvalidInput) as error:
            self.desk.asker.tell(error.message)
            return OPEN_TEXT
        return self.desk.asker.agree_notes(understanding)

    def _mend_line(self, understanding: Understanding, number: int) -> None:
        """Ask what a line means, and put the answer in its place in the text."""
        line, promise = self._get_line_promise(understanding, number)
        mending = PromiseMending(
            self.desk, self.typed.setup, understanding, self.context
        )
        mended_promise = mending.ask(promise)
        if mended_promise is None:
            return
        self._keep_owners(mending.context)
        # As the lines were counted when they were read: not every break of Unicode ends one.
        lines = clean_text(self.typed.text).split("\n")
        lines[line] = write_promise(mended_promise, self.context)
        self.typed.text = "\n".join(lines)
        self.typed.save()

    def _get_line_promise(
        self, understanding: Understanding, number: int
    ) -> tuple[int, CapturedPromise]:
        """Return the line that has a number on the screen, and the promise that it is or may be."""
        notes = understanding.notes
        lines = {number: line for line, number in understanding.numbers_by_line.items()}
        line = lines[number]
        if line in notes.promise_lines:
            return line, notes.promises[notes.promise_lines.index(line)]
        (bullet,) = (bullet for bullet in notes.offered if bullet.line == line)
        return line, read_offered(bullet, self.context)

    def _keep_owners(self, context: CaptureContext) -> None:
        """Keep the names that stand as owners: a resumed draft is then as certain of them."""
        if context.owners != self.context.owners:
            self.typed.saver.save_step(NOTES_OWNERS, [*context.owners])
        self.context = context
