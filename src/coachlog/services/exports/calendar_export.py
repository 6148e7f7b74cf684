"""Promises, reviews of goals and next 1:1s as a calendar file."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from coachlog.errors import InvalidInput, Refusal
from coachlog.model.actions import Action
from coachlog.model.calendar import (
    CalendarEntry,
    DueDay,
    HandedCalendar,
    HandedEntry,
)
from coachlog.model.goals import Goal
from coachlog.model.own_plans import ReviewDay
from coachlog.model.people import Person
from coachlog.model.sets import LearningSet
from coachlog.named_tuples import NamedTuple
from coachlog.phrasing.calendar import (
    CANCELLED_NOTE,
    CANCELLED_TITLE,
    phrase_command,
    phrase_full_title,
    phrase_neutral_title,
)
from coachlog.rules import disclosure
from coachlog.rules.calendars import build_handed_calendar
from coachlog.rules.disclosure import Audience
from coachlog.services.desk import Desk
from coachlog.services.exports.delivery import (
    Export,
    Target,
    refuse_reserved_name,
    refuse_taken_path,
)
from coachlog.services.exports.export_log import record_calendar_export
from coachlog.services.exports.plain_files import PLAIN_FILE, require_suffix
from coachlog.services.results import Result
from coachlog.text import format_count, join_phrases

_ENTRY_NOUNS = {
    Action: ("promise", "promises"),
    Goal: ("review of a goal", "reviews of goals"),
    Person: ("next 1:1", "next 1:1s"),
    LearningSet: ("set meeting", "set meetings"),
    ReviewDay: ("look back", "looks back"),
}
SUFFIX = ".ics"
MEDIA_TYPE = "text/calendar"


class CalendarRequest(NamedTuple):
    """Whether entries have titles that say what they are about, private ones too; and to ask."""

    titles: bool = False
    private: bool = False
    yes: bool = False


def export_calendar(desk: Desk, request: CalendarRequest, target: Target) -> Export:
    """Export the calendar to a file, or to be printed.

    Raises InvalidInput if the file cannot be a calendar, or private words are asked for without
    titles, Refusal if it exists or the owner does not agree to private words, and StorageFailure
    if it cannot be written.
    """
    if request.private and not request.titles:
        raise InvalidInput(
            "Without --titles no words are in the file, private ones neither.",
            "To have them all: --titles --private",
        )
    path = target.path
    if path is not None:
        refuse_reserved_name(path)
        require_suffix(target, SUFFIX, "A calendar is written as iCalendar")
        refuse_taken_path(target)
    days, calendar = _load_calendar(desk)
    _agree_to_private_titles(desk, days, request, target)
    entries = _list_calendar_entries(days, calendar, request, desk)
    remarks = tuple(_list_remarks(days, request))
    # Imported here, since the library takes long to load, and a refusal needs none.
    from coachlog.exports.tables.calendar_file import write_calendar

    page = write_calendar(entries, desk.now)
    if path is None:
        desk.require_output()
        record_calendar_export(desk, calendar)
        return Export(Result("", remarks), page, MEDIA_TYPE)
    from coachlog import files

    with files.stage_files({path: page}, force=target.force) as publish:
        record_calendar_export(desk, calendar)
        publish()
    message = (
        f"Wrote {target.output}: {_describe_entries(days, entries)}. "
        "To import it, open it in your calendar program. Once days have moved, write it again "
        f"with --force, and import that.\n{PLAIN_FILE}"
    )
    return Export(Result(message, remarks))


def _load_calendar(desk: Desk) -> tuple[list[DueDay], HandedCalendar]:
    """Return what is due, and what a file holds that is handed over now."""
    from coachlog.store.reading import calendar_queries

    with desk.read() as db:
        days = calendar_queries.read_calendar_days(db, desk.today)
        earlier = calendar_queries.read_handed_calendar(db)
    return days, build_handed_calendar(days, earlier, desk.now, desk.today)


def _list_calendar_entries(
    days: Iterable[DueDay],
    calendar: HandedCalendar,
    request: CalendarRequest,
    desk: Desk,
) -> list[CalendarEntry]:
    days_by_uid = {day.uid: day for day in days}
    return [
        _build_due_entry(days_by_uid[entry.uid], calendar.sequence, request, desk)
        if entry.cancelled_on is None
        else _build_cancelled_entry(entry, calendar.sequence)
        for entry in calendar.entries
    ]


def _build_due_entry(
    day: DueDay, sequence: int, request: CalendarRequest, desk: Desk
) -> CalendarEntry:
    title = phrase_neutral_title(day)
    if request.titles and _may_have_title(day, private=request.private):
        title = phrase_full_title(day)
    return CalendarEntry(
        day.uid,
        day.on,
        sequence,
        title,
        f"In the journal: {phrase_command(day, names=request.titles)}",
        # Some calendars ring at once for an alarm that they have missed.
        reminds=day.on >= desk.today,
    )


def _build_cancelled_entry(entry: HandedEntry, sequence: int) -> CalendarEntry:
    """Return an entry without words, which takes those of an earlier file out of a calendar."""
    return CalendarEntry(
        entry.uid,
        entry.on,
        sequence,
        CANCELLED_TITLE,
        CANCELLED_NOTE,
        is_cancelled=True,
        reminds=False,
    )


def _may_have_title(day: DueDay, *, private: bool) -> bool:
    """Return whether the words of an entry may be in a file; that somebody is met always may.

    So may that a set meets: its name says nothing of what is said in it.
    """
    if isinstance(day.subject, Person | LearningSet):
        return True
    access = disclosure.judge_access(
        day.subject, Audience.OWNER_IN_FILE, private=private
    )
    return access == disclosure.SHOWN


def _count_private_titles(days: Sequence[DueDay]) -> int:
    """Return how many entries have a title only with --private."""
    return sum(
        _may_have_title(day, private=True) and not _may_have_title(day, private=False)
        for day in days
    )


def _agree_to_private_titles(
    desk: Desk, days: Sequence[DueDay], request: CalendarRequest, target: Target
) -> None:
    """Ask once more about private words in a file; raises Refusal if the owner does not agree."""
    if not request.private or request.yes or not desk.interactive:
        return
    count = _count_private_titles(days)
    if not count or target.path is None:
        return
    titles = format_count(count, "private title")
    question = f"This includes {titles}, for a calendar that others may see. "
    if not desk.asker.agrees(f"{question}Write it to {target.output}?"):
        raise Refusal("Nothing was written.")


def _describe_entries(days: Iterable[DueDay], entries: Sequence[CalendarEntry]) -> str:
    """Return how many entries there are of each kind: `3 promises and 1 next 1:1`."""
    counts = Counter(_ENTRY_NOUNS[type(day.subject)] for day in days)
    phrases = [format_count(counts[nouns], *nouns) for nouns in counts]
    cancelled_count = sum(entry.is_cancelled for entry in entries)
    if cancelled_count:
        phrases.append(f"{cancelled_count} cancelled")
    return join_phrases(phrases) or "no entries"


def _list_remarks(days: Sequence[DueDay], request: CalendarRequest) -> Iterator[str]:
    """Yield what to know about the titles, and how a next 1:1 comes to be there."""
    if not any(isinstance(day.subject, Person) for day in days):
        yield (
            "There is no next 1:1, as no day was agreed and nobody has a rhythm: "
            "coachlog person edit NAME --every 2w"
        )
    if not request.titles:
        yield "The titles do not say what or who it is about. To have them say it: --titles"
        return
    count = _count_private_titles(days)
    if count and request.private:
        yield f"This calendar includes {format_count(count, 'private title')}."
    elif count:
        entries = format_count(count, "private entry", "private entries")
        yield (
            f"The titles of {entries} do not say what they are about. To have them say "
            "it: --private"
        )
