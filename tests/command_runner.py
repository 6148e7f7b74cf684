"""Runs a command line in this process, as it is typed, and returns what it printed."""

import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from typer.testing import CliRunner

from coachlog.cli import run_line
from coachlog.terminal.console import Console


class Printed(NamedTuple):
    """How a command line ended and what it printed; `output` is both streams together."""

    exit_code: int
    stdout: str
    stderr: str
    output: str


def run_captured(
    words: Sequence[str],
    *,
    console: Console | None = None,
    input: str | bytes | None = None,
    env: Mapping[str, str] | None = None,
) -> Printed:
    """Run what is typed after `coachlog`, with these streams and variables for its time."""
    with CliRunner(env=env).isolation(input) as streams:
        try:
            code = run_line(words, console or Console())
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
        out, err, both = [
            stream.getvalue().decode(errors="replace").replace("\r\n", "\n")
            for stream in streams
        ]
    return Printed(code, out, err, both)
