"""Tab in real shells: what is inserted is exactly the value, and nothing is ever executed."""

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Annotated

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from real_shell import COMMANDS, RealShell, is_missing

from coachlog.cli.declare import Argument, Call, Noun, Option
from coachlog.cli.nouns import NOUN_HELPS
from coachlog.cli.suggestions import suggest_files
from coachlog.escaping.shells import can_stand_in_line
from coachlog.services.completion import Offer
from coachlog.terminal.console import Console

offers: list[Offer] = []
"""What the commands of this test offer now."""


def suggest(_console: Console, _call: Call, _typed_text: str) -> list[Offer]:
    return list(offers)


Word = Annotated[str, Argument(metavar="WORD", help="", autocompletion=suggest)]
Owner = Annotated[str, Option("--owner", help="", autocompletion=suggest)]


def pick(_console: Console, word: Word = "", owner: Owner = "") -> None: ...


def other(
    _console: Console,
    path: Annotated[
        str, Argument(metavar="PATH", help="", autocompletion=suggest_files)
    ] = "",
) -> None: ...


@pytest.fixture(scope="module", autouse=True)
def _commands() -> Iterator[None]:
    """The commands of this test are two more nouns, each in a module like the others."""
    modules = {}
    for function in (pick, other):
        name = function.__name__
        module = ModuleType(name)
        vars(module)["app"] = Noun(name)
        vars(module)["app"].command()(function)
        modules[name] = module
        sys.modules[f"coachlog.cli.{name}"] = module
    NOUN_HELPS.update(dict.fromkeys(modules, ""))
    yield
    for name in modules:
        del NOUN_HELPS[name], sys.modules[f"coachlog.cli.{name}"]


@pytest.fixture(params=COMMANDS, scope="module")
def shell(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RealShell]:
    if is_missing(request.param):
        pytest.skip(f"{request.param} is not installed")
    shell = RealShell(request.param, tmp_path_factory.mktemp(request.param))
    yield shell
    shell.close()


PROGRAMS = (
    *(
        "$(touch PWN)",
        "`touch PWN`",
        "\\$(touch PWN)",
        "\\`touch PWN`",
        "; touch PWN",
        "| touch PWN",
    ),
    *(
        "& touch PWN &",
        "'$(touch PWN)'",
        '"$(touch PWN)"',
        "${x:=$(touch PWN)}",
        "(touch PWN)",
    ),
    *(
        "<(touch PWN)",
        "> PWN",
        "{a,b}",
        "~",
        "*",
        "?",
        "[a-z]",
        "!!",
        "!$",
        "^a^b",
        "%s",
        "%F{red}",
    ),
    *(
        "[/]",
        "[br]",
        ":smile:",
        "S:\\Rotas\\",
        "O'Brien",
        "a:b",
        "a=b",
        "#12",
        "--",
        "-x",
        "$HOME",
    ),
    *(
        "=ls",
        "%self",
        "@name",
        "\u2019",
        "\xa0",
        "e\u0301",
        "李",
        "😀",
        "  ",
        "\\",
        "'",
        '"',
        "\t",
        "\n",
    ),
)
TEXTS = st.one_of(
    st.lists(st.sampled_from(PROGRAMS), min_size=1, max_size=3).map("".join),
    st.text(
        st.sampled_from("\\'\"$`!~#&*()[]{}<>|;:=?^%@, -ab\u00e9"),
        min_size=1,
        max_size=12,
    ),
    st.text(min_size=1, max_size=8),
)
VALUES = TEXTS.filter(can_stand_in_line).filter(lambda value: not value.startswith("-"))


def is_offered(shell: RealShell, value: str) -> bool:
    """Return whether a value can be offered: fish hides a leading dot, and expands a tilde."""
    return shell.name != "fish" or value[0] not in "~."


each_shell = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.differing_executors,
        HealthCheck.too_slow,
    ],
)


