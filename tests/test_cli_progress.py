"""`coachlog progress`: what was held with whom, and how promises were kept, mine first."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from command_support import built, golden, hold, unprintable
from conftest import NOW, Run, standing

NONE: dict[str, Any] = dict.fromkeys(
    (
        "decided",
        "kept",
        "kept_as_reagreed",
        "kept_late",
        "missed",
        "pending",
        "released",
        "pending_past_first",
        "released_past_first",
    ),
    0,
) | {
    "strict": None,
    "honoured": None,
    "first_date": {"kept": 0, "of": 0},
    "as_agreed": {"kept": 0, "of": 0},
}


@pytest.fixture
def kept(run: Run, home: Path) -> Run:
    """Every fate there is: of Priya's promises one each, of mine two kept and one missed."""
    built(run, home, fill_kept)
    return run


def fill_kept(run: Run) -> None:
    hold(
        run,
        held_on="2026-11-02",
        minutes=30,
        actions=[
            *(
                {"what": f"Theirs {n}", "owner": "them", "due": "2026-11-13"}
                for n in range(6)
            ),
            {"what": "Theirs, later", "owner": "them", "due": "2026-12-13"},
            {"what": "A wish", "owner": "them"},
            *(
                {"what": f"Mine {n}", "owner": "me", "due": "2026-11-13"}
                for n in range(3)
            ),
            {"what": "Dana's", "owner": "Dana", "due": "2026-11-13"},
        ],
    )
    hold(run, person="Al", relationship="peer", held_on="2026-11-20", minutes=20)
    for line in (
        "done 1 --on 2026-11-13",  # kept
        "move 2 --to 2026-11-20 --on 2026-11-12",
        "done 2 --on 2026-11-20",  # kept by the new date
        "done 3 --on 2026-11-14",  # kept late
        "drop 4 --on 2026-11-13",  # released
        "drop 5 --on 2026-11-14",  # missed, as is 6, which stays open
        "done 9 10 --on 2026-11-12",
    ):
        assert run("action", *line.split()).code == 0


MINE = NONE | {"decided": 3, "kept": 2, "missed": 1, "strict": 2 / 3, "honoured": 2 / 3}
MINE |= {"first_date": {"kept": 2, "of": 3}, "as_agreed": {"kept": 2, "of": 3}}
THEIRS = NONE | {
    "decided": 5,
    "kept": 1,
    "kept_as_reagreed": 1,
    "kept_late": 1,
    "missed": 2,
}
THEIRS |= {"pending": 1, "released": 1, "strict": 0.2, "honoured": 0.4}
THEIRS |= {"first_date": {"kept": 1, "of": 5}, "as_agreed": {"kept": 2, "of": 5}}
PRIYA = {
    "name": "Priya Shah",
    "sessions": 1,
    "minutes": 30,
    "open": 5,
    "overdue": 3,
    "done": 5,
}
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
    kept: Run,
    name: list[str],
    mine: dict[str, Any],
    theirs: dict[str, Any],
    people: list[Any],
) -> None:
    ran = kept("progress", *name, "--json")
    assert (ran.code, ran.err, list(ran.json)) == (0, "", ["schema", "progress"])
    found = ran.json["progress"]
    assert (found["me"], found["them"]) == (mine, theirs)
    fields = [{key: one[key] for key in PRIYA} for one in found["people"]]
    assert fields == people


def test_the_screen_says_the_count_beside_every_share(kept: Run) -> None:
    """Below ten it says `2 of 3`, and mine stand before theirs."""
    out = kept("progress").out
    assert out == golden("progress.txt", out)
    lines = [line.split("  ") for line in out.splitlines()]
    rows = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert rows[1:6] == [
        ["yours", "2 of 3", "2 of 3", "–"],
        ["to your team", "2 of 3", "2 of 3", "–"],
        ["to colleagues", "–", "–", "–"],
        ["upwards", "–", "–", "–"],
        ["theirs", "1 of 5", "2 of 5", "1"],
    ]


def test_a_new_journal_has_no_figures_and_no_zero_per_cent(run: Run) -> None:
    run("person", "edit", "me", "--name", "Tom")
    ran = run("progress")
    assert ran.code == 0
    assert "%" not in ran.out
    found = run("progress", "--json").json["progress"]
    assert len(found.pop("months")) == 12
    assert found.pop("directions") == [
        {"direction": direction} | NONE for direction in ("team", "across", "up")
    ]
    for side in ("me", "them"):
        caveats, slips = found.pop(f"{side}_caveats"), found.pop(f"{side}_slips")
        assert set(caveats.values()) == {0}
        assert set(slips.values()) == {0, None}
    assert {name: value for name, value in found.items() if value} == {
        "me": NONE,
        "them": NONE,
        "own_plan": NONE,
        "alone": {"sessions": 0, "minutes": 0, "people": 0, "minutes_noted": 0},
        "archived": {"sessions": 0, "minutes": 0, "people": 0, "minutes_noted": 0},
        "sets": {"sessions": 0, "minutes": 0, "sets": 0, "minutes_noted": 0},
        "met": {"days": 0, "people": 0},
    }


def test_deleted_conversations_do_not_count(kept: Run) -> None:
    kept("session", "delete", "1", "--yes")
    found = kept("progress", "--json").json["progress"]
    assert (found["me"], found["them"]) == (NONE, NONE)
    assert [(p["sessions"], p["open"]) for p in found["people"]] == [(1, 0), (0, 0)]


