"""Templates: found, read strictly, and every fault named with its key and what would be right."""

import contextlib
import os
import socket
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coachlog.errors import FaultyTemplate, NotFound
from coachlog.model.answers import PromptKind
from coachlog.model.templates import (
    FaultyTemplateFile,
    Prompt,
    PromptCondition,
    Stage,
    Template,
    TemplateAudience,
    TemplateOccasion,
)
from coachlog.templates import fields, library, parsing
from command_support import unprintable

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
KINDS = (
    "text | line | choice | choices | scale | yesno | date | number | "
    "questions | promises | actions"
)
ID = "lower-case letters, digits and hyphens"
WHEN = '{ prompt = "stage.prompt", below = 7 }, or above, is, answered'


def prompt(id: str = "what", kind: str = "text", *more: str) -> str:
    rows = [
        "[[stage.prompt]]",
        f'id = "{id}"',
        'ask = "What for?"',
        f'kind = "{kind}"',
        *more,
    ]
    return "\n".join(["", *rows, ""])


SMALL = TOP + STAGE + prompt()


def parsed(source: str, id: str = "thanks") -> Template:
    return parsing.parse_template(source.encode(), id, name="thanks.toml")


def faults(source: str | bytes, id: str = "thanks") -> list[str]:
    """Return the faults that the one error names, without the lines around them."""
    data = source if isinstance(source, bytes) else source.encode()
    with pytest.raises(FaultyTemplate) as refused:
        parsing.parse_template(data, id, name="thanks.toml")
    assert refused.value.exit_code == 2
    first, *rest = refused.value.message.split("\n")
    assert first == "thanks.toml cannot be used:"
    assert all(row.startswith("  - ") for row in rest)
    return [row.removeprefix("  - ") for row in rest]


def test_a_template_as_the_format_has_it() -> None:
    source = """\
title = "Thanks"
summary = "Say thank you."
audience = "solo"
minutes = 5
source = "Grandmother"

[[stage]]
id = "say"
title = "Say it"
guidance = "Slowly."

[[stage.prompt]]
id = "ideas"
ask = "What could you thank $them for?"
kind = "text"
required = true
private = true
key = true
health = true
help = "One a line."

[[stage.prompt]]
id = "first"
ask = "Which first?"
kind = "choice"
options_from = "say.ideas"
private = true

[[stage]]
id = "look-back"
title = "Look back"

[[stage.prompt]]
id = "ease"
ask = "How easy was it?"
kind = "scale"
low = 0
high = 5
measure = "ease"

[[stage.prompt]]
id = "how"
ask = "How did you say it?"
kind = "choices"
options = ["in person", "in writing"]
when = { prompt = "look-back.ease", above = 0 }
"""
    assert parsed(source) == Template(
        id="thanks",
        title="Thanks",
        summary="Say thank you.",
        audience=TemplateAudience.SOLO,
        minutes=5,
        source="Grandmother",
        stages=(
            Stage(
                "say",
                "Say it",
                "Slowly.",
                (
                    Prompt(
                        id="ideas",
                        ask="What could you thank $them for?",
                        kind=PromptKind.TEXT,
                        required=True,
                        private=True,
                        key=True,
                        health=True,
                        help="One a line.",
                    ),
                    Prompt(
                        "first",
                        "Which first?",
                        PromptKind.CHOICE,
                        options_from="say.ideas",
                        private=True,
                    ),
                ),
            ),
            Stage(
                "look-back",
                "Look back",
                None,
                (
                    Prompt(
                        "ease",
                        "How easy was it?",
                        PromptKind.SCALE,
                        low=0,
                        high=5,
                        measure="ease",
                    ),
                    Prompt(
                        "how",
                        "How did you say it?",
                        PromptKind.CHOICES,
                        options=("in person", "in writing"),
                        when=PromptCondition("look-back.ease", "above", 0),
                    ),
                ),
            ),
        ),
        builtin=False,
        shadows=False,
        text=source,
    )


def test_what_a_template_leaves_out_is_off() -> None:
    assert parsed(SMALL).stages == (
        Stage("say", "Say it", None, (Prompt("what", "What for?", PromptKind.TEXT),)),
    )


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('title = "Thanks"\n', "", "title is missing: text in quotes"),
        ('title = "Thanks"', "title = 3", "title: “3” must be text in quotes"),
        (
            'title = "Thanks"',
            'title = " "',
            "title is empty; it must be text in quotes",
        ),
        ('title = "Thanks"', 'title = ""', "title is empty; it must be text in quotes"),
        (
            "minutes = 5\n",
            "",
            "minutes is missing: a whole number of minutes, 1 to 600",
        ),
        ("= 5", '= "5"', "minutes: “5” must be a whole number of minutes, 1 to 600"),
        ("= 5", "= 5.5", "minutes: “5.5” must be a whole number of minutes, 1 to 600"),
        (
            "= 5",
            "= true",
            "minutes: “true” must be a whole number of minutes, 1 to 600",
        ),
        ("= 5", "= 0", "minutes: 0 is not a whole number of minutes, 1 to 600"),
        ("= 5", "= 601", "minutes: 601 is not a whole number of minutes, 1 to 600"),
        (
            '"one-to-one"',
            '"pair"',
            "audience: “pair” must be one-to-one | three-way | solo | group",
        ),
        (
            "minutes = 5",
            'minutes = 5\noccasion = "weekly"',
            f"occasion: “weekly” must be {' | '.join(TemplateOccasion)}",
        ),
        ("minutes", "minute", "unknown key “minute”; did you mean minutes?"),
        (
            "minutes = 5",
            "minutes = 5\nzzz = 1",
            "unknown key “zzz”; choose from title, summary, audience, occasion, also, minutes, "
            "source, again, leads_to, stage",
        ),
        (
            "minutes = 5",
            "minutes = 5\nsource = 1",
            "source: “1” must be text in quotes",
        ),
        (
            'title = "Say it"',
            'titel = "x"',
            "stage 1: unknown key “titel”; did you mean title?",
        ),
        ('\ntitle = "Say it"', "", "stage 1: title is missing: text in quotes"),
        ('id = "say"', 'id = "Say It"', f"stage 1: id “Say It” must be {ID}"),
        ('id = "say"', "id = 1", f"stage 1: id: “1” must be {ID}"),
        (
            'id = "what"',
            'id = "what.for"',
            f"stage “say”, prompt 1: id “what.for” must be {ID}",
        ),
        (
            'id = "what"',
            'id = "-what"',
            f"stage “say”, prompt 1: id “-what” must be {ID}",
        ),
        ('id = "what"\n', "", f"stage “say”, prompt 1: id is missing: {ID}"),
        ('"text"', '"txt"', f"stage “say”, prompt 1: kind: “txt” must be {KINDS}"),
        ('\nkind = "text"', "", f"stage “say”, prompt 1: kind is missing: {KINDS}"),
        (
            'ask = "What for?"\n',
            "",
            "stage “say”, prompt 1: ask is missing: text in quotes",
        ),
    ],
)
def test_a_wrong_key_or_value_is_named_with_its_mend(
    old: str, new: str, fault: str
) -> None:
    assert fault in faults(SMALL.replace(old, new))


