"""What is looked at in a journal: each command that shows figures, and how they are recounted."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from screens import (
    flatten_screen,
    list_contact_lines,
    list_goal_lines,
    list_missing_lines,
    list_progress_lines,
    list_set_lines,
    read_due_cells,
    write_due_cells,
)

from coachlog.terminal.console import Console
from command_runner import run_captured
from recount import Json, Question, Recount, keep_fields, list_differences

PROMISE_FIELDS = (
    *("id", "owner", "due", "original_due", "status", "closed_on", "carried"),
)
LEDGER_FIELDS = (
    *PROMISE_FIELDS,
    *("fate", "corrected", "counts_by_first_date", "counts_for"),
)
MEASURE_FIELDS = ("measure", "value", "low", "high", "on", "before", "before_on")
GOAL_FIELDS = ("id", "now", "baseline", "target", "weight", "status", "review_on")
WAITING_DAYS = 14
"""So many days in a row are looked at, if only at the whole: one day makes the difference."""
PENDING_DAYS = 8
RHYTHM_FIELDS = ("last_held", "next_due", "rhythm", "days_late")


class Look(NamedTuple):
    """A command, which figures are in what it prints, and what they must be.

    `read` gets the JSON document, or the text of a screen.
    """

    words: tuple[str, ...]
    today: date
    read: Callable[[Any], Any]
    count: Callable[[Recount], Any]

    def list_differences(self, output: str, recount: Recount) -> list[str]:
        """Return where what a command printed is not what the tables say."""
        # As JSON has it: a tuple is a list.
        counted = json.loads(json.dumps(self.count(recount)))
        if "--json" in self.words:
            return list_differences(self.read(json.loads(output)), counted)
        found = self.read(output)
        if isinstance(found, dict):
            return list_differences(found, counted)
        return list_missing_lines(found, counted)


def show(home: Path, zone: str, today: date, words: Iterable[str]) -> str:
    """Return what a command prints at eight in the evening of a day."""
    now = datetime.combine(today, time(20), tzinfo=ZoneInfo(zone))
    console = Console(home_override=home, clock=lambda: now, no_input=True, draws=True)
    environment = {"TZ": zone, "COLUMNS": "200"}
    ran = run_captured(list(words), console=console, env=environment)
    assert ran.exit_code == 0, (words, ran.output)
    return ran.stdout


def list_looks(
    today: date, people: list[tuple[int, str]], sets: list[tuple[int, str]]
) -> Iterator[Look]:
    """Yield all that is looked at on a day: of everyone, of some people, and of sets."""
    quarter = today - timedelta(days=91), None
    earlier = today - timedelta(days=210), today - timedelta(days=60)
    yield from look_at_progress(today)
    yield from look_at_progress(today, period=quarter)
    yield from look_at_progress(today, period=earlier)
    yield look_at_quarters(today)
    for person in people:
        yield from look_at_progress(today, person)
        yield from look_at_progress(today, person, quarter, with_ledger=False)
        yield look_at_brief(today, person)
        yield look_at_quarters(today, person)
    for learning_set in sets:
        yield from look_at_set(today, learning_set, (None, None))
        yield from look_at_set(today, learning_set, quarter)
        yield from look_at_set(today, learning_set, earlier)
        yield look_at_quarters(today, learning_set=learning_set)
    yield from look_at_lists(today)
    for days in range(1, WAITING_DAYS):  # more than a week, in which promises come due
        day = today + timedelta(days=days)
        yield from look_at_rhythms(day)
        if days < PENDING_DAYS:
            yield from look_at_progress(day, with_ledger=False)


Period = tuple[date | None, date | None]


def read_ledger(rows: list[Json]) -> list[Json]:
    """Return the figures of a ledger; the days of a reason are negative before the date."""
    figures = keep_fields(rows, LEDGER_FIELDS)
    for row, figure in zip(rows, figures, strict=True):
        figure["caveats"] = sorted(row["caveats"])
        found = re.search(r"(\d+) days? (after|before)[^;]*$", row["why"])
        figure["days_after"] = 0
        if found:
            days = int(found[1])
            figure["days_after"] = days if found[2] == "after" else -days
    return figures


def write_period(period: Period) -> list[str]:
    """Return the options for a period."""
    options = zip(("--since", "--until"), period, strict=True)
    return [
        word for option, day in options if day for word in (option, day.isoformat())
    ]


def look_at_progress(
    today: date,
    person: tuple[int, str] | None = None,
    period: Period = (None, None),
    *,
    with_ledger: bool = True,
) -> Iterator[Look]:
    id, name = person or (None, None)
    question = Question(today, *period, id)
    words = ["progress", *([name] if name else []), *write_period(period), "--json"]

    def read_progress(document: Json) -> Json:
        figures: Json = document["progress"]
        carried = keep_fields(figures["carried"], PROMISE_FIELDS)
        return figures | {"carried": carried}

    yield Look(
        tuple(words), today, read_progress, lambda recount: recount.progress(question)
    )
    if not with_ledger:
        return
    yield Look(
        tuple(words[:-1]),
        today,
        flatten_screen,
        lambda recount: list_progress_lines(recount.progress(question), today),
    )
    if with_ledger:
        yield Look(
            (*words, "--ledger"),
            today,
            lambda document: read_ledger(document["progress"]["ledger"]),
            lambda recount: recount.ledger(question),
        )


def look_at_quarters(
    today: date,
    person: tuple[int, str] | None = None,
    learning_set: tuple[int, str] | None = None,
) -> Look:
    words = ["progress", "--compare", "--json"]
    words += ["--set", learning_set[1]] if learning_set else []
    words += [person[1]] if person else []

    def read_comparison(document: Json) -> Json:
        comparison: Json = document["comparison"]
        for name in ("person", "person_id", "set", "set_id"):
            del comparison[name]
        return comparison

    question = Question(today, person=person[0] if person else None)
    set_id = learning_set[0] if learning_set else None
    return Look(
        tuple(words),
        today,
        read_comparison,
        lambda recount: recount.quarters(question, set_id),
    )


def look_at_brief(today: date, person: tuple[int, str]) -> Look:
    id, name = person

    def read_brief(document: Json) -> Json:
        brief = document["brief"]
        fields = ("next_due", "rhythm", "days_late", "days_since")
        actions = sorted(brief["actions"], key=lambda action: action["id"])
        measures = sorted(
            brief["measures"], key=lambda row: (row["measure"], row["low"], row["high"])
        )
        return {name: brief[name] for name in fields} | {
            "actions": keep_fields(actions, ("id", "due", "original_due", "carried")),
            "measures": keep_fields(measures, MEASURE_FIELDS),
        }

    return Look(
        ("brief", name, "--json"),
        today,
        read_brief,
        lambda recount: recount.brief(Question(today, person=id)),
    )


def look_at_set(
    today: date, learning_set: tuple[int, str], period: Period
) -> Iterator[Look]:
    id, name = learning_set
    words = ("progress", "--set", name, *write_period(period), "--json")
    question = Question(today, *period)
    yield Look(
        words,
        today,
        lambda document: document["set"],
        lambda recount: recount.set_progress(question, id),
    )
    yield Look(
        words[:-1],
        today,
        flatten_screen,
        lambda recount: list_set_lines(recount.set_progress(question, id)),
    )


def read_attainments(document: Json) -> Any:
    """Return the T-scores by person, to nine places."""
    rows = sorted(document["attainments"], key=lambda row: row["person_id"] or 0)
    return [
        row | {name: round(row[name], 9) for name in ("t_score", "t_score_at_start")}
        for row in rows
    ]


def read_list(name: str, fields: tuple[str, ...]) -> Callable[[Json], Any]:
    def read(document: Json) -> Any:
        rows = sorted(document[name], key=lambda row: row["id"])
        return keep_fields(rows, fields)

    return read


def look_at_lists(today: date) -> Iterator[Look]:
    yield from look_at_rhythms(today)
    yield Look(
        ("action", "list", "--all", "--private", "--json"),
        today,
        read_list("actions", (*PROMISE_FIELDS, "person_id")),
        lambda recount: recount.actions(today),
    )
    yield Look(
        ("action", "list"),
        today,
        read_due_cells,
        lambda recount: write_due_cells(recount.open_actions(today), today),
    )
    yield Look(
        ("action", "list", "--overdue", "--json"),
        today,
        lambda document: sorted(action["id"] for action in document["actions"]),
        lambda recount: recount.overdue(today),
    )
    yield Look(
        ("goal", "list", "--all", "--private", "--json"),
        today,
        read_list("goals", GOAL_FIELDS),
        lambda recount: recount.goals(today),
    )
    yield Look(
        ("goal", "list", "--json"),
        today,
        read_attainments,
        lambda recount: recount.attainments(today),
    )
    yield Look(
        ("goal", "list", "--all"),
        today,
        flatten_screen,
        lambda recount: list_goal_lines(recount.attainments(today), today),
    )
    yield Look(
        ("progress", "--shadow", "--json"),
        today,
        lambda document: document["shadow"]["reviews"],
        lambda recount: recount.shadow_reviews(today),
    )


def look_at_rhythms(today: date) -> Iterator[Look]:
    yield Look(
        ("person", "list", "--archived", "--json"),
        today,
        read_list("people", ("id", *RHYTHM_FIELDS, "open")),
        lambda recount: recount.contacts(today),
    )
    yield Look(
        ("person", "list"),
        today,
        flatten_screen,
        lambda recount: list_contact_lines(
            recount.contacts(today), recount.list_people(Question(today)), today
        ),
    )
    yield Look(
        ("set", "list", "--archived", "--json"),
        today,
        read_list("sets", ("id", *RHYTHM_FIELDS, "meetings", "open")),
        lambda recount: recount.sets(today),
    )
