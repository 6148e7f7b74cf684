"""What `template check` finds beyond what can be read: names nobody fills in, and advice."""

import pytest

from coachlog.model.templates import Template
from coachlog.templates import library, parsing
from coachlog.templates.advice import TemplateCheck, check_template

TOP = """\
title = "Thanks"
summary = "Say thank you, and what for."
audience = "one-to-one"
minutes = 5
source = "Grandmother"

[[stage]]
id = "say"
title = "Say it"
guidance = "Slowly."
"""
NO_ACTIONS = (
    "stage: no prompt of kind actions, so nothing is promised; add one near the end"
)
DOUBLE = "ask: two questions in one; ask one, and make the other a prompt of its own"
CLOSED = (
    "ask: yes or no would answer this; begin with what, how, who or when, or use yesno"
)
WHICH = "ask: “Which” is for a choice, and there is none here; begin with “What”"
LONG = "ask: {} characters are a lot to say aloud; 90 or fewer are easier to follow"
LEADING = "ask: this leads to an answer; ask it without the opinion"


def prompt(id: str, ask: str = "What for?", kind: str = "text", *more: str) -> str:
    rows = [f'id = "{id}"', f'ask = "{ask}"', f'kind = "{kind}"', *more]
    return "\n".join(["", "[[stage.prompt]]", *rows, ""])


STEPS = prompt("steps", "What will each of you do?", "actions")
SMALL = TOP + prompt("what", "What for?", "text", 'help = "One a line."') + STEPS


def check(source: str, *others: Template, id: str = "thanks") -> TemplateCheck:
    return check_template(source.encode(), id, "thanks.toml", others)


def faults(source: str) -> list[str]:
    found = check(source)
    assert found == TemplateCheck("thanks.toml", "thanks", found.faults)
    return list(found.faults)


def advice(source: str, *others: Template) -> list[str]:
    found = check(source, *others)
    assert found == TemplateCheck("thanks.toml", "thanks", advice=found.advice)
    return list(found.advice)


FILES = sorted(library.find_builtin_folder().glob("*.toml"))
SHIPPED = [library.read_template_file(path, builtin=True) for path in FILES]


@pytest.mark.parametrize("found", SHIPPED, ids=[one.id for one in SHIPPED])
def test_nothing_is_to_be_said_of_a_shipped_template(found: Template) -> None:
    data = found.text.encode()
    assert check_template(data, found.id, "x.toml", SHIPPED) == TemplateCheck(
        "x.toml", found.id
    )


def test_nothing_is_to_be_said_of_a_good_one() -> None:
    assert check(SMALL) == TemplateCheck("thanks.toml", "thanks", faults=(), advice=())


def test_what_cannot_be_read_has_the_faults_of_reading_and_no_advice() -> None:
    source = TOP.replace("minutes = 5", "minute = 5") + prompt("x", "Is it?", "txt")
    kinds = (
        "text | line | choice | choices | scale | yesno | date | number | "
        "questions | promises | actions"
    )
    assert faults(source) == [
        "unknown key “minute”; did you mean minutes?",
        "minutes is missing: a whole number of minutes, 1 to 600",
        f"stage “say”, prompt 1: kind: “txt” must be {kinds}",
    ]


def test_a_name_that_nobody_fills_in_hides_the_advice() -> None:
    assert faults(TOP + prompt("x", "Is it $boss?")) != []


# Names


@pytest.mark.parametrize(
    "words",
    [
        *(
            "$them",
            "${them}",
            "$me",
            "${me}",
            "$set",
            "$them's",
            "$$boss",
            "$${boss}",
            "$$them",
        ),
        *("$5", "5 $", "$", "$ them", "$.", "US$ 7"),
    ],
)
@pytest.mark.parametrize("key", ["guidance", "ask", "help"])
def test_names_that_are_filled_in_and_dollars_that_are_none(
    key: str, words: str
) -> None:
    old = {"guidance": "Slowly.", "ask": "What for?", "help": "One a line."}[key]
    assert check(SMALL.replace(old, f"What is {words}?")) == TemplateCheck(
        "thanks.toml", "thanks"
    )


@pytest.mark.parametrize("words", ["$help", "${help}", "111, or $help"])
def test_whom_to_call_is_filled_in_where_it_is_not_kept(words: str) -> None:
    """A question is kept in the journal as it was asked."""
    for old in ("Slowly.", "One a line."):
        assert check(SMALL.replace(old, f"{words}.")).faults == ()
    (fault,) = faults(SMALL.replace("What for?", f"Who is {words}?"))
    assert fault == "say.what: ask: $help is only for help and guidance; write it there"
    (fault,) = faults(SMALL.replace('"Thanks"', f'"{words}"'))
    assert fault == "title: $help is not filled in here; write it out"