@pytest.mark.parametrize(
    ("kind", "row", "fault"),
    [
        ("text", "required = 1", "required: “1” must be true or false"),
        ("text", 'private = "yes"', "private: “yes” must be true or false"),
        ("text", "requird = true", "unknown key “requird”; did you mean required?"),
        ("text", "help = []", "help: “[]” must be text in quotes"),
        ("scale", "low = 1.5", "low: “1.5” must be a whole number"),
        ("choice", 'options = "a, b"', "options: “a, b” must be a list of text values"),
        ("choice", "options = []", "options: “[]” must be a list of text values"),
        ("text", 'when = "a.b"', f"when: “a.b” must be {WHEN}"),
        ("text", "when = {}", f"when: “{{}}” must be {WHEN}"),
    ],
)
def test_a_value_of_the_wrong_type_in_a_prompt(kind: str, row: str, fault: str) -> None:
    source = TOP + STAGE + prompt("what", kind, row)
    assert f"stage “say”, prompt 1: {fault}" in faults(source)


EARLIER = (
    prompt("lines", "text")
    + prompt("sure", "scale")
    + prompt("said", "yesno")
    + prompt("sort", "choice", 'options = ["praise", "a concern"]')
)


@pytest.mark.parametrize(
    ("kind", "rows", "expected"),
    [
        ("text", ["low = 1"], ["low: is for scale only; this prompt is of kind text"]),
        (
            "number",
            ["high = 1"],
            ["high: is for scale only; this prompt is of kind number"],
        ),
        (
            "text",
            ['measure = "x"'],
            ["measure: is for scale only; this prompt is of kind text"],
        ),
        ("scale", ["low = 10"], ["low: 10 must be below high, 10"]),
        ("scale", ["high = 0"], ["low: 1 must be below high, 0"]),
        ("scale", ['measure = "How sure"'], [f"measure: “How sure” must be {ID}"]),
        (
            "text",
            ['options = ["a", "b"]'],
            ["options: is for choice and choices only; this prompt is of kind text"],
        ),
        (
            "yesno",
            ['options_from = "say.lines"'],
            [
                "options_from: is for choice and choices only; this prompt is of kind yesno"
            ],
        ),
        ("choice", [], ["options: a choice needs either options or options_from"]),
        (
            "choices",
            ['options = ["a", "b"]', 'options_from = "say.lines"'],
            ["options: a choices needs either options or options_from"],
        ),
        ("choice", ['options = ["a"]'], ["options: give two or more, all different"]),
        (
            "choice",
            ['options = ["a", "a"]'],
            ["options: give two or more, all different"],
        ),
        (
            "choice",
            ['options = ["a", "a "]'],
            ["options: give two or more, all different"],
        ),
        ("choice", ["options = [1, 2]"], ["options: must be a list of text values"]),
        (
            "choice",
            ['options = ["a", " "]'],
            ["options: must be a list of text values"],
        ),
        (
            "choice",
            ['options_from = "say.line"'],
            [
                "options_from: “say.line” is not an earlier prompt of kind text; "
                "did you mean “say.lines”?"
            ],
        ),
        (
            "choice",
            ['options_from = "lines"'],
            [
                "options_from: “lines” is not an earlier prompt of kind text; "
                "did you mean “say.lines”?"
            ],
        ),
        (
            "text",
            ['when = { prompt = "say.later", answered = true }'],
            ["when: “say.later” is not an earlier prompt; did you mean “say.sure”?"],
        ),
        (
            "text",
            ['when = { prompt = "say.what", answered = true }'],
            ["when: “say.what” is not an earlier prompt; did you mean “say.sure”?"],
        ),
        (
            "text",
            ['when = { prompt = "say.shure", below = 7 }'],
            ["when: “say.shure” is not an earlier prompt; did you mean “say.sure”?"],
        ),
        ("text", ['when = { prompt = "say.sure" }'], [f"when: write {WHEN}"]),
        ("text", ["when = { below = 7 }"], [f"when: write {WHEN}"]),
        (
            "text",
            ['when = { prompt = "say.sure", below = 7, above = 2 }'],
            [f"when: write {WHEN}"],
        ),
        (
            "text",
            ['when = { prompt = "say.sure", below = 7, unless = 2 }'],
            [f"when: unknown key “unless”; write {WHEN}"],
        ),
        (
            "text",
            ['when = { prompt = "say.sure", below = "7" }'],
            ["when: below must be a number"],
        ),
        (
            "text",
            ['when = { prompt = "say.sure", above = true }'],
            ["when: above must be a number"],
        ),
        (
            "text",
            ['when = { prompt = "say.lines", above = 3 }'],
            ["when: above needs a scale or a number; “say.lines” is a text"],
        ),
        (
            "text",
            ['when = { prompt = "say.lines", answered = "yes" }'],
            ["when: answered must be true or false"],
        ),
    ],
)
def test_keys_that_depend_on_the_kind_or_on_earlier_prompts(
    kind: str, rows: list[str], expected: list[str]
) -> None:
    source = TOP + STAGE + EARLIER + prompt("what", kind, *rows) + prompt("later")
    found = faults(source)
    # A name that is misspelt may be like more than one prompt: which is nearest is not at stake.
    assert [fault.split("; did you")[0] for fault in found] == [
        f"say.what: {fault}".split("; did you")[0] for fault in expected
    ]
    assert ["did you mean" in fault for fault in found] == [
        "did you mean" in fault for fault in expected
    ]


