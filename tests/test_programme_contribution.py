"""What a quarter contributes to a programme: counted by hand, and beside what `progress` says."""

import json
import re
import shutil
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from coachlog.dates import Rhythm
from coachlog.errors import InvalidInput, NotFound, Refusal, StorageFailure
from coachlog.model.actions import Action, ActionStatus, Event, EventKind
from coachlog.model.people import Direction
from coachlog.model.programme import (
    Breakdown,
    Contribution,
    Holder,
    PreparedContribution,
    Programme,
)
from coachlog.phrasing.programme import (
    NUMBER_WORDS,
    describe_cut,
    describe_number,
    describe_sum,
    format_number_value,
    list_joining_words,
)
from coachlog.rules.programme_figures import (
    DirectedPromise,
    RhythmPerson,
    count_person_weeks,
    count_promise_parts,
    list_template_indicators,
    rewind_promise,
)
from coachlog.rules.programme_members import derive_member_id
from coachlog.rules.programme_quarters import (
    find_last_whole_quarter,
    find_quarter_days,
    name_quarter,
    parse_quarter,
    require_finished_quarter,
)
from coachlog.rules.programme_shares import SHARE_MODULUS, add_shares
from coachlog.rules.programme_vector import (
    BUILTIN_TEMPLATES,
    MEASURE_INDICATORS,
    NUMBERS,
    SLIP_INDICATORS,
    USUAL_FIGURES,
    build_usual_caps,
    judge_slip,
    list_cut_numbers,
)
from coachlog.sealed.age_files import AgeKey
from coachlog.sealed.halves import open_half
from coachlog.sealed.join_files import digest_terms
from coachlog.services.desk import Desk
from coachlog.services.programme.checking import check_folder
from coachlog.services.programme.closing import write_manifest
from coachlog.services.programme.contributing import (
    build_halves,
    list_health_marks,
    prepare_contribution,
    send_contribution,
)
from coachlog.services.programme.joining import (
    join_programme,
    leave_programme,
    load_memberships,
)
from coachlog.services.programme.summing import sum_folder
from coachlog.store.database import Journal
from coachlog.store.journal_files import HEAD_FILE, JOURNAL_FILE
from coachlog.store.journal_state import seal_journal
from coachlog.store.reading.contribution_queries import (
    MONTHS_BEFORE_QUARTER,
    HealthMarks,
    read_contribution_numbers,
)
from coachlog.store.reading.progress_queries import read_progress
from coachlog.store.reading.trend_queries import read_measure_trends
from coachlog.templates.library import list_available_templates
from conftest import NOW, TODAY, Run, standing
from programme_support import KEYS, open_office
from set_builders import gather, meet, sure
from shared_builds import copied

NORTH = Programme(
    code="k7m2p9qx",
    name="North",
    breakdown=Breakdown.REGION,
    choices={
        Breakdown.COHORT: (),
        Breakdown.REGION: ("Leeds", "York"),
        Breakdown.BAND: ("7", "8a"),
    },
    keys={holder: key.public for holder, key in KEYS.items()},
    caps=build_usual_caps(),
)
LEEDS = {Breakdown.REGION: "leeds", Breakdown.BAND: "7"}
MOMENT = datetime(2026, 11, 30, 12, tzinfo=UTC)
AFTERWARDS = date(2027, 1, 11)
NO_MARKS = HealthMarks(frozenset(), frozenset())

STEPS = """
title = "Steps"
summary = "Three numbers."
audience = "one-to-one"
minutes = 10

[[stage]]
id = "now"
title = "Now"
"""
SCALE = """
[[stage.prompt]]
id = "{measure}"
ask = "How is {measure}?"
kind = "scale"
measure = "{measure}"
{more}
"""


def write_own_template(home: Path, id: str, *measures: str, more: str = "") -> None:
    """Put a template of the owner's in a home: it asks for one number after the other."""
    folder = home / "prompts"
    folder.mkdir(parents=True, exist_ok=True)
    scales = [SCALE.format(measure=measure, more=more) for measure in measures]
    (folder / f"{id}.toml").write_text(STEPS + "".join(scales), encoding="utf-8")


