"""Times how soon half-typed text is in the journal, and how soon a key is seen, on a real terminal.

    python benchmarks/half_typed.py [--rounds 10] [--busy 4]

Each round holds conversations: a sentence is typed at each question, as a person does who reads
it first, and one in a burst as soon as the first question is there. Another process reads the
journal until the sentence is in it: printed is the time from the last key to that moment. Then
conversations are killed so long after their last key: printed is how many had all, and how many
characters were lost at most.
"""

import argparse
import os
import pty
import random
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from multiprocessing import Process, SimpleQueue
from pathlib import Path

from sqlcipher3 import dbapi2

FIRST, LATER = "first question", "later question"
NEW, BURST = "first question, new journal", "first question, typed in one burst"
QUESTIONS = 4
KEY_SECONDS = 0.08
"""Between two keys of a quick typist."""
READING_SECONDS = 1.0
"""Between a question and the first key, but for a burst, which comes at once."""
KILLS = (0.1, 0.3, 0.5, 1.0)
LIMIT = 30.0
SENTENCE = "the quick fox"
TEMPLATE = """title = "Own"
summary = "Mine."
audience = "solo"
minutes = 5
[[stage]]
id = "s"
title = "Stage"
"""


class Person:
    """Someone who types at a coachlog of their own, in a home of their own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._terminal, theirs = pty.openpty()
        plain = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        plain |= {"COACHLOG_HOME": str(home), "TERM": "xterm-256color"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "coachlog", "session", "new", "-t", "own"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=plain,
            start_new_session=True,
        )
        os.close(theirs)
        self._screen = b""

    def wait_for(self, words: str) -> None:
        """Wait until the words come; what came before them counts no more."""
        end = time.monotonic() + LIMIT
        while words.encode() not in self._screen:
            assert time.monotonic() < end, f"no {words!r}: {self._screen!r}"
            self._look(0.05)
        self._screen = self._screen.partition(words.encode())[2]

    def press(self, key: str) -> float:
        """Press a key; return after how many seconds it is seen."""
        self._look(0)
        self._screen = b""
        start = time.monotonic()
        os.write(self._terminal, key.encode())
        self.wait_for(key)
        return time.monotonic() - start

    def enter(self) -> None:
        os.write(self._terminal, b"\r")

    def type(self, sentence: str) -> list[float]:
        """Type a sentence; return after how many seconds each key was seen."""
        delays = []
        for key in sentence:
            delays.append(self.press(key))
            self.pause(KEY_SECONDS - delays[-1])
        return delays

    def read_and_type(self, sentence: str) -> list[float]:
        """Read the question, then type; the last key comes at no foreseeable moment."""
        self.pause(READING_SECONDS)
        delays = self.type(sentence[:-1])
        self.pause(random.uniform(0.0, KEY_SECONDS))
        return [*delays, self.press(sentence[-1])]

    def burst(self, sentence: str) -> list[float]:
        """Press all keys at once; return after how many seconds they were seen."""
        return [self.press(sentence)]

    def start(self) -> None:
        """Go to the first question."""
        self.wait_for("What is your own name?")
        self.wait_for("\u203a")
        self.enter()
        self.wait_for("Question 1")
        self.wait_for("\u203a")

    def leave(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._terminal)

    def pause(self, seconds: float) -> None:
        """Look at the screen and press nothing."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._look(left)

    def _look(self, seconds: float) -> None:
        if not select.select([self._terminal], [], [], seconds)[0]:
            return
        with suppress(OSError):
            data = os.read(self._terminal, 65536)
            self._screen += data
            if b"\x1b[6n" in data:  # where is the cursor?
                os.write(self._terminal, b"\x1b[1;1R")


def read_half(home: Path) -> str:
    """Return what the journal has as half-typed, '' for nothing."""
    path = home / "coachlog.db"
    if not path.exists():
        return ""
    with (
        suppress(dbapi2.Error),
        closing(dbapi2.connect(path, isolation_level=None)) as connection,
    ):
        row = connection.execute("SELECT half_text FROM draft").fetchone()
        return (row[0] if row else None) or ""
    return ""


def watch_journal(
    home: Path, texts: "SimpleQueue[str]", times: "SimpleQueue[float]"
) -> None:
    """Say for each text at what moment it was in the journal."""
    with suppress(OSError):
        os.nice(-10)
    while text := texts.get():
        while read_half(home) != text:
            time.sleep(0.004)
        times.put(time.monotonic())


