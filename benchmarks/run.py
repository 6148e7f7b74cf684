"""Times coachlog's commands against `python -c pass`, interleaved in the same run.

    python benchmarks/run.py [--rounds 21] [--sessions 1000]

Each round runs every command once, every other round backwards; printed are the median time and
the median of the ratios taken inside one round. Machines are noisy: compare ratios, not times.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from journal import fill

MOST = 10_000
"""How many sessions a journal may have at most for the targets to hold."""

TARGETS = {
    "--help": 12.0,
    "complete a name": 7.0,
    "action list": 9.0,
    "session list": 9.0,
    "coachlog": 10.0,
    "brief NAME": 10.0,
    "action done": 33.0,
    "history NAME": 12.0,
    "progress": 16.0,
    "progress NAME": 11.0,
}


def commands(program: str) -> dict[str, list[str]]:
    """Return the command lines to time; `python -c pass` is what the others are divided by."""
    name = "person-01"
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        "--help": [program, "--help"],
        "complete a name": [program, "session", "new", "person-0"],
        "action list": [program, "action", "list"],
        "session list": [program, "session", "list"],
        "coachlog": [program],
        "brief NAME": [program, "brief", name],
        "history NAME": [program, "history", name],
        "progress": [program, "progress"],
        "progress NAME": [program, "progress", name],
        "action done": [program, "action", "done", "ID"],
        "person list": [program, "person", "list"],
        "goal list": [program, "goal", "list"],
        "template list": [program, "template", "list"],
        "session list --json": [program, "session", "list", "--json"],
    }


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--sessions", type=int, default=1000)
    given = parser.parse_args()
    program = str(Path(sys.executable).with_name("coachlog"))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        fill(home, given.sessions)
        print(
            f"{given.sessions} sessions, {given.rounds} rounds, {sys.version.split()[0]}"
        )
        times = measure(commands(program), home, given.rounds, given.sessions)
        table(times, TARGETS if given.sessions <= MOST else {})


def measure(
    lines: dict[str, list[str]], home: Path, rounds: int, sessions: int
) -> dict[str, list[float]]:
    """Return the seconds of each command in each round, after two rounds to warm up."""
    # Without compiled files every start would be a first one: 3.4 times as long.
    plain = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    plain["COACHLOG_HOME"] = str(home)
    completing = plain | {"_COACHLOG_COMPLETE": "fish"}
    times: dict[str, list[float]] = {name: [] for name in lines}
    id = sessions * 2
    for number in range(-2, rounds):
        for name in list(lines)[:: -1 if number % 2 else 1]:
            line = lines[name]
            if "ID" in line:
                line = [str(id) if word == "ID" else word for word in line]
                subprocess.run(
                    [*line[:2], "reopen", str(id)], env=plain, capture_output=True
                )
            began = time.perf_counter()
            subprocess.run(
                line,
                env=completing if name.startswith("complete") else plain,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                check=True,
            )
            if number >= 0:
                times[name].append(time.perf_counter() - began)
    return times


def table(times: dict[str, list[float]], targets: dict[str, float]) -> None:
    """Print medians and ratios, with the target where there is one."""
    bare = times["python -c pass"]
    for name, seconds in times.items():
        ratio = statistics.median(a / b for a, b in zip(seconds, bare, strict=True))
        target = f"  (at most {targets[name]:.0f})" if name in targets else ""
        print(
            f"{name:22} {statistics.median(seconds) * 1000:7.1f} ms  x{ratio:5.2f}{target}"
        )


if __name__ == "__main__":
    main()
