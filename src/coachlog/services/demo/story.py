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

YEAR = Path(__file__).parent / "year"
SEED = 1973  # the year of the first thing ever said about talks like these: any will do
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LAST_WEEK = 53


class Step(NamedTuple):
    """Something that happened: when, with whom (None: alone), which verb, and what about it.

    `set` is the name of the set in whose meetings it happened.
    """

    at: datetime
    person: str | None
    verb: str
    about: dict[str, Any]
    set: str | None = None


class Someone(NamedTuple):
    """A person of the year, as `person add` takes them."""

    name: str
    relationship: str
    role: str
    team: str
    every_days: int


class Circle(NamedTuple):
    """An action learning set of the year; `me` among the members is Sam."""

    name: str
    members: list[str]
    every_days: int


VERBS = (
    *("hold", "leave", "cancel", "done", "moved", "dropped", "remark"),
    *("park", "goal", "rate", "close", "change", "archive", "pulse"),
)


def cast() -> list[Someone]:
    """Return the people, in the order in which they came into the journal."""
    listed = [file.get("people") or [file.get("person")] for file in _files()]
    return [Someone(**person) for people in listed for person in people if person]


def circles() -> list[Circle]:
    """Return the action learning sets."""
    return [Circle(**file["set"]) for file in _files() if "set" in file]


def steps(now: datetime) -> list[Step]:
    """Return all that happened in the year before `now`, the oldest first; none of it is today."""
    random = Random(SEED)
    found = []
    for file in _files():
        person, circle = (file.get(one, {}).get("name") for one in ("person", "set"))
        before = datetime.min.replace(tzinfo=now.tzinfo)
        for row in file["step"]:
            # What stands later in the file was later, on the same day, too.
            before = at = max(_moment(row, now, random), before + timedelta(minutes=5))
            verb = next(verb for verb in VERBS if verb in row)
            found.append(Step(at, person, verb, row, circle))
    return sorted(found, key=lambda step: step.at)


def _files() -> list[dict[str, Any]]:
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in YEAR.glob("*.toml")]
    return sorted(files, key=lambda file: int(file["place"]))


def _moment(row: dict[str, Any], now: datetime, random: Random) -> datetime:
    """Return when a step was taken; `day = "yesterday"` is the last one of all."""
    hour, minute = random.randrange(9, 17), random.randrange(0, 60, 5)
    clock = time(hour, minute, tzinfo=now.tzinfo)
    if row.get("day") == "yesterday":
        return datetime.combine(now.date() - timedelta(days=1), clock.replace(hour=18))
    return datetime.combine(_day(row["week"], row["day"], now.date()), clock)


def _day(week: int, day: str, today: date) -> date:
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=7 * (week - LAST_WEEK) + DAYS.index(day))
