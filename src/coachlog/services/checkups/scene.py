"""What the checks of one run work with: the home, what its journal shows, and its disk."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from coachlog.model.checkup import Diagnosis
from coachlog.named_tuples import NamedTuple
from coachlog.rules.places import Mount, find_mount, parse_mac_mounts, parse_mountinfo
from coachlog.services.desk import Desk
from coachlog.store import disk_probing
from coachlog.store.journal_files import JournalFiles
from coachlog.store.journal_look import JournalLook


class Outside(NamedTuple):
    """What only the system knows: its name as in `sys.platform`, and its variables.

    `ask_program` runs a program of the system for a moment and returns what it prints, '' for none.
    """

    system: str
    variables: Mapping[str, str]
    ask_program: Callable[[Sequence[str]], str]


class Scene:
    """One home as it is looked at; `look` is None where the journal could not be judged."""

    def __init__(self, desk: Desk, outside: Outside) -> None:
        self.desk = desk
        self.outside = outside
        self.files = JournalFiles(desk.home)
        self.look: JournalLook | None = None

    @cached_property
    def nearest_folder(self) -> Path:
        """Return the home or, where there is none, the folder above it that is there."""
        folder = self.desk.home
        while not folder.is_dir() and folder != folder.parent:
            folder = folder.parent
        return folder

    @property
    def has_journal_file(self) -> bool:
        """Return whether there is a file that may be a journal. Raises `OSError`."""
        return self.files.journal.is_file()

    @cached_property
    def real_path(self) -> str:
        """Return where the journal is, or would be, with all links followed."""
        return disk_probing.find_real_path(self.files.journal)

    @cached_property
    def mount(self) -> Mount | None:
        """Return what the journal's disk is for the system; None where it does not say."""
        mounts = parse_mountinfo(disk_probing.read_mountinfo())
        if self.outside.system == "darwin":
            mounts = parse_mac_mounts(self.outside.ask_program(["/sbin/mount"]))
        return find_mount(mounts, self.real_path)


Check = Callable[[Scene], Iterator[Diagnosis]]
