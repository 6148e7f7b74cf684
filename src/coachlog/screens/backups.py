"""Backups as a list, whether each is sound, and what a restore would change."""

from collections.abc import Iterator, Sequence
from datetime import date, time

from rich.text import Text

from coachlog import dates
from coachlog.model.backups import (
    Backup,
    BackupVerdict,
    RestoreDifference,
    RestoredThing,
    RestorePreview,
    SecondPlace,
)
from coachlog.rules import disclosure
from coachlog.screens import styling
from coachlog.screens.columns import Columns
from coachlog.screens.renderables import Group
from coachlog.text import format_count, join_phrases

_MOST_THINGS = 10
"""How many of a kind are listed that would change in the same way; the rest is counted."""

_CHANGES = {"back": "comes back", "gone": "goes", "different": "changes back"}
_PLURAL_CHANGES = {"back": "come back", "gone": "go", "different": "change back"}
_NUMBERED_KINDS = ("conversations", "promises")


def render_backups(backups: Sequence[Backup], today: date, width: int) -> Columns:
    """Return backups one per row, with when each was made and how much it holds."""
    names = ("backup", "made", "people", "conversations", "promises", "size")
    right = ("people", "conversations", "promises", "size")
    table = Columns(*names, right=right, wide="made")
    for backup in backups:
        table.add_named_row(_build_cells(backup, today))
    # A name is to be typed, so it is not broken; where one is unreadable, conversations say so.
    table.add_left_out(table.drop_columns(("people", "promises", "size"), width))
    return table


def _build_cells(backup: Backup, today: date) -> dict[str, Text]:
    made = dates.format_short_day(backup.made_on, today)
    # Of a file that was copied, only the day in its name is known.
    if backup.made_at.time() != time.min:
        made += f" {backup.made_at:%H:%M}"
    style = styling.BAD if backup.is_damaged else ""
    cells = {
        "backup": styling.format_typed_words(backup.name, style),
        "made": Text(made),
        "size": Text(format_size(backup.size)),
    }
    if backup.schema is None or backup.fault:
        state = "unreadable" if backup.schema is None else "damaged"
        return cells | {"conversations": Text(state, style=styling.BAD)}
    return cells | {
        "people": Text(str(backup.people)),
        "conversations": Text(str(backup.sessions)),
        "promises": Text(str(backup.promises)),
    }


