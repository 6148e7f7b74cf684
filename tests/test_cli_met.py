"""`met`: people seen and spoken to, which is not a conversation."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from command_support import ScriptedPerson, built
from conftest import Run


@pytest.fixture
def ward(run: Run, home: Path) -> Run:
    """Two Anns, Priya in a rhythm, Andrew, and Dana in the archive."""
    built(run, home, fill)
    return run


def fill(run: Run) -> None:
    for name in ("Ann Obi", "Ann Lee", "Andrew Cole", "Dana Roy"):
        assert run("person", "add", name, "-r", "peer").code == 0
    assert run("person", "add", "Priya Shah", "-r", "report", "--every", "2w").code == 0
    assert run("person", "archive", "dana").code == 0


def list_days(run: Run, *names: str) -> list[tuple[str, str]]:
    entries: list[dict[str, Any]] = run("met", *names, "--json").json["encounters"]
    return [(entry["person"], entry["on"]) for entry in entries]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("priya", ["Priya Shah"]),
        ("priya shah", ["Priya Shah"]),
        ("ann obi", ["Ann Obi"]),
        ("ann obi and ann lee", ["Ann Obi", "Ann Lee"]),
        ("priya andrew", ["Priya Shah", "Andrew Cole"]),
        ("priya and ann lee", ["Priya Shah", "Ann Lee"]),
        ("'ann lee', priya-shah", ["Ann Lee", "Priya Shah"]),
        ("priya priya", ["Priya Shah"]),
    ],
)
def test_who_was_met(ward: Run, typed: str, names: list[str]) -> None:
    ran = ward("met", *shlex.split(typed))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(
        f"You spoke to {' and '.join(names)}: recorded. To keep something"
    )
    assert sorted(list_days(ward)) == sorted((name, "2026-11-23") for name in names)


def test_on_another_day(ward: Run) -> None:
    ran = ward("met", "priya", "--on", "2026-11-20")
    assert ran.out == (
        "You spoke to Priya Shah on Friday 20 November 2026: recorded. "
        "To keep something from it: coachlog note priya-shah\n"
    )
    assert list_days(ward, "priya") == [("Priya Shah", "2026-11-20")]


def test_one_a_day_is_enough(ward: Run) -> None:
    ward("met", "priya")
    ran = ward("met", "priya", "andrew")
    assert ran.out == (
        "You spoke to Andrew Cole: recorded. Already recorded for today: Priya Shah. "
        "To keep something from it: coachlog note andrew-cole\n"
    )
    assert len(list_days(ward)) == 2


def test_who_was_met_is_asked(ward: Run) -> None:
    person = ScriptedPerson({"Who did you speak to?": "priya"})
    assert ward("met", person=person).code == 0
    assert list_days(ward) == [("Priya Shah", "2026-11-23")]


@pytest.mark.parametrize(
    ("typed", "code", "message"),
    [
        pytest.param(
            "priya zoe", 3, "There is nobody by the name of “zoe”", id="nobody"
        ),
        pytest.param("priya ann", 3, "“ann” could be: Ann Lee", id="several"),
        pytest.param("priya me", 3, "“me” is you", id="oneself"),
        pytest.param("priya dana", 3, "Dana Roy is archived. Nothing", id="archived"),
        pytest.param("", 2, "coachlog needs a name", id="no-name"),
        pytest.param("''", 3, "There is nobody by the name of “”", id="empty"),
        pytest.param("and", 3, "There is no name in that.", id="no-name-at-all"),
        pytest.param("priya --on fri", 0, "", id="past-bias"),
        pytest.param("priya --on 2026-12-01", 2, "Tuesday 1 December", id="future"),
        pytest.param("priya --on soon", 2, "“soon”", id="no-date"),
        pytest.param("--drop 9", 3, "There is no entry 9.", id="drop-none"),
        pytest.param("priya --drop 1", 2, "Use --drop on its own.", id="two-uses"),
        pytest.param(
            "zoe --list", 3, "There is nobody by the name of “zoe”", id="list"
        ),
    ],
)
def test_all_of_them_or_none(ward: Run, typed: str, code: int, message: str) -> None:
    ran = ward("met", *shlex.split(typed))
    assert (ran.code, ran.err[: len(message)]) == (code, message)
    assert len(list_days(ward)) == (code == 0)


def test_somebody_archived_is_asked_about(ward: Run) -> None:
    question = "Dana Roy is archived. Record it all the same?"
    assert ward("met", "dana", person=ScriptedPerson({question: "yes"})).code == 0
    assert list_days(ward, "dana") == [("Dana Roy", "2026-11-23")]


@pytest.mark.usefixtures("screen")
def test_the_list_and_its_numbers(ward: Run) -> None:
    assert ward("met", "--list").out == "Nothing recorded yet: coachlog met NAME\n"
    ward("met", "priya", "--on", "2026-11-20")
    ward("met", "andrew")
    assert ward("met", "--list") == (
        0,
        "#  spoken to    on\n2  Andrew Cole  Mon 23 Nov\n1  Priya Shah   Fri 20 Nov\n",
        "To remove one: coachlog met --drop ID\n",
    )
    assert ward("met", "--json").json["encounters"][1] == {
        "id": 1,
        "on": "2026-11-20",
        "person": "Priya Shah",
        "person_id": 5,
    }
    ran = ward("met", "--drop", "1")
    assert ran.out == (
        "Removed: 1, you spoke to Priya Shah on Friday 20 November 2026. "
        "To undo: coachlog undo\n"
    )
    assert list_days(ward) == [("Andrew Cole", "2026-11-23")]


# What it is not


def test_it_counts_in_nothing_but_its_own_row(ward: Run) -> None:
    given = {"person": "priya", "template": "quick", "held_on": "2026-11-02"}
    file = json.dumps(given | {"answers": {"capture.mattered": "x"}})
    assert ward("session", "new", "--answers", "-", input=file).code == 0
    looks = (
        "--json",
        "person list --json",
        "brief priya --json",
        "session list --json",
    )

    def look_at_all() -> list[Any]:
        documents = [ward(*look.split()).out for look in looks]
        return [re.sub(r'"last_met": [^,]*,', "", document) for document in documents]

    before = look_at_all()
    figures = ward("progress", "--json").json["progress"]
    for day in ("2026-11-19", "2026-11-20", "2026-11-23"):
        ward("met", "priya", "--on", day)
    ward("met", "dana", person=ScriptedPerson({"Dana Roy is archived.": "yes"}))
    assert look_at_all() == before
    later = ward("progress", "--json").json["progress"]
    assert later.pop("met") == {"days": 4, "people": 2}
    assert figures.pop("met") == {"days": 0, "people": 0}
    days = {row["name"]: row.pop("met") for row in later["people"]}
    assert {name for name, count in days.items() if count} == {"Priya Shah"}
    assert days["Priya Shah"] == 3
    for row in figures["people"]:
        del row["met"]
    assert later == figures


def test_its_row_in_progress(ward: Run) -> None:
    for day in ("2026-11-19", "2026-11-20"):
        ward("met", "priya", "andrew", "--on", day)
    ward("met", "andrew")
    out = ward("progress").out
    assert out.count("  spoken to, no conversation: 2 days\n") == 1
    assert out.count("  spoken to, no conversation: 3 days\n") == 1
    assert "\nspoken to, no conversation: 5 days, 2 people\n" in out
    one = ward("progress", "priya", "--since", "2026-11-20")
    assert "spoken to, no conversation: 1 day\n" in one.out
    assert "people" not in one.out


@pytest.mark.parametrize(
    ("met_on", "words"),
    [
        ("2026-11-21", "talked 3 days ago, seen 2 days ago"),
        ("2026-11-20", "talked 3 days ago"),
        ("2026-11-19", "talked 3 days ago"),
    ],
    ids=["after-the-talk", "on-its-day", "before-it"],
)
def test_a_talk_and_meeting_somebody_have_a_word_each(
    ward: Run, met_on: str, words: str
) -> None:
    given = {"person": "priya", "template": "quick", "held_on": "2026-11-20"}
    file = json.dumps(given | {"answers": {"capture.mattered": "x"}})
    assert ward("session", "new", "--answers", "-", input=file).code == 0
    assert ward("met", "priya", "ann obi", "--on", met_on).code == 0
    rows = [" ".join(line.split()) for line in ward().out.splitlines()]
    (row,) = [row for row in rows if row.startswith("Priya Shah")]
    assert row.removeprefix("Priya Shah ").split(" next by")[0] == words
    head = ward("brief", "priya").out.splitlines()[0]
    assert f"Priya Shah · reports to you · {words}" in head
    assert f"T{words[1:]}" in ward("person", "show", "priya").out
    assert ward("brief", "ann obi").out.splitlines()[0].count("not talked yet, seen")
    brief = ward("brief", "priya", "--json").json["brief"]
    assert brief["last_met"] == met_on
    (person,) = [
        row
        for row in ward("--json").json["today"]["people"]
        if row["name"] == "Priya Shah"
    ]
    assert person["last_met"] == met_on
