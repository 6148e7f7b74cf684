"""Pulses: made with their two pages, listed, looked at, replied to.

Each function imports what it alone needs: a list reads no codes and writes no pages.
"""

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from coachlog.errors import CoachlogError, StorageFailure
from coachlog.model.pulse import Key, Pulse
from coachlog.services.desk import Desk
from coachlog.services.inputs import option_text
from coachlog.services.results import Result
from coachlog.store.reading import pulse_queries as reading
from coachlog.text import plural

if TYPE_CHECKING:
    from coachlog.services.pulse_replies import PulseReplies


def list_pulses(desk: Desk) -> list[Pulse]:
    """Return the pulses, the newest first."""
    with desk.read() as db:
        return reading.pulses(db)


def get(desk: Desk, id: int | None = None) -> Pulse:
    """Return one pulse, the newest if none is named; `NotFound` if there is none."""
    with desk.read() as db:
        return reading.pulse(db, id)


def make(desk: Desk, statements: Sequence[str], folder: Path, *, force: bool) -> Result:
    """Make a pulse and write its two pages into a folder: all of it, or nothing.

    `statements` are the owner's own two, as they were typed, or none. `StorageFailure` where no
    page can be written.
    """
    from coachlog.rules import pulse_results

    asked = pulse_results.statements(_typed(statements))
    _require_place(folder)
    from coachlog.store.writing import pulse_changes

    with ExitStack() as pages:
        with desk.change(create=True) as change:
            key = pulse_changes.make_pulse(change, asked, on=desk.today)
            new = Pulse(key.pulse, "", desk.today, asked)
            publish = pages.enter_context(_staged(new, key, folder, force=force))
        _publish(publish, key.pulse)
    html, markdown = _targets(folder, key.pulse)
    return Result(
        f"Made pulse {key.pulse}: {html} for the browser, {markdown} for paper or chat. Send one "
        "to your team, and let the replies come without names. Next: coachlog pulse add CODE..."
    )


def _typed(statements: Sequence[str]) -> list[str]:
    """Return the statements as they were typed or piped."""
    if list(statements) == ["-"]:
        statements = (option_text("-", one_line=False) or "").split("\n")
    return [option_text(words) or "" for words in statements]


def _require_place(folder: Path) -> None:
    """Raise `StorageFailure` where no page can be written, before anything is stored."""
    with suppress(RuntimeError):  # ~ with the name of nobody here: there is no such folder
        folder = folder.expanduser()
    if not folder.is_dir():
        what = "a file, not a folder" if folder.exists() else "not there"
        raise StorageFailure(f"{folder} is {what}. Nothing was made.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StorageFailure(f"{folder} cannot be written to. Nothing was made.")


def _targets(folder: Path, id: int) -> tuple[Path, Path]:
    """Return the files of a pulse: for the browser, and for paper or chat."""
    folder = folder.expanduser()
    return folder / f"pulse-{id}.html", folder / f"pulse-{id}.md"


def _staged(
    pulse: Pulse, key: Key, folder: Path, *, force: bool
) -> AbstractContextManager[Callable[[], None]]:
    """Return the pages as a context: written, and given their names by what it yields."""
    from coachlog import files
    from coachlog.exports import pulse_page
    from coachlog.exports.documents.pulse_sheet import pulse_sheet
    from coachlog.exports.formats import markdown

    browser, paper = _targets(folder, key.pulse)
    pages = {
        browser: pulse_page.html(pulse, key).encode(),
        paper: markdown.write(pulse_sheet(pulse)),
    }
    return files.staged(pages, force=force)


def _publish(publish: Callable[[], None], id: int) -> None:
    """Give the pages their names; the pulse is in the journal by now, which an error says."""
    try:
        publish()
    except CoachlogError as error:
        raise type(error)(
            f"{error.message} Pulse {id} itself is in the journal.",
            f"To write its pages: coachlog pulse sheet {id} --force, or -o with another folder.",
        ) from error


def write_pages(desk: Desk, id: int | None, folder: Path, *, force: bool) -> Result:
    """Write the two pages of a pulse again; the codes of the first ones stay good."""
    _require_place(folder)
    with desk.read() as db:
        pulse = reading.pulse(db, id)
        key = next(key for key in reading.keys(db) if key.pulse == pulse.id)
    with _staged(pulse, key, folder, force=force) as publish:
        publish()
    html, markdown = _targets(folder, pulse.id)
    return Result(f"Wrote {html} and {markdown}. Next: coachlog pulse add CODE...")


def add(desk: Desk, codes: Sequence[str], paper: Sequence[str], id: int | None) -> Result:
    """Add replies to a pulse: all of them, or none if one cannot be read. A code counts once.

    `Invalid` names every code that cannot be taken; `NotFound` if there is no such pulse.
    """
    from coachlog.services import pulse_replies

    replies = pulse_replies.read(desk, codes, paper, id)
    from coachlog.store.writing.pulse_changes import add_replies

    with desk.change() as change:
        fresh = add_replies(change, replies.pulse, replies.replies, replies.slips)
    return _added(desk, replies, fresh)


def _added(desk: Desk, replies: "PulseReplies", fresh: int) -> Result:
    """Return how many replies were new, and how far the pulse is now."""
    from coachlog.rules import pulse_results

    pulse = get(desk, replies.pulse)
    new = plural(fresh + len(replies.slips), "reply", "replies")
    repeated = len(replies.replies) - fresh
    before = ""
    if repeated:
        before = f"; {repeated} {'was' if repeated == 1 else 'were'} read before"
    standing = pulse_results.standing(pulse.replies, pulse.shown)
    following = f" Next: coachlog pulse show {pulse.id}" if pulse.shown else ""
    return Result(f"Added {new} to pulse {pulse.id}{before}. {standing}{following}")
