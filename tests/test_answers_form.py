"""A conversation as a Markdown form: written, filled in by hand, read back, faults in place."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachlog import answers
from coachlog.answers import AnswersFile
from coachlog.answers.form import fault_marks, layout
from coachlog.answers.form.comments import (
    format_comment,
    join_comment_rows,
    join_row_texts,
)
from coachlog.answers.form.escapes import escape_form_line, unescape_form_line
from coachlog.answers.form.headings import FORM_WIDTH, quote_heading
from coachlog.answers.form.opening import find_opening_line
from coachlog.answers.form.reader import decode_form, parse_form
from coachlog.answers.form.wording import FAULT_MARK_LEAD, fingerprint_template
from coachlog.answers.form.writer import write_form
from coachlog.answers.unasked_answers import describe_when_test
from coachlog.errors import FaultyAnswers
from coachlog.interview.checks import check_answer
from coachlog.interview.conversation import Conversation, Question
from coachlog.interview.scripted import Fault
from coachlog.interview.walk import Walk, run_interview
from coachlog.model.actions import Promise
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.people import Relationship
from coachlog.model.records import SessionRecord
from coachlog.model.reviews import ActionReview, ReviewOutcome
from coachlog.model.templates import PromptCondition, Template
from coachlog.templates import parsing
from coachlog.text import clean_line
from command_support import golden
from form_support import build_names, keyed_faults, with_keys
from test_prompts import (
    MONDAY,
    SHIPPED,
    WITHOUT_A_SET,
    Brief,
    Thorough,
    conversation,
    held,
)

GROW = conversation("grow")
KINDS = parsing.parse_template(
    b"""\
title = "All kinds"
summary = "A talk."
audience = "one-to-one"
minutes = 20

[[stage]]
id = "a"
title = "All"
guidance = "Let $them lead."

[[stage.prompt]]
id = "words"
ask = "What does $them say?"
kind = "text"

[[stage.prompt]]
id = "more"
ask = "What else?"
kind = "text"
help = "In the words of $them."

[[stage.prompt]]
id = "line"
ask = "In a line?"
kind = "line"

[[stage.prompt]]
id = "one"
ask = "Which one?"
kind = "choice"
options = ["Stay", "Leave, soon"]

[[stage.prompt]]
id = "some"
ask = "Which ones?"
kind = "choices"
options = ["Pay", "People", "Place"]

[[stage.prompt]]
id = "first"
ask = "Which first?"
kind = "choice"
options_from = "a.words"

[[stage.prompt]]
id = "sure"
ask = "How sure?"
kind = "scale"

[[stage.prompt]]
id = "told"
ask = "Is it told?"
kind = "yesno"

[[stage.prompt]]
id = "count"
ask = "How many?"
kind = "number"

[[stage.prompt]]
id = "when"
ask = "When?"
kind = "date"

[[stage]]
id = "b"
title = "Steps"

