"""The examples of docs/figures.md are run through the commands, with the numbers that the page has.

A paragraph that begins *By hand.* has one of the forms below: what is in a group of its pattern is
read from the page. So an example that no longer holds fails, and one that no test can read as well.
"""

import json
import re
import statistics
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from coachlog.dates import Rhythm
from coachlog.model.actions import Action, ActionStatus, Event, EventKind
from coachlog.model.people import Direction
from coachlog.rules.chance import (
    Z_95,
    Z_97_5,
    compare_shares,
    compute_difference_interval,
)
from coachlog.rules.programme_figures import (
    DirectedPromise,
    RhythmPerson,
    count_person_weeks,
    count_promise_parts,
)
from coachlog.rules.programme_quarters import (
    find_quarter_days,
    find_settling_day,
    name_quarter,
)
from coachlog.terminal.console import Console
from conftest import Run, standing

PAGE = (Path(__file__).parent.parent / "docs/figures.md").read_text(encoding="utf-8")
EXAMPLES = [
    " ".join(text.split())
    for text in re.findall(
        r"^\*By hand\.\* (.*?)\n(?:\n|\Z)", PAGE, re.MULTILINE | re.DOTALL
    )
]
NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve"),
)
WEEKDAYS = (
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
)
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
YEAR = 2026
"""The weekdays of the page are those of this year."""
DATE = rf"\d+ (?:{'|'.join(MONTHS)})"
DAY = rf"(?:{'|'.join(WEEKDAYS)})(?: {DATE})?"
WEEK = timedelta(days=7)
EVENT_TIME = datetime(YEAR, 1, 1, tzinfo=UTC)
SHARE = r"\d+ of \d+"


def read_number(word: str) -> int:
    """Return a number in words or in digits."""
    return int(word) if word.isdigit() else NUMBERS.index(word.lower())


def read_numbers(words: str) -> list[int]:
    """Return all the numbers in digits: of `6, 5, 5 and 2`, of `+1, 0 and -1`."""
    return [int(word) for word in re.findall(r"-?\d+", words)]


def read_date(words: str) -> date:
    """Return the day of `13 March`."""
    day, month = words.split()
    return date(YEAR, MONTHS.index(month) + 1, int(day))


def read_day(words: str, before: date | None = None) -> date:
    """Return the day of `Friday 13 March`; of a weekday alone, the last one before another day."""
    name, _, rest = words.partition(" ")
    if rest:
        day = read_date(rest)
        assert WEEKDAYS[day.weekday()] == name, words
        return day
    assert before is not None, words
    return before - timedelta(days=(before.weekday() - WEEKDAYS.index(name)) % 7 or 7)


