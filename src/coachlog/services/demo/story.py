"""Reads the year: people, and step by step what happened with them.

A file is one person's year, `alone.toml` the owner's own. A step has a week from 1 to 53, the one
of today, and one verb with what it is about; the answers to a conversation stand beside it, as in
an answers file. Days are counted back from the Monday of today's week, so that dates written as
`fri` or `+2w` mean the same in every journal.
"""

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

YEAR_FOLDER = Path(__file__).parent / "year"
CLOCK_SEED = 1973  # the year of the first thing ever said about talks like these: any will do
STEP_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LAST_WEEK = 53


class DemoStep(NamedTuple):
    """Something that happened: when, with whom (None: alone), which verb, and what about it.

    `set` is the name of the set in whose meetings it happened.
    """

    at: datetime
    person: str | None
    verb: str
    details: dict[str, Any]
    set: str | None = None


class DemoPerson(NamedTuple):
    """A person of the year, as `person add` takes them."""

    name: str
    relationship: str
    role: str
    team: str
    every_days: int


class DemoSet(NamedTuple):
    """An action learning set of the year; `me` among the members is Sam."""

    name: str
    members: list[str]
    every_days: int


STEP_VERBS = (
    *("hold", "leave", "cancel", "done", "moved", "dropped", "remark"),
    *("park", "goal", "rate", "close", "change", "archive", "pulse"),
)


def read_demo_people() -> list[DemoPerson]:
    """Return the people, in the order in which they came into the journal."""
    listed = [file.get("people") or [file.get("person")] for file in _read_year_files()]
    return [DemoPerson(**person) for people in listed for person in people if person]


def read_demo_sets() -> list[DemoSet]:
    """Return the action learning sets."""
    return [DemoSet(**file["set"]) for file in _read_year_files() if "set" in file]


def read_demo_steps(now: datetime) -> list[DemoStep]:
    """Return all that happened in the year before `now`, the oldest first; none of it is today."""
    random = Random(CLOCK_SEED)
    found = []
    for file in _read_year_files():
        person, circle = (file.get(one, {}).get("name") for one in ("person", "set"))
        before = datetime.min.replace(tzinfo=now.tzinfo)
        for row in file["step"]:
            # What stands later in the file was later, on the same day, too.
            before = at = max(_choose_step_moment(row, now, random), before + timedelta(minutes=5))
            verb = next(verb for verb in STEP_VERBS if verb in row)
            found.append(DemoStep(at, person, verb, row, circle))
    return sorted(found, key=lambda step: step.at)


def _read_year_files() -> list[dict[str, Any]]:
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in YEAR_FOLDER.glob("*.toml")]
    return sorted(files, key=lambda file: int(file["place"]))


def _choose_step_moment(row: dict[str, Any], now: datetime, random: Random) -> datetime:
    """Return when a step was taken; `day = "yesterday"` is the last one of all."""
    hour, minute = random.randrange(9, 17), random.randrange(0, 60, 5)
    clock = time(hour, minute, tzinfo=now.tzinfo)
    if row.get("day") == "yesterday":
        return datetime.combine(now.date() - timedelta(days=1), clock.replace(hour=18))
    return datetime.combine(_compute_step_day(row["week"], row["day"], now.date()), clock)


def _compute_step_day(week: int, day: str, today: date) -> date:
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=7 * (week - LAST_WEEK) + STEP_DAYS.index(day))