@pytest.mark.parametrize("audience", TemplateAudience)
def test_only_a_template_for_two_has_an_occasion(audience: TemplateAudience) -> None:
    source = SMALL.replace("minutes", 'occasion = "once a year"\nminutes')
    source = source.replace("one-to-one", audience)
    if audience is TemplateAudience.ONE_TO_ONE:
        assert parsed(source).occasion is TemplateOccasion.YEARLY
        return
    assert faults(source) == [
        f"occasion: is for the audience one-to-one only; this template is for {audience}"
    ]


AGAIN = 'a list of lengths of time, the shortest first: ["1w", "6w"]'


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        ("[]", f"again: “[]” must be {AGAIN}"),
        ('"1w"', f"again: “1w” must be {AGAIN}"),
        ("6", f"again: “6” must be {AGAIN}"),
        ("[7]", f"again: “7” is not a length of time; write {AGAIN}"),
        ('["7"]', f"again: “7” is not a length of time; write {AGAIN}"),
        ('["soon"]', f"again: “soon” is not a length of time; write {AGAIN}"),
        ('["in 1w"]', f"again: “in 1w” is not a length of time; write {AGAIN}"),
        ('["-1w"]', f"again: “-1w” is not a length of time; write {AGAIN}"),
        ('[""]', f"again: “” is not a length of time; write {AGAIN}"),
        ('["0w"]', "again: “0w” is no time at all; write 1w"),
        ('["731d"]', "again: “731d” is longer than two years"),
        ('["99999y"]', "again: “99999y” is longer than two years"),
        (
            '["6w", "1w"]',
            "again: write the shortest length of time first, and each only once",
        ),
        (
            '["1w", "7 days"]',
            "again: write the shortest length of time first, and each only once",
        ),
        (
            '["1d","2d","3d","4d","5d","6d","7d"]',
            "again: 7 are too many (the limit is 6)",
        ),
    ],
)
def test_when_it_comes_back_is_lengths_of_time(again: str, expected: str) -> None:
    assert faults(SMALL.replace("minutes", f"again = {again}\nminutes")) == [expected]


def test_every_fault_of_what_comes_back_is_named() -> None:
    source = SMALL.replace("minutes", 'again = ["x", "0d", "3y"]\nminutes')
    assert [fault.partition("”")[0] for fault in faults(source)] == [
        *("again: “x", "again: “0d", "again: “3y"),
    ]


@pytest.mark.parametrize("audience", TemplateAudience)
def test_only_a_set_has_a_rhythm_of_its_own(audience: TemplateAudience) -> None:
    source = SMALL.replace("minutes", 'again = ["1W ", "a month", "2y"]\nminutes')
    source = source.replace("one-to-one", audience)
    if audience is not TemplateAudience.GROUP:
        assert parsed(source).again == ("1W", "a month", "2y")
        return
    assert faults(source) == [
        "again: the meetings of a set have a rhythm of their own; leave it out"
    ]


@pytest.mark.parametrize(
    ("sequel", "expected"),
    [
        ("", "leads_to is empty; it must be the id of another template"),
        (
            "Three Way",
            "leads_to: “Three Way” must be the id of a template: "
            "lower-case letters, digits and hyphens",
        ),
        (
            "thanks",
            "leads_to: this is the template itself; to hold it again, write again",
        ),
    ],
)
def test_what_a_template_leads_to_is_another(sequel: str, expected: str) -> None:
    source = SMALL.replace("minutes", f'leads_to = "{sequel}"\nminutes')
    assert faults(source) == [expected]


QUOTES = "'template.stage.prompt' of a conversation with yourself, or 'stage.prompt'"


@pytest.mark.parametrize("name", ["result", "a.b.c.d", "First.a.b", "a b.c.d"])
def test_what_a_prompt_quotes_has_two_or_three_parts(name: str) -> None:
    source = TOP + STAGE + prompt("what", "text", f'quotes = "{name}"')
    assert faults(source) == [f"say.what: quotes: “{name}” must be {QUOTES}"]


@pytest.mark.parametrize(
    ("again", "row", "expected"),
    [
        ("", "", []),
        ('again = ["1w"]', 'only = "first"', []),
        ('again = ["1w"]', 'only = "again"', []),
        (
            "",
            'only = "again"',
            [
                "say.what: only: without again, it never comes back; "
                "leave it out, or add again"
            ],
        ),
        (
            'again = ["1w"]',
            'only = "once"',
            ["stage “say”, prompt 1: only: “once” must be first | again"],
        ),
    ],
)
def test_only_takes_a_conversation_that_comes_back(
    again: str, row: str, expected: list[str]
) -> None:
    source = TOP + again + "\n" + STAGE + prompt("what", "text", row)
    if expected:
        assert faults(source) == expected
    else:
        parsed(source)


@pytest.mark.parametrize(
    ("kind", "more", "offers", "expected"),
    [
        ("line", "", "say.one", []),
        (
            "text",
            "",
            "say.one",
            [
                "“say.one” is not an earlier prompt of kind line; did you mean “say.one”?"
            ],
        ),
        (
            "line",
            "",
            "say.on",
            ["“say.on” is not an earlier prompt of kind line; did you mean “say.one”?"],
        ),
        (
            "line",
            "private = true",
            "say.one",
            ["“say.one” is private, so this prompt must be private as well"],
        ),
    ],
)
def test_what_is_offered_as_a_promise_is_an_earlier_line(
    kind: str, more: str, offers: str, expected: list[str]
) -> None:
    rows = prompt("one", kind, more) + prompt(
        "steps", "actions", f'offers = "{offers}"'
    )
    source = TOP + STAGE + rows
    if expected:
        assert faults(source) == [f"say.steps: offers: {fault}" for fault in expected]
    else:
        assert parsed(source).prompts["say.steps"].offers == offers


def test_only_promises_are_offered_an_answer() -> None:
    source = (
        TOP
        + STAGE
        + prompt("one", "line")
        + prompt("what", "text", 'offers = "say.one"')
    )
    assert faults(source) == [
        "say.what: offers: is for actions only; this prompt is of kind text"
    ]


