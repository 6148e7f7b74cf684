"""Everything a service works with: the moment, the home and its journal, and who to ask."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coachlog.errors import DamagedJournal, InvalidInput, MovedJournal, Refusal
from coachlog.text import fold_text

if TYPE_CHECKING:
    from coachlog.model.people import Person
    from coachlog.services.ports import Asker
    from coachlog.services.settings import Settings
    from coachlog.store.database import Connection, Journal
    from coachlog.store.transactions import Change


class Desk:
    """One run's clock, zone, home and asker; nothing is opened or imported before it is needed.

    `zone` is the IANA name of the local zone. `find_asker` is None where nobody can be asked.
    `change_failed` tells whether the last change, if there was any, was undone. `tell` gets a
    sentence about what had to be put in order on the way. `require_output` raises OSError where
    nothing can be printed.
    """

    def __init__(
        self,
        home: Path,
        clock: Callable[[], datetime],
        zone: str,
        find_asker: "Callable[[], Asker] | None" = None,
        tell: Callable[[str], None] = lambda _words: None,
        require_output: Callable[[], None] = lambda: None,
    ) -> None:
        self.home = home
        self.clock = clock
        self.zone = zone
        self.find_asker = find_asker
        self.tell = tell
        self.require_output = require_output
        self.change_failed = False

    @cached_property
    def now(self) -> datetime:
        """Return the moment at which this command runs, with its zone."""
        return self.clock()

    @property
    def today(self) -> date:
        """Return the local date."""
        return self.now.date()

    @property
    def own_templates_folder(self) -> Path:
        """Return the folder of the owner's own templates."""
        return self.home / "prompts"

    @property
    def standards_file(self) -> Path:
        """Return the file of the owner's own standards, which need not be there."""
        from coachlog.store.journal_files import STANDARDS_FILE

        return self.home / STANDARDS_FILE

    @cached_property
    def settings(self) -> "Settings":
        """Return the owner's settings; their file is read when one is asked for."""
        from coachlog.services.settings import Settings
        from coachlog.store.journal_files import CONFIG_FILE

        return Settings(self.home / CONFIG_FILE, self.tell)

    @cached_property
    def journal(self) -> "Journal":
        """Return the journal of the home, not yet opened."""
        from coachlog.store.database import Journal

        return Journal(
            self.home,
            tell=self.tell,
            find_today=lambda: self.today,
            find_second_folder=self.find_second_folder,
        )

    def read(self) -> AbstractContextManager["Connection"]:
        """Return a read-only connection, as a context."""
        return self.journal.read()

    @contextmanager
    def change(
        self, *, create: bool = False, wait: float | None = None
    ) -> Iterator["Change"]:
        """Yield one transaction; with `create` it may create the journal."""
        self.change_failed = True
        with ExitStack() as stack:
            try:
                change = stack.enter_context(self._begin_change(create, wait))
            except MovedJournal as error:
                self._agree_to_moved_journal(error)
                change = stack.enter_context(self._begin_change(create, wait))
            yield change
        self.change_failed = False

    def _begin_change(
        self, create: bool, wait: float | None
    ) -> AbstractContextManager["Change"]:
        return self.journal.change(self.clock(), create=create, wait=wait)

    def require_changeable_journal(self) -> None:
        """Raise what a change would raise, before anybody types a word for it.

        Where the journal was moved here, the owner is asked whether to go on with it.
        """
        self.journal.require_writable_home()
        try:
            self.journal.require_known_journal()
        except MovedJournal as error:
            self._agree_to_moved_journal(error)

    def _agree_to_moved_journal(self, error: MovedJournal) -> None:
        """Return once the owner agrees to go on with a journal that was moved here.

        Raises the error where nobody can be asked, and Refusal if they do not agree.
        """
        from threading import current_thread, main_thread

        # A thread that saves half-typed words has no right to the terminal.
        if not self.interactive or current_thread() is not main_thread():
            raise error
        # A change to one that is damaged as well would be lost in it, or make it worse.
        if not self.journal.examine().is_acceptable:
            raise DamagedJournal(
                f"{self.home} holds another journal than the one last changed here, and it is "
                "damaged. Nothing was changed.",
                "What is damaged: coachlog check",
            )
        self.confirm(
            f"{self.home} holds another journal than the one last changed here: it was moved "
            "here, or put back. Go on with it?",
            yes=False,
        )
        self.journal.accept_journal()

    @property
    def has_committed(self) -> bool:
        """Return whether this run has changed the journal, for good."""
        # Merely to ask, no journal is opened, nor what opens it imported.
        return "journal" in self.__dict__ and self.journal.has_committed

    @property
    def has_undo_entry(self) -> bool:
        """Return whether this run has changed anything that `undo` takes back."""
        return "journal" in self.__dict__ and self.journal.has_undo_entry

    def begin_undo_entry(self) -> None:
        """Let what is changed from now on be an entry of its own for `undo`."""
        if "journal" in self.__dict__:
            self.journal.begin_undo_entry()

    def require_sound_journal(self) -> None:
        """Raise `DamagedJournal` if the journal was used and anything in it is damaged."""
        if "journal" in self.__dict__:
            self.journal.require_soundness()

    @property
    def has_backup_to_finish(self) -> bool:
        """Return whether a backup may be left to make or to copy, as after each change.

        After a change where no second place is set, and after each reading, there is none.
        """
        if "journal" not in self.__dict__:
            return False
        if self.journal.has_unfinished_backup:
            return True
        return self.journal.has_committed and self._has_second_place()

    def _has_second_place(self) -> bool:
        from coachlog.store.journal_files import CONFIG_FILE

        # No setting is read where there is no file of settings, as in most homes.
        if not (self.home / CONFIG_FILE).exists():
            return False
        from coachlog.services.settings import BACKUP_FOLDER, NONE

        return self.settings.find_state(BACKUP_FOLDER).value != NONE

    def find_second_folder(self) -> Path | None:
        """Return the folder that backups are copied to; None where no setting names one."""
        if not self._has_second_place():
            return None
        from coachlog.services.settings import BACKUP_FOLDER

        return Path(str(self.settings.find_state(BACKUP_FOLDER).value))

    @property
    def interactive(self) -> bool:
        """Return whether someone is there to be asked."""
        return self.find_asker is not None

    @cached_property
    def asker(self) -> "Asker":
        """Return who answers the questions; only where the desk is `interactive`."""
        assert self.find_asker is not None
        return self.find_asker()

    def require_asker(self, need: str, flag: str) -> "Asker":
        """Return who to ask for a missing value.

        Raises InvalidInput where nobody can be asked: `need` follows "coachlog needs", and `flag`
        is the option for it.
        """
        if not self.interactive:
            from coachlog.services.inputs import build_missing_error

            raise build_missing_error(need, flag)
        return self.asker

    def confirm(self, question: str, *, yes: bool) -> None:
        """Return when the person agrees, or immediately with `yes`.

        Raises Refusal if they do not agree, and InvalidInput where nobody can be asked.
        """
        if yes:
            return
        if not self.interactive:
            raise InvalidInput(
                f"{question} coachlog cannot ask here, so nothing was changed.",
                "To go ahead, add --yes.",
            )
        if not self.asker.agrees(question):
            raise Refusal("Nothing was changed.")

    def parse_past_day(self, text: str) -> date:
        """Return the day that `--on` means; raises InvalidInput for a day in the future."""
        # By far the most frequent, as the default of every --on: it needs no grammar.
        if text == "today":
            return self.today
        from coachlog import dates
        from coachlog.dates.parsing import parse_past_day

        day = parse_past_day(text, self.today)
        if day > self.today:
            raise InvalidInput(
                f"{dates.format_long_day(day)} is in the future. Nothing was changed."
            )
        return day

    def parse_future_day(self, text: str) -> date:
        """Return the day by which a text means; raises InvalidInput if it is not a date."""
        from coachlog.dates.parsing import parse_future_day

        return parse_future_day(text, self.today)

    def parse_start_day(self, text: str) -> date:
        """Return the day from which a text means; raises InvalidInput if it is not a date."""
        from coachlog.dates.parsing import parse_start_day

        return parse_start_day(text, self.today)

    def find_person(self, db: "Connection", name: str | None) -> "Person | None":
        """Return the person of this name, or None for no name.

        Raises NotFound if the name fits nobody, or more than one person.
        """
        if not name:
            return None
        from coachlog.store.reading import person_queries

        return person_queries.find_person(db, name)

    def find_person_id(self, db: "Connection", name: str | None) -> int | None:
        """Return the number of the person of this name, or None for no name; as `find_person`."""
        person = self.find_person(db, name)
        return person.id if person else None

    def load_plan_person(self, name: str | None) -> "Person | None":
        """Return whose plan a name means; None for the owner's own.

        Raises NotFound if the name fits nobody, or more than one person.
        """
        # The owner's own plan is there even before the first journal: nothing is read for it.
        if is_own_plan(name):
            return None
        with self.read() as db:
            return self.find_person(db, name)


def is_own_plan(name: str | None) -> bool:
    """Return whether a plan's name means the owner's own plan: `me`, or no name at all."""
    return name is None or fold_text(name) == "me"