[[stage.prompt]]
id = "steps"
ask = "What will each of you do?"
kind = "actions"
""",
    "kinds",
    name="kinds.toml",
)
TALK = Conversation(
    KINDS,
    today=MONDAY,
    latest_day=MONDAY,
    began_on=MONDAY,
    them="Priya Shah",
    me="Tom Reed",
    open_actions=GROW.open_actions,
)
BLANK = with_keys(write_form(TALK, AnswersFile(person="Priya Shah"), {}), KINDS)


def below(key: str, words: str, text: str = BLANK) -> str:
    """Return a form with these words under a heading, in place of what stood there."""
    rows = text.split("\n")
    heading = re.compile(rf"#.*\{{#_?{re.escape(key)}\}}")
    at = next(n for n, row in enumerate(rows) if heading.match(row)) + 1
    while rows[at].startswith("<!--"):
        at += 1
    end = at
    while end < len(rows) and not rows[end].startswith("#"):
        end += 1
    return "\n".join([*rows[:at], "", *words.split("\n"), "", *rows[end:]])


def without(text: str, *parts: str) -> str:
    for part in parts:
        assert part in text
        text = text.replace(part, "")
    return text


def swapped(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def read(text: str, template: Template = KINDS) -> dict[str, Any]:
    """Return what a form says beside the person, without the fields that are empty."""
    found = vars(parse_form(text, template))
    faults = {"faults": keyed_faults(text, found.pop("faults"), template)}
    return {
        key: value
        for key, value in (found | faults).items()
        if value and key not in ("template", "person")
    }


def walked(text: str, talk: Conversation = TALK) -> tuple[SessionRecord, list[Fault]]:
    """Return what a form records and every fault of it, as `session new --form` finds them."""
    found = parse_form(text, talk.template)
    answers.read_typed_actions(found, talk, build_names(talk))
    whole = replace(talk, every_field=True)
    scripted = answers.build_file_answerer(found, whole)
    record = run_interview(Walk(whole), scripted)
    return record, answers.find_file_faults(found, whole, scripted)


def faults(text: str, talk: Conversation = TALK) -> list[str]:
    return keyed_faults(text, walked(text, talk)[1], talk.template)


def answer(text: str, key: str, talk: Conversation = TALK) -> AnswerValue:
    """Return the answer that is recorded for a prompt; the form must be without fault."""
    record, found = walked(text, talk)
    assert found == []
    return {f"{one.stage}.{one.prompt}": one.value for one in record.answers}.get(key)


def at(text: str, row: str) -> int:
    """Return the number of the line that begins so, as an editor counts."""
    return next(
        n for n, one in enumerate(text.split("\n"), start=1) if one.startswith(row)
    )


# Written and read back


@pytest.mark.parametrize(
    "person",
    [
        pytest.param(Brief(), id="shortest"),
        pytest.param(Thorough(), id="longest-low"),
        pytest.param(Thorough("9", yes=True), id="longest-high"),
        pytest.param(Thorough("2", yes=True), id="longest-low-yes"),
    ],
)
@pytest.mark.parametrize("id", WITHOUT_A_SET)
def test_a_filled_form_records_the_same_conversation(
    id: str, person: Brief | Thorough
) -> None:
    talk = conversation(id)
    steps, whole = held(id, person)
    named = replace(talk, promise_names=build_names(talk))
    text = write_form(named, AnswersFile(person=talk.them, me="Tom Reed"), dict(steps))
    assert layout.parse_form_template_id(text) == id
    assert walked(text, talk) == (whole, [])


@pytest.mark.parametrize("id", WITHOUT_A_SET)
def test_a_blank_form_says_nothing(id: str) -> None:
    for talk in (
        conversation(id),
        replace(conversation(id), them=None, open_actions=()),
    ):
        assert read(write_form(talk, AnswersFile(), {}), talk.template) == {}


@pytest.mark.parametrize("id", SHIPPED)
def test_a_form_is_no_wider_than_an_editor_and_shows_few_keys(id: str) -> None:
    """A key is in sight only where the words of a question are cut, or of a promise."""
    what = "Send everybody last year's agenda, and " * 6
    talk = conversation(id)
    actions = tuple(action._replace(what=what) for action in talk.open_actions)
    for them in (talk.them, None, "Bartholomew-Augustine Featherstonehaugh"):
        text = write_form(
            replace(talk, them=them, open_actions=actions), AnswersFile(), {}
        )
        assert [row for row in text.split("\n") if len(row) > 76] == []
        title, *headings = [row for row in text.split("\n") if row.startswith("#")]
        assert title.endswith(f" {{#{id}}}")
        keyed = [row for row in headings if "{#" in row]
        assert [row for row in keyed if "… {#" not in row] == []
        assert parse_form(text, talk.template).faults == []


def test_words_that_two_questions_share_show_their_keys() -> None:
    (stage, *stages) = KINDS.stages
    same = [prompt._replace(ask="What else?") for prompt in stage.prompts[:2]]
    prompts = (*same, *stage.prompts[2:])
    template = KINDS._replace(stages=(stage._replace(prompts=prompts), *stages))
    text = write_form(replace(TALK, template=template), AnswersFile(), {"a.more": "X"})
    assert "### What else? {#a.words}" in text
    assert "### What else? {#a.more}" in text
    assert "### In a line?\n" in text
    assert parse_form(text, template).answers == {"a.more": "X"}


@settings(max_examples=100, deadline=None)
@given(
    words=st.text(
        st.sampled_from("ab -–\N{NO-BREAK SPACE}·éß"), min_size=1, max_size=300
    )
)
def test_a_wrapped_comment_is_read_as_it_was(words: str) -> None:
    words = clean_line(words)
    comment = format_comment(words)
    (rows,) = join_comment_rows(comment)
    assert join_row_texts(rows) == f"<!-- {words} -->"
    longest = max(map(len, words.split(" ")), default=0)
    assert max(map(len, comment.split("\n"))) <= max(FORM_WIDTH, longest + 9)


def test_a_form_opens_at_a_question_whose_long_options_are_all_unticked() -> None:
    option = (
        "A choice that takes more than the seventy-six columns that a form has to offer"
    )
    text = (
        f"### One?\n\n- [ ] A\n### Two?\n\n- [ ] {option[:60]}\n      {option[60:]}\n"
    )
    assert find_opening_line(text) == 3
    ticked = text.replace("- [ ] A\n", "- [x] A\n")
    assert find_opening_line(ticked) == 6
    assert find_opening_line(ticked.replace("- [ ] A ", "- [x] A ")) == 3


def test_the_blank_form_of_grow() -> None:
    found = write_form(
        replace(GROW, them=None, me=None, open_actions=()), AnswersFile(), {}
    )
    assert found == golden("form-grow-blank.md", found)


def test_the_form_of_grow_with_an_open_promise_and_facts_filled_in() -> None:
    known = AnswersFile(
        person="Priya Shah",
        relationship=Relationship.REPORT,
        me="Tom Reed",
        held_on=date(2026, 11, 20),
        minutes=40,
        tags=("feedback", "team"),
    )
    said: dict[str, AnswerValue] = {
        "goal.result": "A calm huddle\n\n# not a heading\n<!-- nor a comment -->",
        "goal.matters": 8,
        "options.list": "Ask Dana\nWait",
        "options.first": "Ask Dana",
        "will.steps.1.what": "Ask Dana for dates",
        "will.steps.1.owner": "them",
        "will.steps.1.due": "2026-11-27",
        "will.steps.1.private": True,
        "review.7.outcome": "moved",
        "review.7.due": "2026-12-04",
    }
    named = replace(GROW, promise_names=build_names(GROW))
    found = write_form(named, known, said)
    assert found == golden("form-grow-filled.md", found)


def test_open_promises_come_first_with_their_facts() -> None:
    rows = [row for row in BLANK.split("\n") if row.startswith("#")]
    assert rows[:3] == [
        "# All kinds with Priya Shah {#kinds}",
        "## Promises from last time {#_review}",
        "### You: Send last year's agenda {#_review.7}",
    ]
    facts = "<!-- By Fri 20 Nov, 3 days overdue. Carried over once. · done, moved,"
    assert facts in BLANK


NASTY = (
    *(
        "# Heading",
        "## Goal {#goal}",
        "### {#a.more}",
        "#### Four",
        "#no",
        "# ",
        "#",
        "\\# x",
    ),
    *(
        "\\\\# y",
        "<!-- a comment -->",
        "<!--",
        "-->",
        "\\<!-- x",
        "   # set in",
        "  <!-- x",
    ),
    *(
        "<!-- ! Nothing has been saved yet -->",
        "{#a.more}",
        "\\",
        "- dash",
        "- [x] box",
    ),
    "Zo\N{LATIN SMALL LETTER E WITH DIAERESIS} \N{WOMAN}\u200d\N{PERSONAL COMPUTER}",
    *("", "", "\u05e9\u05dc\u05d5\u05dd", "who: me", "---", "```", "> quoted", "$them"),
)
lines = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=12)), max_size=8)


@settings(max_examples=50, deadline=None)
@given(words=lines.map("\n".join), more=lines.map("\n".join))
def test_any_text_survives_and_leaves_the_others_alone(words: str, more: str) -> None:
    question = Question("a.words", "?", PromptKind.TEXT)
    said = {
        "a.words": check_answer(question, words.strip()),
        "a.more": check_answer(question, more.strip()),
    }
    text = write_form(TALK, AnswersFile(person="Priya Shah"), dict(said))
    found = parse_form(text, KINDS)
    kept = {key: check_answer(question, value) for key, value in found.answers.items()}
    assert (kept, found.faults) == (
        {k: v for k, v in said.items() if v is not None},
        [],
    )


@settings(max_examples=50, deadline=None)
@given(rows=lines)
def test_escaped_text_is_read_back_and_never_taken_for_the_forms_own(
    rows: list[str],
) -> None:
    for row in rows:
        assert unescape_form_line(escape_form_line(row)) == row
        assert (
            not escape_form_line(row).lstrip().startswith(("# ", "## ", "### ", "<!--"))
        )


def test_the_first_line_stays_as_far_in_as_it_was() -> None:
    said = "    make test\n    make build"
    text = write_form(TALK, AnswersFile(person="Priya Shah"), {"a.words": said})
    assert answer(text, "a.words") == said


@pytest.mark.parametrize(
    "idea", ["# big", "+5 heads", "<!-- odd", "1.5 h", "[x] box", "a - b"]
)
def test_any_idea_can_be_chosen(idea: str) -> None:
    said: dict[str, AnswerValue] = {"a.words": f"{idea}\nWait", "a.first": idea}
    text = write_form(TALK, AnswersFile(person="Priya Shah"), said)
    assert answer(text, "a.first") == idea


@pytest.mark.parametrize(
    "copied", ["Ask Dana", "- Ask Dana", "– Ask Dana", "1. Ask Dana"]
)
def test_an_idea_may_be_copied_with_its_dash(copied: str) -> None:
    text = below("a.first", copied, below("a.words", f"{copied}\nWait"))
    assert answer(text, "a.first") == "Ask Dana"


def test_a_help_of_several_lines_can_be_read_back() -> None:
    """A template of one's own may have one: TOML has texts of several lines."""
    text = KINDS.text.replace(
        'help = "In the words of $them."', 'help = """In the words\nof."""'
    )
    own = parsing.parse_template(text.encode(), "kinds", name="kinds.toml")
    talk = replace(TALK, template=own)
    assert read(write_form(talk, AnswersFile(), {}), own) == {}


