"""The two readers of a command line agree: the small one reads it as Typer does, or leaves it."""

import io
import shlex
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.cli import tree
from coachlog.cli.declare import Argument, Call, Command, Option, Parameter
from coachlog.cli.help_layout import parse_examples, split_help
from coachlog.cli.help_pages import FIRST_EXAMPLES
from coachlog.cli.nouns import DEFAULT_VERBS, NOUN_HELPS, list_commands, load_noun
from coachlog.cli.reader import read_usual_line
from coachlog.cli.root import (
    GLOBAL_OPTIONS,
    HELP_OPTION,
    HOME_PAGE,
    VERSION,
    VERSION_OPTION,
)
from coachlog.cli.synonyms import LIST_VERBS, SHORT_FORMS, VERB_SHORT_FORMS
from coachlog.cli.unfinished_lines import read_unfinished_line
from coachlog.errors import CoachlogError
from coachlog.model.people import Relationship
from coachlog.store.database import Journal
from coachlog.store.writing.person_changes import insert_person
from coachlog.terminal.console import Console
from command_table import reading_lines
from store_builders import NOW

NOWHERE = Path("/nowhere/coachlog")
COMMANDS = list_commands()
ROOT_OPTIONS = [*GLOBAL_OPTIONS, *HOME_PAGE.parameters]
SETTINGS = (
    *("home_override", "no_input", "color", "ascii", "accessible"),
    *("plain", "quiet", "debug"),
)


class Reading(NamedTuple):
    """What a reader makes of a line: the command with its values, and how its console is set up.

    Of a help, or of the version, it is what that prints.
    """

    path: str = ""
    values: Mapping[str, Any] = {}
    typed_names: frozenset[str] = frozenset()
    settings: tuple[Any, ...] = ()
    printed: str = ""


def describe_reading(call: Call, console: Console) -> Reading:
    if call.command is VERSION or call.command.path == "help":
        return Reading(printed=print_call(call, console))
    settings = tuple(getattr(console, name) for name in SETTINGS)
    return Reading(call.command.path, call.values, call.typed_names, settings)


def print_call(call: Call, console: Console) -> str:
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()):
        try:
            call.run(console)
        except CoachlogError as error:
            return error.message
    return out.getvalue()


def read_usually(words: list[str], home: Path = NOWHERE) -> Reading | None:
    """Return what the small reader makes of a line; None, with nothing done, if it leaves it."""
    console = Console(home_override=home)
    before = dict(vars(console))
    call = read_usual_line(words, console)
    if call is None:
        assert vars(console) == before
        return None
    return describe_reading(call, console)


def read_with_typer(words: list[str], home: Path = NOWHERE) -> Reading | None:
    """Return what Typer makes of a line; None for an error."""
    console = Console(home_override=home)
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()):
        try:
            call = tree.read_unusual_line(words, console)
        except CoachlogError:
            return None
    if call is None:
        return Reading(printed=out.getvalue())
    return describe_reading(call, console)


# Lines drawn from the declarations


NUMBERS = st.integers(0, 40).map(str)
WORDS = st.sampled_from(
    ["priya", "Priya Shah", "Zoë", "3", "today", "fri", "rota", "-", "html", "a=b"]
)
ODD_WORDS = st.one_of(
    st.sampled_from(["", " ", "--", "-h", "--help", "--version", "-V", "help", "-2"]),
    st.sampled_from(["-yq", "-n5", "-x", "--nope", "--jso", "--json=1", "—x", "–-all"]),
    st.sampled_from(
        ["--home", "--home=x", "--on=", "\udce9", "1_0", "٣", "007", "1.5"]
    ),
    st.text(max_size=6),
)


def draw_value(parameter: Parameter) -> st.SearchStrategy[str]:
    """Return values that a parameter can have."""
    declaration, value_type = parameter.declaration, parameter.value_type
    if isinstance(declaration, Argument) and declaration.parser:
        return WORDS
    if isinstance(declaration, Option) and value_type is int:
        least = declaration.min or 0
        most = declaration.max or least + 50
        return st.integers(least, most).map(str)
    if value_type is int:
        return NUMBERS
    if issubclass(value_type, Enum):
        return st.sampled_from([choice.value for choice in value_type])
    return WORDS


def draw_option(option: Parameter) -> st.SearchStrategy[list[str]]:
    """Return the ways to type an option, with a value if it has one."""
    flags = st.sampled_from([*option.flags, *option.off_flags])
    if option.is_flag:
        return flags.map(lambda flag: [flag])
    pairs = st.tuples(flags, draw_value(option), st.booleans())
    return pairs.map(lambda typed: join_value(*typed))


