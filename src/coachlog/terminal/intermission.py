"""What has to wait until nobody is typing: a remark would stand in the middle of their words."""

from collections.abc import Callable


class Intermission:
    """The time between two prompts, in which other work is done; from any thread."""

    def __init__(self) -> None:
        self._is_typed_at = False
        self._postponed_work: list[Callable[[], None]] = []

    def do_between_prompts(self, work: Callable[[], None]) -> None:
        """Do the work now or, while a prompt is on the screen, as soon as that has ended."""
        self._postponed_work.append(work)
        if not self._is_typed_at:
            self._do_postponed_work()

    def begin_prompt(self) -> None:
        """Postpone what comes from now on."""
        self._is_typed_at = True

    def end_prompt(self) -> None:
        """Do what was postponed."""
        self._is_typed_at = False
        self._do_postponed_work()

    def _do_postponed_work(self) -> None:
        while self._postponed_work:
            self._postponed_work.pop(0)()