def format_size(size: int) -> str:
    """Return a size in the unit that it is read in: `80 kB`, `1.2 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB"


def phrase_second_place(place: SecondPlace, today: date) -> str:
    """Return in a sentence or two how it is with the second place."""
    words = f"The second place, {place.folder}, "
    if place.fault:
        return f"{words}takes no backups: {place.fault}"
    words += "is there" if place.is_there else "is not there now"
    if place.last_copied is None or place.last_copied_at is None:
        return f"{words}; nothing was copied to it yet."
    ago = dates.format_days_ago(place.last_copied_at.date(), today)
    return f"{words}; last copied {ago}: {place.last_copied}."


def render_verdicts(verdicts: Sequence[BackupVerdict]) -> Columns:
    """Return backups one per row, each with whether it is sound."""
    table = Columns("backup", "is", wide="is")
    for verdict in verdicts:
        state = Text("sound", style=styling.GOOD)
        if verdict.fault and verdict.is_damaged:
            state = Text("of a damaged journal, as its name says")
        elif verdict.fault:
            words = verdict.fault.removeprefix("is ")
            state = Text(words, style=styling.BAD)
        table.add_row(styling.format_typed_words(verdict.name), state)
    return table


def render_restore_preview(preview: RestorePreview, today: date) -> Group:
    """Return what a restore would change, kind by kind, and what it would leave as it is."""
    backup = preview.backup
    made = dates.format_days_ago(backup.made_on, today)
    lines = [
        Text(f"Backup {backup.name}, {made}, in the journal's place:", style="bold")
    ]
    if preview.is_missing:
        lines.append(Text(_phrase_contents(backup)))
    elif preview.present_fault:
        lines.append(
            Text(f"It cannot be compared with the journal. {preview.present_fault}")
        )
    for difference in preview.differences:
        lines.extend(_render_difference(difference, today))
    if preview.others:
        lines.append(Text(f"Different, too: {', '.join(preview.others)}."))
    lines.extend(_render_erased(preview))
    lines.append(Text(_describe_lasting_rows(preview), style=styling.QUIET))
    return Group(*lines)


def _phrase_contents(backup: Backup) -> str:
    """Return what a backup holds, where there is no journal to compare it with."""
    counts = [
        format_count(count, noun, plural)
        for count, noun, plural in (
            (backup.people or 0, "person", "people"),
            (backup.sessions or 0, "conversation", None),
            (backup.promises or 0, "promise", None),
        )
    ]
    return f"There is no journal now. The backup holds {join_phrases(counts)}."


def _describe_lasting_rows(preview: RestorePreview) -> str:
    if preview.is_missing:
        return "The log of changes, pulses and holds are those of the backup."
    words = "The log of changes, pulses, holds and what was erased stay as they are now"
    if preview.present_fault:
        return f"The journal as it is now is kept first. {words}, if they can still be read."
    return f"{words}."


def _render_erased(preview: RestorePreview) -> Iterator[Text]:
    count = preview.erased_count
    if count:
        verb = "was" if count == 1 else "were"
        yield Text(
            f"{format_count(count, 'thing')} in it {verb} erased since, and will not come back."
        )
    for path in preview.faulty_lists:
        yield Text(
            f"Not all of {path} can be read: what was erased may come back.",
            style=styling.BAD,
        )


def _render_difference(difference: RestoreDifference, today: date) -> Iterator[Text]:
    groups = {change: getattr(difference, change) for change in _CHANGES}
    counts = [
        _describe_count(change, len(things))
        for change, things in groups.items()
        if things
    ]
    summary = ", ".join(counts) or "no change"
    yield Text(f"{difference.kind.capitalize()}: {summary}")
    for change, things in groups.items():
        for thing in things[:_MOST_THINGS]:
            words = _format_thing(difference.kind, thing, today)
            yield Text(f"  {_CHANGES[change]}: ", style=styling.QUIET).append_text(
                words
            )
        left_out = len(things) - _MOST_THINGS
        if left_out > 0:
            yield Text(f"  {_CHANGES[change]}: {left_out} more", style=styling.QUIET)


def _describe_count(change: str, count: int) -> str:
    words = _CHANGES if count == 1 else _PLURAL_CHANGES
    return f"{count} {words[change]}"


def _format_thing(kind: str, thing: RestoredThing, today: date) -> Text:
    words = Text()
    if kind in _NUMBERED_KINDS:
        words.append(f"{thing.id} ", style=styling.QUIET)
    if thing.on:
        words.append(f"{dates.format_short_day(thing.on, today)}, ")
    if disclosure.is_veiled(thing.words, private=thing.private):
        words.append(disclosure.VEILED_WORDS, style=styling.QUIET)
    else:
        words.append_text(styling.format_typed_words(thing.words))
    if thing.of:
        words.append_text(styling.format_typed_words(f", {thing.of}"))
    return words


def describe_backups(backups: Sequence[Backup], folder: str) -> str:
    """Return how many backups there are, how much they take, and where they are."""
    size = format_size(sum(backup.size for backup in backups))
    words = f"{format_count(len(backups), 'backup')}, {size}, in {folder}"
    damaged_count = sum(backup.is_damaged for backup in backups)
    if damaged_count:
        words += f"; {damaged_count} of a damaged journal"
    faulty_count = sum(backup.fault is not None for backup in backups)
    if faulty_count:
        verb = "is" if faulty_count == 1 else "are"
        words += f"\n{format_count(faulty_count, 'backup')} {verb} not sound: coachlog backup check"
    return words
