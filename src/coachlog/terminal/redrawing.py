"""Shows the whole question again, not its field alone: after `fg`, in a window of another size."""

from typing import TYPE_CHECKING, Any, Protocol

from prompt_toolkit.application import run_in_terminal

from coachlog.screens.renderables import Renderable
from coachlog.terminal.job_control import has_shell, stop_until_continued

if TYPE_CHECKING:
    from rich.console import Console

    from coachlog.terminal.paper import Paper


class PrintedWords(Protocol):
    """What stands above a prompt."""

    def forget(self) -> None:
        """Begin anew: what comes now stands above the next prompt."""
        ...

    def print_again(self) -> None:
        """Print it once more, as wide as the window is now."""
        ...

    def count_lines(self) -> int:
        """Return how many lines the question itself has, the blank one before it counted."""
        ...


class PrintedQuestion:
    """What is printed on since the last prompt, and noted: headings, the question, its help."""

    def __init__(self, paper: "Paper | Console") -> None:
        self._paper: Any = paper
        self._printed: list[Renderable] = []

    @property
    def width(self) -> int:
        """Return how many columns the window has."""
        return int(self._paper.width)

    @property
    def height(self) -> int:
        """Return how many lines the window has."""
        return int(self._paper.height)

    def print(self, page: Renderable = "", /) -> None:
        """Print a page, or a blank line, and note it."""
        self._printed.append(page)
        self._paper.print(page)

    def forget(self) -> None:
        """Begin anew: what comes now stands above the next prompt."""
        self._printed = []

    def print_again(self) -> None:
        """Print it once more, as wide as the window is now."""
        for page in self._printed:
            self._paper.print(page)

    def count_lines(self) -> int:
        """Return how many lines the question itself has, the blank one before it counted."""
        count = 0
        for page in reversed(self._printed):
            lines = self._paper.render_lines(page, self._paper.options, pad=False)
            count += len(lines)
            if not any(segment.text.strip() for line in lines for segment in line):
                break
        return count


def redraw_whole_question(application: Any, question: PrintedWords) -> None:
    """Let a prompt show its question again after Ctrl-Z and `fg`, and after a resize."""
    _redraw_after_resize(application, question)
    application.suspend_to_background = lambda: _suspend(question)


def _redraw_after_resize(application: Any, question: PrintedWords) -> None:
    """Draw on a screen with nothing else on it once the window has another size.

    A terminal breaks the old lines anew, so that nobody knows any more where they are. They scroll
    away, and can be scrolled back to.
    """
    output = application.output
    drawn_size = None

    def clear_after_resize(_application: Any) -> None:
        nonlocal drawn_size
        size = output.get_size()
        if drawn_size not in (None, size):
            output.cursor_goto(size.rows, 1)
            output.write_raw("\n" * size.rows)
            output.cursor_goto(1, 1)
            output.flush()
            question.print_again()
        drawn_size = size

    application.before_render += clear_after_resize


def _suspend(question: PrintedWords) -> None:
    """Stop as Ctrl-Z asks for; `fg` then comes back to the question.

    Without a shell the terminal stays as it is: while it has the modes of a shell, it shows each
    key pressed, and an Enter is read as a new line.
    """
    if not has_shell():
        return

    def stop() -> None:
        if stop_until_continued():
            question.print_again()

    run_in_terminal(stop)