@pytest.mark.parametrize(
    ("id", "stage"),
    [
        pytest.param("kinds", "minutes", id="a-stage-called-minutes"),
        pytest.param("kinds", "about", id="a-stage-called-about"),
        pytest.param("kinds", "review", id="a-stage-called-review"),
        pytest.param("kinds", "line", id="a-stage-called-line"),
        pytest.param("tags", "a", id="a-template-called-tags"),
    ],
)
def test_an_own_template_may_use_the_names_of_the_form(id: str, stage: str) -> None:
    words = KINDS.text.replace(
        'id = "b"', f'id = "{stage}"' if stage != "a" else 'id = "b"'
    )
    talk = replace(
        TALK, template=parsing.parse_template(words.encode(), id, name="own.toml")
    )
    known = AnswersFile(person="Priya Shah", minutes=40, tags=("one",))
    text = write_form(talk, known, {"a.words": "Ask Dana"})
    assert read(text, talk.template) == {
        "answers": {"a.words": "Ask Dana"},
        "minutes": 40,
        "tags": ("one",),
    }


@pytest.mark.parametrize("stage", ["line", "review", "note", "correction"])
def test_a_fault_below_a_stage_with_such_a_name_is_marked_at_its_question(
    stage: str,
) -> None:
    words = KINDS.text.replace('id = "b"', f'id = "{stage}"')
    template = parsing.parse_template(words.encode(), "kinds", name="own.toml")
    talk = replace(TALK, template=template)
    key = f"{stage}.steps.1"
    said: dict[str, AnswerValue] = {f"{key}.what": "Ask Dana", f"{key}.owner": "me"}
    blank = with_keys(write_form(talk, AnswersFile(), said), template)
    text = swapped(blank, "- me: Ask Dana", "- me: Ask Dana\n  sure: 11")
    found = walked(text, talk)[1]
    fault = "promise 1, sure: “11” should be a whole number from 1 to 10."
    assert keyed_faults(text, found, template) == [f"{stage}.steps: {fault}"]
    shown = fault_marks.mark_form_faults(text, found, template).split("\n")
    assert shown[
        shown.index(f"### What will each of you do? {{#{stage}.steps}}") + 1
    ] == (f"{FAULT_MARK_LEAD}{fault} -->")


# Headings


def filled() -> str:
    """Return a form of GROW in which everything is answered."""
    steps, _ = held("grow", Thorough())
    known = AnswersFile(person="Priya Shah", me="Tom Reed", tags=("team",))
    return with_keys(write_form(GROW, known, dict(steps)))


def parts(text: str) -> list[str]:
    """Return a form in pieces, each a heading with what stands below it."""
    made: list[str] = []
    for row in text.split("\n"):
        if row.startswith("#"):
            made.append(row)
        else:
            made[-1] += f"\n{row}"
    return made


@settings(max_examples=20, deadline=None)
@given(order=st.permutations(parts(filled())))
def test_headings_in_another_order_give_the_same_answers(order: list[str]) -> None:
    text = "\n".join(order)
    assert parse_form(text, GROW.template) == parse_form(filled(), GROW.template)


def test_a_question_that_was_removed_is_skipped() -> None:
    whole = parse_form(filled(), GROW.template)
    gone = ("{#goal.result}", "{#_tags}", "{#_review.7}", "{#will}")
    kept = [part for part in parts(filled()) if not part.split("\n")[0].endswith(gone)]
    del whole.answers["goal.result"]
    whole.tags, whole.review = (), []
    assert parse_form("\n".join(kept), GROW.template) == whole


def test_a_question_answered_in_two_places_is_a_fault() -> None:
    text = below("a.words", "One") + "\n### What does Priya say? {#a.words}\n\nTwo\n"
    second = text.count("\n") - 2
    assert read(text) == {
        "answers": {"a.words": "One"},
        "faults": [
            f"line {second}: this question appears twice. Put everything under one of the two, "
            "and delete the other."
        ],
    }


def test_of_two_headings_the_one_with_words_counts() -> None:
    text = BLANK + "\n### What does Priya say? {#a.words}\n\nTwo\n"
    assert read(text) == {"answers": {"a.words": "Two"}}


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param("### What does Priya say?", id="with-the-first-name"),
        pytest.param("### What does Zoë say?", id="with-another-name"),
        pytest.param("### What does [name] say?", id="with-no-name"),
        pytest.param("### what DOES  priya say?", id="in-another-case"),
        pytest.param("# What does Priya say?", id="on-another-level"),
        pytest.param("###  What does Priya say?  ", id="with-spaces"),
        pytest.param("### Something else {#a.words}", id="by-its-name-alone"),
        pytest.param("### {#a.words}", id="without-words"),
        pytest.param(
            "### What does Priya say? {# a.words }", id="with-spaces-in-the-braces"
        ),
    ],
)
def test_a_heading_is_recognised(heading: str) -> None:
    text = swapped(
        below("a.words", "Yes"), "### What does Priya say? {#a.words}", heading
    )
    assert read(text) == {"answers": {"a.words": "Yes"}}