def join_value(flag: str, value: str, is_joined: bool) -> list[str]:
    if not is_joined:
        return [flag, value]
    sign = "=" if flag.startswith("--") else ""
    return [f"{flag}{sign}{value}"]


def draw_argument(argument: Parameter) -> st.SearchStrategy[list[str]]:
    most = 3 if argument.is_list else 1
    return st.lists(draw_value(argument), min_size=1, max_size=most)


@st.composite
def right_lines(draw: st.DrawFn) -> list[str]:
    """Return a line with which nothing is wrong."""
    command: Command = draw(st.sampled_from(COMMANDS))
    options = [*command.parameters, *GLOBAL_OPTIONS]
    options = [option for option in options if not option.is_argument]
    chosen = draw(st.lists(st.sampled_from(options), unique_by=id, max_size=3))
    parts = [draw(draw_option(option)) for option in chosen]
    count = draw(st.integers(0, len(command.arguments)))
    for argument in command.arguments[:count]:
        place = draw(st.integers(0, len(parts)))
        # Arguments keep their order, options may be anywhere between them.
        place = max([place, *list_argument_places(parts)])
        parts.insert(place, ["", *draw(draw_argument(argument))])
    words = [word for part in parts for word in part if word]
    front = draw(st.lists(st.sampled_from(GLOBAL_OPTIONS), unique_by=id, max_size=1))
    return [
        *(word for option in front for word in draw(draw_option(option))),
        *command.path.split(),
        *words,
    ]


def list_argument_places(parts: list[list[str]]) -> Iterator[int]:
    for place, part in enumerate(parts):
        if not part[0]:
            yield place + 1


@st.composite
def any_lines(draw: st.DrawFn) -> list[str]:
    """Return a line with which something may be wrong: words more, fewer or in another order."""
    words = draw(right_lines())
    for odd_word in draw(st.lists(ODD_WORDS | WORDS, max_size=2)):
        words.insert(draw(st.integers(0, len(words))), odd_word)
    if draw(st.booleans()):
        words = words[: draw(st.integers(0, len(words)))]
    if draw(st.integers(0, 9)) == 0:
        words = draw(st.permutations(words))
    if draw(st.integers(0, 9)) == 0:
        option = draw(st.sampled_from(ROOT_OPTIONS))
        words = [*draw(draw_option(option)), *words]
    return words


@given(right_lines())
def test_a_line_as_declared_is_read_as_typer_reads_it(words: list[str]) -> None:
    reading = read_usually(words)
    assert reading is not None
    assert reading == read_with_typer(words)


@given(any_lines())
def test_any_line_is_read_as_typer_reads_it_or_left(words: list[str]) -> None:
    reading = read_usually(words)
    if reading is not None:
        assert reading == read_with_typer(words)


@given(st.lists(st.sampled_from(ROOT_OPTIONS).flatmap(draw_option), max_size=3))
def test_the_home_page_is_read_as_typer_reads_it(parts: list[list[str]]) -> None:
    words = [word for part in parts for word in part]
    reading = read_usually(words)
    assert reading is not None
    assert reading == read_with_typer(words)


@given(right_lines())
def test_tab_reads_a_line_as_the_command_will(words: list[str]) -> None:
    call = read_usual_line(words, Console(home_override=NOWHERE))
    line = read_unfinished_line(words)
    assert call is not None
    assert line.command is call.command
    assert line.values.keys() & call.values.keys() == call.typed_names


HELPS = [
    *([], ["action"], ["history"], ["log"], ["goal", "rate"]),
]


@pytest.mark.parametrize("words", HELPS)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_a_help_is_the_same_whoever_prints_it(words: list[str], flag: str) -> None:
    line = [*words, flag]
    reading = read_usually(line)
    assert reading is not None
    assert reading.printed.startswith("Usage: coachlog")
    assert reading == read_with_typer(line) == read_usually(["help", *words])


# Usual lines


NOBODY = "a person's name, and nobody in the journal has it"
LEFT_TO_TYPER = {"priya": NOBODY, "plan priya": NOBODY}
"""The usual lines that the small reader leaves, and why."""


def list_usual_lines() -> list[list[str]]:
    """Return the examples in the help of every command, and the lines of the command table."""
    examples = parse_examples(FIRST_EXAMPLES)
    for noun in map(load_noun, NOUN_HELPS):
        examples += parse_examples(noun.examples)
    for command in COMMANDS:
        examples += split_help(command.help)[1]
    typed = [example.command.split(" > ")[0] for example in examples]
    lines = [line.removeprefix("coachlog") for line in typed]
    return [shlex.split(line) for line in [*lines, *reading_lines()]]


