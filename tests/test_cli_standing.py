"""`coachlog progress --themes`: where one stands before, after and six months on."""

import json
from typing import Any

import pytest

from conftest import Run

EARLY, LATE, LATER = "2026-02-02", "2026-09-01", "2026-11-20"
NEAR = {"words.keep": 5, "words.say": 5, "words.same": 6}
FAR = {"words.keep": 8, "words.say": 8, "words.same": 3}
TIRED = {"resilience.rest": 2, "resilience.limit": 3, "resilience.help": 3}


def rate(run: Run, day: str, moment: str, **more: Any) -> None:
    """Record a conversation about the themes from answers on standard input."""
    answers = {"moment.when": moment} | more.pop("ratings", NEAR)
    file = {"template": "where-i-stand", "held_on": day, "answers": answers} | more
    words = ("session", "new", "--answers", "-", "--again")
    ran = run(*words, input=json.dumps(file))
    assert ran.code == 0, ran.err


def read_view(run: Run, *words: str) -> Any:
    return run("progress", "--themes", "--json", *words).json["themes"]


def read_theme(run: Run, id: str, *words: str) -> Any:
    """Return one theme, each moment as its value and how many items were rated."""
    (theme,) = (
        each for each in read_view(run, *words)["themes"] if each["theme"] == id
    )
    return [(moment["value"], moment["items"]) for moment in theme["moments"]]


def test_a_theme_stands_at_three_moments(run: Run) -> None:
    rate(run, EARLY, "at joining")
    rate(run, LATE, "at the end", ratings=FAR)
    rate(run, LATER, "six months on", ratings={"words.keep": 4, "words.say": 3})
    assert read_theme(run, "words") == [(5, 3), (8, 3), (3.5, 2)]
    shown = run("progress", "--themes").out
    assert "Words and deeds          5    8      3.5*  no clear change" in shown
    assert "not proof" in shown
    assert "at the end: Tue 1 Sep" in shown


@pytest.mark.parametrize(
    ("end", "words"), [(7, "no clear change"), (8, "up 3"), (2, "down 3")]
)
def test_less_than_three_is_no_clear_change(run: Run, end: int, words: str) -> None:
    rate(run, EARLY, "at joining")
    rate(run, LATE, "at the end", ratings=dict.fromkeys(NEAR, end))
    (row,) = (
        line for line in run("progress", "--themes").out.split("\n") if "Words" in line
    )
    assert row.endswith(words)


def test_one_item_is_no_theme(run: Run) -> None:
    rate(run, EARLY, "at joining", ratings={"words.keep": 5})
    assert read_theme(run, "words") == [(None, 1), (None, 0), (None, 0)]


def test_the_last_one_about_a_moment_counts(run: Run) -> None:
    rate(run, LATE, "at joining", ratings=FAR)
    rate(run, EARLY, "at joining")
    view = read_view(run)
    assert read_theme(run, "words")[0] == (8, 3)
    assert view["not_counted"] == 1
    assert "Not counted: 1 conversation" in run("progress", "--themes").out
    run("session", "delete", "1", "--yes")
    assert read_theme(run, "words")[0] == (5, 3)


def test_resilience_is_shown_on_request_only(run: Run) -> None:
    rate(run, EARLY, "at joining", ratings=TIRED | NEAR)
    assert read_theme(run, "resilience")[0] == (None, 0)
    shown = run("progress", "--themes").out
    assert "3 ratings left out" in shown
    assert "private" in shown
    assert read_theme(run, "resilience", "--private")[0] == (3, 3)
    assert "left out" not in run("progress", "--themes", "--private").out


def test_no_other_figure_has_the_items(run: Run) -> None:
    """Eighteen measures would push all others off the screens that list measures."""
    rate(run, EARLY, "at joining", ratings=TIRED | NEAR)
    figures = run("progress", "--private", "--json").json["progress"]
    assert figures["measures"] == []
    table = run("export", "table", "measures", "--private", "-o", "-").out
    assert "words" not in table
    assert "rest" not in table


def test_it_comes_back_after_six_months(run: Run) -> None:
    rate(run, "2026-11-20", "at joining")
    (session,) = run("session", "list", "--all", "--json").json["sessions"]
    shown = run("session", "show", str(session["id"]), "--json").json["session"]
    assert shown["returns_on"] == ["2027-05-20"]


def test_nothing_yet_names_the_template(run: Run) -> None:
    rate(run, EARLY, "at joining")
    run("session", "delete", "1", "--yes")
    assert "session new -t where-i-stand" in run("progress", "--themes").out


@pytest.mark.parametrize(
    "words",
    [
        ("priya",),
        ("--measure", "confidence"),
        ("--set", "ward"),
        ("--ledger",),
        ("--shadow",),
        ("--compare",),
        ("--standards",),
        ("--since", "2026-01-01"),
        ("--until", "2026-01-01"),
    ],
)
def test_it_stands_alone(run: Run, words: tuple[str, ...]) -> None:
    ran = run("progress", "--themes", *words)
    assert ran.code == 2
    assert "--themes" in ran.err or "--shadow" in ran.err