@each_shell
@given(value=VALUES, label=TEXTS, quote=st.sampled_from(["", '"', "'"]))
@example(value="x \\$(touch PWN) y", label="\\$(touch PWN)", quote="")
@example(value="a!", label="", quote='"')
@example(value="'", label="", quote="'")
@example(value="!", label="", quote='"')
@example(value='a"', label="", quote='"')
@example(value="a'", label="", quote="'")
@example(value="a'b!c\"d", label="", quote='"')
def test_the_only_offer_is_inserted_exactly(
    shell: RealShell, value: str, label: str, quote: str
) -> None:
    # Fish lets such a word go on, and so closes no quote after it.
    assume(not (shell.name == "fish" and quote and value[-1] in "/=@:.,-"))
    assume(is_offered(shell, value))
    offers[:] = [Offer(value, label)]
    assert shell.run(f"coachlog pick {quote}\t\n") == ["pick", value]
    assert shell.files() == []


@each_shell
@given(value=VALUES)
@example(value="Ann Obi")
@example(value="$(touch PWN)")
def test_the_value_of_an_option_in_one_word_with_it(
    shell: RealShell, value: str
) -> None:
    assume(is_offered(shell, value))
    offers[:] = [Offer(value, "label")]
    assert shell.run("coachlog pick --owner=\t\n") == ["pick", f"--owner={value}"]
    assert shell.run("coachlog pick --owner \t\n") == ["pick", "--owner", value]
    assert shell.files() == []


@each_shell
@given(beginning=VALUES, label=TEXTS)
@example(beginning="a b", label="")
@example(beginning="\\$(touch PWN)", label="[/] \\$(touch PWN) %F{red} `touch PWN`")
def test_what_several_offers_have_in_common_is_inserted_exactly(
    shell: RealShell, beginning: str, label: str
) -> None:
    assume(is_offered(shell, beginning))
    offers[:] = [Offer(f"{beginning}1", label), Offer(f"{beginning}2", label)]
    assert shell.run("coachlog pick \t\n") == ["pick", beginning]
    assert shell.files() == []


@pytest.mark.parametrize("typed", ["Ma", "hel", "zoë", "HELEN"])
def test_an_offer_that_begins_in_another_way_takes_the_place_of_what_was_typed(
    shell: RealShell, typed: str
) -> None:
    name = f"Dr {typed} Marsh"
    offers[:] = [Offer("helen-marsh", name, name)]
    expected = ["helen-marsh"]
    if shell.name == "fish" and typed not in "helen-marsh":
        expected = ["helen-marsh", name]
    (_, word) = shell.run(f"coachlog pick {typed}\t\n")
    assert word in expected


def test_nothing_typed_is_lost_where_offers_have_nothing_in_common(
    shell: RealShell,
) -> None:
    if shell.name != "bash":
        pytest.skip("zsh and fish show a menu instead")
    offers[:] = [Offer("ann-lee", "Ann Lee"), Offer("al-mann", "Al Mann")]
    assert shell.run("coachlog pick man\t\n") == ["pick", "man"]


def test_no_file_is_offered_where_nothing_fits(shell: RealShell) -> None:
    (shell.folder / "zz-file").touch()
    offers[:] = []
    try:
        assert shell.run("coachlog pick zz\t\n") == ["pick", "zz"]
    finally:
        (shell.folder / "zz-file").unlink()


def test_files_are_offered_where_a_file_is_wanted(shell: RealShell) -> None:
    (shell.folder / "zz file").touch()
    try:
        assert shell.run("coachlog other zz\t\n") == ["other", "zz file"]
    finally:
        (shell.folder / "zz file").unlink()


def test_what_zsh_takes_for_a_byte_is_not_offered() -> None:
    assert can_stand_in_line("caf\u00e9")
    assert not can_stand_in_line("caf\ue01f")


def test_labels_are_shown_beside_several_offers(shell: RealShell) -> None:
    offers[:] = [
        Offer("3", "Send [/] the :smile: 50%"),
        Offer("31", "It's S:\\Rotas\\ $(touch PWN)"),
    ]
    shell.press("\n", "> ")  # the command before has ended
    shell.press("coachlog pick 3", "pick 3")
    shell.press("\t\t", *(offer.label for offer in offers))
    # In the menu of fish, the first Enter chooses.
    assert shell.run("\n\n")[0] == "pick"
    assert shell.files() == []