class Keeper:
    """Someone who keeps a journal, each command on a day of its own."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.promise_count = 0

    def type(self, day: str, *words: str, answers: Any = None) -> str:
        moment = datetime.fromisoformat(f"{day}T12:00:00+00:00")
        text = None if answers is None else json.dumps(answers)
        ran = self.run(*words, input=text, clock=standing(moment))
        assert ran.code == 0, (words, ran.err)
        return ran.out

    def hold(self, day: str, person: str | None, **more: Any) -> None:
        """Hold a conversation, with the template `quick` unless another is named."""
        answers = {"template": "quick", "held_on": day} | more
        if person:
            answers["person"] = person
        self.type(day, "session", "new", "--answers", "-", "--again", answers=answers)

    def promise(self, person: str, due: str, *steps: str, owner: str = "me") -> None:
        """Promise something for a day, and do what follows: `done DAY`, `move DAY to DAY`."""
        words = ("--what", "Ring back", "--owner", owner, "--due", due)
        self.type("2026-09-01", "action", "add", person, *words)
        self.promise_count += 1
        number = str(self.promise_count)
        for step in steps:
            verb, day, *more = step.split()
            self.type(day, "action", verb, number, *(["--to", more[1]] if more else []))


def keep_quarter(run: Run, home: Path) -> None:
    """Keep a journal over the last quarter of 2026, of which every number is known."""
    write_own_template(home, "steps", "clarity", "trust", "pressure")
    keeper = Keeper(run)
    add_people(keeper)
    talk(keeper)
    promise_things(keeper)
    keeper.type("2026-11-10", "met", "ann")
    keeper.type("2026-11-11", "met", "ben")
    keeper.type("2026-11-12", "met", "ben")
    keeper.type("2026-09-12", "met", "ben")
    for number in ("1", "2", "3", "4"):
        keeper.type("2026-09-02", "note", "ann", f"Rota {number}", "-k", "thanks")
    keeper.type("2026-11-20", "note", "--said", "1")
    keeper.type("2026-12-01", "note", "--said", "2")
    keeper.type("2026-12-01", "note", "--drop", "3")


def add_people(keeper: Keeper) -> None:
    first = "2026-09-01"
    add = ("person", "add")
    keeper.type(first, *add, "Ann Obi", "-r", "report", "--every", "2w")
    keeper.type(first, *add, "Ben Cole", "-r", "peer")
    keeper.type(first, *add, "Dee Moss", "-r", "report", "--every", "1w")
    keeper.type(first, *add, "Eva Lund", "-r", "coachee")
    keeper.type("2026-10-07", *add, "Cy Wu", "-r", "manager", "--every", "4w")
    members = ("--member", "Ann Obi", "--member", "Ben Cole", "--member", "me")
    keeper.type(first, "person", "edit", "me", "--name", "Sam Reed")
    keeper.type(first, "set", "add", "Ward leads", *members, "-r", "peer")


def talk(keeper: Keeper) -> None:
    """Talk with Ann until 2 November and again in December, once with Cy, and before with Dee."""
    keeper.hold("2026-09-21", "ann", minutes=30)
    keeper.hold("2026-09-30", "dee", minutes=30)
    keeper.hold("2026-10-05", "ann", minutes=30)
    keeper.hold("2026-10-07", "ben")
    keeper.hold("2026-10-19", "ann", minutes=40)
    keeper.hold("2026-11-02", "ann")
    keeper.hold("2026-11-09", "cy", minutes=60, template="grow")
    keeper.hold(
        "2026-11-17", "eva", minutes=45, template="three-way", **{"with": ["ben"]}
    )
    keeper.hold("2026-12-14", "ann", minutes=25)
    keeper.type("2026-11-04", "person", "archive", "dee")
    # Recorded alone, cancelled, in a set: no conversation with anybody.
    keeper.hold("2026-10-30", None, minutes=15, template="shadow")
    keeper.type("2026-10-26", "session", "cancel", "ann", "--by", "me")
    present = ["ann", "ben", "me"]
    keeper.hold(
        "2026-11-20",
        None,
        set="Ward leads",
        template="als",
        present=present,
        minutes=90,
    )
    values = zip(
        (3, 3, 4, 7, 8, 8), (5, 5, 6, 5, 6, 5), (9, 9, 8, 4, 4, 5), strict=True
    )
    days = ("10-06", "10-13", "10-20", "10-27", "11-03", "11-10")
    for day, numbers in zip(days, values, strict=True):
        names = ("now.clarity", "now.trust", "now.pressure")
        keeper.hold(
            f"2026-{day}",
            "ben",
            minutes=20,
            template="steps",
            answers=dict(zip(names, numbers, strict=True)),
        )


def promise_things(keeper: Keeper) -> None:
    promise = keeper.promise
    promise("ann", "2026-10-09", "done 2026-10-09")
    promise("ann", "2026-10-16", "done 2026-10-12")
    promise("ann", "2026-10-16", "move 2026-10-15 to 2026-10-23", "done 2026-10-22")
    promise("ann", "2026-10-30", "done 2026-11-04")
    promise("ann", "2026-11-06")
    promise("ann", "2026-12-18", "move 2026-12-17 to 2027-01-29")
    promise("ann", "2026-12-18", "move 2026-12-16 to 2027-01-08", "drop 2026-12-30")
    # Dropped by its first date, of another quarter, made by Ann, made to nobody: in no number.
    promise("ann", "2026-12-11", "drop 2026-12-10")
    promise("ann", "2026-09-30", "done 2026-10-08")
    promise("ann", "2027-01-04")
    promise("ann", "2026-11-13", "done 2026-11-13", owner="them")
    promise("me", "2026-11-10")

    promise("ben", "2026-11-20", "done 2026-11-20")
    promise("ben", "2026-11-13", "move 2026-11-13 to 2026-11-27", "done 2026-11-27")
    promise("ben", "2026-11-16", "move 2026-11-16 to 2026-11-20", "done 2026-11-18")
    promise("ben", "2026-11-02", "done 2026-11-03")
    promise("ben", "2026-11-03", "done 2026-11-05")
    promise("ben", "2026-11-04", "done 2026-11-07")
    promise("ben", "2026-12-22", "move 2026-12-21 to 2027-01-22")

    for day in ("2026-11-27", "2026-11-28", "2026-11-30"):
        promise("cy", day, f"done {day}")
    promise("cy", "2026-12-01", "move 2026-12-01 to 2026-12-04", "done 2026-12-04")
    for number in (7, 8, 9, 10):
        promise("cy", f"2026-12-{number:02}", f"done 2026-12-{number + 1:02}")
    for number in (14, 15, 16):
        moved = "move 2026-12-11 to 2027-01-20"
        promise("cy", f"2026-12-{number}", moved, "drop 2027-01-05")


COUNTED = {
    # Ann 3, Cy 1, the three 1, Ben 6: 95 + 60 + 45 + 120 minutes
    "conversations_with_minutes": 11,
    "conversations_without_minutes": 2,
    "minutes": 320,
    # Ann 9 and 4 of 13 Sundays, Cy 8 and 3 of 11, Dee 1 and 4 of the 5 until she was archived
    "weeks_on_time": 18,
    "weeks_late": 11,
    "kept_to_team": 2,
    "kept_by_new_date_to_team": 1,
    "not_kept_to_team": 2,
    "moved_to_team": 2,
    "kept_across": 1,
    "kept_by_new_date_across": 2,
    "not_kept_across": 3,
    "moved_across": 1,
    "kept_upwards": 3,
    "kept_by_new_date_upwards": 1,
    "not_kept_upwards": 4,
    "moved_upwards": 3,
    # Ann 6, 5, 66 and 24; Ben 14, 2, 1, 2, 3 and 20; Cy 3 and four times 1: typically 3
    "days_past_first_date": 101 + 42 + 7,
    "slip_week": 1,
    "set_meetings": 1,
    "thanks": 2,
    "met": 3,
    "contributed": 1,
    "measure_up": 1,
    "measure_same": 1,
    "measure_down": 1,
    "used_als": 1,
    "used_grow": 1,
    "used_quick": 1,
    "used_shadow": 1,
    "used_three_way": 1,
    "used_own_template": 1,
}
"""What is not named here is 0."""
SENT = {**dict.fromkeys(NUMBERS, 0), **COUNTED, "days_past_first_date": 120}
"""What leaves the journal: as many days as the cap."""


@pytest.fixture
def quarter(run: Run, home: Path) -> Run:
    copied(home, "programme-quarter", lambda: keep_quarter(run, home))
    return run


def open_desk(home: Path, today: date = AFTERWARDS) -> Desk:
    moment = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    return Desk(home, lambda: moment, "Europe/London")


def count_quarter(home: Path, quarter: str = "2026Q4") -> dict[str, int]:
    """Return the numbers of a quarter that are not 0."""
    desk = open_desk(home)
    with desk.read() as db:
        numbers = read_contribution_numbers(
            db, desk.today, *find_quarter_days(quarter), list_health_marks(desk)
        )
    assert tuple(numbers) == NUMBERS
    return {name: value for name, value in numbers.items() if value}


@pytest.mark.usefixtures("quarter")
def test_every_number_counted_by_hand(home: Path) -> None:
    assert count_quarter(home) == COUNTED


@pytest.mark.usefixtures("quarter")
def test_a_quarter_without_anything_is_only_contributed(home: Path) -> None:
    assert count_quarter(home, "2025Q2") == {"contributed": 1}


# Health


def hold_about_health(keeper: Keeper, home: Path) -> None:
    """Hold what would change every number if any of it counted."""
    write_own_template(home, "tank", "clarity", "fuel", more="health = true")
    said = {"notes": [{"note": 4, "outcome": "talked"}]}
    keeper.hold("2026-10-12", "ann", template="return", minutes=9, **said)
    end_promises_there(keeper)
    for day in ("2026-10-12", "2026-11-16", "2026-11-23", "2026-11-30", "2026-12-07"):
        promises = [{"what": "Ring", "owner": "me", "due": "2026-12-15"}]
        willing = {"choice.willing": True, "now.energy": 2}
        about = {"template": "wellbeing", "minutes": 50}
        keeper.hold(day, "ann", answers=willing, actions=promises, **about)
        keeper.hold(day, "dee" if day < "2026-11" else "eva", **about)
        keeper.hold(day, "cy", template="return", actions=promises)
        tank = {"now.clarity": 1, "now.fuel": 1}
        keeper.hold(day, "ben", template="tank", minutes=10, answers=tank)


def end_promises_there(keeper: Keeper) -> None:
    """Make promises elsewhere, and say in a conversation about health what became of them."""
    for _ in range(3):
        keeper.promise("ann", "2026-10-16")
    outcomes = [
        {"action": 31, "outcome": "done"},
        {"action": 32, "outcome": "moved", "due": "2026-10-30"},
        {"action": 33, "outcome": "dropped"},
    ]
    keeper.hold("2026-10-19", "ann", template="wellbeing", review=outcomes)
    # Done later, and elsewhere: it was moved there.
    keeper.type("2026-10-30", "action", "done", "32")


def test_a_promise_that_only_came_up_in_a_conversation_about_health_counts(
    quarter: Run, home: Path
) -> None:
    keeper = Keeper(quarter)
    keeper.promise("ann", "2026-10-20")
    still_open = {"action": 31, "outcome": "open"}
    keeper.hold("2026-10-19", "ann", template="wellbeing", review=[still_open])
    keeper.type("2026-10-20", "action", "done", "31")
    assert count_quarter(home) == {
        **COUNTED,
        "kept_to_team": COUNTED["kept_to_team"] + 1,
    }


def test_conversations_about_health_are_in_no_number(quarter: Run, home: Path) -> None:
    # Its measure is about health from now on, whichever template asks for it.
    write_own_template(home, "tank", "clarity", "fuel", more="health = true")
    without = count_quarter(home)
    assert without == {
        name: value for name, value in COUNTED.items() if name != "measure_up"
    }
    hold_about_health(Keeper(quarter), home)
    assert count_quarter(home) == without
    # The file may be gone: what was asked is on record.
    (home / "prompts" / "tank.toml").unlink()
    assert count_quarter(home) == COUNTED


def test_a_conversation_in_which_nothing_about_health_was_asked_counts_no_more(
    quarter: Run, home: Path
) -> None:
    """Its template could have asked."""
    Keeper(quarter).hold("2026-11-24", "ann", template="wellbeing", minutes=50)
    assert count_quarter(home) == COUNTED


@pytest.mark.usefixtures("quarter")
def test_a_template_that_asks_about_health_by_now_counts_no_more(home: Path) -> None:
    write_own_template(home, "steps", "vigour", more="health = true")
    stepless = {"conversations_with_minutes": 5, "minutes": 200}
    gone = (*MEASURE_INDICATORS, "used_own_template")
    counted = {name: value for name, value in COUNTED.items() if name not in gone}
    assert count_quarter(home) == counted | stepless


@pytest.mark.usefixtures("quarter")
def test_a_measure_that_was_not_asked_in_the_quarter_says_nothing_of_it(
    home: Path,
) -> None:
    desk = open_desk(home, date(2027, 4, 1))
    with desk.read() as db:
        numbers = read_contribution_numbers(
            db, desk.today, *find_quarter_days("2027Q1"), list_health_marks(desk)
        )
    assert [numbers[name] for name in MEASURE_INDICATORS] == [0, 0, 0]


def test_what_is_measured_in_a_set_counts_not(home: Path) -> None:
    """It is not one person's."""
    journal = Journal(home)
    with journal.change(NOW, create=True) as change:
        set_id, _ = gather(change, None, "Ann Obi", "Ben Cole")
        for number, value in enumerate((2, 2, 2, 9, 9, 9)):
            day = date(2026, 11, 10) + timedelta(days=number)
            answers = [sure(value)]
            meet(change, set_id, present=(1, 2), on=day, answers=answers)
    numbers = count_quarter(home)
    assert numbers == {"contributed": 1, "set_meetings": 6, "used_grow": 1}