@pytest.mark.parametrize("id", SHIPPED)
def test_every_question_of_every_template_is_recognised_by_its_words(id: str) -> None:
    talk = replace(conversation(id), open_actions=())
    for prompt in (p for stage in talk.template.stages for p in stage.prompts):
        asks = [p.ask for stage in talk.template.stages for p in stage.prompts]
        if (
            prompt.kind in (PromptKind.TEXT, PromptKind.LINE)
            and asks.count(prompt.ask) == 1
        ):
            blank = with_keys(write_form(talk, AnswersFile(person=talk.them), {}))
            key = next(
                f"{s.id}.{p.id}"
                for s in talk.template.stages
                for p in s.prompts
                if p is prompt
            )
            if f"… {{#{key}}}" in blank:
                continue
            text = without(below(key, "Yes", blank), f" {{#{key}}}")
            assert read(text, talk.template) == {"answers": {key: "Yes"}}


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        (
            "### What does Priya say? {#a.wrods}",
            "there is no question {#a.wrods} in this form; did you mean {#a.words}?",
        ),
        (
            "### What does Priya say? {#xyz}",
            "there is no question {#xyz} in this form.",
        ),
        ("### What does Priya say? {#}", "there is no question {#} in this form."),
        (
            "### My own thoughts",
            "this heading is not one of the form's. To keep it as your own words, put a \\ before "
            "it; if it was one of the form's, write that again as it was.",
        ),
    ],
    ids=["near", "far", "empty", "own"],
)
def test_a_heading_that_the_form_does_not_have_is_a_fault(
    heading: str, words: str
) -> None:
    text = swapped(
        below("a.words", "Yes"), "### What does Priya say? {#a.words}", heading
    )
    assert read(text) == {"faults": [f"line {at(text, heading)}: {words}"]}


def test_a_heading_that_was_replaced_names_the_new_one() -> None:
    (stage, *stages) = KINDS.stages
    words = stage.prompts[0]._replace(replaces=("a.phrase",))
    stage = stage._replace(prompts=(words, *stage.prompts[1:]))
    template = KINDS._replace(stages=(stage, *stages))
    heading = "### What did Priya say? {# a.phrase }"
    text = swapped(
        below("a.words", "Yes"), "### What does Priya say? {#a.words}", heading
    )
    said = "has no question {#a.phrase} any more: it is {#a.words} now."
    assert read(text, template) == {
        "faults": [f"line {at(text, heading)}: {KINDS.id} {said}"]
    }


def test_a_backslash_makes_a_heading_your_own_words() -> None:
    text = below("a.words", "Yes\n\\# My own\n\\<!-- thoughts -->")
    assert read(text) == {"answers": {"a.words": "Yes\n# My own\n<!-- thoughts -->"}}


@pytest.mark.parametrize(
    ("row", "id"),
    [
        ("# GROW with Priya {#grow}", "grow"),
        ("# {#grow}", "grow"),
        ("text\n\n# GROW {#grow}", "grow"),
        ("# Notes\n# GROW {#grow}", "grow"),
        ("# GROW", None),
        ("## Goal {#goal}", None),
        ("", None),
    ],
)
def test_the_title_names_the_template(row: str, id: str | None) -> None:
    assert layout.parse_form_template_id(row) == id


# Words where there is no question

COMMENT = (
    "coachlog did not write this comment. Remove the comment signs around the words to keep them, "
    "or delete the line."
)


@pytest.mark.parametrize(
    "comment",
    [
        pytest.param("<!-- my own note -->", id="foreign"),
        pytest.param("  <!-- my own note -->", id="set-in"),
        pytest.param("<!-- One line! -->", id="edited"),
        pytest.param("<!-- One line. --> and an answer", id="words-behind-it"),
        pytest.param("<!-- One line. my answer -->", id="words-within-it"),
        pytest.param("<!-- begun", id="never-ended"),
        pytest.param("<!---->", id="empty"),
        pytest.param("<!-- Let me decide. -->", id="like-one-with-a-name"),
        pytest.param("<!-- ! “x” should be a number. --> 7", id="words-behind-a-mark"),
    ],
)
def test_a_comment_that_is_not_coachlogs_is_a_fault(comment: str) -> None:
    text = below("a.words", comment)
    assert read(text) == {"faults": [f"line {at(text, comment)}: {COMMENT}"]}


def test_a_comment_of_several_lines_loses_nothing() -> None:
    text = below("a.words", "<!-- one\ntwo -->")
    first = at(text, "<!-- one")
    assert read(text) == {
        "faults": [f"line {n}: {COMMENT}" for n in (first, first + 1)]
    }


def test_coachlogs_own_comments_may_go_or_move() -> None:
    rows = BLANK.split("\n")
    gone = "\n".join(row for row in rows if not row.startswith("<!--"))
    moved = "\n".join([*rows, *(row for row in rows if row.startswith("<!--"))])
    assert (read(gone), read(moved)) == ({}, {})


FORMER = """\
<!-- Write below the headings, as much as you like, and leave empty what you skip. Then save and close. -->
<!-- Notes like this one are not kept. Leave the names in braces, {#like.this}, as they are. -->
<!-- Made from the template as it was at VERSION. -->
<!-- done, moved, dropped or open; with a date where it matters: “done 18 Nov”, “moved to 4 Dec”. Empty: not talked about. -->
<!-- talked, keep or drop. Empty: kept for next time. -->
<!-- A name, or the beginning of one that is known. -->
<!-- A date, such as yesterday, fri or 12 May. Empty: today. -->
<!-- A whole number. Empty: not counted. -->
<!-- Themes, with commas between them. -->
<!-- One a line: its number, what really became of it, and what tells you: “17: kept, sent by mail that day”. It can be: kept, kept as re-agreed, kept late, missed, released. -->
<!-- One per line: its number, what really became of it, and how you know, such as “17: kept, sent by mail that day”. It can be: kept, kept as re-agreed, kept late, missed, released. -->
<!-- One a line: “Ben: What did you see? (open)”. You can leave out the name, and whether it was open, closed or leading. -->
<!-- One promise for each dash; copy the lines to add more. “by” takes fri, +2w or 12 May; without a date it is only a wish. -->
<!-- The numbers are those of `coachlog progress --ledger`. -->
<!-- One line. -->
<!-- Put an x between the brackets of one: [x] -->
<!-- Put an x between the brackets of any: [x] -->
<!-- A whole number from 1 to 10. -->
<!-- yes or no -->
<!-- A number. -->
<!-- One a line: “Ben: What did you see? (open)”. Who asked may be left out, and so may open, closed or leading. -->
<!-- A date, such as fri, +2w, 12 May or 2026-11-27. -->
<!-- One of the lines of “What does Priya say?” -->
<!-- One promise for each dash. More of them: copy the lines. “by” takes fri, +2w or 12 May; a date makes it a promise. -->
<!-- Write as much as you like below each heading, and leave blank what you skip. Then save and close. -->
<!-- Notes like this one are not saved. Leave the names in braces, {#like.this}, as they are. -->
<!-- One promise for each dash; copy the lines to add more. “by” takes fri, +2w or 12 May; only promises with a date are counted. · Or in one go, without the lines below it: “- me: send it by fri (mail sent)”. -->
"""  # noqa: E501