@pytest.mark.parametrize(
    ("old", "where"),
    [
        pytest.param("Slowly.", "stage “say”: guidance", id="guidance"),
        pytest.param("What for?", "say.what: ask", id="ask"),
        pytest.param("One a line.", "say.what: help", id="help"),
    ],
)
@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (
            "$thme",
            "unknown name $thme; write $them or $me, or $$thme to keep it as it is",
        ),
        (
            "${thme}",
            "unknown name $thme; write $them or $me, or $$thme to keep it as it is",
        ),
        ("$Them", "unknown name $Them; write $them, or $$Them to keep it as it is"),
        (
            "$themself",
            "unknown name $themself; write $them, or $$themself to keep it as it is",
        ),
        ("$sets", "unknown name $sets; write $set, or $$sets to keep it as it is"),
        (
            "$boss",
            "unknown name $boss; write $them or $me or $set or $third{or_help}, "
            "or $$boss to keep it as it is",
        ),
    ],
)
def test_an_unknown_name_where_names_are_filled_in(
    old: str, where: str, words: str, fault: str
) -> None:
    or_help = "" if where.endswith("ask") else " or $help"
    assert faults(SMALL.replace(old, f"What does {words} say?")) == [
        f"{where}: {fault.format(or_help=or_help)}"
    ]


@pytest.mark.parametrize(
    ("old", "where"),
    [
        pytest.param('"Thanks"', "title", id="title"),
        pytest.param('"Say thank you, and what for."', "summary", id="summary"),
        pytest.param('"Grandmother"', "source", id="source"),
        pytest.param('"Say it"', "stage “say”: title", id="stage-title"),
        pytest.param('"praise"', "say.sort: options", id="option"),
    ],
)
@pytest.mark.parametrize("name", ["them", "me", "boss"])
def test_a_name_where_none_is_filled_in(old: str, where: str, name: str) -> None:
    sort = prompt("sort", "Which?", "choice", 'options = ["praise", "a concern"]')
    source = (SMALL + sort).replace(old, f'"What ${name} said"')
    (fault,) = faults(source)
    assert fault.startswith(f"{where}: ${name} is not filled in here; write it out")


def test_a_name_is_told_once_in_each_text_and_all_of_them_together() -> None:
    source = SMALL.replace("What for?", "$boss, $boss and $team?").replace(
        "Slowly.", "As $boss."
    )
    kept = "write $them or $me or $set or $third, or"
    kept_in_guidance = kept.replace("$third", "$third or $help")
    assert faults(source) == [
        f"stage “say”: guidance: unknown name $boss; {kept_in_guidance} $$boss to keep it as it is",
        f"say.what: ask: unknown name $boss; {kept} $$boss to keep it as it is",
        "say.what: ask: unknown name $team; write $them, or $$team to keep it as it is",
    ]


# Advice


@pytest.mark.parametrize(
    ("ask", "kind", "expected"),
    [
        pytest.param("What happened? What else?", "text", [DOUBLE], id="double"),
        pytest.param(
            "What was it, and how did it end?", "line", [DOUBLE], id="double-line"
        ),
        pytest.param("How sure, and why?", "scale", [DOUBLE], id="double-on-a-scale"),
        pytest.param("Did it help?", "text", [CLOSED], id="closed"),
        pytest.param("Can $them see it?", "line", [CLOSED], id="closed-line"),
        pytest.param("Did it help?", "yesno", [], id="closed-for-yes-or-no"),
        pytest.param("Is there a date?", "date", [], id="closed-for-a-date"),
        pytest.param("Would 7 be right?", "scale", [], id="closed-for-a-scale"),
        pytest.param("What is missing because of it?", "text", [LEADING], id="leading"),
        pytest.param(
            "Surely it was late?", "yesno", [LEADING], id="leading-for-yes-or-no"
        ),
        pytest.param(
            "Don’t you think so?", "text", [CLOSED, LEADING], id="closed-and-leading"
        ),
        pytest.param(
            "Didn't you see it, or was it late?",
            "text",
            [DOUBLE, CLOSED, LEADING],
            id="all",
        ),
        pytest.param("What went well and less well?", "text", [], id="open"),
        pytest.param("Which of them?", "text", [WHICH], id="which"),
        pytest.param("“Which” of them?", "line", [WHICH], id="which-in-quotes"),
        pytest.param("Which day is it?", "date", [WHICH], id="which-day"),
        pytest.param("Which will each of you do?", "questions", [WHICH], id="which-q"),
        pytest.param("In which of them?", "text", [], id="which-inside"),
        pytest.param("Whichever helps: what is it?", "text", [], id="whichever"),
        pytest.param("What is it".ljust(89, "t") + "?", "text", [], id="90-characters"),
        pytest.param(
            "What is it".ljust(90, "t") + "?", "text", [LONG.format(91)], id="91"
        ),
        pytest.param(
            "What is $them".ljust(87, ".") + "?", "text", [], id="90-with-a-name"
        ),
        pytest.param(
            "What is $them".ljust(88, ".") + "?",
            "text",
            [LONG.format(91)],
            id="91-with-a-name",
        ),
    ],
)
def test_how_a_question_is_worded(ask: str, kind: str, expected: list[str]) -> None:
    source = TOP + prompt("what", ask, kind) + STEPS
    assert advice(source) == [f"say.what: {words}" for words in expected]