REPLACES = "a list of 'stage.prompt' names that are no longer asked"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ('replaces = "say.old"', [f"replaces: “say.old” must be {REPLACES}"]),
        ("replaces = []", [f"replaces: “[]” must be {REPLACES}"]),
    ],
)
def test_what_is_replaced_is_a_list(row: str, expected: list[str]) -> None:
    source = TOP + STAGE + EARLIER + prompt("what", "text", row)
    assert faults(source) == [f"stage “say”, prompt 5: {fault}" for fault in expected]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("1", [f"replaces: must be {REPLACES}"]),
        ('""', [f"replaces: must be {REPLACES}"]),
        ('"old"', [f"replaces: must be {REPLACES}"]),
        ('"say.Old"', [f"replaces: must be {REPLACES}"]),
        ('"say.old.er"', [f"replaces: must be {REPLACES}"]),
        ('["say.old"]', [f"replaces: must be {REPLACES}"]),
        ('"say.sure"', ["replaces: “say.sure” is still asked in this template"]),
        ('"say.what"', ["replaces: “say.what” is still asked in this template"]),
        ('"say.later"', ["replaces: “say.later” is still asked in this template"]),
        ('"say.old", "say.old"', ["replaces: “say.old” is in say.what already"]),
    ],
)
def test_what_is_replaced_is_no_longer_asked(names: str, expected: list[str]) -> None:
    replacing = prompt("what", "text", f"replaces = [{names}]")
    source = TOP + STAGE + EARLIER + replacing + prompt("later")
    assert faults(source) == [f"say.what: {fault}" for fault in expected]


def test_one_prompt_is_replaced_by_one_other() -> None:
    one = prompt("one", "text", 'replaces = ["say.old"]')
    two = prompt("two", "text", 'replaces = ["say.older", "say.old"]')
    assert faults(TOP + STAGE + one + two) == [
        "say.two: replaces: “say.old” is in say.one already"
    ]
    found = parsed(TOP + STAGE + one + two.replace(', "say.old"', ""))
    assert found.prompts["say.two"].replaces == ("say.older",)
    replacements = [found.find_replacement(f"say.{id}") for id in ("old", "older", "x")]
    assert replacements == ["say.one", "say.two", None]


@pytest.mark.parametrize(
    ("row", "when"),
    [
        ('{ prompt = "say.sure", below = 7 }', PromptCondition("say.sure", "below", 7)),
        (
            '{ prompt = "say.sure", above = 2.5 }',
            PromptCondition("say.sure", "above", 2.5),
        ),
        (
            '{ prompt = "say.said", is = false }',
            PromptCondition("say.said", "is", False),
        ),
        (
            '{ prompt = "say.sort", is = "praise" }',
            PromptCondition("say.sort", "is", "praise"),
        ),
        (
            '{ prompt = "say.lines", answered = false }',
            PromptCondition("say.lines", "answered", False),
        ),
    ],
)
def test_every_kind_of_condition(row: str, when: PromptCondition) -> None:
    found = parsed(TOP + STAGE + EARLIER + prompt("what", "text", f"when = {row}"))
    assert found.stages[0].prompts[-1].when == when


EVERY = (
    EARLIER
    + prompt("word", "line")
    + prompt("many", "number")
    + prompt("when", "date")
    + prompt("some", "choices", 'options = ["a", "b"]')
    + prompt("steps", "actions")
)


@pytest.mark.parametrize(
    ("target", "value"),
    [
        *(("lines", '"x"'), ("word", '"x"'), ("when", '"2026-11-27"')),
        *(
            ("sure", "7"),
            ("sure", "1"),
            ("sure", "10"),
            ("many", "-2.5"),
            ("many", "0"),
        ),
        *(
            ("said", "true"),
            ("said", "false"),
            ("sort", '"praise"'),
            ("sort", '"A  Concern"'),
        ),
    ],
)
def test_a_condition_is_a_value_that_its_target_can_have(
    target: str, value: str
) -> None:
    row = f'when = {{ prompt = "say.{target}", is = {value} }}'
    found = parsed(TOP + STAGE + EVERY + prompt("what", "text", row))
    assert found.stages[0].prompts[-1].when is not None


@pytest.mark.parametrize(
    ("target", "value", "fault"),
    [
        ("lines", "3", "“3” is not an answer that say.lines can have"),
        ("word", "true", "“true” is not an answer that say.word can have"),
        ("when", "2026-11-27", "“2026-11-27” is not an answer that say.when can have"),
        ("sure", '"7"', "“7” is not an answer that say.sure can have"),
        ("sure", "true", "“true” is not an answer that say.sure can have"),
        ("many", "true", "“true” is not an answer that say.many can have"),
        ("said", '"yes"', "“yes” is not an answer that say.said can have"),
        ("said", "1", "“1” is not an answer that say.said can have"),
        ("sort", "1", "“1” is not an answer that say.sort can have"),
        ("some", '["a"]', "“['a']” is not an answer that say.some can have"),
        ("some", '"a"', "“a” is not an answer that say.some can have"),
        ("steps", '"a"', "“a” is not an answer that say.steps can have"),
    ],
)
def test_a_condition_that_can_never_hold_is_a_fault(
    target: str, value: str, fault: str
) -> None:
    row = f'when = {{ prompt = "say.{target}", is = {value} }}'
    source = TOP + STAGE + EVERY + prompt("what", "text", row)
    assert faults(source) == [f"say.what: when: is: {fault}"]


@pytest.mark.parametrize(
    ("target", "value"),
    [("sure", "0"), ("sure", "11"), ("sort", '"prase"'), ("sure", "6.5")],
)
def test_a_condition_outside_the_range_or_the_options_is_a_fault(
    target: str, value: str
) -> None:
    row = f'when = {{ prompt = "say.{target}", is = {value} }}'
    assert len(faults(TOP + STAGE + EVERY + prompt("what", "text", row))) == 1


@pytest.mark.parametrize("mark", ["private", "health"])
def test_options_from_a_private_answer_are_private(mark: str) -> None:
    ideas = prompt("ideas", "text", f"{mark} = true")
    shown = prompt("first", "choice", 'options_from = "say.ideas"')
    assert faults(TOP + STAGE + ideas + shown) == [
        "say.first: options_from: “say.ideas” is private, so this prompt must be private as well"
    ]
    for kept_back in ("private", "health"):
        rows = ('options_from = "say.ideas"', f"{kept_back} = true")
        assert (
            parsed(TOP + STAGE + ideas + prompt("first", "choice", *rows)).id
            == "thanks"
        )