@pytest.fixture
def five(run: Run) -> Run:
    """Ten promises of mine to Priya, due on 9 November: five kept, five moved on that day."""
    due = [{"what": f"P{n}", "owner": "me", "due": "2026-11-09"} for n in range(10)]
    hold(run, held_on="2026-11-02", actions=due)
    ids = [str(number) for number in range(1, 11)]
    assert run("action", "done", *ids[:5], "--on", "2026-11-09").code == 0
    moved = run("action", "move", *ids[5:], "--to", "2027-11-09", "--on", "2026-11-09")
    assert moved.code == 0
    return run


def test_re_dating_for_ever_does_not_hide_in_the_ratio_by_the_first_date(
    five: Run,
) -> None:
    me = five("progress", "--json").json["progress"]["me"]
    assert (me["first_date"], me["as_agreed"]) == (
        {"kept": 5, "of": 10},
        {"kept": 5, "of": 5},
    )
    assert (me["strict"], me["honoured"], me["pending"]) == (0.5, 1.0, 5)
    out = five("progress", "--ledger").out
    assert out.count("moved in time and not due yet: moved in time from Mon 9 Nov") == 5
    assert "  Overall, 50% (5 of 10) by the first date and 5 of 5 as agreed:" in out
    # What is named adds up to the ten.
    assert "Yours: 5 kept, 5 moved in time and not due yet.\n" in out
    slips = five("progress", "--json").json["progress"]["me_slips"]
    assert slips == {"redated": 5, "moves": 5, "late": 5} | {
        "median_days": 14,
        "longest_days": 14,
    }


def test_what_was_let_go_in_time_is_not_called_not_due_yet(run: Run) -> None:
    due = [{"what": f"P{n}", "owner": "me", "due": "2026-11-09"} for n in range(6)]
    hold(run, held_on="2026-11-02", actions=due)
    ids = [str(number) for number in range(1, 7)]
    assert run("action", "drop", *ids, "--on", "2026-11-09").code == 0
    out = run("progress").out
    assert "Yours: 6 dropped in time.\n" in out
    assert "due yet." not in out


def test_what_is_named_adds_up_to_what_counts_by_the_first_date(run: Run) -> None:
    """What was let go counts where it had been re-agreed: here and in the ledger alike."""
    due = [{"what": f"P{n}", "owner": "me", "due": "2026-11-09"} for n in range(4)]
    hold(run, held_on="2026-11-02", actions=due)
    for line in (
        "done 1 --on 2026-11-09",
        "move 2 3 --to 2026-11-30 --on 2026-11-08",
        "drop 3 --on 2026-11-20",
        "drop 4 --on 2026-11-09",
    ):
        assert run("action", *line.split()).code == 0
    words = (
        "1 kept, 1 moved in time and not due yet, 1 moved in time, then dropped in time"
    )
    out = " ".join(run("progress", "--ledger").out.split())
    assert f"Yours: {words} (not counted: 1 dropped in time)." in out
    assert f"Overall, 1 of 3 by the first date and 1 of 1 as agreed: {words}." in out
    me = run("progress", "--json").json["progress"]["me"]
    assert (me["pending"], me["pending_past_first"]) == (1, 1)
    assert (me["released"], me["released_past_first"]) == (2, 1)


@pytest.mark.parametrize(
    ("promises", "options", "words"),
    [
        pytest.param([], [], "No promises yet.", id="none-at-all"),
        pytest.param([None], [], "No promise counts yet.", id="without-a-date"),
        pytest.param(["2026-12-11"], [], "No promise is due yet.", id="still-to-come"),
        pytest.param(
            ["2026-11-09", None],
            ["--since", "2026-11-10"],
            "No promise was first due in this period.",
            id="none-in-the-period",
        ),
        pytest.param(
            ["2026-11-09", "2026-12-11"],
            ["--since", "2026-11-10"],
            "No promise that is first due in this period is due yet.",
            id="still-to-come-in-the-period",
        ),
    ],
)
def test_why_no_promise_has_come_due(
    run: Run, promises: list[str | None], options: list[str], words: str
) -> None:
    actions = [{"what": "P", "owner": "me"} for _ in promises]
    for action, due in zip(actions, promises, strict=True):
        action |= {"due": due} if due else {}
    hold(run, held_on="2026-11-02", actions=actions)
    out = run("progress", *options).out
    (found,) = re.findall("^No promise.*", out, re.MULTILINE)
    assert found == words


def test_a_promise_of_a_third_name_is_not_called_none(run: Run) -> None:
    due = [{"what": "P", "owner": "HR", "due": "2026-11-09"}]
    hold(run, held_on="2026-11-02", actions=due)
    assert "\nNo promise counts yet.\n" in run("progress").out


@pytest.mark.parametrize("options", [(), ("--since", "2026-11-01")])
def test_what_a_deleted_conversation_hides_is_not_called_none(
    run: Run, options: tuple[str, ...]
) -> None:
    due = [{"what": "P", "owner": "me", "due": "2026-11-09"}]
    hold(run, held_on="2026-11-02", actions=due)
    assert run("session", "delete", "1", "--yes").code == 0
    out = run("progress", *options).out
    assert "\nNo promise counts " in out
    assert "1 hidden with a deleted conversation" in out
    assert "None counts yet." in run("progress", "--ledger").out


