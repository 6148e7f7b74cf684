"""Random histories: journals filled by the commands that a person has, each from one seed.

Nothing is written but by commands; the tables are only read, to choose what the next command is
about. The clock stands still within a command. Histories run through year ends, leap days and days
on which clocks change, in zones whose day is not that of UTC; in some the owner flies to another.
"""

import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from typer.testing import CliRunner

from coachlog.cli import app
from coachlog.terminal.console import Console

ZONES = (
    "America/St_Johns",
    "Pacific/Auckland",
    "Pacific/Kiritimati",
    "Europe/London",
)
STARTS = (
    date(2027, 11, 8),  # over a year's end, to a leap day and the change of the clocks
    date(2026, 8, 24),  # the clocks change in both hemispheres, then a year's end
    date(2024, 1, 29),  # a leap day soon
    date(2025, 12, 27),
)
PEOPLE = (
    ("Ann Obi", "report"),
    ("Ben Cole", "report"),
    ("Cara Diaz", "report"),
    ("Dan Ek", "report"),
    ("Eve Fox", "peer"),
    ("Finn Gray", "peer"),
    ("Gita Hall", "peer"),
    ("Hal Ives", "coachee"),
    ("Ida Jones", "mentee"),
    ("Jon King", "manager"),
    ("Kim Lund", "mentor"),
    ("Lea Moss", "coach"),
    ("Max Nunn", "supervisor"),
)
RHYTHMS = ("1w", "2w", "3w", "4w", "1m", "3m", "10d", "45d")
TAGS = ("handover", "rota", "leave", "budget")
WEEKLY = "Ben Cole"
"""Whom to talk with every week, as a short rhythm needs other days of grace than a long one."""
SET_NAME = "Ward leads"
TALKS: dict[str, dict[str, tuple[int, int]]] = {
    "quick": {},
    "check-in": {"theirs.work": (1, 10)},
    "scaling": {"now.where-now": (1, 10)},
    "wellbeing": {"now.energy": (1, 10)},
    "short-scale": {
        "now.work": (0, 5),
        "now.energy": (1, 10),
        "now.sleep": (1, 10),
    },
}
"""Conversations with one person, and the scales that are answered in each."""

OWN_TEMPLATE = """
title = "Short scale"
summary = "A measure on another range, and one that is private."
audience = "one-to-one"
minutes = 5

[[stage]]
id = "now"
title = "Now"

[[stage.prompt]]
id = "work"
ask = "How is work, from 0 to 5?"
kind = "scale"
low = 0
high = 5
measure = "work-felt"

[[stage.prompt]]
id = "energy"
ask = "How much energy is there?"
kind = "scale"
measure = "work-felt"
health = true

[[stage.prompt]]
id = "sleep"
ask = "How is sleep?"
kind = "scale"
measure = "work-felt"
private = true
"""


class Line(NamedTuple):
    """A command as it was typed, with its local moment and zone; `refusal` is '' if it was done."""

    at: str
    zone: str
    words: tuple[str, ...]
    input: str | None
    refusal: str