def test_privacy_is_handed_on_by_options_of_options() -> None:
    first = prompt("first", "choices", 'options_from = "say.ideas"', "private = true")
    source = TOP + STAGE + prompt("ideas", "text", "private = true") + first
    (fault,) = faults(source + prompt("one", "choice", 'options_from = "say.first"'))
    assert fault.startswith("say.one: options_from: “say.first” is private")


def test_a_private_prompt_may_offer_the_lines_of_an_open_one() -> None:
    rows = ('options_from = "say.ideas"', "private = true")
    found = parsed(
        TOP + STAGE + prompt("ideas", "text") + prompt("first", "choice", *rows)
    )
    assert [row.private for row in found.stages[0].prompts] == [False, True]


def test_one_prompt_for_promises_is_enough() -> None:
    steps = prompt("steps", "actions")
    assert parsed(TOP + STAGE + steps).id == "thanks"
    second = STAGE.replace('"say"', '"again"') + prompt("more", "actions")
    assert faults(TOP + STAGE + steps + second) == [
        "again.more: kind: one prompt of kind actions is enough; it asks for all promises in turn"
    ]


def test_one_list_of_ones_own_promises_is_enough() -> None:
    solo = TOP.replace("one-to-one", "solo")
    due = prompt("due", "promises")
    assert parsed(solo + STAGE + due).stages[0].prompts[0].kind is PromptKind.PROMISES
    second = STAGE.replace('"say"', '"again"') + prompt("more", "promises")
    assert faults(solo + STAGE + due + second) == [
        "again.more: kind: one prompt of kind promises is enough; it lists all of them"
    ]


@pytest.mark.parametrize("audience", ["one-to-one", "group"])
def test_ones_own_promises_are_looked_at_alone(audience: str) -> None:
    source = TOP.replace("one-to-one", audience) + STAGE + prompt("due", "promises")
    (fault,) = faults(source)
    assert fault == (
        "say.due: kind: your own promises are for your eyes only, "
        "so the kind “promises” needs the audience solo"
    )


def test_none_of_ones_promises_has_to_be_wrong() -> None:
    solo = TOP.replace("one-to-one", "solo")
    assert faults(solo + STAGE + prompt("due", "promises", "required = true")) == [
        "say.due: required: there may be nothing to correct; leave it out"
    ]


# Stages that come once for each presenter

GROUP = TOP.replace("one-to-one", "group")


def stage(id: str, *more: str) -> str:
    return "\n".join(["", "[[stage]]", f'id = "{id}"', f'title = "{id}"', *more, ""])


SLOT = 'each = "slot"'


def test_stages_of_a_slot_stand_together_and_have_minutes() -> None:
    found = parsed(
        GROUP
        + (stage("before") + prompt("a"))
        + (stage("one", SLOT, "minutes = 5") + prompt("b"))
        + (
            stage("two", SLOT)
            + prompt("c", "line", 'when = { prompt = "one.b", answered = true }')
        )
        + (stage("after", "minutes = 600") + prompt("d"))
    )
    assert [(one.id, one.each, one.minutes) for one in found.stages] == [
        ("before", None, None),
        ("one", "slot", 5),
        ("two", "slot", None),
        ("after", None, 600),
    ]


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        pytest.param(
            TOP + stage("one", SLOT) + prompt(),
            "stage “one”: each: only a template for a group has slots",
            id="not-with-a-group",
        ),
        pytest.param(
            GROUP
            + (stage("one", SLOT) + prompt("a"))
            + (stage("two") + prompt("b"))
            + (stage("three", SLOT) + prompt("c")),
            "stage “three”: each: the stages of a slot must follow one another",
            id="apart",
        ),
        pytest.param(
            GROUP + stage("one", 'each = "member"') + prompt(),
            "stage 1: each: “member” must be slot",
            id="another-word",
        ),
        pytest.param(
            GROUP + stage("one", SLOT, "minutes = 0") + prompt(),
            "stage “one”: minutes: 0 is not a whole number of minutes, 1 to 600",
            id="no-minutes",
        ),
        pytest.param(
            GROUP
            + (stage("one", SLOT) + prompt("a"))
            + (
                stage("two")
                + prompt("b", "line", 'when = { prompt = "one.a", answered = true }')
            ),
            "two.b: when: “one.a” is answered once in each slot, so nothing outside the slots "
            "can depend on it",
            id="when-from-outside",
        ),
        pytest.param(
            GROUP
            + (stage("one", SLOT) + prompt("a"))
            + (stage("two") + prompt("b", "choice", 'options_from = "one.a"')),
            "two.b: options_from: “one.a” is answered once in each slot, so nothing outside the "
            "slots can depend on it",
            id="options-from-outside",
        ),
    ],
)
def test_a_slot_that_cannot_be(source: str, fault: str) -> None:
    assert faults(source) == [fault]


def test_options_may_come_from_questions_that_were_asked() -> None:
    found = parsed(
        TOP
        + STAGE
        + prompt("a", "questions")
        + prompt("b", "choice", 'options_from = "say.a"')
    )
    assert found.stages[0].prompts[1].options_from == "say.a"


def test_all_faults_of_a_file_come_in_one_message() -> None:
    source = """\
titel = "Thanks"
summary = "Say thank you."
audience = "pair"
minutes = 900

[[stage]]
id = "say"
title = "Say it"

[[stage.prompt]]
id = "one"
ask = "One?"
kind = "scale"
low = 9
high = 3

[[stage.prompt]]
id = "one"
ask = ""
kind = "text"
options = ["a", "b"]

[[stage]]
id = "say"
"""
    assert faults(source) == [
        "unknown key “titel”; did you mean title?",
        "audience: “pair” must be one-to-one | three-way | solo | group",
        "title is missing: text in quotes",
        "minutes: 900 is not a whole number of minutes, 1 to 600",
        "say.one: low: 9 must be below high, 3",
        "stage “say”, prompt 2: ask is empty; it must be text in quotes",
        "stage “say”, prompt 2: the id “one” is used twice in this template",
        "say.one: options: is for choice and choices only; this prompt is of kind text",
        "stage 2: title is missing: text in quotes",
        "stage 2: prompt is missing: one or more [[stage.prompt]]",
        "stage 2: the id “say” is used twice in this template",
    ]


def test_an_id_is_unique_in_the_whole_template() -> None:
    source = SMALL + STAGE.replace('"say"', '"again"') + prompt()
    assert faults(source) == [
        "stage “again”, prompt 1: the id “what” is used twice in this template"
    ]


