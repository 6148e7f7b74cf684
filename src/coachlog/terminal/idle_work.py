"""What is done while the person reads a question: loading what only an answer needs."""

from collections.abc import Callable
from contextlib import suppress
from threading import Thread


class IdleWork:
    """Work that waits until a question can be read; then a thread of its own does all of it."""

    def __init__(self) -> None:
        self._jobs: list[Callable[[], None]] = []

    def add(self, job: Callable[[], None]) -> None:
        """Let this be done beside the next question, after what waits for it already."""
        self._jobs.append(job)

    def start(self) -> None:
        """Do all that waits, now that the question is there."""
        jobs, self._jobs = self._jobs, []
        if jobs:
            Thread(target=_do_jobs, args=[jobs], daemon=True).start()


def _do_jobs(jobs: list[Callable[[], None]]) -> None:
    for job in jobs:
        # What cannot be loaded now fails again where it is needed, and is told there.
        with suppress(Exception):
            job()
