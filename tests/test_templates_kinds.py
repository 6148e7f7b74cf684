"""A kind of prompt is one row: what a row says is all that the rooms know of a kind."""

import json
from pathlib import Path
from typing import Any

import pytest

from coachlog.model.answers import PromptKind
from coachlog.model.sessions import Answer
from coachlog.phrasing.answers import describe_answer
from coachlog.templates.kinds import KIND_ROWS, get_kind_row
from source_copies import coachlog_in, copy_into, put, python

ROW = """    KindRow(
        PromptKind("percent"),
        "a whole number of per cent",
        Widget.LINE,
        answer_readers.build_whole_reader(0, 100),
        answer_readers.parse_typed_number,
        lambda value, _high: f"{value} %",
        stored_form="a number",
        fits=_is_number_answer,
        is_numeric=True,
        page_hint="0 to 100 %",
        form_hint="A whole number from 0 to 100.",
    ),
"""
TEMPLATE = """
title = "Share"
summary = "How much of it."
audience = "solo"
minutes = 5

[[stage]]
id = "now"
title = "Now"

[[stage.prompt]]
id = "share"
ask = "How much of it is done?"
kind = "percent"

[[stage.prompt]]
id = "rest"
ask = "What keeps the rest?"
kind = "line"
when = { prompt = "now.share", below = 50 }
"""
TALK = """
import json, sys
from datetime import date
from pathlib import Path
from coachlog.interview.checks import check_typed_answer
from coachlog.interview.sequence import build_conversation_questions
from coachlog.interview.walk import run_interview
from coachlog import answers, dates, interview
from coachlog.answers import AnswersFile
from coachlog.answers.form.reader import parse_form
from coachlog.answers.form.writer import write_form
from coachlog.errors import InvalidInput
from coachlog.exports.documents.template_sheet import build_template_sheet
from coachlog.exports.formats import markdown
from coachlog.interview.conversation import Conversation, Question
from coachlog.interview.walk import Walk
from coachlog.model.sessions import Session, SessionStatus
from coachlog.screens.session import render_session
from coachlog.screens.templates import render_template
from coachlog.templates import parsing
from coachlog.templates.json_schema import build_json_schema
from coachlog.terminal.fields import is_typed
from rich.console import Console

DAY = date(2026, 11, 23)
template = parsing.parse_template(Path(sys.argv[1]).read_bytes(), "share", name="share.toml")
talk = Conversation(template, DAY, DAY, DAY, every_field=True)


def drawn(what):
    console = Console(width=80, color_system=None)
    with console.capture() as capture:
        console.print(what)
    return [line.strip() for line in capture.get().splitlines() if line.strip()]


def walked(file):
    scripted = answers.build_file_answerer(file, talk)
    record = run_interview(Walk(talk), scripted)
    return record, list(answers.find_file_faults(file, talk, scripted))


def toml(value):
    text = f"[answers]\\nnow.share = {value}\\n"
    return answers.parse_answers_file(text.encode(), "a.toml", is_toml=True)


record, faults = walked(toml(40))
form = write_form(talk, AnswersFile(), {"now.share": 40, "now.rest": "Time"})
filled = parse_form(form, template)
held = Session(
    *(1, "", SessionStatus.HELD, "share", "Share", DAY, 5, ()), answers=record.answers
)
question = Question("now.share", "?", template.prompts["now.share"].kind)
stage = build_json_schema()["properties"]["stage"]["items"]["properties"]
kinds = stage["prompt"]["items"]["properties"]


def asked(**answers):
    given = {f"now.{name}": value for name, value in answers.items()}
    return [q.key for q in build_conversation_questions(talk, given)][:2]


print(json.dumps({
    "kept": [(a.kind, a.value, a.low) for a in record.answers if a.value is not None],
    "asked": asked(share=40, rest=None),
    "not asked": asked(share=50),
    "faults": [*faults, *walked(toml(101))[1], *walked(toml('"x"'))[1]],
    "typed": check_typed_answer(question, " 40 "),
    "typed in a field": is_typed(question),
    "form": [row for row in form.split("\\n") if "0 to 100" in row or row == "40"],
    "form read": filled.answers,
    "form again": write_form(talk, AnswersFile(), filled.answers) == form,
    "session show": [row for row in drawn(render_session(held, DAY, 80)) if "%" in row],
    "template show": [row for row in drawn(render_template(template)) if "%" in row],
    "sheet": markdown.write(build_template_sheet(template)).decode().split("\\n\\n")[4:6],
    "schema": "percent" in kinds["kind"]["enum"],
}))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the source in which the table of kinds has one row more."""
    package = copy_into(tmp_path_factory.mktemp("copy"))
    put(package / "templates/kinds.py", ")\nKIND_ROWS = ", ROW)
    return package


def test_a_new_kind_is_one_row(copy: Path) -> None:
    file = copy.parents[1] / "share.toml"
    file.write_text(TEMPLATE, encoding="utf-8")
    found: dict[str, Any] = json.loads(python(copy, "-c", TALK, str(file)))
    assert found == {
        "kept": [["percent", 40, None]],
        "asked": ["now.share", "now.rest"],
        "not asked": ["now.share", "held-on"],
        "faults": [
            "now.share: “101” should be a whole number from 0 to 100.",
            "now.share: “x” should be a whole number from 0 to 100.",
        ],
        "typed": 40,
        "typed in a field": True,
        "form": ["<!-- A whole number from 0 to 100. -->", "40"],
        "form read": {"now.share": 40, "now.rest": "Time"},
        "form again": True,
        "session show": ["40 %"],
        "template show": ["• How much of it is done?  (0 to 100 %)"],
        "sheet": ["**How much of it is done?**", "___"],
        "schema": True,
    }


def test_a_template_with_a_new_kind_is_checked_like_any_other(copy: Path) -> None:
    file = copy.parents[1] / "share.toml"
    file.write_text(TEMPLATE.replace("below = 50", 'is = "half"'), encoding="utf-8")
    words = python(
        copy,
        "-c",
        "import sys\n"
        "from coachlog.templates.advice import check_template\n"
        "data = open(sys.argv[1], 'rb').read()\n"
        "print(*check_template(data, 'share', 'share.toml').faults)\n",
        str(file),
    )
    assert (
        words == "now.rest: when: is: “half” is not an answer that now.share can have\n"
    )


def test_a_new_template_explains_a_new_kind(copy: Path) -> None:
    coachlog_in(copy, "template", "new", "own")
    text = (copy.parents[1] / "home/prompts/own.toml").read_text(encoding="utf-8")
    assert "#   percent       a whole number of per cent\n" in text


def test_every_kind_that_the_code_names_has_a_row() -> None:
    assert list(KIND_ROWS) == list(PromptKind)


def test_a_kind_that_only_a_later_version_knows_is_shown_as_it_is() -> None:
    """Its name is taken as it stands in the journal, and is the same kind every time."""
    assert PromptKind("mood") is PromptKind("mood")
    assert get_kind_row(PromptKind("mood")) is KIND_ROWS[PromptKind.LINE]
    assert (
        describe_answer(Answer("now", "mood", "How is it?", PromptKind("mood"), "fine"))
        == "fine"
    )


def test_what_is_no_text_is_no_kind() -> None:
    with pytest.raises(ValueError, match="5 is not a valid PromptKind"):
        PromptKind(5)  # type: ignore[arg-type]
