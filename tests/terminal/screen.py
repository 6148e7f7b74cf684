"""A person at a real terminal: types keys, and waits for what the screen shows."""

import os
import pty
import select
import signal
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pyte
from windows import SOURCE, Forked, Own, Window

from conftest import NOW
from waiting import wait_until

LAUNCH = Path(__file__).with_name("launch.py")
PROMPT = "›"
# Private modes of a terminal: prompt_toolkit switches wrapping off while it draws a frame, and
# bracketed paste on while a prompt lasts.
WRAPPING, BRACKETED_PASTE = 7, 2004
FRAMES_AFTER_CURSOR_QUERY = 2
"""One drawn before the answer is there, and one that fills the window when it is."""

ENTER, CTRL_C, CTRL_D, CTRL_J, CTRL_U = "\r", "\x03", "\x04", "\n", "\x15"
CTRL_Z = "\x1a"
UP, DOWN, TAB, SPACE, ESCAPE, BACKSPACE = "\x1b[A", "\x1b[B", "\t", " ", "\x1b", "\x7f"
CTRL_A, CTRL_K = "\x01", "\x0b"
BACK = "<"


LIST_HINTS = ("arrows", "Space: mark", "Enter: the rest stays open")
NO_KEY = "\x1b[D"
"""An arrow that means nothing at a list, and parts two keys: what stands together is text."""


def _part_keys(keys: tuple[str, ...]) -> Iterator[str]:
    """Yield the keys of a list, up to Enter parted from one another."""
    has_ended = False
    for number, key in enumerate(keys):
        is_text = key.isprintable() and key not in "?<"
        if is_text and len(set(key)) > 1 and set(key.lower()) <= set("dmxo"):
            yield NO_KEY.join(key)
        else:
            yield key
        has_ended |= key == ENTER
        follower = keys[number + 1] if number + 1 < len(keys) else ESCAPE
        if is_text and not has_ended and (follower == ENTER or follower.isprintable()):
            yield NO_KEY


def pasted(text: str) -> str:
    """Return the keys of a bracketed paste, as a terminal sends them."""
    return f"\x1b[200~{text.replace(chr(10), chr(13))}\x1b[201~"


def read_new_modes() -> list[Any]:
    """Return the modes of a terminal in which nothing has run yet.

    What runs in it may have changed those of its own before anyone can read them.
    """
    ours, theirs = pty.openpty()
    try:
        return termios.tcgetattr(theirs)
    finally:
        os.close(ours)
        os.close(theirs)


class _Display(pyte.HistoryScreen):
    """A screen that answers the questions a program asks its terminal, and knows what it shows.

    A terminal holds only 4 KB, so what a program draws comes in parts: `is_whole` says whether a
    prompt has been drawn to its end, with the room that it has in the window.
    """

    answer: Callable[[str], None] = staticmethod(lambda _data: None)
    answers = True
    is_whole = True
    _frames_due = 0
    _is_drawing = False

    def __init__(self, columns: int, lines: int) -> None:
        self._gone: list[str] = []
        self._rows: dict[int, str] = {}
        super().__init__(columns, lines, history=10_000, ratio=0.001)

    def write_process_input(self, data: str) -> None:
        self.answer(data)

    def report_device_status(self, mode: int, **modes: bool) -> None:
        if self.answers:
            self._frames_due = FRAMES_AFTER_CURSOR_QUERY
            super().report_device_status(mode, **modes)
        self._settle()

    def set_mode(self, *modes: int, **kinds: bool) -> None:
        super().set_mode(*modes, **kinds)
        if WRAPPING in modes and self._is_drawing:
            self._is_drawing = False
            self._frames_due = max(0, self._frames_due - 1)
        self._settle()

    def reset_mode(self, *modes: int, **kinds: bool) -> None:
        super().reset_mode(*modes, **kinds)
        if WRAPPING in modes:
            self._is_drawing = True
        if BRACKETED_PASTE in modes:
            self._frames_due = 0
        self._settle()

    def _settle(self) -> None:
        self.is_whole = not self._is_drawing and not self._frames_due

    def resize(self, lines: int | None = None, columns: int | None = None) -> None:
        self._gone.clear()
        super().resize(lines, columns)
        self.dirty.update(range(self.lines))

    def shown(self) -> list[str]:
        """Return every line there was, those scrolled away too; what did not change is kept."""
        top = self.history.top
        if len(self._gone) > len(top):
            self._gone.clear()
        self._gone += [self._words(row) for row in islice(top, len(self._gone), None)]
        self._rows |= {
            number: self._words(self.buffer[number]) for number in self.dirty
        }
        self.dirty.clear()
        return self._gone + [self._rows[number] for number in range(self.lines)]

    def _words(self, row: Any) -> str:
        return "".join(row[column].data for column in range(self.columns)).rstrip()


