"""A history that is not random: it goes to the edges of rules that random ones seldom reach."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from histories import (
    OWN_TEMPLATE,
    SET_NAME,
    History,
    fly_home_after_a_talk,
    leave_promises_open,
)

EDGES_SEED = -1
FIRST_DAY = date(2028, 1, 3)  # a Monday, in a year with a leap day


class EdgeHistory(History):
    """The same commands as in a random history, on days of a list."""

    def on_day(self, days: int) -> None:
        """Go to so many days after the first day."""
        self.wait_until(FIRST_DAY + timedelta(days=days))

    def day(self, days: int) -> str:
        """Return a day as it is typed."""
        return (FIRST_DAY + timedelta(days=days)).isoformat()

    def promise(self, due: int, *, name: str = "Ann Obi", owner: str = "me") -> str:
        """Add a promise, and return its number."""
        words = ("--what", "Ring back", "--owner", owner, "--due", self.day(due))
        self.type_line("action", "add", name, *words)
        return str(self.pick("SELECT max(id) FROM action"))

    def hold(self, **answers: Any) -> None:
        """Record a conversation, by default a note of today."""
        usual = {"template": "quick"}
        self.type_line(
            "session", "new", "--answers", "-", "--again", answers=usual | answers
        )

    def delete_last_talk(self) -> None:
        """Delete the conversation recorded last."""
        id = str(self.pick("SELECT max(id) FROM session"))
        self.type_line("session", "delete", id, "--yes")

    def correct(self, id: str, fate: str) -> None:
        """Hold a review in which a promise was recorded wrongly."""
        row = {"action": int(id), "fate": fate, "note": "So it was"}
        self.hold(template="words-deeds", corrections=[row])


def write_edges(home: Path) -> History:
    """Fill a home with the history of edges, and return it."""
    (home / "prompts").mkdir(parents=True)
    (home / "prompts" / "short-scale.toml").write_text(OWN_TEMPLATE)
    history = EdgeHistory(home, EDGES_SEED)
    history.on_day(0)
    add_everyone(history)
    meet_in_sets(history)
    make_promises(history)
    correct_some(history)
    talk_and_wait(history)
    talk_with_two(history)
    set_goals(history)
    review_the_shadow(history)
    fill_the_tank(history)
    leave_promises_open(history)
    fly_home_after_a_talk(history, "Ben Cole")
    refused = [line for line in history.lines if line.refusal]
    assert not refused, refused
    return history


def add_everyone(history: EdgeHistory) -> None:
    for name, relationship, *rhythm in (
        ("Ann Obi", "report"),
        ("Ben Cole", "report", "--every", "1w"),
        ("Lea Moss", "coach", "--every", "3w"),
        ("Cara Diaz", "report"),
        ("Dan Ek", "report"),
        ("Eve Fox", "peer"),
        ("Finn Gray", "peer"),
        ("Gita Hall", "peer"),
        ("Hal Ives", "coachee", "--every", "79d"),
        ("Ida Jones", "mentee", "--every", "1m"),
        ("Jon King", "manager", "--every", "2w"),
        ("Kim Lund", "mentor", "--every", "4w"),
        ("Pia Quick", "supervisor"),
        ("Quin Reid", "supervisor"),
    ):
        history.type_line("person", "add", name, "-r", relationship, *rhythm)


def meet_in_sets(history: EdgeHistory) -> None:
    """Meet three times in a set that one member leaves, and in a set of two."""
    members = ("Eve Fox", "Finn Gray", "Gita Hall", "me", "Hal Ives")
    words = [word for name in members for word in ("-m", name)]
    history.type_line("set", "add", SET_NAME, *words)
    history.type_line("set", "add", "Two", "-m", "Eve Fox", "-m", "Finn Gray")
    for days, presenter in ((1, "Eve Fox"), (2, "Finn Gray"), (3, "Eve Fox")):
        history.on_day(days)
        slot = {"presenter": presenter, "issue": "Beds", "minutes": 20}
        # Hal is only there twice, which is too seldom to say whose turn it was.
        ward_leads = members[:4] if days == 1 else members
        for name, present in ((SET_NAME, ward_leads), ("Two", members[:2])):
            history.hold(
                set=name, template="als", minutes=60, present=present, slots=[slot]
            )
    history.type_line("set", "edit", SET_NAME, "--leave", "Gita Hall")


def make_promises(history: EdgeHistory) -> None:
    """Move, close and hand over promises on the last day, and on the day after."""
    move = ("action", "move")
    history.on_day(10)
    kept, reagreed, let_go, missed, late = (history.promise(12) for _ in range(5))
    handed_over, handed_on_the_day, pulled = (history.promise(12) for _ in range(3))
    dropped_on_the_day = history.promise(12)
    undated = ("--what", "Some day", "--owner", "me")
    history.type_line("action", "add", "Ann Obi", *undated)
    first_dated = str(history.pick("SELECT max(id) FROM action"))
    history.type_line(*move, first_dated, "--to", history.day(14))
    history.type_line(*move, pulled, dropped_on_the_day, "--to", history.day(11))
    history.on_day(12)
    history.type_line("action", "done", kept, pulled)
    history.type_line("action", "drop", dropped_on_the_day)
    history.type_line(*move, reagreed, let_go, missed, "--to", history.day(15))
    history.type_line("action", "edit", handed_on_the_day, "--owner", "them")
    history.on_day(13)
    history.type_line("action", "edit", handed_over, "--owner", "them")
    history.type_line(*move, late, "--to", history.day(20))
    history.on_day(15)
    history.type_line("action", "done", reagreed, first_dated)
    history.type_line("action", "edit", handed_over, "--owner", "me")
    history.type_line("action", "drop", let_go)
    history.on_day(16)
    history.type_line("action", "drop", missed)
    # Entered on the day after the date then in force, as if done on it.
    backdated = history.promise(17)
    history.type_line(*move, backdated, "--to", history.day(19))
    history.on_day(20)
    history.type_line("action", "done", backdated, "--on", history.day(19))
    history.type_line("action", "done", late)
    history.type_line("action", "reopen", kept)
    # Moved in a conversation that is written down after a later move.
    again = history.promise(30)
    history.type_line("action", "add", "Ann Obi", *undated)
    dated = str(history.pick("SELECT max(id) FROM action"))
    history.on_day(22)
    history.type_line(*move, dated, "--to", history.day(23))
    history.on_day(24)
    history.type_line(*move, again, "--to", history.day(40))
    review = {"action": int(again), "outcome": "moved", "due": history.day(33)}
    history.hold(person="Ann Obi", held_on=history.day(22), review=[review])
    # Dated first by a command, and then in a conversation of an earlier day, written down late.
    review = {"action": int(dated), "outcome": "moved", "due": history.day(50)}
    history.hold(person="Ann Obi", held_on=history.day(21), review=[review])
    # Given to a third name and back before its day, to them on it, and to a third name for good.
    taken_back, given, given_to_third = (history.promise(26) for _ in range(3))
    edit = ("action", "edit")
    for id, owner in (
        (taken_back, "Dana"),
        (taken_back, "me"),
        (given_to_third, "Dana"),
    ):
        history.type_line(*edit, id, "--owner", owner)
    # Re-agreed in a conversation that is deleted.
    together = history.promise(27)
    review = {"action": int(together), "outcome": "moved", "due": history.day(35)}
    history.hold(person="Ann Obi", review=[review])
    history.delete_last_talk()
    history.on_day(26)
    history.type_line(*edit, given, "--owner", "them")
    history.on_day(27)
    history.type_line(*edit, given, "--owner", "me")
    # Hidden with its conversation.
    promises = [
        {"what": "Hide", "owner": "me", "due": history.day(29)},
        {"what": "Hide some day", "owner": "me"},
    ]
    history.hold(person="Ann Obi", actions=promises)
    history.delete_last_talk()


def correct_some(history: EdgeHistory) -> None:
    """Correct promises; then move one, withdraw a correction, and delete a review."""
    history.on_day(30)
    moved, withdrawn, deleted, standing, released = (
        history.promise(31) for _ in range(5)
    )
    history.on_day(40)
    history.type_line("action", "done", withdrawn, deleted, standing)
    for id, fate in ((moved, "kept"), (withdrawn, "kept"), (released, "released")):
        history.correct(id, fate)
    history.correct(standing, "missed")
    history.correct(deleted, "kept")
    history.delete_last_talk()
    history.type_line("action", "move", moved, "--to", history.day(44))
    history.type_line("action", "edit", withdrawn, "--withdraw-correction")


def talk_and_wait(history: EdgeHistory) -> None:
    """Talk, pause and archive, so that those who wait are at every edge when it is looked."""
    history.on_day(41)
    for name in ("Ben Cole", "Kim Lund", "Lea Moss", "Jon King"):
        history.hold(person=name, minutes=30)
    history.on_day(52)  # 11 days: more than 1.5 weeks, and within the days of grace
    history.hold(person="Ben Cole", minutes=30)
    history.on_day(57)  # the last day of February: a month later is the 29th of March
    history.hold(person="Ida Jones", minutes=30)
    history.type_line("action", "add", "Ida Jones", "--what", "Ask", "--owner", "me")
    history.on_day(118)
    pause = ("person", "edit", "Lea Moss", "--pause-until")
    history.type_line(*pause, history.day(129))
    history.type_line("person", "edit", "Kim Lund", "--pause-until", history.day(131))
    history.on_day(120)  # within the pause, which so does not excuse the gap before
    history.hold(person="Lea Moss", minutes=30)
    history.type_line("met", "--on", history.day(2), "Jon King")
    history.type_line("person", "archive", "Jon King")
    history.on_day(124)
    history.hold(person="Ann Obi", minutes=60)
    history.hold(person="Ann Obi", minutes=60)
    history.hold(person="Cara Diaz", minutes=10)
    history.hold(person="Dan Ek")
    history.hold(person="Ben Cole", minutes=30, template="short-scale")
    scales = {"now.work": 3, "now.energy": 4, "now.sleep": 5}
    history.hold(person="Ben Cole", template="short-scale", answers=scales)
    history.type_line("person", "add", "Rae Stone", "-r", "report")
    history.type_line("person", "add", "Sid Tye", "-r", "coach", "--every", "3w")
    for days in (2, 41, 124):
        history.type_line("met", "--on", history.day(days), "Ann Obi", "Ben Cole")
    history.hold(person="Sid Tye")


def talk_with_two(history: EdgeHistory) -> None:
    """Hold conversations of three: in the plan of a report, and in the owner's own."""
    due = history.day(190)
    for names in (["Ben Cole", "Ann Obi"], ["Lea Moss", "Ann Obi"]):
        owners = ("me", *names)
        promises = [{"what": "Ask", "owner": owner, "due": due} for owner in owners]
        history.hold(**{"with": names}, minutes=45, actions=promises)
        scales = {"now.work": 3, "now.energy": 4}
        history.hold(
            **{"with": names}, template="short-scale", minutes=15, answers=scales
        )