@pytest.mark.parametrize(
    ("source", "starts"),
    [
        (
            b"\xff",
            "it is not UTF-8 text: byte 1, in line 1, cannot be read; save it as UTF-8",
        ),
        (b"title = ", "it is not valid TOML: Invalid value"),
        (b'title = "a"\ntitle = "b"', "it is not valid TOML: Cannot overwrite a value"),
        (
            b"a.b.c.d.e.f.g.h.i = 1",
            "it is not valid TOML: line 1: a key may have at most 8 parts",
        ),
        (
            b"a = " + b"[" * 40,
            "it is not valid TOML: line 1: a line may have at most 32 brackets",
        ),
        (b"#" * (64 * 1024 + 1), "it is larger than 64 KiB"),
        (b"", "it is empty"),
        (TOP.encode() + b"stage = []", "stage: “[]” must be one or more [[stage]]"),
        (TOP.encode() + b"stage = [1]", "stage: must be written as [[stage]] tables"),
        (
            TOP.encode() + b"[stage]\nid = 'x'",
            "stage: “{'id': 'x'}” must be one or more [[stage]]",
        ),
        (
            (TOP + STAGE).encode() + b"prompt = [1]",
            "stage “say”, prompt: must be written as [[stage.prompt]] tables",
        ),
    ],
)
def test_what_is_no_template_at_all(source: bytes, starts: str) -> None:
    assert faults(source)[0].startswith(starts)


def test_a_template_may_be_64_kib_large_and_no_larger() -> None:
    room = 64 * 1024 - len(SMALL)
    assert parsed(SMALL + "#" * room).title == "Thanks"
    assert faults(SMALL + "#" * (room + 1)) == ["it is larger than 64 KiB"]


def test_a_template_may_have_60_prompts_and_no_more() -> None:
    sixty = "".join(prompt(f"p{number}") for number in range(60))
    assert len(parsed(TOP + STAGE + sixty).stages[0].prompts) == 60
    assert faults(TOP + STAGE + sixty + prompt("more")) == [
        "stage: too many prompts: 61 (the limit is 60)"
    ]


@pytest.mark.parametrize(
    "id", ["My Talk", "Grow", "grow_2", "größe", "-x", "x-", "a..b", ""]
)
def test_the_name_of_the_file_is_the_id(id: str) -> None:
    assert faults(SMALL, id) == [
        f"the file's name “{id}” is the template's id: use only {ID}"
    ]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(SMALL.replace("\n", "\r\n"), id="windows-line-ends"),
        pytest.param("\ufeff" + SMALL, id="byte-order-mark"),
    ],
)
def test_the_editors_of_other_systems_are_welcome(source: str) -> None:
    found = parsed(source)
    assert found.stages == parsed(SMALL).stages
    assert parsed(found.text).stages == found.stages


def test_everything_shown_from_a_template_is_free_of_control_characters() -> None:
    odd = r"\u001b[31mred\u202e"
    source = f"""\
title = "{odd}"
summary = "{odd}"
audience = "solo"
minutes = 5
source = "{odd}"

[[stage]]
id = "say"
title = "{odd}"
guidance = "{odd}"

[[stage.prompt]]
id = "what"
ask = "{odd}"
kind = "choice"
help = "{odd}"
options = ["{odd}", "other"]
"""
    found = parsed(source)
    assert (found.title, found.summary, found.source) == ("�[31mred",) * 3
    assert found.stages == (
        Stage(
            "say",
            "�[31mred",
            "�[31mred",
            (
                Prompt(
                    "what",
                    "�[31mred",
                    PromptKind.CHOICE,
                    help="�[31mred",
                    options=("�[31mred", "other"),
                ),
            ),
        ),
    )


@pytest.mark.parametrize(
    "source",
    [
        SMALL.replace('"Thanks"', r'["\u001b[31m"]'),
        SMALL.replace('id = "what"', r'id = "\u001b[31m"'),
        SMALL + '"\\u001b[31m" = 1\n',
        SMALL + r'when = { prompt = "\u001b[31m", "\u001b" = 1, is = 1 }',
    ],
)
def test_a_fault_shows_no_control_characters(source: str) -> None:
    assert "\x1b" not in "".join(faults(source))


HUGE = "0x" + "f" * 5000


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(SMALL.replace("= 5", f"= {HUGE}"), id="minutes"),
        pytest.param(SMALL.replace('"Thanks"', HUGE), id="title"),
        pytest.param(TOP + STAGE + prompt("x", "scale", f"low = {HUGE}"), id="low"),
        pytest.param(
            TOP
            + STAGE
            + prompt("x")
            + prompt("y", "text", f"when = {{prompt = {HUGE}, is = 1}}"),
            id="when",
        ),
        pytest.param(f"{SMALL}options = [{HUGE}, {HUGE}]", id="options"),
    ],
)
def test_a_number_too_long_to_print_is_a_fault_like_any_other(source: str) -> None:
    assert faults(source) != []


VALUES = st.sampled_from(
    [
        "1",
        "-1",
        "0",
        "1e400",
        "nan",
        "true",
        '""',
        '"x"',
        '"say.what"',
        "[]",
        "[1]",
        "[[1]]",
    ]
    + [
        "{}",
        "{ a = 1 }",
        "2026-11-27",
        "09:30:00",
        '["a", "b"]',
        '["a", ["b"]]',
        "[{}]",
        HUGE,
    ]
    + [f'"{kind}"' for kind in PromptKind]
    + [
        '{ prompt = "say.what", is = [] }',
        "{ prompt = [], is = 1 }",
        "{ prompt = {}, is = 1 }",
    ]
)
KEYS = st.sampled_from([*fields.PROMPT_FIELDS, "stage", "zzz"])


@given(row=st.dictionaries(KEYS, VALUES, max_size=6), complete=st.booleans())
@example(row={"when": "{ prompt = [], is = 1 }"}, complete=True)
@settings(max_examples=50, deadline=None)
def test_any_values_in_a_prompt_make_a_template_or_a_list_of_faults(
    row: dict[str, str], complete: bool
) -> None:
    """One that can be used can also be used again from its own text, as a draft does."""
    row = (
        ({"id": '"last"', "ask": '"Last?"', "kind": '"text"'} | row)
        if complete
        else row
    )
    rows = "\n".join(f"{key} = {value}" for key, value in row.items())
    try:
        found = parsed(SMALL + "\n[[stage.prompt]]\n" + rows)
    except FaultyTemplate:
        return
    assert parsed(found.text) == found