class History:
    """A journal on its way: who the owner is, where, and what comes next."""

    def __init__(self, home: Path, seed: int) -> None:
        self.home = home
        self.random = Random(seed)
        zone = ZONES[seed % len(ZONES)]
        start = STARTS[(seed + seed // len(ZONES)) % len(STARTS)]
        self.zone = ZoneInfo(zone)
        self.now = datetime.combine(
            start + timedelta(days=self.random.randrange(60)),
            datetime.min.time(),
            tzinfo=self.zone,
        ).astimezone(UTC)
        self.noted = self.random.choice((0.6, 0.95))  # how often minutes are noted
        self.lines: list[Line] = []
        self.days: dict[tuple[str, int], date] = {}

    # Looking

    @property
    def today(self) -> date:
        """Return the local day where the owner is."""
        return self.now.astimezone(self.zone).date()

    def select(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return rows of the journal; none while there is no journal."""
        if not (self.home / "coachlog.db").exists():
            return []
        db = sqlite3.connect(
            f"file:{self.home / 'coachlog.db'}?mode=ro&immutable=1", uri=True
        )
        try:
            return db.execute(query, values).fetchall()
        finally:
            db.close()

    def pick(self, query: str, *values: object) -> Any:
        """Return the first column of a random row, None if there is none."""
        rows = self.select(query, *values)
        return self.random.choice(rows)[0] if rows else None

    def pick_person(self) -> str:
        """Return a name, that of the first few people more often; seldom it is nobody's yet."""
        names = [name for name, _ in PEOPLE]
        if self.happens(0.95):
            names = [
                name
                for (name,) in self.select(
                    "SELECT name FROM person WHERE archived_at IS NULL ORDER BY id"
                )
            ]
        place = int(self.random.triangular(0, len(names), 0))
        return names[min(place, len(names) - 1)]

    def pick_past_day(self, days: int) -> date:
        """Return today more often than not, or else a day up to so many days ago."""
        if self.happens(0.55):
            return self.today
        return self.today - timedelta(days=self.random.randint(1, days))

    def happens(self, chance: float) -> bool:
        """Return True as often as the chance, from 0 to 1, says."""
        return self.random.random() < chance

    # Typing

    def let_time_pass(self) -> None:
        """Move the clock on by up to some days, to any time of a local day."""
        days = self.random.choice((0, 0, 0, 1, 1, 2, 3, 4, 8))
        day = self.today + timedelta(days=days)
        minutes = self.random.choice((5, 9 * 60, 13 * 60, 23 * 60 + 50))
        local = datetime(day.year, day.month, day.day, tzinfo=self.zone) + timedelta(
            minutes=minutes
        )
        self.now = max(local.astimezone(UTC), self.now + timedelta(minutes=1))

    def wait_until(self, day: date) -> None:
        """Move the clock on to the morning of a local day, if that is still to come."""
        morning = datetime(day.year, day.month, day.day, 9, tzinfo=self.zone)
        self.now = max(morning.astimezone(UTC), self.now)

    def fly(self) -> None:
        """Change the zone: the local day may be the one before, or the one after."""
        self.zone = ZoneInfo(self.random.choice(ZONES))

    def type_line(self, *words: str, answers: dict[str, Any] | None = None) -> None:
        """Run a command as typed; one that is refused is noted as such and changes nothing."""
        moment = self.now.astimezone(self.zone)
        console = Console(home_override=self.home, clock=lambda: moment, no_input=True)
        text = None if answers is None else json.dumps(answers)
        ran = CliRunner().invoke(
            app,
            list(words),
            input=text,
            obj=console,
            env={"TZ": self.zone.key},
            prog_name="coachlog",
        )
        if ran.exception and not isinstance(ran.exception, SystemExit):
            raise ran.exception
        assert ran.exit_code in (0, 2, 3, 4), (words, text, ran.output)
        refusal = ran.stderr if ran.exit_code else ""
        line = Line(moment.isoformat(), self.zone.key, words, text, refusal)
        self.lines.append(line)
        self.note_new_rows()

    def note_archived(self) -> None:
        """Note the local day on which each person was archived, as long as they are."""
        archived = "SELECT id FROM person WHERE archived_at IS NOT NULL"
        ids = {id for (id,) in self.select(archived)}
        for table, id in list(self.days):
            if table == "archive" and id not in ids:
                del self.days[table, id]
        for id in ids:
            self.days.setdefault(("archive", id), self.today)

    def note_new_rows(self) -> None:
        """Note the local day on which each new row was recorded, for whoever counts again."""
        self.note_archived()
        for table in ("action_event", "person", "session"):
            last = max((id for name, id in self.days if name == table), default=0)
            for (id,) in self.select(f"SELECT id FROM {table} WHERE id > ?", last):
                self.days[table, id] = self.today


# What can happen. Each takes the history and types a line or two.


def add_person(history: History) -> None:
    known = {name for (name,) in history.select("SELECT name FROM person")}
    new = [(name, kind) for name, kind in PEOPLE if name not in known]
    if not new:
        return
    name, kind = history.random.choice(new)
    words = ["person", "add", name, "--relationship", kind]
    if history.happens(0.6):
        words += ["--every", history.random.choice(RHYTHMS)]
    history.type_line(*words)


def change_person(history: History) -> None:
    name = history.pick_person()
    until = history.today + timedelta(days=history.random.randint(1, 50))
    change = history.random.choice(
        (
            ("--every", history.random.choice(RHYTHMS)),
            ("--every", history.random.choice(RHYTHMS)),
            ("--every", "0"),
            ("--pause-until", until.isoformat()),
            ("--pause-until", until.isoformat()),
            ("--pause-until", "0"),
            ("--relationship", history.random.choice(PEOPLE)[1]),
        )
    )
    history.type_line("person", "edit", name, *change)


def archive_person(history: History) -> None:
    archived = history.pick("SELECT name FROM person WHERE archived_at IS NOT NULL")
    if archived and history.happens(0.5):
        history.type_line("person", "archive", archived, "--back")
    else:
        history.type_line("person", "archive", history.pick_person())


def merge_people(history: History) -> None:
    name, other = history.random.sample(PEOPLE, 2)
    history.type_line("person", "merge", name[0], other[0], "--yes")


def draw_promise(history: History, owners: Sequence[str]) -> dict[str, Any]:
    """Return a promise as an answers file has it, for an owner who is drawn from these."""
    random = history.random
    promise: dict[str, Any] = {
        "what": f"Promise {random.randrange(10**6)}",
        "owner": random.choice(owners),
    }
    if not history.happens(0.12):
        day = history.today + timedelta(days=random.randint(-4, 30))
        promise["due"] = day.isoformat()
    if history.happens(0.1):
        promise["private"] = True
    return promise


def draw_review(history: History, id: int, on: date) -> dict[str, Any]:
    """Return what became of a promise, as an answers file has it."""
    random = history.random
    outcome = random.choice(("done", "done", "moved", "moved", "dropped", "open"))
    review: dict[str, Any] = {"action": id, "outcome": outcome}
    if outcome != "open" and history.happens(0.4):
        review["on"] = (on - timedelta(days=random.randint(0, 12))).isoformat()
    if outcome == "moved":
        review["due"] = (on + timedelta(days=random.randint(-3, 25))).isoformat()
    return review


def hold_talk(history: History) -> None:
    random = history.random
    template = random.choice(tuple(TALKS))
    name = history.pick_person()
    on = history.pick_past_day(20)
    answers: dict[str, Any] = {
        "person": name,
        "relationship": dict(PEOPLE)[name],
        "template": template,
        "held_on": on.isoformat(),
        "answers": draw_scales(history, template),
        "tags": random.sample(TAGS, random.choice((0, 0, 1, 2))),
        "review": draw_reviews(history, name, on),
    }
    if template == "wellbeing":
        answers["answers"]["choice.willing"] = True
    if history.happens(history.noted):
        answers["minutes"] = random.choice((10, 25, 30, 45, 60))
    if template in ("quick", "check-in"):
        owners = ("me", "me", "them", "them", "Dana")
        answers["actions"] = [
            draw_promise(history, owners) for _ in range(random.randrange(6))
        ]
    filled = {key: value for key, value in answers.items() if value}
    history.type_line("session", "new", "--answers", "-", "--again", answers=filled)


def draw_scales(history: History, template: str) -> dict[str, int]:
    scales = TALKS[template].items()
    return {
        key: history.random.randint(low, high)
        for key, (low, high) in scales
        if history.happens(0.8)
    }


def draw_reviews(history: History, name: str, on: date) -> list[dict[str, Any]]:
    ids = history.select(
        "SELECT action.id FROM action JOIN person ON person.id = person_id "
        "WHERE name = ? AND status = 'open' AND action.deleted_at IS NULL",
        name,
    )
    chosen = history.random.sample(ids, min(len(ids), history.random.randrange(4)))
    return [draw_review(history, id, on) for (id,) in chosen]


def write_down_late(history: History) -> None:
    """Write down a conversation in which a promise was moved, after it was moved once more."""
    rows = history.select(
        """
        SELECT action.id, person.name, max("on") FROM action
        JOIN person ON person.id = action.person_id
        JOIN action_event ON action_event.action_id = action.id AND kind = 'moved'
        WHERE status = 'open' AND action.deleted_at IS NULL GROUP BY action.id
        """
    )
    if not rows:
        return
    id, name, moved_on = history.random.choice(rows)
    on = date.fromisoformat(moved_on) - timedelta(days=history.random.randint(1, 4))
    review = {"action": id, "outcome": "moved"}
    review["due"] = (on + timedelta(days=history.random.randint(0, 9))).isoformat()
    answers = {"person": name, "template": "quick", "held_on": on.isoformat()}
    answers["review"] = [review]
    history.type_line("session", "new", "--answers", "-", "--again", answers=answers)


def hold_alone(history: History) -> None:
    answers: dict[str, Any] = {"template": "shadow"}
    if history.happens(0.5):
        answers["actions"] = [draw_promise(history, ("me",))]
    scales = ("say.clear", "act.acts-match", "prioritise.time-match")
    answers["answers"] = {key: history.random.randint(1, 10) for key in scales}
    if history.happens(0.5):
        answers["minutes"] = 20
    history.type_line("session", "new", "--answers", "-", "--again", answers=answers)


def correct_promises(history: History) -> None:
    """Hold a review of words and deeds in which some promises were recorded wrongly."""
    rows = history.select(
        "SELECT id FROM action WHERE owner = 'me' AND deleted_at IS NULL "
        "AND original_due BETWEEN ? AND ? AND (status <> 'open' OR due < ?)",
        (history.today - timedelta(days=85)).isoformat(),
        (history.today - timedelta(days=1)).isoformat(),
        history.today.isoformat(),
    )
    fates = ("kept", "kept_as_reagreed", "kept_late", "missed", "released")
    corrections = [
        {"action": id, "fate": history.random.choice(fates), "note": "So it was"}
        for (id,) in history.random.sample(rows, min(len(rows), 2))
    ]
    answers = {"template": "words-deeds", "corrections": corrections}
    history.type_line("session", "new", "--answers", "-", "--again", answers=answers)


def cancel_talk(history: History) -> None:
    by = history.random.choice(("me", "them"))
    on = history.today + timedelta(days=history.random.randint(-9, 9))
    name = history.pick_person()
    history.type_line("session", "cancel", name, "--by", by, "--on", on.isoformat())


def edit_talk(history: History) -> None:
    id = history.pick("SELECT id FROM session WHERE deleted_at IS NULL")
    if id is None:
        return
    on = history.pick_past_day(25).isoformat()
    change = history.random.choice((("--on", on), ("--minutes", "15")))
    history.type_line("session", "edit", str(id), *change)


def delete_talk(history: History) -> None:
    id = history.pick("SELECT id FROM session WHERE deleted_at IS NULL")
    if id is not None:
        history.type_line("session", "delete", str(id), "--yes")


def restore_talk(history: History) -> None:
    id = history.pick("SELECT id FROM session WHERE deleted_at IS NOT NULL")
    if id is not None:
        history.type_line("session", "restore", str(id))


def add_promise(history: History) -> None:
    is_own = history.happens(0.2)
    owners = ("me", "Dana") if is_own else ("me", "me", "them", "them", "Dana")
    promise = draw_promise(history, owners)
    words = ["action", "add"]
    if not is_own:
        words.append(history.pick_person())
    words += ["--what", promise["what"], "--owner", promise["owner"]]
    if "due" in promise:
        words += ["--due", promise["due"]]
    if "private" in promise:
        words.append("--private")
    history.type_line(*words)


def pick_open_promise(history: History) -> tuple[int, date | None, date | None] | None:
    """Return an open promise with its first date and the one agreed now, most likely due now."""
    rows = history.select(
        "SELECT id, original_due, due FROM action "
        "WHERE status = 'open' AND deleted_at IS NULL "
        "ORDER BY due IS NULL, abs(julianday(due) - julianday(?)), id",
        history.today.isoformat(),
    )
    if not rows:
        return None
    place = int(history.random.triangular(0, len(rows), 0))
    id, first, due = rows[min(place, len(rows) - 1)]
    return id, read_day(first), read_day(due)


def read_day(text: str | None) -> date | None:
    """Return a day as a table has it, None for none."""
    return date.fromisoformat(text) if text else None


def pick_event_day(history: History, first: date | None, due: date | None) -> date:
    """Return a day for what happened to a promise: often the last one in time, or the next."""
    ends = [
        day + timedelta(days=after)
        for day in (first, due)
        if day is not None
        for after in (0, 1)
    ]
    past = [day for day in ends if day <= history.today]
    if past and history.happens(0.6):
        return history.random.choice(past)
    return history.pick_past_day(15)


def close_promise(history: History) -> None:
    promise = pick_open_promise(history)
    if promise is None:
        return
    id, first, due = promise
    verb = history.random.choice(("done", "done", "done", "drop"))
    on = pick_event_day(history, first, due)
    history.type_line("action", verb, str(id), "--on", on.isoformat())


def move_promise(history: History) -> None:
    promise = pick_open_promise(history)
    if promise is None:
        return
    id, first, due = promise
    on = pick_event_day(history, first, due)
    to = on + timedelta(days=history.random.randint(-1, 30))
    if due is not None and history.happens(0.3):
        to = due - timedelta(days=history.random.randint(1, 9))
    words = ("--to", to.isoformat(), "--on", on.isoformat())
    history.type_line("action", "move", str(id), *words)


def reopen_promise(history: History) -> None:
    id = history.pick(
        "SELECT id FROM action WHERE status <> 'open' AND deleted_at IS NULL"
    )
    if id is not None:
        history.type_line("action", "reopen", str(id))


def withdraw_correction(history: History) -> None:
    id = history.pick("SELECT action_id FROM action_event WHERE kind = 'corrected'")
    if id is not None:
        history.type_line("action", "edit", str(id), "--withdraw-correction")


def change_owner(history: History) -> None:
    promise = pick_open_promise(history)
    if promise is not None:
        owner = history.random.choice(("me", "them", "Dana"))
        history.type_line("action", "edit", str(promise[0]), "--owner", owner)


def reach_the_last_day(history: History) -> None:
    """Promise something, perhaps agree on another day, and do something on that very day."""
    name = history.pick_person()
    due = history.today + timedelta(days=history.random.randint(1, 4))
    words = ("--what", "Ring back", "--owner", "me", "--due", due.isoformat())
    history.type_line("action", "add", name, *words)
    if history.lines[-1].refusal:
        return
    id = str(history.pick("SELECT max(id) FROM action"))
    if history.happens(0.6):
        history.wait_until(due - timedelta(days=history.random.randint(0, 1)))
        due += timedelta(days=history.random.randint(1, 5))
        history.type_line("action", "move", id, "--to", due.isoformat())
    history.wait_until(due)
    verb = history.random.choice(("done", "drop", "edit", "note"))
    options = {"edit": ("--owner", "them"), "note": ("--text", "Today")}
    history.type_line("action", verb, id, *options.get(verb, ()))


def add_goal(history: History) -> None:
    title = f"Goal {history.random.randrange(10**6)}"
    words = ["goal", "add"]
    if history.happens(0.9):
        # Two people have most of the goals, so that there is a score.
        words.append(history.random.choice(PEOPLE[:2])[0])
    words += ["--title", title]
    if history.happens(0.75):
        for level in range(5):
            words += ["--level", f"Level {level}"]
        words += ["--weight", str(history.random.choice((1, 1, 2, 3)))]
    else:
        words += ["--baseline", "3", "--target", "8"]
    if history.happens(0.5):
        review = history.today + timedelta(days=history.random.randint(5, 60))
        words += ["--review", review.isoformat()]
    history.type_line(*words)


def rate_goal(history: History) -> None:
    goals = history.select("SELECT id, scale FROM goal WHERE status = 'open'")
    if not goals:
        return
    id, scale = history.random.choice(goals)
    value = history.random.randint(*((1, 10) if scale == "ten" else (-2, 2)))
    days = history.random.choice((0, 2, 15, 40))
    on = (history.today - timedelta(days=days)).isoformat()
    history.type_line("goal", "rate", str(id), "--on", on, "--", str(value))
    if history.happens(0.3):
        earlier = (history.today - timedelta(days=days + 3)).isoformat()
        history.type_line("goal", "rate", str(id), "--on", earlier, "--", "1")


def close_goal(history: History) -> None:
    id = history.pick("SELECT id FROM goal WHERE status = 'open'")
    if id is None:
        return
    how = ("--dropped",) if history.happens(0.5) else ()
    history.type_line("goal", "close", str(id), *how)


def reopen_goal(history: History) -> None:
    id = history.pick("SELECT id FROM goal WHERE status <> 'open'")
    if id is not None:
        history.type_line("goal", "reopen", str(id))


def found_set(history: History) -> None:
    words = ["set", "add", SET_NAME, "-m", "me", "-r", "peer", "--every", "4w"]
    for name, _ in PEOPLE[4:8]:
        words += ["-m", name]
    history.type_line(*words)


def change_set(history: History) -> None:
    way = history.random.choice(("--join", "--leave"))
    name = history.pick_person()
    if way == "--leave":
        name = history.pick(
            "SELECT name FROM set_member JOIN person ON person.id = person_id "
            "WHERE left_on IS NULL"
        )
    if name is None:
        return
    on = history.pick_past_day(10).isoformat()
    history.type_line("set", "edit", SET_NAME, way, name, "--on", on, "-r", "peer")


def meet_in_set(history: History) -> None:
    random = history.random
    members = [
        name or "me"
        for (name,) in history.select(
            "SELECT person.name FROM set_member LEFT JOIN person ON person.id = person_id "
            "WHERE left_on IS NULL AND set_member.role = 'member'"
        )
    ]
    if len(members) < 2:  # none yet, or all but one have left
        return found_set(history)
    present = random.sample(members, random.randint(2, len(members)))
    answers: dict[str, Any] = {
        "set": SET_NAME,
        "template": "als",
        "held_on": history.pick_past_day(10).isoformat(),
        "present": present,
        "slots": [draw_slot(history, present) for _ in range(random.choice((1, 2, 2)))],
    }
    if history.happens(0.7):
        answers["minutes"] = random.choice((60, 90))
    return history.type_line(
        "session", "new", "--answers", "-", "--again", answers=answers
    )


def draw_slot(history: History, present: Sequence[str]) -> dict[str, Any]:
    random = history.random
    questions = []
    for _ in range(random.randrange(4)):
        question = {"question": "What then?"}
        tag = random.choice(("open", "open", "closed", "leading", None))
        if tag:
            question["tag"] = tag
        questions.append(question)
    presenter = random.choice(present)
    slot: dict[str, Any] = {
        "presenter": presenter,
        "issue": "Beds",
        "answers": {"act.sure": random.randint(1, 10), "questions.open": questions},
    }
    if not questions:
        del slot["answers"]["questions.open"]
    if history.happens(0.6):
        slot["minutes"] = random.randint(10, 40)
    if history.happens(0.7):
        slot["actions"] = [draw_promise(history, (presenter,))]
    return slot


def speak_to(history: History, random: Random) -> None:
    """See some people without a conversation.

    Its dice are its own, so that the rest of a history is the same with it and without it.
    """
    names = [name for (name,) in history.select("SELECT name FROM person ORDER BY id")]
    words = [word for name in random.choices(names, k=2) for word in name.split()]
    on = history.today - timedelta(days=random.choice((0, 0, 1, 5, 40)))
    history.type_line("met", "--on", on.isoformat(), *words)


def talk_with_two(history: History, random: Random) -> None:
    """Hold a conversation with two others, with dice of its own as in `speak_to`."""
    names = [
        name
        for (name,) in history.select(
            "SELECT name FROM person WHERE archived_at IS NULL ORDER BY id"
        )
    ]
    first, third = random.sample(names, 2)
    on = history.today - timedelta(days=random.choice((0, 0, 1, 9)))
    promises = [
        {"what": f"Promise {place}", "owner": owner, "due": history.today.isoformat()}
        for place, owner in enumerate(random.choices(("me", first, third, "Dana"), k=3))
    ]
    answers: dict[str, Any] = {
        "with": [first, third],
        "template": "quick",
        "held_on": on.isoformat(),
        "actions": promises,
        "tags": [random.choice(TAGS)],
    }
    if random.random() < 0.5:
        answers["minutes"] = random.choice((30, 45))
    history.type_line("session", "new", "--answers", "-", "--again", answers=answers)


Happening = Callable[[History], None]

HAPPENINGS: dict[Happening, int] = {
    hold_talk: 16,
    add_promise: 9,
    close_promise: 15,
    move_promise: 16,
    reopen_promise: 3,
    change_owner: 4,
    reach_the_last_day: 5,
    cancel_talk: 3,
    edit_talk: 3,
    delete_talk: 2,
    restore_talk: 1,
    write_down_late: 3,
    hold_alone: 2,
    correct_promises: 4,
    withdraw_correction: 1,
    add_person: 2,
    change_person: 6,
    archive_person: 2,
    merge_people: 1,
    add_goal: 2,
    rate_goal: 6,
    close_goal: 1,
    reopen_goal: 1,
    meet_in_set: 4,
    change_set: 1,
}
"""All that can happen, and how often."""

BENTS: tuple[tuple[Happening, ...], ...] = (
    (close_promise, move_promise, change_owner, reach_the_last_day),
    (meet_in_set, change_set, close_promise),
    (hold_talk, change_person, cancel_talk, edit_talk, delete_talk),
    (rate_goal, correct_promises, reopen_promise),
)
"""What happens more often in some histories than in others: each has one of these bents."""


def write_history(home: Path, seed: int, line_count: int = 90) -> History:
    """Fill a home with a random history of so many happenings, and return it."""
    (home / "prompts").mkdir(parents=True)
    (home / "prompts" / "short-scale.toml").write_text(OWN_TEMPLATE)
    history = History(home, seed)
    for name, kind in PEOPLE[:7]:
        every = "1w" if name == WEEKLY else history.random.choice(RHYTHMS)
        has_rhythm = name == WEEKLY or history.happens(0.4)
        rhythm = ("--every", every) if has_rhythm else ()
        history.type_line("person", "add", name, "--relationship", kind, *rhythm)
    if seed % 2 == 0:
        found_set(history)
    bent = BENTS[seed % len(BENTS)]
    weights = [
        weight * (3 if happening in bent else 1)
        for happening, weight in HAPPENINGS.items()
    ]
    flights = set(history.random.sample(range(line_count), seed % 3))
    for place in range(line_count):
        history.let_time_pass()
        if place in flights:
            history.fly()
        (happening,) = history.random.choices(list(HAPPENINGS), weights)
        happening(history)
        if place % 8 == 0:
            speak_to(history, Random(f"{seed} {place}"))
        if place % 20 == 11:
            talk_with_two(history, Random(f"three {seed} {place}"))
    leave_promises_open(history)
    note_talk(history, WEEKLY)
    if seed % 3 == 0:
        fly_home_after_a_talk(history, history.pick_person())
    return history


def leave_promises_open(history: History) -> None:
    """Promise what is still to come: one thing re-dated in time, one pulled forward."""
    for due, new_due in ((2, 6), (4, 1), (3, None)):
        day = history.today + timedelta(days=due)
        words = ("--what", "Ask", "--owner", "me", "--due", day.isoformat())
        history.type_line("action", "add", *words)
        if new_due is not None:
            id = str(history.pick("SELECT max(id) FROM action"))
            to = history.today + timedelta(days=new_due)
            history.type_line("action", "move", id, "--to", to.isoformat())


def note_talk(history: History, name: str) -> None:
    """Note a conversation of today in two minutes."""
    answers = {"person": name, "template": "quick", "minutes": 25}
    history.type_line("session", "new", "--answers", "-", "--again", answers=answers)


def fly_home_after_a_talk(history: History, name: str) -> None:
    """Hold a conversation on the far side of the date line: at home that is tomorrow."""
    history.zone = ZoneInfo("Pacific/Kiritimati")
    if history.now.astimezone(history.zone).hour > 14:  # at home it is not yesterday
        history.wait_until(history.today + timedelta(days=1))
    note_talk(history, name)
    history.type_line("session", "cancel", name, "--by", "me")
    history.zone = ZoneInfo("America/St_Johns")
