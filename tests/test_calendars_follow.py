"""A calendar that is given each file of `coachlog ics` in turn ends up as the journal is.

Whatever is moved, closed, taken away, taken back, restored or merged in between. The calendar is a
stand-in that does what RFC 5546 says: entries are known by `UID`, and one with no higher `SEQUENCE`
than is known is old news.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import icalendar
import pytest
import vobject
from hypothesis import given, note, settings
from hypothesis import strategies as st

from coachlog.terminal.console import Console
from command_runner import run_captured
from command_support import hold
from conftest import Ran, standing
from shared_builds import copied
from store_builders import NOW


class Entry(NamedTuple):
    """An entry as a reader has it."""

    uid: str
    sequence: int
    on: date
    status: str


def read_entries(page: str) -> list[Entry]:
    """Return the entries of a file, in which two libraries have to read the same."""
    calendar = icalendar.Calendar.from_ical(page)
    entries = [
        Entry(
            str(event["UID"]),
            int(str(event["SEQUENCE"])),
            event.decoded("DTSTART"),
            str(event["STATUS"]),
        )
        for event in calendar.walk("VEVENT")
    ]
    other = vobject.readOne(page.replace("\n", "\r\n"))
    assert entries == [
        Entry(
            event.uid.value,
            int(event.sequence.value),
            event.dtstart.value,
            event.status.value,
        )
        for event in getattr(other, "vevent_list", [])
    ]
    return entries


class StandInCalendar:
    """A calendar that knows entries by their UID, and heeds only a higher SEQUENCE."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def take_in(self, page: str) -> None:
        for entry in read_entries(page):
            known = self._entries.get(entry.uid)
            if known is None or entry.sequence > known.sequence:
                self._entries[entry.uid] = entry

    def list_days(self) -> dict[str, date]:
        """Return the day of each entry that is not cancelled."""
        return {
            entry.uid: entry.on
            for entry in self._entries.values()
            if entry.status != "CANCELLED"
        }


class Household:
    """A journal that is used, a clock, and a calendar that gets its files."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.now = NOW
        self.calendar = StandInCalendar()

    def run(self, *args: str, input: str | None = None) -> Ran:
        console = Console(home_override=self.home, clock=standing(self.now))
        result = run_captured([*args], input=input, console=console)
        ran = Ran(result.exit_code, result.stdout, result.stderr)
        note(f"{' '.join(args)}: {ran.code} {ran.err}")
        # 3 and 4: there is nothing of that kind, or it is refused.
        assert ran.code in (0, 2, 3, 4), ran.err
        return ran

    def write_calendar(self) -> str:
        ran = self.run("ics")
        assert (ran.code, "could not be noted" in ran.err) == (0, False)
        return ran.out

    def list_days(self) -> dict[str, date]:
        """Return each day that the journal says is due, by the UID of its entry."""
        days = {}
        today = self.now.date().isoformat()
        for action in self.run("action", "list", "--all", "--json").json["actions"]:
            if action["status"] == "open" and action["due"]:
                days[f"promise-{action['uid']}"] = action["due"]
        for goal in self.run("goal", "list", "--json").json["goals"]:
            if goal["status"] == "open" and goal["review_on"]:
                days[f"goal-{goal['uid']}"] = goal["review_on"]
        for person in self.run("person", "list", "--json").json["people"]:
            next_due = person["next_due"]
            has_rhythm = person["every"] is not None
            if has_rhythm and not person["last_held"]:
                next_due = person["paused_until"] or today
            if next_due:
                # What is overdue is for today.
                days[f"talk-{person['uid']}"] = max(next_due, today)
        return {f"{uid}@coachlog": date.fromisoformat(on) for uid, on in days.items()}


def build_household(run: Callable[..., Any]) -> None:
    """Two people with promises, goals and rhythms: the second may be the first once more."""
    for name, day in (("Priya Shah", "2026-11-16"), ("Tom Reed", "2026-11-20")):
        promises = [
            {"what": f"Ask {name}", "owner": "me", "due": "2026-11-27"},
            {"what": f"Write to {name}", "owner": "them", "due": "2026-12-04"},
        ]
        hold(run, person=name, held_on=day, actions=promises)
        assert run("person", "edit", name, "--every", "2w").code == 0
        goal = ("goal", "add", name, "--title", f"Lead {name}")
        assert run(*goal, "--review", "2026-12-10").code == 0
        assert run("backup", "create").code == 0


DAYS = st.integers(0, 20).map(lambda days: (NOW.date() + timedelta(days)).isoformat())
NUMBERS = st.integers(1, 4).map(str)
FIRST_TWO = st.sampled_from("12")
PEOPLE = st.sampled_from(["priya", "tom"])


def line(*words: str | st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Return a strategy of lines in which some words are drawn."""
    return st.tuples(*(st.just(w) if isinstance(w, str) else w for w in words))


