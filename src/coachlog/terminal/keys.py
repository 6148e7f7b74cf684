"""The keys that mean the same at every prompt, whatever it asks; DESIGN calls it the one rule.

Enter       goes on; right after `?` it only puts the help away
Esc, <      goes back, where there is something to go back to
Esc Enter   a new line in a text of several lines, nothing anywhere else
Ctrl-J, \\  a new line in a text of several lines
?           the help of the place, on an empty field and in a list
Ctrl-C      pauses; Ctrl-D says so; Ctrl-Z suspends
a paste     is text in a field and nothing in a list, with or without brackets around it
"""

import select
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from prompt_toolkit.application.current import get_app
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.key_binding.bindings.named_commands import get_by_name
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys
from prompt_toolkit.utils import suspend_to_background_supported

from coachlog.interview.back import BACK
from coachlog.named_tuples import NamedTuple
from coachlog.terminal.bursts import (
    LINE_ENDS,
    TYPE_AHEAD_SECONDS,
    BurstGate,
    is_text_key,
)
from coachlog.terminal.fields import means_back

# Esc may begin the sequence of another key: it is taken for itself after both waits.
_ESCAPE_SEQUENCE_SECONDS, _ESCAPE_PAIR_SECONDS = 0.2, 0.1

PASTE_KEYS: Final = 24
"""No hand presses so many keys between two looks at them: they are pasted."""

_STOP_SENTENCES = {
    "pause": "Ctrl-C pauses and loses nothing.",
    "stop": "Ctrl-C stops.",
}
_PASTE_REMARK = "A paste does nothing here."
_ALT_COMMANDS: Final = {
    "b": "backward-word",
    "f": "forward-word",
    "d": "kill-word",
    Keys.Backspace: "backward-kill-word",
}
"""What Alt with a key does in a field, as everywhere; of Emacs' other pairs nothing is left."""
# They would leave the field, search, repeat, swap letters or take the next one: nobody here
# expects that.
_IGNORED_KEYS: Final = (
    Keys.ControlG,
    Keys.ControlO,
    Keys.ControlQ,
    Keys.ControlR,
    Keys.ControlS,
    Keys.ControlT,
    Keys.ControlX,
    Keys.ControlAt,
    Keys.ControlSquareClose,
)

KeyHandler = Callable[[KeyPressEvent], Any]


class Place(NamedTuple):
    """Where keys are pressed: what helps there, and whether `<` and Esc lead back from it.

    `help` is that of the question, and `keys` are sentences on the keys of the place. `letters` are
    those that answer at once, where nothing else does.
    """

    help: str | None = None
    keys: Sequence[str] = ()
    back: bool = False
    stop_word: str = "stop"
    letters: str = ""

    def list_help_lines(self) -> Iterator[str]:
        """Yield the help of the question, then a sentence for each key."""
        if self.help:
            yield from self.help.splitlines()
        yield from self.keys
        if self.back:
            yield "Esc or < goes back."
        yield _STOP_SENTENCES[self.stop_word]


class Guide:
    """What stands below a prompt in place of its hint: its help, or a remark on the last key.

    `lines` are empty as long as the hint is right. `had_help` tells whether the help stood there
    when the present key was pressed, and `had_notice` whether that or a refusal did.
    """

    def __init__(self, place: Place, show: Callable[[], None] = lambda: None) -> None:
        self._place = place
        self._show = show
        self.lines: list[str] = []
        self.shows_help = self.had_help = False
        self.shows_notice = self.had_notice = False

    def format_hint(self, hint: str) -> str:
        """Return the hint, or what stands in its place."""
        return "\n".join(self.lines) or hint

    def say(self, remark: str) -> None:
        """Show a remark until the next key."""
        self.lines = [remark]
        self._show()

    def refuse(self, remark: str) -> None:
        """Say what did nothing; Enter right behind it belongs to that, and does nothing either."""
        self.begin_key()
        self.shows_notice = True
        self.say(remark)

    def say_how_to_stop(self) -> None:
        """Say which key pauses or stops."""
        self.say(_STOP_SENTENCES[self._place.stop_word])

    def toggle_help(self) -> None:
        """Show the help of the place, unless it has just been there."""
        if not self.had_help:
            self.lines = list(self._place.list_help_lines())
            self.shows_help = self.shows_notice = True
            self._show()

    def begin_key(self) -> None:
        """Let the hint be right again: another key has been pressed."""
        self.had_help, self.had_notice = self.shows_help, self.shows_notice
        self.shows_help = self.shows_notice = False
        if self.lines:
            self.lines = []
            self._show()


