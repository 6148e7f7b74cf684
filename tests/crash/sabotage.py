"""Takes a protection of coachlog away, in the process that calls it: the tests must notice."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from coachlog import files
from coachlog.cli import endings
from coachlog.errors import CoachlogError, StorageFailure
from coachlog.services import promises
from coachlog.store.database import Journal
from coachlog.store.transactions import Change


def patch(owner: object, name: str, replacement: object) -> None:
    """Put something of this module in the place of something of coachlog."""
    setattr(owner, name, replacement)


def report_too_early() -> None:
    """Let a command go on as if its change were committed, whether it is or not."""
    change = Journal.change

    @contextmanager
    def change_or_not(journal: Journal, *args: Any, **extra: Any) -> Iterator[Change]:
        with suppress(CoachlogError), change(journal, *args, **extra) as under_way:
            yield under_way

    patch(Journal, "change", change_or_not)


def write_in_place() -> None:
    """Write each page under its own name from the first byte on."""

    @contextmanager
    def stage_in_place(
        pages: Mapping[Path, str | bytes], **_options: bool
    ) -> Iterator[Callable[[], None]]:
        try:
            for target, page in pages.items():
                data = page.encode() if isinstance(page, str) else page
                with target.open("wb") as file:
                    # Two halves, as a long page is written.
                    for half in (data[:20], data[20:]):
                        file.write(half)
                        file.flush()
        except OSError as error:
            raise StorageFailure(f"It cannot be written ({error.strerror}).") from error
        yield lambda: None

    patch(files, "stage_files", stage_in_place)


def keep_parts() -> None:
    """Leave what could not be finished where it is, and let no later run remove it."""
    patch(files, "sweep_leftovers", lambda _folder: None)
    remove = files.PartFile.remove

    def remove_if_well(part: files.PartFile) -> None:
        if sys.exc_info()[0] is None:
            remove(part)

    patch(files.PartFile, "remove", remove_if_well)


def read_again() -> None:
    """Read the journal once more after a commit, and let the end of the run forget the commit."""
    complete_actions = promises.complete_actions

    def complete_and_read(desk: Any, ids: Any, *, on: Any) -> Any:
        result = complete_actions(desk, ids, on=on)
        desk.journal._reporter.has_committed = False
        promises.load_action(desk, 1)
        return result

    patch(promises, "complete_actions", complete_and_read)
    endings.Aftermath.__new__.__defaults__ = (False, False)
