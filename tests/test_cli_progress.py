"""`coachlog progress`: what was held with whom, and how promises were kept, mine first."""

from typing import Any

import pytest

from conftest import Run
from support import golden, hold

NONE: dict[str, Any] = dict.fromkeys(
    ("decided", "kept", "kept_as_reagreed", "kept_late", "missed", "pending", "released"), 0
) | {"strict": None, "honoured": None}


@pytest.fixture
def kept(run: Run) -> Run:
    """Every fate there is: of Priya's promises one each, of mine two kept and one missed."""
    hold(
        run,
        held_on="2026-11-02",
        minutes=30,
        actions=[
            *({"what": f"Theirs {n}", "owner": "them", "due": "2026-11-13"} for n in range(6)),
            {"what": "Theirs, later", "owner": "them", "due": "2026-12-13"},
            {"what": "A wish", "owner": "them"},
            *({"what": f"Mine {n}", "owner": "me", "due": "2026-11-13"} for n in range(3)),
            {"what": "Dana's", "owner": "Dana", "due": "2026-11-13"},
        ],
    )
    hold(run, person="Al", relationship="peer", held_on="2026-11-20", minutes=20)
    for line in (
        "done 1 --on 2026-11-13",  # kept
        "move 2 --to 2026-11-20 --on 2026-11-12",
        "done 2 --on 2026-11-20",  # kept as re-agreed
        "done 3 --on 2026-11-14",  # kept late
        "drop 4 --on 2026-11-13",  # released
        "drop 5 --on 2026-11-14",  # missed, as is 6, which stays open
        "done 9 10 --on 2026-11-12",
    ):
        assert run("action", *line.split()).code == 0
    return run


MINE = NONE | {"decided": 3, "kept": 2, "missed": 1, "strict": 2 / 3, "honoured": 2 / 3}
THEIRS = NONE | {"decided": 5, "kept": 1, "kept_as_reagreed": 1, "kept_late": 1, "missed": 2}
THEIRS |= {"pending": 1, "released": 1, "strict": 0.2, "honoured": 0.4}
PRIYA = {"name": "Priya Shah", "sessions": 1, "minutes": 30, "open": 5, "overdue": 3, "done": 5}
PRIYA |= {"last_held": "2026-11-02"}
AL = {"name": "Al", "sessions": 1, "minutes": 20, "open": 0, "overdue": 0, "done": 0}
AL |= {"last_held": "2026-11-20"}


@pytest.mark.parametrize(
    ("name", "mine", "theirs", "people"),
    [
        pytest.param([], MINE, THEIRS, [AL, PRIYA], id="everyone"),
        pytest.param(["priya"], MINE, THEIRS, [PRIYA], id="one-person"),
        pytest.param(["al"], NONE, NONE, [AL], id="someone-without-promises"),
    ],
)
def test_progress(
    kept: Run, name: list[str], mine: dict[str, Any], theirs: dict[str, Any], people: list[Any]
) -> None:
    ran = kept("progress", *name, "--json")
    assert (ran.code, ran.err, list(ran.json)) == (0, "", ["schema", "progress"])
    found = ran.json["progress"]
    assert (found["me"], found["them"]) == (mine, theirs)
    fields = [{key: one[key] for key in PRIYA} for one in found["people"]]
    assert fields == people


def test_the_screen_says_the_count_beside_every_share(kept: Run) -> None:
    """Under five it says `2 of 3`, and mine stand before theirs."""
    out = kept("progress").out
    assert out == golden("progress.txt", out)
    lines = [line.split("  ") for line in out.splitlines()]
    rows = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert rows[1:3] == [
        ["yours", "2 of 3", "2 of 3", "–"],
        ["theirs", "20% (1 of 5)", "40% (2 of 5)", "1"],
    ]


def test_a_new_journal_has_no_figures_and_no_zero_per_cent(run: Run) -> None:
    run("person", "edit", "me", "--name", "Tom")
    ran = run("progress")
    assert ran.code == 0
    assert "%" not in ran.out
    assert run("progress", "--json").json["progress"] == {"me": NONE, "them": NONE, "people": []}


def test_deleted_conversations_do_not_count(kept: Run) -> None:
    kept("session", "delete", "1", "--yes")
    found = kept("progress", "--json").json["progress"]
    assert (found["me"], found["them"]) == (NONE, NONE)
    assert [(p["sessions"], p["open"]) for p in found["people"]] == [(1, 0), (0, 0)]