def test_promises_by_direction_and_in_the_own_plan(run: Run) -> None:
    for name, relationship in (
        ("Rea", "report"),
        ("Mae", "mentee"),
        ("Pia", "peer"),
        ("Una", "manager"),
    ):
        due = [{"what": "x", "owner": "me", "due": "2026-11-09"}]
        hold(
            run,
            person=name,
            relationship=relationship,
            actions=due,
            held_on="2026-11-02",
        )
    assert run("action", "add", "--what", "y", "--due", "2026-11-09").code == 0
    assert run("action", "done", "1", "--on", "2026-11-05").code == 0

    def first_dates() -> dict[str, list[int]]:
        figures = run("progress", "--json").json["progress"]
        rows = {row["direction"]: row for row in figures["directions"]}
        rows["own"] = figures["own_plan"]
        return {name: list(row["first_date"].values()) for name, row in rows.items()}

    expected = {"team": [1, 2], "across": [0, 1], "up": [0, 1], "own": [0, 1]}
    assert first_dates() == expected
    rows = run("progress").out.splitlines()[1:7]
    assert [row.split("  ")[0] or row.strip().split("  ")[0] for row in rows] == [
        *(
            "yours",
            "to your team",
            "to colleagues",
            "upwards",
            "your own plan",
            "theirs",
        ),
    ]
    # The direction is that of the relationship now.
    assert run("person", "edit", "una", "--relationship", "peer").code == 0
    assert first_dates() == expected | {"across": [0, 2], "up": [0, 0]}
    figures = run("progress", "rea", "--json").json["progress"]
    assert (figures["directions"], figures["own_plan"]) == (None, None)
    assert "your team" not in run("progress", "rea").out


def test_a_promise_handed_over_after_its_date_still_counts_for_its_owner_then(
    run: Run,
) -> None:
    due = [{"what": "Send", "owner": "me", "due": "2026-11-09"}]
    hold(run, held_on="2026-11-02", actions=due)
    before = run("progress", "--json").json["progress"]
    assert run("action", "edit", "1", "--owner", "them").code == 0
    after = run("progress", "--ledger", "--json").json["progress"]
    assert (after["me"], after["them"]) == (before["me"], before["them"])
    assert after["me_caveats"]["owner_changed"] == 1
    assert [(row["owner"], row["counts_for"]) for row in after["ledger"]] == [
        ("them", "me")
    ]
    out = run("progress", "--ledger").out
    assert "Worth knowing (yours): 1 handed over after the date.\n" in out
    assert out.index("Send") < out.index("\nTheirs\n")


@pytest.mark.parametrize(
    ("owner", "tally"),
    [
        pytest.param("HR", None, id="to-a-third-name-it-is-in-no-ratio"),
        pytest.param("them", [0, 1], id="to-them-it-is-theirs"),
    ],
)
def test_a_promise_given_away_on_its_day_is_counted_for_who_gave_it(
    run: Run, owner: str, tally: list[int] | None
) -> None:
    due = [{"what": "Send", "owner": "me", "due": "2026-11-09"}]
    on_its_day = datetime(2026, 11, 9, 9, tzinfo=UTC)
    clock = standing(on_its_day)
    hold(run, held_on="2026-11-02", actions=due)
    assert run("action", "edit", "1", "--owner", owner, clock=clock).code == 0
    assert run("action", "edit", "1", "--owner", "me").code == 0
    figures = run("progress", "--json").json["progress"]
    assert figures["me"]["first_date"] == {"kept": 0, "of": 0}
    theirs = figures["them"]["first_date"]
    assert [theirs["kept"], theirs["of"]] == (tally or [0, 0])
    counts = [figures[f"{side}_caveats"]["handed_over"] for side in ("me", "them")]
    assert counts == [1, 0]
    words = "Worth knowing (yours): 1 given to somebody else by the first date"
    assert words in run("progress").out


def test_a_period_counts_what_was_made_in_it_without_a_date(run: Run) -> None:
    wish = [{"what": "A wish", "owner": "me"}]
    hold(run, held_on="2026-11-02", actions=wish)
    hold(run, held_on="2026-11-16", actions=wish * 2)

    def count(*period: str) -> int:
        caveats = run("progress", *period, "--json").json["progress"]["me_caveats"]
        number: int = caveats["without_date"]
        return number

    assert count() == 3
    assert count("--since", "2026-11-03") == 2
    assert count("--until", "2026-11-02") == 1
    assert count("--since", "2026-11-03", "--until", "2026-11-15") == 0


def test_what_is_hidden_or_has_no_date_is_counted_aloud(run: Run) -> None:
    due = [
        {"what": "Send", "owner": "me", "due": "2026-11-09"},
        {"what": "A wish", "owner": "me"},
    ]
    hold(run, held_on="2026-11-02", actions=due)
    hold(run, held_on="2026-11-03", actions=due)
    assert run("session", "delete", "1", "--yes").code == 0
    caveats = run("progress", "--json").json["progress"]["me_caveats"]
    assert (caveats["hidden"], caveats["without_date"]) == (1, 1)
    words = "1 without a date, 1 hidden with a deleted conversation"
    assert f"Worth knowing (yours): {words}" in run("progress").out
    # Only what was first due in the period.
    caveats = run("progress", "--since", "2026-11-10", "--json").json["progress"]
    assert set(caveats["me_caveats"].values()) == {0}


# Over time