def set_goals(history: EdgeHistory) -> None:
    """Rate goals today, and then for an earlier day: today's rating stands."""
    history.on_day(125)
    levels = [word for level in range(5) for word in ("--level", f"Level {level}")]
    for weight in ("3", "2", "1"):
        words = ("--title", f"Goal {weight}", "--weight", weight)
        history.type_line("goal", "add", "Ann Obi", *words, *levels)
    history.on_day(127)
    for id, value in (("1", "1"), ("2", "0"), ("3", "-1")):
        history.type_line("goal", "rate", id, "--", value)
        earlier = ("--on", history.day(126))
        history.type_line("goal", "rate", id, *earlier, "--", "2")
    # Somebody else has two, and one that was dropped.
    for title in ("First", "Second", "Third"):
        history.type_line("goal", "add", "Cara Diaz", "--title", title, *levels)
        id = str(history.pick("SELECT max(id) FROM goal"))
        history.type_line("goal", "rate", id, "--", "1")
    history.type_line("goal", "close", id, "--dropped")


def fill_the_tank(history: EdgeHistory) -> None:
    """Make entries of one's own tank, which count nowhere, on a day of their own too."""
    for value, days in enumerate((3, 10, 17, 24, 31, 120), start=1):
        answers = {"level.full": value}
        history.hold(
            template="tank", held_on=history.day(days), minutes=1, answers=answers
        )


def review_the_shadow(history: EdgeHistory) -> None:
    """Review one's shadow twice, with cancellations on the edges of the times between."""
    scales = {"say.clear": 7, "act.acts-match": 3}
    # The same edges for thanks, some of them not said, and for days on which somebody was met.
    for days in (11, 12, 42, 43, 121):
        on = ("--on", history.day(days))
        history.type_line("note", "Eve Fox", "Nurses", "--kind", "thanks", *on)
        id = str(history.pick("SELECT max(id) FROM note"))
        history.type_line("note", "--said", id, *on)
        history.type_line("note", "Eve Fox", "The rota", "--kind", "thanks", *on)
        history.type_line("met", "Finn Gray", *on)
    for days in (42, 121):
        history.hold(template="shadow", held_on=history.day(days), answers=scales)
    # The first day of the first review, the day before it, and the days about the second.
    for days in (11, 12, 42, 43, 121):
        by_me = ("--by", "me", "--on", history.day(days))
        history.type_line("session", "cancel", "Eve Fox", *by_me)
