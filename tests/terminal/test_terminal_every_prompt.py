"""Every kind of prompt in a real terminal, under every key and under any keys one after the other.

A key that means nothing at a prompt does nothing: no fault, no word lost, no answer made up. The
prompts are those of `asked`, run in one process for each kind; how often, `WALKS` says.
"""

import ast
import json
import os
import re
import select
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import asked
import pytest
from asked import BACK, PROMPTS, STAYS, AskedPrompt
from hypothesis import given, settings
from hypothesis import strategies as st
from screen import pasted
from windows import SOURCE, Forked

from coachlog.model.answers import PromptKind
from coachlog.templates.kinds import Widget, get_kind_row
from coachlog.terminal import widgets
from coachlog.terminal.bursts import TYPE_AHEAD_SECONDS
from waiting import wait_until

WALKS = int(os.environ.get("COACHLOG_WALKS", "8"))
"""How many random sequences each kind of prompt gets."""
ENTER, ESCAPE, CTRL_C, CTRL_Z = "\r", "\x1b", "\x03", "\x1a"
ESCAPE_SECONDS = 0.45
END = re.compile(rb"@end (\d+) (.*?)@", re.DOTALL)

MOVES = {
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "page-up": "\x1b[5~",
    "page-down": "\x1b[6~",
    "ctrl-a": "\x01",
    "ctrl-e": "\x05",
    "shift-tab": "\x1b[Z",
    "f1": "\x1bOP",
    "ctrl-left": "\x1b[1;5D",
}
DELETES = {
    "backspace": "\x7f",
    "ctrl-h": "\x08",
    "delete": "\x1b[3~",
    "ctrl-k": "\x0b",
    "ctrl-u": "\x15",
    "ctrl-w": "\x17",
    "alt-backspace": "\x1b\x7f",
}
IDLE = {
    "ctrl-d": "\x04",
    "ctrl-g": "\x07",
    "ctrl-l": "\x0c",
    "ctrl-o": "\x0f",
    "ctrl-q": "\x11",
    "ctrl-r": "\x12",
    "ctrl-s": "\x13",
    "ctrl-t": "\x14",
    "ctrl-v": "\x16",
    "ctrl-x ctrl-e": "\x18\x05",
    "ctrl-y": "\x19",
    "ctrl-\\": "\x1c",
    "ctrl-]": "\x1d",
    "ctrl-_": "\x1f",
    "alt-<": "\x1b<",
    "alt-.": "\x1b.",
    "question-mark": "?",
    "question-mark enter": "?\r",
    "esc-enter": "\x1b\r",
    "esc-enter twice": "\x1b\r\x1b\r",
    "empty-paste": pasted(""),
}
KEYS = MOVES | DELETES | IDLE
PASTE = "pasted words\rand more of them\r"


class Ended(NamedTuple):
    """How a prompt ended: by Ctrl-C with a text in it, or with a reply."""

    was_stopped: bool
    reply: Any
    half: str


