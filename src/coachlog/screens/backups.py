"""Backups as a list, whether each is sound, and what a restore would change."""

from collections.abc import Iterator, Sequence
from datetime import date, time

from coachlog import dates
from coachlog.model.backups import (
    Backup,
    BackupVerdict,
    RestoredChange,
    RestoreDifference,
    RestoredThing,
    RestorePreview,
    SecondPlace,
)
from coachlog.rules import disclosure
from coachlog.screens import styling
from coachlog.screens.columns import Columns, render_sentence
from coachlog.screens.renderables import Group
from coachlog.screens.texts import Text
from coachlog.text import format_count, join_phrases

_MOST_THINGS = 10
"""How many of a kind are listed that would change in the same way; the rest is counted."""

_CHANGES = {"back": "would come back", "gone": "would go", "different": "would change"}
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
    time_of_day = _find_time_of_day(backup)
    made = dates.format_short_day(backup.made_on, today)
    if time_of_day:
        made += f" {time_of_day}"
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


def _find_time_of_day(backup: Backup) -> str:
    """Return when a backup was made; '' for a copied file, of which only the day is known."""
    return "" if backup.made_at.time() == time.min else f"{backup.made_at:%H:%M}"


def format_size(size: int) -> str:
    """Return a size in the unit that it is read in: `80 kB`, `1.2 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB"


def phrase_second_place(place: SecondPlace, today: date) -> str:
    """Return in a sentence or two how it is with the second place."""
    if place.fault:
        return f"The second place takes no backups. {place.fault}"
    words = f"The second place, {place.folder}, "
    words += "is there" if place.is_there else "is not there now"
    if place.last_copied is None or place.last_copied_at is None:
        once = "" if place.is_there else ", with its disk plugged in"
        return (
            f"{words}; nothing was copied to it yet. To do that{once}: "
            "coachlog backup create"
        )
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
    lines: list[Text | Columns] = [Text(_phrase_heading(preview, today), style="bold")]
    if preview.is_needless:
        lines.append(Text("Nothing would change, so it was not restored."))
        return Group(*lines)
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
    lasting_rows = render_sentence(_describe_lasting_rows(preview), styling.QUIET)
    return Group(*lines, lasting_rows)


def _phrase_heading(preview: RestorePreview, today: date) -> str:
    """Return which backup it is, and what is listed of it."""
    backup = preview.backup
    made = dates.format_days_ago(backup.made_on, today)
    time_of_day = _find_time_of_day(backup)
    if time_of_day:
        made += f" at {time_of_day}"
    if preview.is_needless:
        return f"Backup {backup.name} ({made}) is the same as the journal."
    return f"If you restore backup {backup.name} ({made}):"


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
        return "Pulses and the audit log would be those of the backup."
    words = (
        "The journal as it is now is kept first, so that you can go back. Undo then starts "
        "afresh: it cannot take back anything done before. What was erased stays erased; pulses "
        "and the audit log stay as they are"
    )
    if preview.present_fault:
        return f"{words}, if they can still be read."
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


def _render_difference(
    difference: RestoreDifference, today: date
) -> Iterator[Text | Columns]:
    groups = {change: getattr(difference, change) for change in _CHANGES}
    counts = [
        f"{len(things)} {_CHANGES[change]}"
        for change, things in groups.items()
        if things
    ]
    summary = ", ".join(counts) or "no change"
    yield Text(f"{difference.kind.capitalize()}: {summary}")
    table = Columns("", "", wide="")
    for change, things in groups.items():
        lead = Text(f"  {_CHANGES[change]}:", style=styling.QUIET)
        for thing in things[:_MOST_THINGS]:
            table.add_row(lead, _format_changed_thing(difference.kind, thing, today))
        left_out = len(things) - _MOST_THINGS
        if left_out > 0:
            table.add_row(lead, Text(f"{left_out} more", style=styling.QUIET))
    if any(groups.values()):
        yield table


def _format_changed_thing(
    kind: str, thing: RestoredThing | RestoredChange, today: date
) -> Text:
    """Return a thing; of one that is in both journals, also what would change in it."""
    if isinstance(thing, RestoredThing):
        return _format_thing(kind, thing, today)
    words = _format_thing(kind, thing.now, today)
    details = list(_list_change_details(thing, today)) or [Text("in its details")]
    return words.append(": ").append_text(Text("; ").join(details))


def _list_change_details(change: RestoredChange, today: date) -> Iterator[Text]:
    """Yield what can be said of how a thing would change: no words that are private in either."""
    now, then = change
    if now.state != then.state:
        yield Text(f"from {now.state} to {then.state}")
    for name, day, earlier_day in (("due ", now.due, then.due), ("", now.on, then.on)):
        if day != earlier_day:
            days = [_format_day(each, today) for each in (day, earlier_day)]
            yield Text(f"{name}from {days[0]} to {days[1]}")
    if now.words != then.words and not (now.private or then.private):
        yield (
            Text("to “").append_text(styling.format_typed_words(then.words)).append("”")
        )


def _format_day(day: date | None, today: date) -> str:
    return dates.format_short_day(day, today) if day else "no date"


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
    if kind == "conversations" and thing.state != "held":
        words.append(f", {thing.state}")
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