@pytest.mark.parametrize("kind", ["choice", "choices"])
@pytest.mark.parametrize(
    "row", ['options = ["rest", "pay"]', 'options_from = "say.before"']
)
def test_which_is_for_a_choice(kind: str, row: str) -> None:
    before = prompt("before", "What helps?")
    source = TOP + before + prompt("what", "Which of them?", kind, row) + STEPS
    assert advice(source) == []


def test_which_may_ask_about_the_promises_on_the_screen() -> None:
    source = TOP + prompt("what", "Which are wrong?", "promises") + STEPS
    assert advice(source.replace("one-to-one", "solo")) == []


def test_no_prompt_of_kind_actions() -> None:
    assert advice(TOP + prompt("what")) == [NO_ACTIONS]


def test_where_all_is_about_health_nothing_need_be_promised() -> None:
    private = prompt("what", "What for?", "text", "health = true")
    assert advice(TOP + private) == []
    assert advice(TOP + private + prompt("why")) == [NO_ACTIONS]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (15, []),
        (
            16,
            [
                "stage: 16 prompts are a lot to ask; people are happier to answer 15 or fewer"
            ],
        ),
        (
            60,
            [
                "stage: 60 prompts are a lot to ask; people are happier to answer 15 or fewer"
            ],
        ),
    ],
)
def test_how_many_prompts_are_many(count: int, expected: list[str]) -> None:
    prompts = "".join(prompt(f"p{number}") for number in range(count - 1))
    assert advice(TOP + prompts + STEPS) == expected


@pytest.mark.parametrize(("count", "is_many"), [(44, False), (45, True)])
def test_three_numbers_are_as_much_to_ask_as_one_prompt(
    count: int, is_many: bool
) -> None:
    scales = "".join(
        prompt(f"s{number}", "How far?", "scale") for number in range(count)
    )
    advised = any("a lot to ask" in words for words in advice(TOP + scales + STEPS))
    assert advised is is_many


@pytest.mark.parametrize(("count", "is_many"), [(16, False), (20, False), (21, True)])
def test_a_set_that_meets_for_hours_is_asked_more(count: int, is_many: bool) -> None:
    top = TOP.replace('"one-to-one"', '"group"')
    prompts = "".join(prompt(f"p{number}") for number in range(count - 1))
    advised = any("a lot to ask" in words for words in advice(top + prompts + STEPS))
    assert advised is is_many


def test_prompts_are_counted_over_all_stages() -> None:
    again = '\n[[stage]]\nid = "again"\ntitle = "Again"\n'
    first = "".join(prompt(f"p{number}") for number in range(8))
    second = "".join(prompt(f"q{number}") for number in range(8))
    assert advice(TOP + first + again + second) == [
        "stage: 16 prompts are a lot to ask; people are happier to answer 15 or fewer",
        NO_ACTIONS,
    ]


@pytest.mark.parametrize("key", ["ask", "help"])
@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        ("one-to-one", []),
        ("group", []),
        (
            "solo",
            [
                "say.what: {}: there is no $them in a conversation with yourself; write “you”"
            ],
        ),
    ],
)
def test_nobody_else_is_in_a_talk_with_oneself(
    audience: str, expected: list[str], key: str
) -> None:
    old = {"ask": "What for?", "help": "One a line."}[key]
    source = SMALL.replace("one-to-one", audience).replace(old, "What does $them say?")
    assert advice(source) == [one.format(key) for one in expected]


@pytest.mark.parametrize(
    ("audience", "is_found"),
    [("one-to-one", True), ("group", True), ("solo", True), ("three-way", False)],
)
def test_a_third_person_is_only_in_a_talk_of_three(
    audience: str, is_found: bool
) -> None:
    source = SMALL.replace("one-to-one", audience).replace(
        "What for?", "What does $third say?"
    )
    found = (
        "say.what: ask: $third is only in a conversation of three (audience three-way)"
    )
    assert advice(source) == [found] * is_found


