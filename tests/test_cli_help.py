"""What helps those who do not know a command: examples, short forms, words from elsewhere."""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.cli import synonyms
from coachlog.cli.declare import Command, Option
from coachlog.cli.help_layout import (
    Example,
    format_examples,
    parse_examples,
    split_help,
)
from coachlog.cli.help_pages import FIRST_EXAMPLES, build_command_help
from coachlog.cli.nouns import COMMANDS, list_commands, load_noun
from coachlog.names.spelling import COMMAND_WORDS
from coachlog.terminal.console import Console
from command_support import (
    CtrlC,
    LeavesAtOnce,
    ScriptedPerson,
    built,
    complete,
    hold,
    snapshot,
)
from command_table import commands
from conftest import EXAMPLES, Run
from programme_support import join_programme_file, write_other_programme
from workshop_support import make_workshop, write_themes

NOUNS = [name for group in COMMANDS.values() for name in group]
GROUPS = [noun for noun in NOUNS if load_noun(noun).has_verbs]
HELPS = [command.name for command in commands()] + GROUPS
"""Every command that has a help, by its name; bare `coachlog` is ''."""


def examples_of(name: str) -> list[Example]:
    """Return the examples in the help of a command."""
    if not name:
        return parse_examples(FIRST_EXAMPLES)
    if name in GROUPS:
        return parse_examples(load_noun(name).examples)
    (command,) = [command for command in list_commands() if command.path == name]
    return split_help(command.help)[1]


def list_verbs(noun: str) -> list[str]:
    return list(load_noun(noun).commands)


LINES = {example.command: name for name in HELPS for example in examples_of(name)}
"""Every example, with the command in whose help it is."""
ASKING = {
    *("coachlog log priya", "coachlog session new priya"),
    *("coachlog session new priya --with tom", "coachlog log priya --with tom"),
    *("coachlog new priya --template grow", "coachlog session new priya -t grow"),
    *("coachlog session new --set ward -t als", "coachlog session edit 2"),
    *("coachlog session resume", "coachlog session resume tom"),
    *(
        "coachlog workshop drop 1",
        "coachlog session discard",
        "coachlog session discard tom",
    ),
    "coachlog session decline",
    *("coachlog backup restore yesterday", "coachlog backup restore 2026-11-22"),
    *("coachlog session delete 2", "coachlog session restore", "coachlog brief"),
    *("coachlog note priya", "coachlog person note priya"),
    *("coachlog person merge tom thomas", "coachlog set add"),
    *("coachlog action edit 3", "coachlog action note 3"),
    *("coachlog goal add priya", "coachlog goal edit huddle", "coachlog goal rate"),
    *("coachlog worth add", "coachlog story add"),
    *("coachlog programme key", "coachlog programme contribute"),
    "coachlog programme contribute --quarter 2026Q3",
    'coachlog programme new "Leading well" -o north.toml',
    "coachlog programme new Pilot --single -o pilot.toml",
    "coachlog programme join north.toml",
    "coachlog programme join north.toml --region North",
    "coachlog programme check sent",
    "coachlog programme check sent -o list.jsonl",
    "coachlog programme close 2026Q4",
    "coachlog programme close 2026Q4 a.jsonl b.jsonl",
    "coachlog tank new",
    "coachlog programme sum sent",
    "coachlog programme sum sent --key my-key.txt",
    "coachlog programme report a.json b.json",
    "coachlog programme report a.json b.json -o page.html",
}
"""Examples of being asked; without anybody to ask, all but `brief` would say what is missing."""
PIPED = {
    "coachlog pulse add -": "4 5\n3 4\n",
    "coachlog tank new --answers -": '{"answers": {"level.full": 6}}',
    "coachlog workshop add -": "4 2 yes\n3 1 no\n",
}
STORY = "No rota\nWe asked\nI listened\nA calmer ward\nAsk first\n"
NOTES = "All well.\n- send the rota by fri\n"