CHANGES = st.one_of(
    line("action", "move", NUMBERS, "--to", DAYS),
    line("action", st.sampled_from(["done", "drop", "reopen"]), NUMBERS),
    line("action", "add", PEOPLE, "--what", "Call", "--owner", "me", "--due", DAYS),
    line("goal", "edit", FIRST_TWO, "--review", DAYS | st.just("")),
    line("goal", "close", FIRST_TWO, "--dropped"),
    line("goal", "reopen", FIRST_TWO),
    line("person", "edit", PEOPLE, "--every", st.sampled_from(["0", "1w", "1m"])),
    line("person", "edit", PEOPLE, "--pause-until", DAYS | st.just("0")),
    line("person", "archive", PEOPLE),
    line("person", "archive", PEOPLE, "--back"),
    line("person", "merge", "priya", "tom", "--yes"),
    line("session", st.sampled_from(["delete", "restore"]), FIRST_TWO, "--yes"),
    line("undo", "--yes"),
    line("redo", "--yes"),
    line("backup", "create"),
)
STEPS = st.one_of(
    CHANGES,
    CHANGES,
    CHANGES,
    line("HOLD", PEOPLE),
    line("RESTORE", st.sampled_from("0123")),
    line("RESTORE", st.sampled_from("01")),
    line("LATER", st.sampled_from(["60", "86400"])),
    line("IMPORT"),
    line("IMPORT"),
    # Written, and lost on its way.
    line("ics"),
)


def take_step(household: Household, words: tuple[str, ...]) -> None:
    match words:
        case ("HOLD", person):
            day = household.now.date().isoformat()
            quick = ("session", "new", "--answers", "-", "--again")
            text = (
                f'{{"person": "{person}", "template": "quick", "held_on": "{day}", '
                f'"actions": [{{"what": "x", "owner": "me", "due": "2026-12-12"}}]}}'
            )
            household.run(*quick, input=text)
        case ("RESTORE", number):
            backups = household.run("backup", "list", "--json").json["backups"]
            if backups:
                path = backups[int(number) % len(backups)]["path"]
                household.run("backup", "restore", path, "--yes")
        case ("LATER", seconds):
            household.now += timedelta(seconds=int(seconds))
        case ("IMPORT",):
            household.calendar.take_in(household.write_calendar())
        case _:
            household.run(*words)


@settings(max_examples=25)
@given(steps=st.lists(STEPS, min_size=4, max_size=14))
def test_a_calendar_follows_whatever_happens_in_the_journal(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, ...]]
) -> None:
    household = Household(tmp_path_factory.mktemp("household") / "home")
    copied(household.home, "household", lambda: build_household(household.run))
    household.calendar.take_in(household.write_calendar())
    assert len(household.calendar.list_days()) == 8
    for step in steps:
        take_step(household, step)
    household.calendar.take_in(household.write_calendar())
    assert household.calendar.list_days() == household.list_days()
