"""What the benchmarks time is what coachlog does; nothing here is about how long it takes."""

import shlex
import sys

import pytest

from coachlog.cli.nouns import list_commands
from coachlog.cli.reader import read_usual_line
from coachlog.cli.root import VERSION
from coachlog.cli.unfinished_lines import read_unfinished_line
from coachlog.terminal.console import Console
from store_builders import BENCHMARKS

assert str(BENCHMARKS) in sys.path
import cases  # noqa: E402
import journal  # noqa: E402
import peers  # noqa: E402
import rounds  # noqa: E402
import tables  # noqa: E402
from programs import Bench, Program, Source  # noqa: E402

ALL = (*cases.CASES, *cases.PROMPTS, *cases.WHOLE_JOURNAL, cases.CHECK_CASE)
LINES = [case for case in ALL if not case.shell]
COMPLETIONS = [case for case in ALL if case.shell]
TIMED_COMMANDS = {
    *("", "help", "brief", "plan show", "plan export", "history show", "progress"),
    "history export",
    *("action list", "action show", "session list", "session show", "session export"),
    *("person list", "goal list", "template list"),
    *("action add", "action done", "action move", "action note", "note", "met"),
    *("goal rate", "log", "session new", "check", "search", "export table", "ics"),
}
NOW = Source("now", BENCHMARKS.parent / "src")
BENCH = Bench(1000, 3, {NOW: BENCHMARKS, Source("before", BENCHMARKS): BENCHMARKS}, "")


def list_typed_words(case: cases.Case, words: str) -> list[str]:
    return Program(case, NOW, BENCHMARKS, sessions=1000).build_line(words)[3:]


def read_command(words: list[str]) -> str:
    call = read_usual_line(words, Console())
    assert call is not None, words
    assert call.command is not VERSION or words == ["--version"]
    return call.command.path


@pytest.mark.parametrize("case", LINES, ids=lambda case: case.title)
def test_each_line_is_read_without_typer(case: cases.Case) -> None:
    known = {"", *(command.path for command in list_commands())}
    assert read_command(list_typed_words(case, case.words)) in known
    if case.undo:
        assert read_command(list_typed_words(case, case.undo)) in known


@pytest.mark.parametrize("case", COMPLETIONS, ids=lambda case: case.title)
def test_each_unfinished_line_comes_to_a_command(case: cases.Case) -> None:
    words = list_typed_words(case, case.words)
    if case.shell == "bash":
        words = shlex.split(words[-1])[1:]
    unfinished = read_unfinished_line(words[:-1])
    assert unfinished.command or unfinished.summaries


def test_every_way_to_use_coachlog_is_timed() -> None:
    """Starts, Tab in each shell, lists, reads, small changes, whole conversations, exports."""
    paths = {read_command(list_typed_words(case, case.words)) for case in LINES}
    assert paths == TIMED_COMMANDS
    assert {case.shell for case in COMPLETIONS} == {"bash", "zsh", "fish"}
    titles = [case.title for case in ALL]
    assert len(set(titles)) == len(titles)


def test_journals_have_what_the_lines_name() -> None:
    assert cases.ACTIONS_A_SESSION == journal.ACTIONS
    assert cases.ANSWERS_A_SESSION == journal.ANSWERS
    shortest = 50 * journal.PEOPLE
    first = journal._held_on(1, shortest)
    assert f"--since {first}" == cases.FIFTY_CONVERSATIONS
    first = journal._held_on(1, 500 * journal.PEOPLE)
    assert f"--since {first}" == cases.FIVE_HUNDRED_CONVERSATIONS


def test_peers_that_are_not_installed_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    assert peers.find_peers() == ([], [peer.program for peer in peers.PEERS])


def test_rounds_alternate_after_a_warm_up() -> None:
    order: list[str] = []

    def time(title: str) -> float:
        order.append(title)
        return 2.0 if title == "a" else 1.0

    a, b = rounds.Key("a"), rounds.Key("b")
    times = rounds.interleave({a: lambda: time("a"), b: lambda: time("b")}, rounds=2)
    assert "".join(order) == "abba" * 2
    assert times == {a: [2.0, 2.0], b: [1.0, 1.0]}
    assert rounds.compare(times, a, b) == 2.0


def test_a_table_has_before_and_after_and_whether_the_limit_is_met() -> None:
    case = cases.Case("action list", cases.Limits(2, 3))
    before, now = rounds.Key("action list", "before"), rounds.Key("action list", "now")
    bench = BENCH._replace(homes=dict(reversed(BENCH.homes.items())))
    times = {rounds.BARE: [0.01] * 3, before: [0.05] * 3, now: [0.025] * 3}
    table = tables.build_time_table(bench, [case], rounds.BARE, times, {now: 20.4})
    assert tables.format_table(table).splitlines() == [
        "| 1,000 sessions | before | now | ratio | at most |  | MB now |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        "| `action list` | 5.0 x (50 ms) | 2.5 x (25 ms) | 0.50 | 2 x | missed | 20 |",
    ]