@pytest.fixture
def year(run: Run, home: Path) -> Run:
    """What `kept` has, with measures, themes, a cancelled talk and a promise carried again."""
    built(run, home, fill_year)
    return run


def fill_year(kept: Run) -> None:
    fill_kept(kept)
    for on, tags in (("2026-02-27", ["rota"]), ("2026-08-31", ["rota", "pay"])):
        hold(kept, held_on=on, minutes=45, tags=tags)
    for on, sure in (("2026-03-06", 3), ("2026-09-11", 8)):
        answers = {"goal.result": "x", "will.sure": sure}
        hold(kept, template="grow", held_on=on, minutes=60, answers=answers)
    assert (
        kept("session", "cancel", "priya", "--by", "me", "--on", "2026-11-10").code == 0
    )
    for on in ("2026-11-17", "2026-11-18", "2026-11-19"):
        hold(kept, held_on=on, review=[{"action": 6, "outcome": "open"}])
    assert (
        kept(
            "action", "add", "al", "--what", "Secret", "--owner", "me", "--private"
        ).code
        == 0
    )


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize(
    "line",
    [
        "progress",
        "progress priya",
        "progress --ledger",
        "progress --measure confidence",
    ],
)
def test_the_screens(
    year: Run, monkeypatch: pytest.MonkeyPatch, width: int, line: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    ran = year(*line.split())
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= width
    assert unprintable(ran.out) == set()
    name = f"{line.replace(' --', '-').replace(' ', '-')}-{width}.txt"
    assert ran.out == golden(name, ran.out)


def test_a_promise_carried_three_times_comes_with_three_ways_out(year: Run) -> None:
    lines = [line.strip() for line in year("progress").out.splitlines()]
    start = lines.index("Carried over three times or more")
    assert lines[start + 2 : start + 7] == [
        "6  Theirs 5  Priya Shah  carried over 3 times",
        "Three ways forward:",
        "break it down     coachlog action add priya-shah",
        "agree a new date  coachlog action move 6 --to DATE",
        "drop it           coachlog action drop 6",
    ]
    assert [
        one["id"] for one in year("progress", "--json").json["progress"]["carried"]
    ] == [6]
    assert year("progress", "al", "--json").json["progress"]["carried"] == []


def test_the_ledger_adds_up_to_the_ratios(year: Run) -> None:
    found = year("progress", "--ledger", "--json").json["progress"]
    for side in ("me", "them"):
        fates = [one["fate"] for one in found["ledger"] if one["owner"] == side]
        assert len(fates) == found[side]["decided"]
        for fate in ("kept", "kept_as_reagreed", "kept_late", "missed"):
            assert fates.count(fate) == found[side][fate]
    why = {one["id"]: (one["fate"], one["why"]) for one in found["ledger"]}
    assert why == {
        1: ("kept", "on Fri 13 Nov"),
        2: (
            "kept_as_reagreed",
            "moved in time from Fri 13 Nov to Fri 20 Nov; done on that day",
        ),
        3: ("kept_late", "1 day after Fri 13 Nov"),
        5: ("missed", "dropped 1 day after Fri 13 Nov"),
        6: ("missed", "still open 10 days after Fri 13 Nov"),
        9: ("kept", "1 day before Fri 13 Nov"),
        10: ("kept", "1 day before Fri 13 Nov"),
        11: ("missed", "still open 10 days after Fri 13 Nov"),
    }


def test_a_move_that_came_too_late_is_told_with_its_day(year: Run) -> None:
    year("action", "move", "11", "--to", "2026-12-20", "--on", "2026-11-16")
    year("action", "done", "11")
    (found,) = (
        one["why"]
        for one in year("progress", "--ledger", "--json").json["progress"]["ledger"]
        if one["id"] == 11
    )
    assert found == (
        "moved too late, on Mon 16 Nov, to Sun 20 Dec; done 10 days after Fri 13 Nov"
    )


def test_a_promise_moved_too_late_to_that_very_day_names_it_once(year: Run) -> None:
    year("action", "move", "11", "--to", "2026-11-16", "--on", "2026-11-16")
    words = " ".join(year("progress", "--ledger").out.split())
    assert (
        "missed: moved too late, on Mon 16 Nov, to the same day; "
        "still open 10 days after Fri 13 Nov"
    ) in words


def test_the_json_of_time(year: Run) -> None:
    found = year("progress", "priya", "--json").json["progress"]
    assert (found["since"], found["until"], found["first_held"]) == (
        None,
        None,
        "2026-02-27",
    )
    assert found["months"][-4:] == [
        {"month": month, "sessions": held, "minutes": minutes}
        | {"cancelled_by_me": cancelled, "cancelled_by_them": 0}
        | {"minutes_noted": noted}
        for month, held, minutes, cancelled, noted in (
            ("2026-08", 1, 45, 0, 1),
            ("2026-09", 1, 60, 0, 1),
            ("2026-10", 0, 0, 0, 0),
            ("2026-11", 4, 30, 1, 1),
        )
    ]
    assert [day["date"] for day in found["days"] if not day["sessions"]] == [
        "2026-11-10"
    ]
    assert [
        {key: value for key, value in one.items() if key != "points"}
        for one in found["measures"]
    ] == [
        {
            "measure": "confidence",
            "person": "Priya Shah",
            "low": 1,
            "high": 10,
            "first": 3,
        }
        | {"latest": 8, "change": 5, "n": 2, "person_id": 1}
        | {"median_first": None, "median_last": None, "direction": None}
    ]
    assert found["measures"][0]["points"] == [
        {"on": "2026-03-06", "value": 3},
        {"on": "2026-09-11", "value": 8},
    ]
    assert found["themes"] == []
    assert found["people"][0]["cancelled_by_me"] == 1


def test_a_period(year: Run) -> None:
    def sessions(*options: str) -> list[int]:
        found = year("progress", *options, "--json").json["progress"]
        return [one["sessions"] for one in found["people"]]

    assert sessions() == [1, 8]
    assert sessions("--since", "2026-09-01", "--until", "2026-11-02") == [0, 2]
    assert sessions("--until", "2026-02-27") == [0, 1]
    out = year("progress", "--since", "1 sep", "--until", "2026-11-02").out
    assert out.startswith(
        "From 1 September 2026 to 2 November 2026\n"
        "Conversations held and promises first due in this period; open and overdue as of today."
        "\n\n"
    )
    assert "  Oct 2026     0" in out  # all months of the time asked for
    assert "2 conversations in that period, 7 weeks with none." in out


def test_of_a_long_period_the_last_two_years_are_bars(year: Run) -> None:
    out = year("progress", "--since", "2024-01-01").out
    assert "  Nov 2024" not in out
    assert "  Dec 2024     0" in out
    assert "The last 24 of 35 months are shown." in out


def test_bars_calendar_and_words_tell_of_the_same_talks(run: Run) -> None:
    for on in ("2025-11-30", "2025-12-01", "2026-03-02"):
        hold(run, held_on=on, minutes=30)
    out = run("progress").out
    assert "2 conversations since 1 December 2025, " in out
    assert "Nov 2025" not in out


@pytest.mark.parametrize("name", [[], ["priya"]], ids=["everyone", "one-person"])
def test_no_day_before_the_first_conversation_is_named(
    run: Run, name: list[str]
) -> None:
    hold(run, held_on="2026-11-16")
    out = run("progress", *name).out
    assert "1 conversation since your first, on 16 November 2026" in out
    assert "2025" not in out


def test_talks_alone_and_archived_have_quiet_rows(run: Run) -> None:
    hold(run, person="Gone", relationship="report", minutes=20)
    hold(run, person="Zed", relationship="report", minutes=10)
    assert "archived" not in run("progress").out
    hold(
        run,
        person=None,
        relationship=None,
        template="what3",
        minutes=5,
        answers={"what.happened": "x"},
    )
    assert run("person", "archive", "gone").code == 0
    lines = [line.split() for line in run("progress").out.splitlines()]
    assert ["alone", "1", "5"] in lines
    assert ["1", "archived", "person", "1", "20"] in lines
    found = run("progress", "--json").json["progress"]
    assert found["alone"] == {"sessions": 1, "minutes": 5} | {
        "people": 0,
        "minutes_noted": 1,
    }
    assert found["archived"] == {"sessions": 1, "minutes": 20} | {
        "people": 1,
        "minutes_noted": 1,
    }


def test_gaps_of_one_person_are_told_by_their_rhythm(year: Run) -> None:
    def words() -> str:
        return next(
            line
            for line in year("progress", "priya").out.splitlines()
            if "conversations since" in line
        )

    assert words() == "  8 conversations since your first, on 27 February 2026."
    assert year("person", "edit", "priya", "--every", "2w").code == 0
    assert (
        words() == "  8 conversations since your first, on 27 February 2026, "
        "2 gaps much longer than agreed."
    )
    assert year("person", "edit", "al", "--every", "1d").code == 0
    assert "no gap much longer than agreed" in year("progress", "al").out

    def tomorrow() -> datetime:
        return NOW + timedelta(days=1)

    told = year("progress", "al", clock=tomorrow)
    assert "1 gap much longer than agreed" in told.out
    found = year("progress", "al", "--json", clock=tomorrow).json["progress"]
    assert (found["long_gaps"], found["weeks_without"]) == (1, None)
    assert year("person", "archive", "al").code == 0  # nobody waits any more
    told = year("progress", "al", clock=tomorrow)
    assert "no gap much longer than agreed" in told.out


def test_the_gap_that_began_before_the_period_is_its_first(run: Run) -> None:
    hold(run, held_on="2026-08-03")
    hold(run, held_on="2026-10-26")
    assert run("person", "edit", "priya", "--every", "2w").code == 0
    for days, gaps in (
        (["--since", "2026-10-01"], 2),
        (["--since", "2026-10-01", "--until", "2026-10-31"], 1),
        # Nobody was met at all, and that is the gap.
        (["--since", "2026-09-01", "--until", "2026-09-30"], 1),
        (["--since", "2026-10-27", "--until", "2026-11-10"], 0),
    ):
        found = run("progress", "priya", *days, "--json").json["progress"]
        assert found["long_gaps"] == gaps, days
        words = f"{gaps} gap" if gaps else "no gap"
        told = run("progress", "priya", *days).out
        assert (f"{words}{'s' * (gaps > 1)} much longer" in told) == bool(
            gaps or found["days"]
        ), days


def test_weeks_before_the_first_conversation_of_all_are_said_not_to_count(
    run: Run,
) -> None:
    """Else months without any stand above "no week without one"."""
    hold(run, held_on="2026-03-12")
    period = ("--since", "2026-01-01", "--until", "2026-03-15")
    assert (
        "  1 conversation in that period, no week without one "
        "since the first, on 12 March 2026.\n"
    ) in run("progress", *period).out
    longer = ("--since", "2026-01-01", "--until", "2026-03-22")
    words = "1 week with none since the first, on 12 March 2026."
    assert words in " ".join(run("progress", *longer).out.split())
    later = run("progress", "--since", "2026-03-12", "--until", "2026-03-15").out
    assert "no week without one.\n" in later


@pytest.mark.usefixtures("screen")
@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param("progress", "minutes, talked", id="figures"),
        pytest.param("session list", "minutes, promises, tags", id="conversations"),
        pytest.param("person list", "short name", id="people"),
    ],
)
def test_a_narrow_screen_says_which_columns_it_has_no_room_for(
    year: Run, monkeypatch: pytest.MonkeyPatch, line: str, words: str
) -> None:
    told = f"Too narrow for: {words}.\n"
    for width, is_narrow in (("40", False), ("60", True), ("140", False)):
        monkeypatch.setenv("COLUMNS", width)
        assert (told in year(*line.split()).out) == is_narrow


