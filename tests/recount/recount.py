"""Counts the figures of a journal again: the views of `figures.sql` in the shape of `--json`.

Nothing of coachlog is imported here.
"""

import json
import math
import sqlite3
import statistics
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

FIGURES = Path(__file__).with_name("figures.sql").read_text(encoding="utf-8")
FATES = ("kept", "kept_as_reagreed", "kept_late", "missed", "pending", "released")
DECIDED = FATES[:4]
CARRIED_OFTEN = 3
WHOSE = "(person IS NULL OR id IN (SELECT id FROM coming_up WHERE who = person))"
THEIRS = "id IN (SELECT id FROM coming_up WHERE who = :id)"
IN_SET = "id IN (SELECT action_id FROM set_action WHERE set_id = :id)"


def pick_side(name: str = "first_owner", person: str = "person") -> str:
    """Return the SQL of the side that an owner of the promise `id` is on: `me`, `them` or NULL.

    Of `person`, or of everyone if that is NULL.
    """
    return f"""CASE WHEN {name} = 'me' THEN 'me' WHEN EXISTS (
        SELECT 1 FROM maker WHERE promise_id = id AND called = {name}
        AND coalesce({person}, who) = who) THEN 'them' END"""


Row = dict[str, Any]
Json = dict[str, Any]


class Median:
    """The middle of numbers, or the mean of both in the middle: for SQL, which has none."""

    def __init__(self) -> None:
        self.values: list[float] = []

    def step(self, value: Any, /) -> None:
        """Take one value; NULL counts for nothing."""
        if value is not None:
            self.values.append(value)

    def finalize(self) -> float | None:
        """Return the median; None of no values."""
        return statistics.median(self.values) if self.values else None


class Question(NamedTuple):
    """What is asked of a journal: on which day, for which period, about whom (None: everyone)."""

    today: date
    since: date | None = None
    until: date | None = None
    person: int | None = None
    private: bool = False


