"""Times a run from its start to its first prompt, on a pty, against `python -c pass`.

    python benchmarks/first_prompt.py [--rounds 15] [--other SOURCE]

Each round runs every command once, every other round backwards, and `python -c pass` with them; the
ratios are taken inside one round. SOURCE is the `src` of another version, timed in the same rounds.
The terminal answers no query about its cursor: a version that waits for the answer does so between
its first prompt and its second.
"""

import argparse
import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

READY = b"\x1b[?2004h"
"""A prompt switches bracketed paste on when it takes keys."""
COMMANDS = {
    "log NAME": ["log", "priya"],
    "session new NAME -t grow": ["session", "new", "priya", "-t", "grow"],
    "action done": ["action", "done"],
}
TO_SECOND = " to the 2nd prompt"
"""Of such a command the first prompt is answered with Enter."""
COMMANDS[f"session new{TO_SECOND}"] = COMMANDS["session new NAME -t grow"]
BARE = "python -c pass"
HERE = Path(__file__).parents[1] / "src"


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--other", type=Path)
    given = parser.parse_args()
    sources = {"now": HERE} | ({"other": given.other} if given.other else {})
    with tempfile.TemporaryDirectory() as folder:
        lines = {
            f"{name} ({version})": (source, words, fill(source, Path(folder) / version))
            for version, source in sources.items()
            for name, words in COMMANDS.items()
        }
        times = measure(lines, given.rounds)
    print(f"{given.rounds} rounds, {sys.version.split()[0]}")
    for name, seconds in times.items():
        ratios = [one / bare for one, bare in zip(seconds, times[BARE], strict=True)]
        print(
            f"{name:<34}{statistics.median(seconds) * 1000:7.0f} ms"
            f"{statistics.median(ratios):7.1f} x"
        )


def environment(source: Path, home: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "PYTHONPATH": str(source),
        "COACHLOG_HOME": str(home),
    }


def fill(source: Path, home: Path) -> Path:
    """Make a journal with a person and two promises; return its folder."""
    if home.exists():
        return home
    for words in (
        ["person", "edit", "me", "--name", "Sam Reed"],
        ["person", "add", "Priya Shah", "-r", "report"],
        ["action", "add", "priya", "Send the rota by 2030-01-02"],
        ["action", "add", "priya", "Draft the agenda by 2030-01-02"],
    ):
        subprocess.run(
            [sys.executable, "-m", "coachlog", *words],
            env=environment(source, home),
            check=True,
            capture_output=True,
        )
    return home


def measure(
    lines: dict[str, tuple[Path, list[str], Path]], rounds: int
) -> dict[str, list[float]]:
    """Return the seconds of each command in each round, after one round to warm up."""
    times: dict[str, list[float]] = {name: [] for name in (BARE, *lines)}
    for number in range(-1, rounds):
        names = list(times) if number % 2 else list(reversed(times))
        for name in names:
            if name == BARE:
                seconds = time_bare()
            else:
                source, words, home = lines[name]
                variables = environment(source, home)
                seconds = time_prompt(words, variables, is_second=TO_SECOND in name)
            if number >= 0:
                times[name].append(seconds)
    return times


def time_bare() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - start


def time_prompt(
    words: list[str], variables: dict[str, str], *, is_second: bool
) -> float:
    """Return the seconds until the first or second prompt takes keys; Ctrl-C ends the run then."""
    start = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        command = [sys.executable, "-m", "coachlog", *words]
        os.execve(sys.executable, command, variables)
    shown = b""
    is_answered = False
    while shown.count(READY) < 1 + is_second:
        shown += os.read(terminal, 65536)
        if is_second and READY in shown and not is_answered:
            os.write(terminal, b"\r")
            is_answered = True
    seconds = time.perf_counter() - start
    os.write(terminal, b"\x03")
    while select.select([terminal], [], [], 5)[0]:
        try:
            if not os.read(terminal, 65536):
                break
        except OSError:  # it has ended
            break
    os.waitpid(process, 0)
    os.close(terminal)
    return seconds


if __name__ == "__main__":
    main()