def test_values_that_are_left_out_are_said_to_be(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 21):
        answers = {"choice.willing": True, "now.energy": 1 + day % 10}
        hold(
            run,
            person="Ada",
            relationship="coachee",
            template="wellbeing",
            held_on=f"2026-10-{day:02d}",
            answers=answers,
        )
    line = ("progress", "--measure", "energy", "--private")
    for width, is_cut in (("40", True), ("80", False)):
        monkeypatch.setenv("COLUMNS", width)
        out = run(*line).out
        assert ("… stands for earlier values.\n" in out) == is_cut
        assert ("…" in out) == is_cut


def test_weeks_to_come_are_not_weeks_without(run: Run) -> None:
    hold(run, held_on="2026-11-02")
    for days, weeks, words in (
        ([], 2, ", 2 weeks with none."),
        (["--until", "2026-12-31"], 2, ", 2 weeks with none."),
        (["--since", "2026-11-09", "--until", "2026-12-31"], 2, "No conversation in"),
        (["--since", "2026-11-16"], 1, "No conversation in that period, 1 week with"),
    ):
        found = run("progress", *days, "--json").json["progress"]
        assert found["weeks_without"] == weeks, days
        assert words in run("progress", *days).out, days


def test_minutes_not_noted_are_unknown(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    for day, minutes in ((2, 30), (9, None), (16, None), (20, None)):
        hold(run, held_on=f"2026-11-{day:02}", minutes=minutes)
    hold(run, person="Al", relationship="peer", held_on="2026-10-05", minutes=None)
    out = run("progress").out
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert any(line.startswith("Priya Shah 4 30 (1 of 4) ") for line in lines)
    assert any(line.startswith("Al 1 – ") for line in lines)
    assert any(
        line.startswith("Nov 2026 4 ") and "30 (1 of 4)" in line for line in lines
    )
    found = run("progress", "--json").json["progress"]
    counts = [(row["minutes"], row["minutes_noted"]) for row in found["people"]]
    assert counts == [(None, 0), (30, 1)]
    assert [(row["minutes"], row["minutes_noted"]) for row in found["months"][-3:]] == [
        (0, 0),
        (None, 0),
        (30, 1),
    ]


def test_a_ledger_tells_what_matters_first(
    year: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    rows = year("progress", "--ledger").out.splitlines()
    told = [row.split("Priya  ")[1] for row in rows if "Priya  " in row]
    assert told == [
        "missed: still open 10 days after Fri 13 Nov",
        "kept: 1 day before Fri 13 Nov",
        "kept: 1 day before Fri 13 Nov",
        "missed: dropped 1 day after Fri 13 Nov",
        "missed: still open 10 days after Fri 13 Nov",
        "kept late: 1 day after Fri 13 Nov",
        "kept by the new date: moved in time from Fri 13 Nov to Fri 20 Nov; done on that day",
        "kept: on Fri 13 Nov",
    ]


def test_words_of_private_promises_are_told_only_when_asked_for(year: Run) -> None:
    year(
        *("action", "add", "priya", "--what", "Secret", "--owner", "me", "--private"),
        *("--due", "2026-11-20", "--done-when", "Hush"),
    )
    for line in ("--ledger", "--ledger --json"):
        ran = year("progress", *line.split())
        assert "Secret" not in ran.out
        assert "Hush" not in ran.out
        assert "(private)" in ran.out
        told = "The words of 1 private promise are not shown; to see them, add --private.\n"
        assert ran.err == ("" if "--json" in line else told)
        assert "Secret" in year("progress", *line.split(), "--private").out
    assert year("progress", "--ledger", "--json").json["progress"]["me"]["missed"] == 2


def test_no_line_ends_in_blanks(year: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for width in range(60, 90):
        monkeypatch.setenv("COLUMNS", str(width))
        for line in ("--ledger", "", "--since 2026-11-02"):
            out = year("progress", *line.split()).out
            assert [row for row in out.splitlines() if row != row.rstrip()] == []


def test_a_tag_of_one_talk_is_no_theme(run: Run) -> None:
    hold(run, held_on="2026-11-02", tags=["rota", "pay"])
    assert "Themes" not in run("progress").out
    hold(run, held_on="2026-11-03", tags=["rota"])
    out = run("progress").out
    assert "  rota  in 2 of the last 2\n" in out
    assert "pay" not in out


def test_a_measure_without_values_says_so(run: Run) -> None:
    skipped = {"choice.willing": True, "now.energy": None}
    hold(
        run,
        person="Ada",
        relationship="coachee",
        template="wellbeing",
        held_on="2026-11-02",
        answers=skipped,
    )
    assert "No values yet for energy." in run("progress", "--measure", "energy").out
    told = run("progress", "--measure", "energy", "--since", "2026-11-03").out
    assert "No values in that period." in told


def test_today_is_the_day_where_the_owner_is(year: Run) -> None:
    """In Auckland it is 2027 already; the promise due on New Year's Eve is overdue only there."""
    hold(
        year,
        held_on="2026-11-23",
        actions=[{"what": "x", "owner": "me", "due": "2026-12-31"}],
    )
    moment = datetime(2026, 12, 31, 12, 30, tzinfo=ZoneInfo("UTC"))
    found = {}
    for zone in ("Europe/London", "Pacific/Auckland", "America/New_York"):
        now = moment.astimezone(ZoneInfo(zone))
        ran = year("progress", "priya", "--json", clock=standing(now))
        progress = ran.json["progress"]
        found[zone] = (progress["me"]["pending"], progress["months"][-1]["month"])
    assert found == {
        "Europe/London": (1, "2026-12"),
        "Pacific/Auckland": (0, "2027-01"),
        "America/New_York": (1, "2026-12"),
    }


AGAIN = ("session", "new", "--answers", "-", "--again")


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_the_clock_changing_moves_no_talk_to_another_day(run: Run, day: str) -> None:
    zone = ZoneInfo("Europe/London")
    for hour in (0, 23):
        year, month, number = map(int, day.split("-"))
        now = datetime(year, month, number, hour, 30, tzinfo=zone)
        given = '{"person": "Al", "relationship": "peer", "template": "quick"}'
        assert run(*AGAIN, input=given, clock=standing(now)).code == 0
    found = run("progress", "--json").json["progress"]["days"]
    assert [(one["date"], one["sessions"]) for one in found] == [(day, 2)]


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        pytest.param("--measure joy", 3, "There is no measure “joy”.", id="no-measure"),
        pytest.param(
            "--since someday",
            2,
            "“someday” is not a date that coachlog understands.",
            id="no-date",
        ),
        pytest.param(
            "--since 2026-11-02 --until 2026-11-01",
            2,
            "--since is Monday 2 November 2026, which is after Sunday 1 November 2026.",
            id="ends-before-it-begins",
        ),
        pytest.param(
            "--picture a.png", 2, "“a.png” is not a picture", id="no-such-picture"
        ),
        pytest.param(
            "--picture a.svg --json", 2, "Use only one of --picture and", id="two-kinds"
        ),
        pytest.param(
            "--ledger --measure confidence",
            2,
            "Use only one of --ledger",
            id="two-screens",
        ),
    ],
)
def test_what_cannot_be_shown(year: Run, line: str, code: int, message: str) -> None:
    ran = year("progress", *line.split())
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(message)


def test_whoever_had_little_time_is_told_in_words_and_nobody_is_ranked(
    run: Run,
) -> None:
    often = ["2026-06-01", "2026-10-05", "2026-10-19", "2026-11-02", "2026-11-16"]
    for name, days in (
        ("Zed", often),
        ("Mo", often),
        ("Bea", often[:2]),
        ("Al", often),
    ):
        for on in days:
            hold(run, person=name, held_on=on, minutes=30)
    found = run("progress", "--json").json["progress"]["people"]
    assert [(one["name"], one["under_half"]) for one in found] == [
        ("Al", False),
        ("Bea", True),
        ("Mo", False),
        ("Zed", False),
    ]
    lines = run("progress").out.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("Bea"))
    few_talks = "  less than half: 1 conversation in 90 days, median 4"
    few_minutes = "  less than half: 30 minutes in 90 days, median 120"
    assert lines[start + 1 : start + 3] == [few_talks, few_minutes]
    assert sum("less than half" in line for line in lines) == 2
    assert "Last 90 days" not in run("progress").out
    told = "Last 90 days: 4 conversations, median 4; 120 minutes, median 120."
    assert told in run("progress", "zed").out
    assert few_talks in run("progress", "bea").out
    bea = found[1]["fairness"]
    assert bea == {"sessions": 1, "usual_sessions": 4, "basis": "relationship"} | {
        "minutes": 30,
        "usual_minutes": 120,
    }
    for on in ("2026-10-06", "2026-11-03"):
        hold(run, person="Bea", held_on=on, minutes=30)
    told = "Last 90 days: each of the 4 people who can be compared had at least half"
    assert told in " ".join(run("progress").out.split())
    assert run("person", "archive", "mo").code == 0
    assert run("person", "archive", "zed").code == 0
    told = "Last 90 days: too early, or too few people, to compare."
    assert told in run("progress").out
    assert "Last 90 days: nothing to compare with." in run("progress", "al").out


