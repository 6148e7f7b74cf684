"""`coachlog progress --compare`, and a period beside the days before it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from command_support import built, golden, hold
from conftest import Run, standing

SPRING, SUMMER = "2026-05-15", "2026-08-14"
"""Days of the last whole quarter but one, and of the last."""


@pytest.fixture
def quarters(run: Run, home: Path) -> Run:
    """Two quarters: mine kept more often than before, theirs fewer by the first date."""
    built(run, home, fill_quarters)
    return run


def fill_quarters(run: Run) -> None:
    promises = [
        *(("Mine", "me", SPRING),) * 12,
        *(("Theirs", "them", SPRING),) * 9,
        *(("Mine", "me", SUMMER),) * 16,
        *(("Theirs", "them", SUMMER),) * 9,
        ("Mine, later", "me", "2026-12-11"),
    ]
    hold(
        run,
        held_on="2026-03-30",
        actions=[
            {"what": f"{what} {number}", "owner": owner, "due": due}
            for number, (what, owner, due) in enumerate(promises)
        ],
    )
    hold(run, person="Al", relationship="peer", held_on="2026-11-20")
    done_on(run, SPRING, 1, 3)
    done_on(run, SPRING, 13, 21)
    done_on(run, SUMMER, 22, 33)
    done_on(run, SUMMER, 38, 39)
    for number in range(40, 45):
        line = f"move {number} --to 2026-08-28 --on 2026-08-10"
        assert run("action", *line.split()).code == 0
    done_on(run, "2026-08-28", 40, 44)
    done_on(run, "2026-11-02", 47, 47)


def done_on(run: Run, day: str, first: int, last: int) -> None:
    numbers = map(str, range(first, last + 1))
    assert run("action", "done", *numbers, "--on", day).code == 0


def ratio(now: tuple[int, int], before: tuple[int, int], change: Any) -> dict[str, Any]:
    return {
        "now": dict(zip(("kept", "of"), now, strict=True)),
        "before": dict(zip(("kept", "of"), before, strict=True)),
        "change": change,
    }


MINE = {
    "first_date": ratio((12, 16), (3, 12), "more"),
    "as_agreed": ratio((12, 16), (3, 12), "more"),
}
THEIRS = {
    "first_date": ratio((2, 9), (9, 9), "fewer"),
    "as_agreed": ratio((7, 9), (9, 9), "unclear"),
}
NONE = ratio((0, 0), (0, 0), None)


@pytest.mark.parametrize("width", [40, 60, 80, 140])
def test_the_quarters_as_they_look(
    quarters: Run, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = quarters("progress", "--compare").out
    assert out == golden(f"progress-compare-{width}.txt", out)
    assert max(map(cell_len, out.splitlines())) <= width


def test_whole_quarters_in_json(quarters: Run) -> None:
    ran = quarters("progress", "--compare", "--json")
    assert (ran.code, ran.err, list(ran.json)) == (0, "", ["schema", "comparison"])
    assert ran.json["comparison"] == {
        "person": None,
        "set": None,
        "person_id": None,
        "set_id": None,
        "days": {
            "since": "2026-07-01",
            "until": "2026-09-30",
            "before_since": "2026-04-01",
            "before_until": "2026-06-30",
        },
        "me": MINE,
        "them": THEIRS,
        "promises": None,
    }


def test_the_quarters_of_one_person(quarters: Run) -> None:
    ran = quarters("progress", "priya", "--compare", "--json").json["comparison"]
    assert (ran["person"], ran["me"], ran["them"]) == ("Priya Shah", MINE, THEIRS)
    assert quarters("progress", "priya", "--compare").out.startswith("Priya Shah\n")
    ran = quarters("progress", "al", "--compare", "--json").json["comparison"]
    assert ran["me"] == ran["them"] == {"first_date": NONE, "as_agreed": NONE}
    assert quarters("progress", "al", "--compare").out == (
        "Al\n\nNo promise was first due in Jul-Sep 2026 or in Apr-Jun 2026.\n"
    )


def test_a_new_journal_has_no_quarters(run: Run) -> None:
    run("person", "edit", "me", "--name", "Tom")
    assert run("progress", "--compare").out == (
        "No promise was first due in Jul-Sep 2026 or in Apr-Jun 2026.\n"
    )


def test_a_quarter_counts_once_it_is_whole(quarters: Run) -> None:
    for today, quarter in (("2026-09-29", "Apr-Jun"), ("2026-09-30", "Jul-Sep")):
        now = datetime.fromisoformat(today).replace(hour=12, tzinfo=UTC)
        out = quarters("progress", "--compare", clock=standing(now)).out
        heading = out.splitlines()[0].split("  ")
        assert [words for words in heading if words][1].strip() == f"{quarter} 2026"


def test_equal_counts_are_the_same(run: Run) -> None:
    """Where there is no difference, none could be chance; in JSON it stays unclear."""
    promises = [
        ("2026-05-15", 1),
        ("2026-05-15", 2),
        ("2026-08-14", 3),
        ("2026-08-14", 4),
    ]
    hold(
        run,
        held_on="2026-03-30",
        actions=[
            {"what": f"Mine {number}", "owner": "me", "due": due}
            for due, number in promises
        ],
    )
    done_on(run, SPRING, 1, 1)
    done_on(run, SUMMER, 3, 3)
    words = " ".join(run("progress", "--compare").out.split())
    assert "yours by the first date 1 of 2 1 of 2 the same as agreed" in words
    assert "could be chance" not in words
    found = run("progress", "--compare", "--json").json["comparison"]["me"]
    assert found["first_date"] == ratio((1, 2), (1, 2), "unclear")
    done_on(run, SUMMER, 4, 4)
    words = " ".join(run("progress", "--compare").out.split())
    assert "yours by the first date 2 of 2 1 of 2 could be chance" in words


@pytest.mark.parametrize(
    ("period", "mine", "rows"),
    [
        pytest.param(
            "--since 2026-08-01 --until 2026-08-31",
            ratio((12, 16), (0, 0), None),
            [
                "No promise to compare with in the 31 days before, 1 July 2026 to 31 July 2026."
            ],
            id="nothing-before",
        ),
        pytest.param(
            "--since 2026-07-01 --until 2026-09-30",
            ratio((12, 16), (3, 12), "more"),
            [
                "Compared with the 92 days before, 31 March 2026 to 30 June 2026",
                "this period before",
                "yours by the first date 75% (12 of 16) 25% (3 of 12) more",
                "as agreed 75% (12 of 16) 25% (3 of 12) more",
                "theirs by the first date 2 of 9 9 of 9 fewer",
                "as agreed 7 of 9 9 of 9 could be chance",
            ],
            id="a-quarter",
        ),
        # Promise 47 was done before a date still to come, where those still open do not count.
        pytest.param(
            "--since 2026-07-01",
            ratio((12, 16), (3, 12), "more"),
            [
                "Compared with the 146 days before, 5 February 2026 to 30 June 2026",
                "up to today before",
            ],
            id="up-to-today",
        ),
    ],
)
def test_a_period_is_shown_beside_the_days_before(
    quarters: Run,
    monkeypatch: pytest.MonkeyPatch,
    period: str,
    mine: dict[str, Any],
    rows: list[str],
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    found = quarters("progress", *period.split(), "--json").json["progress"]
    assert found["comparison"]["me"]["first_date"] == mine
    lines = [
        " ".join(line.replace("promises kept", "").split())
        for line in quarters("progress", *period.split()).out.splitlines()
    ]
    start = lines.index(rows[0])
    assert lines[start : start + len(rows)] == rows
    ledger = quarters("progress", "--ledger", *period.split()).out
    assert rows[0] in ledger


@pytest.mark.parametrize("period", ["", "--until 2026-09-30"])
def test_without_a_first_day_there_is_nothing_before(
    quarters: Run, period: str
) -> None:
    found = quarters("progress", *period.split(), "--json").json["progress"]
    assert found["comparison"] is None
    assert "before" not in quarters("progress", *period.split()).out


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        pytest.param(
            "--since 2026-07-01",
            2,
            "--compare is for whole quarters: leave",
            id="since",
        ),
        pytest.param(
            "--until 2026-07-01",
            2,
            "--compare is for whole quarters: leave",
            id="until",
        ),
        pytest.param(
            "--ledger",
            2,
            "--compare shows promises kept, and nothing else",
            id="ledger",
        ),
        pytest.param(
            "--measure energy",
            *(2, "--compare shows promises kept, and nothing else"),
            id="measure",
        ),
        pytest.param(
            "--shadow",
            2,
            "--compare shows promises kept, and nothing else",
            id="shadow",
        ),
        pytest.param(
            "priya --set ward", 2, "--set shows a set as a whole", id="person-and-set"
        ),
        pytest.param("--set ward", 3, "There is no set", id="no-such-set"),
        pytest.param(
            "nobody", 3, "There is nobody by the name of", id="no-such-person"
        ),
        pytest.param(
            "--picture a.svg --json", 2, "Use only one of --picture", id="two-kinds"
        ),
    ],
)
def test_what_cannot_be_compared(
    quarters: Run, line: str, code: int, message: str
) -> None:
    ran = quarters("progress", "--compare", *line.split())
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(message)
