"""Runs coachlog commands in processes forked from one that loaded SQLModel, at a standing clock.

Each line on standard input is a JSON list of command lines. The answer is one JSON list, with
[code, stdout, stderr] of each; the code of a process that hangs is that of its alarm.
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
from contextlib import nullcontext, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import IO, Any

from coachlog.cli import app, exits
from coachlog.store.database import Journal
from coachlog.terminal.console import Console
from conftest import NOW

MOST_SECONDS = 30


def run_at_standing_clock(args: list[str]) -> int:
    """Run a command as `coachlog.cli.run` does, and return its exit code."""
    sys.argv = ["coachlog", *args]
    exits.prepare_streams()
    try:
        app(obj=Console(clock=lambda: NOW))
    except SystemExit as stop:
        return exits.flush_output(stop.code if isinstance(stop.code, int) else 1)
    return exits.flush_output(0)


def run_in_child(args: list[str]) -> tuple[int, str, str]:
    """Run a command in a process of its own, with nothing on standard input."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            os._exit(_live(args, out, err))
        _, status = os.waitpid(child, 0)
        printed = [_read_again(file) for file in (out, err)]
    return os.waitstatus_to_exitcode(status), printed[0], printed[1]


def _live(args: list[str], out: IO[bytes], err: IO[bytes]) -> int:
    try:
        signal.alarm(MOST_SECONDS)
        with Path(os.devnull).open() as nothing:
            os.dup2(nothing.fileno(), 0)
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        sys.stdin, sys.stdout, sys.stderr = (
            os.fdopen(number, mode, encoding="utf-8")
            for number, mode in enumerate(("r", "w", "w"))
        )
        code = run_at_standing_clock(args)
        sys.stderr.flush()
    except BaseException:
        os.write(2, traceback.format_exc().encode())
        return 99
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
    journal._translate_errors = lambda _: nullcontext()


def main() -> None:
    os.environ.pop("COACHLOG_HOME", None)
    os.environ.update(TZ="Europe/London", COLUMNS="100")
    if "--untranslated" in sys.argv:
        take_translation_out()
    load_everything()
    gc.disable()
    gc.freeze()
    for line in sys.stdin:
        answer = [run_in_child(args) for args in json.loads(line)]
        os.write(1, (json.dumps(answer) + "\n").encode())


if __name__ == "__main__":
    main()
