"""`read(write(form)) == form` for every conversation of coachlog, and for random own ones."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

import form_support
from coachlog import answers
from coachlog.answers import AnswersFile
from coachlog.answers.form.cells import (
    count_cells,
    cut_cells,
    join_wrapped_rows,
    wrap_cells,
)
from coachlog.answers.form.headings import FORM_WIDTH
from coachlog.answers.form.option_lines import write_option_rows
from coachlog.answers.form.reader import parse_form
from coachlog.answers.form.writer import write_form
from coachlog.errors import FaultyTemplate, InvalidInput
from coachlog.interview import keys
from coachlog.interview.checks import check_answer
from coachlog.interview.conversation import Conversation, Question
from coachlog.interview.keys import HELD_ON, KeyFamily
from coachlog.interview.walk import Walk, run_interview
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.records import SessionRecord
from coachlog.model.templates import Template, TemplateAudience
from coachlog.rules.question_tags import QUESTION_TAGS
from coachlog.templates import library, parsing
from coachlog.text import clean_line

DAY = date(2026, 11, 23)
TEMPLATES = {
    template.id: template
    for template in library.list_available_templates(Path("nowhere")).templates
    if template.audience is not TemplateAudience.GROUP
}
NASTY = st.sampled_from(
    [
        "# Heading",
        "## Will",
        "### {#will.steps}",
        "<!-- x",
        "-->",
        "ends -->",
        "\\# y",
        "\\\\- z -->",
        "- [x] box",
        "- item",
        "  set in",
        "1. one",
        "who: me",
        "by: fri",
        "~ tired",
        "private: tired",
        "```python",
        "```",
        "---",
        "\u202eright to left\u202c",
        "\u200fשלום",
        "一二三四五六七八九十" * 9,
        "e\u0301\u0302 combining",
        "\N{WHITE HEAVY CHECK MARK} done \N{FAMILY}",
        "a\N{NO-BREAK SPACE}b",
        "a\tb",
        "What happened?",
        "?",
        "<",
    ]
)
FREE = st.lists(NASTY | st.text(max_size=8), max_size=5).map("\n".join)
LINE = (NASTY | st.text(max_size=20)).map(clean_line)
PLAIN = st.text("abcdefgh éß", min_size=1, max_size=30).map(clean_line).filter(bool)
ASKED = st.builds(
    lambda words, tag: {"question": words, "by": None, "tag": tag},
    PLAIN,
    st.none() | st.sampled_from(QUESTION_TAGS),
)
BY_KIND: dict[PromptKind, st.SearchStrategy[Any]] = {
    PromptKind.TEXT: FREE,
    PromptKind.LINE: LINE,
    PromptKind.YESNO: st.booleans(),
    PromptKind.DATE: st.dates(date(2026, 1, 1), DAY).map(date.isoformat),
    PromptKind.NUMBER: st.integers(1, 400),
    PromptKind.QUESTIONS: st.lists(ASKED, max_size=3),
}
PART: dict[str, st.SearchStrategy[Any]] = {
    "owner": st.sampled_from(["me", "them"]),
    "due": st.none() | st.dates(DAY, date(2027, 12, 31)).map(date.isoformat),
}


class Chance:
    """Answers each question with whatever hypothesis draws, or skips it."""

    def __init__(self, data: st.DataObject) -> None:
        self._data = data

    def ask(self, question: Question, walk: Walk) -> AnswerValue:
        """Return an answer of the right kind; the day is always the same one."""
        if question.key == HELD_ON:
            return DAY.isoformat()
        key = keys.parse_key(question.key)
        if key.family is KeyFamily.PART and key.field == "what" and key.number > 2:
            return None
        value = self._data.draw(st.none() | self._list_values(question))
        for candidate in (
            value,
            None,
            "me",
            self._data.draw(self._list_values(question)),
        ):
            try:
                return check_answer(question, candidate)
            except InvalidInput:
                continue
        raise AssertionError(f"no answer to {question.key}")

    def _list_values(self, question: Question) -> st.SearchStrategy[Any]:
        key = keys.parse_key(question.key)
        if key.family is KeyFamily.PART and key.field in PART:
            return PART[key.field]
        values = question.values or question.options
        if question.kind is PromptKind.CHOICE:
            return st.sampled_from(values)
        if question.kind is PromptKind.CHOICES:
            return st.sets(st.sampled_from(values)).map(
                lambda picks: [value for value in values if value in picks]
            )
        if question.kind is PromptKind.SCALE:
            return st.integers(question.low, question.high)
        return BY_KIND[question.kind]


def talk_by(template: Template) -> Conversation:
    is_solo = template.audience is TemplateAudience.SOLO
    talk = Conversation(
        template,
        today=DAY,
        latest_day=DAY,
        began_on=DAY,
        them=None if is_solo else "Priya Shah",
        me="Tom Reed",
        every_field=True,
    )
    return replace(talk, promise_names=form_support.build_names(talk))


def filled(data: st.DataObject, talk: Conversation) -> Walk:
    """Return a conversation held by chance."""
    walk = Walk(talk)
    run_interview(walk, Chance(data))
    return walk


def recorded(text: str, talk: Conversation) -> SessionRecord:
    """Return what a form without faults records."""
    file = parse_form(text, talk.template)
    assert talk.promise_names is not None
    answers.read_typed_actions(file, talk, talk.promise_names)
    answerer = answers.build_file_answerer(file, talk)
    record = run_interview(Walk(talk), answerer)
    assert answers.find_file_faults(file, talk, answerer) == []
    return record


def values(record: SessionRecord) -> dict[str, AnswerValue]:
    return {
        f"{answer.stage}.{answer.prompt}": answer.value
        for answer in record.answers
        if answer.value is not None
    }


def holds(walk: Walk) -> None:
    """Write a conversation into a form, read it, and compare; write it again, and compare."""
    talk = walk.talk
    facts = AnswersFile(person=talk.them)
    text = write_form(replace(talk, every_field=False), facts, walk.answers)
    record, original = recorded(text, talk), walk.build_record()
    assert values(record) == values(original)
    assert record._replace(answers=()) == original._replace(answers=())


@pytest.mark.parametrize("id", sorted(TEMPLATES))
@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    print_blob=True,
)
@given(data=st.data())
def test_each_conversation_comes_back_from_its_form(
    id: str, data: st.DataObject
) -> None:
    holds(filled(data, talk_by(TEMPLATES[id])))


WORDS = st.lists(
    st.sampled_from(
        [
            *("one", "{#all.a}", "<!--", "-->", "#", "- [x]", "- [ ]", "·", "`", "~"),
            *("一二三四五", "שלום", "e\u0301", "longer-than-most-words-in-a-question"),
        ]
    ),
    min_size=1,
    max_size=30,
).map(" ".join)
KINDS = st.sampled_from(
    [
        *(PromptKind.TEXT, PromptKind.LINE, PromptKind.CHOICE, PromptKind.CHOICES),
        *(PromptKind.SCALE, PromptKind.YESNO, PromptKind.ACTIONS),
    ]
)


@st.composite
def own_templates(draw: st.DrawFn) -> Template:
    """Return a template of one stage, of which any words may be the form's own signs."""
    rows = ['title = "T"', 'summary = "S."', 'audience = "one-to-one"', "minutes = 20"]
    rows += ["[[stage]]", 'id = "all"', f"title = {quoted(draw(WORDS))}"]
    rows.append(f"guidance = {quoted(draw(WORDS))}")
    has_actions = False
    for number in range(draw(st.integers(1, 4))):
        kind = draw(KINDS)
        if kind is PromptKind.ACTIONS and has_actions:
            kind = PromptKind.TEXT
        has_actions = has_actions or kind is PromptKind.ACTIONS
        rows += ["[[stage.prompt]]", f'id = "p{number}"', f'kind = "{kind}"']
        rows.append(f"ask = {quoted(draw(WORDS) + f' {number}?')}")
        if draw(st.booleans()):
            rows.append(f"help = {quoted(draw(WORDS))}")
        if kind in (PromptKind.CHOICE, PromptKind.CHOICES):
            options = draw(st.lists(WORDS, min_size=2, max_size=4, unique=True))
            rows.append(f"options = [{', '.join(map(quoted, options))}]")
    try:
        return parsing.parse_template("\n".join(rows).encode(), "own", name="own.toml")
    except FaultyTemplate:
        assume(False)
        raise


def quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(template=own_templates(), data=st.data())
def test_each_conversation_of_ones_own_comes_back_from_its_form(
    template: Template, data: st.DataObject
) -> None:
    holds(filled(data, talk_by(template)))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(template=own_templates())
def test_a_blank_form_of_ones_own_fits_the_window(template: Template) -> None:
    """However wide its characters are, and whatever they look like."""
    text = write_form(talk_by(template), AnswersFile(), {})
    too_wide = [row for row in text.split("\n") if cell_len(row) > FORM_WIDTH]
    assert too_wide == []
    assert parse_form(text, template).faults == []


@given(st.text("ab 一é\u0301-", max_size=200), st.integers(4, 40))
def test_rows_are_as_wide_as_there_is_room_and_join_again(
    words: str, room: int
) -> None:
    words = clean_line(words)
    rows = wrap_cells(words, room, "  ")
    longest = max(map(count_cells, re.split(" ", words)), default=0)
    assert max(map(count_cells, rows)) <= max(room, longest + 2 + 5)
    joined = rows[0]
    for row in rows[1:]:
        joined = join_wrapped_rows(joined, row)
    assert joined == words
    assert count_cells(cut_cells(words, room)) <= room


def test_an_option_that_looks_like_a_comment_fits_the_window_with_its_sign() -> None:
    """It was one cell too wide: the sign came after the row was as long as could be."""
    option = "שלום one · <!-- longer-than-most-words-in-a-question - [x] ` - [ ] -->"
    assert cell_len(f"- [ ] {option}") == FORM_WIDTH
    rows = [*write_option_rows([option], None)]
    assert max(map(cell_len, rows)) <= FORM_WIDTH
