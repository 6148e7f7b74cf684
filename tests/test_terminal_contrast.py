"""Every word of a prompt can be read: on white, on black, on Solarized, in sixteen colours."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.output.color_depth import ColorDepth
from prompt_toolkit.output.vt100 import _get_closest_ansi_color
from prompt_toolkit.styles import DEFAULT_ATTRS, Attrs

from coachlog.model.people import Person, Relationship
from coachlog.model.reviews import ReviewOutcome
from coachlog.terminal.keys import Place
from coachlog.terminal.looks import STYLE
from coachlog.terminal.review_table import ReviewRow, ReviewTable, ReviewView
from coachlog.terminal.widgets import (
    ListRow,
    Prompt,
    build_checkbox_list,
    build_confirm,
    build_letter_field,
    build_list,
    build_name_field,
    build_notes_box,
    build_number_field,
    build_review_prompt,
    build_text_field,
)

LEAST = 4.5
Colour = tuple[int, int, int]


def rgb(text: str) -> Colour:
    return int(text[:2], 16), int(text[2:4], 16), int(text[4:], 16)


XTERM = ["000000", "cd0000", "00cd00", "cdcd00", "0000ee", "cd00cd", "00cdcd", "e5e5e5"]
XTERM += [
    "7f7f7f",
    "ff0000",
    "00ff00",
    "ffff00",
    "5c5cff",
    "ff00ff",
    "00ffff",
    "ffffff",
]
VGA = ["000000", "aa0000", "00aa00", "aa5500", "0000aa", "aa00aa", "00aaaa", "aaaaaa"]
VGA += ["555555", "ff5555", "55ff55", "ffff55", "5555ff", "ff55ff", "55ffff", "ffffff"]
SOLARIZED = [
    "073642",
    "dc322f",
    "859900",
    "b58900",
    "268bd2",
    "d33682",
    "2aa198",
    "eee8d5",
]
SOLARIZED += [
    "002b36",
    "cb4b16",
    "586e75",
    "657b83",
    "839496",
    "6c71c4",
    "93a1a1",
    "fdf6e3",
]

# The background, the text, and the sixteen colours.
PALETTES = {
    "white": ("ffffff", "000000", XTERM),
    "black": ("000000", "e5e5e5", XTERM),
    "console": ("000000", "aaaaaa", VGA),
    "Solarized light": ("fdf6e3", "657b83", SOLARIZED),
    "Solarized dark": ("002b36", "839496", SOLARIZED),
}
NAMES = [
    "ansiblack",
    "ansired",
    "ansigreen",
    "ansiyellow",
    "ansiblue",
    "ansimagenta",
    "ansicyan",
    "ansigray",
    "ansibrightblack",
    "ansibrightred",
    "ansibrightgreen",
    "ansibrightyellow",
    "ansibrightblue",
    "ansibrightmagenta",
    "ansibrightcyan",
    "ansiwhite",
]


def luminance(colour: Colour) -> float:
    def linear(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def resolve(name: str, usual: str, palette: list[str], *, few: bool) -> Colour:
    """Return the colour that a terminal shows: one of its sixteen, or one of its own."""
    if name in ("", "default", "ansidefault"):
        return rgb(usual)
    if few and not name.startswith("ansi"):
        name = _get_closest_ansi_color(*rgb(name))
    if name.startswith("ansi"):
        return rgb(palette[NAMES.index(name)])
    return rgb(name)


def find_contrast(attrs: Attrs, palette: str, *, few: bool) -> float:
    ground, text, colours = PALETTES[palette]
    fore = resolve(attrs.color or "", text, colours, few=few)
    back = resolve(attrs.bgcolor or "", ground, colours, few=few)
    return contrast(fore, back)


def look() -> dict[str, Any]:
    return {
        "style": STYLE,
        "color_depth": ColorDepth.DEPTH_8_BIT,
        "output": DummyOutput(),
    }


def hint(*_: Any) -> str:
    return "Enter: skip"


def wrong(*_: Any) -> str:
    return "This needs an answer."


PLACE = Place("Some help.", ("A sentence on a key.",), back=True)
ANN = Person(1, "x", "Ann", "ann", Relationship.PEER)
ROWS = [ListRow("me", 1, "1"), ListRow("them", 2, "2")]
REVIEW = ReviewTable(
    [ReviewRow(1, "Rest", "due"), ReviewRow(2, "Read", "late")], {1: ReviewOutcome.DONE}
)


def text(several: bool) -> Prompt:
    return build_text_field(
        look(), "one two", wrong, hint, place=PLACE, several_lines=several,
        refresh_seconds=0, is_skipped_by_enter=True,
    )  # fmt: skip


KINDS: dict[str, tuple[Callable[[], Prompt], str]] = {
    "text": (lambda: text(True), "\x01x\x07"),
    "line": (lambda: text(False), "x\r"),
    "box": (lambda: build_notes_box(look(), "one", hint, place=PLACE), "x"),
    "number": (lambda: build_number_field(look(), "e", hint, place=PLACE), "12"),
    "letter": (lambda: build_letter_field(look(), ["open"], None, hint, place=PLACE), "?"),
    "list": (lambda: build_list(look(), ROWS, 2, width=60, place=PLACE), "zz"),
    "ticks": (
        lambda: build_checkbox_list(
            look(), {"a": "A", "b": "B"}, ["a"], wrong, width=60, place=PLACE
        ),
        "\r",
    ),
    "name": (lambda: build_name_field(look(), [ANN], wrong, place=PLACE), "an"),
    "confirm": (lambda: build_confirm(look(), "Really?"), "?"),
    "review": (
        lambda: build_review_prompt(
            look(), REVIEW, ReviewView(REVIEW, "›", lambda: (80, 24), lambda words, _: [words])
        ),
        "m",
    ),
}  # fmt: skip


def draw(build: Callable[[], Prompt], keys: str) -> dict[str, Attrs]:
    """Return how the words look on a prompt that has been typed at: the looks by their names."""
    with create_pipe_input() as typed, create_app_session(input=typed):
        application = build().application
        typed.send_text(keys)

        looks: dict[str, Attrs] = {}

        def leave() -> None:
            looks.update(collect_looks(application))
            application.exit()

        def wait() -> None:
            asyncio.get_running_loop().call_later(0.2, leave)

        application.run(pre_run=wait)
        return looks


def collect_looks(application: Any) -> dict[str, Attrs]:
    screen = application.renderer.last_rendered_screen
    names = {
        character.style
        for row in screen.data_buffer.values()
        for character in row.values()
        if character.char.strip()
    }
    style = application.renderer.style
    return {name: style.get_attrs_for_style_str(name) for name in sorted(names)}


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_seen_at_a_prompt_can_be_read(kind: str) -> None:
    """At least 4.5, or as much as the palette gives its own text."""
    looks = draw(*KINDS[kind])
    assert looks
    for palette, (ground, own, _) in PALETTES.items():
        least = min(LEAST, contrast(rgb(ground), rgb(own)))
        for name, attrs in looks.items():
            for few in (False, True):
                assert find_contrast(attrs, palette, few=few) >= least, (palette, name)
            assert not attrs.dim, name


def test_colours_that_cannot_be_read_are_found() -> None:
    """The test above can fail: on what questionary and prompt_toolkit would show."""
    orange = DEFAULT_ATTRS._replace(color="ff9d00")
    error = DEFAULT_ATTRS._replace(color="ansired", bgcolor="550000")
    grey = DEFAULT_ATTRS._replace(color="ansibrightblack")
    assert find_contrast(orange, "white", few=False) == pytest.approx(2.1, abs=0.05)
    assert find_contrast(error, "white", few=False) < 3
    assert find_contrast(grey, "Solarized dark", few=False) == 1
