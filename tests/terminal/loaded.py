"""Runs coachlog at terminals, in processes forked from one that has loaded everything.

    loaded.py SOCKET

Each message on the socket is JSON: `args`, `environment` and the working folder `here`. With it
come two open files: the terminal, and a pipe that is told the process's number, then how it ended.
"""

import fcntl
import gc
import json
import os
import pkgutil
import signal
import socket
import sys
import termios
import time
from contextlib import suppress
from importlib import import_module
from typing import Any

import launch

import coachlog


def load_everything() -> None:
    for module in pkgutil.walk_packages(coachlog.__path__, "coachlog."):
        import_module(module.name)
    gc.freeze()


def take_place(asked: dict[str, Any], terminal: int) -> None:
    """Make this process what a shell at the terminal would have started, up to `launch.main`."""
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for number, (name, mode) in enumerate(
        (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))
    ):
        os.dup2(terminal, number)
        old = getattr(sys, name)
        how = {"encoding": old.encoding, "errors": old.errors}
        new = open(number, mode, closefd=False, **how)  # noqa: SIM115
        setattr(sys, name, new)
        setattr(sys, f"__{name}__", new)
    os.closerange(3, 64)
    os.environ.clear()
    os.environ.update(asked["environment"])
    time.tzset()
    os.chdir(asked["here"])
    sys.argv = ["coachlog", *asked["args"]]


def watch(child: int, told: int) -> None:
    """Say which process it is and, in the end, what became of it."""
    os.write(told, f"{child}\n".encode())
    _, status = os.waitpid(child, 0)
    os.write(told, f"{os.waitstatus_to_exitcode(status)}\n".encode())
    os._exit(0)


def reap() -> None:
    """Let those go that have watched to the end."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def main() -> None:
    """Return in a forked process only, where coachlog is to run; end when nobody asks any more."""
    load_everything()
    asking = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGCHLD, lambda *_: reap())
    while True:
        asked, opened, *_ = socket.recv_fds(asking, 1 << 16, 2)
        if not asked:
            sys.exit()
        if os.fork() == 0:
            break
        for one in opened:
            os.close(one)
    asking.close()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    terminal, told = opened
    child = os.fork()
    if child:
        os.close(terminal)
        watch(child, told)
    take_place(json.loads(asked), terminal)


if __name__ == "__main__":
    main()
    launch.main()
