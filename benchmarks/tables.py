"""What was measured as tables in Markdown, and what a line says of the machine."""

import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path

from cases import (
    ADD_CASE,
    ANSWERS_A_SESSION,
    LEAST_ANSWERS_A_SECOND,
    LIST_CASE,
    MOST_MEMORY,
    Case,
)
from peers import ADD, LIST
from programs import Bench, Cost
from rounds import BARE, Key, Times, compare

GOVERNOR = Path("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")
MOUNTS = Path("/proc/mounts")
Table = list[list[str]]


def describe_machine(journals: Path) -> str:
    """Return what a ratio may depend on: cores, governor, Python, file system."""
    governor = GOVERNOR.read_text().strip() if GOVERNOR.exists() else "unknown"
    return (
        f"{platform.system()}, {os.cpu_count()} cores (governor {governor}),"
        f" {platform.python_implementation()} {platform.python_version()},"
        f" journals on {find_file_system(journals)}"
    )


def find_file_system(folder: Path) -> str:
    """Return the kind of file system that a folder is on; "unknown" where no table says it."""
    if not MOUNTS.exists():
        return "unknown"
    kinds = {}
    for line in MOUNTS.read_text().splitlines():
        _, mount, kind, *_ = line.split()
        kinds[Path(mount)] = kind
    places = [folder, *folder.parents]
    return next((kinds[place] for place in places if place in kinds), "unknown")


def read_load() -> str:
    """Return how many processes wanted to run, on average of the last minute."""
    return f"{os.getloadavg()[0]:.1f}"


def format_table(table: Table) -> str:
    """Return a table, its head first; a column without any value is left out."""
    head, *rows = table
    kept = [n for n in range(len(head)) if n == 0 or any(row[n] for row in rows)]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line[n] for n in kept)} |" for line in lines)


def build_time_table(
    bench: Bench,
    cases: Sequence[Case],
    base: Key,
    times: Times,
    memory: dict[Key, float],
) -> Table:
    """Return a row for each line: its times, its limit, and the most memory it has."""
    sources = bench.columns
    head = [bench.size, *sources, "ratio", "at most", ""]
    table = [head + [f"MB {source}" for source in sources]]
    for case in cases:
        keys = [Key(case.title, source) for source in sources]
        if keys[0] not in times:
            continue
        limit = case.limits.choose(bench.sessions) if case.limits else None
        table.append(
            [
                f"`{case.title}`",
                *(format_time(times, key, base) for key in keys),
                f"{compare(times, keys[-1], keys[0]):.2f}" if keys[1:] else "",
                f"{limit:g} x" if limit else "",
                judge(compare(times, keys[-1], base), limit),
                *(format_amount(memory.get(key)) for key in keys),
            ]
        )
    return table


def build_whole_table(bench: Bench, costs: dict[Key, Cost]) -> Table:
    """Return a row for each line that prints the whole journal, with what it costs."""
    speed_limit = f"at least {LEAST_ANSWERS_A_SECOND:,}"
    head = [bench.size, *bench.columns, "answers a second", speed_limit]
    table = [[*head, f"at most {MOST_MEMORY:.0f} MB"]]
    for title in dict.fromkeys(key.title for key in costs):
        listed = [costs[Key(title, source)] for source in bench.columns]
        cells = [f"{cost.seconds:.1f} s, {cost.memory:.0f} MB" for cost in listed]
        answers = bench.sessions * ANSWERS_A_SESSION
        speed = answers / listed[-1].seconds
        # Where there are fewer, most of the time is that of the start.
        least = LEAST_ANSWERS_A_SECOND if answers > LEAST_ANSWERS_A_SECOND else 0
        verdicts = (
            judge(least, speed) if least else "",
            judge(listed[-1].memory, MOST_MEMORY),
        )
        table.append([f"`{title}`", *cells, f"{speed:,.0f}", *verdicts])
    return table


def build_count_table(
    bench: Bench, cases: Sequence[Case], counts: dict[Key, float]
) -> Table:
    """Return a row for each line, with its instructions in millions."""
    table = [[f"{bench.size}, millions of instructions", *bench.columns, "ratio"]]
    for case in cases:
        millions = [
            counts[key]
            for key in (Key(case.title, source) for source in bench.columns)
            if key in counts
        ]
        if millions:
            ratio = f"{millions[-1] / millions[0]:.2f}" if millions[1:] else ""
            cells = [f"{number:,.0f}" for number in millions]
            table.append([f"`{case.title}`", *cells, ratio])
    return table


def build_peer_table(bench: Bench, peers: Iterable[str], times: Times) -> Table:
    """Return what it takes to list and to add, in coachlog and in each peer."""
    table = [[f"{bench.size}, or as many rows", LIST, ADD]]
    for source in bench.columns:
        own = [Key(LIST_CASE.title, source), Key(ADD_CASE.title, source)]
        cells = [format_time(times, key, BARE) for key in own]
        table.append([f"coachlog {source}", *cells])
    for peer in peers:
        cells = [format_time(times, Key(peer, what), BARE) for what in (LIST, ADD)]
        table.append([peer, *cells])
    return table


def format_time(times: Times, key: Key, base: Key) -> str:
    """Return a ratio and a time; "" where one of both was not timed."""
    if key not in times or base not in times:
        return ""
    milliseconds = statistics.median(times[key]) * 1000
    return f"{compare(times, key, base):.1f} x ({milliseconds:.0f} ms)"


def format_amount(amount: float | None) -> str:
    """Return a rounded number; "" for none."""
    return "" if amount is None else f"{amount:.0f}"


def judge(amount: float, limit: float | None) -> str:
    """Return whether a limit is met; "" without one."""
    if limit is None:
        return ""
    return "met" if amount <= limit else "missed"