def test_it_is_never_nobody_while_someone_had_none(run: Run) -> None:
    """Of 5, 0 and 0 the median is 0, and neither of the two is under half of that."""
    for name in ("Al", "Bo", "Cy"):
        hold(run, person=name, held_on="2026-06-01", minutes=30)
    for day in range(1, 6):
        hold(run, person="Al", held_on=f"2026-11-{day:02}", minutes=30)
    lines = run("progress").out.splitlines()
    none = "  no conversation in 90 days, median 0"
    assert [line for line in lines if "90 days" in line] == [none, none]
    assert none in run("progress", "bo").out.splitlines()
    assert not any("Nobody" in line or "nobody" in line for line in lines)


def test_an_agreed_rhythm_goes_before_what_is_usual(run: Run) -> None:
    hold(run, held_on="2026-06-01")
    for on in ("2026-10-05", "2026-11-02"):
        hold(run, held_on=on)
    assert run("person", "edit", "priya", "--every", "2w").code == 0
    words = "  less than half: 2 of the 6 conversations agreed in 90 days"
    assert words in run("progress").out.splitlines()
    assert words in run("progress", "priya").out.splitlines()
    found = run("progress", "--json").json["progress"]["people"][0]
    assert found["under_half"] is True
    assert (found["fairness"]["basis"], found["fairness"]["usual_sessions"]) == (
        "rhythm",
        6,
    )
    hold(run, held_on="2026-11-16")
    assert (
        "Last 90 days: 3 of the 6 conversations agreed." in run("progress", "priya").out
    )
    assert "the one person who can be compared" in run("progress").out