def fill_for_examples(run: Run) -> None:
    """Fill a journal in which every example finds what it is about."""
    for name, relationship in (
        *(("Tom Okafor", "report"), ("Thomas Okafor-Bell", "report")),
        *(("Grace Adeyemi", "coachee"), ("Owen Pritchard", "peer")),
        ("Ben Ek", "coach"),
    ):
        assert run("person", "add", name, "-r", relationship).code == 0
    hold(run, held_on="2026-11-10")
    hold(run, held_on="2026-11-17", answers={"capture.mattered": "The rota"})
    hold(run, person="Tom Okafor", held_on="2026-11-18")
    hold(run, person="Tom Okafor", held_on="2026-11-19")
    meeting = {
        "set": "ward-leads",
        "template": "als",
        "held_on": "2026-11-20",
        "present": ["Tom Okafor", "Priya Shah"],
        "slots": [{"presenter": "Tom Okafor", "issue": "Rota"}],
    }
    for line in (
        "person edit me --name Sam",
        "session delete 4 --yes",
        "person archive owen",
        'action add priya "walk the ward by 1 dec" --on 2026-11-10',
        'action add priya "finish the audit by 1 dec" --on 2026-11-10',
        'action add priya "draft the rota by 1 dec" --on 2026-11-10',
        'action add priya "she will book a room by 2 dec" --on 2026-11-10',
        'action add grace "ring HR by 20 nov" --on 2026-11-10',
        "action done 2",
        "note grace bring the roster",
        "met grace",
        'goal add priya --title "Lead the huddle" --baseline 3 --target 8',
        'goal add --title "Listen first" --baseline 4 --target 7',
        "goal rate 1 5",
        "goal close 2 --dropped",
        'set add "Ward leads" -m tom -m priya --every 6w',
        'set support ward --offer "An hour on job plans" --by priya',
        'set add "Night shift" -m tom -m priya',
        "set archive night",
        'worth add --what "A calmer ward"',
        'worth add --what "A rota in time"',
    ):
        ran = run(*shlex.split(line))
        assert ran.code == 0, (line, ran.err)
    assert run("story", "add", "-", input=STORY).code == 0
    ran = run("session", "new", "--answers", "-", input=json.dumps(meeting))
    assert ran.code == 0, ran.err
    half = {"capture.mattered": "The rota", "capture.promises.1.what": CtrlC()}
    person = ScriptedPerson(half)
    assert run("session", "new", "tom", "-t", "quick", person=person).code == 130
    hold(run, person=None, relationship=None, template="first-plan")
    with TemporaryDirectory() as folder:
        for _ in range(2):
            assert run("pulse", "new", "-o", folder).code == 0
        assert make_workshop(run, Path(folder)).code == 0


