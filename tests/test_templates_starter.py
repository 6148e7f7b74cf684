"""A new template: it can be used as it is, and its comments replace the manual."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coachlog.model.templates import Template
from coachlog.templates import advice, library, parsing
from coachlog.templates.advice import TemplateCheck
from coachlog.templates.fields import PROMPT_FIELDS, STAGE_FIELDS, TEMPLATE_FIELDS
from coachlog.templates.kinds import KIND_ROWS
from coachlog.templates.starter import build_starter_text
from coachlog.text import clean_line

FILES = sorted(library.find_builtin_folder().glob("*.toml"))
SHIPPED = [library.read_template_file(path, builtin=True) for path in FILES]
OWN = """\
title = "Walk"
summary = "A talk on foot."
audience = "solo"
minutes = 15
[[stage]]
id = "way"
title = "On the way"
[[stage.prompt]]
id = "steps"
ask = "What now?"
kind = "actions"
"""


def parsed(text: str, id: str = "walk") -> Template:
    return parsing.parse_template(text.encode(), id, name=f"{id}.toml")


def said(template: Template) -> Template:
    """Return what a template asks, without what it is called and where it comes from."""
    return template._replace(id="", title="", text="", builtin=False)


def test_a_new_template_can_be_used_as_it_is() -> None:
    text = build_starter_text("team-start", "Team start")
    assert advice.check_template(
        text.encode(), "team-start", "x.toml", SHIPPED
    ) == TemplateCheck("x.toml", "team-start")
    found = parsed(text, "team-start")
    assert (found.id, found.title, found.audience, found.minutes) == (
        *("team-start", "Team start", "one-to-one", 30),
    )
    assert [(s.id, p.id, p.kind.value) for s in found.stages for p in s.prompts] == [
        ("today", "matters", "text"),
        ("today", "felt", "scale"),
        ("today", "better", "text"),
        ("next", "steps", "actions"),
        ("next", "noticed", "text"),
        ("next", "review", "date"),
    ]


def test_its_head_says_what_to_type() -> None:
    assert (
        build_starter_text("team-start", "Team start").split("\ntitle")[0]
        == """\
#:schema ./.template.schema.json
# A conversation of your own. The name of this file, team-start, is its id.
#
#   coachlog template check team-start    looks for errors
#   coachlog template show team-start     shows it as a page
#   coachlog session new --template team-start
#
# Lines that begin with # are notes. The words $them and $me become first names.
"""
    )


@pytest.mark.parametrize(
    "source", [None, *SHIPPED], ids=lambda one: one.id if one else "empty"
)
def test_its_comments_explain_every_key_and_kind(source: Template | None) -> None:
    legend = build_starter_text("walk", "Walk", source).split(
        "# What a stage may have:\n"
    )[1]
    assert re.findall(r"^#   (\w+) +(.+)$", legend, re.MULTILINE) == [
        *((name, known.help) for name, known in STAGE_FIELDS.items()),
        *((name, known.help) for name, known in PROMPT_FIELDS.items()),
        *((kind.value, row.meaning) for kind, row in KIND_ROWS.items()),
    ]
    assert [row for row in legend.split("\n") if row and not row.startswith("#")] == []


def test_a_new_one_shows_every_key_of_a_template() -> None:
    keys = re.findall(
        r"^(?:# )?(\w+) = ",
        build_starter_text("walk", "Walk").split("[[stage]]")[0],
        re.M,
    )
    assert [*keys, "stage"] == list(TEMPLATE_FIELDS)


def test_no_line_is_too_long_to_read() -> None:
    for source in (None, *SHIPPED):
        head, *_, legend = build_starter_text("walk", "Walk", source).split("\n\n")
        assert max(map(len, f"{head}\n{legend}".split("\n"))) <= 100


@pytest.mark.parametrize("source", SHIPPED, ids=[one.id for one in SHIPPED])
def test_one_made_from_a_shipped_template_asks_the_same(source: Template) -> None:
    text = build_starter_text("walk", "Walk and talk", source)
    found = parsed(text)
    assert (found.id, found.title, found.text) == ("walk", "Walk and talk", text)
    assert said(found) == said(source)
    others = [one for one in SHIPPED if one != source]
    assert advice.check_template(
        text.encode(), "walk", "x.toml", others
    ) == TemplateCheck("x.toml", "walk")


TITLES = st.text(min_size=1).map(clean_line).filter(bool)


@given(title=TITLES, from_own=st.booleans())
@example(title='She said "go" \\ \\n', from_own=True)
@example(title=r"\1 \g<0> \\", from_own=True)
@example(title="'''", from_own=False)
@example(title='"""', from_own=True)
@example(title="Łódź, 日本 and 🚶‍♀️", from_own=True)
@example(title="# no comment", from_own=True)
@example(title="$them $$ $title ${id}", from_own=False)
@settings(max_examples=50, deadline=None)
def test_any_title_is_kept_as_it_was_given(title: str, from_own: bool) -> None:
    source = parsed(OWN) if from_own else None
    assert parsed(build_starter_text("walk", title, source)).title == title


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param('title = "Walk"', "title = 'Walk'  # a note", id="literal"),
        pytest.param('title = "Walk"', 'title="Walk"', id="no-spaces"),
        pytest.param(
            'title = "Walk"\n', '\n\n# A note.\n\ntitle = "Walk"\n', id="notes-before"
        ),
        pytest.param("\n", "\r\n", id="windows-line-ends"),
    ],
)
def test_the_title_is_replaced_however_it_is_written(old: str, new: str) -> None:
    source = parsed(OWN.replace(old, new))
    found = parsed(build_starter_text("run", "Run", source), "run")
    assert (found.title, said(found)) == ("Run", said(source))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param('title = "Walk"', 'title = """\nWalk"""', id="over-lines"),
        pytest.param('title = "Walk"', '"title" = "Walk"', id="key-in-quotes"),
        pytest.param(
            'title = "Walk"\nsummary = "A talk on foot."',
            'summary = """\ntitle = "x" """\ntitle = "Walk"',
            id="in-another-text",
        ),
    ],
)
def test_an_unusual_title_is_left_rather_than_the_rest_changed(
    old: str, new: str
) -> None:
    source = parsed(OWN.replace(old, new))
    found = parsed(build_starter_text("run", "Run", source), "run")
    assert (found.title, said(found)) == ("Walk", said(source))


def test_one_made_from_a_new_one_is_commented_once() -> None:
    text = build_starter_text("run", "Run", parsed(build_starter_text("walk", "Walk")))
    assert parsed(text, "run").title == "Run"
    assert {
        name: text.count(name) for name in ("#:schema", "# The kinds:", "walk")
    } == {
        "#:schema": 1,
        "# The kinds:": 1,
        "walk": 0,
    }


def test_one_made_from_a_file_with_a_byte_order_mark_can_be_read() -> None:
    source = parsed("\ufeff" + OWN)
    found = parsed(build_starter_text("run", "Run", source), "run")
    assert (found.title, said(found)) == ("Run", said(source))


def test_the_notes_of_the_one_it_is_made_from_stay_beside_what_they_are_about() -> None:
    source = parsed(OWN.replace("[[stage]]", "# Begin here.\n[[stage]]"))
    assert "# Begin here.\n[[stage]]" in build_starter_text("run", "Run", source)