@contextmanager
def busy_loops(count: int) -> Iterator[None]:
    """Keep the machine busy with so many loops."""
    loops = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"])
        for _ in range(count)
    ]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def make_home(folder: Path, *, new: bool) -> Path:
    """Return a home with a template of the owner's own and, unless it is to be new, a journal."""
    home = Path(tempfile.mkdtemp(dir=folder))
    prompts = home / "prompts"
    prompts.mkdir()
    rows = [
        f'[[stage.prompt]]\nid = "q{n}"\nask = "Question {n}"\nkind = "line"\n'
        for n in range(1, QUESTIONS + 1)
    ]
    (prompts / "own.toml").write_text(TEMPLATE + "".join(rows))
    if not new:
        line = [sys.executable, "-m", "coachlog", "person", "add", "Ann Obi"]
        environment = os.environ | {"COACHLOG_HOME": str(home)}
        subprocess.run(
            [*line, "-r", "peer"], env=environment, check=True, capture_output=True
        )
    return home


def measure_round(
    folder: Path, waits: dict[str, list[float]], echoes: dict[str, list[float]]
) -> None:
    """Hold a conversation in an old journal, and begin two in new ones."""
    for title in (FIRST, NEW, BURST):
        home = make_home(folder, new=title != FIRST)
        texts: SimpleQueue[str] = SimpleQueue()
        times: SimpleQueue[float] = SimpleQueue()
        watcher = Process(target=watch_journal, args=(home, texts, times), daemon=True)
        watcher.start()
        person = Person(home)
        person.start()
        for number in range(1, QUESTIONS + 1 if title == FIRST else 2):
            name = title if number == 1 else LATER
            sentence = f"{SENTENCE} {number}"
            texts.put(sentence)
            type_it = person.burst if title == BURST else person.read_and_type
            delays = type_it(sentence)
            echoes.setdefault(name, []).extend(delays)
            end = time.monotonic()
            waits.setdefault(name, []).append(get_moment(times, person) - end)
            person.enter()
            if number < QUESTIONS:
                person.wait_for(f"Question {number + 1}")
                person.wait_for("\u203a")
        person.leave()
        texts.put("")
        watcher.join()


def get_moment(times: "SimpleQueue[float]", person: Person) -> float:
    """Return the moment that the watcher reports; the screen goes on being read."""
    while times.empty():
        person.pause(0.005)
    return times.get()


def count_lost(folder: Path, rounds: int, seconds: float, title: str) -> list[int]:
    """Return how many characters each conversation lost that was killed so long after a key."""
    lost = []
    for _ in range(rounds):
        home = make_home(folder, new=True)
        person = Person(home)
        person.start()
        if title == LATER:
            person.read_and_type("x")
            person.enter()
            person.wait_for("Question 2")
            person.wait_for("\u203a")
        if title == BURST:
            person.burst(SENTENCE)
        else:
            person.read_and_type(SENTENCE)
        person.pause(seconds)
        os.kill(person.process.pid, signal.SIGKILL)
        person.leave()
        lost.append(len(SENTENCE) - len(read_half(home)))
    return lost


def describe(seconds: list[float]) -> str:
    """Return median, nineteen of twenty and worst in milliseconds."""
    ordered = sorted(seconds)
    most = ordered[int(len(ordered) * 0.95)]
    return (
        f"{statistics.median(ordered) * 1000:7.0f} {most * 1000:7.0f} "
        f"{ordered[-1] * 1000:7.0f} ms"
    )


def main() -> None:
    """Measure on a quiet machine, then on a busy one."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--busy", type=int, default=4)
    given = parser.parse_args()
    for count in (0, given.busy):
        print(f"{count} busy loops, {given.rounds} rounds: median, 95 %, worst")
        with tempfile.TemporaryDirectory() as name, busy_loops(count):
            folder = Path(name)
            waits: dict[str, list[float]] = {}
            echoes: dict[str, list[float]] = {}
            for _ in range(given.rounds):
                measure_round(folder, waits, echoes)
            for title, values in waits.items():
                print(f"  saved, {title:34} {describe(values)}")
            for title, values in echoes.items():
                print(f"  seen,  {title:34} {describe(values)}")
            if given.kills:
                print_kills(folder, given.kills)


def print_kills(folder: Path, rounds: int) -> None:
    for title in (FIRST, LATER, BURST):
        for seconds in KILLS:
            lost = count_lost(folder, rounds, seconds, title)
            print(
                f"  killed after {seconds} s, {title}: {lost.count(0)} of {rounds} whole, "
                f"at most {max(lost)} characters lost"
            )


if __name__ == "__main__":
    main()