@pytest.fixture
def desk(run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A journal, and a folder with the files that the examples read."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    built(run, home, fill_for_examples)
    assert run("backup", "create").code == 0
    made_today = home / "backups" / "coachlog-2026-11-23.db"
    shutil.copy(made_today, made_today.with_name("coachlog-2026-11-22.db"))
    Path("pages").mkdir()
    write_themes(folder)
    Path("themes.toml").write_text(
        '[[theme]]\ntitle = "Ask first"\nlines = ["Before any advice"]\n'
    )
    shutil.copy(EXAMPLES / "after-a-1-1.toml", "talk.toml")
    Path("notes.txt").write_text(NOTES, encoding="utf-8")
    Path("story.txt").write_text(STORY, encoding="utf-8")
    for folder_name in ("sent", "programmes"):
        Path(folder_name).mkdir()
    join_programme_file(run, Path("programmes"))
    write_other_programme(Path())
    return run


# Examples


# `coachlog demo` itself is run in test_cli_demo.py: it takes seconds.
@pytest.mark.parametrize("line", [line for line in LINES if line != "coachlog demo"])
def test_every_example_runs(desk: Run, line: str, year: Path) -> None:
    if "our-grow" in line and "check" in line:
        assert desk("template", "new", "our-grow", "--from", "grow").code == 0
    if "coachlog-demo" in line:
        shutil.copytree(year, "coachlog-demo")
    if line.startswith("coachlog programme new"):
        Path("north.toml").unlink()
    if line == "coachlog redo":
        assert desk("undo").code == 0
    if line.startswith("coachlog backup restore"):
        # One that is the same is not restored.
        assert desk("action", "add", "me", "Ring HR").code == 0
    words = shlex.split(line.partition(" > ")[0])
    ran = desk(*words[1:], input=PIPED.get(line))
    if line not in ASKING:
        assert (ran.code, bool(ran.out)) == (0, True), ran.err
        return
    person = LeavesAtOnce()
    asking = desk(*words[1:], person=person)
    assert (asking.code, len(person.asked)) == (130, 1), asking.err
    assert line == "coachlog brief" or ran.code in (2, 4)


@pytest.mark.parametrize("name", HELPS)
def test_every_help_ends_with_two_or_three_examples(run: Run, name: str) -> None:
    examples = examples_of(name)
    assert 2 <= len(examples) <= 3
    ran = run(*name.split(), "--help")
    heading = "Examples" if name else "Start here"
    assert ran.out.rstrip().endswith(f"{heading}:\n{format_examples(examples, 98)}")
    assert ran.out.count("Examples:") == bool(name)
    assert not re.search(r"<(int|str|float)|<=x|x>=|\xa0|\[[^]\n]*\n", ran.out)


@pytest.mark.parametrize("line", [line for line, name in LINES.items() if name])
def test_an_example_belongs_to_the_command_that_has_it(line: str) -> None:
    """Or, in the help of a noun, to one of its verbs."""
    words = shlex.split(line)[1:]
    words = synonyms.expand_short_form(words) or words
    name = LINES[line]
    if name in ("template", "set") and words[:2] == ["session", "new"]:
        return  # where the business of the noun is done
    if name == "demo":
        words = [word for word in words if word not in ("--home", "coachlog-demo")]
    shorter_lines = {
        "brief": ["priya"],
        "history show": ["history", "priya"],
        "plan": ["plan", "priya"],
        "demo": ["progress"],
        "redo": ["undo", "--list", "--all"],
    }
    path = name.split()
    assert path == words[: len(path)] or (
        words[: len(shorter_lines[name])] == shorter_lines[name]
    )


@pytest.mark.parametrize("name", HELPS)
def test_no_example_is_broken_or_folded(name: str) -> None:
    """Two columns fit into 80; where they do not, each command has a line, even of 60."""
    examples = examples_of(name)
    rows = format_examples(examples, 78).splitlines()
    assert [row.split("  ")[1] for row in rows] == [line for line, _ in examples]
    narrow_rows = format_examples(examples, 58).splitlines()
    assert max(map(len, rows)) <= 78
    if len(narrow_rows) > len(examples):
        assert max(map(len, narrow_rows)) <= 60
    for example in examples:
        # A colon follows the meaning where it has a line of its own.
        assert not re.search(r":(?!1)|\.$", example.meaning)


@pytest.mark.parametrize("name", HELPS)
def test_no_word_of_a_help_is_torn_on_40_columns(
    run: Run, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    help_text = run(*name.split(), "--help").out
    commands = [f"    {example.command}" for example in examples_of(name)]
    long_rows = [row for row in help_text.splitlines() if len(row) > 40]
    # A command is one line, to be copied; usage is wrapped only where it has a blank.
    assert [row for row in long_rows if row not in commands] == []


PLAIN = r'(?:[\w./:=-]+|"[\w ,./()-]+")'


@pytest.mark.parametrize("line", LINES)
def test_every_shell_reads_an_example_alike(line: str) -> None:
    """Also those that are not here: no quote but the double one, nothing that any expands."""
    assert re.fullmatch(rf"coachlog(?: {PLAIN})*(?: > [\w.-]+)?", line)


@pytest.mark.parametrize("shell", ["sh", "bash", "zsh", "fish"])
def test_a_real_shell_reads_the_examples_as_they_are_meant(
    shell: str, tmp_path: Path
) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    stand_in = tmp_path / "coachlog"
    stand_in.write_text("#!/bin/sh\nprintf '%s\\0' \"$@\" END >&2\n")
    stand_in.chmod(0o755)
    script = "\n".join(LINES)
    ran = subprocess.run(
        [shell, "-c", script],
        cwd=tmp_path,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    expected = [shlex.split(line.partition(" > ")[0])[1:] for line in LINES]
    runs = ran.stderr.split("END\0")[:-1]
    assert [run.split("\0")[:-1] for run in runs] == expected


def count_up(
    _console: Console,
    number: Annotated[int, Option("--n", min=1, max=99, help="How many.")] = 20,
    goal: Annotated[
        int | None, Option("--goal", "-g", metavar="ID", min=0, help="It.")
    ] = None,
    words: Annotated[str, Option(help="Which, of a good many words.")] = "all of them",
    private: Annotated[bool | None, Option("--private/--shared", help="Whose.")] = None,
) -> None:
    """Count."""


def test_options_are_written_for_people() -> None:
    """A default is kept on one line."""
    assert (
        build_command_help(Command("count", count_up), 60)
        == """\
Usage: coachlog count [OPTIONS]

  Count.

Options:
  --n NUMBER            How many.  [default: 20; 1 to 99]
  -g, --goal ID         It.
  --words TEXT          Which, of a good many words.
                        [default: all of them]
  --private / --shared  Whose.
  -h, --help            Show this message and exit."""
    )


# Short forms


@pytest.mark.parametrize(("word", "line"), synonyms.SHORT_FORMS.items())
def test_a_short_form_is_the_command(desk: Run, word: str, line: str) -> None:
    assert desk(word, "--help").out == desk(*line.split(), "--help").out
    short, whole = desk(word), desk(*line.split())
    assert (short.code, short.out, short.err) == (whole.code, whole.out, whole.err)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param("done 3", "Done: 3 draft the rota", id="done"),
        pytest.param("done rota", "Done: 3 draft the rota", id="done-by-words"),
        pytest.param("DONE 3", "Done: 3 draft the rota", id="any-case"),
        pytest.param(
            "done 3 4 --on fri",
            "Done on Friday 20 November 2026: 3 draft",
            id="an-option",
        ),
        pytest.param("--no-input done 3", "Done: 3 draft the rota", id="after-option"),
        pytest.param("move 3 fri", "Moved to Friday 27 November 2026: 3", id="move"),
        pytest.param("drop 3", "Dropped: 3 draft", id="drop"),
        pytest.param("ls thomas", "No open promises", id="ls"),
        pytest.param("people", "Priya Shah", id="people"),
        pytest.param("person ls", "Priya Shah", id="ls-of-a-noun"),
        pytest.param('person new "Jo Bell" -r peer', "Jo Bell", id="new-for-add"),
        pytest.param("rate 1 6", "Lead the huddle", id="rate"),
    ],
)
def test_a_short_form_takes_what_the_command_takes(
    desk: Run, line: str, words: str
) -> None:
    ran = desk(*shlex.split(line))
    assert (ran.code, words in ran.out + ran.err) == (0, True), (ran.out, ran.err)


def test_new_and_add_are_one_word_after_a_noun(desk: Run) -> None:
    person = LeavesAtOnce()
    for line in ("new priya", "session add priya"):
        assert desk(*line.split(), person=person).code == 130
    assert person.asked == ["which", "which"]


def test_a_name_wins_over_a_short_form(run: Run) -> None:
    """And what the word stands for else is said beside it."""
    for name in ("Donella Reed", "Newton Priyam", "Donna Ellis"):
        assert run("person", "add", name, "-r", "report").code == 0
    ran = run("done")
    assert ran.out.startswith("Donella Reed")
    assert ran.err == "The command is: coachlog action done\n"
    ran = run("new", "priya")
    assert ran.out.startswith("Newton Priyam")
    assert ran.err == "The command is: coachlog session new priya\n"
    ran = run("donn")
    assert (ran.out.startswith("Donna Ellis"), ran.err) == (True, "")
    assert "could be: Donella Reed" in run("don").err


def test_a_name_that_only_begins_like_a_word_changes_nothing(run: Run) -> None:
    """With Don in the journal, `do` is Don, `done` is the command."""
    assert run("person", "add", "Don", "-r", "report").code == 0
    assert run("action", "add", "don", "Ring HR by fri").code == 0
    assert run("do").out.startswith("Don")
    assert run("done", "1").out.startswith("Done: 1 Ring HR")
    ran = run("do", "1")
    assert (ran.code, ran.out) == (2, "")
    assert "  coachlog action done 1\n" in ran.err


def test_the_handle_of_a_person_may_be_a_short_form(run: Run) -> None:
    """It needs no number: the name wins where it stands alone, the command with its words."""
    assert run("person", "add", "Move", "-r", "peer").code == 0
    assert run("action", "add", "move", "Ring HR by fri").code == 0
    assert run("person", "list", "--json").json["people"][0]["slug"] == "move"
    assert run("move").out.startswith("Move")
    assert run("move", "1", "2w").out.startswith("Moved to Monday 7 December")


@given(
    st.sampled_from(sorted(synonyms.SHORT_FORMS)), st.sampled_from(["", "x", " Obi"])
)
def test_a_command_wins_over_everything(word: str, tail: str) -> None:
    assert word not in NOUNS
    assert f"{word}{tail}".split()[0] not in NOUNS


def test_tab_knows_what_comes_after_a_short_form(desk: Run, home: Path) -> None:
    assert desk("done", "4").code == 0
    assert list(complete(home, "done ")) == list(complete(home, "action done "))
    assert "priya-shah" in complete(home, "new pri")
    assert complete(home, "nosuch ") == {}


# A date after the promises


@pytest.mark.parametrize(
    ("words", "ids", "day"),
    [
        pytest.param("3 fri", "3", "Friday 27 November", id="one"),
        pytest.param("3 4 fri", "3 4", "Friday 27 November", id="two"),
        pytest.param("3 to fri", "3", "Friday 27 November", id="to"),
        pytest.param("rota by fri", "3", "Friday 27 November", id="words"),
        pytest.param("3 4 dec", "3", "Friday 4 December", id="day-and-month"),
        pytest.param("3 4 12 jan", "3 4", "Tuesday 12 January", id="two-and-a-day"),
        pytest.param("3 next week", "3", "Friday 4 December", id="two-words"),
        pytest.param("3 +2w", "3", "Monday 7 December", id="length"),
        pytest.param("3 --to fri", "3", "Friday 27 November", id="an-option"),
        pytest.param(
            "3 rota --to fri", "3", "Friday 27 November", id="words-and-option"
        ),
    ],
)
def test_the_last_words_are_the_new_date(
    desk: Run, words: str, ids: str, day: str
) -> None:
    ran = desk("action", "move", *words.split())
    assert ran.code == 0, ran.err
    assert ran.out.startswith(f"Moved to {day}")
    actions = desk("ls", "--json").json["actions"]
    moved = {row["id"] for row in actions if row["due"] != row["original_due"]}
    assert moved == {int(id) for id in ids.split()}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        pytest.param("3 firday", 2, "did you mean friday?", id="slip"),
        pytest.param("3 31 nov", 2, "November has 30 days", id="no-such-day"),
        pytest.param("3 4", 2, "--to DATE", id="a-number-is-a-promise"),
        pytest.param("3", 2, "--to DATE", id="no-date"),
        pytest.param("fri", 3, "no open promise with “fri”", id="a-date-alone"),
        pytest.param("3 firework", 3, "with “firework”", id="words"),
        pytest.param("99 fri", 3, "99", id="no-such-promise"),
    ],
)
def test_what_is_no_date_moves_nothing(
    desk: Run, words: str, code: int, said: str
) -> None:
    before = snapshot(desk)
    ran = desk("move", *words.split())
    assert (ran.code, ran.out, said in ran.err) == (code, "", True), ran.err
    assert snapshot(desk) == before


