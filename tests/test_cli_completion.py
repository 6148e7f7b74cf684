"""What Tab offers: people as the commands find them, numbers with their words, never a file."""

from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest

from coachlog.cli.declare import Parameter
from coachlog.cli.nouns import list_commands
from coachlog.cli.root import GLOBAL_OPTIONS
from coachlog.store.reading import person_queries
from coachlog.terminal.console import Console
from command_runner import run_captured
from command_support import complete, hold
from conftest import Run

PEOPLE = (
    *(
        "Dr Helen Marsh",
        "Zoë Ruiz",
        "Mary Obi",
        "Sean O'Brien",
        "Ann Lee",
        "Annika Berg",
    ),
    *("Prof. Ngozi Adichie", "Tom Reed"),
)


@pytest.fixture
def journal(run: Run) -> Run:
    for name in PEOPLE:
        assert run("person", "add", name, "-r", "peer").code == 0
    assert run("person", "archive", "tom").code == 0
    return run


# People


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize(
    ("typed", "handles"),
    [
        pytest.param("hel", ["dr-helen-marsh"], id="a-title-is-left-out"),
        pytest.param("HEL", ["dr-helen-marsh"], id="any-case"),
        pytest.param("Mars", ["dr-helen-marsh"], id="a-last-name"),
        pytest.param("zoë", ["zoe-ruiz"], id="a-diacritic"),
        pytest.param("zoe", ["zoe-ruiz"], id="without-the-diacritic"),
        pytest.param("ann", ["ann-lee", "annika-berg"], id="several"),
        pytest.param("ann-", ["ann-lee"], id="a-handle"),
        pytest.param("tom", [], id="archived"),
        pytest.param("xyz", [], id="nobody"),
    ],
)
@pytest.mark.parametrize("command", ["brief", "session new", "action list --person"])
def test_people_are_found_as_a_command_finds_them(
    home: Path, command: str, typed: str, handles: list[str]
) -> None:
    # Fish gets the name in place of a handle in which it would not find what was typed.
    offers = complete(home, f"{command} {typed}")
    assert [reading_handle(value) for value in offers] == handles


def reading_handle(value: str) -> str:
    return {"Zoë Ruiz": "zoe-ruiz"}.get(value, value)


@pytest.mark.usefixtures("journal")
def test_whoever_is_offered_is_who_the_command_finds(console: Console) -> None:
    with console.desk.read() as db:
        for name in PEOPLE:
            for word in name.split():
                for value, label in complete(
                    console.desk.home, f"brief {word}"
                ).items():
                    assert label in ("", person_queries.find_person(db, value).name)


@pytest.mark.usefixtures("journal")
def test_the_archive_is_offered_to_bring_somebody_back(home: Path) -> None:
    assert list(complete(home, "person archive --back ")) == ["tom-reed"]


@pytest.mark.usefixtures("journal")
def test_who_can_own_a_promise(home: Path) -> None:
    owners = list(complete(home, "action add ann --owner "))
    assert owners[:2] == ["me", "them"]
    assert set(owners[2:]) == set(PEOPLE) - {"Tom Reed"}
    assert list(complete(home, "action list --owner mars")) == ["Dr Helen Marsh"]


# Numbers


@pytest.fixture
def busy(run: Run) -> Run:
    """A journal with open, closed and deleted things."""
    hold(run, person="Priya Shah", relationship="report", tags=["handover", "Rota"])
    hold(run, person="priya", held_on="2026-11-18")
    for words in (
        ("session", "delete", "2", "--yes"),
        (
            "action",
            "add",
            "priya",
            "--what",
            "Open one",
            "--owner",
            "me",
            "--due",
            "fri",
        ),
        (
            "action",
            "add",
            "priya",
            "--what",
            "Closed one",
            "--owner",
            "me",
            "--due",
            "fri",
        ),
        (
            "goal",
            "add",
            "priya",
            "--title",
            "Open goal",
            "--baseline",
            "3",
            "--target",
            "8",
        ),
        (
            "goal",
            "add",
            "priya",
            "--title",
            "Closed goal",
            "--baseline",
            "3",
            "--target",
            "8",
        ),
        ("set", "add", "Ward leads", "-m", "Ann Obi", "-m", "Ben Lee", "-r", "peer"),
    ):
        ran = run(*words)
        assert ran.code == 0, ran.err
    numbers = {
        action["what"]: action["id"]
        for action in run("action", "list", "--json").json["actions"]
    }
    assert run("action", "done", str(numbers["Closed one"])).code == 0
    assert run("goal", "close", "2").code == 0
    return run


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize(
    ("line", "labels"),
    [
        ("action reopen ", ["Closed one"]),
        ("goal rate ", ["Open goal"]),
        ("goal close ", ["Open goal"]),
        ("goal reopen ", ["Closed goal"]),
        ("goal show ", ["Open goal", "Closed goal"]),
        ("set show WARD", ["Ward leads"]),
        ("set show leads", ["Ward leads"]),
        ("progress --set ", ["Ward leads"]),
    ],
)
def test_only_what_a_command_can_use_is_offered(
    home: Path, line: str, labels: list[str]
) -> None:
    assert list(complete(home, line).values()) == labels