def test_the_usual_lines_of_every_command_need_no_typer() -> None:
    left = {
        shlex.join(words) for words in list_usual_lines() if not read_usually(words)
    }
    assert left == set(LEFT_TO_TYPER)


# Names and short forms


@pytest.fixture(scope="module")
def home_of_people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home of a journal in which one name is also a short form."""
    home = tmp_path_factory.mktemp("people") / "home"
    with Journal(home).change(NOW, create=True) as change:
        for name in ("Priya Shah", "Ann Obi", "Ann Lee", "Rate Ek"):
            insert_person(change, name, Relationship.PEER)
    return home


NAME_WORDS = ("Priya", "priya shah", "pri", "ann", "ann obi", "ann-lee", "Rate", "tom")
OPTION_WORDS = ("--json", "--private", "-q", "--help", "-p", "--home", "-x")
LOOSE_WORDS = st.sampled_from(
    [
        *(*SHORT_FORMS, *VERB_SHORT_FORMS, *LIST_VERBS, *NOUN_HELPS),
        *(*NAME_WORDS, *OPTION_WORDS, "list", "show", "3"),
    ]
)


@given(words=st.lists(LOOSE_WORDS, min_size=1, max_size=4))
def test_names_and_short_forms_are_read_as_typer_reads_them_or_left(
    home_of_people: Path, words: list[str]
) -> None:
    reading = read_usually(words, home_of_people)
    if reading is not None:
        assert reading == read_with_typer(words, home_of_people)


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("done 3", "action done"),
        ("done 3 --on yesterday", "action done"),
        ("ls people", "person list"),
        ("notes priya", "note"),
        ("person new Zoe", "person add"),
        ("Priya Shah", "brief"),
        ("priya --private", "brief"),
        ("ann o --json", "brief"),
        ("plan pri", "plan show"),
        ("session priya", "session show"),
    ],
)
def test_a_name_or_a_short_form_needs_no_typer(
    home_of_people: Path, line: str, path: str
) -> None:
    words = shlex.split(line)
    reading = read_usually(words, home_of_people)
    assert reading is not None
    assert reading.path == path
    assert reading == read_with_typer(words, home_of_people)


@pytest.mark.parametrize("line", ["ann", "rate", "tom", "plan ann", "set ann"])
def test_a_name_of_several_or_nobody_or_that_is_a_short_form_is_left(
    home_of_people: Path, line: str
) -> None:
    assert read_usually(shlex.split(line), home_of_people) is None


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["--help", "--version"], id="help-and-version"),
        pytest.param(["action", "done", "3", "--version"], id="version"),
        pytest.param(["action"], id="no-verb"),
        pytest.param(["history"], id="no-name"),
        pytest.param(["act", "list"], id="beginning-of-a-command"),
        pytest.param(["action", "list", "--over"], id="beginning-of-an-option"),
        pytest.param(["--json", "action", "list"], id="option-before-its-command"),
        pytest.param(["action", "list", "--owner"], id="option-without-its-value"),
        pytest.param(["action", "list", "--overdue=yes"], id="flag-with-a-value"),
        pytest.param(["action", "list", "—overdue"], id="long-dash"),
        pytest.param(["action", "list", "priya", "tom\udce9"], id="no-text"),
        pytest.param(["action", "done", "--", "-3"], id="end-of-options"),
        pytest.param(["action", "add", "--confidence", "11"], id="number-too-big"),
        pytest.param(["action", "add", "--confidence", "ten"], id="no-number"),
        pytest.param(["person", "add", "Jo", "-r", "boss"], id="no-choice"),
        pytest.param(["plan", "export", "priya", "-o", " "], id="blank"),
        pytest.param(["pulse", "show", "1", "2"], id="word-too-many"),
        pytest.param(["goal", "rate", "1", "-2"], id="number-below-0"),
    ],
)
def test_what_is_in_doubt_is_left_to_typer(words: list[str]) -> None:
    assert read_usually(words) is None


def test_no_option_of_a_command_has_the_name_of_one_that_all_have() -> None:
    """What was typed is kept by the names of the parameters."""
    common = {option.name for option in (*GLOBAL_OPTIONS, HELP_OPTION, VERSION_OPTION)}
    own = {parameter.name for command in COMMANDS for parameter in command.parameters}
    assert common & own == set()


def test_a_list_is_the_last_argument_of_its_command() -> None:
    for command in COMMANDS:
        assert not any(argument.is_list for argument in command.arguments[:-1])


def test_the_verb_that_goes_without_saying_is_one() -> None:
    paths = [command.path for command in COMMANDS]
    assert {f"{noun} {verb}" for noun, verb in DEFAULT_VERBS.items()} <= set(paths)
    assert set(DEFAULT_VERBS) <= set(NOUN_HELPS)
