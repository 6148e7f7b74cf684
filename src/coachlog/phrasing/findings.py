"""What is damaged, in a person's words: what it belongs to, and what is wrong with it."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from coachlog import dates
from coachlog.model.findings import (
    BackupRow,
    ColumnDifference,
    Finding,
    FindingKind,
    GoodBackup,
    LocatedFinding,
    Remedy,
    RowPlace,
)
from coachlog.text import clean_line, format_count, join_phrases

_ROW_PHRASES = {
    "action": "{promise}",
    "action_event": "a step in the story of {promise}",
    "answer": "an answer in {conversation}",
    "benefit": "a benefit of the programme",
    "calendar_entry": "what a calendar may hold",
    "draft": "the draft of {conversation}",
    "draft_step": "an answer in the draft of {conversation}",
    "encounter": "a day on which you met {person}",
    "event": "a line of the audit log",
    "goal": "{goal}",
    "goal_action": "the goal of {promise}",
    "hold": "a hold on the records of {person}",
    "journal_state": "what the journal says about itself",
    "learning_set": "{set}",
    "meeting": "the set of {conversation}",
    "note": "a note about {person}",
    "participant": "who was present in {conversation}",
    "person": "the entry of {person}",
    "person_handle": "a short name of {person}",
    "programme_contribution": "a quarter sent to a programme",
    "programme_membership": "a programme that you joined",
    "programme_secret": "the key to your ids in programmes",
    "pulse": "pulse {survey}",
    "pulse_code": "a reply code of pulse {survey}",
    "pulse_count": "the replies to pulse {survey}",
    "rating": "a rating of {goal}",
    "recurrence": "the return of {conversation}",
    "search": "the index of search",
    "session": "{conversation}",
    "session_person": "the third person in {conversation}",
    "session_tag": "a tag of {conversation}",
    "set_action": "the set of {promise}",
    "set_check_in": "a day to check in of {set}",
    "set_member": "a member of {set}",
    "set_support": "an offer or ask in {set}",
    "setting": "a setting",
    "slot": "a slot of {conversation}",
    "table_sum": "how many entries of a kind there were",
    "tag": "a tag",
    "tombstone": "a mark of what was erased",
    "undo_entry": "what undo keeps",
    "undo_step": "what undo keeps",
    "workshop": "workshop {survey}",
    "workshop_code": "a reply code of workshop {survey}",
    "workshop_count": "the replies to workshop {survey}",
    "worth_story": "a story of the programme",
}

_KIND_PHRASES = {
    FindingKind.FILE: "it cannot be read as SQLite should find it",
    FindingKind.INDEX: "an index does not fit it",
    FindingKind.SCHEMA: "it is not laid out as coachlog lays it out",
    FindingKind.STATE: "it is missing, or not as it was written",
    FindingKind.ROW: "it is not as it was written",
    FindingKind.EARLIER_ROWS: "entries are as they were at an earlier time",
    FindingKind.POINTER: "it refers to something that is not there",
    FindingKind.VALUE: "a value in it is not of its kind",
}

_MOST_PHRASES = 6
_BACKUP_PHRASES = {
    BackupRow.SAME: "the same as now, so that only its sum is damaged",
    BackupRow.AS_WRITTEN: "it as it was written",
    BackupRow.OTHER: "it as it was before a later change",
    BackupRow.ABSENT: "nothing in its place",
}


def describe_place(place: RowPlace) -> str:
    """Return what a row belongs to: `an answer in conversation 12 with Priya Shah, 3 March`."""
    phrase = _ROW_PHRASES.get(place.table, "an entry")
    names = join_phrases([clean_line(name) for name in place.people])
    number = "" if place.session is None else f" {place.session}"
    conversation = f"conversation{number}"
    if place.set:
        conversation += f" of {clean_line(place.set)}"
    elif names:
        conversation += f" with {names}"
    if place.held_on:
        conversation += f", {dates.format_medium_day(place.held_on)}"
    with_whom = f" with {names}" if names else ""
    return phrase.format(
        promise=_name_numbered("promise", place.action) + with_whom,
        conversation=conversation,
        goal=_name_numbered("goal", place.goal) + with_whom,
        person=names or "somebody",
        set=f"the set {clean_line(place.set)}" if place.set else "a set",
        survey=_name_survey(place),
    )


def _name_survey(place: RowPlace) -> str:
    """Return the number of the pulse or workshop that a row belongs to, `?` where it is lost."""
    return str(place.pulse or place.workshop or "?")


def describe_finding(located: LocatedFinding) -> str:
    """Return what is wrong with what, as a sentence without its full stop."""
    finding = located.finding
    if finding.kind is FindingKind.LOST_CHANGES:
        changes = "the last change"
        if finding.row_count > 1:
            changes = f"the last {finding.row_count:,} changes"
        if not finding.row_count:
            return (
                "the journal is not as it was at its last change here: an older log or another "
                "copy was put in its place"
            )
        verb = "is" if finding.row_count == 1 else "are"
        return (
            f"{changes} made to the journal {verb} not in it: its log was lost, or an older copy "
            "was put in its place"
        )
    if located.place is not None:
        subject = describe_place(located.place)
    elif finding.table is not None and finding.table in _ROW_PHRASES:
        subject = f"the table {finding.table}"
        if finding.table in ("search", "undo_entry", "undo_step"):
            subject = _ROW_PHRASES[finding.table]
    else:
        subject = "the file"
    return f"{subject}: {_describe_fault(finding)}"


def describe_consequence(located: LocatedFinding) -> str:
    """Return what hangs on what is lost, and what becomes of it; '' where nothing does."""
    if located.remedy is Remedy.LET_GO:
        return f"without {_name_lost_row(located)}, it can only be let go"
    if located.remedy is Remedy.UNLINK:
        return f"it can be kept, without its reference to {_name_lost_row(located)}"
    if located.remedy is Remedy.OFFER and not located.hanging:
        return _describe_offer(located)
    if not located.hanging:
        return ""
    counts = Counter(describe_place(place) for place in located.hanging)
    phrases = "; ".join(_shorten_list(_list_counted_phrases(counts)))
    return (
        f"what belongs to it is still there: {phrases}. If it stays lost, that is let go next, or "
        "kept without it, as you say"
    )


def _describe_offer(located: LocatedFinding) -> str:
    """Return what is known of the later change that a backup lacks; '' where nothing is."""
    if located.deleted_at is not None:
        day = _format_stated_value(located.deleted_at[:10])
        return f"the audit log has it as deleted on {day}: put back, it is deleted"
    if located.finding.table == "action":
        return (
            "put back, its date and its state follow its story, if all of that is there"
        )
    return ""


def _name_lost_row(located: LocatedFinding) -> str:
    """Return a row that is not there by its number: `conversation 3`."""
    table, number = located.lost or ("", None)
    if table in _LOST_WORDS:
        return _LOST_WORDS[table]
    build_place = _LOST_PLACES.get(table)
    if build_place is None or not isinstance(number, int):
        return "what it refers to"
    return describe_place(build_place(number))


_LOST_WORDS = {
    "person": "the person it is about",
    "learning_set": "its set",
    "set_member": "the member it is of",
    "tag": "the tag it is of",
}
_LOST_PLACES: dict[str, Callable[[int], RowPlace]] = {
    "session": lambda number: RowPlace("session", session=number),
    "action": lambda number: RowPlace("action", action=number),
    "goal": lambda number: RowPlace("goal", goal=number),
    "pulse": lambda number: RowPlace("pulse", pulse=number),
    "workshop": lambda number: RowPlace("workshop", workshop=number),
}


def _list_counted_phrases(counts: Counter[str]) -> list[str]:
    return [
        phrase if count == 1 else f"{phrase} ({count} entries)"
        for phrase, count in counts.items()
    ]


def describe_row_values(located: LocatedFinding) -> str:
    """Return what would be taken as it is: `due 3 March 2026; “what” is not shown`; or ''.

    No words of anybody's are in it, only days, numbers and states.
    """
    phrases = [
        f"{_name_column(value.column)} {_format_stated_value(value.value)}"
        for value in located.values
        if value.is_shown
    ]
    columns = [
        f"“{_name_column(value.column)}”"
        for value in located.values
        if not value.is_shown
    ]
    if columns:
        verb = "is" if len(columns) == 1 else "are"
        phrases.append(f"{join_phrases(columns)} {verb} not shown")
    return "; ".join(phrases)


def describe_backup_row(located: LocatedFinding, backup: GoodBackup) -> str:
    """Return what a backup has in the place of what is damaged; '' where that is not known.

    No words of anybody's are in it, only days, numbers and states.
    """
    if located.finding.kind is FindingKind.LOST_CHANGES:
        return _describe_lost_changes(located, backup)
    words = _BACKUP_PHRASES.get(located.backup)
    if words is None:
        return ""
    subject = f"the backup of {dates.format_medium_day(backup.made_on)} has"
    if located.kept_rows:
        return f"{subject} {_describe_kept_rows(located)}"
    phrase = f"{subject} {words}"
    if not located.differences:
        return phrase
    differences = map(_describe_difference, located.differences)
    return f"{phrase}: {'; '.join(_shorten_list([*differences]))}"


def _describe_lost_changes(located: LocatedFinding, backup: GoodBackup) -> str:
    """Return whether a backup has the changes that the journal lost."""
    subject = f"the backup of {dates.format_medium_day(backup.made_on)} has"
    if located.backup is BackupRow.AS_WRITTEN:
        is_last = located.finding.row_count == 1
        return f"{subject} {'it' if is_last else 'all of them'}"
    if located.backup is BackupRow.OTHER:
        return f"{subject} some of what is lost"
    return f"{subject} nothing of what is lost"


def _describe_kept_rows(located: LocatedFinding) -> str:
    """Return which rows a backup has where some are missing, each thing that they are of once."""
    counts = Counter(describe_place(kept.place) for kept in located.kept_rows)
    phrases = _list_counted_phrases(counts)
    words = "what is lacking"
    if located.finding.kind is FindingKind.EARLIER_ROWS:
        words = "a later state"
    if located.backup is BackupRow.OTHER:
        words += ", as it was before a later change"
    return f"{words}: {'; '.join(_shorten_list(phrases))}"


def _shorten_list(phrases: list[str]) -> list[str]:
    others = len(phrases) - _MOST_PHRASES
    if others < 2:
        return phrases
    return [*phrases[:_MOST_PHRASES], f"{others} more"]


def _describe_difference(difference: ColumnDifference) -> str:
    """Return how a backup differs in a column: `due 3 March 2026, not 4 March 2027`."""
    name = _name_column(difference.column)
    if difference.is_shown:
        present = "what is there now"
        if not difference.is_odd:
            present = _format_stated_value(difference.present)
        return f"{name} {_format_stated_value(difference.kept)}, not {present}"
    if difference.differing_count is not None:
        characters = format_count(difference.character_count or 0, "character")
        verb = "differs" if difference.differing_count == 1 else "differ"
        return f"{difference.differing_count} of {characters} in “{name}” {verb}"
    return f"“{name}” differs"


def _name_column(column: str) -> str:
    return column.replace("_", " ")


def _format_stated_value(value: int | str | None) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, int):
        return str(value)
    try:
        day = date.fromisoformat(value)
    except ValueError:
        # A moment, to the second and in UTC, or a state.
        return value.partition(".")[0]
    return dates.format_medium_day(day)


def _describe_fault(finding: Finding) -> str:
    if finding.kind is FindingKind.MISSING_ROWS:
        verb = "is" if finding.row_count == 1 else "are"
        entries = format_count(finding.row_count, "entry", "entries")
        return f"{entries} {verb} missing"
    if finding.kind is FindingKind.EXTRA_ROWS:
        entries = format_count(finding.row_count, "entry", "entries")
        return f"{entries} too many"
    return _KIND_PHRASES[finding.kind]


def _name_numbered(noun: str, number: int | None) -> str:
    return f"a {noun}" if number is None else f"{noun} {number}"