def named(template: str, quotes: str, leads_to: str) -> str:
    """Return a template that names others."""
    source = SMALL.replace("minutes", f'leads_to = "{leads_to}"\nminutes')
    return source.replace('help = "One a line."', f'quotes = "{template}.{quotes}"')


@pytest.mark.parametrize(
    ("template", "quotes", "expected"),
    [
        ("first-plan", "one-thing.do", []),
        ("first-plan", "one-thing.don", ["first-plan has no prompt “one-thing.don”"]),
        ("frist-plan", "one-thing.do", ["there is no template “frist-plan”"]),
        (
            "grow",
            "goal.result",
            ["grow is no conversation with yourself, so it is never quoted"],
        ),
    ],
)
def test_what_is_quoted_is_looked_up(
    template: str, quotes: str, expected: list[str]
) -> None:
    source = named(template, quotes, "three-way")
    assert advice(source, *SHIPPED) == [f"say.what: quotes: {one}" for one in expected]


@pytest.mark.parametrize(
    ("quotes", "expected"),
    [
        ("say.what", []),
        ("say.how", ["say.what: quotes: there is no prompt “say.how” here"]),
    ],
)
def test_a_template_may_quote_what_was_answered_in_it_last_time(
    quotes: str, expected: list[str]
) -> None:
    source = SMALL.replace("minutes", 'again = ["1w"]\nminutes')
    source = source.replace('help = "One a line."', f'quotes = "{quotes}"')
    assert advice(source, *SHIPPED) == expected


def test_what_it_leads_to_is_looked_up() -> None:
    source = named("first-plan", "one-thing.do", "three-ways")
    assert advice(source, *SHIPPED) == ["leads_to: there is no template “three-ways”"]
    assert advice(source) == []  # nothing is known of others


def test_a_talk_with_oneself_may_name_its_owner() -> None:
    assert (
        advice(SMALL.replace("one-to-one", "solo").replace("What for?", "What is $me?"))
        == []
    )


def scale(measure: str, *more: str) -> str:
    return (
        TOP
        + prompt("now", "How far?", "scale", f'measure = "{measure}"', *more)
        + STEPS
    )


def other(source: str, id: str) -> Template:
    return parsing.parse_template(source.encode(), id, name=id)


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        pytest.param(scale("progress"), scale("progress"), [], id="the-same-ends"),
        pytest.param(
            scale("progress", "high = 5"),
            scale("energy"),
            [],
            id="another-measure-of-other-ends",
        ),
        pytest.param(
            scale("progress", "high = 5"),
            scale("progress"),
            [
                "say.now: measure: “progress” goes from 1 to 10 in other; "
                "scales with different ends cannot share a trend"
            ],
            id="another-upper-end",
        ),
        pytest.param(
            scale("progress"),
            scale("progress", "low = 0"),
            [
                "say.now: measure: “progress” goes from 0 to 10 in other; "
                "scales with different ends cannot share a trend"
            ],
            id="another-lower-end",
        ),
    ],
)
def test_a_measure_has_the_same_ends_everywhere(
    mine: str, theirs: str, expected: list[str]
) -> None:
    assert advice(mine, other(theirs, "other")) == expected


def test_a_template_is_not_compared_with_what_it_was_before() -> None:
    assert (
        advice(scale("progress", "high = 5"), other(scale("progress"), "thanks")) == []
    )


def test_the_shipped_measures_are_known() -> None:
    assert advice(scale("confidence", "low = 0"), *SHIPPED) == [
        "say.now: measure: “confidence” goes from 1 to 10 in als; "
        "scales with different ends cannot share a trend"
    ]


def test_all_advice_comes_together() -> None:
    source = TOP.replace("one-to-one", "solo") + "".join(
        (
            prompt("what", "Did it help $them?"),
            prompt(
                "now", "How far? How fast?", "scale", 'measure = "progress"', "high = 3"
            ),
        )
    )
    assert advice(source, other(scale("progress"), "grow")) == [
        NO_ACTIONS,
        f"say.what: {CLOSED}",
        f"say.now: {DOUBLE}",
        "say.what: ask: there is no $them in a conversation with yourself; write “you”",
        "say.now: measure: “progress” goes from 1 to 10 in grow; "
        "scales with different ends cannot share a trend",
    ]


@pytest.mark.parametrize("data", [b"\xff", b"", b"[" * 70_000, b"\0", b"title = "])
def test_nothing_is_raised_for_any_bytes(data: bytes) -> None:
    found = check_template(data, "thanks", "thanks.toml")
    assert found == TemplateCheck("thanks.toml", "thanks", found.faults)
    assert found.faults != ()
