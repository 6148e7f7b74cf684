"""Whatever call to the system fails: a command leaves the old or the new, and says which is there.

ENOSPC, EIO and EACCES come at every write, flush, opening, link, renaming and removal that concerns
a file in the home or the folder that a page is written to: once, or from then on for good. The log
of a run has the numbers: `-m long -o log_cli=true --log-cli-level=INFO`.
"""

import json
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from faults import MARK, Case, Host, Place, Trials, has_strace, sample

from shared_builds import once
from test_store_upgrade import earlier

TALK = {
    "me": "Tom Reed",
    "person": "Priya Shah",
    "relationship": "report",
    "template": "quick",
    "answers": {"capture.mattered": "Trust", "capture.check": f"The {MARK}"},
    "actions": [
        {"what": "Send the notes", "owner": "me", "due": "fri"},
        {"what": f"Mind the {MARK}", "owner": "me", "due": "fri", "private": True},
        {"what": "Ask Dana", "owner": "them"},
    ],
}
NEXT_TALK = TALK | {
    "person": "priya",
    "me": None,
    "relationship": None,
    "answers": {"capture.mattered": "Rota", "capture.check": f"Another {MARK}"},
}
FORM = f"""\
# Quick note {{#quick}}

### What mattered most in that conversation? {{#capture.mattered}}
Nights

### What did you notice that you should check rather than assume? {{#capture.check}}
Is it the {MARK}?

### Who did you talk with? {{#_person}}
Priya
"""
QUICK, QUICK_STAND_IN = 4, 2
"""How many faults there are for each command in every run; `-m long` has them all."""
NOT_SAVED = "That has not been saved yet."
PERHAPS_SAVED = "That may or may not be saved"
TINY = """\
title = "Tiny"
summary = "Two questions."
audience = "one-to-one"
minutes = 5

[[stage]]
id = "all"
title = "All"

[[stage.prompt]]
id = "first"
ask = "First?"
kind = "line"

[[stage.prompt]]
id = "second"
ask = "Second?"
kind = "line"
"""
REPLIES = {
    "all.first": "Trust",
    "all.second": "Is she tired?",
    NOT_SAVED: ["try again", "stop here", "stop here"],
    PERHAPS_SAVED: ["try again", "stop here", "stop here"],
}
EXPORTED_NEXT = (
    "plan export priya -o {target}/next.md",
    "person edit priya --role Sister",
)


def write_json(talk: Mapping[str, object]) -> str:
    return json.dumps({key: value for key, value in talk.items() if value is not None})


def build_export(
    name: str, args: str, *file_names: str, is_noted: bool = False
) -> Case:
    """Return a case that writes pages into the target."""
    return Case(
        name,
        args,
        next_lines=EXPORTED_NEXT,
        file_names=file_names,
        is_noted=is_noted,
    )


CASES = (
    Case("save", "session new --answers -", input=write_json(NEXT_TALK)),
    Case(
        "form",
        "session new --form form-1.md",
        may_stay=("form-1.md",),
        file_names=("form-1.md",),
    ),
    Case("draft", "session new priya -t tiny", replies=REPLIES),
    Case("resume", "session resume", replies=REPLIES, base="draft"),
    Case("edit", "session edit 1 --minutes 30"),
    Case(
        "edit-answer",
        "session edit 1 --answers -",
        input=json.dumps({"answers": {"capture.check": f"No {MARK}"}}),
    ),
    Case("action-add", "action add priya --what Ask --owner me --due fri"),
    Case("action-done", "action done 1 2"),
    Case("action-move", "action move 1 --to +2w"),
    Case("action-edit", "action edit 3 --what Write"),
    Case("action-note", "action note 1 --text Half"),
    Case("goal-rate", "goal rate 1 5"),
    Case("person-add", "person add Nia_Cole -r peer"),
    Case(
        "first-person",
        "person add Nia_Cole -r peer",
        base="none",
        next_lines=("person add Cy_Oz -r peer",),
    ),
    Case(
        "first-save",
        "session new --answers -",
        base="none",
        input=write_json(TALK),
        next_lines=("person add Cy_Oz -r peer",),
    ),
    Case("upgrade", "action done 1", base="old"),
    Case("upgrade-to-read", "action list", base="old", only_reads=True),
    Case(
        "template-new",
        "template new mine",
        next_lines=("template new other", "person edit priya --role Sister"),
        file_names=("mine.toml", ".template.schema.json"),
    ),
    build_export(
        "plan-export",
        "plan export priya -o {target}/plan.md",
        "plan.md",
        is_noted=True,
    ),
    build_export(
        "history-export",
        "history export priya -o {target}/history.html",
        "history.html",
        is_noted=True,
    ),
    build_export("ics", "ics -o {target}/due.ics", "due.ics", is_noted=True),
    build_export(
        "table",
        "export table actions -o {target}/actions.csv",
        "actions.csv",
        is_noted=True,
    ),
    build_export("picture", "progress --picture {target}/figures.svg", "figures.svg"),
    build_export("pulse-new", "pulse new -o {target}", "pulse-2.html", "pulse-2.md"),
    build_export(
        "pulse-sheet", "pulse sheet -o {target}", "pulse-1.html", "pulse-1.md"
    ),
    Case(
        "workshop-new",
        "workshop new Spring --themes - -o {target}",
        input="Ask first: A question before any advice.\n",
        next_lines=EXPORTED_NEXT,
        file_names=("workshop-1.html", "workshop-1.md", "workshop-1-cards.html"),
    ),
)
SETUP = (
    Case("talk", "session new --answers -", input=write_json(TALK)),
    Case("goal", "goal add priya --title Lead --baseline 3 --target 8"),
    Case("pulse", "pulse new -o {target}"),
    Case("note", f"person note priya --text The_{MARK}"),
)
DRAFT = Case(
    "draft",
    "session new priya -t tiny",
    replies={"all.first": "Trust", "all.second": "^C"},
)


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    host = Host()
    yield host
    host.close()


