"""`coachlog plan export --set`: a set's meeting as pages, one for each who presented."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from coachlog.errors import Invalid
from coachlog.terminal.console import Console
from coachlog.text import plural, slug

if TYPE_CHECKING:
    from coachlog.model.handouts import MeetingPage, SlotPage


class Asked(NamedTuple):
    """Which meeting of which set is wanted, the last one for None, and how."""

    name: str
    session: int | None
    format: str
    style: str
    private: bool
    force: bool


def each(console: Console, asked: Asked, folder: Path | None) -> None:
    """Write a page for each who presented into a folder, with nothing in it of the others."""
    from coachlog import files
    from coachlog.phrasing import values

    if folder is None or str(folder) == "-":
        raise Invalid(
            "Several pages cannot be printed at once.", "Name a folder for them: --output FOLDER."
        )
    found, pages = _slot_pages(console, asked)
    made = _exporter(asked)
    names = _names(found, pages)
    texts = [made.slot(page, asked.style, values.value) for page in pages]
    files.write_all(folder.expanduser(), dict(zip(names, texts, strict=True)), force=asked.force)
    for name, page in zip(names, pages, strict=True):
        actions = plural(len(page.slot.actions), "action")
        console.say(f"Wrote {folder / name}: {actions}, as {asked.format}.")
    _note_what_is_private(console, pages)


def whole(console: Console, asked: Asked, output: Path | None, *, yes: bool) -> None:
    """Print all of a meeting as one page, or write it to a file, after a question."""
    from coachlog import files
    from coachlog.phrasing import values

    page = _meeting_page(console, asked)
    target = None if output is None or str(output) == "-" else output.expanduser()
    if target is not None and not asked.force and not files.free(target):
        raise files.is_there(target)
    said_by = plural(len(page.people) or len(page.slots), "person", "people")
    console.confirm(f"This puts what {said_by} said into one file. Go on?", yes=yes)
    text = _exporter(asked).whole(page, asked.style, values.value)
    if target is None:
        console.write(text)
    else:
        files.write(target, text, force=asked.force)
        console.say(f"Wrote {output}: {plural(len(page.slots), 'slot')}, as {asked.format}.")
    _note_what_is_private(console, [page])


def _exporter(asked: Asked) -> Any:
    from coachlog.exports import formats

    return formats.find(asked.format, "meeting")


def _slot_pages(console: Console, asked: Asked) -> "tuple[str, list[SlotPage]]":
    """Return the handle of the set and the pages of its meeting."""
    from coachlog.store.reading import handouts, sets

    with console.desk.read() as db:
        found = sets.find(db, asked.name)
        return found.slug, handouts.slot_pages(db, found, asked.session, private=asked.private)


def _meeting_page(console: Console, asked: Asked) -> "MeetingPage":
    from coachlog.store.reading import handouts, sets

    with console.desk.read() as db:
        found = sets.find(db, asked.name)
        return handouts.meeting_page(db, found, asked.session, private=asked.private)


def _names(set_slug: str, pages: "list[SlotPage]") -> list[str]:
    """Return the name of each page's file: set, day and presenter, in plain letters.

    Who presented twice, or has the same plain letters as another, gets a number.
    """
    names: list[str] = []
    for page in pages:
        who = _plain(page.slug or slug(page.keeper.name) or "me", f"slot-{page.slot.number}")
        base = f"{_plain(set_slug, 'set')}-{page.held_on.isoformat()}-{who}"
        name, number = base, 1
        while f"{name}.md" in names:
            number += 1
            name = f"{base}-{number}"
        names.append(f"{name}.md")
    return names


def _plain(handle: str, instead: str) -> str:
    """Return the plain letters and figures of a handle, or what stands instead of none."""
    kept = "".join(character if character.isascii() else " " for character in handle)
    return "-".join(kept.replace("-", " ").split()) or instead


def _note_what_is_private(console: Console, pages: "list[SlotPage] | list[MeetingPage]") -> None:
    from coachlog.phrasing import values

    if shown := sum(page.private_shown for page in pages):
        these = "This page includes" if len(pages) == 1 else "These pages include"
        console.note(f"{these} {plural(shown, 'private entry', 'private entries')}.")
    if left := sum(page.withheld for page in pages):
        console.note(values.withheld(left))
