"""The box that a conversation is typed into: its text, before anything in it is understood."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shlex import quote

from coachlog import files
from coachlog.errors import CoachlogError, InvalidInput
from coachlog.interview.keys import NOTES_BOX
from coachlog.model.people import Person
from coachlog.services.desk import Desk
from coachlog.services.inputs import read_input_text, require_answer_size
from coachlog.services.sessions.draft_saver import DraftSaver
from coachlog.services.sessions.editor_files import remove_editor_files
from coachlog.services.sessions.session_setup import SessionPartner, SessionSetup

_BOX_HELP = (
    "Write as you like. “- send the rota by fri” is a promise, “~ ask again in May” private. "
    "On a line of its own, “#handover” is a tag and “35 min” how long it took."
)


@dataclass
class TypedNotes:
    """The notes of one conversation while they are typed: the text is in a draft all the time.

    `held_on` is the day that the command line gives, `begun_on` the one that dates count from until
    the notes say another; `owners` are names that were agreed on as those of owners.
    """

    desk: Desk
    setup: SessionSetup
    saver: DraftSaver
    begun_on: date
    held_on: date | None = None
    owners: tuple[str, ...] = ()
    text: str = ""
    uses_editor: bool = False

    def write(self) -> None:
        """Let the text be typed, or written in an editor. Raises InvalidInput if it is empty."""
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
        self.save()

    def save(self) -> None:
        """Save the text in the draft."""
        self.saver.save_step(NOTES_BOX, self.text)

    def choose_partner(self, partner: SessionPartner) -> SessionSetup:
        """Make somebody the person of the conversation, and return how it is set up now."""
        self.setup = self.setup._replace(person=partner)
        self.saver.setup = self.setup
        return self.setup