def add_field_keys(
    application: Any, place: Place, guide: Guide, initial: str = ""
) -> KeyBindings:
    """Bind the common keys of a field with `initial` in it; return the bindings, to add others.

    Esc goes back only where no word would be lost, as `<` does.
    """
    keys = KeyBindings()
    _ignore_keys(keys)
    keys.add(Keys.Escape, Keys.Any, eager=True)(_press_alone)
    for key, command in _ALT_COMMANDS.items():
        keys.add(Keys.Escape, key, eager=True)(get_by_name(command))
    is_empty = Condition(lambda: not get_app().current_buffer.text)

    def go_back(event: KeyPressEvent) -> None:
        if not place.back:
            return
        if event.current_buffer.text in ("", initial):
            event.app.exit(result=BACK)
        else:
            guide.say("Enter keeps these words first; then < comes back here.")

    def press_ctrl_d(event: KeyPressEvent) -> None:
        if event.current_buffer.document.is_cursor_at_the_end:
            guide.say_how_to_stop()
        else:
            event.current_buffer.delete()

    keys.add(Keys.ControlD, eager=True)(press_ctrl_d)
    keys.add("?", filter=is_empty, eager=True)(lambda _event: guide.toggle_help())
    _add_common_keys(application, keys, guide, go_back)
    return keys


def add_list_keys(
    application: Any,
    place: Place,
    guide: Guide,
    is_typing: Callable[[], bool] | None = None,
    clear: Callable[[], None] | None = None,
) -> KeyBindings:
    """Bind the common keys of a list, or of a field of single keys; return the bindings.

    Where letters can be typed, `is_typing` tells whether any have been, among which `?` and `<` are
    letters. Esc takes them away first, where `clear` does. Text that comes in a burst is none.
    """
    keys = KeyBindings()
    _ignore_keys(keys)
    is_free = Condition(lambda: is_typing is None or not is_typing())

    def go_back(event: KeyPressEvent) -> None:
        if clear is not None and not is_free():
            clear()
        elif place.back:
            event.app.exit(result=BACK)

    keys.add(Keys.Escape, Keys.Any, eager=True)(_press_no_letter)
    keys.add(Keys.ControlD, eager=True)(lambda _event: guide.say_how_to_stop())
    keys.add("?", filter=is_free, eager=True)(lambda _event: guide.toggle_help())
    if place.back:
        keys.add("<", filter=is_free, eager=True)(go_back)
    keys.add(Keys.BracketedPaste, eager=True)(
        lambda _event: guide.refuse(_PASTE_REMARK)
    )
    _add_common_keys(application, keys, guide, go_back)

    def refuse_text(remark: str) -> None:
        guide.refuse(remark)
        application.invalidate()

    application.burst_gate = BurstGate(
        application, refuse_text, place.letters, takes_words=is_typing is not None
    )
    return keys


def let_words_in(application: Any, *, is_kept: bool) -> None:
    """Let a list take whatever comes, if what fits none of its rows is kept."""
    if is_kept:
        application.burst_gate = None


def _add_common_keys(
    application: Any, keys: KeyBindings, guide: Guide, go_back: KeyHandler
) -> None:
    had_notice = Condition(lambda: guide.had_notice)
    keys.add(Keys.Escape)(go_back)
    keys.add(Keys.Escape, Keys.Escape, eager=True)(go_back)
    keys.add(Keys.Escape, Keys.Enter, eager=True)(_do_nothing)
    keys.add(Keys.ControlZ, eager=True)(_press_ctrl_z)
    # Where any key types, the signal would be typed as well.
    keys.add(Keys.SIGINT, eager=True)(_stop)
    keys.add(Keys.Enter, filter=had_notice, eager=True)(_do_nothing)
    # The later of two bindings counts.
    application.key_bindings = merge_key_bindings([application.key_bindings, keys])
    application.key_processor.before_key_press += lambda _processor: guide.begin_key()
    application.ttimeoutlen = _ESCAPE_SEQUENCE_SECONDS
    application.timeoutlen = _ESCAPE_PAIR_SECONDS


