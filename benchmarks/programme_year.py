"""A programme of made-up managers over four quarters, by real commands, in a folder to look at.

    python benchmarks/programme_year.py FOLDER [--managers 250]

Each manager keeps a journal, joins, and contributes after each quarter; the coordinator and the
second holder, with homes of their own, check, close, sum and report. A region of six is hidden, one
manager joins late and one leaves. Printed is how long each kind of command took, at the median.
"""

import argparse
import io
import json
import shutil
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from coachlog.cli import run_line
from coachlog.terminal.console import Console

REGIONS = ("East", "Isles", "North", "South", "West")
ISLES = 6
"""Managers of the smallest region, which is hidden."""
QUARTER_STARTS = (
    date(2026, 1, 1),
    date(2026, 4, 1),
    date(2026, 7, 1),
    date(2026, 10, 1),
)
HOLDERS = ("coordinator", "governance")
PEOPLE = {
    "Amy Cole": "report",
    "Bo Ek": "report",
    "Cy Obi": "report",
    "Di Lund": "peer",
    "Ed Marsh": "manager",
}
TEMPLATES = ("check-in", "grow", "quick", "oskar")


class Manager(NamedTuple):
    """A made-up manager: how many conversations a quarter, and which share of promises is kept."""

    name: str
    region: str
    conversations: int
    reliability: float
    first_quarter: int
    last_quarter: int


class Town:
    """All homes in one folder, in which commands are typed, and how long each took."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.seconds: dict[str, list[float]] = defaultdict(list)

    def type(self, who: str, on: date, words: Sequence[object], input: str = "") -> str:
        """Return what a command prints; raises SystemExit if it fails."""
        now = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
        console = Console(self.root / who, clock=lambda: now, no_input=True)
        typed = [str(word) for word in words]
        start = time.perf_counter()
        remarks = io.StringIO()
        with (
            redirect_stdout(io.StringIO()) as printed,
            redirect_stderr(remarks),
            typing(input),
        ):
            code = run_line(typed, console)
        self.seconds[_name_command(typed)].append(time.perf_counter() - start)
        if code:
            raise SystemExit(f"{who}: coachlog {' '.join(typed)}: {remarks.getvalue()}")
        return printed.getvalue()


def _name_command(typed: Sequence[str]) -> str:
    return typed[0] if typed[0] == "met" else " ".join(typed[:2])


@contextmanager
def typing(words: str) -> Iterator[None]:
    """Let standard input hold some words."""
    before = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(words.encode()), encoding="utf-8")
    try:
        yield
    finally:
        sys.stdin = before


def make_managers(count: int) -> list[Manager]:
    random = Random(22)
    others = [region for region in REGIONS if region != "Isles"]
    managers = []
    for number in range(count):
        region = "Isles" if number < ISLES else others[number % len(others)]
        managers.append(
            Manager(
                name=f"manager{number:03}",
                region=region,
                conversations=random.randint(6, 14),
                reliability=random.uniform(0.4, 0.75),
                first_quarter=1 if number == ISLES else 0,
                last_quarter=2 if number == ISLES + 1 else 3,
            )
        )
    return managers


def find_quarter(number: int) -> tuple[str, date, date]:
    """Return a quarter's name, its first day, and the day on which everybody contributes."""
    first_day = QUARTER_STARTS[number]
    ends = [*QUARTER_STARTS[1:], date(2027, 1, 1)]
    return f"2026Q{number + 1}", first_day, ends[number] + timedelta(days=4)


def meet_people(town: Town, manager: Manager, number: int) -> None:
    """Note the people whom a manager works with, and how often they are to talk."""
    _, first_day, _ = find_quarter(number)
    for person, relationship in PEOPLE.items():
        line = ("person", "add", person, "-r", relationship, "--every", "3w")
        town.type(manager.name, first_day, line)