# Words from elsewhere


NAMED = (
    *("print", "undone", "rm", "remove", "add", "start", "record", "todo", "tasks"),
    *("meeting", "1:1", "feedback", "sick", "stats", "report", "grep", "version"),
)
"""Words that people type who come from another tool."""


@pytest.mark.parametrize("word", NAMED)
def test_a_word_from_elsewhere_leads_to_the_command(run: Run, word: str) -> None:
    ran = run(word, "3")
    assert (ran.code, ran.out) == (2, "")
    first, *lines, last = ran.err.splitlines()
    assert first.startswith(f"There is no command “coachlog {word}”. Did you mean")
    assert lines == [
        f"  coachlog {' '.join(line.replace('...', '3').split())}"
        for line in synonyms.MEANINGS[word]
    ]
    assert last == "See: coachlog --help"


@pytest.mark.parametrize(
    "line", sorted({line for lines in synonyms.MEANINGS.values() for line in lines})
)
def test_each_of_these_commands_can_be_typed(run: Run, line: str) -> None:
    words = shlex.split(line.replace("...", ""))
    ran = run(*words, "--help")
    assert ran.code == 0, ran.err
    # With its options: those that are none are refused before the help is shown.
    if words and words[0] != "--version":
        assert ran.out.startswith(f"Usage: coachlog {words[0]} ")


