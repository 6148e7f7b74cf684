"""A process in a window: one of its own, or one forked from a process that has loaded coachlog."""

import atexit
import fcntl
import json
import os
import pty
import select
import socket
import struct
import subprocess
import sys
import termios
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

import pexpect

import coachlog

SOURCE = str(Path(coachlog.__file__).parents[1])
"""Where coachlog is: a process of a test runs the code that the test was started with."""
LOADED = Path(__file__).with_name("loaded.py")
Environment = dict[str, str]


class Window(Protocol):
    """What runs in a window; `fd` is the side of the terminal where keys are pressed."""

    fd: int

    def ended(self) -> int | None:
        """Return the exit code, or minus a signal's number; None as long as it runs."""

    def resize(self, columns: int, lines: int) -> None: ...

    def signal(self, number: int) -> None: ...

    def close(self) -> None: ...


class Own:
    """A process that is started in a window as a shell would."""

    def __init__(
        self, command: Sequence[str], environment: Environment, columns: int, lines: int
    ) -> None:
        self._process = pexpect.spawn(
            command[0], list(command[1:]), env=environment, dimensions=(lines, columns)
        )
        self._process.ptyproc.delayafterclose = 0  # it would wait 0.1 s
        self.fd: int = self._process.child_fd

    def ended(self) -> int | None:
        if self._process.isalive():
            return None
        code: int | None = self._process.exitstatus
        return code if code is not None else -int(self._process.signalstatus or 0)

    def resize(self, columns: int, lines: int) -> None:
        self._process.setwinsize(lines, columns)

    def signal(self, number: int) -> None:
        self._process.kill(number)

    def close(self) -> None:
        self._process.ptyproc.fileobj.close()


class Forked:
    """coachlog with everything loaded; all else is as if it had been started in the window.

    Starting Python and loading SQLModel takes longer than most of the conversations here.
    """

    def __init__(
        self, args: Sequence[str], environment: Environment, columns: int, lines: int
    ) -> None:
        self.fd, terminal = pty.openpty()
        self.resize(columns, lines)
        self._told, telling = os.pipe()
        line = {"args": args, "environment": environment, "here": str(Path.cwd())}
        socket.send_fds(_loaded(), [json.dumps(line).encode()], [terminal, telling])
        os.close(terminal)
        os.close(telling)
        self._pid = int(self._line())
        self._code: int | None = None

    def ended(self) -> int | None:
        if self._code is None and select.select([self._told], [], [], 0)[0]:
            self._code = int(self._line())
            os.close(self._told)
        return self._code

    def resize(self, columns: int, lines: int) -> None:
        fcntl.ioctl(
            self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0)
        )

    def signal(self, number: int) -> None:
        os.kill(self._pid, number)

    def close(self) -> None:
        os.close(self.fd)

    def _line(self) -> str:
        read = b""
        while not read.endswith(b"\n"):
            read += os.read(self._told, 1) or b"?\n"
        return read.decode()


@cache
def _loaded() -> socket.socket:
    """Return the way to the process that has loaded everything; it ends with this one."""
    ours, theirs = socket.socketpair()
    process = subprocess.Popen(
        [sys.executable, str(LOADED), str(theirs.fileno())],
        pass_fds=[theirs.fileno()],
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": SOURCE},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    theirs.close()

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours
