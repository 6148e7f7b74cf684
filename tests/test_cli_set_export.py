"""`plan export --set`: each presenter's own slot in a file, and nothing in it of the others."""

import os
import stat
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from coachlog.model.actions import Promise
from coachlog.model.answers import PromptKind
from coachlog.model.sessions import Answer
from coachlog.model.sets import SetRole, SlotRecord
from coachlog.store.database import Journal
from coachlog.store.writing import (
    action_changes,
    draft_step_changes,
    session_changes,
    session_start_changes,
    set_changes,
)
from coachlog.store.writing.person_changes import (
    mark_person_archived,
    update_owner_name,
)
from coachlog.terminal.console import Console
from command_support import READABLE, ScriptedPerson, built, golden, hide_task_ids
from conftest import NOW, Run
from set_builders import gather, meet, questions, said
from store_builders import YESTERDAY, begun, hold

NOVEMBER = date(2026, 11, 20)
DECEMBER = date(2026, 12, 4)
QUESTION = "This puts what 5 people said into one file. Carry on?"
ANN, BEN, CY = "ann-obi", "ben-ek", "tom-reed"
FILES = {who: f"ward-leads-2026-11-20-{who}.md" for who in (ANN, BEN, CY)}


@pytest.fixture
def met(run: Run, console: Console, home: Path) -> Run:
    """A meeting in which Ann, Ben and the owner presented, each word of it said once only."""
    built(run, home, lambda _: fill(console.desk.journal))
    return run


def fill(journal: Journal) -> None:
    with journal.change(NOW - timedelta(days=200), create=True) as change:
        update_owner_name(change, "Tom Reed")
        set_id, people = gather(change, None, "Ann Obi", "Ben Ek", "Dee Lo", "Eva Roe")
        _, ann, ben, dee, _ = people
    with journal.change(NOW) as change:
        meet(
            change,
            set_id,
            SlotRecord(5, "Long ago"),
            present=(1, 5),
            on=date(2026, 10, 2),
        )
        hers = (
            (ann, Promise("A promise", "them", DECEMBER, done_when="A proof")),
            (ann, Promise("A secret promise", "them", private=True)),
            (dee, Promise("A promise of Dee", "them", YESTERDAY)),
            (ann, Promise("A promise of Tom", "me")),
            (ann, Promise("A promise of Zoe", "Zoe Fay")),
        )
        meet(
            change,
            set_id,
            SlotRecord(2, "A issue", 25, tuple(slot("A", by="Eva Roe")), hers),
            SlotRecord(
                3,
                "B issue",
                None,
                tuple(slot("B")),
                ((ben, Promise("B promise", "them")),),
            ),
            SlotRecord(
                1, "C issue", 5, tuple(slot("C")), ((None, Promise("C promise", "me")),)
            ),
            present=(1, 2, 3, 4, 5),
            on=NOVEMBER,
            minutes=150,
            answers=(
                said("arrive.rules", "Outside words", kind=PromptKind.TEXT),
                said("bid.bids", "Outside secret", private=True),
                said("process.helping", "Outside learning"),
            ),
            promises=[(dee, Promise("Outside promise", "them"))],
        )
        action_changes.mark_action_done(change, 4, on=YESTERDAY)
        hold(change, Promise("Of a talk", "them"), person=ann, on=NOVEMBER)


def slot(mark: str, by: str | None = None) -> list[Answer]:
    """Return what was said in a slot, each word of it with a mark, and who asked."""
    asked = [
        (f"{mark} question?", "open"),
        (f"{mark} second?", "leading"),
        (f"{mark} third?", None),
    ]
    best = f"{by}: {mark} question?" if by else f"{mark} question?"
    return [
        said("present.problem", f"{mark} problem\n{mark} second line", key=True),
        said("present.wants", f"{mark} wants"),
        questions(*((words, tag, by) if by else (words, tag) for words, tag in asked)),
        said("questions.best", best, kind=PromptKind.CHOICE),
        said("reflect.secret", f"{mark} secret", private=True),
        said("reflect.health", f"{mark} health", health=True),
        said(
            "act.sure", 7, kind=PromptKind.SCALE, measure="confidence", low=1, high=10
        ),
    ]


def export(run: Run, *options: str, **how: Any) -> Any:
    return run("plan", "export", "--set", "ward", *options, **how)


def pages(folder: Path) -> dict[str, str]:
    return {
        path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())
    }


# Confidential by shape

EVERYWHERE = ("Present", "Problem", "Wants", "Open questions", "Best", "Act", "Sure")
WORDS = (
    "issue",
    "problem",
    "second line",
    "wants",
    "question?",
    "second?",
    "third?",
    "promise",
)
SECRET = ("secret", "health")
OUTSIDE = ("Outside", "Arrive", "Bid", "Process", "Long ago", "Of a talk")
MARKS = {ANN: "A", BEN: "B", CY: "C"}
NAMES = {ANN: "Ann Obi", BEN: "Ben Ek", CY: "Tom Reed"}


def test_each_file_holds_all_of_its_own_and_nothing_of_the_others(
    met: Run, tmp_path: Path
) -> None:
    assert export(met, "--output", str(tmp_path / "notes")).code == 0
    found = pages(tmp_path / "notes")
    assert list(found) == sorted(FILES.values())
    for who, mark in MARKS.items():
        page = found[FILES[who]]
        own = {f"{mark} {words}" for words in WORDS}
        theirs = {
            f"{other} {words}" for other in "ABC" if other != mark for words in WORDS
        }
        assert {words for words in own | theirs if words in page} == own
        assert NAMES[who] in page
        others = {name for key, name in NAMES.items() if key != who} | {"Eva Roe"}
        assert {name for name in others if name in page} == set()
        assert {words for words in OUTSIDE if words in page} == set()
        assert {words for words in SECRET if words in page} == set()


def test_promises_of_others_in_a_slot_are_only_counted(
    met: Run, tmp_path: Path
) -> None:
    export(met, "--output", str(tmp_path / "notes"))
    page = pages(tmp_path / "notes")[FILES[ANN]]
    cells = [row.split(" | ") for row in page.split("\n") if row.startswith("| ")][2:]
    assert [
        (what, who, state.removesuffix(" |")) for _, what, who, _, _, state in cells
    ] == [
        ("A promise", "Ann Obi", "open"),
    ]
    assert "*3 promises made by others in this slot are not on this page.*" in page
    assert [name for name in ("Dee", "Tom", "Zoe") if name in page] == []


@pytest.mark.parametrize("style", ["table", "tasks"])
def test_the_page_of_a_presenter(met: Run, tmp_path: Path, style: str) -> None:
    export(met, "--output", str(tmp_path), "--style", style)
    page = (tmp_path / FILES[ANN]).read_text(encoding="utf-8")
    page = hide_task_ids(page)
    assert page == golden(f"set-slot-{style}.md", page)


def test_private_entries_are_left_out_and_counted(met: Run, tmp_path: Path) -> None:
    ran = export(met, "--output", str(tmp_path / "a"))
    assert ran.out == "".join(
        f"Wrote {tmp_path}/a/{FILES[who]}: {actions}, as markdown.\n"
        for who, actions in ((ANN, "1 promise"), (BEN, "1 promise"), (CY, "1 promise"))
    ) + ("They are plain text: whoever has the files can read them.\n")
    assert ran.err == "7 private entries are not shown; to see them, add --private.\n"
    ran = export(met, "--output", str(tmp_path / "b"), "--include-private")
    assert ran.err == "These pages include 7 private entries.\n"
    page = (tmp_path / "b" / FILES[ANN]).read_text(encoding="utf-8")
    assert {
        words for words in ("A secret", "A health", "A secret promise") if words in page
    } == {
        *("A secret", "A health", "A secret promise"),
    }
    assert "B secret" not in page
    assert "Outside secret" not in page
    assert page.endswith("*Includes 3 private entries.*\n")


