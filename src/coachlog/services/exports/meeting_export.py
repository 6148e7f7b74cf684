"""A set's meeting as pages: one for each who presented, or all of it as one."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from coachlog import files
from coachlog.errors import InvalidInput
from coachlog.exports import formats
from coachlog.exports.documents.meeting_page import build_meeting_page, build_slot_page
from coachlog.model.handouts import MeetingPage, SlotPage
from coachlog.phrasing import values
from coachlog.services.desk import Desk
from coachlog.services.exports.delivery import (
    Export,
    Target,
    choose_output_format,
    deliver_page,
    require_style,
)
from coachlog.services.results import Result
from coachlog.text import build_slug, clean_text, format_count


class SetMeeting(NamedTuple):
    """A meeting of the set of this name: the one of this session, or the last one for None.

    With `private`, its private entries are exported as well.
    """

    set_name: str
    session: int | None = None
    private: bool = False


def export_slots(desk: Desk, meeting: SetMeeting, target: Target, *, style: str) -> Result:
    """Write a page for each who presented into a folder, with nothing in it of the others.

    `Invalid` without a folder and for an unknown format or style, `NotFound` for an unknown set or
    meeting; otherwise as `files.write_all`.
    """
    format = formats.find_format(target.format or formats.DEFAULT_FORMAT)
    require_style(style)
    folder = target.path
    if folder is None or target.output is None:
        raise InvalidInput(
            "Several pages cannot be printed at once.", "Name a folder for them: --output FOLDER."
        )
    _require_folder(folder)
    handle, slots = _load_slot_pages(desk, meeting)
    names = _build_slot_file_names(handle, slots, format.suffixes[0])
    pages = [format.write(build_slot_page(slot, style)) for slot in slots]
    files.write_files(folder, dict(zip(names, pages, strict=True)), force=target.force)
    lines = []
    for name, slot in zip(names, slots, strict=True):
        actions = format_count(len(slot.slot.actions), "action")
        lines.append(f"Wrote {target.output / name}: {actions}, as {format.name}.")
    return Result("\n".join(lines), tuple(_list_meeting_remarks(slots)))


def _require_folder(folder: Path) -> None:
    """Raise `Invalid` for a name that was meant for a file, such as `pages.html`."""
    if (suffix := formats.parse_suffix(folder)) and not folder.is_dir():
        raise InvalidInput(
            f"Several pages need a folder, and {clean_text(folder.name)} is the name of "
            f"a {suffix} file. Nothing was written.",
            "Name a folder, and the kind of page with --format; --whole-set makes one page.",
        )


def export_meeting(
    desk: Desk, meeting: SetMeeting, target: Target, *, style: str, yes: bool
) -> Export:
    """Export all of a meeting as one page, after a question unless `yes`.

    `Refused` if the answer is no; `Invalid` and `NotFound` as for `export_slots`, otherwise as
    `deliver`.
    """
    format = choose_output_format(target)
    require_style(style)
    page = _load_meeting_page(desk, meeting)
    path = target.path
    if path is not None and not target.force and not files.is_path_free(path):
        raise files.build_taken_refusal(path)
    people = format_count(len(page.people) or len(page.slots), "person", "people")
    desk.confirm(f"This puts what {people} said into one file. Go on?", yes=yes)
    contents = format_count(len(page.slots), "slot")
    return deliver_page(
        build_meeting_page(page, style), format, target, contents, _list_meeting_remarks([page])
    )


def _load_slot_pages(desk: Desk, meeting: SetMeeting) -> tuple[str, list[SlotPage]]:
    """Return the handle of the set and the pages of its meeting."""
    from coachlog.store.reading import handout_queries, set_queries

    with desk.read() as db:
        found = set_queries.find_set(db, meeting.set_name)
        return found.slug, handout_queries.read_slot_pages(
            db, found, meeting.session, private=meeting.private
        )


def _load_meeting_page(desk: Desk, meeting: SetMeeting) -> MeetingPage:
    from coachlog.store.reading import handout_queries, set_queries

    with desk.read() as db:
        found = set_queries.find_set(db, meeting.set_name)
        return handout_queries.read_meeting_page(
            db, found, meeting.session, private=meeting.private
        )


def _build_slot_file_names(handle: str, slots: Sequence[SlotPage], suffix: str) -> list[str]:
    """Return the name of each slot's file: set, day and presenter, in plain letters.

    Who presented twice, or has the same plain letters as another, gets a number.
    """
    names: list[str] = []
    for slot in slots:
        presenter = slot.slug or build_slug(slot.keeper.name) or "me"
        base = "-".join(
            (
                _format_ascii_handle(handle, "set"),
                slot.held_on.isoformat(),
                _format_ascii_handle(presenter, f"slot-{slot.slot.number}"),
            )
        )
        stem, number = base, 1
        while f"{stem}{suffix}" in names:
            number += 1
            stem = f"{base}-{number}"
        names.append(f"{stem}{suffix}")
    return names


def _format_ascii_handle(handle: str, fallback: str) -> str:
    """Return the plain letters and figures of a handle, or what stands instead of none."""
    kept = "".join(character if character.isascii() else " " for character in handle)
    return "-".join(kept.replace("-", " ").split()) or fallback


def _list_meeting_remarks(pages: Sequence[SlotPage] | Sequence[MeetingPage]) -> Iterator[str]:
    if private := sum(page.private_shown for page in pages):
        these = "This page includes" if len(pages) == 1 else "These pages include"
        yield f"{these} {format_count(private, 'private entry', 'private entries')}."
    if withheld := sum(page.withheld for page in pages):
        yield values.describe_withheld(withheld)
