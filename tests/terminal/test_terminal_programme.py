"""Joining a programme and sending a quarter to it, at a real terminal."""

from pathlib import Path

import pytest
from screen import CTRL_C, DOWN, ENTER, coachlog

from coachlog.sealed.join_files import write_join_file
from conftest import Run
from programme_support import (
    COORDINATOR,
    GOVERNANCE,
    build_contribution,
    build_programme,
    open_office,
)


@pytest.fixture
def join_file(tmp_path: Path) -> Path:
    path = tmp_path / "north.toml"
    path.write_text(write_join_file(build_programme()), encoding="utf-8")
    return path


def test_a_manager_joins_and_sends_a_quarter(
    run: Run, home: Path, join_file: Path, tmp_path: Path
) -> None:
    assert run("person", "add", "Amy Cole", "-r", "report").code == 0
    with coachlog("programme", "join", str(join_file), home=home) as screen:
        screen.asks("Which cohort are you in?").sees("is cut into two random halves")
        screen.type(DOWN, ENTER)
        screen.asks("Which region are you in?").type(DOWN, DOWN, ENTER)
        screen.sees("Join Leading well?").type("y")
        screen.sees("You have joined Leading well. Nothing has left your journal yet.")
        assert screen.ends() == 0
    folder = tmp_path / "sent"
    line = ("programme", "contribute", "-o", str(folder))
    with coachlog(*line, home=home) as screen:
        screen.sees("Write these two files?").type(ENTER)
        screen.sees("Nothing was changed.")
        assert screen.ends() == 4
    assert not folder.exists()
    with coachlog(*line, home=home) as screen:
        screen.sees("Write these two files?")
        screen.sees("you used a template of your own", "That is all that leaves")
        screen.type("y").sees("send each to its holder")
        assert screen.ends() == 0
    assert [path.suffix for path in folder.iterdir()] == [".age", ".age"]


def test_a_cohort_is_typed_as_it_is_called(
    run: Run, home: Path, join_file: Path
) -> None:
    assert run("person", "add", "Amy Cole", "-r", "report").code == 0
    line = ("programme", "join", str(join_file), "--region", "North")
    with coachlog(*line, home=home) as screen:
        screen.asks("Which cohort are you in?").type("2026", ENTER)
        screen.sees("Join Leading well?").type("y").sees("You have joined")
        assert screen.ends() == 0
    (joined,) = run("programme", "show", "--json").json["programmes"]
    assert joined["places"]["cohort"] == "2026"


@pytest.mark.parametrize(("keys", "code"), [(ENTER, 4), ("n", 4), (CTRL_C, 130)])
def test_nobody_joins_by_accident(
    run: Run, home: Path, join_file: Path, keys: str, code: int
) -> None:
    assert run("person", "add", "Amy Cole", "-r", "report").code == 0
    line = ("programme", "join", str(join_file), "--region", "North")
    with coachlog(*line, "--cohort", "2025", home=home) as screen:
        screen.sees("Join Leading well?").type(keys)
        assert screen.ends() == code
    assert run("programme", "show", "--json").json["programmes"] == []


def test_a_coordinator_is_asked_for_all_of_a_programme(
    home: Path, tmp_path: Path
) -> None:
    keys = build_programme().keys
    coordinator, governance = keys.values()
    path = tmp_path / "new.toml"
    with coachlog("programme", "new", home=home) as screen:
        screen.asks("What is the programme called?").type("Leading well", ENTER)
        screen.asks("What are the groups of its reports made by?").type(
            DOWN, DOWN, ENTER
        )
        screen.asks("Which regions are there?").type("North, South", ENTER)
        screen.asks("What is the coordinator's public key?").type("nonsense", ENTER)
        screen.sees("is not a holder's public key")
        screen.asks("What is the coordinator's public key?").type(coordinator, ENTER)
        screen.asks("What is the public key of the second").type(governance, ENTER)
        screen.asks("Which file should the programme go into?").type(str(path), ENTER)
        screen.sees("Wrote ")
        assert screen.ends() == 0
    assert 'region = ["North", "South"]' in path.read_text("utf-8")


def test_a_coordinator_is_asked_how_many_were_asked(
    run: Run, home: Path, tmp_path: Path
) -> None:
    """Enter says that it is not known; a number below what was sent is asked for again."""
    office = open_office(tmp_path)
    for member in range(8):
        office.send(build_contribution(member, "North", quarter="2026Q3"))
    lists = [str(office.file("list.jsonl", holder)) for holder in office.programme.keys]
    for holder, path, who in zip(
        (COORDINATOR, GOVERNANCE), lists, ("a", "b"), strict=True
    ):
        ran = run(
            *("programme", "check", str(office.folder(holder)), "-o", path),
            *("--key", str(office.key(holder)), "--quarter", "2026Q3"),
            *("--programme", str(office.join_file), "--home", str(tmp_path / who)),
        )
        assert ran.code == 0, ran.err
    line = ("programme", "close", "2026Q3", *lists, "-o", str(tmp_path / "m.jsonl"))
    with coachlog(*line, "--programme", str(office.join_file), home=home) as screen:
        screen.asks("How many managers of Isles were asked?")
        screen.sees("its response is not", "Enter: not known").type(ENTER)
        screen.asks("How many managers of North were asked?").type("7", ENTER)
        screen.sees("More managers of “North” contributed (8) than were asked (7)")
        screen.asks("How many managers of North were asked?").type("12", ENTER)
        screen.asks("How many managers of South were asked?").type(ENTER)
        screen.sees("Asked: Isles not known, North 12, South not known.")
        screen.sees("Close 2026Q3 with 8 contributions, 0 left out?").type("y")
        screen.sees("2026Q3 is closed with 8 contributions")
        assert screen.ends() == 0
    assert '"invited": {"North": 12}' in (tmp_path / "m.jsonl").read_text("utf-8")
