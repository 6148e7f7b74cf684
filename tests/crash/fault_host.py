"""Runs coachlog commands in processes of their own, in which calls to the system can fail.

Each line on standard input is an `Order` as JSON; the answer is an `Outcome` as JSON, on a line of
standard output. With `traced`, the number of the process comes first, on a line of its own; the
process then waits for an empty line, so that strace can be attached to it.

All that the commands need is loaded before the first of them is forked: what is traced is their own
work, and each takes a few hundredths of a second. What they print goes into sockets, so that of all
their writes only those into files are called `write`.
"""

import ctypes
import io
import json
import os
import resource
import signal
import socket
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import Any

import sabotage
import stand_in
from fault_types import PART_COUNT, PART_NAME, Order, Outcome, dump_home

from coachlog import cli
from coachlog.store.database import Journal
from coachlog.store.transactions import Change
from coachlog.terminal.console import Console
from command_support import CtrlC, ScriptedPerson
from conftest import NOW

CPU_SECONDS = 20
_LET_ANYONE_TRACE = 0x59616D61


def main() -> None:
    for line in sys.stdin:
        order = Order(**json.loads(line))
        if order.loads:
            load(order)
            outcome = Outcome(0, "", "")
        else:
            outcome = run_in_child(order)
        write_line(json.dumps(outcome._asdict()))


def write_line(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def load(order: Order) -> None:
    """Run a command in this process, so that everything it needs is loaded."""
    sink = io.TextIOWrapper(io.BytesIO())
    stdin, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(order.input.encode()))
    with redirect_stdout(sink), redirect_stderr(sink):
        os.chdir(order.folder)
        run(order, build_person(order))
        os.chdir("/")
    sys.stdin = stdin


def run_in_child(order: Order) -> Outcome:
    ours, theirs = socket.socketpair()
    go_out, go_in = os.pipe()
    child = os.fork()
    if child == 0:
        ours.close()
        os.close(go_in)
        # A command that never ends must not take the machine with it.
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        ctypes.CDLL(None).prctl(_LET_ANYONE_TRACE, ctypes.c_ulong(2**64 - 1))
        os.read(go_out, 1)
        try:
            outcome = obey(order)
        except BaseException:
            outcome = Outcome(99, "", traceback.format_exc())
        theirs.sendall(json.dumps(outcome._asdict()).encode())
        os._exit(0)
    theirs.close()
    if order.traced:
        write_line(str(child))
        sys.stdin.readline()
    os.write(go_in, b"!")
    os.close(go_in)
    os.close(go_out)
    with ours, ours.makefile("rb") as answer:
        data = answer.read()
    _, status = os.waitpid(child, 0)
    if not data:
        signal_number = os.waitstatus_to_exitcode(status)
        return Outcome(
            98, "", f"It was ended by {signal.Signals(-signal_number).name}."
        )
    return Outcome(**json.loads(data))


def obey(order: Order) -> Outcome:
    """Run a command as an order says, in this process."""
    out, err = Capture(), Capture()
    sys.stdin = io.TextIOWrapper(io.BytesIO(order.input.encode()), encoding="utf-8")
    sys.stdout, sys.stderr = out.stream, err.stream
    if order.folder:
        os.chdir(order.folder)
    person = build_person(order)
    states: list[Any] = []
    vars(tempfile)["_name_sequence"] = map(PART_NAME.format, range(PART_COUNT))
    if order.sabotage:
        getattr(sabotage, order.sabotage)()
    if order.records_states:
        dump_after_commits(order, states)
    if order.size is not None:
        _, hard_limit = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (order.size, hard_limit))
    calls = stand_in.patch(order)
    code = run(order, person)
    asked = person.asked if person else []
    return Outcome(code, out.text(), err.text(), asked, states, calls)


def build_person(order: Order) -> ScriptedPerson | None:
    """Return who answers; the reply `^C` is Ctrl-C."""
    if order.replies is None:
        return None
    script = {
        key: CtrlC()
        if reply == "^C"
        else tuple(reply)
        if isinstance(reply, list)
        else reply
        for key, reply in order.replies.items()
    }
    return ScriptedPerson(script, skip=True)


def run(order: Order, person: ScriptedPerson | None) -> int:
    """Run a command as `coachlog.cli.run` does, at the moment of the tests' clock."""
    sys.argv = ["coachlog", *order.args]
    console = Console(clock=lambda: NOW, asker=person)
    return cli.run(console)


class Capture:
    """A text stream into a socket, and what was written to it."""

    def __init__(self) -> None:
        self._ours, theirs = socket.socketpair()
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_000_000)
        self.stream = io.TextIOWrapper(
            io.BufferedWriter(SocketFile(theirs)), encoding="utf-8"
        )

    def text(self) -> str:
        with suppress(OSError, ValueError):
            self.stream.flush()
        self._ours.setblocking(False)
        data = b""
        with suppress(BlockingIOError):
            while chunk := self._ours.recv(65536):
                data += chunk
        return data.decode()


class SocketFile(io.RawIOBase):
    """The writing end of a socket, as a file that is no terminal."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._end.fileno()

    def write(self, data: Any) -> int:
        return self._end.send(data)


def dump_after_commits(order: Order, states: list[Any]) -> None:
    """Add what is in the home and beside it as each change begins, and once it is committed."""
    change = Journal.change

    @contextmanager
    def change_and_dump(journal: Journal, *args: Any, **extra: Any) -> Iterator[Change]:
        with change(journal, *args, **extra) as under_way:
            states.append(dump_home(Path(order.args[1]), order.watched))
            yield under_way
        states.append(dump_home(Path(order.args[1]), order.watched))

    Journal.change = change_and_dump  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    main()