class Screen:
    """One window in which one coachlog runs."""

    def __init__(
        self,
        args: tuple[str, ...],
        environment: dict[str, str],
        columns: int,
        lines: int,
        within: str | None,
        own: bool,
    ) -> None:
        self._display = _Display(columns, lines)
        self._display.answer = self._answer
        self._stream = pyte.ByteStream(self._display)
        self.raw = b""
        self.process: Window
        if within or own:
            command = [
                *(["bash", "-c", within] if within else ()),
                sys.executable,
                str(LAUNCH),
            ]
            self.process = Own([*command, *args], environment, columns, lines)
        else:
            self.process = Forked(args, environment, columns, lines)
        self.fd = self.process.fd
        self.modes = read_new_modes()
        self.hung_up = False
        self._mark = 0
        self._shown: list[str] | None = None  # `lines`, until the screen changes

    def _answer(self, data: str) -> None:
        os.write(self.fd, data.encode())

    # What one does

    def type(self, *keys: str) -> "Screen":
        """Press keys; what is seen from now on is what comes at or below the present prompt.

        At a list, keys are pressed one after the other; text alone comes in one piece, as it does
        where coachlog has not asked yet. A lone surrogate is a byte that is no character: `\\udcff`
        is 0xFF.
        """
        at_list = any(hint in self.new for hint in LIST_HINTS)
        return self.raw_type("".join(_part_keys(keys) if at_list else keys))

    def raw_type(self, text: str) -> "Screen":
        """Type a text in one piece, whatever is asked."""
        self._mark = self._prompt_line()
        rest = text.encode("utf-8", "surrogateescape")
        while rest:  # as fast as it is read: a terminal holds 4 KB
            _, writable, _ = select.select([], [self.fd], [], 0.05)
            if writable:
                rest = rest[os.write(self.fd, rest[:512]) :]
            self._take(0)
        return self

    def answer(self, question: str, *keys: str) -> "Screen":
        """Wait for a question, then press keys and Enter."""
        return self.asks(question).type(*keys, ENTER)

    def asks(self, question: str) -> "Screen":
        """Wait for a question with its prompt under it, and no later one.

        What is typed for a question that has been answered already would answer the next.
        """

        def asked() -> bool:
            _, found, below = self.new.rpartition(question)
            return bool(found) and below.count(f"\n{PROMPT}") == 1

        self._see(asked, f"the question {question!r}")
        return self

    def lists(self, question: str, *rows: str) -> "Screen":
        """Wait for a list that one can filter, with these rows in it."""
        return self.sees(question, *rows, "arrows, or type to ", ", then Enter)")

    def reviews(self, *words: str) -> "Screen":
        """Wait for the table of promises, with these words in it."""
        return self.sees(*words, "Enter: the rest stays open", "?: help")

    def sees(self, *words: str) -> "Screen":
        """Wait until all the words stand on the screen at or below the prompt last typed at."""
        self._see(lambda: all(one in self.new for one in words), f"{words!r}")
        return self

    def sees_no_more(self, words: str) -> "Screen":
        """Wait until the words have gone from the screen at or below the prompt last typed at."""
        self._see(lambda: words not in self.new, f"{words!r} gone")
        return self

    def until(self, is_so: Callable[[], object], what: str) -> "Screen":
        """Wait until something outside the screen is so: a file, a row in the journal."""
        self._wait(is_so, what)
        return self

    def ends(self) -> int:
        """Wait until coachlog has ended; return its exit code, or minus a signal's number."""
        self._wait(lambda: self.process.ended() is not None, "the end")
        while self._take(0):
            pass
        code = self.process.ended()
        assert code is not None
        return code

    def resize(self, columns: int, lines: int) -> "Screen":
        """Give the window another size."""
        self._display.resize(lines, columns)
        self._shown = None
        self.process.resize(columns, lines)
        return self

    def kill(self, number: int = signal.SIGKILL) -> "Screen":
        """Send a signal to coachlog."""
        self.process.signal(number)
        return self

    def fall_silent(self) -> "Screen":
        """Let the terminal no longer say where the cursor is, when it is asked."""
        self._display.answers = False
        return self

    def hang_up(self) -> "Screen":
        """Close the window while coachlog runs: from here on one can only wait for its end."""
        self.hung_up = True
        self.process.close()
        return self

    def close(self) -> None:
        """End coachlog, if it still runs, and put the window away."""
        if self.process.ended() is None:
            self.process.signal(signal.SIGKILL)
            while self.process.ended() is None:
                time.sleep(0.001)
        if not self.hung_up:
            self.process.close()

    # What one sees

    @property
    def lines(self) -> list[str]:
        """Return every line there was, those scrolled away too, without space at the ends."""
        if self._shown is None:
            self._shown = self._display.shown()
        return self._shown

    @property
    def text(self) -> str:
        """Return all that was shown, as one text."""
        return "\n".join(self.lines)

    @property
    def new(self) -> str:
        """Return what stands at or below the prompt at which keys were pressed last."""
        return "\n".join(self.lines[self._mark :])

    def _prompt_line(self) -> int:
        rows = self.lines
        return max(
            (n for n, row in enumerate(rows) if row.startswith(PROMPT)), default=0
        )

    def _see(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait until it is so on a screen that has been drawn to its end."""

        def seen() -> bool:
            is_drawn = self._display.is_whole or self.process.ended() is not None
            return is_drawn and is_so()

        self._wait(seen, what)

    def _wait(self, is_so: Callable[[], object], what: str) -> None:
        def look() -> None:
            taken = self._take(0.05)
            if not taken and self.process.ended() is not None and not self._take(0.05):
                assert is_so(), f"Ended with no {what}. The screen:\n{self.text}"

        wait_until(is_so, lambda: f"Waited for {what}. The screen:\n{self.text}", look)

    def _take(self, patience: float) -> bool:
        if self.hung_up:
            time.sleep(patience)
            return False
        readable, _, _ = select.select([self.fd], [], [], patience)
        if not readable:
            return False
        try:
            data = os.read(self.fd, 65536)
        except OSError:  # nobody holds the other side any more
            return False
        self.raw += data
        self._stream.feed(data)
        self._shown = None
        return bool(data)


@contextmanager
def coachlog(
    *args: str,
    home: Path,
    now: datetime = NOW,
    columns: int = 80,
    lines: int = 40,
    within: str | None = None,
    own: bool = False,
    variables: dict[str, str] | None = None,
) -> Iterator[Screen]:
    """Run coachlog in a window, which is closed in the end.

    `within` is a shell script that runs it as `"$0" "$@"`. It is a process of its `own`, started
    anew, if that is asked for, or if Python is to find `variables` that it looks at when it starts.
    """
    home.mkdir(parents=True, exist_ok=True)
    base = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": SOURCE,
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "TZ": "Europe/London",
        "COACHLOG_HOME": str(home),
        "TEST_CLOCK": now.isoformat(),
    }
    more = variables or {}
    own = own or any(name.startswith(("PYTHON", "LC_", "LANG")) for name in more)
    screen = Screen(args, base | more, columns, lines, within, own)
    try:
        yield screen
    finally:
        screen.close()


def own_template(home: Path, *prompts: str, audience: str = "solo") -> str:
    """Write a template of the owner's own, one stage with these prompts; return its id."""
    rows = [f'title = "Own"\nsummary = "Mine."\naudience = "{audience}"\nminutes = 5']
    rows.append('[[stage]]\nid = "s"\ntitle = "Stage"')
    rows += [f"[[stage.prompt]]\n{prompt}" for prompt in prompts]
    folder = home / "prompts"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "own.toml").write_text("\n".join(rows), encoding="utf-8")
    return "own"


@contextmanager
def talk(home: Path, *prompts: str, columns: int = 80) -> Iterator[Screen]:
    """Begin a conversation with oneself over these prompts; the first question comes next."""
    own_template(home, *prompts)
    with coachlog("session", "new", "-t", "own", home=home, columns=columns) as screen:
        screen.answer("What is your own name?")
        yield screen


def finish(screen: Screen) -> int:
    """Say that the talk was today, leave the minutes open, and return the exit code."""
    screen.answer("Ready to save")
    screen.answer("How many minutes did it take?")
    # By its number, as Enter alone saves nothing where nothing was answered.
    screen.answer("Save it?", "1")
    return screen.ends()