def test_people_met_only_in_sets_are_not_judged(run: Run) -> None:
    for name in ("Ann Obi", "Ben Cole", "Cara Diaz"):
        assert run("person", "add", name, "-r", "peer").code == 0
    members = [word for name in ("Ann Obi", "Ben Cole") for word in ("--member", name)]
    assert run("set", "add", "Ward leads", *members).code == 0
    for name in ("Zed", "Mo", "Cara Diaz"):
        for on in ("2026-08-01", "2026-11-02"):
            hold(run, person=name, relationship="peer", held_on=on)

    def later() -> datetime:
        return NOW + timedelta(days=91)

    found = run("progress", "--json", clock=later).json["progress"]["people"]
    assert {one["name"]: one["under_half"] for one in found} == {
        **dict.fromkeys(("Ann Obi", "Ben Cole"), None),
        **dict.fromkeys(("Cara Diaz", "Mo", "Zed"), False),
    }
    assert found[0]["fairness"] is None


# Pictures


@pytest.mark.parametrize("kind", ["svg", "html"])
@pytest.mark.parametrize("line", ["", "priya", "--ledger", "--measure confidence"])
def test_a_picture_asks_for_nothing_from_anywhere(
    year: Run, tmp_path: Path, kind: str, line: str
) -> None:
    target = tmp_path / f"progress.{kind}"
    ran = year("progress", *line.split(), "--picture", str(target))
    page = target.read_text("utf-8")
    assert (ran.code, ran.out) == (0, f"Wrote {target}.\n")
    assert set(
        re.findall(r"https?:[^\"'\s)]*|@import|@font-face|<script|url\([^#]", page)
    ) <= {
        "http://www.w3.org/2000/svg"  # the name of the format; nothing is fetched
    }
    assert target.stat().st_mode & 0o777 == 0o600
    if kind == "svg":
        words = "".join(ElementTree.fromstring(page).itertext()).replace("\xa0", " ")
    else:
        words = re.sub("<[^>]*>", "", page)
    assert "confidence" in words or "promises kept" in words