def test_no_builtin_template_about_health_is_counted_as_one_of_the_others(
    tmp_path: Path,
) -> None:
    templates = list_available_templates(tmp_path).templates
    marks = list_health_marks(open_desk(tmp_path))
    assert {each.id for each in templates} - marks.templates == {*BUILTIN_TEMPLATES}
    assert len(BUILTIN_TEMPLATES) == len(templates) - len(marks.templates)
    assert marks.templates > {"wellbeing", "return"}
    assert marks.measures == {"energy", "tank"}


def test_a_template_of_the_owners_with_the_id_of_one_about_health_is_about_it_too(
    home: Path,
) -> None:
    write_own_template(home, "wellbeing", "clarity")
    write_own_template(home, "grow", "clarity", more="health = true")
    marks = list_health_marks(open_desk(home))
    assert {"wellbeing", "grow"} < marks.templates
    assert marks.measures == {"energy", "clarity", "tank"}


# Beside what `progress` says


def forget_health(journal: Path) -> None:
    """Let no answer be about health: `progress` counts these conversations, too."""
    with closing(dbapi2.connect(journal / JOURNAL_FILE, isolation_level=None)) as db:
        db.execute("UPDATE answer SET health = 0")
        seal_journal(db)
    (journal / HEAD_FILE).unlink(missing_ok=True)


