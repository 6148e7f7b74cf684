"""The format as a JSON Schema: it takes what coachlog takes, and refuses a single fault."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from coachlog.errors import FaultyTemplate
from coachlog.model.answers import PromptKind
from coachlog.templates import library, parsing
from coachlog.templates.fields import PROMPT_FIELDS, STAGE_FIELDS, TEMPLATE_FIELDS
from coachlog.templates.json_schema import build_json_schema
from coachlog.templates.starter import build_starter_text

PAGE = Path(__file__).parent.parent / "docs" / "template.schema.json"
SCHEMA = Draft7Validator(build_json_schema())
FILES = sorted(library.find_builtin_folder().glob("*.toml"))

TOP = """\
title = "Thanks"
summary = "Say thank you, and what for."
audience = "one-to-one"
minutes = 5
"""
STAGE = """
[[stage]]
id = "say"
title = "Say it"
"""


def prompt(id: str, kind: str, *more: str) -> str:
    rows = [f'id = "{id}"', 'ask = "What for?"', f'kind = "{kind}"', *more]
    return "\n".join(["", "[[stage.prompt]]", *rows, ""])


BEFORE = prompt("lines", "text") + prompt("sure", "scale") + prompt("said", "yesno")
SMALL = TOP + STAGE + prompt("what", "text")


def takes(source: str) -> bool:
    """Return whether coachlog can use a template."""
    try:
        parsing.parse_template(source.encode(), "thanks", name="thanks.toml")
    except FaultyTemplate:
        return False
    return True


def allows(source: str) -> bool:
    """Return whether the schema has nothing against a template."""
    return SCHEMA.is_valid(tomllib.loads(source))


def test_the_page_is_what_the_format_gives() -> None:
    assert PAGE.read_text(encoding="utf-8") == (
        json.dumps(build_json_schema(), ensure_ascii=False, indent=2) + "\n"
    )


def test_it_is_a_json_schema_of_the_draft_that_it_names() -> None:
    Draft7Validator.check_schema(build_json_schema())
    assert build_json_schema()["$schema"] == Draft7Validator.META_SCHEMA["$schema"]


def test_it_has_the_keys_of_the_format_level_by_level() -> None:
    template = build_json_schema()
    stage = template["properties"]["stage"]["items"]
    prompt = stage["properties"]["prompt"]["items"]
    tables = (TEMPLATE_FIELDS, STAGE_FIELDS, PROMPT_FIELDS)
    for level, fields in zip((template, stage, prompt), tables, strict=True):
        assert list(level["properties"]) == list(fields)
        assert level["required"] == [
            name for name, known in fields.items() if known.required
        ]
        assert level["additionalProperties"] is False
        for name, known in fields.items():
            found = level["properties"][name]
            assert found["description"] == f"{known.help} {known.expected}"
            assert found.get("enum", []) == list(known.choices)
            assert found.get("default") == known.default


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_template_is_allowed(path: Path) -> None:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    assert [error.message for error in SCHEMA.iter_errors(table)] == []


@pytest.mark.parametrize(
    "from_", [None, *FILES], ids=lambda path: path.stem if path else "empty"
)
def test_every_new_template_is_allowed(from_: Path | None) -> None:
    source = library.read_template_file(from_, builtin=True) if from_ else None
    table = tomllib.loads(build_starter_text("walk", "Walk", source))
    assert [error.message for error in SCHEMA.iter_errors(table)] == []


YEARLY = SMALL.replace("minutes", 'occasion = "once a year"\nminutes')
ALL = """\
title = "Thanks"
summary = "Say thank you."
audience = "group"
minutes = 600
source = "Grandmother"
stage = [
  {id = "say", title = "Say it", guidance = "Slowly.", prompt = [
    {id = "lines", ask = "What?", kind = "text", required = true, private = true, health = true},
    {id = "word", ask = "What?", kind = "line", key = true, replaces = ["a.b", "c.d"]},
    {id = "one", ask = "What?", kind = "choice", options = ["a", "b"]},
    {id = "two", ask = "What?", kind = "choices", options = ["a", "b", "c"]},
    {id = "of", ask = "What?", kind = "choice", options_from = "say.lines", private = true},
    {id = "sure", ask = "What?", kind = "scale", low = 0, high = 5, measure = "how-sure"},
    {id = "said", ask = "What?", kind = "yesno", when = {prompt = "say.sure", below = 2.5}},
    {id = "date", ask = "What?", kind = "date", when = {prompt = "say.sure", above = -1}},
    {id = "many", ask = "What?", kind = "number", when = {prompt = "say.said", is = false}},
    {id = "text", ask = "What?", kind = "line", when = {prompt = "say.one", is = "a"}},
    {id = "last", ask = "What?", kind = "text", when = {prompt = "say.sure", is = 2}},
    {id = "a-1", ask = "What?", kind = "actions", when = {prompt = "say.one", answered = true}},
  ]},
]
"""


@pytest.mark.parametrize(
    "source", [SMALL, YEARLY, ALL], ids=["least", "occasion", "everything"]
)
def test_what_the_format_has_is_allowed(source: str) -> None:
    assert takes(source)
    assert [error.message for error in SCHEMA.iter_errors(tomllib.loads(source))] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # a template
        pytest.param("minutes = 5", "minute = 5", id="misspelt-key"),
        pytest.param("minutes = 5", "minutes = 5\nextra = 1", id="unknown-key"),
        pytest.param('title = "Thanks"\n', "", id="no-title"),
        pytest.param('summary = "Say thank you, and what for."\n', "", id="no-summary"),
        pytest.param('audience = "one-to-one"\n', "", id="no-audience"),
        pytest.param("minutes = 5\n", "", id="no-minutes"),
        pytest.param('"Thanks"', "3", id="title-no-text"),
        pytest.param('"Thanks"', '""', id="title-empty"),
        pytest.param('"Thanks"', '" \\t"', id="title-only-spaces"),
        pytest.param('"one-to-one"', '"pair"', id="unknown-audience"),
        pytest.param(
            "minutes = 5", 'minutes = 5\noccasion = "weekly"', id="unknown-occasion"
        ),
        pytest.param(
            'audience = "one-to-one"',
            'audience = "solo"\noccasion = "once a year"',
            id="occasion-alone",
        ),
        pytest.param("minutes = 5", 'minutes = "5"', id="minutes-a-text"),
        pytest.param("minutes = 5", "minutes = 5.5", id="minutes-with-a-part"),
        pytest.param("minutes = 5", "minutes = true", id="minutes-true"),
        pytest.param("minutes = 5", "minutes = 0", id="minutes-none"),
        pytest.param("minutes = 5", "minutes = 601", id="minutes-too-many"),
        pytest.param("minutes = 5", "minutes = 5\nsource = 1", id="source-no-text"),
        pytest.param(STAGE + prompt("what", "text"), "", id="no-stage"),
        pytest.param(STAGE + prompt("what", "text"), "stage = []", id="stages-none"),
        pytest.param(
            STAGE + prompt("what", "text"), "stage = [1]", id="stage-no-table"
        ),
        pytest.param(
            STAGE + prompt("what", "text"), "[stage]\nid = 'x'", id="stage-one-table"
        ),
        # a stage
        pytest.param('title = "Say it"', 'titel = "Say it"', id="stage-misspelt-key"),
        pytest.param('\ntitle = "Say it"', "", id="stage-no-title"),
        pytest.param('id = "say"\n', "", id="stage-no-id"),
        pytest.param('id = "say"', 'id = "Say It"', id="stage-id-with-capitals"),
        pytest.param('id = "say"', 'id = "-say"', id="stage-id-with-a-hyphen-first"),
        pytest.param('id = "say"', 'id = "sáy"', id="stage-id-with-an-accent"),
        pytest.param('"Say it"', '"Say it"\nguidance = []', id="guidance-no-text"),
        pytest.param(prompt("what", "text"), "", id="no-prompt"),
        pytest.param(prompt("what", "text"), "prompt = []", id="prompts-none"),
        pytest.param(prompt("what", "text"), "prompt = ['x']", id="prompt-no-table"),
        # a prompt
        pytest.param('id = "what"\n', "", id="prompt-no-id"),
        pytest.param('ask = "What for?"\n', "", id="prompt-no-ask"),
        pytest.param('\nkind = "text"', "", id="prompt-no-kind"),
        pytest.param('id = "what"', 'id = "say.what"', id="prompt-id-with-a-dot"),
        pytest.param('id = "what"', "id = 1", id="prompt-id-no-text"),
        pytest.param('"What for?"', '""', id="ask-empty"),
        pytest.param('kind = "text"', 'kind = "txt"', id="unknown-kind"),
        pytest.param('kind = "text"', 'kind = ["text"]', id="kind-a-list"),
    ],
)
def test_a_single_fault_is_refused_by_both(old: str, new: str) -> None:
    source = SMALL.replace(old, new)
    assert source != SMALL
    assert (takes(source), allows(source)) == (False, False)


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        pytest.param("text", ["requird = true"], id="unknown-key"),
        pytest.param("text", ["required = 1"], id="required-a-number"),
        pytest.param("text", ['private = "yes"'], id="private-a-text"),
        pytest.param("text", ["health = []"], id="health-a-list"),
        pytest.param("text", ["key = 0"], id="key-a-number"),
        pytest.param("text", ["help = 1"], id="help-a-number"),
        pytest.param("text", ['help = " "'], id="help-empty"),
        pytest.param("text", ['options = ["a", "b"]'], id="options-on-a-text"),
        pytest.param(
            "yesno", ['options_from = "say.lines"'], id="options-from-on-a-yesno"
        ),
        pytest.param("number", ["low = 1"], id="low-on-a-number"),
        pytest.param("date", ["high = 1"], id="high-on-a-date"),
        pytest.param("actions", ['measure = "x"'], id="measure-on-actions"),
        pytest.param("scale", ["low = 1.5"], id="low-with-a-part"),
        pytest.param("scale", ["high = true"], id="high-true"),
        pytest.param("scale", ['measure = "How sure"'], id="measure-with-spaces"),
        pytest.param("choice", [], id="choice-without-options"),
        pytest.param("choices", [], id="choices-without-options"),
        pytest.param("choice", ["options = []"], id="options-none"),
        pytest.param("choice", ['options = ["a"]'], id="options-one"),
        pytest.param("choice", ['options = ["a", "a"]'], id="options-twice-the-same"),
        pytest.param("choice", ["options = [1, 2]"], id="options-numbers"),
        pytest.param("choice", ['options = ["a", " "]'], id="options-empty"),
        pytest.param("choice", ['options = "a, b"'], id="options-a-text"),
        pytest.param(
            "choices",
            ['options = ["a", "b"]', 'options_from = "say.lines"'],
            id="options-twice",
        ),
        pytest.param("choice", ["options_from = 1"], id="options-from-a-number"),
        pytest.param("text", ['when = "say.sure"'], id="when-a-text"),
        pytest.param("text", ["when = {}"], id="when-empty"),
        pytest.param(
            "text", ['when = { prompt = "say.sure" }'], id="when-without-a-test"
        ),
        pytest.param("text", ["when = { below = 7 }"], id="when-without-a-prompt"),
        pytest.param(
            "text", ["when = { prompt = 1, below = 7 }"], id="when-prompt-no-text"
        ),
        pytest.param(
            "text",
            ['when = { prompt = "say.sure", below = 7, above = 2 }'],
            id="when-two-tests",
        ),
        pytest.param(
            "text",
            ['when = { prompt = "say.sure", below = 7, unless = 2 }'],
            id="when-unknown-key",
        ),
        pytest.param(
            "text",
            ['when = { prompt = "say.sure", below = "7" }'],
            id="when-below-text",
        ),
        pytest.param(
            "text",
            ['when = { prompt = "say.sure", above = true }'],
            id="when-above-yes",
        ),
        pytest.param(
            "text",
            ['when = { prompt = "say.lines", answered = "yes" }'],
            id="when-answered-a-text",
        ),
        pytest.param(
            "text", ['when = { prompt = "say.said", is = [] }'], id="when-is-a-list"
        ),
        pytest.param("text", ['replaces = "say.old"'], id="replaces-a-text"),
        pytest.param("text", ["replaces = []"], id="replaces-none"),
        pytest.param("text", ["replaces = [1]"], id="replaces-numbers"),
        pytest.param("text", ['replaces = ["old"]'], id="replaces-no-name"),
        pytest.param(
            "text", ['replaces = ["say.old", "say.old"]'], id="replaces-twice"
        ),
    ],
)
def test_a_single_fault_of_a_prompt_is_refused_by_both(
    kind: str, rows: list[str]
) -> None:
    source = TOP + STAGE + BEFORE + prompt("what", kind, *rows)
    assert takes(TOP + STAGE + BEFORE)
    assert (takes(source), allows(source)) == (False, False)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(SMALL + prompt("what", "line"), id="an-id-twice"),
        pytest.param(
            SMALL + prompt("a", "actions") + prompt("b", "actions"), id="actions-twice"
        ),
        pytest.param(SMALL + prompt("x", "scale", "low = 10"), id="low-above-high"),
        pytest.param(
            SMALL + prompt("x", "choice", 'options = ["a", "A "]'), id="options-alike"
        ),
        pytest.param(
            SMALL + prompt("x", "choice", 'options_from = "say.wat"'), id="nowhere"
        ),
        pytest.param(
            SMALL + prompt("x", "text", 'when = { prompt = "say.what", below = 7 }'),
            id="no-number",
        ),
        pytest.param(
            SMALL + prompt("x", "text", 'replaces = ["say.what"]'), id="still-asked"
        ),
    ],
)
def test_what_a_schema_cannot_say_is_left_to_template_check(source: str) -> None:
    assert (takes(source), allows(source)) == (False, True)


VALUES = st.sampled_from(
    [
        "1",
        "-1",
        "0",
        "2.5",
        "nan",
        "true",
        '""',
        '"x"',
        '"say.what"',
        "[]",
        "[1]",
        "[[1]]",
    ]
    + ["{}", "{ a = 1 }", "2026-11-27", '["a", "b"]', '["a", "a"]', "[{}]"]
    + [f'"{kind}"' for kind in PromptKind]
    + [
        f'{{ prompt = "say.{prompt}", {test} = {value} }}'
        for prompt in ("sure", "said", "what")
        for test in ("below", "is", "answered")
        for value in ("3", "true", '"x"')
    ]
)


@given(
    row=st.dictionaries(st.sampled_from([*PROMPT_FIELDS, "zzz"]), VALUES, max_size=5)
)
@settings(max_examples=50, deadline=None)
def test_an_editor_never_marks_what_coachlog_takes(row: dict[str, str]) -> None:
    row = {"id": '"last"', "ask": '"Last?"', "kind": '"text"'} | row
    rows = "\n".join(f"{key} = {value}" for key, value in row.items())
    source: str = (
        TOP + STAGE + BEFORE + prompt("what", "text") + "\n[[stage.prompt]]\n" + rows
    )
    if takes(source):
        table: dict[str, Any] = tomllib.loads(source)
        assert [error.message for error in SCHEMA.iter_errors(table)] == []
