"""Every command there is, classed by whether it can change anything, with lines that only read.

What is guarded for all commands that read takes its lines from here; a test insists that every
command of the command table is in one of the two classes.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from coachlog.cli.nouns import list_commands
from command_support import CtrlC, ScriptedPerson, hold, hold_example
from conftest import Run
from workshop_support import make_workshop

READS: dict[str, tuple[str, ...]] = {
    "": ("",),
    "session list": (
        "session list",
        "session list --all",
        "session list --drafts",
        "session list --deleted",
    ),
    "session show": ("session show 1", "session show 3", "session show 6"),
    "session export": ("session export 1",),
    "brief": ("brief priya", "brief priya --private", "priya"),
    "template list": ("template list",),
    "template show": ("template show grow",),
    "template form": ("template form grow",),
    "template check": ("template check grow",),
    "backup list": ("backup list",),
    "config list": ("config list",),
    "config get": ("config get pager",),
    "help": ("help", "help action done"),
    "completion": ("completion bash", "completion zsh", "completion fish"),
    "person list": ("person list", "person list --archived"),
    "person show": ("person show priya",),
    "action list": ("action list", "action list --all"),
    "action show": ("action show 1",),
    "goal list": ("goal list", "goal list priya"),
    "goal show": ("goal show 1",),
    "plan show": ("plan show priya", "plan show priya --all", "plan show me --all"),
    "plan export": (
        "plan export me --yes",
        "plan export me --for priya --yes",
        "plan export priya",
        "plan export --set ward --output . --force",
        "plan export --set ward --whole-set --yes",
    ),
    "set list": ("set list",),
    "set show": ("set show ward",),
    "search": (
        "search rota",
        "search rota --private --best",
        "search rota --person priya --since 2026-01-01",
        "search nosuchword",
    ),
    "history show": ("history show priya", "history priya --full --private"),
    "history export": ("history export priya",),
    "export formats": ("export formats",),
    "export progress": ("export progress", "export progress --since 2026-09-01"),
    "export table": (
        "export table sessions",
        "export table actions",
        "export table goals",
        "export table measures --bom",
        "export table notes --private",
    ),
    "ics": ("ics -o -", "ics --titles -o -"),
    "progress": (
        "progress",
        "progress priya",
        "progress --ledger",
        "progress --measure shadow-say",
        "progress --shadow",
        "progress --themes",
        "progress --themes --private",
        "progress --standards",
        "progress --compare",
        "progress priya --compare",
        "progress --set ward --compare",
        "progress --since 2026-09-01",
        "progress --set ward",
        "progress --set ward --ledger",
    ),
    "tank show": ("tank show", "tank show --since 2026-01-01"),
    "pulse show": ("pulse show",),
    "pulse list": ("pulse list",),
    "pulse sheet": ("pulse sheet --force",),
    "workshop show": ("workshop show", "workshop show winter"),
    "workshop list": ("workshop list",),
    "workshop sheet": ("workshop sheet --force",),
    "programme show": ("programme show",),
    "story list": ("story list",),
    "story show": ("story show 1",),
    "story export": ("story export 1",),
    "worth list": ("worth list",),
    "worth show": ("worth show --cost 3000 --rate 20",),
    # What holders do has nothing to do with the journal: its files are in test_cli_programme.py.
    **dict.fromkeys(
        (
            *("programme key", "programme new", "programme check"),
            *("programme close", "programme sum", "programme report"),
        ),
        (),
    ),
    "check": (),  # as doctor
    "doctor": (),  # it reads every value by the type of its column, for which it loads the tables
}
"""Commands that change nothing in the journal, with lines that are read on a full journal."""

CHANGES: dict[str, tuple[str, ...]] = {
    "log": (),
    "session new": (),
    "session cancel": (),
    "session decline": (),
    "session resume": (),
    "session discard": (),
    "session edit": (),
    "session delete": (),
    "session restore": (),
    "template new": (),
    "person add": (),
    "person edit": (),
    "person note": ("person note priya --list",),
    "note": ("note --list", "note priya --all"),
    "met": ("met --list", "met priya --list"),
    "person archive": (),
    "person merge": (),
    "action add": (),
    "action done": (),
    "action drop": (),
    "action reopen": (),
    "action move": (),
    "action edit": (),
    "action note": (),
    "goal add": (),
    "goal edit": (),
    "goal rate": (),
    "goal close": (),
    "goal reopen": (),
    "set add": (),
    "set edit": (),
    "set archive": (),
    "tank new": (),
    "set cancel": (),
    "set support": ("set support ward", "set support ward --all"),
    "pulse new": (),
    "pulse add": (),
    "workshop new": (),
    "workshop add": (),
    "workshop drop": (),
    "programme join": (),
    "programme leave": (),
    "programme contribute": (),
    "story add": (),
    "story drop": (),
    "worth add": (),
    "worth drop": (),
    "backup create": ("backup create",),
    "backup check": ("backup check",),
    "backup restore": (),
    "undo": ("undo --list", "undo --list --all"),
    "redo": (),
    "config set": (),
    "config unset": (),
    "demo": (),
}
"""Commands that can change the journal, with lines in which they only look at it."""

SMALL_CHANGES = (
    "action add priya Ring the ward by 5 Jan",
    "action move 1 --to +2w",
    "action note 1 --text Half",
    "action done 1",
    "action reopen 1",
    "action edit 1 --what Ring",
    "action drop 1",
    "note priya Ask about leave",
    "note --said 1",
    "note --edit 3 Calmer",
    "note --drop 3",
    "person note priya --text Rota",
    "met bo --on yesterday",
    "met --drop 1",
    "goal add --title Rest --baseline 3 --target 8",
    "goal rate 1 5",
    "goal edit 1 --why Calm",
    "goal close 1 --dropped",
    "goal reopen 1",
    "worth add --what Calm --amount 40h --share 50 --sure 80",
    "worth drop 1",
)
"""Changes of single rows, one after the other: they do without SQLModel."""

EXAMINES = ("backup check",)
"""Lines that look at each stored value as its table has it: they load what changes load."""

AS_PAGES = ("template show grow --markdown", "progress --picture progress.svg --force")
"""Lines of commands with --json that answer with a page instead."""


class Command(NamedTuple):
    """One command as it is typed, without its arguments; bare `coachlog` is ''."""

    name: str
    has_json: bool


def commands() -> list[Command]:
    """Return every command that can be typed, from the command table itself."""
    own = [
        Command(
            command.path,
            any("--json" in parameter.flags for parameter in command.parameters),
        )
        for command in list_commands()
    ]
    return [Command("", has_json=True), *own]


def lines_of(name: str) -> tuple[str, ...]:
    """Return the lines in which a command only reads; none for a command in neither class."""
    return (READS | CHANGES).get(name, ())


def reading_lines() -> list[str]:
    """Return every line that only reads."""
    return [
        *(line for command in commands() for line in lines_of(command.name)),
        *AS_PAGES,
    ]


def json_lines() -> list[str]:
    """Return a line with --json for each way of reading that has it."""
    return [
        f"{line} --json".strip()
        for command in commands()
        if command.has_json
        for line in lines_of(command.name)
    ]


# A journal with something for each of them


MEETING = {
    "set": "ward-leads",
    "template": "als",
    "held_on": "2026-11-20",
    "minutes": 60,
    "present": ["Ann Obi", "Ben Lee"],
    "slots": [
        {
            "presenter": "Ann Obi",
            "issue": "Rota",
            "actions": [{"what": "Ask the nights"}],
        }
    ],
}
SHADOW = {
    "template": "shadow",
    "held_on": "2026-11-18",
    "answers": {"say.clear": 7, "act.acts-match": 3},
    "actions": [
        {"what": "Eat with the late shift", "owner": "me", "due": "2026-11-20"}
    ],
}


def fill_all(run: Run) -> None:
    """Fill a journal so that every line above finds something: for `built`."""
    hold_example(run)
    hold(run, person="Bo", relationship="mentee", held_on="2026-11-18")
    draft = ScriptedPerson(
        {"capture.mattered": "x", "capture.promises.1.what": CtrlC()}
    )
    assert run("session", "new", "bo", "-t", "quick", person=draft).code == 130
    hold(run, person="bo", tags=["gone"])
    for words in (
        ("session", "delete", "4", "--yes"),
        ("person", "add", "Al", "-r", "peer"),
        ("person", "archive", "al"),
        ("person", "note", "priya", "--text", "The rota"),
        ("note", "priya", "Calm", "-k", "evidence", "--link", "https://x.test/1"),
        ("met", "priya", "bo"),
        ("action", "done", "2"),
        (
            "action",
            "add",
            "priya",
            "--what",
            "Ask",
            "--owner",
            "me",
            "--due",
            "2026-11-20",
            "--private",
        ),
        (
            "goal",
            "add",
            "priya",
            "--title",
            "Lead the huddle",
            "--baseline",
            "3",
            "--target",
            "8",
        ),
        ("goal", "add", "--title", "Listen", "--baseline", "4", "--target", "7"),
        ("session", "cancel", "priya", "--by", "them", "--on", "2026-11-20"),
        (
            "worth",
            "add",
            "--what",
            "Calm",
            "--amount",
            "40h",
            "--share",
            "50",
            "--sure",
            "80",
        ),
        ("set", "add", "Ward leads", "-m", "Ann Obi", "-m", "Ben Lee", "-r", "peer"),
    ):
        ran = run(*words)
        assert ran.code == 0, (words, ran.err)
    for file in (MEETING, SHADOW):
        ran = run("session", "new", "--answers", "-", input=json.dumps(file))
        assert ran.code == 0, ran.err
    assert run("story", "add", "-", input="a\nb\nc\nd\ne\n").code == 0
    ran = run("set", "support", "ward", "--ask", "Read my draft", "--by", "ann")
    assert ran.code == 0, ran.err
    with TemporaryDirectory() as folder:
        assert run("pulse", "new", "-o", folder).code == 0
        assert make_workshop(run, Path(folder)).code == 0