@given(
    st.binary(max_size=300)
    | st.text().map(lambda text: (TOP + text).encode(errors="replace"))
)
@settings(max_examples=50, deadline=None)
def test_any_bytes_are_a_template_or_a_faulty_one(data: bytes) -> None:
    with pytest.raises(FaultyTemplate):
        parsing.parse_template(data, "thanks", name="thanks.toml")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "prompts"
    folder.mkdir()
    return folder


def usable(own: Path) -> list[Template]:
    """Return the templates that can be used; no file may be faulty."""
    found = library.list_available_templates(own)
    assert found.faulty_files == []
    return found.templates


def test_without_own_templates_there_are_the_shipped_ones(tmp_path: Path) -> None:
    found = library.list_available_templates(tmp_path / "not there").templates
    audiences, occasions = [*TemplateAudience], [*TemplateOccasion, None]
    ranks = [
        (audiences.index(t.audience), occasions.index(t.occasion), t.minutes, t.id)
        for t in found
    ]
    assert ranks == sorted(ranks)
    assert {"quick", "check-in", "grow", "oskar", "sbi", "what3"} <= {
        t.id for t in found
    }
    assert {(t.builtin, t.shadows) for t in found} == {(True, False)}


def test_adding_a_template_touches_one_file(own: Path) -> None:
    before = library.list_template_ids(own)
    (own / "thanks.toml").write_text(SMALL, encoding="utf-8")
    assert library.list_template_ids(own) == sorted([*before, "thanks"])
    assert [t for t in usable(own) if t.id == "thanks"] == [parsed(SMALL)]
    assert library.find_template("thanks", own) == parsed(SMALL)
    assert library.find_template("THANKS", own) == parsed(SMALL)


def test_an_own_template_stands_in_for_the_shipped_one_of_its_name(own: Path) -> None:
    (own / "grow.toml").write_text(SMALL, encoding="utf-8")
    mine = parsed(SMALL, "grow")._replace(shadows=True)
    assert library.find_template("grow", own) == mine
    assert [t for t in usable(own) if t.id == "grow"] == [mine]
    assert library.list_template_ids(own).count("grow") == 1


def test_other_files_in_the_folder_are_no_templates(own: Path) -> None:
    before = library.list_template_ids(own)
    for name in ("notes.txt", "grow.toml~", "thanks.toml.bak", ".thanks.toml.swp"):
        (own / name).write_text("scribble", encoding="utf-8")
    assert library.list_template_ids(own) == before
    assert len(usable(own)) == len(before)


@pytest.mark.parametrize("name", [".#grow.toml", "._grow.toml"])
def test_hidden_files_of_editors_and_systems_are_no_templates(
    own: Path, name: str
) -> None:
    (own / name).write_bytes(b"\0\5\x16\7")
    assert {t.builtin for t in usable(own)} == {True}


@pytest.mark.parametrize(
    ("wanted", "hint"),
    [
        ("grwo", "Did you mean grow or tgrow?"),
        ("check", "Did you mean check-in?"),
        ("../grow", "Did you mean grow or tgrow?"),
    ],
)
def test_an_unknown_template_earns_the_nearest(
    own: Path, wanted: str, hint: str
) -> None:
    with pytest.raises(NotFound) as refused:
        library.find_template(wanted, own)
    assert refused.value.message == f"There is no template “{wanted}”."
    assert refused.value.hint == hint
    assert refused.value.exit_code == 3


def test_an_unknown_template_like_no_other_earns_the_way_to_the_list(own: Path) -> None:
    with pytest.raises(NotFound) as refused:
        library.find_template("zzzzzz", own)
    assert refused.value.hint == "`coachlog template list` shows them all."


