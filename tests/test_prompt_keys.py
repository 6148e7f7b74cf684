"""Every prompt under any keys, without a terminal: no fault, no word lost, no answer made up."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import DummyOutput

from coachlog.interview.back import BACK
from coachlog.model.reviews import ReviewOutcome
from coachlog.templates import library
from coachlog.terminal import bursts
from coachlog.terminal.fields import means_back
from coachlog.terminal.keys import PASTE_KEYS, Place, mark_paste
from coachlog.terminal.looks import Look, build_look
from coachlog.terminal.prompt_runner import PromptRunner
from coachlog.terminal.replies import build_list_rows
from coachlog.terminal.review_table import ReviewRow, ReviewTable, ReviewView
from coachlog.terminal.widgets import (
    Prompt,
    build_checkbox_list,
    build_confirm,
    build_letter_field,
    build_list,
    build_name_field,
    build_notes_box,
    build_number_field,
    build_review_prompt,
    build_template_picker,
    build_text_field,
)

ENTER, ESCAPE, BACKSPACE, CTRL_C = "\r", "\x1b", "\x7f", "\x03"
ESCAPE_ENTER = ESCAPE + ENTER
FRUIT = ("apple", "pear", "plum")
PLACE = Place("The help of the question.", ("The keys.",), back=True, stop_word="pause")
NO_WAY_BACK = PLACE._replace(back=False)
INITIAL = "one\ntwo"


def hint(*_document: object) -> str:
    return " Enter: next"


def text_field(initial: str = "", *, lines: bool = False) -> Callable[[Look], Prompt]:
    return lambda look: build_text_field(
        look,
        initial,
        lambda _text: True,
        hint,
        place=PLACE,
        several_lines=lines,
        refresh_seconds=0,
    )


def fruit_list(*, points_first: bool, offered: str | None = None) -> Any:
    rows = build_list_rows(FRUIT, FRUIT)
    return lambda look: build_list(
        look, rows, offered, width=60, place=PLACE, points_first=points_first
    )


def template_picker(look: Look) -> Prompt:
    paths = sorted(library.find_builtin_folder().glob("*.toml"))[:6]
    templates = [library.read_template_file(path, builtin=True) for path in paths]
    return build_template_picker(
        look, [("All", templates)], lambda: (80, 24), place=PLACE
    )


def review_table(look: Look) -> Prompt:
    table = ReviewTable([ReviewRow(n, f"Promise {n}", "By Fri.") for n in (3, 5)], {})
    view = ReviewView(table, ">", lambda: (80, 24), lambda text, _width: [text])
    return build_review_prompt(look, table, view)


def is_text(reply: object) -> bool:
    return isinstance(reply, str)


def is_one_of(*allowed: object) -> Callable[[object], bool]:
    return lambda reply: any(reply == one for one in allowed)


class Kind(NamedTuple):
    """One kind of prompt, the replies it can end with, and what Enter alone is: True for none."""

    build: Callable[[Look], Prompt]
    is_reply: Callable[[object], bool]
    enter: object
    has_back: bool = True


OUTCOMES = {3: ReviewOutcome.OPEN, 5: ReviewOutcome.OPEN}
KINDS = {
    "line": Kind(text_field(), is_text, ""),
    "text": Kind(text_field(lines=True), is_text, ""),
    "continued-line": Kind(text_field("one"), is_text, "one"),
    "continued-text": Kind(text_field(INITIAL, lines=True), is_text, None),
    "list": Kind(fruit_list(points_first=True), is_one_of(0, 1, 2), 0),
    "offered": Kind(
        fruit_list(points_first=False, offered="pear"), is_one_of(0, 1, 2), 1
    ),
    "required": Kind(fruit_list(points_first=False), is_one_of(0, 1, 2), None),
    "checkbox": Kind(
        lambda look: build_checkbox_list(
            look,
            dict(zip("123", FRUIT, strict=True)),
            ["2"],
            lambda _values: True,
            width=60,
            place=PLACE,
        ),
        lambda reply: isinstance(reply, list) and set(reply) <= {"1", "2", "3"},
        ["2"],
    ),
    "letter": Kind(
        lambda look: build_letter_field(look, FRUIT[:2], None, hint, place=PLACE),
        is_one_of(None, "apple", "pear"),
        None,
    ),
    "number": Kind(
        lambda look: build_number_field(look, "e", hint, place=PLACE),
        lambda reply: reply == "e" or str(reply).isdecimal() or reply == "",
        "",
    ),
    "notes-box": Kind(
        lambda look: build_notes_box(look, "", hint, place=NO_WAY_BACK),
        is_text,
        "",
        has_back=False,
    ),
    "name": Kind(
        lambda look: build_name_field(look, [], lambda _text: True, place=NO_WAY_BACK),
        is_text,
        "",
        has_back=False,
    ),
    "confirm": Kind(
        lambda look: build_confirm(look, "Sure?"), is_one_of(True, False), False
    ),
    "templates": Kind(template_picker, lambda reply: hasattr(reply, "stages"), ...),
    "reviews": Kind(
        review_table,
        lambda reply: isinstance(reply, dict) and set(reply) == {3, 5},
        OUTCOMES,
    ),
}
FIELDS = ("line", "text", "continued-line", "continued-text", "notes-box", "name")
LISTS = [name for name in KINDS if name not in FIELDS]


class Ended(NamedTuple):
    """How a prompt ended: with a reply, or by Ctrl-C; and what was half-typed in it."""

    reply: Any
    was_stopped: bool
    text: str


def press(kind: Kind, keys: str) -> Ended:
    """Return how a prompt of this kind ends after these keys; Ctrl-C comes last, if it must."""
    with (
        create_pipe_input() as pipe,
        create_app_session(input=pipe, output=DummyOutput()),
    ):
        look = build_look(color=False, ascii=False) | {"output": DummyOutput()}
        prompt = kind.build(look)
        pipe.send_text(keys + CTRL_C)
        try:
            reply = PromptRunner().run(prompt)
        except KeyboardInterrupt:
            text = prompt.application.current_buffer.text
            return Ended(None, was_stopped=True, text=text)
        return Ended(reply, was_stopped=False, text="")


STRICT = ("confirm", "reviews")
NAMED_KEYS = {
    "esc-enter": ESCAPE_ENTER,
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "backspace": BACKSPACE,
    "delete": "\x1b[3~",
    "ctrl-a": "\x01",
    "ctrl-e": "\x05",
    "ctrl-k": "\x0b",
    "ctrl-u": "\x15",
    "ctrl-w": "\x17",
    "ctrl-d": "\x04",
    "ctrl-o": "\x0f",
    "ctrl-q": "\x11",
    "ctrl-r": "\x12",
    "ctrl-s": "\x13",
    "ctrl-x ctrl-e": "\x18\x05",
    "alt-#": "\x1b#",
    "alt-9": "\x1b9",
    "?": "?",
    "page-up": "\x1b[5~",
    "page-down": "\x1b[6~",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "f1": "\x1bOP",
    "shift-tab": "\x1b[Z",
    "paste": "\x1b[200~d\rm\r\x1b[201~",
    "question-mark-enter": "?\r",
}


@pytest.mark.parametrize("name", KINDS)
def test_no_key_but_enter_and_esc_ends_a_prompt(name: str) -> None:
    """Not even one after the other; a letter may, where one letter is the answer."""
    for keys in (*NAMED_KEYS.values(), "".join(NAMED_KEYS.values())):
        if name in LISTS:
            assert press(KINDS[name], keys).was_stopped, keys


@pytest.mark.parametrize("name", KINDS)
def test_enter_alone_says_nothing_that_nobody_said(name: str) -> None:
    ended = press(KINDS[name], ENTER)
    expected = KINDS[name].enter
    if name in ("required", "continued-text", *STRICT):
        assert ended.was_stopped  # in the last two it was typed ahead
    elif name == "templates":
        assert KINDS[name].is_reply(ended.reply)
    else:
        assert (ended.was_stopped, ended.reply) == (False, expected)


@pytest.mark.parametrize("name", KINDS)
def test_esc_alone_goes_back_where_there_is_a_way(name: str) -> None:
    ended = press_slowly(KINDS[name], ESCAPE)
    assert (ended.reply is BACK) == KINDS[name].has_back
    assert ended.was_stopped != KINDS[name].has_back


def press_slowly(kind: Kind, keys: str) -> Ended:
    """Press keys, and Ctrl-C only once Esc has had the time to be itself."""
    import asyncio

    with (
        create_pipe_input() as pipe,
        create_app_session(input=pipe, output=DummyOutput()),
    ):
        look = build_look(color=False, ascii=False) | {"output": DummyOutput()}
        prompt = kind.build(look)
        pipe.send_text(keys)

        async def stop_later() -> None:
            await asyncio.sleep(1.5)
            pipe.send_text(CTRL_C)

        def start() -> None:
            prompt.application.create_background_task(stop_later())

        prompt.application.pre_run_callables.append(start)
        try:
            return Ended(PromptRunner().run(prompt), was_stopped=False, text="")
        except KeyboardInterrupt:
            text = prompt.application.current_buffer.text
            return Ended(None, was_stopped=True, text=text)


@pytest.mark.parametrize("name", ["line", "text"])
def test_esc_never_throws_words_away(name: str) -> None:
    ended = press_slowly(KINDS[name], f"half{ESCAPE}")
    assert (ended.was_stopped, ended.text) == (True, "half")


@pytest.mark.parametrize(
    ("name", "keys", "text"),
    [
        ("text", "a\nb\r", "a\nb"),
        ("text", f"a{ESCAPE_ENTER}b\r", "a\nb"),
        ("text", "C:\\\rb", "C:\\\nb"),  # pasted as well
        ("text", "a\rb\r", "a\nb\n"),  # more is waiting behind Enter: a paste
        ("continued-text", "\rthree", f"{INITIAL}\nthree"),
        ("line", f"a{ESCAPE_ENTER}b", "ab"),
        ("line", "\x1b[200~a\r b\r\x1b[201~", "a b"),
        ("line", f"a{ESCAPE}xb", "axb"),
        ("line", "a?b", "a?b"),
        ("line", "?a", "a"),
        ("text", "ab\x01\x7f\x05\x7fc", "ac"),
    ],
)
def test_what_is_typed_stands_in_the_field(name: str, keys: str, text: str) -> None:
    ended = press(KINDS[name], keys)
    kept = ended.text if ended.was_stopped else ended.reply
    assert kept.rstrip("\n") == text.rstrip("\n")


def test_a_backslash_before_enter_is_a_new_line() -> None:
    assert press_slowly(KINDS["text"], "a\\\r").text == "a\n"


@pytest.mark.parametrize("name", ["line", "text", "name"])
def test_a_question_mark_and_enter_answer_nothing(name: str) -> None:
    ended = press_slowly(KINDS[name], "?\r")
    assert (ended.was_stopped, ended.text) == (True, "")


def test_a_text_that_is_continued_ends_with_enter_on_an_empty_line() -> None:
    ended = press_slowly(KINDS["continued-text"], "\r\r")
    assert ended.reply == f"{INITIAL}\n"


PRINTABLE = st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"])
ANY_KEYS = st.lists(
    st.one_of(
        st.sampled_from([*NAMED_KEYS.values(), ENTER, ESCAPE, "<", "\n", " "]),
        st.text(PRINTABLE, max_size=4),
        st.integers(0, 31).filter(lambda code: code not in (3, 26)).map(chr),
    ),
    max_size=25,
).map("".join)


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=25, deadline=None)
@given(keys=ANY_KEYS)
def test_any_keys_leave_a_prompt_with_one_of_its_replies(name: str, keys: str) -> None:
    ended = press(KINDS[name], keys)
    kind = KINDS[name]
    if not ended.was_stopped and ended.reply is not BACK:
        assert kind.is_reply(ended.reply)


TYPED = st.lists(
    st.one_of(
        st.text("abcä", min_size=1, max_size=3),
        st.sampled_from(["\t", "\x1b[5~", "\x0f", "\x12", "\x13", ESCAPE, "\x1b#"]),
    ),
    max_size=12,
)


@pytest.mark.parametrize("name", ["line", "text", "notes-box"])
@settings(max_examples=25, deadline=None)
@given(pieces=TYPED)
def test_no_letter_is_lost_between_other_keys(name: str, pieces: Sequence[str]) -> None:
    # Alt with b, d and f moves and deletes by words, as everywhere.
    keys = "x" + "x".join(pieces)
    ended = press(KINDS[name], keys)
    letters = [one for one in keys if one.isalpha() or one == "#"]
    kept = [one for one in ended.text if not one.isspace()]
    if ESCAPE not in keys and "#" not in keys:
        assert kept == letters
    assert not means_back(ended.text, "")


@pytest.mark.parametrize("name", STRICT)
@settings(max_examples=20, deadline=None)
@given(text=st.text("ynYNdmxoDMXO 1a\r?", min_size=1))
def test_nothing_typed_ahead_answers_where_a_letter_would(name: str, text: str) -> None:
    assert press(KINDS[name], text).was_stopped


@pytest.mark.parametrize("name", ["list", "offered", "checkbox", "letter", "number"])
@pytest.mark.parametrize("text", ["plum jam\r", "a pear\r", "e-mail them\rat 3\r"])
def test_a_line_of_text_answers_no_list(name: str, text: str) -> None:
    assert press(KINDS[name], text).was_stopped


def keys_of(text: str) -> list[KeyPress]:
    return [
        KeyPress(Keys.ControlM if one == "\r" else one, one)  # as a terminal has them
        for one in text
    ]


@pytest.mark.parametrize(
    ("text", "is_paste"),
    [
        ("one\rtwo\r", False),  # typed ahead
        ("a long line that is typed ahead\r", False),
        ("a long line\rand another one\r", True),
        ("d\r" * (PASTE_KEYS // 2), True),
        ("d\r" * (PASTE_KEYS // 2 - 1), False),
    ],
)
def test_what_no_hand_can_type_is_a_paste(text: str, is_paste: bool) -> None:
    marked = mark_paste(keys_of(text))
    assert (marked[0].key == Keys.BracketedPaste) == is_paste
    assert "".join(key.data for key in marked) == text
    assert is_paste or marked == keys_of(text)


def test_a_key_right_behind_a_paste_leaves_it_a_paste() -> None:
    keys = keys_of("d" * PASTE_KEYS + "\rmore")
    stop = KeyPress(Keys.ControlC, CTRL_C)
    marked = mark_paste([*keys, stop])
    assert [key.key for key in marked] == [Keys.BracketedPaste, Keys.ControlC]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("d", False),
        ("d\r", False),  # a fast hand
        ("\r\r", False),
        ("dddd", False),  # a key that is held down
        ("12\r", False),
        ("dm", True),
        ("Friday", True),
        ("Friday\r", True),
        ("hello y", True),
        ("\ry", True),
        ("d\rd\r", True),
        ("020 7946", True),
    ],
)
def test_different_keys_that_come_together_are_text(typed: str, expected: bool) -> None:
    assert bursts.is_text(keys_of(typed)) == expected
