"""What `search` tells of entries that it may not show: nothing, not even by order or number.

Two journals are the same but for the words of what is hidden; whatever is typed, they answer alike.
"""

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from coachlog.model.actions import Fate, Promise
from coachlog.model.goals import Goal, Rating
from coachlog.model.reviews import Correction
from coachlog.rules.tombstones import (
    Tombstone,
    build_tombstone_digest,
    format_tombstone_list,
)
from coachlog.services import search
from coachlog.store.database import Journal
from coachlog.store.erased_lists import ERASED_FILE
from coachlog.store.transactions import Change
from coachlog.store.writing import (
    action_changes,
    goal_changes,
    note_changes,
    session_changes,
)
from coachlog.terminal.console import Console
from command_runner import Printed, run_captured
from set_builders import gather, meet
from store_builders import NOW, TODAY, YESTERDAY, hold, said

SECRETS = (
    "abracadabra",
    "huddle huddle abracadabra",
    "the rota of the summer huddle, and abracadabra " * 9,
)
NEUTRAL = "xylophone"
WORDS = (
    *(["abracadabra"], ["abra"], ["ab"], ["abracadabrq"], ["hudlle"]),
    *(["rota"], ["rota", "huddle"], ["huddle", "rota"], ["hud"], ["rota abracadabra"]),
    *(["rota", "not:abracadabra"], ["summer huddle"], ["abracadabra", "rota"]),
)
OPTIONS: tuple[list[str], ...] = (
    *([], ["--best"], ["--limit", "2"], ["--json"], ["--best", "--json"]),
    *(["--person", "ann"], ["--person", "ann", "--json"], ["--template", "grow"]),
    *(["--tag", "team"], ["--since", "yesterday"], ["--kind", "answer"]),
    *(["--kind", "promise", "--json"], ["--kind", "goal"], ["--kind", "conversation"]),
)


def fill(change: Change, ann: int, secret: str) -> None:
    """Put a text into everything that is hidden, and other words into what is shown."""
    promise = Promise("Write the rota for the huddle", "them")
    talk = hold(
        change,
        promise,
        Promise(secret, "me", done_when=secret, private=True),
        person=ann,
        on=YESTERDAY,
        answers=[
            said("a", "rota rota, and once the huddle"),
            said("b", "huddle huddle huddle, and once the rota of last summer"),
            said("c", "A rota."),
            said("d", secret, private=True),
            said("e", secret)._replace(health=True),
        ],
        tags=["team"],
    )
    action_changes.insert_action_note(change, 2, secret, on=TODAY)
    for private in (False, True):
        text = secret if private else "A fair rota"
        id = goal_changes.insert_goal(
            change, Goal(text, text, None, private=private), on=TODAY, person_id=ann
        )
        goal_changes.insert_rating(change, id, Rating(TODAY, 5, text))
    note_changes.insert_note(change, ann, secret, on=TODAY)
    gone = hold(change, Promise(secret, "me"), person=ann, answers=[said("a", secret)])
    correction = Correction(1, Fate.KEPT, secret, Fate.MISSED)
    action_changes.insert_correction(change, correction, on=TODAY, session_id=gone)
    session_changes.mark_session_deleted(change, gone)
    begun = hold(change, person=ann, answers=[said("a", secret)])
    change.watch.watch_table("session")
    change.connection.execute(
        "UPDATE session SET status = 'draft' WHERE id = ?", (begun,)
    )
    assert talk < gone < begun


def fill_privately(change: Change, secret: str) -> None:
    _, (ann,) = gather(change, "Ann Obi")
    fill(change, ann, secret)


def fill_set(change: Change, secret: str) -> None:
    """Put a text into what was said in a set, which is not what was said with a person."""
    set_id, (ann, ben) = gather(change, "Ann Obi", "Ben Ek")
    fill(change, ann, NEUTRAL)
    meet(
        change,
        set_id,
        present=(1, 2),
        answers=[said("process", secret)],
        promises=[(1, Promise(secret, "me"))],
    )
    assert ben


def build(home: Path, fill: Callable[[Change, str], None], secret: str) -> Path:
    with Journal(home).change(NOW, create=True) as change:
        fill(change, secret)
    return home


def ask(home: Path, words: list[str], *, draws: bool = False) -> Printed:
    console = Console(home_override=home, clock=lambda: NOW)
    console.draws = draws
    return run_captured(["search", *words], console=console)


@pytest.mark.usefixtures("console")
@pytest.mark.parametrize(
    ("secret", "most"), [*zip(SECRETS, (1_000, 3, 1_000), strict=True)]
)
def test_hidden_words_change_nothing(
    tmp_path: Path, secret: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST_COUNTED", most)
    hiding, other = (
        build(tmp_path / name, fill_privately, text)
        for name, text in (("hiding", secret), ("other", NEUTRAL))
    )
    for words, options in product(WORDS, OPTIONS):
        line = [*words, *options]
        draws = options in ([], ["--best"])
        printed = ask(hiding, line, draws=draws)
        assert printed == ask(other, line, draws=draws), line
        assert "abracadabra" not in printed.stdout
        assert printed.exit_code == 0
    assert "abracadabra" in ask(hiding, ["abracadabra", "--private"]).stdout


@pytest.mark.usefixtures("console")
@pytest.mark.parametrize("secret", SECRETS)
def test_what_was_said_in_a_set_changes_nothing_with_a_person(
    tmp_path: Path, secret: str
) -> None:
    hiding, other = (
        build(tmp_path / name, fill_set, text)
        for name, text in (("hiding", secret), ("other", NEUTRAL))
    )
    for words, options in product(WORDS, OPTIONS[:5]):
        line = [*words, *options, "--person", "ann"]
        assert ask(hiding, line) == ask(other, line), line
    assert "abracadabra" in ask(hiding, ["abracadabra"]).stdout


@pytest.mark.usefixtures("console")
def test_what_was_erased_changes_nothing_even_with_private(tmp_path: Path) -> None:
    homes = []
    for name, text in (("hiding", SECRETS[-1]), ("other", NEUTRAL)):
        home = build(tmp_path / name, fill_privately, text)
        homes.append(home)
        with Journal(home).read() as db:
            ((uid,),) = db.execute("SELECT uid FROM person WHERE id = 1")
        console = Console(home_override=home, clock=lambda: NOW)
        assert run_captured(["backup", "create"], console=console).exit_code == 0
        tombstone = Tombstone(build_tombstone_digest("person", uid), TODAY)
        (home / "backups" / ERASED_FILE).write_text(format_tombstone_list([tombstone]))
        words = ["backup", "restore", "--yes"]
        assert run_captured(words, console=console).exit_code == 0
    hiding, other = homes
    for words in WORDS:
        line = [*words, "--private"]
        assert ask(hiding, line) == ask(other, line), line
    assert ask(hiding, ["abracadabra", "--private"]).stdout == ""