QUARTERS = ("2025Q4", "2026Q1", "2026Q2", "2026Q3", "2026Q4")


@pytest.fixture(params=["a believable year", "many conversations"])
def compared(request: Any, year: Path, home: Path) -> Path:
    if request.param == "many conversations":
        from store_builders import fill

        home.mkdir()
        fill(home, sessions=600)
    else:
        shutil.copytree(year, home)
        forget_health(home)
    return home


def test_the_parts_add_up_to_what_progress_says(compared: Path) -> None:
    """Each figure of both, counted along two ways."""
    sums = dict.fromkeys(NUMBERS, 0)
    for quarter in QUARTERS:
        since, until = find_quarter_days(quarter)
        with Journal(compared).read() as db:
            numbers = read_contribution_numbers(db, AFTERWARDS, since, until, NO_MARKS)
            progress = read_progress(db, AFTERWARDS, since=since, until=until)
            year_before = date(until.year - 1, until.month, until.day)
            trends, _ = read_measure_trends(db, since=year_before, until=until)
        sums = {name: sums[name] + numbers[name] for name in NUMBERS}
        alone, sets = progress.alone, progress.sets
        assert alone is not None
        assert sets is not None
        talks = sum(day.sessions for day in progress.days)
        noted = sum(day.minutes_noted for day in progress.days)
        minutes = sum(day.minutes or 0 for day in progress.days)
        with_minutes = numbers["conversations_with_minutes"]
        without_minutes = numbers["conversations_without_minutes"]
        others = alone.sessions + sets.sessions
        assert with_minutes + without_minutes == talks - others
        assert with_minutes == noted - alone.minutes_noted - sets.minutes_noted
        assert numbers["minutes"] == minutes - (alone.minutes or 0) - (
            sets.minutes or 0
        )
        assert numbers["set_meetings"] == sets.sessions
        assert progress.met is not None
        assert numbers["met"] == progress.met.days
        directions = {
            "to_team": Direction.TEAM,
            "across": Direction.ACROSS,
            "upwards": Direction.UP,
        }
        assert progress.directions is not None
        tallies = {each.direction: each.tally for each in progress.directions}
        for ending, direction in directions.items():
            tally = tallies[direction]
            kept = numbers[f"kept_{ending}"]
            by_new_date = numbers[f"kept_by_new_date_{ending}"]
            not_kept = numbers[f"not_kept_{ending}"]
            moved = numbers[f"moved_{ending}"]
            first_date, as_agreed = tally.first_date, tally.as_agreed
            assert (kept, kept + by_new_date + not_kept + moved) == first_date
            assert (kept + by_new_date, kept + by_new_date + not_kept) == as_agreed
        changes = {each.direction for each in trends if each.points[-1].on >= since} - {
            None
        }
        assert sum(numbers[name] for name in MEASURE_INDICATORS) == len(changes)
        assert sum(numbers[name] for name in SLIP_INDICATORS) <= 1
    # It would prove nothing of what is never there.
    assert sums["conversations_with_minutes"] > 40
    assert sums["kept_to_team"] + sums["kept_upwards"] + sums["kept_across"] > 10


def test_of_a_usual_manager_nothing_is_cut(year: Path) -> None:
    """The demo's year is meant to be believed: the caps leave it as it is."""
    for quarter in ("2026Q1", "2026Q2", "2026Q3"):
        desk = open_desk(year, TODAY)
        with desk.read() as db:
            numbers = read_contribution_numbers(
                db,
                desk.today,
                *find_quarter_days(quarter),
                list_health_marks(desk),
            )
        assert list_cut_numbers(numbers, build_usual_caps()) == []
        assert numbers["conversations_with_minutes"] > 5


# Rules

WEEKLY = Rhythm(7)
SEPTEMBER = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("person", "on_time", "late"),
    [
        # The Sundays are 25 October, 1, 8 and 15 November.
        pytest.param(RhythmPerson(WEEKLY, SEPTEMBER, []), 0, 4, id="never-talked"),
        pytest.param(
            RhythmPerson(WEEKLY, SEPTEMBER, [date(2026, 10, 25)]),
            2,
            2,
            id="nine-days-are-in-grace",
        ),
        pytest.param(
            RhythmPerson(WEEKLY, date(2026, 10, 26), []),
            0,
            2,
            id="known-from-a-monday-on",
        ),
        pytest.param(
            RhythmPerson(WEEKLY, date(2026, 10, 25), []),
            1,
            2,
            id="known-from-a-sunday-on",
        ),
        pytest.param(
            RhythmPerson(WEEKLY, SEPTEMBER, [], paused_until=date(2026, 11, 2)),
            0,
            1,
            id="paused-until-a-monday",
        ),
        pytest.param(
            RhythmPerson(WEEKLY, SEPTEMBER, [], archived_on=date(2026, 11, 8)),
            0,
            2,
            id="archived-on-a-sunday",
        ),
        pytest.param(
            RhythmPerson(Rhythm(every_months=1), date(2026, 10, 1), []),
            2,
            2,
            id="a-month-and-its-grace",
        ),
    ],
)
def test_weeks_of_a_person(person: RhythmPerson, on_time: int, late: int) -> None:
    counts = count_person_weeks([person], date(2026, 10, 19), date(2026, 11, 15))
    numbers = ("weeks_on_time", "weeks_late")
    assert tuple(counts.get(name, 0) for name in numbers) == (on_time, late)


def count_promises_sent_on(home: Path, today: date) -> dict[str, int]:
    desk = open_desk(home, today)
    days = find_quarter_days("2026Q4")
    with desk.read() as db:
        numbers = read_contribution_numbers(db, today, *days, list_health_marks(desk))
    return {name: value for name, value in numbers.items() if value}


def test_the_same_journal_gives_the_same_numbers_whenever_it_is_sent(
    quarter: Run, home: Path
) -> None:
    """From the day on which promises settle, whatever happens to them after it."""
    settled = count_promises_sent_on(home, date(2027, 1, 14))
    # Three promises are open: three days each more than on 11 January.
    assert settled["days_past_first_date"] == COUNTED["days_past_first_date"] + 3 * 3
    assert count_promises_sent_on(home, date(2027, 12, 1)) == settled
    keeper = Keeper(quarter)
    # The open ones: missed until then, and moved in time until then.
    for day, words in {
        "2027-01-20": ("done", "5"),
        "2027-01-21": ("done", "6"),
        "2027-01-22": ("drop", "19"),
        "2027-01-23": ("reopen", "1"),
    }.items():
        keeper.type(day, "action", *words)
    assert count_promises_sent_on(home, date(2027, 12, 1)) == settled


def test_a_contribution_before_promises_settle_says_so(home: Path) -> None:
    join(home)
    assert prepare_contribution(open_desk(home)).settles_on == date(2027, 1, 14)
    later = open_desk(home, date(2027, 1, 14))
    assert prepare_contribution(later).settles_on is None


EVENTS_OF_REWOUND = {
    "made": Event(MOMENT, date(2026, 11, 1), EventKind.MADE, date(2026, 11, 2)),
    "done": Event(MOMENT, date(2026, 11, 10), EventKind.DONE),
    "dropped": Event(MOMENT, date(2026, 11, 10), EventKind.DROPPED),
    "reopened": Event(MOMENT, date(2026, 11, 20), EventKind.REOPENED),
    "again": Event(MOMENT, date(2026, 11, 22), EventKind.DONE),
}


@pytest.mark.parametrize(
    ("events", "day", "status", "closed_on"),
    [
        (("made", "done"), "11-09", "open", None),
        (("made", "done"), "11-10", "done", "11-10"),
        (("made", "done", "reopened"), "11-15", "done", "11-10"),
        (("made", "dropped", "reopened"), "11-15", "dropped", "11-10"),
        (("made", "done", "reopened"), "11-20", "open", None),
        (("made", "done", "reopened", "again"), "11-15", "done", "11-10"),
        (("made", "done", "reopened", "again"), "11-21", "open", None),
        (("made", "done", "reopened", "again"), "11-22", "done", "11-22"),
    ],
)
def test_a_promise_as_it_stood(
    events: tuple[str, ...], day: str, status: str, closed_on: str | None
) -> None:
    due = date(2026, 11, 2)
    last = {"done": "done", "dropped": "dropped", "reopened": "open", "again": "done"}
    own = tuple(EVENTS_OF_REWOUND[name] for name in events)
    now = ActionStatus(last[events[-1]])
    action = Action(
        *(1, "", None, None, "Ring", "me", due, due),
        status=now,
        closed_on=None if now is ActionStatus.OPEN else own[-1].on,
        events=own,
    )
    rewound = rewind_promise(action, date.fromisoformat(f"2026-{day}"))
    assert rewound.status == status
    closed_day = date.fromisoformat(f"2026-{closed_on}") if closed_on else None
    assert rewound.closed_on == closed_day


def test_a_typical_slip_is_of_those_that_went_past_their_first_date() -> None:
    def close(days: int) -> DirectedPromise:
        due = date(2026, 11, 2)
        action = Action(
            *(days, "", None, None, "Ring", "me", due, due),
            status=ActionStatus.DONE,
            closed_on=due + timedelta(days=days),
        )
        return DirectedPromise(action, Direction.TEAM)

    counts = count_promise_parts([close(days) for days in (0, 0, 0, 40)], AFTERWARDS)
    assert counts == {
        "kept_to_team": 3,
        "not_kept_to_team": 1,
        "days_past_first_date": 40,
        "slip_longer": 1,
    }
    assert count_promise_parts([close(0)], AFTERWARDS) == {
        "kept_to_team": 1,
        "days_past_first_date": 0,
        "slip_none": 1,
    }
    assert count_promise_parts([], AFTERWARDS) == {}


