"""The signals that ask a run to end, such as those of a window that closes."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Windows has no SIGHUP.
_STOP_SIGNALS = [
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
]


@contextmanager
def handle_stop_signals(handle: Callable[[int, object], None]) -> Iterator[None]:
    """Let `handle` answer them for a while; afterwards they do what they did before."""
    handlers = {number: signal.signal(number, handle) for number in _STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