def test_the_words_are_no_commands_and_are_listed_once() -> None:
    words = [*synonyms.MEANINGS, *synonyms.SHORT_FORMS, *synonyms.REMARKS]
    assert len(words) == len(set(words))
    assert not set(words) & set(NOUNS)
    # Those to come win as soon as they are there.
    assert {*synonyms.SHORT_FORMS, *synonyms.REMARKS}.isdisjoint(COMMAND_WORDS)


def test_a_verb_from_elsewhere_leads_to_one_that_some_noun_has() -> None:
    verbs = {verb for noun in GROUPS for verb in list_verbs(noun)}
    for word, meant_verbs in synonyms.VERB_MEANINGS.items():
        assert set(meant_verbs) <= verbs
        assert synonyms.list_meant_verbs([word, "3"], verbs) == [
            f"{verb} 3" for verb in meant_verbs
        ]
        assert synonyms.list_meant_verbs([word, "3"], []) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("feedback priya", "  coachlog session new priya --template sbi\n"),
        ('add priya "send the rota"', '  coachlog action add priya "send the rota"\n'),
        ('rm "$(touch x)"', "  coachlog action drop\n"),
        ("complete 3 --on fri", "  coachlog action done 3 --on fri\n"),
        ("grow priya", "  coachlog session new priya --template grow\n"),
        ("quit", "There is nothing to leave"),
        ("today", "Did you mean this?\n  coachlog\n"),
        ("goal done 1", "  coachlog goal close 1\n"),
        ("person rm tom", "  coachlog person archive tom\n"),
        ("session start priya", "  coachlog session new priya\n"),
        ("config rm pager", "  coachlog config unset pager\n"),
    ],
)
def test_what_was_typed_is_in_the_command(run: Run, line: str, said: str) -> None:
    ran = run(*shlex.split(line))
    assert (ran.code, ran.out, said in ran.err) == (2, "", True), ran.err