def test_each_template_has_a_number_of_its_own() -> None:
    assert list_template_indicators(BUILTIN_TEMPLATES) == {
        name: 1
        for name in NUMBERS
        if name.startswith("used_") and name != "used_own_template"
    }
    assert list_template_indicators(["grow", "mine", "theirs"]) == {
        "used_grow": 1,
        "used_own_template": 1,
    }


@pytest.mark.parametrize(
    ("days", "past_first", "indicator"),
    [
        (0, 0, "slip_none"),
        (7, 1, "slip_week"),
        (7.5, 2, "slip_month"),
        (31, 3, "slip_month"),
        (31.5, 4, "slip_longer"),
    ],
)
def test_how_far_promises_slip(days: float, past_first: int, indicator: str) -> None:
    assert judge_slip(days, past_first) == indicator


@pytest.mark.parametrize(
    ("quarter", "first_day", "last_day"),
    [
        ("2026Q1", "2026-01-01", "2026-03-31"),
        ("2026Q2", "2026-04-01", "2026-06-30"),
        ("2026Q4", "2026-10-01", "2026-12-31"),
        ("2024Q1", "2024-01-01", "2024-03-31"),
    ],
)
def test_the_days_of_a_quarter(quarter: str, first_day: str, last_day: str) -> None:
    days = tuple(map(date.fromisoformat, (first_day, last_day)))
    assert find_quarter_days(quarter) == days
    assert [name_quarter(day) for day in days] == [quarter, quarter]


@pytest.mark.parametrize("words", ["2026q4", "2026Q5", "2026-Q4", "26Q4", "", "٢٠٢٦Q4"])
def test_what_is_not_a_quarter(words: str) -> None:
    with pytest.raises(InvalidInput, match="not a quarter"):
        find_quarter_days(words)


@pytest.mark.parametrize(
    ("words", "quarter"),
    [
        ("2026Q4", "2026Q4"),
        ("2026q4", "2026Q4"),
        ("2026-Q4", "2026Q4"),
        (" Q4 2026 ", "2026Q4"),
        ("q4/2026", "2026Q4"),
        ("last", "2026Q3"),
        ("Last", "2026Q3"),
        ("4/2026", None),
        ("2026", None),
        ("Q5 2026", None),
        ("٢٠٢٦Q4", None),
        ("autumn", None),
        ("", None),
    ],
)
def test_a_quarter_as_people_write_it(words: str, quarter: str | None) -> None:
    today = date(2026, 11, 30)
    if quarter is not None:
        assert parse_quarter(words, today) == quarter
        return
    with pytest.raises(InvalidInput, match="is not a quarter") as refusal:
        parse_quarter(words, today)
    assert "Write it as 2026Q3" in str(refusal.value.hint)


def test_a_quarter_can_be_sent_from_the_day_after_it_on() -> None:
    with pytest.raises(InvalidInput, match="not over yet"):
        require_finished_quarter("2026Q4", date(2026, 12, 31))
    _, last_day = require_finished_quarter("2026Q4", date(2027, 1, 1))
    assert last_day == date(2026, 12, 31)
    assert find_last_whole_quarter(date(2027, 1, 1)) == "2026Q4"
    assert find_last_whole_quarter(date(2026, 12, 31)) == "2026Q3"


def test_an_id_is_stable_in_one_programme_and_another_in_the_next() -> None:
    ids = {
        derive_member_id(secret * 32, code)
        for secret in ("aa", "bb")
        for code in ("k7m2p9qx", "k7m2p9qy")
        for _ in range(2)
    }
    assert len(ids) == 4
    assert {len(each) for each in ids} == {16}
    # HMAC-SHA256 as another implementation has it: openssl dgst -sha256 -mac HMAC
    assert derive_member_id("aa" * 32, "k7m2p9qx") == "e6146598c4c765ea"


# Joined, left, sent


def join(home: Path, programme: Programme = NORTH, today: date = AFTERWARDS) -> None:
    join_programme(open_desk(home, today), programme, LEEDS, yes=True)


def send(home: Path) -> PreparedContribution:
    """Send the last quarter, and return it as it was prepared."""
    desk = open_desk(home)
    prepared = prepare_contribution(desk)
    send_contribution(desk, prepared, home.parent, force=False)
    return prepared


@pytest.mark.usefixtures("quarter")
def test_two_halves_add_up_to_the_numbers(home: Path) -> None:
    join(home)
    desk = open_desk(home)
    prepared = prepare_contribution(desk, "2026Q4")
    assert {name: value for name, value in prepared.numbers.items() if value} == COUNTED
    halves = build_halves(desk, prepared)
    sums = add_shares([half.numbers for half in halves], len(NUMBERS))
    assert dict(zip(NUMBERS, sums, strict=True)) == SENT
    first, second = halves
    assert (first.holder, second.holder) == tuple(Holder)
    assert first == second._replace(holder=first.holder, numbers=first.numbers)
    assert first._replace(numbers=()) == Contribution(
        programme="k7m2p9qx",
        quarter="2026Q4",
        holder=Holder.COORDINATOR,
        number=first.number,
        member=prepared.membership.member,
        edition=1,
        places={Breakdown.REGION: "Leeds", Breakdown.BAND: "7"},
        made_on=AFTERWARDS,
        numbers=(),
        terms=digest_terms(NORTH),
    )
    assert all(0 <= share < SHARE_MODULUS for share in first.numbers)
    again, _ = build_halves(desk, prepared)
    assert again.number != first.number
    assert sum(map(int.__eq__, again.numbers, first.numbers)) == 0