def socket_at(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one, contextlib.chdir(path.parent):
        one.bind(path.name)


def unreadable_at(path: Path) -> None:
    path.write_text(SMALL, encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("root can read every file")


def closed_folder_at(path: Path) -> None:
    path.mkdir(0)
    if os.access(path, os.R_OK):
        pytest.skip("root can read every folder")


MISSING = "it cannot be read (No such file or directory)"
BAD_FILES: list[Any] = [
    pytest.param(lambda p: p.write_bytes(b""), "it is empty", id="empty"),
    pytest.param(lambda p: p.write_text("\ufeff \n"), "it is empty", id="blank"),
    pytest.param(
        lambda p: p.write_text("title = 1"),
        "title: “1” must be text in quotes",
        id="faulty",
    ),
    pytest.param(
        lambda p: p.write_text(SMALL[: len(SMALL) // 2]),
        "it is not valid TOML: ",
        id="half-written",
    ),
    pytest.param(
        lambda p: p.write_bytes(b"title = '\xe9'"),
        "it is not UTF-8 text: byte 10, in line 1, cannot be read; save it as UTF-8",
        id="no-utf-8",
    ),
    pytest.param(
        lambda p: p.write_bytes(b"\0" * 100), "it has zero bytes, as no ", id="zeros"
    ),
    pytest.param(
        lambda p: p.write_text("#" * 70_000), "it is larger than 64 KiB", id="large"
    ),
    pytest.param(Path.mkdir, "it cannot be read (Is a directory)", id="folder"),
    pytest.param(lambda p: p.symlink_to("gone"), MISSING, id="dangling-link"),
    pytest.param(lambda p: p.symlink_to(p), "it cannot be read (", id="link-in-a-ring"),
    pytest.param(
        lambda p: p.symlink_to(p.parent),
        "it cannot be read (Is a directory)",
        id="link-to-a-folder",
    ),
    pytest.param(os.mkfifo, "it is a pipe or a device", id="pipe-without-an-end"),
    pytest.param(
        lambda p: p.symlink_to("/dev/zero"),
        "it is a pipe or a device",
        id="device-without-an-end",
    ),
    pytest.param(socket_at, "it is a pipe or a device", id="socket"),
    pytest.param(
        unreadable_at, "it cannot be read (Permission denied)", id="not-to-be-read"
    ),
]
Make = Callable[[Path], object]


@pytest.mark.parametrize(("make", "fault"), BAD_FILES)
def test_a_faulty_own_template_takes_only_itself_out_of_use(
    own: Path, make: Make, fault: str
) -> None:
    """The built-in one of its id is used in its place; one of another id is refused by name."""
    (own / "walk.toml").write_text(SMALL, encoding="utf-8")
    before = usable(own)
    make(own / "grow.toml")
    make(own / "thanks.toml")
    available = library.list_available_templates(own)
    grow, thanks = available.faulty_files
    assert [(f.file, f.id, f.builtin_used) for f in (grow, thanks)] == [
        (str(own / "grow.toml"), "grow", True),
        (str(own / "thanks.toml"), "thanks", False),
    ]
    assert [f.faults[0][: len(fault)] for f in (grow, thanks)] == [fault, fault]
    assert available.templates == [
        t._replace(stands_in_for=grow) if t.id == "grow" else t for t in before
    ]
    assert library.find_template("GROW", own).stands_in_for == grow
    with pytest.raises(FaultyTemplate) as refused:
        library.find_template("thanks", own)
    first_line = f"{own / 'thanks.toml'} cannot be used:\n  - {fault}"
    assert refused.value.message.startswith(first_line)
    assert library.list_template_ids(own) == sorted(t.id for t in before)


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        pytest.param("My Talk.toml", "My Talk", id="blank"),
        pytest.param("Walk.toml", "Walk", id="capital"),
        pytest.param("a.b.toml", "a.b", id="dot"),
        pytest.param("-walk.toml", "-walk", id="hyphen-first"),
        pytest.param("naïve.toml", "naïve", id="accent"),
        pytest.param("a\nb.toml", "a b", id="line-end"),
        pytest.param("\x1b[31m.toml", "\ufffd[31m", id="control-characters"),
        pytest.param(
            os.fsdecode(b"caf\xe9.toml"), "caf\\xe9", id="byte-that-is-no-text"
        ),
        pytest.param("x" * 240 + "!.toml", "x" * 40, id="long"),
        pytest.param("\u202egrow.toml", "grow", id="invisible-character"),
    ],
)
def test_a_file_with_an_odd_name_takes_only_itself_out_of_use(
    own: Path, file: str, shown: str
) -> None:
    before = usable(own)
    (own / file).write_text(SMALL, encoding="utf-8")
    available = library.list_available_templates(own)
    assert available.templates == before
    (faulty,) = available.faulty_files
    assert (faulty.id, faulty.builtin_used) == (
        "walk" if file == "Walk.toml" else "",
        False,
    )
    assert faulty.faults == (
        f"the file's name “{shown}” is the template's id: use only {ID}",
    )
    assert unprintable(faulty.file) | set("\n") & set(faulty.file) == set()
    assert library.list_template_ids(own) == sorted(t.id for t in before)
    with pytest.raises(FaultyTemplate):
        library.find_template(Path(file).stem, own)


@pytest.mark.parametrize("wanted", ["Grow", "grow"])
def test_a_name_in_capitals_is_a_faulty_own_one_of_that_id(
    own: Path, wanted: str
) -> None:
    (own / "Grow.toml").write_text(SMALL, encoding="utf-8")
    found = library.find_template(wanted, own)
    assert found.builtin
    (faulty,) = library.list_available_templates(own).faulty_files
    assert found.stands_in_for == faulty
    (own / "grow.toml").write_text(SMALL, encoding="utf-8")
    assert library.find_template(wanted, own) == parsed(SMALL, "grow")._replace(
        shadows=True
    )
    (faulty,) = library.list_available_templates(own).faulty_files
    assert not faulty.builtin_used


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(Path.touch, "Not a directory", id="file"),
        pytest.param(
            lambda p: p.symlink_to("gone"), "No such file or directory", id="link"
        ),
        pytest.param(closed_folder_at, "Permission denied", id="closed"),
    ],
)
def test_a_folder_that_cannot_be_read_leaves_the_built_in_ones(
    own: Path, make: Make, reason: str
) -> None:
    before = usable(own)
    own.rmdir()
    make(own)
    available = library.list_available_templates(own)
    fault = f"it cannot be read ({reason})"
    assert available.faulty_files == [
        FaultyTemplateFile(str(own), "", (fault,), builtin_used=False)
    ]
    assert available.templates == before
    assert library.find_template("grow", own).stands_in_for == FaultyTemplateFile(
        str(own), "", (fault,), builtin_used=True
    )
    with pytest.raises(FaultyTemplate):
        library.find_template("thanks", own)
    assert library.list_template_ids(own) == sorted(t.id for t in before)


def test_all_faults_of_a_file_are_in_the_list(own: Path) -> None:
    (own / "thanks.toml").write_text(SMALL.replace("title", "tittle"), "utf-8")
    (faulty,) = library.list_available_templates(own).faulty_files
    assert len(faulty.faults) > 2
    assert list(faulty.faults) == faults(SMALL.replace("title", "tittle"))


@given(
    st.dictionaries(
        st.text(st.characters(exclude_characters="/\0"), max_size=20)
        | st.sampled_from(["grow", "GROW", "Quick", "quick", "sbi", "ſbi", "thanks"]),
        st.binary(max_size=40) | st.sampled_from([SMALL.encode(), b"title = 1"]),
        max_size=4,
    )
)
@example({"sbi": SMALL.encode(), "ſbi": b""})
@example({"sbi": b"", "ſbi": b"x"})
@settings(max_examples=50, deadline=None)
def test_whatever_is_in_the_folder_every_template_is_used_or_said_to_be_faulty(
    files: dict[str, bytes],
) -> None:
    with TemporaryDirectory() as folder:
        own = Path(folder)
        for name, data in files.items():
            with contextlib.suppress(OSError, UnicodeEncodeError):
                (own / f"{name}.toml").write_bytes(data)
        paths = library.list_template_files(own)
        available = library.list_available_templates(own)
        own_ids = [t.id for t in available.templates if not t.builtin]
        assert len(own_ids) + len(available.faulty_files) == len(paths)
        assert {t.id for t in usable(own / "none")} <= {
            t.id for t in available.templates
        }
        for template in available.templates:
            assert library.find_template(template.id, own) == template


def test_a_text_has_its_limit() -> None:
    long = "x" * 1001
    assert faults(SMALL.replace("Thanks", long)) == [
        "title is too long: 1001 characters (the limit is 1000)"
    ]
    assert parsed(SMALL.replace("Thanks", long[1:])).title == long[1:]
