"""Lets calls to the system fail where there is no strace: those that Python makes itself.

SQLite's own writes are left to a limit on the size of files.
"""

import builtins
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fault_types import Order

_NAMES = (
    "fdatasync",
    "fsync",
    "link",
    "mkdir",
    "open",
    "remove",
    "rename",
    "replace",
    "rmdir",
    "unlink",
    "write",
)


class FaultyCalls:
    """Counts calls about files in some folders, and lets those fail that an order names."""

    def __init__(self, order: Order) -> None:
        self.names: list[str] = []
        self._order = order
        self._folders = (order.args[1], *order.watched)

    def wrap(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """Return a call that is counted, and may fail."""

        def count_and_call(*args: Any, **extra: Any) -> Any:
            if self._is_watched(args):
                self._count(name)
            return call(*args, **extra)

        return count_and_call

    def _is_watched(self, args: tuple[Any, ...]) -> bool:
        subject = args[0] if args else None
        if isinstance(subject, int):
            link = Path(f"/proc/self/fd/{subject}")
            subject = link.readlink() if link.is_symlink() else ""
        return str(subject).startswith(self._folders)

    def _count(self, name: str) -> None:
        number, fault = len(self.names), self._order.fault
        self.names.append(name)
        if fault is None:
            return
        if number == fault or (self._order.lasts and number > fault):
            raise OSError(self._order.error, os.strerror(self._order.error))


def patch(order: Order) -> list[str]:
    """Let calls fail as an order says; return the list of all that are made from now on."""
    calls = FaultyCalls(order)
    for name in _NAMES:
        setattr(os, name, calls.wrap(name, getattr(os, name)))
    faulty_open = calls.wrap("io.open", io.open)
    for module in (io, builtins):
        setattr(module, "open", faulty_open)  # noqa: B010 - mypy would compare the two
    return calls.names