@pytest.fixture(scope="session")
def bases(host: Host, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a home for each base that a case can start with, but `none`."""

    def build(folder: Path) -> None:
        for name in ("full", "draft"):
            place = Place.copy(folder / "none", folder / "making")
            for case in SETUP:
                outcome = host.run(place.build_order(case))
                assert outcome.code == 0, outcome
            (place.home / "prompts").mkdir(mode=0o700)
            (place.home / "prompts" / "tiny.toml").write_text(TINY, encoding="utf-8")
            (place.home / "form-1.md").write_text(FORM, encoding="utf-8")
            if name == "draft":
                outcome = host.run(place.build_order(DRAFT))
                assert outcome.code == 130, outcome
            place.home.rename(folder / name)
        earlier(folder / "old", 1)

    return once(tmp_path_factory, "fault-bases", build)


def find_all_problems(
    trials: Trials, count: int | None, seed: str, *, uses_strace: bool
) -> dict[str, list[str]]:
    """Return what is wrong after so many of the faults there can be, or after each of them."""
    record = trials.record(uses_strace=uses_strace)
    faults = record.faults if count is None else sample(record.faults, count, seed)
    logging.getLogger(__name__).info(
        "%s: %d of %d faults", seed, len(faults), len(record.faults)
    )
    found = {str(fault): trials.find_problems(record, fault) for fault in faults}
    return {fault: problems for fault, problems in found.items() if problems}


@pytest.fixture
def trials(host: Host, bases: Path, tmp_path: Path, case: Case) -> Trials:
    return Trials(host, case, bases / case.base, tmp_path)


needs_strace = pytest.mark.skipif(
    not has_strace(), reason="strace cannot be used here; a stand-in is, below"
)
each_case = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


@needs_strace
@each_case
def test_whatever_call_fails_the_words_are_true(trials: Trials, case: Case) -> None:
    assert find_all_problems(trials, QUICK, case.name, uses_strace=True) == {}


@needs_strace
@pytest.mark.long
@pytest.mark.timeout(7200)
@each_case
def test_whichever_of_all_calls_fails_the_words_are_true(
    trials: Trials, case: Case
) -> None:
    assert find_all_problems(trials, None, case.name, uses_strace=True) == {}


@each_case
def test_without_strace_other_calls_fail(trials: Trials, case: Case) -> None:
    assert find_all_problems(trials, QUICK_STAND_IN, case.name, uses_strace=False) == {}


@pytest.mark.long
@pytest.mark.timeout(7200)
@each_case
def test_without_strace_all_other_calls_fail(trials: Trials, case: Case) -> None:
    assert find_all_problems(trials, None, case.name, uses_strace=False) == {}


@needs_strace
@pytest.mark.parametrize(
    ("sabotage", "name", "problem"),
    [
        pytest.param(
            "report_too_early",
            "action-done",
            "it says that all went well, and the disk holds what it held before",
            id="said-before-the-commit",
        ),
        pytest.param(
            "write_in_place",
            "plan-export",
            "neither old nor new",
            id="written-in-place",
        ),
        pytest.param("keep_parts", "plan-export", " is left (", id="parts-kept"),
        pytest.param(
            "read_again",
            "action-done",
            "it says that nothing was changed",
            id="read-after-the-commit",
        ),
    ],
)
def test_a_protection_that_is_missing_would_be_noticed(
    host: Host, bases: Path, tmp_path: Path, sabotage: str, name: str, problem: str
) -> None:
    """The tests above can fail: the same trials find what each protection is there for."""
    case = next(case for case in CASES if case.name == name)
    trials = Trials(host, case, bases / case.base, tmp_path, sabotage=sabotage)
    record = trials.record(uses_strace=True)
    problems = (
        words
        for fault in sample(record.faults, 200, sabotage)
        for words in trials.find_problems(record, fault)
    )
    assert next((words for words in problems if problem in words), None) is not None
