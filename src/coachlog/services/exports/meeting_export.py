"""A set's meeting as pages: one for each presenter, or the whole meeting as one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from coachlog import files
from coachlog.errors import InvalidInput
from coachlog.exports import formats
from coachlog.exports.contents import Contents
from coachlog.exports.documents.meeting_page import build_meeting_page, build_slot_page
from coachlog.exports.page_records import list_promise_records
from coachlog.model.actions import Action
from coachlog.model.handouts import MeetingPage, SlotPage
from coachlog.model.pages import PageKind
from coachlog.model.task_marks import TaskMarks
from coachlog.named_tuples import NamedTuple
from coachlog.phrasing import values
from coachlog.services.desk import Desk
from coachlog.services.exports.delivery import (
    INITIALS_REMARK,
    Export,
    Target,
    agree_to_private,
    choose_output_format,
    deliver_page,
    describe_readers,
    hide_names,
    require_style,
)
from coachlog.services.exports.export_log import record_export
from coachlog.services.exports.handed_values import convert_handed_values
from coachlog.services.exports.task_marks import load_task_marks
from coachlog.services.results import Result
from coachlog.text import build_slug, clean_text, format_count


class SetMeeting(NamedTuple):
    """A meeting of the set of this name: the one in this session, or the latest for None.

    With `private`, its private entries are exported as well.
    """

    set_name: str
    session: int | None = None
    private: bool = False


def export_slots(
    desk: Desk, meeting: SetMeeting, target: Target, *, style: str, yes: bool = False
) -> Result:
    """Write a page for each presenter into a folder, with nothing about the others in it.

    With private words in them, it is asked about once more, unless `yes`.

    Raises InvalidInput without a folder or for an unknown format or style, NotFound for an unknown
    set or meeting, and what `files.write_files` raises.
    """
    format = formats.find_format(target.format or formats.DEFAULT_FORMAT)
    formats.require_page(format, PageKind.SET)
    require_style(style)
    if target.copy:
        raise InvalidInput(
            "There are several pages, and a clipboard holds one. Nothing was copied.",
            "Copy the whole meeting with --whole-set, or name a folder: --output FOLDER.",
        )
    folder = target.path
    if folder is None or target.output is None:
        raise InvalidInput(
            "There are several pages, so they need a folder.",
            "Name a folder for them: --output FOLDER.",
        )
    _require_folder(folder)
    handle, slots = _load_slot_pages(desk, meeting)
    agree_to_private(desk, _describe_private_slots(slots), target, yes=yes)
    slots = hide_names(slots, target)
    names = _build_slot_file_names(handle, slots, format.suffixes[0])
    marks = load_task_marks(desk, _list_slot_actions(slots), style)
    contents = [
        _build_slot_contents(slot, meeting, style, marks, desk.today) for slot in slots
    ]
    pages = [format.print_contents(page, desk.today) for page in contents]
    for name in names:
        files.require_free_path(folder / name, force=target.force)
    record_export(desk, contents[0])
    files.write_files(folder, dict(zip(names, pages, strict=True)), force=target.force)
    lines = []
    for name, slot in zip(names, slots, strict=True):
        actions = format_count(len(slot.slot.actions), "promise")
        lines.append(f"Wrote {target.output / name}: {actions}, as {format.name}.")
    lines.append(describe_readers(format, several=len(slots) > 1))
    remarks = [*_list_meeting_remarks(slots)]
    if target.initials:
        remarks.append(INITIALS_REMARK)
    return Result("\n".join(lines), tuple(remarks))


def _list_slot_actions(slots: Iterable[SlotPage]) -> list[Action]:
    return [action for slot in slots for action in slot.slot.actions]


def _build_slot_contents(
    slot: SlotPage, meeting: SetMeeting, style: str, marks: TaskMarks, today: date
) -> Contents:
    return Contents(
        PageKind.SET,
        lambda: build_slot_page(slot, style, marks, today),
        lambda: {"slot": convert_handed_values(slot)},
        lambda: list_promise_records(slot.slot.actions, slot.keeper.name),
        meeting.session,
    )


def _require_folder(folder: Path) -> None:
    """Raise InvalidInput for a name that was meant for a file, such as `pages.html`."""
    suffix = formats.parse_suffix(folder)
    if suffix and not folder.is_dir():
        raise InvalidInput(
            f"Several pages need a folder, and {clean_text(folder.name)} is the name of "
            f"a {suffix} file. Nothing was written.",
            "Name a folder, and use --format; or make one page with --whole-set.",
        )


def export_meeting(
    desk: Desk, meeting: SetMeeting, target: Target, *, style: str, yes: bool
) -> Export:
    """Export a whole meeting as one page, after a question unless `yes`.

    Raises Refusal if the answer is no, and what `export_slots` and `deliver_page` raise.
    """
    format = choose_output_format(target, PageKind.SET)
    require_style(style)
    page = _load_meeting_page(desk, meeting)
    path = target.path
    if path is not None and not target.force and not files.is_path_free(path):
        raise files.build_taken_refusal(path)
    people = format_count(len(page.people) or len(page.slots), "person", "people")
    desk.confirm(f"This puts what {people} said into one file. Carry on?", yes=yes)
    agree_to_private(desk, _describe_private_slots([page]), target, yes=yes)
    page = hide_names(page, target)
    marks = load_task_marks(desk, _list_meeting_actions(page), style)
    contents = Contents(
        PageKind.SET,
        lambda: build_meeting_page(page, style, marks, desk.today),
        lambda: {"meeting": convert_handed_values(page)},
        lambda: list_promise_records(_list_meeting_actions(page), page.keeper.name),
        meeting.session,
    )
    summary = format_count(len(page.slots), "slot")
    remarks = _list_meeting_remarks([page])
    return deliver_page(desk, contents, format, target, summary, remarks)


def _list_meeting_actions(page: MeetingPage) -> list[Action]:
    """Return every promise of a meeting, each once: outside the slots, then slot by slot."""
    actions = [*page.actions]
    for slot in page.slots:
        actions += [action for action in slot.actions if action not in actions]
    return actions


def _load_slot_pages(desk: Desk, meeting: SetMeeting) -> tuple[str, list[SlotPage]]:
    """Return the handle of the set and the pages of its meeting."""
    from coachlog.store.reading import handout_queries, set_queries

    with desk.read() as db:
        learning_set = set_queries.find_set(db, meeting.set_name)
        slots = handout_queries.read_slot_pages(
            db, learning_set, meeting.session, private=meeting.private
        )
    return learning_set.slug, slots


def _load_meeting_page(desk: Desk, meeting: SetMeeting) -> MeetingPage:
    from coachlog.store.reading import handout_queries, set_queries

    with desk.read() as db:
        learning_set = set_queries.find_set(db, meeting.set_name)
        return handout_queries.read_meeting_page(
            db, learning_set, meeting.session, private=meeting.private
        )


def _build_slot_file_names(
    handle: str, slots: Sequence[SlotPage], suffix: str
) -> list[str]:
    """Return the name of each slot's file: set, day and presenter, in plain letters.

    A second slot of the same presenter, or of one with the same plain letters, gets a number.
    """
    set_name = _format_ascii_handle(handle, "set")
    names: list[str] = []
    for slot in slots:
        presenter_handle = slot.slug or build_slug(slot.keeper.name) or "me"
        presenter = _format_ascii_handle(presenter_handle, f"slot-{slot.slot.number}")
        stem = f"{set_name}-{slot.held_on.isoformat()}-{presenter}"
        name = f"{stem}{suffix}"
        number = 2
        while name in names:
            name = f"{stem}-{number}{suffix}"
            number += 1
        names.append(name)
    return names


def _format_ascii_handle(handle: str, fallback: str) -> str:
    """Return the plain letters and figures of a handle, or `fallback` if it has none."""
    return "-".join(re.findall("[a-z0-9]+", handle)) or fallback


def _describe_private_slots(pages: Sequence[SlotPage] | Sequence[MeetingPage]) -> str:
    """Return how many private entries are on the pages, in words; '' for none."""
    count = sum(page.private_shown for page in pages)
    return format_count(count, "private entry", "private entries") if count else ""


def _list_meeting_remarks(
    pages: Sequence[SlotPage] | Sequence[MeetingPage],
) -> Iterator[str]:
    private_counts = _describe_private_slots(pages)
    if private_counts:
        subject = "This page includes" if len(pages) == 1 else "These pages include"
        yield f"{subject} {private_counts}."
    withheld = sum(page.withheld for page in pages)
    if withheld:
        yield values.describe_withheld(withheld)