class Walker:
    """Presses keys at one kind of prompt, which comes again each time it has ended."""

    def __init__(self, kind: str) -> None:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": SOURCE,
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            asked.KIND: kind,
        }
        self.kind = kind
        self._window = Forked([], environment, 80, 24)
        self._number = 0
        self._shown = b""

    def press(self, *keys: str, pause: float = 0.0) -> Ended:
        """Return how the next prompt ends after these keys, each pressed by itself.

        Ctrl-C comes last, after a pause.
        """
        self.begin()
        for key in keys:
            self.type(key)
        self.read_for(pause)
        return self.end()

    def begin(self) -> None:
        """Wait for the next prompt."""
        self._number += 1
        os.write(self._window.fd, asked.GO)
        mark = f"@ask {self._number}@".encode()
        ready = b"? help" if self.kind == "home-key" else b"\x1b[?2004h"
        self._wait(lambda: ready in self._shown.partition(mark)[2])

    def type(self, key: str) -> None:
        os.write(self._window.fd, key.encode())
        self._read(0.002)

    def read_for(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (rest := end - time.monotonic()) > 0 and self._find_end() is None:
            self._read(min(rest, 0.02))

    def resize(self, columns: int, lines: int) -> None:
        self._window.resize(columns, lines)

    def interrupt(self) -> None:
        self._window.signal(signal.SIGINT)

    @property
    def has_ended(self) -> bool:
        return self._find_end() is not None

    def end(self) -> Ended:
        """Press Ctrl-C, and return how the prompt ended, by that or before it."""
        if self._find_end() is None:
            self.type(CTRL_C)
        self._wait(lambda: self._find_end() is not None)
        ended = self._find_end()
        assert ended is not None
        self._shown = self._shown.rpartition(b"@end")[2]
        return ended

    def close(self) -> None:
        self._window.signal(signal.SIGKILL)
        self._window.close()

    def _find_end(self) -> Ended | None:
        for number, words in END.findall(self._shown):
            if int(number) == self._number:
                return Ended(*json.loads(words))
        return None

    def _wait(self, is_so: Any) -> None:
        wait_until(
            is_so,
            lambda: self._shown.decode(errors="replace"),
            lambda: self._read(0.02),
        )

    def _read(self, patience: float) -> None:
        if select.select([self._window.fd], [], [], patience)[0]:
            self._shown += os.read(self._window.fd, 65536)


@contextmanager
def walk(kind: str) -> Iterator[Walker]:
    walker = Walker(kind)
    try:
        yield walker
    finally:
        walker.close()


def is_list(prompt: AskedPrompt) -> bool:
    return not prompt.is_field and bool(prompt.builder)


QUESTIONS = [kind for kind in PROMPTS if PROMPTS[kind].builder]
FIELDS = [kind for kind in PROMPTS if PROMPTS[kind].is_field]
LISTS = [kind for kind in PROMPTS if is_list(PROMPTS[kind])]


# The table has them all


def test_the_table_has_every_function_that_builds_a_prompt() -> None:
    builders = {
        name
        for name, function in vars(widgets).items()
        if name.startswith("build_")
        and function.__annotations__.get("return") is widgets.Prompt
    }
    assert {prompt.builder for prompt in PROMPTS.values()} - {""} == builders


def test_the_table_has_every_way_to_answer_a_question() -> None:
    """Promises, and questions to tag, are asked part by part: each part is a kind of its own."""
    parts = {PromptKind.ACTIONS, PromptKind.QUESTIONS}
    names = {kind.value for kind in PromptKind if kind not in parts}
    same_as = {"yesno": "yes-or-no", "promises": "corrections"}
    assert {same_as.get(name, name) for name in names} <= set(PROMPTS)
    assert {get_kind_row(kind).widget for kind in parts} <= set(Widget)


def test_nothing_else_reads_keys() -> None:
    """Whatever runs a prompt, or reads the keyboard, is in one of these modules."""
    calls = {"Application", "PromptSession", "input", "getpass", "setraw", "setcbreak"}
    readers = set()
    for path in sorted(Path(SOURCE, "coachlog").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            words = ast.unparse(node.func)
            is_read = words in ("os.read", "sys.stdin.buffer.readline")
            if words in calls or words.startswith("questionary.") or is_read:
                readers.add(path.stem)
    # `signal_watch` reads the pipe on which a signal wakes whoever waits for a line, and
    # `journal_head` a file.
    assert readers - {"signal_watch", "journal_head"} == {
        *("widgets", "picker", "key_line", "line_modes", "line_reader")
    }


# One key


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_key_that_means_nothing_ends_no_prompt_and_says_nothing(kind: str) -> None:
    prompt = PROMPTS[kind]
    with walk(kind) as walker:
        for name, key in KEYS.items():
            if key in prompt.letters or (prompt.initial and key[0] == "?"):
                continue
            ended = walker.press(key)
            assert ended.was_stopped, (name, ended)
            if name in DELETES and prompt.initial:
                continue
            if prompt.is_field:
                words = "".join(ended.reply.split("\n"))
                assert words == "".join(prompt.initial.split("\n")) + typed(key), name


def typed(key: str) -> str:
    """Return the letter that a key types into a field: one after Esc is not lost."""
    is_letter = len(key) == 2 and key[0] == ESCAPE and key[1].isprintable()
    return key[1] if is_letter else ""


@pytest.mark.parametrize("kind", PROMPTS)
def test_enter_alone_says_nothing_that_nobody_said(kind: str) -> None:
    prompt = PROMPTS[kind]
    with walk(kind) as walker:
        ended = walker.press(ENTER, pause=0.0 if prompt.enter == STAYS else 5.0)
        if prompt.enter == STAYS:
            assert ended.was_stopped
            assert is_list(prompt) is False or walker.press(*4 * [ENTER]).was_stopped
        else:
            assert not ended.was_stopped
            assert str(ended.reply).startswith(str(prompt.enter))


@pytest.mark.parametrize("kind", QUESTIONS)
@pytest.mark.parametrize("key", [ESCAPE, "<"])
def test_esc_and_its_sign_lead_back_where_there_is_a_way(kind: str, key: str) -> None:
    prompt = PROMPTS[kind]
    keys = [key, ENTER] if key == "<" and prompt.is_field else [key]
    with walk(kind) as walker:
        ended = walker.press(*keys, pause=ESCAPE_SECONDS)
    if kind == "confirm":
        assert ended[:2] == (False, False)  # whoever goes back has not agreed
    elif prompt.has_back:
        assert ended[:2] == (False, BACK)
    elif key == ESCAPE:
        assert ended.was_stopped


@pytest.mark.parametrize("kind", FIELDS)
def test_words_are_kept_by_esc_and_deleted_at_both_ends_only_by_their_keys(
    kind: str,
) -> None:
    initial = PROMPTS[kind].initial
    with walk(kind) as walker:
        ended = walker.press("half", ESCAPE, pause=ESCAPE_SECONDS)
        assert ended[:2] == (True, f"{initial}half")
        assert ended.half in ("", f"{initial}half")
        ended = walker.press("\x15" * 2, "\x0b", "abc", "\x01", "\x7f", "\x05", "\x7f")
        assert ended.reply.endswith("ab")
        ended = walker.press("abc", "\x1b[D", "\x1b[C", "\x1b[C", "d", "\x0b")
        assert ended.reply == f"{initial}abcd"
        assert walker.press("abc", "\x17").reply == initial.rpartition("\n")[0] + (
            "\n" if "\n" in initial else ""
        )


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_paste_is_text_in_a_field_and_nothing_in_a_list(kind: str) -> None:
    prompt = PROMPTS[kind]
    with walk(kind) as walker:
        bracketed = walker.press(pasted(PASTE))
        walker.begin()
        walker.read_for(TYPE_AHEAD_SECONDS)
        walker.type(PASTE)
        bare = walker.end()
    if not prompt.is_field:
        assert bracketed.was_stopped
        assert bare.was_stopped
        return
    for ended in (bracketed, bare):
        words = " ".join(str(ended.reply).split())
        assert words.endswith("pasted words and more of them"), ended


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("text", ["Friday\r", "see Friday\r", "do it\r", "hello y"])
def test_a_short_text_answers_no_list_whether_pasted_or_typed_ahead(
    kind: str, text: str
) -> None:
    with walk(kind) as walker:
        assert walker.press(text).was_stopped
        walker.begin()
        walker.read_for(TYPE_AHEAD_SECONDS)
        walker.type(text)
        assert walker.end().was_stopped


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_window_of_another_size_loses_nothing(kind: str) -> None:
    prompt = PROMPTS[kind]
    with walk(kind) as walker:
        walker.begin()
        walker.type("ab" if prompt.is_field else "\x1b[B")
        for columns, lines in ((40, 10), (12, 4), (140, 50)):
            walker.resize(columns, lines)
            walker.type("c" if prompt.is_field else "\x1b[A")
        ended = walker.end()
    assert ended.was_stopped
    assert not prompt.is_field or ended.reply == f"{prompt.initial}abccc"


@pytest.mark.parametrize("kind", QUESTIONS)
def test_ctrl_z_where_no_shell_could_continue_changes_nothing(kind: str) -> None:
    is_field = PROMPTS[kind].is_field
    with walk(kind) as walker:
        ended = walker.press(*(["ab"] if is_field else []), CTRL_Z, pause=0.3)
    assert ended.was_stopped
    assert not is_field or ended.reply.endswith("ab")


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_signal_to_interrupt_stops_as_ctrl_c_does(kind: str) -> None:
    with walk(kind) as walker:
        walker.begin()
        walker.interrupt()
        walker.read_for(5.0)
        assert walker.has_ended
        assert walker.end().was_stopped


# Any keys


@cache
def keep_walker(kind: str) -> Walker:
    """Return a walker for all sequences at one kind of prompt."""
    return Walker(kind)


ANSWERS = (ENTER, "\n", "\x04")
ANY_KEY = st.one_of(
    st.sampled_from([*KEYS.values(), ENTER, ESCAPE, "<", "\n", " ", pasted("a\nb")]),
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=3),
)


def tell_nothing_lost(prompt: AskedPrompt, keys: Sequence[str], ended: Ended) -> None:
    if ended.reply == BACK and not ended.was_stopped:
        assert prompt.has_back
    elif not ended.was_stopped:
        assert prompt.is_reply(ended.reply), ended
        pressed = "".join(keys)
        gave = any(key in pressed for key in (*ANSWERS, *prompt.letters))
        assert gave or not prompt.builder or can_refuse(prompt, pressed)


def can_refuse(prompt: AskedPrompt, pressed: str) -> bool:
    """Return whether somebody went back from a yes-or-no question: they have not agreed."""
    is_back = "<" in pressed or ESCAPE in pressed
    return prompt.builder == "build_confirm" and is_back


@pytest.mark.parametrize("kind", PROMPTS)
@settings(max_examples=WALKS, deadline=None)
@given(keys=st.lists(ANY_KEY, max_size=14))
def test_any_keys_end_a_prompt_with_one_of_its_replies_or_not_at_all(
    kind: str, keys: list[str]
) -> None:
    ended = keep_walker(kind).press(*filter(None, keys))
    tell_nothing_lost(PROMPTS[kind], keys, ended)


IDLE_AT_FIELDS = [*MOVES.values(), "\x0c", "\x0f", "\x12", "\x13", "\x18", pasted("m")]


@pytest.mark.parametrize("kind", FIELDS)
@settings(max_examples=WALKS, deadline=None)
@given(
    pieces=st.lists(
        st.one_of(st.text("abcäß漢", min_size=1), st.sampled_from(IDLE_AT_FIELDS)),
        min_size=1,
        max_size=14,
    )
)
def test_no_letter_is_lost_between_any_keys_that_delete_none(
    kind: str, pieces: list[str]
) -> None:
    prompt = PROMPTS[kind]
    ended = keep_walker(kind).press(*pieces)
    typed = Counter("".join(piece for piece in pieces if piece not in IDLE_AT_FIELDS))
    typed["m"] += pieces.count(pasted("m"))
    typed.update(prompt.initial.replace("\n", ""))
    assert ended.was_stopped
    kept = Counter(ended.reply.replace("\n", "").replace(" ", ""))
    # A name that is offered is taken by these.
    is_completed = kind == "name" and not COMPLETING_KEYS.isdisjoint(pieces)
    if not is_completed:
        assert kept == +typed
    assert ended.half in ("", ended.reply)


COMPLETING_KEYS = {MOVES[name] for name in ("tab", "shift-tab", "up", "down")}
STATEMENT_KEYS = [ENTER, "\t", "?", *DELETES.values(), "\x1b\r", *IDLE.values()]


@pytest.mark.parametrize(
    "kind", [kind for kind in LISTS if PROMPTS[kind].enter == STAYS]
)
@settings(max_examples=WALKS, deadline=None)
@given(keys=st.lists(st.sampled_from(STATEMENT_KEYS), max_size=14))
def test_where_nothing_is_marked_no_keys_but_those_that_choose_make_an_answer(
    kind: str, keys: list[str]
) -> None:
    assert keep_walker(kind).press(*keys).was_stopped