@given(st.lists(st.text(max_size=30), max_size=4))
def test_no_words_are_repeated_that_a_shell_would_read_otherwise(
    words: list[str],
) -> None:
    (line, *_) = synonyms.list_meant_commands(["complete", *words])
    assert shlex.split(line) in (["action", "done", *words], ["action", "done"])
    assert not set(line) & set("$`!\\'*?;&|<>{}[]~#%^")


# Help


@pytest.mark.parametrize(
    ("line", "same"),
    [
        ("help done", "action done --help"),
        ("help people", "person list --help"),
        ("help drafts", "session list --help"),
        ("help person new", "person add --help"),
        ("help action ls", "action list --help"),
        ("help log", "log --help"),
        ("help", "--help"),
    ],
)
def test_help_knows_short_forms(run: Run, line: str, same: str) -> None:
    ran = run(*line.split())
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.rstrip() == run(*same.split()).out.rstrip()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("help nosuch", "There is no command “coachlog nosuch”.\n"),
        ("help sesion", "Did you mean session"),
        ("help complete", "  coachlog action done\n"),
        ("help person rm", "  coachlog person archive\n"),
        ("help done nosuch", "“coachlog action done” has no command “nosuch”"),
    ],
)
def test_help_of_what_is_no_command_says_what_is(
    run: Run, line: str, said: str
) -> None:
    ran = run(*line.split())
    assert (ran.code, ran.out, said in ran.err) == (2, "", True), ran.err