def test_the_comments_of_an_earlier_version_are_still_coachlogs() -> None:
    """A form may be open in an editor while coachlog is upgraded.

    Whoever changes the words of a hint adds the former ones to `answers/form/former_wording.py`.
    """
    former = FORMER.replace("VERSION", fingerprint_template(KINDS))
    assert read(f"{BLANK}\n{former}") == {}


def test_a_comment_of_an_earlier_version_may_stand_beside_a_template_s_own_help() -> (
    None
):
    row = "<!-- In the words of Priya. · Themes, with commas between them. -->"
    assert read(f"{BLANK}\n{row}") == {}
    foreign = "<!-- In the words of Priya. · Mine -->"
    assert read(f"{BLANK}\n{foreign}") == {
        "faults": [f"line {at(f'{BLANK}{chr(10)}{foreign}', foreign)}: {COMMENT}"]
    }


@pytest.mark.parametrize(
    "lead", ["Made from version {}", "Made from the template as it was at {}"]
)
def test_a_form_of_another_version_of_its_template_is_a_fault(lead: str) -> None:
    version = next(row for row in BLANK.split("\n") if "Made from version" in row)
    text = swapped(BLANK, version, f"<!-- {lead.format('12345678')}. -->")
    assert read(text) == {
        "faults": [
            f"line {at(text, '<!-- Made from')}: the template has changed since this form was "
            "made. Check that the questions are still the ones you answered, then delete this line."
        ]
    }


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("", id="above-all"),
        pytest.param("# All kinds with Priya Shah {#kinds}", id="below-the-title"),
        pytest.param("## Promises from last time {#_review}", id="below-the-promises"),
        pytest.param("## All {#a}", id="below-a-stage"),
        pytest.param("## About this conversation {#_about}", id="below-the-last-stage"),
    ],
)
def test_words_that_belong_to_no_question_are_a_fault(row: str) -> None:
    text = f"Hello\n{BLANK}" if not row else swapped(BLANK, row, f"{row}\nHello")
    place = f"line {at(text, row)}" if row else "at the top"
    assert read(text) == {
        "faults": [
            f"{place}: these words do not belong to any question. Move them under one."
        ]
    }


# Kinds


@pytest.mark.parametrize(
    ("key", "words", "value"),
    [
        pytest.param("a.line", "One\ntwo", "One two", id="line-wrapped"),
        pytest.param("a.one", "- [x] Stay\n- [ ] Leave, soon", "Stay", id="choice"),
        pytest.param("a.one", "- [X] Stay", "Stay", id="choice-capital"),
        pytest.param("a.one", "- [*] Stay", "Stay", id="choice-star"),
        pytest.param("a.one", "-[x]Stay", "Stay", id="choice-no-spaces"),
        pytest.param(
            "a.one", "- [] Stay\n- [x] Leave, soon", "Leave, soon", id="choice-no-space"
        ),
        pytest.param(
            "a.one",
            "- [ ] Stay\n- [x ] Leave, soon",
            "Leave, soon",
            id="choice-x-space",
        ),
        pytest.param(
            "a.one",
            "- [ ] Stay\n- [ x] Leave, soon",
            "Leave, soon",
            id="choice-space-x",
        ),
        pytest.param("a.one", "stay", "Stay", id="choice-in-words"),
        pytest.param("a.one", "- leave, soon", "Leave, soon", id="choice-with-a-dash"),
        pytest.param("a.one", "- [ ] Stay\n- [ ] Leave, soon", None, id="choice-none"),
        pytest.param(
            "a.some",
            "- [x] Pay\n- [ ] People\n- [x] Place",
            ["Pay", "Place"],
            id="some",
        ),
        pytest.param("a.some", "- [ ] Pay", None, id="choices-none"),
        pytest.param("a.some", "place\npay", ["Place", "Pay"], id="choices-in-words"),
        pytest.param("a.sure", "7", 7, id="scale"),
        pytest.param("a.told", "yes", True, id="yes"),
        pytest.param("a.told", "Yes.", True, id="yes-as-a-sentence"),
        pytest.param("a.told", "Y", True, id="y"),
        pytest.param("a.told", "NO", False, id="no"),
        pytest.param("a.told", "n", False, id="n"),
        pytest.param("a.count", "-3", -3, id="number"),
        pytest.param("a.count", "2.5", 2.5, id="number-with-a-point"),
        pytest.param("a.when", "fri", "2026-11-27", id="weekday"),
        pytest.param("a.when", "12 May", "2027-05-12", id="day-and-month"),
        pytest.param("a.when", "2026-11-27", "2026-11-27", id="date"),
    ],
)
def test_an_answer_of_each_kind(key: str, words: str, value: AnswerValue) -> None:
    assert answer(below(key, words), key) == value


@pytest.mark.parametrize(
    ("key", "words", "fault"),
    [
        ("a.one", "- [x] Stay\n- [x] Leave, soon", "2 are marked; mark one."),
        ("a.one", "Perhaps", "“Perhaps” should be one of: Stay | Leave, soon."),
        (
            "a.one",
            "- [ ] Stay, but not long\n- [ ] Leave, soon",
            "“Stay, but not long” should be one of: Stay | Leave, soon.",
        ),
        ("a.some", "- [x] Fame", "“Fame” should be one of: Pay | People | Place."),
        ("a.sure", "eleven", "“eleven” should be a whole number from 1 to 10."),
        ("a.sure", "11", "“11” should be a whole number from 1 to 10."),
        (
            "a.sure",
            "7/5",
            "“7/5” should be a whole number from 1 to 10: it does not end at 5.",
        ),
        (
            "a.sure",
            "7\nor 8",
            "“7 or 8” should be a whole number from 1 to 10. "
            "Type 7 or 8, if that is what you mean.",
        ),
        ("a.told", "maybe", "“maybe” should be yes or no."),
        ("a.told", "yes and no", "“yes and no” should be yes or no."),
        ("a.count", "many", "“many” should be a number."),
        (
            "a.first",
            "Jump",
            "is not asked here; it offers the lines of “What does [name] say?”, which is empty.",
        ),
    ],
)
def test_an_answer_that_cannot_be_is_a_fault(key: str, words: str, fault: str) -> None:
    assert faults(below(key, words)) == [f"{key}: {fault}"]


