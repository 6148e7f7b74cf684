"""Runs coachlog commands in processes forked from one that loaded SQLModel, at a standing clock.

Each line on standard input is a JSON list of command lines, which are run one after the other in a
process of its own, with nothing on standard input. The answer is one JSON list, with
[code, stdout, stderr] of each; if the process falls over or hangs, the code of all that is left is
that of the signal that ended it.

With `--untranslated`, errors of the driver and faults in what is stored are not looked into: the
mistake the tests must notice.
"""

import gc
import io
import json
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterable
from contextlib import nullcontext, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import IO, Any

from coachlog import cli
from coachlog.services.desk import Desk
from coachlog.store.database import Journal
from coachlog.terminal.console import Console
from conftest import NOW

MOST_SECONDS = 30
FELL_OVER = 99
"""The exit code of a command that raised an error."""


def run_at_standing_clock(args: list[str]) -> int:
    """Run a command as `coachlog.cli.run` does, and return its exit code."""
    sys.argv = ["coachlog", *args]
    return cli.run(Console(clock=lambda: NOW))


def run_in_child(lines: list[list[str]]) -> list[tuple[int, str, str]]:
    with tempfile.TemporaryFile() as answers:
        child = os.fork()
        if child == 0:
            try:
                _run_lines(lines, answers)
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        answers.seek(0)
        ran = [json.loads(answer) for answer in answers]
    code = os.waitstatus_to_exitcode(status)
    return [*ran, *[(code, "", "")] * (len(lines) - len(ran))]


def _run_lines(lines: Iterable[list[str]], answers: IO[bytes]) -> None:
    with Path(os.devnull).open() as nothing:
        os.dup2(nothing.fileno(), 0)
    for args in lines:
        signal.alarm(MOST_SECONDS)
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            code = _run_line(args, out, err)
            printed = [_read_again(file) for file in (out, err)]
        answers.write((json.dumps([code, *printed]) + "\n").encode())
        answers.flush()


def _run_line(args: list[str], out: IO[bytes], err: IO[bytes]) -> int:
    for number, file in ((1, out), (2, err)):
        os.dup2(file.fileno(), number)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
        for number, mode in enumerate(("r", "w", "w"))
    )
    try:
        code = run_at_standing_clock(args)
        sys.stderr.flush()
    except BaseException:
        os.write(2, traceback.format_exc().encode())
        return FELL_OVER
    return code


def _read_again(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="backslashreplace")


def load_everything() -> None:
    """Make one journal, so that all a command needs is loaded before the first fork."""
    given = {"person": "A", "relationship": "peer", "template": "grow", "answers": {}}
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers.json"
        answers.write_text(json.dumps(given))
        for line in (
            ["session", "new", "--answers", str(answers)],
            ["session", "list"],
            ["progress"],
            ["history", "A"],
            ["brief", "A"],
            ["plan", "show", "A"],
        ):
            nowhere = io.TextIOWrapper(io.BytesIO())
            with redirect_stdout(nowhere), redirect_stderr(nowhere):
                assert run_at_standing_clock(["--home", folder, *line]) == 0


def take_translation_out() -> None:
    journal: Any = Journal
    desk: Any = Desk
    journal._translate_errors = lambda _: nullcontext()
    journal._translate_driver_errors = lambda _: nullcontext()
    desk.require_sound_journal = lambda _: None


def main() -> None:
    os.environ.pop("COACHLOG_HOME", None)
    os.environ.update(TZ="Europe/London", COLUMNS="100")
    if "--untranslated" in sys.argv:
        take_translation_out()
    load_everything()
    gc.disable()
    gc.freeze()
    for line in sys.stdin:
        answer = run_in_child(json.loads(line))
        os.write(1, (json.dumps(answer) + "\n").encode())


if __name__ == "__main__":
    main()
