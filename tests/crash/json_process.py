"""A process of tests that answers lines of JSON, so that SQLModel is loaded only once for many."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import coachlog
from waiting import LIMIT

HERE = Path(__file__).parent
SOURCE = str(Path(coachlog.__file__).parents[1])
PATHS = os.pathsep.join([str(HERE), str(HERE.parent), SOURCE])
"""Where such a process finds what it imports."""


class JsonProcess:
    """Runs a script of this folder that answers each line of JSON with another."""

    def __init__(self, script: str, *flags: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / script), *flags],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": PATHS},
        )

    def ask(self, *question: object) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate(timeout=LIMIT)