def test_a_date_that_cannot_be_read_names_the_forms_that_work() -> None:
    (fault,) = faults(below("a.when", "soonish"))
    assert fault.startswith(
        "a.when: “soonish” is not a date that coachlog understands. Try one of these:"
    )


# Promises


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("- Send it", [{"what": "Send it"}], id="dash"),
        pytest.param("* Send it", [{"what": "Send it"}], id="star"),
        pytest.param("+ Send it", [{"what": "Send it"}], id="plus"),
        pytest.param("• Send it", [{"what": "Send it"}], id="bullet"),
        pytest.param("Send it", [{"what": "Send it"}], id="no-dash"),
        pytest.param("-Send it", [{"what": "Send it"}], id="no-space"),
        pytest.param("- [ ] Send it", [{"what": "Send it"}], id="box"),
        pytest.param(
            "1. Send it\n2) Book", [{"what": "Send it"}, {"what": "Book"}], id="numbers"
        ),
        pytest.param(
            "Send it\nBook", [{"what": "Send it"}, {"what": "Book"}], id="two-no-dash"
        ),
        pytest.param("- Send it: today", [{"what": "Send it: today"}], id="colon"),
        pytest.param("- by: fri", [{"what": "by: fri"}], id="label-behind-a-dash"),
        pytest.param(
            "- Send\n  the dates\n  now", [{"what": "Send the dates now"}], id="wrapped"
        ),
        pytest.param(
            "- Send it\n  who: me\n  by: fri\n  done when: it is read",
            [
                {
                    "what": "Send it",
                    "owner": "me",
                    "due": "fri",
                    "done_when": "it is read",
                }
            ],
            id="usual-labels",
        ),
        pytest.param(
            "- Send it\n  WHO: me\n  By : fri\n  Done_When: x\n  If-then: y\n  SURE: 7\n"
            "  support: z\n  Private: Yes",
            [
                {
                    "what": "Send it",
                    "owner": "me",
                    "due": "fri",
                    "done_when": "x",
                    "if_then": "y",
                    "confidence": 7,
                    "support": "z",
                    "private": True,
                }
            ],
            id="any-case",
        ),
        pytest.param(
            "- Send it\nowner: me\ndue: fri\nif then: y\nconfidence: 7",
            [
                {
                    "what": "Send it",
                    "owner": "me",
                    "due": "fri",
                    "if_then": "y",
                    "confidence": 7,
                }
            ],
            id="other-words-not-set-in",
        ),
        pytest.param(
            "- Send it\n  by:\n  who:",
            [{"what": "Send it", "due": None}],
            id="empty-labels",
        ),
        pytest.param(
            "-\n  who:\n  by:\n\n-\n- Book", [{"what": "Book"}], id="empty-dashes"
        ),
        pytest.param(
            "\n\n- Send it\n\n\n  by: fri\n\n- Book\n\n",
            [{"what": "Send it", "due": "fri"}, {"what": "Book"}],
            id="blank-lines",
        ),
        pytest.param("-", [], id="nothing"),
    ],
)
def test_promises_may_be_written_in_several_ways(
    words: str, expected: list[dict[str, AnswerValue]]
) -> None:
    found = read(below("b.steps", words))
    assert found == ({"actions": expected} if expected else {})


LABELS = "who:, by:, done when:, support:, if-then:, sure:, private:"


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        pytest.param(
            "- Send it\n  who: me\n  when: fri",
            f"“when: fri” is not understood; lines under a dash begin with {LABELS}",
            id="unknown-label",
        ),
        pytest.param(
            "- Send it\n  when: fri\n  who: me",
            f"“when: fri” is not understood; lines under a dash begin with {LABELS}",
            id="unknown-label-first",
        ),
        pytest.param(
            "- Send it\n  who: me\n  done when: all\n  of it",
            f"“of it” is not understood; lines under a dash begin with {LABELS}",
            id="a-wrapped-label",
        ),
        pytest.param(
            "who: me",
            "“who: me” comes before any promise; begin each promise with a dash.",
            id="no-promise-yet",
        ),
        pytest.param("- Send it\n  who:", "promise 1: whose is it? Begin with "
                     "“me:” or a name, as in “- me: send it by fri”.", id="nobody"),
        pytest.param("-\n  who: me", "promise 1: This needs an answer.", id="no-words"),
        pytest.param(
            "- A\n  who: me\n- B\n  who: me\n  sure: very",
            "promise 2, sure: “very” should be a whole number from 1 to 10.",
            id="scale-of-the-second",
        ),
        pytest.param(
            "- A\n  who: me\n  private: perhaps",
            "promise 1, private: “perhaps” should be yes or no.",
            id="private",
        ),
    ],
)  # fmt: skip
def test_a_promise_that_cannot_be_read_is_a_fault(words: str, fault: str) -> None:
    assert faults(below("b.steps", words)) == [f"b.steps: {fault}"]


def test_a_label_that_appears_twice_drops_no_words() -> None:
    found = walked(
        below("b.steps", "- Send it\n  who: me\n  done when: read\n  done when: sent")
    )
    assert found[1] or found[0].promises[0].done_when == "read sent"


def test_a_promise_is_anyones() -> None:
    words = "- A\n  who: Priya\n- B\n  who: them\n- C\n  who: tom\n- D\n  who: Dana Cole\n  by: fri"
    record, found = walked(below("b.steps", words))
    assert found == []
    assert record.promises == (
        Promise("A", "them"),
        Promise("B", "them"),
        Promise("C", "me"),
        Promise("D", "Dana Cole", date(2026, 11, 27)),
    )


# Reviews and the facts of the talk


@pytest.mark.parametrize(
    ("words", "review"),
    [
        ("done", ActionReview(7, ReviewOutcome.DONE)),
        ("Done.", ActionReview(7, ReviewOutcome.DONE)),
        ("done 18 Nov", ActionReview(7, ReviewOutcome.DONE, on=date(2026, 11, 18))),
        ("Done on 18 Nov", ActionReview(7, ReviewOutcome.DONE, on=date(2026, 11, 18))),
        (
            "done, 2026-11-18",
            ActionReview(7, ReviewOutcome.DONE, on=date(2026, 11, 18)),
        ),
        (
            "dropped: yesterday",
            ActionReview(7, ReviewOutcome.DROPPED, on=date(2026, 11, 22)),
        ),
        ("moved to 4 Dec", ActionReview(7, ReviewOutcome.MOVED, due=date(2026, 12, 4))),
        ("MOVED fri", ActionReview(7, ReviewOutcome.MOVED, due=date(2026, 11, 27))),
        (
            "moved\nto 4 Dec",
            ActionReview(7, ReviewOutcome.MOVED, due=date(2026, 12, 4)),
        ),
        ("open", ActionReview(7, ReviewOutcome.OPEN)),
        ("still open", ActionReview(7, ReviewOutcome.OPEN)),
        ("Still open.", ActionReview(7, ReviewOutcome.OPEN)),
    ],
)
def test_what_became_of_a_promise(words: str, review: ActionReview) -> None:
    record, found = walked(below("review.7", words))
    assert (record.reviews, found) == ((review,), [])