@pytest.mark.usefixtures("quarter")
def test_one_holder_gets_the_numbers_cut_at_their_caps(home: Path) -> None:
    single = NORTH._replace(
        keys={Holder.COORDINATOR: KEYS[Holder.COORDINATOR].public},
        caps={**NORTH.caps, "minutes": 300},
    )
    join(home, single)
    desk = open_desk(home)
    (whole,) = build_halves(desk, prepare_contribution(desk))
    numbers = dict(zip(NUMBERS, whole.numbers, strict=True))
    assert numbers == {**SENT, "minutes": 300}


@pytest.mark.usefixtures("quarter")
@pytest.mark.parametrize("is_split", [True, False])
def test_what_is_sent_is_what_each_holder_opens(home: Path, is_split: bool) -> None:
    """The files tell the day and no moment, and their names and lengths nothing."""
    holders = list(Holder) if is_split else [Holder.COORDINATOR]
    join(home, NORTH._replace(keys={each: KEYS[each].public for each in holders}))
    desk = open_desk(home)
    prepared = prepare_contribution(desk)
    sent = send_contribution(desk, prepared, home.parent, force=False)
    assert [each.holder for each in sent] == holders
    assert {each.path for each in sent} == {*home.parent.glob("*.age")}
    halves = [
        open_half(each.path.read_bytes(), AgeKey(KEYS[each.holder].secret)).half
        for each in sent
    ]
    sums = add_shares([half.numbers for half in halves], len(NUMBERS))
    assert dict(zip(NUMBERS, sums, strict=True)) == SENT
    assert len({half.number for half in halves}) == 1
    assert {half.member for half in halves} == {prepared.membership.member}
    statuses = [each.path.stat() for each in sent]
    assert len({status.st_size for status in statuses}) == 1
    noon = datetime(2027, 1, 11, 12, tzinfo=UTC).timestamp()
    assert {status.st_mtime for status in statuses} == {noon}
    assert {status.st_mode & 0o777 for status in statuses} == {0o600}


@pytest.mark.usefixtures("quarter")
def test_a_quarter_sent_again_is_a_later_edition(home: Path) -> None:
    join(home)
    first, second = send(home), send(home)
    assert (first.edition, second.edition) == (1, 2)
    memberships, sent = load_memberships(open_desk(home))
    assert [each.programme for each in memberships] == [NORTH]
    assert memberships[0].member == first.membership.member
    assert [(each.quarter, each.edition) for each in sent] == [
        ("2026Q4", 1),
        ("2026Q4", 2),
    ]
    assert len({each.number for each in sent}) == 2
    # Two windows prepared the same edition: the second is refused.
    before = sorted(home.parent.glob("*.age"))
    with pytest.raises(Refusal, match="another run"):
        send_contribution(open_desk(home), second, home.parent, force=False)
    assert sorted(home.parent.glob("*.age")) == before


@pytest.mark.usefixtures("quarter")
def test_nothing_is_on_record_where_the_files_cannot_be_written(home: Path) -> None:
    join(home)
    desk = open_desk(home)
    prepared = prepare_contribution(desk)
    with pytest.raises(StorageFailure):
        send_contribution(desk, prepared, home / "nowhere", force=False)
    assert prepare_contribution(open_desk(home)).edition == 1


def test_undo_takes_back_neither_joining_nor_sending(quarter: Run, home: Path) -> None:
    before = quarter("undo", "--list", "--json").json
    join(home)
    send(home)
    leave_programme(open_desk(home))
    assert quarter("undo", "--list", "--json").json == before


def test_a_restore_keeps_what_was_sent(quarter: Run, home: Path) -> None:
    clock = standing(datetime(2027, 1, 11, 12, tzinfo=UTC))
    assert quarter("backup", "create", clock=clock).code == 0
    join(home)
    sent = send(home)
    ran = quarter("backup", "restore", "2027-01-11", "--yes", clock=clock)
    assert ran.code == 0, ran.err
    again = prepare_contribution(open_desk(home))
    assert (again.edition, again.membership) == (2, sent.membership)


@pytest.mark.usefixtures("quarter")
def test_a_programme_left_gets_nothing_more(home: Path) -> None:
    with pytest.raises(NotFound, match="not joined a programme"):
        prepare_contribution(open_desk(home))
    join(home)
    with pytest.raises(Refusal, match="already joined North"):
        join(home)
    first = send(home)
    leave_programme(open_desk(home), "north")
    with pytest.raises(NotFound, match=r"You left North on 11 January 2027\."):
        prepare_contribution(open_desk(home))
    # Whoever joins again goes on with the same id, and with the next edition.
    join(home)
    again = prepare_contribution(open_desk(home), programme="K7M2P9QX")
    assert again.membership.member == first.membership.member
    assert again.edition == 2
    memberships, _ = load_memberships(open_desk(home))
    assert [each.left_on for each in memberships] == [AFTERWARDS, None]


@pytest.mark.usefixtures("quarter")
def test_of_two_programmes_one_is_named(home: Path) -> None:
    join(home)
    join(home, NORTH._replace(code="aaaa1111", name="South"))
    with pytest.raises(InvalidInput, match="more than one"):
        prepare_contribution(open_desk(home))
    with pytest.raises(NotFound, match="no programme “East”"):
        prepare_contribution(open_desk(home), programme="East")
    south = prepare_contribution(open_desk(home), programme="South").membership
    north = prepare_contribution(open_desk(home), programme="North").membership
    assert south.member != north.member


@pytest.mark.usefixtures("quarter")
def test_a_quarter_before_joining_can_be_sent_and_is_told(home: Path) -> None:
    join(home, today=date(2026, 12, 31))
    assert not prepare_contribution(open_desk(home)).is_before_joining
    leave_programme(open_desk(home))
    join(home)
    # Whoever joins again was a member before.
    assert not prepare_contribution(open_desk(home)).is_before_joining


