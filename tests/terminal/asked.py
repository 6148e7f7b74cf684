"""Every kind of prompt there is, each asked again and again at a terminal by the real asker.

A process of `windows` runs `main`, which tells how each prompt ended. Marks on the terminal say
what is going on: `@ask 3@` before the third prompt, `@end 3 [...]@` after it.
"""

import json
import os
import signal
import sys
import termios
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from prompt_toolkit.application import get_app_session
from prompt_toolkit.input.typeahead import clear_typeahead
from rich.console import Console as RichConsole

from coachlog.interview.back import Back
from coachlog.interview.conversation import Question
from coachlog.model.answers import PromptKind
from coachlog.model.people import Person, Relationship
from coachlog.model.templates import Template
from coachlog.screens.texts import Text
from coachlog.templates import library
from coachlog.terminal.console import Console
from coachlog.terminal.key_line import wait_for_key
from coachlog.terminal.prompts import Terminal
from coachlog.terminal.review_table import ReviewRow, ReviewTable, ReviewView
from coachlog.terminal.widgets import build_review_prompt

KIND = "TEST_PROMPT"
GO = b"\x1ego\x1e"
"""The sign to ask again, which nobody types."""
BACK, STAYS = "<back>", "<stays>"
MONDAY = date(2026, 11, 23)
FRUIT = ("apple", "pear", "plum")
ROWS = [(fruit, fruit) for fruit in FRUIT]


class Halves:
    """What was last reported as half-typed."""

    last = ""

    def keep(self, _key: str, text: str) -> None:
        self.last = text


class AskedPrompt(NamedTuple):
    """One kind of prompt: who builds it, how it is asked, and what it may end with.

    `enter` is what Enter alone ends it with, `letters` are those that answer at once. In a field
    with `initial` in it words are typed, in `lines` several lines.
    """

    builder: str
    ask: Callable[[Terminal], Any]
    is_reply: Callable[[Any], bool]
    enter: Any
    letters: str = ""
    has_back: bool = True
    is_field: bool = False
    lines: bool = False
    initial: str = ""


def again(kind: PromptKind, previous: Any = None, **changes: Any) -> Any:
    question = Question("a.x", "The question?", kind, base=MONDAY, **changes)
    return lambda terminal: terminal.ask_again(question, previous)


def is_text(reply: Any) -> bool:
    return reply is None or isinstance(reply, str)


def is_number(reply: Any) -> bool:
    return reply is None or isinstance(reply, int | float)


def is_among(*replies: Any) -> Callable[[Any], bool]:
    return lambda reply: reply in replies


def are_fruits(reply: Any) -> bool:
    return reply is None or set(reply) <= set(FRUIT)


def pick_template(terminal: Terminal) -> Any:
    paths = sorted(library.find_builtin_folder().glob("*.toml"))[:6]
    templates = [library.read_template_file(path, builtin=True) for path in paths]
    return terminal.choose_template([("All", templates)], back=True)


def review(terminal: Terminal) -> Any:
    table = ReviewTable([ReviewRow(n, f"Promise {n}", "By Fri.") for n in (3, 5)], {})
    view = ReviewView(table, ">", lambda: (80, 24), lambda text, _width: [text])
    return terminal._runner.run(build_review_prompt(terminal._look, table, view))


def press_home_key(_terminal: Terminal) -> Any:
    return wait_for_key(Console(), Text("d done · ? help"), Text("What d does."))


def name(terminal: Terminal) -> Any:
    people = [Person(1, "", "Ann Obi", "ann", Relationship.REPORT)]
    return terminal.ask_name(people, lambda _text: [])


def notes(initial: str = "") -> Any:
    def write(terminal: Terminal) -> Any:
        keep = terminal._typing.on_half
        return terminal.write_notes("Notes", "What helps here.", keep, initial)

    return write


def field(ask: Any, **more: Any) -> AskedPrompt:
    return AskedPrompt("build_text_field", ask, is_text, None, is_field=True, **more)


