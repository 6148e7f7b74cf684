"""Lets one call of a command fail, or all from one on, and judges what came of it.

With strace, any call fails that concerns a file: those of SQLite as well. Where there is no strace,
the calls that Python makes fail, and SQLite meets a limit on the size of files.
"""

import errno
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from fault_types import (
    JOURNAL,
    PART_COUNT,
    PART_NAME,
    Order,
    Outcome,
    dump_home,
    dump_journal,
)

import coachlog

HERE = Path(__file__).parent
PATHS = os.pathsep.join(
    map(str, (HERE, HERE.parent, Path(coachlog.__file__).parents[1]))
)
ERRORS = ("ENOSPC", "EIO", "EACCES")
WRITING_CALLS = (
    "fdatasync",
    "fsync",
    "ftruncate",
    "link",
    "linkat",
    "mkdir",
    "mkdirat",
    "pwrite64",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "write",
)
CALLS = ("open", "openat", *WRITING_CALLS)
SIZES = (0, 1, 512, 4096, 8192, 20_000, 33_000, 60_000, 100_000, 200_000)
"""Limits, in bytes, that the stand-in sets to the size of a file."""
MARK = "zebra"
"""A word in everything private: no error quotes it."""
_TRACED_CALL = re.compile(r"^(?P<pid>\d+) +(?P<name>\w+)\((?P<arguments>.*)$")


class Case(NamedTuple):
    """A command whose calls fail, and what follows it.

    `args` and the words of `next_lines` may hold `{home}` and `{target}`, the folder that pages are
    written to. `base` names the journal it starts with. `only_reads` is for a command that changes
    nothing but the schema. `may_stay` are files that it is told of if they could not be removed,
    `file_names` those that it writes. `is_noted` is for a page that leaves the journal: a line of
    the audit log is written on its way, which stops no page if it cannot be.
    """

    name: str
    args: str
    base: str = "full"
    input: str = ""
    replies: dict[str, Any] | None = None
    next_lines: tuple[str, ...] = ("person edit priya --role Sister",)
    only_reads: bool = False
    may_stay: tuple[str, ...] = ()
    file_names: tuple[str, ...] = ()
    is_noted: bool = False


class Fault(NamedTuple):
    """A call that fails, the first of a kind being number 1; `lasts` is for all later ones too.

    `counts` tells for each call how often it was made before. `size` is a limit instead of a call.
    """

    call: str
    number: int
    error: str
    lasts: bool
    counts: Mapping[str, int] = MappingProxyType({})
    size: int | None = None

    def __str__(self) -> str:
        if self.size is not None:
            return f"no file over {self.size} bytes"
        extent = " and all after it" if self.lasts else ""
        return f"{self.error} at {self.call} {self.number}{extent}"