@pytest.mark.usefixtures("quarter")
def test_a_quarter_before_the_first_joining_is_told(home: Path) -> None:
    join(home)
    prepared = prepare_contribution(open_desk(home))
    assert (prepared.is_before_joining, prepared.is_long_before_joining) == (
        True,
        False,
    )
    earlier = prepare_contribution(open_desk(home), "2026Q3")
    assert (earlier.is_before_joining, earlier.is_long_before_joining) == (True, True)


def test_a_quarter_sent_is_of_the_membership_that_sent_it(
    quarter: Run, home: Path
) -> None:
    """Whoever joins once more does not see it twice."""
    join(home)
    send(home)
    leave_programme(open_desk(home))
    join(home)
    assert send(home).edition == 2
    memberships = quarter("programme", "show", "--json").json["programmes"]
    editions = [
        [each["edition"] for each in membership["contributions"]]
        for membership in memberships
    ]
    assert editions == [[1], [2]]
    shown = quarter("programme", "show").out
    assert len(re.findall(r"2026Q4 +\d", shown)) == 2


@pytest.mark.usefixtures("quarter")
def test_eight_journals_add_up_to_what_is_in_them(home: Path, tmp_path: Path) -> None:
    """From each manager's journal, over both holders' folders, to the sums of the group."""
    office = open_office(tmp_path)
    programme = office.programme
    for number in range(8):
        copy = tmp_path / f"manager-{number}"
        shutil.copytree(home, copy)
        desk = open_desk(copy)
        places = {Breakdown.COHORT: "2026", Breakdown.REGION: "north"}
        join_programme(desk, programme, places, yes=True)
        prepared = prepare_contribution(desk)
        for sent in send_contribution(desk, prepared, tmp_path, force=False):
            sent.path.rename(office.folder(sent.holder) / sent.path.name)
    lists = [office.file("list.json", holder) for holder in Holder]
    for holder, path in zip(Holder, lists, strict=True):
        paths = (office.folder(holder), office.key(holder), office.join_file, path)
        assert len(check_folder(office.desk(holder), *paths).contributions) == 8
    manifest = tmp_path / "manifest.json"
    closing = (office.desk(), "2026Q4", lists, office.join_file, manifest)
    assert write_manifest(*closing).groups == {"North": 8}
    sums = []
    for holder in Holder:
        folder, key = office.folder(holder), office.key(holder)
        output = office.file("sums.json", holder)
        run = sum_folder(
            office.desk(holder), folder, manifest, key, office.join_file, output
        )
        (group,) = run.sums.groups
        sums.append(group.sums)
    total = add_shares(sums, len(NUMBERS))
    assert dict(zip(NUMBERS, total, strict=True)) == {
        name: 8 * value for name, value in SENT.items()
    }


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ({Breakdown.REGION: "Leeds"}, "Your band is needed"),
        ({Breakdown.REGION: "Hull", Breakdown.BAND: "7"}, "no region “Hull”"),
    ],
)
def test_where_somebody_is_has_to_be_in_the_programme(
    home: Path, places: dict[Breakdown, str], words: str
) -> None:
    with pytest.raises(InvalidInput, match=words):
        join_programme(open_desk(home), NORTH, places, yes=True)
    assert not (home / JOURNAL_FILE).exists()


def test_a_programme_with_a_key_that_is_none_is_refused(home: Path) -> None:
    with pytest.raises(InvalidInput, match="“governance” was changed or cut short"):
        join(home, NORTH._replace(keys={**NORTH.keys, Holder.GOVERNANCE: "age1one"}))


def test_a_programme_with_other_numbers_is_refused(home: Path) -> None:
    with pytest.raises(InvalidInput, match="list 2"):
        join(home, NORTH._replace(vector=2))


# Words


def test_a_sum_is_nobody_s_own() -> None:
    words = [describe_sum(name) for name in NUMBERS]
    assert not [each for each in words if re.search(r"\byour?\b", each)]
    assert len(set(words)) == len(NUMBERS)


def test_each_number_has_words_of_its_own() -> None:
    assert set(NUMBER_WORDS) == set(NUMBERS)
    assert len(set(NUMBER_WORDS.values())) == len(NUMBERS)
    assert all(len(describe_number(name)) < 80 for name in NUMBERS)


def test_how_a_number_is_shown() -> None:
    shown = [
        format_number_value(name, value)
        for name, value in (("minutes", 2160), ("used_grow", 1), ("measure_up", 0))
    ]
    assert shown == ["2,160", "yes", "no"]
    assert describe_cut(300, 300) == ""
    assert describe_cut(301, 300).startswith("sent as 300")


def test_what_is_said_before_joining() -> None:
    split = " ".join(list_joining_words(NORTH))
    single = " ".join(list_joining_words(NORTH._replace(keys={Holder.COORDINATOR: ""})))
    for words in ("voluntary", "pseudonym", "cannot be called back", "health"):
        assert (words in split, words in single) == (True, True)
    assert "two random halves" in split
    assert "the two holders together" in split
    assert "can read your numbers" in single
    assert "random halves" not in single


PAGE = (Path(__file__).parent.parent / "docs/figures.md").read_text(encoding="utf-8")


def test_the_page_has_each_number_with_its_usual_figure_and_its_cap() -> None:
    caps = build_usual_caps()
    rows = [
        f"| {describe_number(name)} | {usual} | {caps[name]} |"
        for name, usual in USUAL_FIGURES.items()
    ]
    assert "\n".join(rows) in PAGE
    templates = ", ".join(BUILTIN_TEMPLATES)
    assert templates in " ".join(PAGE.split())
    assert str(MONTHS_BEFORE_QUARTER + 3) == "12"
