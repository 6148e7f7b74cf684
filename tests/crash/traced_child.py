"""Kills a child process just before one of its system calls, counted from its start (Linux only).

Between two system calls nothing on the disk changes: a child killed before each of them has been
killed at every moment.
"""

import ctypes
import os
import signal
from collections.abc import Callable

_TRACE_ME, _TO_NEXT_SYSTEM_CALL = 0, 24


class NoTracing(Exception):
    """This system does not let a process trace its child."""


def run_until_call(live: Callable[[], object], number: int | None) -> int | None:
    """Run `live` in a child that is killed before its system call of that number, if any.

    Returns None if it was killed, otherwise how many system calls it made. A child that fails by
    itself raises `ChildProcessError`.
    """
    child = os.fork()
    if child == 0:
        _live_traced(live)
    _, status = os.waitpid(child, 0)
    if not os.WIFSTOPPED(status):
        raise NoTracing
    calls = stops = 0
    while True:
        _trace(_TO_NEXT_SYSTEM_CALL, child)
        _, status = os.waitpid(child, 0)
        if not os.WIFSTOPPED(status):
            break
        stops += 1
        # A child stops twice for each call: before it and after it.
        if stops % 2 == 1:
            calls += 1
            if calls == number:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                return None
    if os.waitstatus_to_exitcode(status):
        raise ChildProcessError(os.waitstatus_to_exitcode(status))
    return calls


def _live_traced(live: Callable[[], object]) -> None:
    code = 1
    try:
        if _trace(_TRACE_ME, 0) == 0:
            os.kill(os.getpid(), signal.SIGSTOP)
            live()
            code = 0
    finally:
        os._exit(code)


def _trace(request: int, child: int) -> int:
    library = ctypes.CDLL(None, use_errno=True)
    return int(library.ptrace(request, child, None, None))