CONTINUED = "one\ntwo"
IS_FRUIT = is_among(*FRUIT)
OUTCOMES = ("done", "moved", "dropped", "open")
PROMPTS: Mapping[str, AskedPrompt] = {
    "line": field(again(PromptKind.LINE)),
    "text": field(again(PromptKind.TEXT), lines=True),
    "scale": field(again(PromptKind.SCALE))._replace(is_reply=is_number),
    "number": field(again(PromptKind.NUMBER))._replace(is_reply=is_number),
    "date": field(again(PromptKind.DATE)),
    "required": field(again(PromptKind.LINE, required=True))._replace(enter=STAYS),
    "continued-line": field(again(PromptKind.LINE, "one"), initial="one")._replace(
        enter="one"
    ),
    "continued-text": field(
        again(PromptKind.TEXT, CONTINUED), initial=CONTINUED, lines=True
    )._replace(enter=STAYS),
    "words": field(
        lambda terminal: terminal.ask_words("The question?"), has_back=False
    )._replace(enter=""),
    "name": AskedPrompt(
        "build_name_field", name, is_text, "", has_back=False, is_field=True
    ),
    "notes": AskedPrompt(
        *("build_notes_box", notes(), is_text, ""),
        letters="\x04",
        has_back=False,
        is_field=True,
        lines=True,
    ),
    "continued-notes": AskedPrompt(
        *("build_notes_box", notes(CONTINUED), is_text, STAYS),
        letters="\x04",
        has_back=False,
        is_field=True,
        lines=True,
        initial=CONTINUED,
    ),
    "yes-or-no": AskedPrompt(
        *("build_list", again(PromptKind.YESNO), is_among(True, False, None), None)
    ),
    "choice": AskedPrompt(
        "build_list",
        again(PromptKind.CHOICE, options=FRUIT),
        *(is_among(None, *FRUIT), None),
    ),
    "required-choice": AskedPrompt(
        *("build_list", again(PromptKind.CHOICE, options=FRUIT, required=True)),
        *(IS_FRUIT, STAYS),
    ),
    "offered-choice": AskedPrompt(
        "build_list", again(PromptKind.CHOICE, "pear", options=FRUIT), IS_FRUIT, "pear"
    ),
    "menu": AskedPrompt(
        "build_list",
        lambda terminal: terminal.choose("Which?", ROWS),
        IS_FRUIT,
        "apple",
    ),
    "statement": AskedPrompt(
        "build_list",
        lambda terminal: terminal.choose("Which?", ROWS, is_statement=True),
        *(IS_FRUIT, STAYS),
    ),
    "menu-before-notes": AskedPrompt(
        "build_list",
        lambda terminal: terminal.choose(
            "Who?", ROWS, is_statement=True, keeps_words=True
        ),
        *(IS_FRUIT, STAYS),
    ),
    "long-menu": AskedPrompt(
        "build_list",
        lambda terminal: terminal.choose(
            "Which?", [(f"row {n}", n) for n in range(50)]
        ),
        *(lambda reply: reply in range(50), 0),
    ),
    "choices": AskedPrompt(
        "build_checkbox_list",
        again(PromptKind.CHOICES, options=FRUIT),
        *(are_fruits, None),
    ),
    "corrections": AskedPrompt(
        "build_checkbox_list",
        again(PromptKind.PROMISES, options=FRUIT, values=FRUIT),
        *(are_fruits, None),
    ),
    "letter": AskedPrompt(
        "build_letter_field",
        again(PromptKind.CHOICE, options=("open", "closed"), by_letter=True),
        *(is_among(None, "open", "closed"), None, "ocOC"),
    ),
    "line-number": AskedPrompt(
        "build_number_field",
        lambda terminal: terminal._read_line_number("1-3: change it · e: the text"),
        lambda reply: reply in ("", "e") or reply.isdecimal(),
        *("", "eE"),
    ),
    "confirm": AskedPrompt(
        "build_confirm",
        lambda terminal: terminal.agrees("Sure?"),
        *(is_among(True, False), False, "ynYN"),
    ),
    "templates": AskedPrompt(
        "build_template_picker",
        pick_template,
        lambda reply: reply.startswith("template:"),
        "template:",
    ),
    "reviews": AskedPrompt(
        "build_review_prompt",
        review,
        lambda reply: set(reply) == {"3", "5"} and set(reply.values()) <= {*OUTCOMES},
        {"3": "open", "5": "open"},
    ),
    "home-key": AskedPrompt("", press_home_key, is_text, "", has_back=False),
}
"""Every kind of prompt, by a name of its own. `builder` is the function in `terminal.widgets`."""


def describe(reply: Any) -> Any:
    """Return a reply as JSON has it."""
    if isinstance(reply, Back):
        return BACK
    if isinstance(reply, Template):
        return f"template:{reply.id}"
    if isinstance(reply, dict):
        return {str(number): outcome.value for number, outcome in reply.items()}
    return reply


def set_up_terminal() -> None:
    """Let no key between two prompts stop this process or its output."""
    modes = termios.tcgetattr(0)
    modes[0] &= ~termios.IXON
    modes[3] &= ~(termios.ISIG | termios.ICANON | termios.ECHO)
    termios.tcsetattr(0, termios.TCSANOW, modes)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def forget_typing() -> None:
    """Wait for the sign to go on, and forget what was typed at a prompt that had ended."""
    typed = b""
    while not typed.endswith(GO):
        typed += os.read(0, 1024)
    clear_typeahead(get_app_session().input)


def run_prompt(prompt: AskedPrompt) -> list[Any]:
    """Return whether the prompt was stopped, its reply or its text, and what was half-typed."""
    terminal, halves = Terminal(RichConsole(stderr=True)), Halves()
    terminal._typing.on_half = halves.keep
    try:
        reply = prompt.ask(terminal)
    except KeyboardInterrupt as stop:
        return [True, str(stop), halves.last]
    return [False, describe(reply), halves.last]


def main() -> None:
    """Ask one kind of prompt again and again."""
    prompt = PROMPTS[os.environ[KIND]]
    set_up_terminal()
    number = 0
    while True:
        number += 1
        forget_typing()
        sys.stderr.write(f"@ask {number}@")
        sys.stderr.flush()
        ended = run_prompt(prompt)
        words = json.dumps(ended).replace("@", r"\u0040")
        sys.stderr.write(f"@end {number} {words}@")
        sys.stderr.flush()