class Book:
    """A journal that is filled as an example says, each command on a day of its own."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self.action_count = 0

    def type(self, day: date, *words: str, answers: Any = None) -> Any:
        """Run a command on the morning of a day."""
        moment = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        text = None if answers is None else json.dumps(answers)
        ran = self._run(*words, input=text, clock=standing(moment))
        assert ran.code == 0, (words, ran.err)
        return ran

    def read(self, day: date, *words: str) -> str:
        """Return what a command prints on a day, in one line."""
        return " ".join(self.type(day, *words).out.split())

    def progress(self, day: date, *words: str) -> Any:
        """Return what `progress --json` says on a day."""
        return self.type(day, "progress", *words, "--json").json["progress"]

    def add_person(self, day: date, name: str, *words: str) -> None:
        """Add a report on a day."""
        self.type(day, "person", "add", name, "-r", "report", *words)

    def promise(self, day: date, due: date) -> str:
        """Promise something to oneself on a day, and return its number."""
        words = ("--what", "Ring back", "--owner", "me", "--due", due.isoformat())
        self.type(day, "action", "add", *words)
        self.action_count += 1
        return str(self.action_count)

    def hold(self, day: date, **answers: Any) -> None:
        """Record a conversation on its day."""
        given = {"template": "quick"} | answers
        words = ("session", "new", "--answers", "-", "--again")
        self.type(day, *words, answers=given)


Example = Callable[..., None]
FORMS: dict[str, Example] = {}


def form(*patterns: str) -> Callable[[Example], Example]:
    """Let a function run the examples of a form, given as the sentences that it consists of."""

    def note_form(function: Example) -> Example:
        FORMS[" ".join(patterns)] = function
        return function

    return note_form


# Promises


@form(
    rf"Today is (?P<today>{DAY})\.",
    rf"(?P<count>\w+) promises were due on (?P<due>{DAY}): (?P<stories>.*?)\.",
    rf"By the first date it is (?P<first>{SHARE}): [^.]*\.",
    rf"As agreed it is (?P<agreed>{SHARE}): [^.]*\.",
    r"Named are \"(?P<named>[^\"]*)\": the first (?P<sum>\w+) are the \d+\.",
)
def run_promises(
    book: Book,
    today: str,
    count: str,
    due: str,
    stories: str,
    first: str,
    agreed: str,
    named: str,
    sum: str,
) -> None:
    assert stories.count(";") + 1 == read_number(count)
    me = keep_promises(book, today, due, stories)["me"]
    assert phrase_share(me["first_date"]) == first
    assert phrase_share(me["as_agreed"]) == agreed
    assert f"Yours: {named}." in book.read(read_day(today), "progress")
    assert read_number(sum) == me["first_date"]["of"] == len(named.split(", "))


def phrase_share(share: dict[str, int]) -> str:
    return f"{share['kept']} of {share['of']}"


def keep_promises(book: Book, today: str, due: str, stories: str) -> Any:
    """Let happen to each of some promises what is told, and return the figures of today."""
    first = read_day(due)
    lines: list[tuple[date, tuple[str, ...]]] = []
    for story in stories.split(";"):
        id = book.promise(first - WEEK, first)
        lines += read_story(story.strip(), first, id)
    for day, line in sorted(lines):
        book.type(day, "action", *line)
    return book.progress(read_day(today))


def read_story(words: str, due: date, id: str) -> list[tuple[date, tuple[str, ...]]]:
    """Return what happened to a promise, as the days and the words of commands."""
    lines: list[tuple[date, tuple[str, ...]]] = []
    moved = re.search(rf"moved on ({DAY}) to ({DAY})", words)
    if moved:
        on, to = read_day(moved[1], before=due), read_day(moved[2])
        lines.append((on, ("move", id, "--to", to.isoformat())))
        due = to
    ended = re.search(rf"(done|dropped) on (its day|that \w+|{DAY})", words)
    if ended:
        verb = "done" if ended[1] == "done" else "drop"
        is_last_day = ended[2] in ("its day", f"that {WEEKDAYS[due.weekday()]}")
        lines.append((due if is_last_day else read_day(ended[2]), (verb, id)))
    assert lines or words == "one still open", words
    return lines


@form(
    r"You, your coach Ben and your manager Helen each promise one thing",
    rf"on (?P<made>{DAY}), for (?P<due>{DAY})\.",
    r"By then you and Ben have done it, and Helen has not\.",
    rf"On (?P<today>{DAY}) you have (?P<me>{SHARE}) and they have (?P<them>{SHARE})\.",
    rf"With Ben you have (?P<me_ben>{SHARE}) and he has (?P<ben>{SHARE});",
    rf"with Helen you have (?P<me_helen>{SHARE}) and she has (?P<helen>{SHARE})\.",
    rf"Yours is upwards: (?P<up>{SHARE})\.",
)
def run_promises_of_three(
    book: Book, made: str, due: str, today: str, **told: str
) -> None:
    day, due_day, last_day = read_day(made), read_day(due), read_day(today)
    for name, relationship in (("Ben Ek", "coach"), ("Helen Marsh", "manager")):
        book.type(day, "person", "add", name, "-r", relationship)
    owners = ("me", "Ben Ek", "Helen Marsh")
    promises = [
        {"what": "Ask", "owner": owner, "due": due_day.isoformat()} for owner in owners
    ]
    book.hold(day, **{"with": ["Ben", "Helen"]}, actions=promises)
    book.type(due_day, "action", "done", "1", "2")
    everyone = book.progress(last_day)
    assert {
        name: phrase_share(figures["first_date"])
        for name, figures in (("me", everyone["me"]), ("them", everyone["them"]))
    } == {"me": told["me"], "them": told["them"]}
    up = {row["direction"]: row["first_date"] for row in everyone["directions"]}["up"]
    assert phrase_share(up) == told["up"]
    for row, name in zip(everyone["people"], ("ben", "helen"), strict=True):
        for figures in (row, book.progress(last_day, name)):
            assert phrase_share(figures["me"]["first_date"]) == told[f"me_{name}"]
            assert phrase_share(figures["them"]["first_date"]) == told[name]
    assert everyone["own_plan"]["first_date"]["of"] == 0


@form(
    r"Of the (?P<count>\w+) promises above (?P<redated>\w+) had their date moved, once each\.",
    r"(?P<late>\w+) were late against their first date: by (?P<days>.*?):",
    r"typically by (?P<median>\d+) and at most by (?P<longest>\d+) days\.",
)
def run_slips(
    book: Book,
    count: str,
    redated: str,
    late: str,
    days: str,
    median: str,
    longest: str,
) -> None:
    above = find_example("Today is")
    told = {name: above[name] for name in ("today", "due", "stories")}
    slips = keep_promises(book, **told)["me_slips"]
    assert read_number(count) == read_number(above["count"])
    assert slips == {
        "redated": read_number(redated),
        "moves": read_number(redated),
        "late": read_number(late),
        "median_days": int(median),
        "longest_days": int(longest),
    }
    told_days = [int(day) for day in re.findall(r"\d+", days)]
    assert statistics.median(told_days) == int(median)
    assert len(told_days) == read_number(late)
    assert max(told_days) == int(longest)


@form(
    rf"A promise due on (?P<due>{DAY}) and marked as done on (?P<entered>{DAY})",
    r"with `--on (?P<on>[\d-]+)` is kept,",
    r"and one more is \"(?P<words>[^\"]*)\"\.",
)
def run_recorded_afterwards(
    book: Book, due: str, entered: str, on: str, words: str
) -> None:
    first, day = read_day(due), read_day(entered)
    id = book.promise(first - WEEK, first)
    book.type(day, "action", "done", id, "--on", on)
    figures = book.progress(day)
    assert figures["me"]["kept"] == 1
    assert figures["me_caveats"]["recorded_afterwards"] == 1
    assert f"1 {words}" in book.read(day, "progress")


@form(
    rf"Two promises\. One was due on (?P<due>{DAY}) and given to a colleague on that day\.",
    rf"One was made without a date, and got its first one, (?P<dated>{DAY}),",
    r"on the day it was done\.",
    rf"By the first date it is (?P<first>{SHARE}),",
    r"with one \"(?P<given_words>[^\"]*)\" and one \"(?P<dated_words>[^\"]*)\"\.",
)
def run_given_away(
    book: Book, due: str, dated: str, first: str, given_words: str, dated_words: str
) -> None:
    day, done_on = read_day(due), read_day(dated)
    given = book.promise(day - WEEK, day)
    book.type(day, "action", "edit", given, "--owner", "Dana")
    book.type(done_on - WEEK, "action", "add", "--what", "Ring", "--owner", "me")
    book.type(done_on, "action", "move", "2", "--to", done_on.isoformat())
    book.type(done_on, "action", "done", "2")
    today = max(day, done_on) + WEEK
    assert phrase_share(book.progress(today)["me"]["first_date"]) == first
    shown = book.read(today, "progress")
    assert f"Worth knowing (yours): 1 {given_words}, 1 {dated_words}." in shown


# Two periods


@form(
    r"(?P<before>\w+) promises first due from (?P<first>\w+) to (?P<last>\w+), all kept\.",
    r"(?P<now>\w+) from \w+ to \w+: (?P<kept>\w+) kept by their first date,",
    r"(?P<moved>\w+) moved in time and kept by the new date, (?P<missed>\w+) missed\.",
    rf"By the first date (?P<strict>{SHARE}), before (?P<strict_before>{SHARE}):",
    r"the interval of the difference goes from (?P<low>\S+) to (?P<high>\S+)",
    r"and leaves out 0, so it is \"(?P<strict_change>\w+)\"\.",
    rf"As agreed (?P<agreed>{SHARE}), before (?P<agreed_before>{SHARE}):",
    r"from (?P<agreed_low>\S+) to (?P<agreed_high>\S+), so it \"could be chance\"\.",
)
def run_two_quarters(book: Book, first: str, last: str, **told: str) -> None:
    assert MONTHS.index(last) == MONTHS.index(first) + 2
    due_before = date(YEAR, MONTHS.index(first) + 1, 15)
    due = due_before + timedelta(days=91)
    counts = {
        name: read_number(told[name])
        for name in ("before", "now", "kept", "moved", "missed")
    }
    assert counts["kept"] + counts["moved"] + counts["missed"] == counts["now"]
    for _ in range(counts["before"]):
        book.type(due_before, "action", "done", book.promise(due_before, due_before))
    for number in range(counts["now"]):
        id = book.promise(due, due)
        if number < counts["kept"]:
            book.type(due, "action", "done", id)
        elif number < counts["kept"] + counts["moved"]:
            later = due + timedelta(days=2)
            book.type(due, "action", "move", id, "--to", later.isoformat())
            book.type(later, "action", "done", id)
    today = due + timedelta(days=80)
    me = book.type(today, "progress", "--compare", "--json").json["comparison"]["me"]
    told_ratios = (
        ("first_date", "strict", told["low"], told["high"], told["strict_change"]),
        ("as_agreed", "agreed", told["agreed_low"], told["agreed_high"], "unclear"),
    )
    for ratio, name, low, high, change in told_ratios:
        assert phrase_share(me[ratio]["now"]) == told[name]
        assert phrase_share(me[ratio]["before"]) == told[f"{name}_before"]
        assert me[ratio]["change"] == change
        require_interval(told[name], told[f"{name}_before"], Z_95, low, high)


def require_interval(now: str, before: str, z: float, low: str, high: str) -> None:
    """Require that the interval of the difference of two shares is as told, to two places."""
    (count, total), (count_before, total_before) = map(read_numbers, (now, before))
    ends = compute_difference_interval(count, total, count_before, total_before, z)
    told = [float(end.rstrip(",")) for end in (low, high)]
    assert [round(end, 2) for end in ends] == told


def test_the_table_of_what_is_more_than_chance() -> None:
    """Of each row, one promise less would not be enough."""
    rows = re.findall(
        r"^\| (\d+) of (\d+) \| (\d+) of \d+ \| (\d+) of \d+ \|$", PAGE, re.MULTILINE
    )
    assert len(rows) >= 4
    for row in rows:
        before, total, more, fewer = map(int, row)
        assert compare_shares(more, total, before, total) == 1
        assert compare_shares(more - 1, total, before, total) == 0
        assert compare_shares(fewer, total, before, total) == -1
        assert compare_shares(fewer + 1, total, before, total) == 0


# Corrections


@form(
    r"Of (?P<count>\w+) promises one was kept, one kept late and one missed:",
    rf"(?P<share>{SHARE}) by the first date\.",
    r"You correct the late one to (?P<fate>\w+):",
    rf"(?P<corrected>{SHARE})\.",
)
def run_correction(
    book: Book, count: str, share: str, fate: str, corrected: str
) -> None:
    due = date(YEAR, 3, 13)
    ids = [book.promise(due, due) for _ in range(read_number(count))]
    book.type(due, "action", "done", ids[0])
    after = due + timedelta(days=2)
    book.type(after, "action", "done", ids[1])
    row = {"action": int(ids[1]), "fate": fate, "note": "So it was"}
    book.hold(after, template="words-deeds", corrections=[row])
    figures = book.progress(after)
    assert phrase_share(figures["me"]["first_date"]) == share
    assert phrase_share(figures["me_corrected"]["first_date"]) == corrected


# Conversations


def test_the_table_of_rhythms(book: Book) -> None:
    """On the day before each day of the table the rhythm is still in time, or still amber."""
    rows = re.findall(
        r"^\| every (?:(\d) )?weeks? \| (\d) days \| from the (\d+)\S* day "
        r"\| from the (\d+)\S* day \|$",
        PAGE,
        re.MULTILINE,
    )
    assert len(rows) >= 3
    held = date(YEAR, 6, 1)
    for weeks, grace, amber, red in rows:
        name = f"Ann Obi {weeks or 1}"
        book.add_person(held, name, "--every", f"{weeks or 1}w")
        book.hold(held, person=name)
        assert int(amber) == 7 * int(weeks or 1) + int(grace) + 1
        for days, expected in ((int(amber), "amber"), (int(red), "red")):
            states = [
                find_person(book, held + timedelta(days=day), name)["rhythm"]
                for day in (days - 1, days)
            ]
            assert states[1] == expected
            assert states[0] != expected


def find_person(book: Book, day: date, name: str) -> Any:
    """Return what `person list --json` says of somebody on a day."""
    people = book.type(day, "person", "list", "--json").json["people"]
    return next(person for person in people if person["name"] == name)


@form(
    rf"Every (?P<days>\d+) days, last conversation on (?P<held>{DATE}):",
    rf"due on (?P<due>{DATE}), in its grace on (?P<late>\d+) and (?P<grace>{DATE}),",
    rf"amber from (?P<amber>{DATE}) \((?P<waited>\d+) days; \"(?P<words>[^\"]*)\"\),",
    rf"red from (?P<red>{DATE}) \((?P<waited_red>\d+) days: .*\)\.",
)
def run_rhythm(book: Book, days: str, held: str, words: str, **told: str) -> None:
    last = read_date(held)
    book.add_person(last, "Ann Obi", "--every", f"{days}d")
    book.hold(last, person="Ann Obi")
    on = {name: read_date(told[name]) for name in ("due", "grace", "amber", "red")}
    states = {day: find_person(book, on[day], "Ann Obi")["rhythm"] for day in on}
    in_time = "in time"
    assert states == {
        "due": in_time,
        "grace": in_time,
        "amber": "amber",
        "red": "red",
    }
    (person,) = book.type(on["due"], "person", "list", "--json").json["people"]
    assert person["next_due"] == on["due"].isoformat()
    assert on["due"].day + 1 == int(told["late"])
    assert (on["amber"] - on["grace"]).days == 1
    assert (on["amber"] - last).days == int(told["waited"])
    assert (on["red"] - last).days == int(told["waited_red"])
    day_before = on["red"] - timedelta(days=1)
    assert find_person(book, day_before, "Ann Obi")["rhythm"] == "amber"
    assert words in book.read(on["amber"], "person", "list")


@form(
    r"People who report to you, without a rhythm, who had (?P<counts>[\d, and]+) conversations:",
    r"the median is (?P<median>\d+), and (?P<least>\d+) is under half of it:",
    r"\"(?P<words>[^\"]*)\"\.",
    r"Somebody with a rhythm of (?P<weeks>\w+) weeks who had (?P<had>\d+):",
    r"90 / (?P<days>\d+) = [\d.]+, so (?P<agreed>\d+) are agreed,",
    r"and (?P<few>\d+) is under (?P<half>\d+):",
    r"\"(?P<words_agreed>[^\"]*)\"\.",
)
def run_fairness(book: Book, counts: str, **told: str) -> None:
    today = date(YEAR, 6, 30)
    numbers = [*read_numbers(counts), int(told["had"])]
    known = today - timedelta(days=100)
    for place, count in enumerate(numbers):
        rhythm: tuple[str, ...] = ()
        if place == len(numbers) - 1:
            rhythm = ("--every", f"{read_number(told['weeks'])}w")
        name = f"Ann Obi {place}"
        book.add_person(known, name, *rhythm)
        for number in range(count):
            book.hold(today - timedelta(days=number + 1), person=name)
    rows = [person["fairness"] for person in book.progress(today)["people"]]
    assert [row["sessions"] for row in rows] == numbers
    usual = [int(told["median"])] * (len(rows) - 1)
    assert [row["usual_sessions"] for row in rows] == [*usual, int(told["agreed"])]
    assert int(told["least"]) == min(numbers[:-1])
    assert int(told["days"]) == 7 * read_number(told["weeks"])
    assert int(told["few"]) == int(told["had"])
    assert 2 * int(told["half"]) == int(told["agreed"])
    screen = book.read(today, "progress")
    assert told["words"] in screen
    assert told["words_agreed"] in screen


@form(
    r"Conversations of (?P<minutes>\d+ and \d+) minutes and one without:",
    r"`(?P<words>[^`]*)`\.",
)
def run_minutes(book: Book, minutes: str, words: str) -> None:
    today = date(YEAR, 6, 30)
    book.add_person(today, "Ann Obi")
    for number in read_numbers(minutes):
        book.hold(today, person="Ann Obi", minutes=number)
    book.hold(today, person="Ann Obi")
    assert words in book.read(today, "progress")


@form(
    r"Ann spoken to on (?P<first>\w+) and, twice, on (?P<second>\w+); Ben on (?P=second):",
    r"(?P<anns>\d+) days for Ann, (?P<bens>\d+) day for Ben;",
    r"of all, (?P<days>\d+) days, (?P<people>\d+) people\.",
)
def run_spoken_to(book: Book, first: str, second: str, **told: str) -> None:
    monday = date(YEAR, 6, 1)
    first_day, second_day = (
        monday + timedelta(days=WEEKDAYS.index(name)) for name in (first, second)
    )
    for name in ("Ann Obi", "Ben Lee"):
        book.add_person(monday, name)
    book.type(first_day, "met", "ann")
    for names in (("ann", "and", "ben"), ("ann",)):
        book.type(second_day, "met", *names)
    figures = book.progress(second_day)
    days = {row["name"]: row["met"] for row in figures["people"]}
    assert days == {"Ann Obi": int(told["anns"]), "Ben Lee": int(told["bens"])}
    assert figures["met"] == {"days": int(told["days"]), "people": int(told["people"])}
    assert [row["sessions"] for row in figures["people"]] == [0, 0]


@form(
    r"Conversations on Monday (?P<first>\d+) and Monday (?P<second>\d+) (?P<month>\w+),",
    r"from (?P=first) to (?P<last>\d+) \w+:",
    r"the weeks of (?P<without>\d+ and \d+) \w+ are without one\.",
    r"With a rhythm of (?P<weeks>\w+) weeks,",
    r"the gap from (?P=first) to (?P=second) \w+ \((?P<gap>\d+) days\)",
    r"is not much longer than agreed,",
    r"as it is not past 1\.5 × \d+ \+ \d+ = (?P<limit>\d+) days\.",
)
def run_weeks(book: Book, month: str, **told: str) -> None:
    first, second, last = (
        read_date(f"{told[name]} {month}") for name in ("first", "second", "last")
    )
    assert first.weekday() == second.weekday() == 0
    every = ("--every", f"{read_number(told['weeks'])}w")
    book.add_person(first, "Ann Obi", *every)
    for day in (first, second):
        book.hold(day, person="Ann Obi")
    period = ("--since", first.isoformat(), "--until", last.isoformat())
    figures = book.progress(last, *period)
    mondays = [read_date(f"{day} {month}") for day in read_numbers(told["without"])]
    assert mondays == [first + WEEK, second - WEEK]
    assert figures["weeks_without"] == len(mondays)
    assert book.progress(last + WEEK)["weeks_without"] == len(mondays) + 1
    assert (second - first).days == int(told["gap"])
    longer = int(told["limit"]) - int(told["gap"])
    assert book.progress(last, "ann", *period)["long_gaps"] == 0
    # One day past the limit it would be long.
    for days, expected in ((longer, 0), (longer + 1, 1)):
        moved = second + timedelta(days=days)
        words = ("session", "edit", "2", "--on", moved.isoformat())
        book.type(moved, *words)
        assert book.progress(moved, "ann")["long_gaps"] == expected


# Measures and goals


@form(
    r"(?P<values>[\d, ]+): the first three in order are (?P<in_order>[\d, ]+),",
    r"so their median is (?P<median>\d+); of the last three it is (?P<last_median>\d+):",
    r"\"(?P<words>[^\"]*)\"\.",
    r"With (?P<other>\d+) as the last value the median of (?P<last>[\d, ]+) is (?P<third>\d+):",
    r"\"(?P<other_words>[^\"]*)\"\.",
)
def run_measures(
    book: Book, values: str, words: str, other: str, other_words: str, **told: str
) -> None:
    numbers = read_numbers(values)
    assert read_numbers(told["in_order"]) == sorted(numbers[:3])
    other_numbers = [*numbers[:-1], int(other)]
    assert read_numbers(told["last"]) == other_numbers[-3:]
    today = date(YEAR, 6, 30)
    for name, asked in (("Ann Obi", numbers), ("Ben Cole", other_numbers)):
        book.add_person(today - WEEK, name)
        for place, value in enumerate(asked):
            day = today - timedelta(days=len(asked) - place)
            answers = {"theirs.work": value}
            book.hold(day, person=name, template="check-in", answers=answers)
    (trend,) = book.progress(today, "ann")["measures"]
    assert trend["median_first"] == int(told["median"])
    assert trend["median_last"] == int(told["last_median"])
    (other_trend,) = book.progress(today, "ben")["measures"]
    assert other_trend["median_last"] == int(told["third"])
    assert words in book.read(today, "progress", "ann")
    assert other_words in book.read(today, "progress", "ben")


@form(
    r"(?P<count>\w+) goals at (?P<now>[-+\d, and]+) with weights (?P<weights>[\d, and]+):",
    r"Σ\(w·x\) = (?P<product>-?\d+); Σ\(w²\) = (?P<squares>\d+) and \(Σ w\)² = (?P<square>\d+),",
    r"so the root is .*? and T = 50 \+ .*? = (?P<score>[\d.]+)\.",
    r"At the start all three were at (?P<start>-?\d+): Σ\(w·x\) = (?P<start_product>-?\d+),",
    r".* = (?P<start_score>[\d.]+)\.",
)
def run_goals(book: Book, count: str, now: str, weights: str, **told: str) -> None:
    levels, numbers = read_numbers(now), read_numbers(weights)
    assert len(levels) == len(numbers) == read_number(count)
    pairs = list(zip(levels, numbers, strict=True))
    assert sum(level * weight for level, weight in pairs) == int(told["product"])
    assert sum(numbers) * int(told["start"]) == int(told["start_product"])
    assert sum(weight**2 for weight in numbers) == int(told["squares"])
    assert sum(numbers) ** 2 == int(told["square"])
    today = date(YEAR, 6, 30)
    words = [word for level in range(5) for word in ("--level", f"Level {level}")]
    for id, (level, weight) in enumerate(pairs, 1):
        title = ("--title", f"Goal {id}", "--weight", str(weight))
        book.type(today - WEEK, "goal", "add", *title, *words)
        book.type(today - WEEK, "goal", "rate", str(id), "--", told["start"])
        book.type(today, "goal", "rate", str(id), "--", str(level))
    (attained,) = book.type(today, "goal", "list", "--json").json["attainments"]
    assert f"{attained['t_score']:.1f}" == told["score"]
    assert f"{attained['t_score_at_start']:.1f}" == told["start_score"]
    assert f"T-score {told['score']}" in book.read(today, "goal", "list")


@form(
    rf"Review on (?P<review>{DATE});",
    rf"rated (?P<early>\d+) on (?P<early_on>{DATE}): still due\.",
    rf"Rated (?P<late>\d+) on (?P<late_on>{DATE}): answered\.",
)
def run_review(book: Book, review: str, **told: str) -> None:
    due = read_date(review)
    words = ("--baseline", "3", "--target", "8", "--review", due.isoformat())
    book.type(due - WEEK, "goal", "add", "--title", "Listen", *words)
    expected = (("early", due.isoformat()), ("late", None))
    for name, review_on in expected:
        day = read_date(told[f"{name}_on"])
        book.type(day, "goal", "rate", "1", told[name])
        (goal,) = book.type(day, "goal", "list", "--json").json["goals"]
        assert goal["review_on"] == review_on


@form(
    r"(?P<members>\w+) members at (?P<meetings>\w+) meetings with (?P<turns>[\d, and]+) turns:",
    r"shares (?P<shares>[\d., and]+); the median is (?P<median>[\d.]+),",
    r"and (?P<least>[\d.]+) is under half of it\.",
    r"At (?P=meetings) meetings the usual share comes to .*?:",
    r"\"(?P<words>[^\"]*)\"\.",
)
def run_turns(
    book: Book, members: str, meetings: str, turns: str, shares: str, **told: str
) -> None:
    names = [f"Ann Obi {place}" for place in range(read_number(members))]
    presenters = [
        name
        for name, count in zip(names, read_numbers(turns), strict=True)
        for _ in range(count)
    ]
    today = date(YEAR, 6, 30)
    joined = [word for name in names for word in ("-m", name)]
    book.type(today - WEEK, "set", "add", "Ward leads", *joined, "-r", "peer")
    count = read_number(meetings)
    for place in range(count):
        # Every sixth of those in a row, so that nobody presents twice in a meeting.
        slots = [
            {"presenter": name, "issue": "Beds"} for name in presenters[place::count]
        ]
        book.hold(
            today - WEEK + timedelta(days=place),
            template="als",
            set="Ward leads",
            present=names,
            slots=slots,
        )
    found = book.type(today, "progress", "--set", "ward", "--json").json["set"][
        "people"
    ]
    told_shares = re.findall(r"\d\.\d+", shares)
    assert [round(row["turn_share"], 2) for row in found] == [*map(float, told_shares)]
    assert told["least"] == min(told_shares)
    assert {round(row["usual_share"], 2) for row in found} == {float(told["median"])}
    assert [row["under_half"] for row in found] == [*[False] * (len(names) - 1), True]
    assert told["words"] in book.read(today, "progress", "--set", "ward")


@form(
    r"(?P<meetings>\w+) meetings with (?P<lines>\w+) lines, none, and (?P<last>\w+) line:",
    r"(?P<helps>\d+) helped, in (?P<helped>\d+) meetings\.",
)
def run_helps(
    book: Book, meetings: str, lines: str, last: str, helps: str, helped: str
) -> None:
    names = ["Ann Obi", "Ben Cole", "Cara Day"]
    today = date(YEAR, 6, 30)
    joined = [word for name in names for word in ("-m", name)]
    book.type(today - WEEK, "set", "add", "Ward leads", *joined, "-r", "peer")
    counts = (read_number(lines), 0, read_number(last))
    assert len(counts) == read_number(meetings)
    for place, count in enumerate(counts):
        words = "\n".join(["Ann rang Ben"] * count)
        book.hold(
            today - WEEK + timedelta(days=place),
            template="als",
            set="Ward leads",
            present=names,
            slots=[{"presenter": names[0], "issue": "Beds"}],
            answers={"process.helped": words} if count else {},
        )
    screen = book.read(today, "set", "support", "ward")
    assert (
        f"Help between meetings: {helps} lines, written in {helped} meetings." in screen
    )


# The shadow

_SCORES = r"say \d+, act \d+, prioritise \d+, measure \d+"
_SHADOW_KEYS = {
    "say": "say.clear",
    "act": "act.acts-match",
    "prioritise": "prioritise.time-match",
    "measure": "measure.attention-match",
}


@form(
    rf"Reviews on (?P<first>{DATE}) and (?P<second>{DATE}):",
    rf"(?P<first_scores>{_SCORES}), then (?P<second_scores>{_SCORES})\.",
    r"The gap was \d - \d = (?P<first_gap>\d) and is \d - \d = (?P<second_gap>\d):",
    r"\"(?P<words>[^\"]*)\"",
    rf"Your promise due on (?P<early_due>{DATE}) belongs to the first review;",
    rf"of those due on (?P<dues>\d+ and {DATE}), in the second, one was kept: (?P<kept>{SHARE})\.",
    rf"On (?P<cancelled_on>{DATE}) you cancelled one conversation: (?P<cancelled>\d)\.",
    r"Somebody with a rhythm of (?P<weeks>\w+) weeks,",
    rf"last talked with on (?P<met>{DATE}), is long overdue on (?P=second) "
    r"\((?P<days>\d+) days\): (?P<red>\d)\.",
)
def run_shadow(book: Book, first: str, second: str, words: str, **told: str) -> None:
    days = [read_date(first), read_date(second)]
    met, early_due = read_date(told["met"]), read_date(told["early_due"])
    month = told["dues"].split()[-1]
    dues = [read_date(f"{day} {month}") for day in read_numbers(told["dues"])]
    every = ("--every", f"{read_number(told['weeks'])}w")
    book.add_person(early_due - WEEK, "Ann Obi", *every)
    for due in (early_due, *dues):
        book.promise(early_due - WEEK, due)
    book.type(early_due, "action", "done", "1")
    book.hold(met, person="Ann Obi")
    book.type(dues[0], "action", "done", "2")
    on = ("--on", read_date(told["cancelled_on"]).isoformat())
    book.type(days[1], "session", "cancel", "ann", "--by", "me", *on)
    for day, name in zip(days, ("first_scores", "second_scores"), strict=True):
        scores = dict(re.findall(r"(\w+) (\d+)", told[name]))
        answers = {_SHADOW_KEYS[key]: int(score) for key, score in scores.items()}
        book.hold(day, template="shadow", answers=answers)
    shadow = book.type(days[1], "progress", "--shadow", "--json").json["shadow"]
    earlier, later = shadow["reviews"]
    assert [earlier["gap"], later["gap"]] == read_numbers(
        f"{told['first_gap']} {told['second_gap']}"
    )
    assert phrase_share(earlier["promises"]["first_date"]) == "1 of 1"
    assert phrase_share(later["promises"]["first_date"]) == told["kept"]
    counts = (later["cancelled_by_me"], later["red"], (days[1] - met).days)
    assert counts == (int(told["cancelled"]), int(told["red"]), int(told["days"]))
    assert (earlier["cancelled_by_me"], earlier["red"]) == (0, 0)
    assert words in book.read(days[1], "progress", "--shadow")


@form(
    rf"Reviews on (?P<first>{DATE}) and (?P<second>{DATE})\.",
    rf"Of your promises to a peer, the one due on (?P<early_due>{DATE}) was kept;",
    rf"of those due on (?P<dues>[\d, ]+ and {DATE}), one was done on its day,",
    r"one was moved in time and done by the new date,",
    r"one was done (?P<late>\w+) days late, and one is open\.",
    r"That is \"(?P<early_across>[^\"]*)\" in the first review",
    r"and \"(?P<across>[^\"]*)\" in the second,",
    rf"with today being (?P<today>{DATE})\.",
    rf"Your one to your manager, due on (?P<up_due>{DATE}), was moved on that day",
    rf"to (?P<moved>{DATE}): \"(?P<up>[^\"]*)\"\.",
    rf"You noted thanks on (?P<noted>{DATE}) and said them on (?P<said>{DATE}),",
    r"and noted others that still wait: (?P<thanks>\d)\.",
    rf"You met somebody on (?P<early_met>{DATE}), on (?P<met>{DATE})",
    rf"and on (?P<last_met>{DATE}): \"(?P<early_rate>[^\"]*)\"",
    r"and, in (?P<days>\d+) days, \"(?P<rate>[^\"]*)\"\.",
)
def run_between_leaders(book: Book, first: str, second: str, **told: str) -> None:
    days = [read_date(first), read_date(second)]
    made, today = days[0] - WEEK, read_date(told["today"])
    for name, relationship in (("Ben Ek", "peer"), ("Helen Price", "manager")):
        book.type(made, "person", "add", name, "-r", relationship)

    def promise(name: str, due: date) -> str:
        words = ("--what", "Ring back", "--owner", "me", "--due", due.isoformat())
        book.type(made, "action", "add", name, *words)
        book.action_count += 1
        return str(book.action_count)

    month = told["dues"].split()[-1]
    dues = [read_date(f"{day} {month}") for day in read_numbers(told["dues"])]
    early, kept, renewed, late, _ = (
        promise("ben", due) for due in (read_date(told["early_due"]), *dues)
    )
    up = promise("helen", read_date(told["up_due"]))
    new_date = dues[1] + timedelta(days=2)
    delay = timedelta(days=read_number(told["late"]))
    moved = read_date(told["moved"])
    for day, *words in (
        (read_date(told["early_due"]), "done", early),
        (dues[0], "done", kept),
        (dues[1], "move", renewed, "--to", new_date.isoformat()),
        (new_date, "done", renewed),
        (dues[2] + delay, "done", late),
        (read_date(told["up_due"]), "move", up, "--to", moved.isoformat()),
    ):
        book.type(day, "action", *words)
    for _ in range(2):
        thanks = ("note", "ben", "Nurses", "--kind", "thanks")
        book.type(read_date(told["noted"]), *thanks)
    book.type(read_date(told["said"]), "note", "--said", "1")
    for name in ("early_met", "met", "last_met"):
        book.type(read_date(told[name]), "met", "ben")
    for day in days:
        book.hold(day, template="shadow", answers={"say.clear": 7})
    shadow = book.type(today, "progress", "--shadow", "--json").json["shadow"]
    assert [row["between"]["thanks"] for row in shadow["reviews"]] == [
        *(0, int(told["thanks"])),
    ]
    assert (days[1] - days[0]).days == int(told["days"])
    rows = re.findall(
        r"^(?:31 Aug|30 Sep) \d{4}  (\S.*?)  +(\S.*?)  +(\S+)  +(\S.*)$",
        book.type(today, "progress", "--shadow").out.split("Between us")[1],
        re.MULTILINE,
    )
    assert rows == [
        (told["early_across"], "–", "–", told["early_rate"]),
        (told["across"], told["up"], told["thanks"], told["rate"]),
    ]


# The pulse


def reply_to_pulse(book: Book, day: date, replies: list[int], *options: str) -> Any:
    """Ask a team, enter a slip for each reply to the first statement, and return the results."""
    book.type(day, "pulse", "new", "--force", *options)
    slips = [word for value in replies for word in ("--paper", f"{value} 3")]
    book.type(day, "pulse", "add", *slips)
    return book.type(day, "pulse", "show", "--json").json["pulse"]


@form(
    r"(?P<count>\w+) replies to a statement, entered together, (?P<values>[\d, and]+):",
    r"(?P<high>\w+) in 4-5, (?P<middle>\w+) in 3, (?P<low>\w+) in 1-2\.",
    r"Entered one by one, the first (?P<shown>\w+) are shown,",
    r"and the sixth is held back until (?P<missing>\w+) more have arrived\.",
)
def run_bands(book: Book, count: str, values: str, **told: str) -> None:
    replies = read_numbers(values)
    assert len(replies) == read_number(count)
    results = reply_to_pulse(book, date(YEAR, 6, 30), replies)
    bands = [read_number(told[name]) for name in ("low", "middle", "high")]
    assert results["results"][0]["bands"] == bands
    day = date(YEAR, 7, 31)
    book.type(day, "pulse", "new", "--force")
    for value in replies:
        book.type(day, "pulse", "add", "--paper", f"{value} 3", "--pulse", "2")
    screen = book.read(day, "pulse", "show", "2")
    assert (
        f"the results cover {read_number(told['shown'])}. The other is held" in screen
    )
    assert f"until {read_number(told['missing'])} more arrive," in screen


@form(
    rf"(?P<count>\w+) replies from a team of (?P<size>\w+): (?P<share>{SHARE})\.",
)
def run_response_rate(book: Book, count: str, size: str, share: str) -> None:
    replies = [3] * read_number(count)
    day, team = date(YEAR, 6, 30), str(read_number(size))
    results = reply_to_pulse(book, day, replies, "--team", team)
    assert Fraction(results["response_rate"]) == Fraction(*read_numbers(share))
    assert share in book.read(day, "pulse", "show")


@form(
    rf"Three entries are (?P<entries>(?:\d+ on {DAY}[, and]*)+): three low weeks in a row,",
    r"though a week lies between the first two, as they are (?P<days>\d+) days apart\.",
    rf"With (?P<value>\d+) on (?P<day>{DAY}) as well, the last week counts with (?P=value): none\.",
)
def run_low_weeks(book: Book, entries: str, days: str, value: str, day: str) -> None:
    words = [*re.findall(rf"(\d+) on ({DAY})", entries), (value, day)]
    levels = [(read_day(on), int(level)) for level, on in words]
    assert levels[1][0] - levels[0][0] == timedelta(days=int(days))
    are_low = []
    for on, level in levels:
        book.type(
            on,
            "tank",
            "new",
            "--answers",
            "-",
            answers={"answers": {"level.full": level}},
        )
        tank = book.type(on, "tank", "show", "--json").json["tank"]
        are_low.append(tank["has_low_weeks"])
    assert are_low == [False, False, True, False]


@form(
    rf"Wellbeing with Ann on (?P<offered>{DAY}),",
    rf"a quick note with Ann and with Ben on (?P<noted>{DAY}):",
    r"\"(?P<ann>[^\"]*)\" of Ann, \"(?P<ben>[^\"]*)\" of Ben\.",
)
def run_wellbeing_offer(book: Book, offered: str, noted: str, **told: str) -> None:
    offered_on, noted_on = read_day(offered), read_day(noted)
    for name in ("Ann Obi", "Ben Lee"):
        book.add_person(offered_on, name)
    book.hold(offered_on, person="Ann Obi", template="wellbeing")
    for name in ("Ann Obi", "Ben Lee"):
        book.hold(noted_on, person=name)
    for name in ("ann", "ben"):
        assert told[name] in book.read(noted_on, "brief", name)


STANDARDS = """\
[[standard]]
id = "asks-first"
statement = "Asks first."
[[standard]]
id = "keeps-word"
statement = "Keeps their word."
"""
QUESTION = """\
title = "Walk"
summary = "On foot."
audience = "one-to-one"
minutes = 5
[[stage]]
id = "way"
title = "Way"
[[stage.prompt]]
id = "asked"
ask = "What did you ask?"
kind = "line"
standard = "asks-first"
[[stage.prompt]]
id = "else"
ask = "What else?"
kind = "line"
"""


@form(
    r"A question names `asks-first`\.",
    rf"It was answered with Ann on (?P<first>\d+) and (?P<second>{DATE}) and with Ben on",
    rf"(?P<bens>{DATE}), and skipped with Ben on (?P<skipped>{DATE}):",
    r"\"(?P<all>[^\"]*)\"\. With Ann alone it is \"(?P<ann>[^\"]*)\"\.",
    r"Nothing names `keeps-word`: \"(?P<nothing>[^\"]*)\"\.",
)
def run_standards(book: Book, **told: str) -> None:
    home = Path("home")
    days = [read_date(told[name]) for name in ("second", "second", "bens")]
    days[0] = first = days[0].replace(day=int(told["first"]))
    skipped = read_date(told["skipped"])
    for name in ("Ann Obi", "Ben Lee"):
        book.add_person(first, name)
    (home / "prompts").mkdir()
    (home / "prompts/walk.toml").write_text(QUESTION)
    (home / "standards.toml").write_text(STANDARDS)
    names = ("Ann Obi", "Ann Obi", "Ben Lee")
    for name, day in zip(names, days, strict=True):
        answers = {"way.asked": "What next?"}
        book.hold(day, person=name, template="walk", answers=answers)
    answers = {"way.else": "Nothing"}
    book.hold(skipped, person="Ben Lee", template="walk", answers=answers)
    screen = book.read(skipped, "progress", "--standards")
    assert f"asks-first · {told['all']} " in screen
    assert f"keeps-word · {told['nothing']}" in screen
    of_ann = book.read(skipped, "progress", "--standards", "ann")
    assert f"asks-first · {told['ann']} " in of_ann


@form(
    r"Three themes that (?P<first>[\d, and]+) people chose show (?P<first_shown>[^.]+)\.",
    r"Three that (?P<second>[\d, and]+) chose show (?P<second_shown>[^:]+):",
    r"beside 9 and 6 of (?P<all>\d+) replies, the 3 would be no secret\.",
)
def run_themes(book: Book, all: str, **told: str) -> None:
    day = date(YEAR, 6, 30)
    themes = "".join(f"Theme {number}: Words\n" for number in (1, 2, 3))
    Path("themes.txt").write_text(themes)
    for name in ("first", "second"):
        counts = read_numbers(told[name])
        new = ["workshop", "new", name, "--themes", "themes.txt", "--force"]
        book.type(day, *new)
        slips = [
            f"4 {theme} yes"
            for theme, count in enumerate(counts, start=1)
            for _ in range(count)
        ]
        book.type(day, "workshop", "add", *slips)
        screen = book.read(day, "workshop", "show", name)
        shown = re.findall(r"`?(< 5|\d+)`?", told[f"{name}_shown"])
        for number, words in enumerate(shown, start=1):
            assert re.search(rf"{number} Theme {number} {words}(?!\d)", screen)
    assert sum(counts) == int(all)


@form(
    rf"4-5 from (?P<now>{SHARE}), was (?P<before>{SHARE}):",
    r"from (?P<from>[\d.]+) down to (?P<to>[\d.]+)\.",
    r"The interval of the difference, (?P<low>\S+) to (?P<high>\S+) contains 0: no clear change\.",
    rf"4-5 from (?P<now_all>{SHARE}), was (?P<before_none>{SHARE}):",
    r"the interval, (?P<low_all>\S+) to (?P<high_all>\S+) leaves out 0: clearly higher\.",
)
def run_pulse_change(
    book: Book, now: str, before: str, low: str, high: str, **told: str
) -> None:
    require_interval(now, before, Z_97_5, low, high)
    for share, rounded in ((before, told["from"]), (now, told["to"])):
        count, total = read_numbers(share)
        assert f"{count / total:.2f}" == rounded
    shares = told["now_all"], told["before_none"]
    require_interval(*shares, Z_97_5, told["low_all"], told["high_all"])
    day = date(YEAR, 6, 1)
    told_changes = (
        (before, None),
        (now, "unclear"),
        (shares[1], None),
        (shares[0], "higher"),
    )
    for place, (share, change) in enumerate(told_changes):
        count, total = read_numbers(share)
        replies = [4] * count + [3] * (total - count)
        results = reply_to_pulse(book, day + place * WEEK, replies)
        if change is not None:
            assert results["results"][0]["change"] == change


# What it was worth


@form(
    r"(?P<amount>£[\d,]+) saved on (?P<gain>.+) in (?P<months>\d+) months, half of it due to the",
    r"programme, and you are (?P<sure>\d+%) sure: [\d,]+ × 0\.5 × 0\.8 = (?P<bound>£[\d,]+)\.",
    r"(?P<second>£\d+), half due and half sure: 24\.75, so (?P<second_bound>£\d+)\.",
    r"Together: (?P<sum>£[\d,]+)\.",
)
def run_lower_bounds(book: Book, amount: str, second: str, **told: str) -> None:
    day = date(YEAR, 6, 30)
    first_options = ("--amount", amount, "--share", "50", "--sure", told["sure"])
    gain = ("--gain", told["gain"], "--months", told["months"])
    book.type(day, "worth", "add", "--what", "x", *first_options, *gain)
    second_options = ("--amount", second, "--share", "50", "--sure", "50")
    book.type(day, "worth", "add", "--what", "y", *second_options)
    screen = book.read(day, "worth", "show")
    assert f"worth at least {told['sum']}" in screen
    for bound in (told["bound"], told["second_bound"]):
        assert f"% {bound}" in screen


# A programme


@form(
    r"Somebody with a rhythm of (?P<weeks>\w+) weeks was talked with",
    rf"on (?P<first>{DAY}) and on (?P<second>{DAY})\.",
    rf"Of the weeks that end from (?P<since>{DATE}) to (?P<until>{DATE}),",
    r"(?P<on_time>\w+) end on time and (?P<late>\w+) end overdue\.",
)
def run_programme_weeks(
    _book: Book, weeks: str, first: str, second: str, **told: str
) -> None:
    held_days = [read_day(first), read_day(second)]
    person = RhythmPerson(
        Rhythm(7 * read_number(weeks)), read_date("1 September"), held_days
    )
    days = read_date(told["since"]), read_date(told["until"])
    assert count_person_weeks([person], *days) == {
        "weeks_on_time": read_number(told["on_time"]),
        "weeks_late": read_number(told["late"]),
    }


@form(
    rf"A promise for (?P<due>{DATE}) is moved on (?P<moved>{DATE}) to (?P<new>{DATE}),",
    rf"and kept then\. Sent on (?P<early>{DATE}), it is moved in time;",
    rf"sent on (?P<settled>{DATE}) or later, it is kept by the new date\.",
    rf"Had it been moved to (?P<late>{DATE}), it would be moved in time for good:",
    rf"what happens after (?P<last>{DATE}) counts in no contribution of that quarter\.",
)
def run_programme_promise(_book: Book, **told: str) -> None:
    days = {name: read_date(words) for name, words in told.items()}
    _, quarter_end = find_quarter_days(name_quarter(days["due"]))
    assert days["settled"] == days["last"] == find_settling_day(quarter_end)

    def count(new: date, sent: date) -> list[str]:
        moved = Event(EVENT_TIME, days["moved"], EventKind.MOVED, new)
        kept = Event(EVENT_TIME, new, EventKind.DONE)
        promise = Action(
            *(1, "", None, None, "Ring", "me", new, days["due"]),
            status=ActionStatus.DONE,
            closed_on=new,
            events=(moved, kept),
        )
        day = min(sent, days["settled"])
        parts = count_promise_parts([DirectedPromise(promise, Direction.TEAM)], day)
        return [name for name in parts if name.endswith("_to_team")]

    assert count(days["new"], days["early"]) == ["moved_to_team"]
    assert count(days["new"], days["settled"]) == ["kept_by_new_date_to_team"]
    assert count(days["late"], days["late"]) == ["moved_to_team"]


# All of them


def find_example(beginning: str) -> dict[str, str]:
    """Return the groups of the example that begins like this."""
    (example,) = (text for text in EXAMPLES if text.startswith(beginning))
    _, groups = match_form(example)
    return groups


def match_form(example: str) -> tuple[Example, dict[str, str]]:
    """Return what runs an example, and what it is given; fail where none or two can read it."""
    matches = [
        (function, match.groupdict())
        for pattern, function in FORMS.items()
        if (match := re.fullmatch(pattern, example))
    ]
    assert len(matches) == 1, f"no test can run this example: {example}"
    return matches[0]


# Where you stand


@form(
    r"A theme is rated (?P<joining>[^;]*) at joining, and (?P<end>[^;]*) at the end:",
    r"(?P<first>[\d.]+), then (?P<last>[\d.]+), (?P<change>[^.]*)\.",
)
def run_standing(
    book: Book, joining: str, end: str, first: str, last: str, change: str
) -> None:
    items = ("keep", "say", "same")
    for day, moment, words in (
        (date(YEAR, 2, 2), "at joining", joining),
        (date(YEAR, 11, 2), "at the end", end),
    ):
        ratings = {
            f"words.{item}": value
            for item, value in zip(items, read_numbers(words), strict=False)
        }
        answers = {"moment.when": moment} | ratings
        book.hold(day, template="where-i-stand", answers=answers)
    themes = book.type(date(YEAR, 11, 3), "progress", "--themes", "--json").json
    theme = themes["themes"]["themes"][3]
    values = [moment["value"] for moment in theme["moments"]]
    assert values == [float(first), float(last), None]
    shown = book.read(date(YEAR, 11, 3), "progress", "--themes")
    marks = ["*" if len(read_numbers(words)) == 2 else "" for words in (joining, end)]
    row = f"{first}{marks[0]} {last}{marks[1]} – {change}"
    assert f"Words and deeds {row}" in shown


@pytest.fixture
def book(
    run: Run, console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Book:
    console.draws = True
    monkeypatch.chdir(tmp_path)
    return Book(run)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text[:40])
def test_an_example_counted_by_hand(example: str, book: Book) -> None:
    function, groups = match_form(example)
    function(book, **groups)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text[:40])
def test_the_sums_of_an_example_are_right(example: str) -> None:
    """A sum such as `1.5 × 14 + 2 = 23`, or a root, is right to the places that are told."""
    sums = re.findall(r"([\d.]+(?: [-+×/] [\d.]+)+|√[\d.]+) = ([\d.]*\d)", example)
    for terms, told in sums:
        root = terms.startswith("√")
        words = terms.lstrip("√").replace("×", "*")
        value = add_up(words) ** 0.5 if root else add_up(words)
        places = len(told.partition(".")[2])
        assert round(value, places) == float(told), terms


def add_up(words: str) -> float:
    """Return what terms with products and quotients come to."""
    total = 0.0
    for sign, term in re.findall(r"(?:^|([-+]) )([\d.]+(?: [*/] [\d.]+)*)", words):
        value = 1.0
        for operator, number in re.findall(r"([*/])? ?([\d.]+)", term):
            value = value / float(number) if operator == "/" else value * float(number)
        total += -value if sign == "-" else value
    return total


def test_every_form_is_on_the_page() -> None:
    """A form without an example tests nothing, and every section has an example."""
    functions = {match_form(example)[0] for example in EXAMPLES}
    assert functions == set(FORMS.values())
    sections = re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]
    assert [text.split("\n")[0] for text in sections if "*By hand.*" not in text] == []