def test_a_promise_not_talked_about_is_not_reviewed() -> None:
    assert walked(BLANK)[0].reviews == ()


@pytest.mark.parametrize(
    ("words", "start"),
    [
        (
            "nonsense",
            "review.7: “nonsense” should begin with done, moved, dropped or open.",
        ),
        (
            "nearly done",
            "review.7: “nearly done” should begin with done, moved, dropped or open.",
        ),
        (
            "18 Nov",
            "review.7: “18 Nov” should begin with done, moved, dropped or open.",
        ),
        (
            "open until fri",
            "review.7: an open promise has no date; did you mean moved?",
        ),
        (
            "done soonish",
            "review.7: “soonish” is not a date that coachlog understands.",
        ),
        (
            "done +2w",
            "review.7: Monday 7 December 2026 is later than Monday 23 November 2026.",
        ),
        ("moved", "review.7: moved to when? For example: moved to 4 Dec."),
        (
            "moved to nowhere",
            "review.7: “nowhere” is not a date that coachlog understands.",
        ),
    ],
)
def test_a_review_that_cannot_be_read_is_a_fault(words: str, start: str) -> None:
    (fault,) = faults(below("review.7", words))
    assert fault.startswith(start)


def test_a_review_of_a_promise_that_is_not_open_is_a_fault() -> None:
    text = swapped(below("review.7", "done"), "{#_review.7}", "{#_review.70}")
    assert faults(text) == [
        "review.70: action: 70 is not an open promise in this conversation",
    ]


@pytest.mark.parametrize(
    ("key", "words", "field", "value"),
    [
        ("minutes", "40", "minutes", 40),
        ("minutes", "40 min", "minutes", 40),
        ("minutes", "40 minutes", "minutes", 40),
        ("minutes", "40min.", "minutes", 40),
        ("minutes", "40 Min", "minutes", 40),
        ("tags", "feedback, team work", "tags", ("feedback", "team work")),
        ("tags", "feedback,\n, Feedback\nteam", "tags", ("feedback", "team")),
        ("relationship", "Peer", "relationship", Relationship.PEER),
        ("held-on", "fri", "held_on", "fri"),
    ],
)
def test_the_facts_of_the_talk(key: str, words: str, field: str, value: object) -> None:
    assert read(below(key, words)) == {field: value}


def test_the_day_and_the_minutes_are_recorded() -> None:
    record, found = walked(below("minutes", "40 min", below("held-on", "fri")))
    assert (record.held_on, record.minutes, found) == (date(2026, 11, 20), 40, [])


@pytest.mark.parametrize(
    ("key", "words", "start"),
    [
        (
            "minutes",
            "an hour",
            "minutes: “an hour” should be a whole number of minutes from 1 to 1440.",
        ),
        (
            "minutes",
            "0",
            "minutes: “0” should be a whole number of minutes from 1 to 1440.",
        ),
        ("held-on", "then", "held-on: “then” is not a date that coachlog understands."),
        ("held-on", "2026-12-24", "held-on: Thursday 24 December 2026 is later than"),
        ("tags", "x" * 61, "tags: A tag must be 1 to 60 characters of text."),
        (
            "relationship",
            "boss",
            "relationship: “boss” should be one of: report (reports to you),",
        ),
    ],
)
def test_a_fact_that_cannot_be(key: str, words: str, start: str) -> None:
    (fault,) = faults(below(key, words))
    assert fault.startswith(start)


# Bytes


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="windows"),
        pytest.param(lambda text: text.replace("\n", "\r").encode(), id="old-mac"),
        pytest.param(lambda text: text.encode("utf-8-sig"), id="byte-order-mark"),
    ],
)
def test_line_ends_and_marks_of_other_editors_make_no_difference(
    change: Callable[[str], bytes],
) -> None:
    assert decode_form(change(filled()), "form.md") == filled()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Zo\xeb", "form.md is not UTF-8 text: byte 3, in line 1, cannot be read."),
        (
            "Zoë".encode("utf-16-le"),
            "form.md is not UTF-8 text: byte 5, in line 1, cannot be read.",
        ),
        (b"x" * (8 * 1024 * 1024 + 1), "form.md is larger than 8 MiB."),
    ],
    ids=["latin-1", "utf-16-without-its-mark", "large"],
)
def test_a_form_that_is_not_text_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(FaultyAnswers, match=words):
        decode_form(data, "form.md")


# Faults in place


def marks(text: str) -> list[tuple[str, str]]:
    """Return each mark with the line above it that is none."""
    above = ""
    found: list[tuple[str, str]] = []
    for row in text.split("\n"):
        if row.startswith(FAULT_MARK_LEAD):
            assert len(row) <= FORM_WIDTH
            words = row.removeprefix(FAULT_MARK_LEAD).removesuffix(" -->")
            if words.startswith("  "):
                words = f"{found.pop()[1]} {words.strip()}"
            found.append((above, words))
        else:
            above = row
    return found


def unmarked(text: str) -> str:
    return "\n".join(
        row for row in text.split("\n") if not row.startswith(FAULT_MARK_LEAD)
    )


def test_each_fault_is_marked_below_its_heading() -> None:
    text = below("a.sure", "eleven")
    text = below(
        "b.steps", "- A\n  who: me\n- B\n  who: me\n  sure: very\n  colour: red", text
    )
    text = below("review.7", "moved", text)
    text = below("a.words", "Yes\n# Mine\nmore\n<!-- so -- so -->", text)
    text = swapped(text, "## Steps {#b}", "## Steps {#b}\nastray")
    shown = fault_marks.mark_form_faults(text, walked(text)[1], TALK.template)
    own = "# Mine"
    assert marks(shown) == [
        ("", "Nothing is saved yet. 7 things to put right, marked like this."),
        ("### You: Send last year's agenda {#_review.7}",
         "moved to when? For example: moved to 4 Dec."),
        (own, "this heading is not one of the form's. To keep it as your own words, put a \\ "
         "before it; if it was one of the form's, write that again as it was."),
        ("<!-- so -- so -->", "coachlog did not write this comment. Remove the comment signs "
         "around the words to keep them, or delete the line."),
        ("### How sure? {#a.sure}", "“eleven” should be a whole number from 1 to 10."),
        ("## Steps {#b}", "these words do not belong to any question. Move them under one."),
        ("### What will each of you do? {#b.steps}",
         f"“colour: red” is not understood; lines under a dash begin with {LABELS}"),
        ("### What will each of you do? {#b.steps}",
         "promise 2, sure: “very” should be a whole number from 1 to 10."),
    ]  # fmt: skip
    assert unmarked(shown) == text


