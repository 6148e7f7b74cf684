"""The box that a conversation is typed into: understood on one screen, and mended there."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shlex import quote

from coachlog import files
from coachlog.answers.captured_notes import Understanding
from coachlog.capture import (
    CaptureContext,
    CapturedPromise,
    read_offered,
    write_promise,
)
from coachlog.errors import CoachlogError, FaultyAnswers, InvalidInput, Refusal
from coachlog.interview.back import Back
from coachlog.interview.conversation import Conversation
from coachlog.interview.keys import NOTES_BOX, NOTES_OWNERS
from coachlog.model import Person
from coachlog.model.records import SessionRecord
from coachlog.services.desk import Desk
from coachlog.services.inputs import read_input_text, require_answer_size
from coachlog.services.sessions.draft_saver import DraftSaver
from coachlog.services.sessions.form_backups import remove_editor_files
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
    SessionSetup,
    load_open_items,
)
from coachlog.text import clean_text

_BOX_HELP = (
    "Write as you like. “- send the rota by fri” is a promise, “~ ask again in May” private. "
    "On a line of its own, “#handover” is a tag and “35 min” how long it took."
)
OPEN_TEXT = "e"
"""The key that opens the text again."""


@dataclass
class NotesBox:
    """The notes of one conversation while they are typed: the text is in a draft all the time."""

    desk: Desk
    setup: SessionSetup
    saver: DraftSaver
    context: CaptureContext
    open_items: OpenItems
    text: str = ""
    held_on: date | None = None
    uses_editor: bool = False

    def settle(self, *, is_filled: bool) -> Understanding:
        """Return what the person agrees to save, once they have typed, read and mended it.

        `is_filled` notes are shown as understood at once. Raises InvalidInput for an empty box.
        """
        if is_filled:
            self.save_text()
        else:
            self._type_text()
        while True:
            if not self._settle_partner():
                self._type_text()
                continue
            understanding = understand_notes(
                self.text, self.context, self.setup, self.open_items.promises
            )
            reply = self._ask_for_agreement(understanding)
            if reply == "":
                return understanding
            if isinstance(reply, Back) or reply == OPEN_TEXT:
                self._type_text()
            else:
                self._mend_line(understanding, int(reply))

    def _settle_partner(self) -> bool:
        """Ask who someone new is, unless that is known; return False if the person went back."""
        if not isinstance(self.setup.person, Newcomer):
            return True
        name = self.setup.person.name
        partner = ask_newcomer(self.desk, name, list_similar_people(self.desk, name))
        if isinstance(partner, Back):
            return False
        self.setup = self.setup._replace(person=partner)
        self.saver.setup = self.setup
        context = load_capture_context(self.desk, self.setup, self.context.held_on)
        self.context = context._replace(owners=self.context.owners)
        self.open_items = load_open_items(self.desk, self.setup)
        return True

    def _type_text(self) -> None:
        if self.uses_editor:
            self._write_in_editor()
        else:
            self.text = self.desk.asker.write_notes(
                f"Notes of a conversation with {self.setup.with_whom}",
                _BOX_HELP,
                self.saver.save_half_answer,
                self.text,
            )
            self._keep_text()

    def _write_in_editor(self) -> None:
        """Let the text be written in the editor; the file goes once the draft has it."""
        path = files.write_new_file(self.desk.home, "notes", ".md", self.text)
        try:
            self.desk.asker.edit(path)
            self.text = read_input_text(str(path))
            require_answer_size(self.text, "text")
        except CoachlogError as error:
            error.hint = self._describe_editor_file(path)
            raise
        if not self.text.strip():
            remove_editor_files(path)
        self._keep_text()
        remove_editor_files(path)

    def _describe_editor_file(self, path: Path) -> str:
        """Return where the text is once the editor has failed; a file that it left alone goes."""
        name = self._phrase_partners()
        contents = path.read_bytes() if path.exists() else b""
        if contents.strip() and contents != self.text.encode():
            return (
                f"What you typed is in {path}. To read it from there: "
                f"coachlog log {name} --from {quote(str(path))}"
            )
        remove_editor_files(path)
        if self.saver.session_id is not None:
            return (
                "The notes are kept as they were before. "
                f"To carry on: coachlog session resume {self.saver.session_id}"
            )
        return (
            f"Nothing was typed in it. To type here: coachlog log {name}. "
            "For another editor, set EDITOR to its name."
        )

    def _phrase_partners(self) -> str:
        """Return the others as a command line has them: by handle, or by a new name."""
        names = [
            quote(partner.slug if isinstance(partner, Person) else partner.name)
            for partner in (self.setup.person, self.setup.third)
            if partner is not None
        ]
        return " --with ".join(names)

    def _keep_text(self) -> None:
        if not self.text.strip():
            raise InvalidInput("Nothing was typed, so nothing was saved.")
        self.save_text()

    def compose(
        self, understanding: Understanding
    ) -> tuple[Conversation, SessionRecord]:
        """Return the conversation that was understood, and the record of it.

        Raises as `compose_log` does.
        """
        return compose_log(self.desk, understanding, self.setup, "What you typed")

    def save_text(self) -> None:
        """Save the text in the draft."""
        self.saver.save_step(NOTES_BOX, self.text)

    def _ask_for_agreement(self, understanding: Understanding) -> str | Back:
        """Return '' to save, the number of a line to mend, `OPEN_TEXT` or BACK."""
        try:
            refuse_misfit(understanding, self.held_on)
            self.compose(understanding)
        except (Refusal, FaultyAnswers, InvalidInput) as error:
            self.desk.asker.tell(error.message)
            return OPEN_TEXT
        return self.desk.asker.agree_notes(understanding)

    def _mend_line(self, understanding: Understanding, number: int) -> None:
        """Ask what a line means, and put the answer in its place in the text."""
        line, promise = self._get_line_promise(understanding, number)
        mending = PromiseMending(self.desk, self.setup, understanding, self.context)
        mended_promise = mending.ask(promise)
        if mended_promise is None:
            return
        self._keep_owners(mending.context)
        # As the lines were counted when they were read: not every break of Unicode ends one.
        lines = clean_text(self.text).split("\n")
        lines[line] = write_promise(mended_promise, self.context)
        self.text = "\n".join(lines)
        self.save_text()

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
            self.saver.save_step(NOTES_OWNERS, [*context.owners])
        self.context = context
