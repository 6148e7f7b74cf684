"""Tells keys from text where a single key answers: text that was typed ahead or pasted is neither.

One press of a key comes by itself, perhaps with Enter right behind it. What comes together is a
burst. Different letters in a burst are text, and text answers nothing.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any, Final

from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys

from coachlog.terminal.line_modes import count_waiting_bytes
from coachlog.text import cut_line

BURST_SECONDS: Final = 0.02
"""Keys closer to one another than this come together: a key that is held down is slower."""
TYPE_AHEAD_SECONDS: Final = 0.3
"""What comes so soon after a prompt, or behind a text, was typed without a look at it."""
LINE_ENDS: Final = (Keys.ControlM, Keys.ControlJ)

_MOST_QUOTED = 24


class BurstGate:
    """Lets keys through to a prompt one by one, and tells what came as text instead.

    With `letters`, only those and Enter answer there, and at once: then nothing counts that was
    typed before the prompt was drawn, nor any letter within a word. Where a prompt `takes_words`,
    those without a line end are typed there.
    """

    def __init__(
        self,
        application: Any,
        tell: Callable[[str], None],
        letters: str = "",
        *,
        takes_words: bool = False,
    ) -> None:
        self._application = application
        self._tell = tell
        self._letters = letters
        self._takes_words = takes_words
        self._held: list[KeyPress] = []
        self._timer: asyncio.TimerHandle | None = None
        self._is_drawn = False
        self._has_waiting_keys = False
        self._came_ahead = False
        self._text_until = 0.0

    def install(self) -> None:
        """Stand between the keyboard and the prompt, which is about to run."""
        processor = self._application.key_processor
        self._feed_keys = processor.feed_multiple
        self._empty_queue = processor.empty_queue
        processor.feed_multiple = self._take
        processor.empty_queue = lambda: [*self._empty_queue(), *self._held]
        self._application.before_render += self._note_type_ahead

    def _note_type_ahead(self, _application: Any) -> None:
        """Note whether keys wait that were pressed before anything was to be seen."""
        if self._is_drawn:
            return
        self._is_drawn = True
        try:
            terminal = self._application.input.fileno()
            self._has_waiting_keys = count_waiting_bytes(terminal) > 0
        except (ImportError, OSError, ValueError, NotImplementedError):
            self._has_waiting_keys = False  # nothing that can be asked

    def _take(self, keys: list[KeyPress], first: bool = False) -> None:
        if first or self._application.is_done:
            self._feed_keys(keys, first)
            return
        came_ahead = not self._is_drawn or self._has_waiting_keys
        if keys and self._is_drawn:
            self._has_waiting_keys = False
        follows_escape = False  # such a key is one with it, as Alt makes them
        for key in keys:
            if is_text_key(key) and not follows_escape:
                self._held.append(key)
                self._came_ahead |= came_ahead
            else:
                self._release()
                self._feed_keys([key])
            follows_escape = key.key == Keys.Escape
        self._wait_for_more()

    def _wait_for_more(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._held:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(BURST_SECONDS, self._end_burst)

    def _end_burst(self) -> None:
        if self._application.is_done:
            return
        self._release()
        self._application.key_processor.process_keys()

    def _release(self) -> None:
        """Let the keys go on that were held, or tell of the text that they are."""
        keys, came_ahead = self._held, self._came_ahead
        self._held, self._came_ahead = [], False
        if not keys:
            return
        if not self._is_refused(keys, came_ahead=came_ahead):
            self._feed_keys(keys)
            return
        self._text_until = time.monotonic() + TYPE_AHEAD_SECONDS
        self._tell(_describe_text(keys, came_ahead=came_ahead))

    def _is_refused(self, keys: Sequence[KeyPress], *, came_ahead: bool) -> bool:
        if time.monotonic() < self._text_until:
            return True
        if self._letters:
            return came_ahead or is_text(keys) or self._begins_word(keys)
        has_end = any(key.key in LINE_ENDS for key in keys)
        return is_text(keys) and (has_end or not self._takes_words)

    def _begins_word(self, keys: Sequence[KeyPress]) -> bool:
        """Return whether a letter was typed that answers nothing, so that a word may follow."""
        return any(key.data.isalpha() and key.data not in self._letters for key in keys)


def is_text_key(key: KeyPress) -> bool:
    """Return whether a key can be part of a text: a letter, Tab or the end of a line."""
    is_letter = len(key.data) == 1 and key.data.isprintable()
    return is_letter or key.key in (*LINE_ENDS, Keys.ControlI)


def is_text(keys: Sequence[KeyPress]) -> bool:
    """Return whether keys that came together are text.

    One key with Enter behind it is none, nor is a key that is held down, nor a number.
    """
    signs = "".join(key.data for key in keys if key.key not in LINE_ENDS)
    lines = [is_end for is_end, _ in groupby(keys, lambda key: key.key in LINE_ENDS)]
    is_one_line = lines in ([True], [False], [False, True])
    return not is_one_line or (len(set(signs)) > 1 and not signs.isdecimal())


def _describe_text(keys: Sequence[KeyPress], *, came_ahead: bool) -> str:
    text = "".join(key.data if key.data.isprintable() else " " for key in keys)
    words = " ".join(text.split())
    subject = f"“{cut_line(words, _MOST_QUOTED)}”" if words else "Enter"
    if came_ahead:
        return f"{subject} was typed before this was asked: it does nothing here."
    return f"{subject} does nothing here: a single key answers."
