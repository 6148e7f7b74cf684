"""The marks of a list: taken off before words, never out of them."""

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachlog.bullets import BULLET_SIGNS, strip_bullets
from command_support import ScriptedPerson
from conftest import Run

SIGNS = BULLET_SIGNS.replace("\uf000-\uf0ff", "\uf0b7\uf0a7\uf0d8")
MARKS = [
    *(*SIGNS, "1.", "1)", "12.", "a)", "B)", "(1)", "(a)", "1.)", "a.)", "iv)"),
    *("(ii)", "[ ]"),
]
LINES = st.text(st.sampled_from(f"{SIGNS}abix1.([] )\t\n")) | st.text()


@pytest.mark.parametrize("blank", [" ", "\t", "\N{NO-BREAK SPACE}", "   "])
@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_before_a_blank_is_taken_off(mark: str, blank: str) -> None:
    assert strip_bullets(f"{mark}{blank}Send it") == "Send it"
    assert strip_bullets(f"  {mark}{blank}Send it") == "Send it"
    assert strip_bullets(f"- {mark}{blank}Send it") == "Send it"


@pytest.mark.parametrize(
    "words",
    [
        *(
            "-5 degrees",
            "–5 degrees",
            "1.5 h a week",
            "1.",
            "+44 20 7946",
            "*urgent* rota",
            "a)b",
        ),
        *(
            "A. Smith's rota",
            "e.g. the rota",
            "2026. A plan",
            "o clock",
            "[x] Send",
            "[X] Send",
            "[ ]Send",
            "(a)Send",
            "(now) Send",
            "☐ Send",
            "☑ Send",
            "✓ Send",
            "✔ Send",
            "»Send« it",
            "→Send",
        ),
        *(
            "—what",
            "well-being - and rest",
            "Send it -",
            "c++ course",
            "abc) Send",
            "3 friends",
            "I ask",
            "",
        ),
    ],
)
def test_the_words_own_beginning_stays(words: str) -> None:
    assert strip_bullets(words) == words


def test_the_second_level_of_word_is_a_letter_before_a_tab() -> None:
    assert strip_bullets("o\tSend it") == "Send it"


@pytest.mark.parametrize("line", ["-", "– ", "\uf0b7", "1. ", "- • ", "- [ ]"])
def test_a_mark_alone_has_no_words(line: str) -> None:
    assert strip_bullets(line) == ""


@given(LINES)
@settings(max_examples=300, deadline=None)
def test_it_is_done_once_and_for_all_and_keeps_the_words(line: str) -> None:
    words = strip_bullets(line)
    assert strip_bullets(words) == words
    assert line.endswith(words)
    marks = re.sub(r"\[\s\]", "-", line.removesuffix(words)).split()
    assert all(
        mark in MARKS or mark[-1] in ".)" or mark in SIGNS or mark == "o"
        for mark in marks
    )


# Wherever a promise is written

FORM = """# Quick note {{#quick}}

### What was promised? {{#capture.promises}}

{mark} Send the agenda
  who: me

### Who did you talk with? {{#_person}}
Priya Shah

### Who are they to you? {{#_relationship}}
report
"""


def add_by_option(run: Run, mark: str) -> None:
    words = f"{mark} Send the agenda"
    assert run("action", "add", "--owner", "me", "--what", words).code == 0


def add_by_pipe(run: Run, mark: str) -> None:
    words = f"  {mark} Send the agenda\n"
    assert run("action", "add", "--owner", "me", "--what", "-", input=words).code == 0


def add_at_the_prompt(run: Run, mark: str) -> None:
    person = ScriptedPerson(
        {
            "What was promised?": f"{mark} Send the agenda",
            "Who will do it?": "me",
            "By when?": None,
            "How will": None,
            "What support": None,
        }
    )
    assert run("action", "add", person=person).code == 0


def add_in_a_conversation(run: Run, mark: str) -> None:
    assert run("person", "add", "Priya Shah", "-r", "report").code == 0
    assert run("person", "edit", "me", "--name", "Tom Reed").code == 0
    person = ScriptedPerson(
        {
            "capture.promises.1.what": f"{mark} Send the agenda",
            "capture.promises.1.owner": "me",
        },
        skip=True,
    )
    assert run("session", "new", "priya", "-t", "quick", person=person).code == 0


def add_by_answers_file(run: Run, mark: str) -> None:
    file = {
        "person": "Priya Shah",
        "relationship": "report",
        "template": "quick",
        "actions": [{"what": f"{mark} Send the agenda", "owner": "me"}],
    }
    assert run("session", "new", "--answers", "-", input=json.dumps(file)).code == 0


def add_by_form(run: Run, mark: str) -> None:
    ran = run("session", "new", "--form", "-", input=FORM.format(mark=mark))
    assert ran.code == 0, ran.err


def change_by_option(run: Run, mark: str) -> None:
    assert run("action", "add", "--owner", "me", "--what", "Ask").code == 0
    assert run("action", "edit", "1", "--what", f"{mark} Send the agenda").code == 0


Way = Callable[[Run, str], None]
WAYS: list[Way] = [
    *(add_by_option, add_by_pipe, add_at_the_prompt, add_in_a_conversation),
    *(add_by_answers_file, add_by_form, change_by_option),
]


@pytest.mark.parametrize(
    "mark", ["–", "•", "\uf0b7", "a)", "1.", "(a)", "‣ [ ]", "-\u202a"]
)
@pytest.mark.parametrize("way", WAYS)
def test_a_promise_is_stored_without_its_mark(run: Run, way: Way, mark: str) -> None:
    way(run, mark)
    [action] = run("action", "list", "--json").json["actions"]
    assert action["what"] == "Send the agenda"


@pytest.mark.parametrize("mark", ["-5 degrees,", "1.5 h:", "—send"])
@pytest.mark.parametrize("way", WAYS)
def test_a_promise_keeps_its_own_beginning(run: Run, way: Way, mark: str) -> None:
    way(run, mark)
    [action] = run("action", "list", "--json").json["actions"]
    assert action["what"] == f"{mark} Send the agenda"


@pytest.mark.parametrize("mark", ["–", "•", "a)", "(1)", "→", "[ ]"])
def test_a_choice_offers_the_lines_of_an_answer_without_their_marks(
    run: Run, mark: str
) -> None:
    file = {
        "person": "Priya Shah",
        "relationship": "report",
        "template": "grow",
        "answers": {
            "goal.result": "Calm",
            "options.list": f"{mark} Ask Dana\n{mark} Wait",
            "options.first": f"{mark} Wait",
        },
    }
    ran = run("session", "new", "--answers", "-", input=json.dumps(file))
    assert ran.code == 0, ran.err
    answers = run("session", "show", "1", "--json").json["session"]["answers"]
    [first] = [row for row in answers if row["prompt"] == "first"]
    assert first["value"] == "Wait"


def test_the_lines_of_a_list_lose_their_marks(run: Run) -> None:
    levels = "– None\n• One\n\uf0b7 Two\n1) Three\n-2 degrees\n"
    ran = run("goal", "add", "--title", "Calm", "--level", "-", input=levels)
    assert ran.code == 0, ran.err
    goal = run("goal", "show", "1", "--json").json["goal"]
    assert goal["levels"] == ["None", "One", "Two", "Three", "-2 degrees"]