class Recount:
    """One journal, counted again; `spoilt` puts other words into the definitions."""

    def __init__(
        self,
        home: Path,
        days: Mapping[tuple[str, int], date],
        spoilt: tuple[str, str] | None = None,
    ) -> None:
        path = home / "coachlog.db"
        self._db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        self._db.create_function("sqrt", 1, math.sqrt, deterministic=True)
        median: Any = Median
        self._db.create_aggregate("median", 1, median)
        self._db.execute(
            "CREATE TEMP TABLE question (today, since, until, person, private)"
        )
        self._db.execute(
            "CREATE TEMP TABLE diary (source, id, day, PRIMARY KEY (source, id))"
        )
        self._db.executemany(
            "INSERT INTO diary VALUES (?, ?, ?)",
            [(source, id, day.isoformat()) for (source, id), day in days.items()],
        )
        definitions = FIGURES
        if spoilt is not None:
            assert definitions.count(spoilt[0]) >= 1, spoilt
            definitions = definitions.replace(*spoilt)
        self._db.executescript(definitions)

    def close(self) -> None:
        """Let go of the journal."""
        self._db.close()

    def ask(self, question: Question) -> None:
        """Set what the views answer from now on."""
        values = [
            value.isoformat() if isinstance(value, date) else value
            for value in question
        ]
        self._db.execute("DELETE FROM question")
        self._db.execute("INSERT INTO question VALUES (?, ?, ?, ?, ?)", values)

    def select(self, query: str, **values: Any) -> list[Row]:
        """Return rows as dicts."""
        cursor = self._db.execute(query, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def value(self, query: str, **values: Any) -> Any:
        """Return the first column of the first row."""
        return self._db.execute(query, values).fetchone()[0]

    # Promises

    def tally(self, source: str, condition: str, **values: Any) -> Json:
        """Return the fates and both ratios of what `source` holds under a condition."""
        rows = self.select(
            f"SELECT fate, in_first FROM {source} JOIN question "
            f"WHERE fate IS NOT NULL AND {condition} "
            "AND first_date BETWEEN coalesce(since, '') AND coalesce(until, '9999-12-31')",
            **values,
        )
        counts = {fate: sum(row["fate"] == fate for row in rows) for fate in FATES}
        for fate in ("pending", "released"):
            counts[f"{fate}_past_first"] = sum(
                row["fate"] == fate and bool(row["in_first"]) for row in rows
            )
        decided = sum(counts[fate] for fate in DECIDED)
        first_of = sum(bool(row["in_first"]) for row in rows)
        agreed = counts["kept"] + counts["kept_as_reagreed"]
        return {
            "decided": decided,
            **counts,
            "strict": counts["kept"] / first_of if first_of else None,
            "honoured": agreed / decided if decided else None,
            "first_date": {"kept": counts["kept"], "of": first_of},
            "as_agreed": {"kept": agreed, "of": decided},
        }

    def both_sides(
        self, condition: str, *, person: str = "person", **values: Any
    ) -> Json:
        """Return the tallies of `me` and `them`, of a `person` or of everyone."""
        is_on_side = f"{pick_side(person=person)} = :side"
        return {
            name: self.tally(
                "judged", f"{is_on_side} AND {condition}", side=name, **values
            )
            for name in ("me", "them")
        }

    def corrections(self) -> Json:
        """Return the owner's tally as corrected and the day of the last correction, or nulls."""
        (latest,) = self.select(
            f"SELECT max(said_on) AS day FROM corrected JOIN question USING (today) WHERE {WHOSE} "
            "AND first_date BETWEEN coalesce(since, '') AND coalesce(until, '9999-12-31')"
        )
        if latest["day"] is None:
            return {"me_corrected": None, "corrected_on": None}
        tally = self.tally("standing", f"first_owner = 'me' AND {WHOSE}")
        return {"me_corrected": tally, "corrected_on": latest["day"]}

    # What is said beside the ratios

    def directions(self) -> list[Json]:
        """Return the owner's tallies to their team, across and up."""
        kinds = {
            "team": "('report', 'mentee', 'coachee')",
            "across": "('peer')",
            "up": "('manager', 'coach', 'mentor', 'supervisor')",
        }
        return [
            {
                "direction": direction,
                **self.tally(
                    "judged",
                    f"first_owner = 'me' AND relationship IN {relationships} AND {WHOSE}",
                ),
            }
            for direction, relationships in kinds.items()
        ]

    def slips(self, which: str, condition: str = WHOSE, **values: Any) -> Json:
        """Return how far the dates of one side's promises slipped."""
        (counts,) = self.select(
            f"""
            SELECT count(*) FILTER (WHERE move_count > 0) AS redated,
                   coalesce(sum(move_count), 0) AS moves, count(days_late) AS late,
                   median(days_late) AS median_days, max(days_late) AS longest_days
            FROM slipped JOIN question
            WHERE {pick_side()} = :side AND {condition}
              AND first_date BETWEEN coalesce(since, '') AND coalesce(until, '9999-12-31')
            """,
            side=which,
            **values,
        )
        return counts

    def caveats(self, which: str, condition: str = WHOSE, **values: Any) -> Json:
        """Return what is counted aloud of one side's promises."""
        (counts,) = self.select(
            f"""
            SELECT count(*) FILTER (WHERE NOT hidden AND first_date IS NULL) AS without_date,
                   count(*) FILTER (WHERE hidden AND first_date IS NOT NULL) AS hidden,
                   coalesce(sum(NOT hidden AND is_dated_later), 0) AS dated_later,
                   coalesce(sum(NOT hidden AND is_afterwards), 0) AS recorded_afterwards,
                   count(*) FILTER (WHERE NOT hidden AND reagreed = 'together')
                       AS reagreed_together,
                   count(*) FILTER (WHERE NOT hidden AND reagreed = 'alone') AS reagreed_alone,
                   coalesce(sum(NOT hidden AND is_handed_over), 0) AS owner_changed
            FROM caveat JOIN question
            WHERE {pick_side()} = :side AND {condition}
              AND (coalesce(since, until) IS NULL
                   OR counted_on BETWEEN coalesce(since, '') AND coalesce(until, '9999-12-31'))
            """,
            side=which,
            **values,
        )
        return counts | {"handed_over": self.given_away(which, condition, **values)}

    def given_away(self, which: str, condition: str, **values: Any) -> Any:
        """Return how many promises a side gave to somebody else by their first date."""
        return self.value(
            f"""
            SELECT count(*) FROM given_away JOIN question
            WHERE NOT hidden AND {pick_side("giver")} = :side AND {pick_side()} IS NOT :side
              AND {condition}
              AND first_date BETWEEN coalesce(since, '') AND coalesce(until, '9999-12-31')
            """,
            side=which,
            **values,
        )

    def remarks(self, condition: str = WHOSE, **values: Any) -> Json:
        """Return slips and caveats of both sides."""
        return {
            "me_slips": self.slips("me", condition, **values),
            "them_slips": self.slips("them", condition, **values),
            "me_caveats": self.caveats("me", condition, **values),
            "them_caveats": self.caveats("them", condition, **values),
        }

    def beside_the_ratios(self, *, is_for_one: bool) -> Json:
        """Return directions, slips and caveats, as `progress --json` has them."""
        own = "first_owner = 'me' AND relationship IS NULL"
        return {
            "directions": None if is_for_one else self.directions(),
            "own_plan": None if is_for_one else self.tally("judged", own),
            **self.remarks(),
        }

    def carried(self) -> list[Row]:
        """Return the open promises that came back three times or more."""
        return self.select(
            f"""
            SELECT id, owner, due_now AS due, first_date AS original_due, status, closed_on,
                   carried
            FROM promise JOIN question USING (today)
            WHERE status = 'open' AND {WHOSE} AND carried >= :often
            ORDER BY owner = 'them', carried DESC, id
            """,
            often=CARRIED_OFTEN,
        )

    def ledger(self, question: Question) -> list[Row]:
        """Return each promise that counts, as recorded or as corrected."""
        self.ask(question)
        rows = self.select(
            f"""
            SELECT id, owner, due_now AS due, first_date AS original_due, status,
                   closed_on, carried, fate, in_first AS counts_by_first_date,
                   {pick_side()} AS counts_for,
                   (SELECT said_fate FROM correction_in_force AS said WHERE said.id = judged.id)
                       AS corrected,
                   CAST(julianday(last_day) - julianday(
                       CASE fate WHEN 'kept' THEN first_date ELSE in_force END)
                       AS INTEGER) AS days_after
            FROM judged JOIN question USING (today)
            WHERE {pick_side()} IS NOT NULL AND {WHOSE}
              AND first_date BETWEEN coalesce(since, '') AND coalesce(until, '9999-12-31')
              AND (in_first
                   OR EXISTS (SELECT 1 FROM standing AS said
                              WHERE said.id = judged.id AND said.in_first))
            ORDER BY counts_for = 'them', first_date, id
            """
        )
        for row in rows:
            row["caveats"] = self.ledger_caveats(row["id"])
        return rows

    def ledger_caveats(self, id: int) -> list[str]:
        """Return what is counted aloud of a promise in a ratio, for whichever side."""
        (row,) = self.select(
            f"""
            SELECT is_dated_later, is_afterwards, is_handed_over, reagreed,
                   EXISTS (SELECT 1 FROM given_away JOIN question WHERE id = :id
                           AND {pick_side("giver")} IS NOT NULL
                           AND {pick_side("giver")} IS NOT {pick_side()}) AS is_given_away
            FROM caveat WHERE id = :id
            """,
            id=id,
        )
        counted = {
            "dated_later": row["is_dated_later"],
            "handed_over": row["is_given_away"],
            "owner_changed": row["is_handed_over"],
            "reagreed_alone": row["reagreed"] == "alone",
            "reagreed_together": row["reagreed"] == "together",
            "recorded_afterwards": row["is_afterwards"],
        }
        return [name for name, is_counted in counted.items() if is_counted]

    # Everybody, or one person

    def progress(self, question: Question) -> Json:
        """Return what `progress --json` must say."""
        self.ask(question)
        is_for_one = question.person is not None
        figures = {
            **self.both_sides(WHOSE),
            "people": [self.person_figures(row) for row in self.list_people(question)],
            "since": format_day(question.since),
            "until": format_day(question.until),
            "first_held": self.value("SELECT first_held FROM span"),
            "carried": self.carried(),
            "months": self.months(),
            "days": self.days(),
            "measures": self.trends() if is_for_one else [],
            "withheld": self.withheld() if is_for_one else 0,
            "themes": self.themes(is_for_one=is_for_one),
            "alone": None if is_for_one else self.talks_alone(),
            "archived": None if is_for_one else self.talks_with_archived(),
            "sets": None if is_for_one else self.meetings(),
            **self.corrections(),
            **self.beside_the_ratios(is_for_one=is_for_one),
            "weeks_without": None if is_for_one else self.weeks_without(),
            "long_gaps": self.long_gaps() if is_for_one else None,
            "met": self.select(
                "SELECT count(*) AS days, count(DISTINCT person_id) AS people FROM spoken_to"
            )[0],
        }
        return figures | {"comparison": self.beside_days_before(question, WHOSE)}

    def list_people(self, question: Question) -> list[Row]:
        """Return the active people by name, or the one who was asked about."""
        condition = "archived_at IS NULL"
        if question.person is not None:
            condition = "id = (SELECT person FROM question)"
        return self.select(f"SELECT * FROM person WHERE {condition} ORDER BY name")

    def person_figures(self, person: Row) -> Json:
        """Return the row of one person."""
        id = person["id"]
        held = (
            "SELECT {} FROM talk_in_period AS talk JOIN partner ON session_id = talk.id "
            "WHERE who = :id AND status = '{}'"
        )
        (talks,) = self.select(
            held.format(sum_minutes(), "held"),
            id=id,
        )
        (cancelled,) = self.select(
            held.format(
                "count(*) FILTER (WHERE cancelled_by = 'me') AS cancelled_by_me,"
                "count(*) FILTER (WHERE cancelled_by = 'them') AS cancelled_by_them",
                "cancelled",
            ),
            id=id,
        )
        (promises,) = self.select(
            """
            SELECT count(*) FILTER (WHERE status = 'open') AS open,
                   count(*) FILTER (WHERE status = 'open' AND max(due_now, first_date) < today)
                       AS overdue,
                   count(*) FILTER (WHERE status = 'done' AND (
                       coalesce(since, until) IS NULL OR first_date BETWEEN
                       coalesce(since, '') AND coalesce(until, '9999-12-31'))) AS done
            FROM promise JOIN question USING (today)
            WHERE id IN (SELECT id FROM coming_up WHERE who = :id)
            """,
            id=id,
        )
        return {
            "name": person["name"],
            **talks,
            **promises,
            "last_held": self.value(
                "SELECT max(held_on) FROM talk JOIN partner ON session_id = talk.id "
                "WHERE status = 'held' AND who = :id",
                id=id,
            ),
            **self.both_sides(THEIRS, person=":id", id=id),
            **cancelled,
            **self.fairness(id),
            "met": self.value(
                "SELECT count(*) FROM spoken_to WHERE person_id = :id", id=id
            ),
            "person_id": id,
        }

    def fairness(self, person: int) -> Json:
        """Return someone's share of the owner's time, beside what was agreed or is usual."""
        rows = self.select("SELECT * FROM fairness WHERE id = :id", id=person)
        if not rows:
            return {"under_half": None, "fairness": None}
        (row,) = rows
        del row["id"]
        under_half = None
        if row["usual_sessions"] is not None:
            under_half = 2 * row["sessions"] < row["usual_sessions"]
            if row["usual_minutes"] is not None:
                under_half |= 2 * row["minutes"] < row["usual_minutes"]
        return {"under_half": under_half, "fairness": row}

    # Conversations

    def talks_alone(self) -> Json:
        return self.select(
            f"SELECT {sum_minutes()}, 0 AS people FROM talk_in_period "
            "WHERE status = 'held' AND person_id IS NULL AND set_id IS NULL"
        )[0]

    def talks_with_archived(self) -> Json:
        return self.select(
            f"SELECT {sum_minutes()}, count(DISTINCT who) AS people FROM talk_in_period AS talk "
            "JOIN partner ON session_id = talk.id WHERE status = 'held' AND who IN "
            "(SELECT id FROM person WHERE archived_at IS NOT NULL)"
        )[0]

    def meetings(self) -> Json:
        return self.select(
            f"SELECT {sum_minutes()}, count(DISTINCT set_id) AS sets FROM met"
        )[0]

    def days(self) -> list[Row]:
        """Return the days on which something was held or cancelled."""
        return self.select(
            f"""
            SELECT held_on AS date, {sum_drawn()},
                   count(*) FILTER (WHERE status = 'held' AND is_alone) AS alone
            FROM drawn GROUP BY held_on ORDER BY held_on
            """
        )

    def months(self) -> list[Row]:
        """Return every month of what is drawn."""
        return self.select(
            f"""
            WITH RECURSIVE month (first) AS (
                SELECT date(first_day, 'start of month') FROM span
                UNION ALL
                SELECT date(first, '+1 month') FROM month JOIN span
                WHERE date(first, '+1 month') <= last_day
            )
            SELECT strftime('%Y-%m', first) AS month, {sum_drawn()}
            FROM month LEFT JOIN drawn ON date(held_on, 'start of month') = first
            GROUP BY first ORDER BY first
            """
        )

    def weeks_without(self) -> int | None:
        if self.value("SELECT first_met FROM span") is None:
            return None
        return int(self.value("SELECT count(*) FROM week_without"))

    def long_gaps(self) -> int | None:
        (person,) = self.select(
            "SELECT person.* FROM person JOIN question ON person.id = person"
        )
        if person["every_days"] is None and person["every_months"] is None:
            return None
        return int(self.value("SELECT count(*) FROM long_gap"))

    def themes(self, *, is_for_one: bool) -> list[Row]:
        return self.select(
            """
            WITH latest AS (
                SELECT talk.id FROM talk_in_period AS talk JOIN question
                WHERE status = 'held' AND (person IS NULL OR EXISTS (
                    SELECT 1 FROM partner WHERE session_id = talk.id AND who = person))
                ORDER BY held_on DESC, talk.id DESC LIMIT :most
            )
            SELECT tag.name AS tag, count(*) AS sessions, (SELECT count(*) FROM latest) AS "of"
            FROM latest JOIN session_tag AS s ON s.session_id = latest.id
                 JOIN tag ON tag.id = s.tag_id
            GROUP BY tag.id ORDER BY sessions DESC, tag.name
            """,
            most=5 if is_for_one else 20,
        )

    # Measures

    def trends(self) -> list[Json]:
        """Return the trends of one person."""
        rows = self.select(
            """
            SELECT measure, low, high, held_on AS "on", value FROM asked JOIN question
            WHERE person_id = person AND set_id IS NULL AND (private OR NOT hidden)
            ORDER BY measure, low, high, held_on, session_id, position
            """
        )
        (person,) = self.select(
            "SELECT name, id FROM person WHERE id = (SELECT person FROM question)"
        )
        return group_trends(rows, person["name"], person["id"])

    def withheld(self) -> int:
        return int(
            self.value(
                "SELECT count(*) FROM asked JOIN question WHERE person_id = person "
                "AND set_id IS NULL AND hidden AND NOT private"
            )
        )

    # Two periods

    def beside_days_before(
        self, question: Question, whose: str, **values: Any
    ) -> Json | None:
        """Return a period up to today beside as many days before it; None without a first day."""
        last = min(question.until or question.today, question.today)
        if question.since is None or question.since > last:
            return None
        length = last - question.since
        before = question.since - timedelta(days=1)
        now = question._replace(until=last)
        return self.compare(
            now, now._replace(since=before - length, until=before), whose, **values
        )

    def compare_quarters(self, question: Question, whose: str, **values: Any) -> Json:
        """Return the last whole quarter of the calendar beside the one before it."""
        tomorrow = question.today + timedelta(days=1)
        months = 12 * tomorrow.year + (tomorrow.month - 1) // 3 * 3
        ends = [
            date(months_ago // 12, months_ago % 12 + 1, 1)
            for months_ago in (months, months - 3, months - 6)
        ]
        end, since, before = ends
        one_day = timedelta(days=1)
        return self.compare(
            question._replace(since=since, until=end - one_day),
            question._replace(since=before, until=since - one_day),
            whose,
            **values,
        )

    def compare(
        self, now: Question, before: Question, whose: str, **values: Any
    ) -> Json:
        """Return both ratios of both sides in two periods, for a set those of all as well."""
        tallies = []
        for question in (now, before):
            self.ask(question)
            both = self.both_sides(whose, **values)
            everyone = f"{pick_side()} IS NOT NULL AND {whose}"
            tallies.append(
                both | {"promises": self.tally("judged", everyone, **values)}
            )
        sides = {
            side: {
                ratio: compare_ratios(tallies[0][side][ratio], tallies[1][side][ratio])
                for ratio in ("first_date", "as_agreed")
            }
            for side in ("me", "them", "promises")
        }
        days = {
            "since": format_day(now.since),
            "until": format_day(now.until),
            "before_since": format_day(before.since),
            "before_until": format_day(before.until),
        }
        if "set_action" not in whose:
            sides["promises"] = None  # type: ignore[assignment]
        return {"days": days, **sides}

    def quarters(self, question: Question, set_id: int | None) -> Json:
        """Return what `progress --compare --json` must say: of everyone, a person or a set."""
        if set_id is not None:
            return self.compare_quarters(question, IN_SET, id=set_id)
        return self.compare_quarters(question, WHOSE)

    # Sets

    def set_progress(self, question: Question, set_id: int) -> Json:
        """Return what `progress --set --json` must say."""
        self.ask(question)
        (learning_set,) = self.select(
            "SELECT name, slug, id, uid FROM learning_set WHERE id = :id", id=set_id
        )
        figures = {
            **learning_set,
            "members": self.value(
                "SELECT count(*) FROM set_member WHERE set_id = :id AND role = 'member' "
                "AND left_on IS NULL",
                id=set_id,
            ),
            "meetings": self.set_meetings(set_id),
            "promises": self.tally(
                "judged", f"{pick_side()} IS NOT NULL AND {IN_SET}", id=set_id
            ),
            **self.both_sides(IN_SET, id=set_id),
            "people": self.set_people(set_id),
            "measures": self.set_trends(set_id),
            "since": format_day(question.since),
            "until": format_day(question.until),
            "withheld": 0,
            **self.remarks(IN_SET, id=set_id),
        }
        comparison = self.beside_days_before(question, IN_SET, id=set_id)
        return figures | {"comparison": comparison}

    def set_meetings(self, set_id: int) -> list[Json]:
        """Return the meetings held, with their questions by tag."""
        rows = self.select(
            """
            SELECT met.id AS session, held_on, met.minutes,
                   (SELECT count(*) FROM participant WHERE session_id = met.id) AS present,
                   count(asked.session_id) AS asked, count(tag) AS tagged,
                   count(*) FILTER (WHERE tag = 'open') AS open,
                   count(*) FILTER (WHERE tag = 'closed') AS closed,
                   count(*) FILTER (WHERE tag = 'leading') AS leading
            FROM met LEFT JOIN question_asked AS asked ON asked.session_id = met.id
            WHERE set_id = :id GROUP BY met.id ORDER BY held_on, met.id
            """,
            id=set_id,
        )
        return [
            row | {"open_share": row["open"] / row["tagged"] if row["tagged"] else None}
            for row in rows
        ]

    def set_people(self, set_id: int) -> list[Json]:
        """Return what each person did in a set: the owner first, then by name."""
        rows = self.select(
            """
            SELECT who, person.name, coalesce(person.slug, 'me') AS slug, attended.role, left_on,
                   present, turns, minutes, minutes_noted, share AS turn_share, usual_share
            FROM attended LEFT JOIN person ON person.id = who
                 LEFT JOIN turn_share USING (set_id, who) LEFT JOIN usual_turn_share USING (set_id)
            WHERE set_id = :id ORDER BY who > 0, person.name
            """,
            id=set_id,
        )
        return [self.set_person(set_id, row) for row in rows]

    def set_person(self, set_id: int, row: Row) -> Json:
        """Return the figures of one person in a set; `who` is 0 for the owner of the journal."""
        who = row.pop("who")
        whose = (
            "first_owner = 'me'"
            if not who
            else "first_owner = 'them' AND person_id = :who"
        )
        if row["usual_share"] is None or row["turn_share"] is None:
            row["usual_share"] = row["turn_share"] = row["under_half"] = None
        else:
            row["under_half"] = 2 * row["turn_share"] < row["usual_share"]
        if row["turns"] == 0:
            row["minutes"] = 0
        row["name"] = row["name"] or self.owner_name()
        return {
            **row,
            "promises": self.tally(
                "judged", f"{whose} AND {IN_SET}", id=set_id, who=who
            ),
            "person_id": who or None,
        }

    def owner_name(self) -> str:
        """Return what the owner is called: by name, or else `me`."""
        rows = self.select("SELECT value FROM setting WHERE key = 'me'")
        return str(rows[0]["value"]) if rows else "me"

    def set_trends(self, set_id: int) -> list[Json]:
        """Return the trends of what a set said of itself, not of one member's turn."""
        rows = self.select(
            """
            SELECT measure, low, high, held_on AS "on", value FROM asked
            WHERE set_id = :id AND slot_id IS NULL AND NOT hidden
            ORDER BY measure, low, high, held_on, session_id, position
            """,
            id=set_id,
        )
        return group_trends(rows, None, None)

    # Other commands

    def contacts(self, today: date) -> list[Row]:
        """Return what `person list --archived --json` must say of each person, by id."""
        self.ask(Question(today))
        return self.select(
            """
            SELECT rhythm.*, (SELECT count(*) FROM promise JOIN coming_up USING (id)
                WHERE who = rhythm.id AND status = 'open'
                AND id NOT IN (SELECT action_id FROM set_action)) AS open
            FROM rhythm ORDER BY id
            """
        )

    def sets(self, today: date) -> list[Row]:
        """Return what `set list --archived --json` must say of each set, by id."""
        self.ask(Question(today))
        return self.select(
            """
            SELECT id, last_held, next_due, rhythm, days_late,
                   (SELECT count(*) FROM talk WHERE set_id = set_rhythm.id AND status = 'held')
                       AS meetings,
                   (SELECT count(*) FROM promise JOIN set_action ON action_id = promise.id
                    WHERE set_id = set_rhythm.id AND status = 'open') AS open
            FROM set_rhythm ORDER BY id
            """
        )

    def attainments(self, today: date) -> list[Json]:
        """Return the T-scores that `goal list --json` must have, by person."""
        self.ask(Question(today))
        rows = self.select(
            """
            SELECT person.name AS person, attained.* FROM attained
            LEFT JOIN person ON person.id = person_id ORDER BY person_id
            """
        )
        for row in rows:
            row["includes_closed"] = bool(row["includes_closed"])
            for name in ("t_score", "t_score_at_start"):
                row[name] = round(row[name], 9)
        return rows

    def shadow_reviews(self, today: date) -> list[Json]:
        """Return the reviews that `progress --shadow --json` must have, with their facts."""
        self.ask(Question(today))
        reviews = self.select(
            """
            SELECT session, held_on, begins AS since, say, act, prioritise, measure, gap,
                   (SELECT count(*) FROM unseen WHERE unseen.session = review.session) AS red,
                   (SELECT count(*) FROM talk WHERE cancelled_by = 'me'
                    AND talk.held_on BETWEEN begins AND review.held_on) AS cancelled_by_me
            FROM review ORDER BY held_on, session
            """
        )
        for row in reviews:
            since, until = map(date.fromisoformat, (row["since"], row["held_on"]))
            self.ask(Question(today, since, until))
            row["promises"] = self.tally("judged", "first_owner = 'me'")
            row["between"] = self.between_leaders((until - since).days + 1)
        return reviews

    def between_leaders(self, days: int) -> Json:
        """Return what is on record of how the owner treats other leaders, in so many days."""
        directions = {row.pop("direction"): row for row in self.directions()}
        met = self.value("SELECT count(*) FROM spoken_to")
        weeks = max(Fraction(days, 7), 1)
        return {
            "across": directions["across"],
            "up": directions["up"],
            "thanks": self.value("SELECT count(*) FROM thanked"),
            "met": met,
            "met_per_week": float((10 * met / weeks + Fraction(1, 2)) // 1) / 10,
        }

    def brief(self, question: Question) -> Json:
        """Return the figures that `brief --json` must have."""
        self.ask(question)
        (row,) = self.select(
            """
            SELECT next_due, rhythm, days_late,
                   CAST(julianday(today) - julianday(last_held) AS INTEGER) AS days_since
            FROM rhythm JOIN question ON id = person
            """
        )
        row["actions"] = self.select(
            """
            SELECT id, due_now AS due, first_date AS original_due, carried
            FROM promise JOIN question USING (today) JOIN coming_up USING (id)
            WHERE status = 'open' AND who = person AND NOT promise.private
              AND id NOT IN (SELECT action_id FROM set_action)
            ORDER BY id
            """
        )
        row["measures"] = self.select(
            """
            WITH ranked AS (
                SELECT *, row_number() OVER (
                           PARTITION BY measure
                           ORDER BY held_on DESC, session_id DESC, position DESC) AS nth,
                       lead(value) OVER same AS before, lead(held_on) OVER same AS before_on
                FROM asked JOIN question WHERE person_id = person AND NOT hidden
                WINDOW same AS (PARTITION BY measure, low, high
                                ORDER BY held_on DESC, session_id DESC, position DESC)
            )
            SELECT measure, value, low, high, held_on AS "on", before, before_on FROM ranked
            WHERE nth = 1 ORDER BY measure, low, high
            """
        )
        return row

    def goals(self, today: date) -> list[Row]:
        """Return what `goal list --all --json` must say of each goal, by id."""
        self.ask(Question(today))
        return self.select(
            """
            SELECT id, now, baseline, target, weight, status,
                   -- A review is over once the goal was rated on its day or later.
                   CASE WHEN rated_on >= review_on THEN NULL ELSE review_on END AS review_on
            FROM rated_goal ORDER BY id
            """
        )

    def actions(self, today: date) -> list[Row]:
        """Return what `action list --all --json` must say of each promise, by id."""
        self.ask(Question(today))
        return self.select(
            """
            SELECT id, person_id, owner, due_now AS due, first_date AS original_due, status,
                   closed_on, carried
            FROM promise ORDER BY id
            """
        )

    def open_actions(self, today: date) -> list[Row]:
        """Return the open promises, with how often each was given another date."""
        self.ask(Question(today))
        return self.select(
            """
            SELECT id, due_now AS due, first_date AS original_due, carried,
                   (SELECT count(*) FROM redating WHERE action_id = promise.id AND NOT is_first)
                       AS moves
            FROM promise WHERE status = 'open' ORDER BY id
            """
        )

    def overdue(self, today: date) -> list[int]:
        """Return the promises that `action list --overdue` must have, by id."""
        self.ask(Question(today))
        rows = self.select(
            "SELECT id FROM promise WHERE status = 'open' AND max(due_now, first_date) < today "
            "ORDER BY id"
        )
        return [row["id"] for row in rows]


def sum_minutes() -> str:
    """Return the columns of how many were held, and their minutes as far as noted."""
    return (
        "count(*) AS sessions, CASE WHEN count(*) > 0 AND count(minutes) = 0 THEN NULL "
        "ELSE CAST(total(minutes) AS INTEGER) END AS minutes, count(minutes) AS minutes_noted"
    )


def sum_drawn() -> str:
    """Return the columns of a day or a month."""
    held = "FILTER (WHERE status = 'held')"
    return (
        f"count(*) {held} AS sessions, "
        f"CASE WHEN count(*) {held} > 0 AND count(minutes) {held} = 0 THEN NULL "
        f"ELSE CAST(total(minutes) {held} AS INTEGER) END AS minutes, "
        "count(*) FILTER (WHERE cancelled_by = 'me') AS cancelled_by_me, "
        "count(*) FILTER (WHERE cancelled_by = 'them') AS cancelled_by_them, "
        f"count(minutes) {held} AS minutes_noted"
    )


def group_trends(rows: Iterable[Row], name: str | None, id: int | None) -> list[Json]:
    """Return one trend for each measure on one range, from values in their order."""
    groups: dict[tuple[str, int, int], list[Row]] = {}
    for row in rows:
        key = row["measure"], row["low"], row["high"]
        groups.setdefault(key, []).append({"on": row["on"], "value": row["value"]})
    return [
        {
            "measure": measure,
            "person": name,
            "low": low,
            "high": high,
            **sum_up_points(points),
            **judge_points([point["value"] for point in points], high - low),
            "person_id": id,
        }
        for (measure, low, high), points in groups.items()
    ]


def sum_up_points(points: list[Row]) -> Json:
    """Return the first and the latest of values in their order, and how they differ."""
    first, latest = points[0]["value"], points[-1]["value"]
    return {
        "first": first,
        "latest": latest,
        "change": latest - first if len(points) > 1 else None,
        "n": len(points),
        "points": points,
    }


def judge_points(values: list[int], width: int) -> Json:
    """Return the medians of the first and the last three of six values or more, and the direction.

    Three tenths of a range make a clear change: 3 on a range from 1 to 10.
    """
    if len(values) < 6:
        return {"median_first": None, "median_last": None, "direction": None}
    first, last = statistics.median(values[:3]), statistics.median(values[-3:])
    direction = "no clear change"
    if last != first and abs(last - first) >= 0.3 * width:
        direction = "up" if last > first else "down"
    return {"median_first": first, "median_last": last, "direction": direction}


def compare_ratios(now: Json, before: Json) -> Json:
    """Return two shares, and whether they differ by more than chance (Newcombe 1998, method 10)."""
    change = None
    if now["of"] and before["of"]:
        share, was = now["kept"] / now["of"], before["kept"] / before["of"]
        low, high = find_wilson_ends(share, now["of"])
        was_low, was_high = find_wilson_ends(was, before["of"])
        change = "unclear"
        if share - was > math.hypot(share - low, was_high - was):
            change = "more"
        if was - share > math.hypot(high - share, was - was_low):
            change = "fewer"
    return {"now": now, "before": before, "change": change}


def find_wilson_ends(share: float, total: int) -> tuple[float, float]:
    """Return the two shares from which this one is 1.96 standard errors away, by their equation."""
    z = 1.959964
    # (share - p)^2 = z^2 p (1 - p) / total, as a p^2 + b p + c = 0
    a, b, c = 1 + z * z / total, -(2 * share + z * z / total), share * share
    root = math.sqrt(max(b * b - 4 * a * c, 0))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def format_day(day: date | None) -> str | None:
    return day.isoformat() if day else None


# Comparing


def list_differences(found: Any, counted: Any, path: str = "") -> list[str]:
    """Return where two JSON values differ, each with both values; fields of both are looked at."""
    if isinstance(found, dict) and isinstance(counted, dict):
        return _list_field_differences(found, counted, path)
    if isinstance(found, list) and isinstance(counted, list):
        if len(found) != len(counted):
            return [f"{path}: {len(found)} in it, counted {len(counted)}"]
        pairs = zip(found, counted, strict=True)
        return [
            difference
            for place, (one, other) in enumerate(pairs)
            for difference in list_differences(one, other, f"{path}[{place}]")
        ]
    if found != counted:
        return [f"{path}: {json.dumps(found)}, counted {json.dumps(counted)}"]
    return []


def _list_field_differences(found: Json, counted: Json, path: str) -> list[str]:
    differences = []
    for name in sorted({*found, *counted}):
        if name not in counted:
            differences.append(f"{path}.{name}: not counted again")
        elif name not in found:
            differences.append(f"{path}.{name}: not there")
        else:
            differences += list_differences(
                found[name], counted[name], f"{path}.{name}"
            )
    return differences


def keep_fields(rows: Iterable[Json], names: Iterable[str]) -> list[Json]:
    """Return rows with these fields alone."""
    kept = list(names)
    return [{name: row[name] for name in kept} for row in rows]
