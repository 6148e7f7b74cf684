"""Runs coachlog commands in processes of their own, forked from one that loaded SQLModel.

Each line on standard input is JSON: `args`, the words for standard `input`, and `size`, the most
that a file may grow to (or null), as a quota has it. The answer is JSON: [code, stdout, stderr].
"""

import contextlib
import io
import json
import os
import resource
import sys
import tempfile
from pathlib import Path

from coachlog.cli import run


def ran(args: list[str], words: str, size: int | None) -> tuple[int, str, str]:
    """Run a command in a process of its own; it says less than a pipe holds."""
    with tempfile.TemporaryFile() as given:
        given.write(words.encode())
        given.seek(0)
        (out, into_out), (err, into_err) = os.pipe(), os.pipe()
        child = os.fork()
        if child == 0:
            try:
                for number, end in enumerate((given.fileno(), into_out, into_err)):
                    os.dup2(end, number)
                if size is not None:
                    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
                code = as_typed(args)
            except BaseException as error:
                os.write(2, f"Traceback: {error!r}".encode())
                code = 99
            os._exit(code)
        os.close(into_out)
        os.close(into_err)
        _, status = os.waitpid(child, 0)
        with open(out, encoding="utf-8") as said, open(err, encoding="utf-8") as warned:  # noqa: PTH123
            return os.waitstatus_to_exitcode(status), said.read(), warned.read()


def as_typed(args: list[str]) -> int:
    sys.argv = ["coachlog", *args]
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(number, mode) for number, mode in enumerate(("r", "w", "w"))
    )
    code = run()
    sys.stderr.flush()
    return code


def load_everything() -> None:
    """Make one journal, so that all a command needs is loaded before the first fork."""
    given = {"person": "A", "relationship": "peer", "template": "grow", "answers": {}}
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())),
    ):
        answers = Path(folder) / "answers.json"
        answers.write_text(json.dumps(given))
        for line in (
            ["session", "new", "--answers", str(answers)],
            ["session", "list"],
        ):
            sys.argv = ["coachlog", "--home", folder, *line]
            assert run() == 0


def main() -> None:
    load_everything()
    for line in sys.stdin:
        asked = json.loads(line)
        answer = ran(asked["args"], asked["input"], asked["size"])
        os.write(1, (json.dumps(answer) + "\n").encode())


if __name__ == "__main__":
    main()