@pytest.mark.usefixtures("busy")
def test_open_promises_are_offered_first(home: Path) -> None:
    assert "Closed one" not in complete(home, "action done ").values()
    assert list(complete(home, "action show ").values())[-1] == "Closed one"


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("command", ["show", "edit", "delete"])
def test_conversations_are_offered_with_their_day_and_person(
    home: Path, command: str
) -> None:
    offers = complete(home, f"session {command} ")
    assert list(offers) == ["1"]
    assert "Priya Shah" in offers["1"]


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("session restore ", ["2"]),
        ("session new --tag ", ["Rota", "handover"]),
        ("session edit 1 --untag ro", ["Rota"]),
        ("plan export priya --style ", ["table", "tasks"]),
        ("plan export priya --style TA", ["table", "tasks"]),
        ("plan export priya --style=tab", ["--style=table"]),
        ("plan export priya --format M", ["mail", "markdown"]),
        ("person add x --relationship COACH", ["coachee", "coach"]),
        ("session cancel --by ", ["me", "them"]),
        ("completion ", ["bash", "zsh", "fish", "powershell"]),
        ("plan export priya --output ", ["files"]),
        ("session new --answers ", ["files"]),
        ("pulse new --output ", ["folders"]),
        ("--home ", ["folders"]),
        ("Acti", ["action"]),
        ("action list --ov", ["--overdue"]),
        ("nonsense ", []),
        ("--version ", ["log"]),
    ],
)
def test_what_is_offered(home: Path, line: str, values: list[str]) -> None:
    assert list(complete(home, line))[: max(len(values), 1)] == values


# Every argument and option


_NEW_PROGRAMME = (
    f"programme new {name}" for name in ("name", "cohort", "region", "band")
)
NEW_NAMES = {
    *("person add name", "set add name", "template new name", "workshop new name"),
    *_NEW_PROGRAMME,
}
"""Names that are not there yet."""
NUMBERS_ALONE = {"met drop"}
"""Numbers that only another command shows."""
FREE = {
    *("KEY", "TEXT", "WORDS", "DATE", "RHYTHM", "VALUE", "CODE", "LINK", '"4 5"'),
    *("AMOUNT", "PERCENT", "MONTHS", "WHO"),
}


def parameters() -> Iterator[tuple[str, Parameter]]:
    for option in GLOBAL_OPTIONS:
        yield option.name, option
    for command in list_commands():
        for parameter in command.parameters:
            yield f"{command.path} {parameter.name}", parameter


def test_whatever_is_not_free_text_completes() -> None:
    """A new argument either completes, or its METAVAR says that anything can stand there."""
    bare = []
    for name, parameter in parameters():
        metavar = (parameter.declaration.metavar or "").strip("[].")
        if metavar.removesuffix("]...") in FREE or not metavar:
            continue
        if name in NEW_NAMES | NUMBERS_ALONE or issubclass(parameter.value_type, Enum):
            continue
        if parameter.declaration.autocompletion is None:
            bare.append(name)
    assert bare == []


# Silence


@pytest.mark.parametrize(
    "shell", ["complete_zsh", "complete_bash", "source_zsh", "", "tcsh"]
)
@pytest.mark.usefixtures("journal")
def test_a_script_of_an_earlier_version_gets_nothing_to_run(
    home: Path, shell: str
) -> None:
    """It would evaluate what it gets: the screen of today must not come there."""
    settings = {
        "COACHLOG_HOME": str(home),
        "_COACHLOG_COMPLETE": shell,
        "_TYPER_COMPLETE_ARGS": "coachlog brief ",
    }
    result = run_captured([], env=settings)
    assert (result.exit_code, result.output) == (0, "")


def test_a_damaged_journal_offers_nothing_and_says_nothing(home: Path) -> None:
    home.mkdir()
    (home / "journal.db").write_bytes(b"no journal" * 100)
    assert complete(home, "brief ") == {}
    assert complete(home, "action done ") == {}


# The scripts


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_a_script_says_how_to_have_it_and_how_to_be_rid_of_it(
    run: Run, shell: str
) -> None:
    ran = run("completion", shell)
    assert (ran.code, ran.err) == (0, "")
    assert f"coachlog completion {shell} >" in ran.out
    assert "# To be rid of it, delete " in ran.out
    assert "zstyle" not in ran.out
    assert "Set-PSReadLine" not in ran.out


def test_a_shell_that_is_not_known_is_a_usage_error(run: Run) -> None:
    ran = run("completion", "tcsh")
    assert (ran.code, ran.out) == (2, "")
    assert "powershell" in ran.err


@pytest.mark.parametrize("flag", ["--install-completion", "--show-completion"])
def test_the_options_that_changed_a_shell_are_gone(run: Run, flag: str) -> None:
    ran = run(flag)
    assert ran.code == 2
    assert "coachlog completion" in ran.err


def test_a_short_form_completes_and_so_does_what_follows_it(
    run: Run, home: Path
) -> None:
    """A command goes first: `sess` is `session`, and not `sessions`."""
    assert run("person", "add", "Priya Shah", "-r", "report").code == 0
    assert run("action", "add", "ring HR", "--owner", "me").code == 0
    assert complete(home, "don") == {"done": "short for action done"}
    assert complete(home, "ne") == {"new": "short for session new"}
    assert list(complete(home, "sess")) == ["session"]
    assert complete(home, "done ") == {"1": "ring HR"}
    assert list(complete(home, "new pr")) == ["priya-shah"]