def keep_journal(town: Town, manager: Manager, number: int) -> None:
    """Hold the conversations of a quarter, each with a promise, and speak to people in between."""
    _, first_day, _ = find_quarter(number)
    random = Random(f"{manager.name} {number}")
    for turn in range(manager.conversations):
        day = first_day + timedelta(days=turn * 80 // manager.conversations)
        due = day + timedelta(days=random.randint(2, 6))
        record = make_record(random, day, due)
        line = ("session", "new", "--answers", "-", "--again")
        town.type(manager.name, day, line, json.dumps(record))
        earlier = (number - manager.first_quarter) * manager.conversations
        end_promise(town, manager, earlier + turn + 1, due, random)
        if turn % 3 == 0:
            person = random.choice(list(PEOPLE))
            town.type(manager.name, day + timedelta(days=1), ("met", person))


def make_record(random: Random, day: date, due: date) -> dict[str, Any]:
    """Return a conversation as an answers file has it; one in six has no minutes."""
    record: dict[str, Any] = {
        "person": random.choice(list(PEOPLE)),
        "template": random.choice(TEMPLATES),
        "held_on": day.isoformat(),
        "actions": [{"what": "Send the rota", "owner": "me", "due": due.isoformat()}],
    }
    if random.random() < 5 / 6:
        record["minutes"] = random.choice((20, 30, 45, 60))
    if record["template"] == "check-in":
        growth = (day - QUARTER_STARTS[0]).days // 90
        record["answers"] = {"theirs.work": min(10, random.randint(3, 6) + growth)}
    return record


def end_promise(
    town: Town, manager: Manager, id: int, due: date, random: Random
) -> None:
    """Keep a promise by its date, by a later one agreed in time, or late; or miss it."""
    week = timedelta(days=7)
    luck = random.random()
    if luck < manager.reliability:
        town.type(manager.name, due, ("action", "done", id))
    elif luck < manager.reliability + 0.12:
        new_date = (due + week).isoformat()
        town.type(manager.name, due, ("action", "move", id, "--to", new_date))
        town.type(manager.name, due + week, ("action", "done", id))
    elif luck < manager.reliability + 0.25:
        town.type(manager.name, due + week, ("action", "done", id))


def contribute(town: Town, manager: Manager, number: int) -> None:
    """Send a quarter: each file to the folder of its holder."""
    quarter, _, day = find_quarter(number)
    folder = town.root / manager.name / "sent"
    line = ("programme", "contribute", "--quarter", quarter, "-o", folder, "--yes")
    town.type(manager.name, day, line)
    for path in folder.iterdir():
        holder = path.stem.rpartition("-")[2]
        target = town.root / f"{holder}-{quarter}"
        target.mkdir(exist_ok=True)
        shutil.move(path, target / path.name)


def begin_programme(town: Town) -> None:
    day = date(2026, 1, 1)
    keys = {}
    for holder in HOLDERS:
        line = ("programme", "key", "-o", town.root / f"{holder}.key")
        keys[holder] = town.type(holder, day, line).strip()
    regions = [word for region in REGIONS for word in ("--region", region)]
    town.type(
        "coordinator",
        day,
        (
            *("programme", "new", "Leading well", "-o", town.root / "join.toml"),
            *("--coordinator", keys["coordinator"]),
            *("--governance", keys["governance"], *regions),
        ),
    )


def report_quarter(town: Town, number: int, invited: dict[str, int]) -> None:
    """Check, close, sum and report a quarter, as the two holders do."""
    quarter, _, day = find_quarter(number)
    root = town.root
    join = ("--programme", root / "join.toml")
    for holder in HOLDERS:
        line = ("programme", "check", root / f"{holder}-{quarter}", *join)
        output = root / f"{holder}-{quarter}.jsonl"
        town.type(holder, day, (*line, "--key", root / f"{holder}.key", "-o", output))
    asked = [
        word
        for region, count in invited.items()
        for word in ("--invited", f"{region}={count}")
    ]
    lists = [root / f"{holder}-{quarter}.jsonl" for holder in HOLDERS]
    manifest = root / f"manifest-{quarter}.jsonl"
    close_line = ("programme", "close", quarter, *lists, *join, *asked, "-o", manifest)
    town.type("coordinator", day, (*close_line, "--yes"))
    for holder in HOLDERS:
        folder = root / f"{holder}-{quarter}"
        files = ("--manifest", manifest, "--key", root / f"{holder}.key")
        output = root / f"{holder}-{quarter}.json"
        sums_line = ("programme", "sum", folder, *join, *files, "-o", output)
        town.type(holder, day, sums_line)
    sums = [root / f"{holder}-{quarter}.json" for holder in HOLDERS]
    report_line = ("programme", "report", *sums, *join, "--manifest", manifest)
    for suffix in ("html", "md", "csv", "json"):
        town.type(
            "coordinator",
            day,
            (*report_line, "-o", root / f"report-{quarter}.{suffix}"),
        )


def main(words: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--managers", type=int, default=250)
    options = parser.parse_args(words)
    options.folder.mkdir(parents=True)
    town = Town(options.folder.absolute())
    begin_programme(town)
    managers = make_managers(options.managers)
    for number in range(len(QUARTER_STARTS)):
        members = [
            manager
            for manager in managers
            if manager.first_quarter <= number <= manager.last_quarter
        ]
        invited: dict[str, int] = defaultdict(int)
        for manager in members:
            invited[manager.region] += 1
            if number == manager.first_quarter:
                meet_people(town, manager, number)
            keep_journal(town, manager, number)
            if number == manager.first_quarter:
                line = ("programme", "join", town.root / "join.toml", "--yes")
                first_day = QUARTER_STARTS[number]
                town.type(manager.name, first_day, (*line, "--region", manager.region))
            contribute(town, manager, number)
        report_quarter(town, number, invited)
    for name, seconds in sorted(town.seconds.items()):
        median = statistics.median(seconds)
        print(f"{name:22} {len(seconds):6} times, {median * 1000:7.0f} ms each")


if __name__ == "__main__":
    main(sys.argv[1:])