# The whole of it


@pytest.mark.parametrize("style", ["table", "tasks"])
def test_the_whole_meeting_as_one_page(met: Run, style: str) -> None:
    ran = export(met, "--whole-set", "--yes", "--style", style)
    assert (ran.code, ran.err) == (
        0,
        "8 private entries are not shown; to see them, add --private.\n",
    )
    page = hide_task_ids(ran.out)
    assert page == golden(f"set-whole-{style}.md", page)
    for mark in "ABC":
        assert {words for words in WORDS if f"{mark} {words}" not in ran.out} == set()
    assert "Eva Roe: A question? (open)" in ran.out
    assert "Outside learning" in ran.out
    assert "secret" not in ran.out


@pytest.mark.parametrize(
    "target", [(), ("--output", "all.md")], ids=["printed", "a-file"]
)
def test_the_whole_is_written_only_after_a_question(
    met: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    no = ScriptedPerson({QUESTION: False})
    ran = export(met, "--whole-set", *target, person=no)
    assert (ran.code, ran.out, no.left) == (4, "", [])
    ran = export(met, "--whole-set", *target)
    assert (ran.code, ran.out) == (2, "")
    assert QUESTION in ran.err
    assert "--yes" in ran.err
    assert sorted(tmp_path.iterdir()) == before
    yes = ScriptedPerson({QUESTION: True})
    ran = export(met, "--whole-set", *target, person=yes)
    assert (ran.code, yes.left) == (0, [])
    page = (tmp_path / "all.md").read_text(encoding="utf-8") if target else ran.out
    assert page.startswith("# Ward leads\n\n20 November 2026 · GROW · 150 minutes\n")
    if target:
        assert ran.out == f"Wrote all.md: 3 slots, as markdown.\n{READABLE}"
        assert stat.S_IMODE((tmp_path / "all.md").stat().st_mode) == 0o600


def test_the_whole_does_not_ask_before_it_refuses_a_file_that_is_there(
    met: Run, tmp_path: Path
) -> None:
    target = tmp_path / "all.md"
    target.write_text("mine", encoding="utf-8")
    nobody = ScriptedPerson()
    ran = export(met, "--whole-set", "--output", str(target), person=nobody)
    assert (ran.code, nobody.asked, target.read_text(encoding="utf-8")) == (
        4,
        [],
        "mine",
    )
    assert export(met, "--whole-set", "-o", str(target), "--yes", "--force").code == 0
    assert target.read_text(encoding="utf-8").startswith("# Ward leads")


# Files


def test_files_and_the_folder_are_for_their_owner_alone(
    met: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "notes"
    before = os.umask(0)
    try:
        assert export(met, "-o", str(folder)).code == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_one_existing_file_stops_all_from_being_written(
    met: Run, tmp_path: Path
) -> None:
    (tmp_path / FILES[BEN]).write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    ran = export(met, "-o", str(tmp_path))
    assert (ran.code, ran.out) == (4, "")
    assert f"{FILES[BEN]} already exists. Nothing was written." in ran.err
    assert sorted(tmp_path.iterdir()) == before
    assert export(met, "-o", str(tmp_path), "--force").code == 0
    assert "B issue" in (tmp_path / FILES[BEN]).read_text(encoding="utf-8")


def test_a_link_to_nowhere_is_not_written_through(met: Run, tmp_path: Path) -> None:
    (tmp_path / FILES[BEN]).symlink_to(tmp_path / "elsewhere.md")
    assert export(met, "-o", str(tmp_path)).code == 4
    assert not (tmp_path / "elsewhere.md").exists()


def test_a_disk_that_fails_half_way_leaves_nothing(
    met: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, linked = tmp_path / "notes", 0
    real = Path.hardlink_to

    def full(self: Path, target: Path) -> None:
        nonlocal linked
        linked += 1
        if linked == 3:
            raise FileExistsError  # another process was faster
        real(self, target)

    monkeypatch.setattr(Path, "hardlink_to", full)
    ran = export(met, "-o", str(folder))
    assert (ran.code, ran.out, linked) == (4, "", 3)
    assert not folder.exists()


@pytest.mark.parametrize(
    ("folder", "code", "said"),
    [
        pytest.param(
            "file",
            2,
            "is a file. There are several pages, so they need a folder",
            id="a-file",
        ),
        pytest.param("nowhere/notes", 1, "cannot be created", id="no-folder-above"),
        pytest.param("file/notes", 1, "cannot be created", id="below-a-file"),
        pytest.param("x" * 300, 1, "cannot be created", id="too-long"),
        pytest.param("-", 2, "--output FOLDER", id="standard-output"),
        pytest.param(None, 2, "--output FOLDER", id="not-given"),
    ],
)
@pytest.mark.parametrize("force", [[], ["--force"]], ids=["", "force"])
def test_a_folder_that_cannot_be(
    met: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    folder: str | None,
    code: int,
    said: str,
    force: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    ran = export(met, *([] if folder is None else ["-o", folder]), *force)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to(met: Run, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir(mode=0o500)
    ran = export(met, "-o", str(folder))
    assert (ran.code, ran.out) == (1, "")
    assert "cannot be written" in ran.err


# Which meeting


def test_an_earlier_meeting(met: Run, tmp_path: Path) -> None:
    ran = export(met, "--session", "1", "-o", str(tmp_path / "notes"))
    assert ran.code == 0
    assert list(pages(tmp_path / "notes")) == ["ward-leads-2026-10-02-eva-roe.md"]


def test_the_last_meeting_is_the_last_that_was_kept(
    met: Run, console: Console, tmp_path: Path
) -> None:
    with console.desk.journal.change(NOW) as change:
        draft_step_changes.insert_draft(
            change,
            session_start_changes.SessionStart(
                begun().template, YESTERDAY, "UTC", set_id=1
            ),
        )
        session_changes.mark_session_deleted(change, 2)
    assert export(met, "-o", str(tmp_path / "notes")).code == 0
    assert list(pages(tmp_path / "notes")) == ["ward-leads-2026-10-02-eva-roe.md"]


@pytest.mark.parametrize(
    ("session", "code", "said"),
    [
        pytest.param(
            "3", 4, "Conversation 3 is not a meeting of Ward leads.", id="a-talk"
        ),
        pytest.param(
            "4",
            4,
            "Conversation 4 is not a meeting of Ward leads.",
            id="of-another-set",
        ),
        pytest.param("5", 4, "Conversation 5 is still a draft.", id="a-draft"),
        pytest.param("6", 3, "There is no conversation 6.", id="deleted"),
        pytest.param("99", 3, "There is no conversation 99.", id="unknown"),
        pytest.param(
            "7", 3, "Nobody presented in conversation 7", id="nobody-presented"
        ),
    ],
)
def test_a_meeting_that_cannot_be_exported(
    met: Run, console: Console, tmp_path: Path, session: str, code: int, said: str
) -> None:
    with console.desk.journal.change(NOW) as change:
        other, _ = gather(change, name="Other")
        meet(change, other, present=())
        draft_step_changes.insert_draft(
            change,
            session_start_changes.SessionStart(
                begun().template, YESTERDAY, "UTC", set_id=1
            ),
        )
        change.db_session.flush()
        session_changes.mark_session_deleted(
            change, meet(change, 1, SlotRecord(2), present=(2,))
        )
        meet(change, 1, present=(2,))
    ran = export(met, "--session", session, "-o", str(tmp_path / "notes"))
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert not (tmp_path / "notes").exists()


# What goes wrong


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        pytest.param("", 2, "Whose plan?", id="nobody"),
        pytest.param(
            "ann --set ward -o x", 2, "Use either a person", id="a-person-as-well"
        ),
        pytest.param(
            "--set ward --all -o x", 2, "--all works only for one person", id="all"
        ),
        pytest.param(
            "ann --session 1", 2, "--session works only for a meeting", id="no-set"
        ),
        pytest.param(
            "--session 1", 2, "--session works only for a meeting", id="no-set-nor-name"
        ),
        pytest.param(
            "ann --whole-set",
            2,
            "--whole-set works only for a meeting",
            id="whole-of-whom",
        ),
        pytest.param("--set wrad -o x", 3, "Did you mean Ward leads?", id="a-slip"),
        pytest.param("--set new -o x", 3, "New set has not met yet.", id="never-met"),
        pytest.param(
            "--set new --whole-set --yes", 3, "has not met yet", id="never-met-whole"
        ),
        pytest.param(
            "--set ward -o x --style fancy", 2, "table, tasks", id="no-such-style"
        ),
        pytest.param(
            "--set ward -o x --format pdf", 2, "markdown", id="no-such-format"
        ),
    ],
)
def test_what_goes_wrong(
    met: Run,
    console: Console,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    with console.desk.journal.change(NOW) as change:
        gather(change, name="New set")
    before = sorted(tmp_path.iterdir())
    ran = met("plan", "export", *line.split())
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert sorted(tmp_path.iterdir()) == before


def test_exporting_slots_asks_nothing(met: Run, tmp_path: Path) -> None:
    nobody = ScriptedPerson()
    assert export(met, "-o", str(tmp_path), person=nobody).code == 0
    assert nobody.asked == []


# Names of files


def test_names_of_files_are_plain_and_never_the_same(
    run: Run, console: Console, tmp_path: Path
) -> None:
    with console.desk.journal.change(NOW, create=True) as change:
        names = ["Ann Obi", "../../etc/Zoë Ünal", "李小龙", "Ann Óbi-李"]
        set_id, people = gather(change, None, *names, name="A/B: Ward")
        set_changes.mark_member_left(change, set_id, people[1], on=NOVEMBER)
        mark_person_archived(change, people[2])
        turns = [SlotRecord(member) for member in (1, 2, 3, 4, 5, 2)]
        meet(change, set_id, *turns, present=(), on=NOVEMBER)
    ran = run("plan", "export", "--set", "a/b", "-o", str(tmp_path / "notes"))
    assert ran.code == 0
    rows = ran.out.splitlines()[:-1]
    written = [Path(row.split()[1].rstrip(":")).name for row in rows]
    assert written == [
        f"a-b-ward-2026-11-20-{who}.md"
        for who in ("me", "ann-obi", "etc-zoe-unal", "slot-4", "ann-obi-2", "ann-obi-3")
    ]
    assert sorted(written) == list(pages(tmp_path / "notes"))


@pytest.mark.parametrize(
    ("role", "called"),
    [
        (SetRole.MEMBER, "A member of the set"),
        (SetRole.FACILITATOR, "The facilitator"),
        (SetRole.COACH, "The learning coach"),
    ],
)
def test_an_owner_without_a_name_is_called_by_their_role_in_the_set(
    run: Run, console: Console, tmp_path: Path, role: SetRole, called: str
) -> None:
    with console.desk.journal.change(NOW, create=True) as change:
        set_id, _ = gather(change, None, role=role)
        meet(
            change,
            set_id,
            SlotRecord(1, None, None, (), ((None, Promise("x", "me")),)),
            present=(1,),
        )
    run("plan", "export", "--set", "ward", "-o", str(tmp_path / "notes"))
    (page,) = pages(tmp_path / "notes").values()
    assert page.startswith(f"# Ward leads: {called}\n")
    assert f"| 1 | x | {called} | open |" in page
    whole = run("plan", "export", "--set", "ward", "--whole-set", "--yes").out
    assert f"Present: {called}\n" in whole
    assert f"## 1. {called}\n" in whole
