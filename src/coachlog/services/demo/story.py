"""Reads the demo year: its people, its sets, and step by step what happened.

A file is one person's year, `alone.toml` the owner's own. `between.toml` is what takes a minute
between conversations: each step there names `who` it is about, or which set it is `in`. A step has
a week from 1 to 53, which is the week of today, and one verb with its details; the answers to a
conversation stand beside it, as in an answers file. Days are counted back from the Monday of
today's week, so that dates such as `fri` or `+2w` mean the same in every journal.
"""

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from coachlog.named_tuples import NamedTuple

YEAR_FOLDER = Path(__file__).parent / "year"
CLOCK_SEED = (
    1973  # any number will do, as long as it stays: each demo has the same times of day
)
STEP_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LAST_WEEK = 53
STEP_VERBS = (
    "hold",
    "leave",
    "cancel",
    "done",
    "moved",
    "dropped",
    "remark",
    "park",
    "goal",
    "rate",
    "close",
    "change",
    "archive",
    "pulse",
    "met",
    "thanks",
    "promise",
    "offer",
    "ask",
    "settled",
    "check_in",
    "workshop",
    "benefit",
)


class DemoStep(NamedTuple):
    """Something that happened: when, with whom (None: alone), which verb, and its details.

    `set` is the name of the set in whose meetings it happened.
    """

    at: datetime
    person: str | None
    verb: str
    details: dict[str, Any]
    set: str | None = None


class DemoPerson(NamedTuple):
    """A person of the year, with the fields that `person add` takes."""

    name: str
    relationship: str
    role: str
    team: str
    every_days: int


class DemoSet(NamedTuple):
    """An action learning set of the year; `me` among the members is the owner."""

    name: str
    members: list[str]
    every_days: int


def read_demo_people() -> list[DemoPerson]:
    """Return the people, in the order in which they were added to the journal."""
    people: list[DemoPerson] = []
    for file in _read_year_files():
        tables = file.get("people", [])
        if "person" in file:
            tables = [file["person"]]
        people.extend(DemoPerson(**table) for table in tables)
    return people


def read_demo_sets() -> list[DemoSet]:
    """Return the action learning sets."""
    return [DemoSet(**file["set"]) for file in _read_year_files() if "set" in file]


def read_demo_steps(now: datetime) -> list[DemoStep]:
    """Return all that happened in the year before `now`, the oldest first; nothing is of today."""
    random = Random(CLOCK_SEED)
    steps: list[DemoStep] = []
    for file in _read_year_files():
        person = file.get("person", {}).get("name")
        set_name = file.get("set", {}).get("name")
        earliest = datetime.min.replace(tzinfo=now.tzinfo)
        for details in file["step"]:
            # Steps of one day happened in the order of the file.
            at = max(_choose_step_moment(details, now, random), earliest)
            earliest = at + timedelta(minutes=5)
            verb = next(verb for verb in STEP_VERBS if verb in details)
            who, in_set = details.get("who", person), details.get("in", set_name)
            steps.append(DemoStep(at, who, verb, details, in_set))
    return sorted(steps, key=lambda step: step.at)


def _read_year_files() -> list[dict[str, Any]]:
    files = [
        tomllib.loads(path.read_text(encoding="utf-8"))
        for path in YEAR_FOLDER.glob("*.toml")
    ]
    return sorted(files, key=lambda file: int(file["place"]))


def _choose_step_moment(
    details: dict[str, Any], now: datetime, random: Random
) -> datetime:
    """Return when a step happened; `day = "yesterday"` is the very last one, at six."""
    hour, minute = random.randrange(9, 17), random.randrange(0, 60, 5)
    clock = time(hour, minute, tzinfo=now.tzinfo)
    if details.get("day") == "yesterday":
        return datetime.combine(now.date() - timedelta(days=1), clock.replace(hour=18))
    return datetime.combine(
        _compute_step_day(details["week"], details["day"], now.date()), clock
    )


def _compute_step_day(week: int, day: str, today: date) -> date:
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=7 * (week - LAST_WEEK) + STEP_DAYS.index(day))