def test_one_fault_is_one_thing() -> None:
    text = below("a.sure", "eleven")
    assert fault_marks.mark_form_faults(text, walked(text)[1], TALK.template).split(
        "\n"
    )[0] == (
        "<!-- ! Nothing is saved yet. One thing to put right, marked like this. -->"
    )


def test_a_mark_names_its_question_where_the_heading_lost_its_name() -> None:
    text = without(below("a.sure", "eleven"), " {#a.sure}")
    shown = marks(fault_marks.mark_form_faults(text, walked(text)[1], TALK.template))
    fault = "“eleven” should be a whole number from 1 to 10."
    assert shown[1:] in ([("### How sure?", fault)], [("", f"a.sure: {fault}")])


def test_marks_from_the_round_before_are_removed() -> None:
    text = below("a.sure", "eleven", below("a.told", "maybe"))
    shown = fault_marks.mark_form_faults(text, walked(text)[1], TALK.template)
    mended = shown.replace("maybe", "yes")
    again = fault_marks.mark_form_faults(mended, walked(mended)[1], TALK.template)
    assert marks(again) == [
        ("", "Nothing is saved yet. One thing to put right, marked like this."),
        ("### How sure? {#a.sure}", "“eleven” should be a whole number from 1 to 10."),
    ]
    assert faults(again.replace("eleven", "10")) == []


typed_rows = st.lists(
    st.one_of(
        st.sampled_from(
            [*NASTY, *BLANK.split("\n"), "- Send it", "  by: never", "eleven"]
        ).filter(lambda row: not row.startswith(FAULT_MARK_LEAD)),
        st.text(max_size=8).filter(lambda row: "\n" not in row),
    ),
    max_size=40,
)


@settings(max_examples=50, deadline=None)
@given(rows=typed_rows)
def test_marks_change_nothing_that_was_typed_and_are_stable(rows: list[str]) -> None:
    text = "\n".join(["# All kinds {#kinds}", *rows])
    once = fault_marks.mark_form_faults(text, walked(text)[1], TALK.template)
    again = fault_marks.mark_form_faults(once, walked(once)[1], TALK.template)
    assert unmarked(once) == text
    assert again == once


def test_the_mark_of_words_above_the_title_stays_where_it_is() -> None:
    once = fault_marks.mark_form_faults(
        f"Hello\n{BLANK}", walked(f"Hello\n{BLANK}")[1], TALK.template
    )
    assert fault_marks.mark_form_faults(once, walked(once)[1], TALK.template) == once


words = st.builds(
    "{}{}".format, st.sampled_from(["", "- ", "> ", "#### ", "1. "]), st.just("zebra{}")
)


@settings(max_examples=50, deadline=None)
@given(rows=st.lists(st.one_of(words, st.sampled_from(BLANK.split("\n"))), max_size=40))
def test_no_word_is_passed_over(rows: list[str]) -> None:
    """Every line that is a person's own is in an answer, or else there is a fault."""
    typed = [row.replace("{}", f"-{n}x") for n, row in enumerate(rows)]
    found = parse_form("\n".join(typed), KINDS)
    own = [row[row.index("zebra") :] for row in typed if "zebra" in row]
    assert found.faults or [word for word in own if word not in str(vars(found))] == []


# Questions that someone asked

ASKED = parsing.parse_template(
    b'title = "Walk"\nsummary = "A walk."\naudience = "one-to-one"\nminutes = 5\n'
    b'[[stage]]\nid = "a"\ntitle = "All"\n'
    b'[[stage.prompt]]\nid = "asked"\nask = "What questions were asked?"\nkind = "questions"\n'
    b'[[stage.prompt]]\nid = "best"\nask = "Which one helped?"\nkind = "choice"\n'
    b'options_from = "a.asked"\n',
    "walk",
    name="walk.toml",
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (
            "Priya: What now? (open)",
            {"question": "What now?", "by": "Priya Shah", "tag": "open"},
        ),
        ("- What now?", {"question": "What now?", "by": None, "tag": None}),
        ("* Is it? (CLOSED)", {"question": "Is it?", "by": None, "tag": "closed"}),
        ("Dana: Why (not)?", {"question": "Dana: Why (not)?", "by": None, "tag": None}),
        (
            "# What of it? (leading)",
            {"question": "# What of it?", "by": None, "tag": "leading"},
        ),
    ],
)
def test_questions_are_read_from_a_form_and_written_into_one(
    typed: str, kept: dict[str, str | None]
) -> None:
    talk = replace(conversation("quick"), template=ASKED, open_actions=())
    blank = with_keys(write_form(talk, AnswersFile(person="Priya Shah"), {}), ASKED)
    head = "### What questions were asked? {#a.asked}\n"
    before, _, after = blank.partition(head)
    note, _, rest = after.partition("\n")
    filled = f"{before}{head}{note}\n\n{escape_form_line(typed)}\n{rest}"
    record, faults = walked(filled, talk)
    assert faults == []
    assert record.answers[0].value == [kept]
    again = write_form(talk, AnswersFile(person="Priya Shah"), {"a.asked": [kept]})
    record, faults = walked(again, talk)
    assert (record.answers[0].value, faults) == ([kept], [])


def test_a_fault_quotes_the_question_as_the_form_has_it() -> None:
    question = "“Have you told [name]’s team yet?”"
    row = "### Have you told Aisha’s team yet? {#a.told}"
    assert quote_heading(question, row) == "“Have you told Aisha’s team yet?”"
    assert quote_heading(question, "## Another stage") == question
    assert quote_heading("“Plain?”", "### Plain?") == "“Plain?”"


@pytest.mark.parametrize(("value", "words"), [(True, "is yes"), (False, "is no")])
def test_a_condition_says_yes_or_no(value: bool, words: str) -> None:
    assert describe_when_test(PromptCondition("a.x", "is", value)) == words