def add_line_keys(keys: KeyBindings) -> None:
    """Bind the keys of a field of one line: in what is pasted there, line ends become blanks."""

    def insert_pasted(event: KeyPressEvent) -> None:
        pasted_lines = event.data.replace("\r", "\n").split("\n")
        words = " ".join(line.strip() for line in pasted_lines if line.strip())
        event.current_buffer.insert_text(words)

    keys.add(Keys.BracketedPaste, eager=True)(insert_pasted)


def add_text_keys(keys: KeyBindings, initial: str) -> None:
    """Bind the keys of a text of several lines that began with `initial`."""

    def press_enter(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if has_more_keys(event):
            _break_line(event)
        elif buffer.document.text_before_cursor.endswith("\\"):
            buffer.delete_before_cursor()
            _break_line(event)
        elif breaks_line(buffer.document, initial):
            _break_line(event)
        else:
            buffer.validate_and_handle()

    keys.add(Keys.Enter)(press_enter)
    keys.add(Keys.ControlJ, eager=True)(_break_line)
    keys.add(Keys.Escape, Keys.Enter, eager=True)(_break_line)


def breaks_line(document: Any, initial: str) -> bool:
    """Return whether Enter starts a new line: at the end of a text that is being continued.

    On an empty line of it, and in the middle, Enter goes on.
    """
    if not initial or not document.is_cursor_at_the_end:
        return False
    has_words = bool(document.current_line.strip())
    return has_words and not means_back(document.text, initial)


def has_more_keys(event: KeyPressEvent) -> bool:
    """Return whether more has arrived than this key: what is pasted comes in one piece."""
    waiting_keys = event.key_processor.input_queue
    if waiting_keys:
        return is_text_key(waiting_keys[0])
    try:
        return bool(select.select([event.app.input.fileno()], [], [], 0)[0])
    except (OSError, ValueError, NotImplementedError):
        return False  # nothing that can be asked


def watch_for_pastes(application: Any) -> None:
    """Let text that comes in a burst be text all the same, from now on.

    In a field it is a paste, which some terminals put no brackets around; a list has a gate.
    """
    gate: BurstGate | None = getattr(application, "burst_gate", None)
    if gate is not None:
        gate.install()
        return
    began_at = time.monotonic()
    processor = application.key_processor
    feed_keys = processor.feed_multiple

    def feed(keys: list[KeyPress], first: bool = False) -> None:
        if not first and time.monotonic() - began_at > TYPE_AHEAD_SECONDS:
            keys = mark_paste(keys)
        feed_keys(keys, first)

    processor.feed_multiple = feed


def mark_paste(keys: list[KeyPress]) -> list[KeyPress]:
    """Return the keys read at once, those as one paste that no hand can have pressed.

    Other keys, such as Ctrl-C right behind them, are keys as before. A paste needs a line end
    within: the Enter after the last word is still a key.
    """
    marked: list[KeyPress] = []
    for is_pastable, group in groupby(keys, is_text_key):
        run = list(group)
        if is_pastable and len(run) >= PASTE_KEYS:
            run = _mark_run(run)
        marked += run
    return marked


def _mark_run(keys: list[KeyPress]) -> list[KeyPress]:
    end = len(keys)
    while end and keys[end - 1].key in LINE_ENDS:
        end -= 1
    if not any(key.key in LINE_ENDS for key in keys[:end]):
        return keys
    text = "".join(key.data for key in keys[:end])
    return [KeyPress(Keys.BracketedPaste, text), *keys[end:]]


def _ignore_keys(keys: KeyBindings) -> None:
    for key in _IGNORED_KEYS:
        keys.add(key, eager=True)(_do_nothing)


def _press_alone(event: KeyPressEvent) -> None:
    """Let a key that soon follows Esc be that key alone, so that no letter is lost."""
    event.key_processor.feed(event.key_sequence[-1], first=True)


def _press_no_letter(event: KeyPressEvent) -> None:
    """Let a key after Esc be itself, such as an arrow; a letter was meant for somewhere else."""
    if not event.key_sequence[-1].data.isprintable():
        _press_alone(event)


def _break_line(event: KeyPressEvent) -> None:
    event.current_buffer.newline(copy_margin=False)


def _do_nothing(_event: KeyPressEvent) -> None:
    pass


def _stop(event: KeyPressEvent) -> None:
    event.app.exit(exception=KeyboardInterrupt)


def _press_ctrl_z(event: KeyPressEvent) -> None:
    if suspend_to_background_supported():
        event.app.suspend_to_background()