class Host:
    """Runs commands, each in a process of its own that has all it needs loaded already."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / "fault_host.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ
            | {
                "PYTHONPATH": PATHS,
                "PYTHONHASHSEED": "0",
                "TZ": "Europe/London",
                "COLUMNS": "100",
            },
        )

    def close(self) -> None:
        self._process.communicate(timeout=20)

    def load(self, order: Order) -> None:
        """Run a command in the first process, so that all later ones have what it needs."""
        self.run(order._replace(loads=True))

    def run(self, order: Order, tracer: Sequence[str] = ()) -> Outcome:
        """Run a command; with a `tracer`, the words of strace, its calls about files are traced.

        Only those in the home, and in the folders that the order watches.
        """
        order = order._replace(traced=bool(tracer))
        self._send(json.dumps(order._asdict()))
        if not tracer:
            return Outcome(**json.loads(self._receive()))
        number = self._receive().strip()
        line = [*tracer, "-p", number]
        for path in list_traced_paths(order, number):
            line += ["-P", path]
        with subprocess.Popen(line, stderr=subprocess.PIPE, text=True) as strace:
            assert strace.stderr is not None
            first_line = strace.stderr.readline()
            assert "attached" in first_line, first_line + strace.stderr.read()
            self._send("")
            return Outcome(**json.loads(self._receive()))

    def _send(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def _receive(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


def list_traced_paths(order: Order, process_id: str) -> Iterator[str]:
    """Yield the paths that a command can use, each folder and all files in it."""
    home = order.args[1]
    databases = [JOURNAL, "coachlog-schema-1.db"]
    for count in range(PART_COUNT):
        databases.append(f".coachlog-{process_id}-{PART_NAME.format(count)}.part")
    names = ["coachlog-home.txt", *order.file_names]
    for name in databases:
        names += [f"{name}{suffix}" for suffix in ("", "-journal", "-wal", "-shm")]
    for folder in (home, f"{home}/backups", *order.watched):
        yield folder
        for name in names:
            yield f"{folder}/{name}"


@cache
def has_strace() -> bool:
    """Return whether strace can be attached to a process here."""
    if shutil.which("strace") is None:
        return False
    with subprocess.Popen(["sleep", "20"]) as process:
        line = ["strace", "-o", os.devnull, "-p", str(process.pid)]
        with subprocess.Popen(line, stderr=subprocess.PIPE, text=True) as strace:
            assert strace.stderr is not None
            attached = "attached" in strace.stderr.readline()
            process.kill()
    return attached


class Place(NamedTuple):
    """A home to run a command in, and a folder beside it for pages."""

    home: Path
    target: Path

    @classmethod
    def copy(cls, base: Path, folder: Path) -> "Place":
        """Return a fresh place whose home is a copy of a base; there may be none."""
        shutil.rmtree(folder, ignore_errors=True)
        place = cls(folder / "home", folder / "target")
        place.target.mkdir(parents=True)
        if base.exists():
            shutil.copytree(base, place.home)
        return place

    @property
    def watched(self) -> tuple[str, ...]:
        return (str(self.target), str(self.home / "prompts"))

    def build_order(self, case: Case, line: str | None = None) -> Order:
        """Return the order to run a case, or a line of words after it."""
        words = (case.args if line is None else line).split()
        words = [
            word.replace("_", " ").format(home=self.home, target=self.target)
            for word in words
        ]
        order = Order(
            args=("--home", str(self.home), *words),
            folder=str(self.target),
            watched=self.watched,
        )
        if line is not None:
            return order
        return order._replace(
            input=case.input, replies=case.replies, file_names=case.file_names
        )

    def dump(self, scratch: Path) -> Any:
        """Return what is in the home and in the target, without opening the journal itself."""
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        for suffix in ("", "-wal", "-journal"):
            path = self.home / (JOURNAL + suffix)
            if path.exists():
                shutil.copy(path, scratch)
        files = dump_home(scratch / "none", self.watched)["files"]
        return {"journal": dump_journal(scratch, mode="rw"), "files": files}


class Record(NamedTuple):
    """What a case does when nothing fails: how it ends, its states, and its calls.

    The first `unsaved_count` of the states hold nothing yet of what was to be saved.
    """

    outcome: Outcome
    states: list[Any]
    unsaved_count: int
    faults: list[Fault]

    def find_state(self, state: Any, *, lasts: bool) -> int | None:
        """Return which of the states this is; None if it is none of them.

        Where the disk refuses everything that follows, even to remove a page, some of several
        pages may be there, each of them whole.
        """
        if state in self.states:
            return self.states.index(state)
        pages = self.states[-1]["files"].items()
        if lasts and state["files"].items() <= pages:
            for number, earlier_state in enumerate(self.states[:-1]):
                if earlier_state["journal"] == state["journal"]:
                    return number
        return None

    def find_page_state(self, state: Any) -> int | None:
        """Return which of the states has the pages of this one, whether they are noted or not."""
        if not any(each["journal"] == state["journal"] for each in self.states):
            return None
        pages = [each["files"] for each in self.states]
        return pages.index(state["files"]) if state["files"] in pages else None


class Trials:
    """Runs one case again and again, with a fault in each."""

    def __init__(
        self, host: Host, case: Case, base: Path, folder: Path, *, sabotage: str = ""
    ) -> None:
        self._host = host
        self._case = case
        self._base = base
        self._folder = folder
        self._sabotage = sabotage
        self._uses_strace = True
        folder.mkdir(exist_ok=True)
        place = Place.copy(base, folder / "place")
        for line in (None, *case.next_lines):
            host.load(place.build_order(case, line))

    def record(self, *, uses_strace: bool) -> Record:
        """Run the case without a fault, and return what it does."""
        self._uses_strace = uses_strace
        place = Place.copy(self._base, self._folder / "place")
        order = place.build_order(self._case)._replace(sabotage=self._sabotage)
        first_state = place.dump(self._folder / "scratch")
        watched = self._host.run(order._replace(records_states=True))
        last_state = place.dump(self._folder / "scratch")
        states = _drop_repeats([first_state, *watched.states, last_state])
        assert not any(isinstance(state["journal"], str) for state in states)
        unsaved_count = 1
        if watched.states:
            unsaved_count = states.index(watched.states[0]) + 1
        place = Place.copy(self._base, self._folder / "place")
        if uses_strace:
            faults = self._record_traced_calls(order)
            outcome = watched
        else:
            outcome = self._host.run(order)
            faults = list_stand_in_faults(outcome.calls)
        assert outcome.code == 0, outcome
        return Record(outcome, states, unsaved_count, faults)

    def _record_traced_calls(self, order: Order) -> list[Fault]:
        log = self._folder / "strace.log"
        names = ",".join(f"?{name}" for name in CALLS)
        tracer = (
            "strace",
            "-f",
            "-y",
            "-s",
            "0",
            "-o",
            str(log),
            "-e",
            f"trace={names}",
        )
        outcome = self._host.run(order, tracer)
        assert outcome.code == 0, outcome
        return list(read_traced_faults(log.read_text()))

    def find_problems(self, record: Record, fault: Fault) -> list[str]:
        """Return all that is wrong with how the case ends with a fault; nothing if all is well."""
        case = self._case
        place = Place.copy(self._base, self._folder / "place")
        order = place.build_order(case)._replace(sabotage=self._sabotage)
        outcome = self._run_with_fault(order, fault)
        state = place.dump(self._folder / "scratch")
        if case.is_noted:
            place_in_states = record.find_page_state(state)
        else:
            place_in_states = record.find_state(state, lasts=fault.lasts)
        if place_in_states is None:
            problems = [f"it left something that is neither old nor new: {state}"]
        else:
            problems = list(judge(case, record, outcome, place_in_states))
            is_as_usual = state["journal"] == record.states[-1]["journal"]
            if case.is_noted and outcome.code == 0 and not is_as_usual:
                problems += judge_unnoted(outcome)
        for line in case.next_lines:
            next_order = place.build_order(case, line)
            after = self._host.run(next_order._replace(sabotage=self._sabotage))
            if after.code:
                problems.append(f"then `{line}` fails: {after.err}")
        problems += list_leftovers(case, place)
        if problems:
            problems.append(f"exit code {outcome.code}: {outcome.out}{outcome.err}")
        return problems

    def _run_with_fault(self, order: Order, fault: Fault) -> Outcome:
        if self._uses_strace:
            return self._host.run(order, build_tracer(fault))
        order = order._replace(size=fault.size)
        if fault.size is None:
            order = order._replace(
                fault=fault.number - 1,
                error=getattr(errno, fault.error),
                lasts=fault.lasts,
            )
        return self._host.run(order)


def _drop_repeats(states: Sequence[Any]) -> list[Any]:
    kept: list[Any] = []
    for state in states:
        if not kept or kept[-1] != state:
            kept.append(state)
    return kept


def read_traced_faults(log: str) -> Iterator[Fault]:
    """Yield a fault for each call that was traced, with each error, once and for good."""
    counts: Counter[str] = Counter()
    main_pid = ""
    for line in log.splitlines():
        match = _TRACED_CALL.match(line)
        if match is None:
            continue
        main_pid = main_pid or match["pid"]
        # Calls are counted for each thread by itself.
        if match["pid"] != main_pid:
            continue
        name = match["name"]
        for error in ERRORS:
            for lasts in (False, True):
                yield Fault(name, counts[name] + 1, error, lasts, dict(counts))
        counts[name] += 1


def list_stand_in_faults(calls: Sequence[str]) -> list[Fault]:
    """Return a fault for each call that the stand-in counted, and for each limit it can set."""
    faults = [
        Fault(name, number, error, lasts)
        for number, name in enumerate(calls, start=1)
        for error in ERRORS
        for lasts in (False, True)
    ]
    return faults + [Fault("size", 0, "EFBIG", True, size=size) for size in SIZES]


def build_tracer(fault: Fault) -> list[str]:
    """Return the words of strace that let a fault happen."""
    faulty_calls = {fault.call: str(fault.number)}
    if fault.lasts:
        # A disk that takes nothing more takes nothing of any kind.
        for name in WRITING_CALLS:
            if name in fault.counts:
                faulty_calls[name] = f"{fault.counts[name] + 1}+"
        faulty_calls[fault.call] = f"{fault.number}+"
    tracer = ["strace", "-f", "-o", os.devnull]
    tracer += ["-e", f"trace={','.join(faulty_calls)}"]
    for name, when in faulty_calls.items():
        tracer += ["-e", f"inject={name}:error={fault.error}:when={when}"]
    return tracer


# What is right

DENIES = re.compile(
    r"nothing (was|has been|is) (added|changed|done|saved|stored|written)|not changed",
    re.IGNORECASE,
)
SAYS_UNSAVED = re.compile(
    rf"{DENIES.pattern}|not saved|cannot be (created|opened|read|written)|nothing has been",
    re.IGNORECASE,
)
SAYS_UNCERTAIN = re.compile(r"\bmay or may not\b", re.IGNORECASE)
"""Where the disk failed in the middle of a commit, nobody knows."""
UNNOTED = "could not be noted in the journal"
TELLS_TO_REPEAT = re.compile(r"\btry (it )?again|\bthis was not|run it again", re.I)
SAYS_SAVED = re.compile(
    r"(?<!everything saved before this )\bis saved\b", re.IGNORECASE
)


def judge(case: Case, record: Record, outcome: Outcome, index: int) -> Iterator[str]:
    """Yield what is wrong with how a command ended; `index` is the state that the disk is in."""
    yield from judge_manners(case, outcome)
    last = len(record.states) - 1
    answer_count = len([name for name in outcome.asked if _is_key(name)])
    if index < answer_count - 1:
        yield f"{answer_count} answers were taken, and there are {index}"
    if outcome.code == 0:
        if index != last:
            yield "it says that all went well, and the disk holds what it held before"
        if _strip_random(outcome.out) != _strip_random(record.outcome.out):
            yield "it prints something else than usual"
    elif not case.only_reads:
        yield from judge_words(outcome, index, last, record.unsaved_count)


def judge_unnoted(outcome: Outcome) -> Iterator[str]:
    """Yield what is wrong if a page came out that the journal has no line about."""
    if UNNOTED not in outcome.err:
        yield "it does not say that this could not be noted"


def judge_manners(case: Case, outcome: Outcome) -> Iterator[str]:
    """Yield what no command ever prints."""
    if "Traceback" in outcome.err or outcome.code >= 98:
        yield "a traceback"
    if "inside coachlog" in outcome.err:
        yield "it says that the fault is its own"
    if MARK in outcome.err and case.replies is None:
        yield "it quotes what is private"
    if outcome.code and outcome.out:
        yield "it prints an answer, and fails"
    if outcome.code and not outcome.err:
        yield "it fails without a word"


def judge_words(
    outcome: Outcome, index: int, last: int, unsaved_count: int
) -> Iterator[str]:
    """Yield what is untrue in the words of a command that failed."""
    words = outcome.err
    if SAYS_UNCERTAIN.search(words):
        return
    if index < unsaved_count:
        if not SAYS_UNSAVED.search(words):
            yield "it does not say that nothing was saved"
        if SAYS_SAVED.search(words):
            yield "it says that something was saved"
        return
    if DENIES.search(words):
        yield "it says that nothing was changed"
    if index == last:
        if TELLS_TO_REPEAT.search(words):
            yield "it tells the person to repeat what is saved"
        if not SAYS_SAVED.search(words):
            yield "it does not say that it is saved"


def _is_key(name: str) -> bool:
    """Return whether a question is one of a conversation, rather than whether to try again."""
    return " " not in name and "." in name


def _strip_random(words: str) -> str:
    """Return words without the folder of the place and without the random tag of a pulse."""
    return re.sub(r"/\S*/place/|(?<=, tag )[A-Z0-9]+", "", words)


def list_leftovers(case: Case, place: Place) -> Iterator[str]:
    """Yield each file that has no business in the home or the target."""
    for folder in (place.home, place.target):
        for path in sorted(folder.rglob("*")):
            if path.is_dir() or path.name in case.may_stay:
                continue
            if path.name == "home.lock":  # always empty
                continue
            is_usual = re.fullmatch(
                r"coachlog\.db|\.template\.schema\.json|coachlog-home\.txt|journal\.head|coachlog-schema-\d+(-\d+)?\.db|[a-z][\w.-]*"
                r"\.(toml|json|md|html|svg|ics|csv)",
                path.name,
            )
            if not is_usual or not path.stat().st_size:
                yield f"{path.relative_to(folder.parent)} is left ({path.stat().st_size} bytes)"


def sample(faults: Sequence[Fault], count: int, seed: str) -> list[Fault]:
    """Return so many of the faults, the same ones for the same seed, and some of every call."""
    chance = random.Random(seed)
    by_call: dict[str, list[Fault]] = {}
    for fault in faults:
        by_call.setdefault(fault.call, []).append(fault)
    for group in by_call.values():
        chance.shuffle(group)
    chosen: list[Fault] = []
    while len(chosen) < min(count, len(faults)):
        for group in by_call.values():
            if group:
                chosen.append(group.pop())
    return chosen[:count]