def test_a_picture_is_never_written_over_unless_told(year: Run, tmp_path: Path) -> None:
    target = tmp_path / "progress.html"
    target.write_text("mine")
    refused = year("progress", "--picture", str(target))
    assert (refused.code, target.read_text()) == (4, "mine")
    assert year("progress", "--picture", str(target), "--force").code == 0
    assert "promises kept" in target.read_text("utf-8")


def test_a_picture_shows_the_words_of_private_promises_only_when_told(
    year: Run, tmp_path: Path
) -> None:
    """What is drawn may be shown to others; the figures stay whole."""
    target = tmp_path / "progress.html"
    added = year(
        *(
            "action",
            "add",
            "priya",
            "--what",
            "Secret & <b>",
            "--owner",
            "me",
            "--private",
        ),
        *("--due", "2026-11-20"),
    )
    assert added.code == 0
    ran = year("progress", "--ledger", "--picture", str(target))
    assert (
        ran.err
        == "The words of 1 private promise are not shown; to see them, add --private.\n"
    )
    assert "Secret" not in target.read_text("utf-8")
    ran = year("progress", "--ledger", "--private", "--picture", str(target), "--force")
    assert ran.err == "It includes 1 private promise.\n"
    assert "Secret &amp; &lt;b&gt;" in target.read_text("utf-8")


def test_private_measures_are_left_out_and_counted(run: Run) -> None:
    hold(
        run,
        person="Ada",
        relationship="coachee",
        template="wellbeing",
        answers={"choice.willing": True, "now.energy": 4},
    )
    left_out = run("progress", "ada").out
    assert "1 private entry is not shown; to see it, add --private." in left_out
    assert "energy" not in left_out
    shown = run("progress", "ada", "--private").out
    assert "left out" not in shown
    assert "energy" in shown


@pytest.mark.parametrize(("name", "handle"), [([], "NAME"), (["al"], "al")])
def test_before_the_first_conversation_it_says_how_to_begin(
    run: Run, name: list[str], handle: str
) -> None:
    assert run("person", "add", "Al", "-r", "peer").code == 0
    out = run("progress", *name).out
    assert f"No conversations yet. To start: coachlog log {handle}\n" in out
    assert "90 days" not in out
