"""Who of three people reads what: a marked word in each kind of thing, and every page for each.

The table is the policy. Its marks are Ben, my coach, Helen, my manager, and Priya, who reports to
me: `B.P` says that Ben's page and Priya's have these words, and that Helen's has not. A page that
has what another reader alone may see fails here, and so does one that loses what it should have.
"""

import re
import shlex
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from coachlog.model.actions import Promise
from coachlog.model.answers import PromptKind
from coachlog.model.goals import Goal, Rating
from coachlog.model.people import Relationship
from coachlog.model.records import SessionRecord
from coachlog.store.transactions import Change
from coachlog.store.writing import (
    action_changes,
    draft_changes,
    goal_changes,
    note_changes,
    person_changes,
    session_start_changes,
)
from coachlog.terminal.console import Console
from command_support import built
from conftest import NOW, Run
from set_builders import gather, meet, said, sure
from store_builders import FRIDAY, TEMPLATE, TODAY, YESTERDAY, hold

READERS = {"B": "ben", "H": "helen", "P": "priya"}
BEN, HELEN, PRIYA = 1, 2, 3
LAST_WEEK = TODAY - timedelta(days=7)

COLUMNS = {
    "my page": (
        "plan export me --for {reader} --yes",
        "plan show me --for {reader} --json",
    ),
    "plan": (
        "plan export {reader} --all",
        "plan show {reader} --all",
        "plan show {reader} --all --json",
    ),
    "history": (
        "history export {reader} --full",
        "history show {reader} --full",
        "history show {reader} --full --json",
    ),
    "talks": ("session export {talk}",),
    "brief": ("brief {reader}", "brief {reader} --json"),
}
"""What is made for a reader, or looked at beside them; `talks` are those in which they were."""

TALKS = {"ben": (1, 4), "helen": (2, 4, 5), "priya": (3, 5)}
DAYS = {
    "day-alone": ("2027-01-15", "15 Jan"),
    "day-three": ("2027-01-22", "22 Jan"),
}
"""Days answered to the question when to look at it again, as they are spelt on pages."""

MEASURES = ("measure-three-mine", "measure-three-hers")

TABLE = """
mark                    | my page | plan | history | talks | brief | what it is
alone                   | BHP     | ...  | ...     | ...   | ...   | promised myself
alone-plan              | BHP     | ...  | ...     | ...   | ...   | its if-then
alone-note              | ...     | ...  | ...     | ...   | ...   | a note on it
alone-private           | ...     | ...  | ...     | ...   | ...   | promised myself, private
alone-private-note      | ...     | ...  | ...     | ...   | ...   | a note on it
alone-done              | BHP     | ...  | ...     | ...   | BH.   | promised myself, and done
alone-done-note         | ...     | ...  | ...     | ...   | ...   | a note on it
support-of-ben          | B..     | ...  | ...     | ...   | ...   | Ben's support for it
alone-helped            | BHP     | ...  | ...     | ...   | .H.   | promised myself, with support
alone-helped-note       | ...     | ...  | ...     | ...   | ...   | a note on it
support-of-helen        | .H.     | ...  | ...     | ...   | .H.   | Helen's support for it
goal                    | BHP     | ...  | ...     | ...   | BH.   | a goal of mine
goal-rating             | ...     | ...  | ...     | ...   | ...   | said when it was rated
goal-private            | ...     | ...  | ...     | ...   | ...   | a private goal of mine
goal-private-rating     | ...     | ...  | ...     | ...   | ...   | said when it was rated
learned                 | ...     | ...  | ...     | ...   | ...   | an answer of mine, not picked
day-alone               | ...     | ...  | ...     | ...   | ...   | a review day I set alone
set                     | ...     | ...  | ...     | ...   | ...   | promised in a set, and done
set-note                | ...     | ...  | ...     | ...   | ...   | a note on it
mine-to-ben             | B..     | B..  | B..     | B..   | B..   | promised to one of them
mine-to-helen           | .H.     | .H.  | .H.     | .H.   | .H.   | the same
mine-to-priya           | ..P     | ..P  | ..P     | ..P   | ...   | the same, and done
mine-to-ben-note        | ...     | B..  | B..     | ...   | B..   | a note on it, in their plan
mine-to-helen-note      | ...     | .H.  | .H.     | ...   | .H.   | the same
mine-to-priya-note      | ...     | ..P  | ..P     | ...   | ...   | the same
of-ben                  | B..     | B..  | B..     | B..   | B..   | promised to me by one of them
of-helen                | .H.     | .H.  | .H.     | .H.   | .H.   | the same
of-priya                | ...     | ..P  | ..P     | ..P   | ..P   | the same, in her plan
of-ben-note             | ...     | B..  | B..     | ...   | B..   | a note on it, in their plan
of-helen-note           | ...     | .H.  | .H.     | ...   | .H.   | the same
of-priya-note           | ...     | ..P  | ..P     | ...   | ..P   | the same
private-with-ben        | ...     | ...  | ...     | ...   | ...   | promised privately
private-with-helen      | ...     | ...  | ...     | ...   | ...   | the same
private-with-priya      | ...     | ...  | ...     | ...   | ...   | the same
private-with-ben-note   | ...     | ...  | ...     | ...   | ...   | a note on it
private-with-helen-note | ...     | ...  | ...     | ...   | ...   | the same
private-with-priya-note | ...     | ...  | ...     | ...   | ...   | the same
answer-ben              | ...     | ...  | B..     | B..   | B..   | a key answer, with one of them
answer-helen            | ...     | ...  | .H.     | .H.   | .H.   | the same
answer-priya            | ...     | ...  | ..P     | ..P   | ..P   | the same
answer-private-ben      | ...     | ...  | ...     | ...   | ...   | a private answer
answer-private-helen    | ...     | ...  | ...     | ...   | ...   | the same
answer-private-priya    | ...     | ...  | ...     | ...   | ...   | the same
raise-ben               | ...     | ...  | ...     | ...   | B..   | a note to raise with one
raise-helen             | ...     | ...  | ...     | ...   | .H.   | the same
raise-priya             | ...     | ...  | ...     | ...   | ..P   | the same
three-mine              | BH.     | BH.  | BH.     | BH.   | BH.   | of three, my plan: by me
three-support           | BH.     | BH.  | BH.     | BH.   | BH.   | Helen's support for it
three-mine-note         | ...     | ...  | ...     | ...   | ...   | a note on it, in my plan
three-of-ben            | BH.     | B..  | B..     | BH.   | B..   | by Ben
three-of-ben-note       | ...     | ...  | ...     | ...   | ...   | a note on it, in my plan
three-of-helen          | BH.     | .H.  | .H.     | BH.   | .H.   | by Helen
three-of-helen-note     | ...     | ...  | ...     | ...   | ...   | a note on it, in my plan
three-private           | ...     | ...  | ...     | ...   | ...   | by me, privately
three-private-note      | ...     | ...  | ...     | ...   | ...   | a note on it
three-answer            | ...     | ...  | BH.     | BH.   | B..   | a key answer
three-answer-private    | ...     | ...  | ...     | ...   | ...   | a private answer
three-answer-health     | ...     | ...  | ...     | ...   | ...   | an answer about health
day-three               | BH.     | B..  | BH.     | ...   | B..   | a review day that three set
measure-three-mine      | ...     | ...  | ...     | ...   | ...   | measured, so it is mine
hers-mine               | .HP     | .HP  | .HP     | .HP   | .HP   | of three, Priya's plan: by me
hers-mine-note          | ...     | ..P  | ..P     | ...   | ..P   | a note on it, in her plan
hers-of-priya           | ...     | ..P  | ..P     | .HP   | ..P   | by Priya
hers-of-priya-note      | ...     | ..P  | ..P     | ...   | ..P   | a note on it, in her plan
hers-of-helen           | ...     | .HP  | .HP     | .HP   | .HP   | by Helen
hers-of-helen-note      | ...     | ..P  | ..P     | ...   | ..P   | a note on it, in her plan
hers-answer             | ...     | ...  | .HP     | .HP   | .HP   | a key answer
measure-three-hers      | ...     | ...  | ..P     | ...   | ..P   | measured, so it is hers
"""
"""For each kind of thing, the readers on whose pages its words are.

A brief is looked at in the conversation: on those above me it has what I did alone or with them. It
quotes the last conversation, which Helen had with Priya and me, and the last of two before it.
"""


def promise(mark: str, owner: str, *, private: bool = False, **fields: Any) -> Promise:
    return Promise(f"{mark} words", owner, FRIDAY, private=private, **fields)


def hold_three(
    change: Change, first: int, second: int, contents: SessionRecord
) -> None:
    start = session_start_changes.SessionStart(
        TEMPLATE, LAST_WEEK, "Europe/London", first, third_id=second
    )
    draft_changes.insert_held_session(
        change, start, contents._replace(is_of_three=True)
    )


def fill_for_three(change: Change) -> None:
    """Record promises and answers with each of three people, two at a time, alone and in a set."""
    person_changes.update_owner_name(change, "Tom Reed")
    person_changes.insert_person(change, "Ben Ek", Relationship.COACH)
    person_changes.insert_person(change, "Helen Marsh", Relationship.MANAGER)
    person_changes.insert_person(change, "Priya Shah", Relationship.REPORT)
    for who, name in ((BEN, "ben"), (HELEN, "helen"), (PRIYA, "priya")):
        _talk_with_one(change, who, name)
    hold_three(
        change,
        BEN,
        HELEN,
        SessionRecord(
            LAST_WEEK,
            45,
            (
                said("look.key", "mark-three-answer words", key=True),
                said(
                    "look.own",
                    "mark-three-answer-private words",
                    key=True,
                    private=True,
                ),
                said(
                    "look.well", "mark-three-answer-health words", key=True, health=True
                ),
                said("look.when", DAYS["day-three"][0], kind=PromptKind.DATE),
                sure(4, "mark-measure-three-mine", "look.sure"),
            ),
            (
                promise("mark-three-mine", "me", support="Helen: mark-three-support"),
                promise("mark-three-of-ben", "Ben Ek"),
                promise("mark-three-of-helen", "Helen Marsh"),
                promise("mark-three-private", "me", private=True),
            ),
            (),
        ),
    )
    hold_three(
        change,
        PRIYA,
        HELEN,
        SessionRecord(
            LAST_WEEK,
            45,
            (
                said("look.key", "mark-hers-answer words", key=True),
                sure(4, "mark-measure-three-hers", "look.sure"),
            ),
            (
                promise("mark-hers-mine", "me"),
                promise("mark-hers-of-priya", "them"),
                promise("mark-hers-of-helen", "Helen Marsh"),
            ),
            (),
        ),
    )
    _be_alone(change)
    _sit_in_a_set(change)
    _note_progress(change)


def _talk_with_one(change: Change, who: int, name: str) -> None:
    private_answer = said("look.own", f"mark-answer-private-{name}", key=True)
    hold(
        change,
        promise(f"mark-mine-to-{name}", "me"),
        promise(f"mark-of-{name}", "them"),
        promise(f"mark-private-with-{name}", "me", private=True),
        person=who,
        on=LAST_WEEK,
        answers=(
            said("look.key", f"mark-answer-{name} words", key=True),
            private_answer._replace(private=True),
        ),
    )
    note_changes.insert_note(change, who, f"mark-raise-{name}", on=YESTERDAY)


def _be_alone(change: Change) -> None:
    hold(
        change,
        promise("mark-alone", "me", if_then="If mark-alone-plan, then"),
        promise("mark-alone-private", "me", private=True),
        promise("mark-alone-done", "me", support="Ben: mark-support-of-ben"),
        promise("mark-alone-helped", "me", support="Helen: mark-support-of-helen"),
        on=LAST_WEEK,
        answers=(
            said("look.learned", "mark-learned words", key=True),
            said("look.when", DAYS["day-alone"][0], kind=PromptKind.DATE),
        ),
    )
    for mark, private in (("mark-goal", False), ("mark-goal-private", True)):
        goal = Goal(f"{mark} words", private=private, baseline=2, target=8)
        id = goal_changes.insert_goal(change, goal, on=LAST_WEEK)
        goal_changes.insert_rating(change, id, Rating(TODAY, 5, f"{mark}-rating"))


def _sit_in_a_set(change: Change) -> None:
    set_id, (_, _) = gather(change, None, "Ann Obi")
    meet(
        *(change, set_id),
        present=(1, 2),
        on=LAST_WEEK,
        promises=((None, promise("mark-set", "me")),),
    )


def _note_progress(change: Change) -> None:
    """Note something about each promise, and do the one made in a set."""
    for id, words in change.db_session.connection().exec_driver_sql(
        "SELECT id, what FROM action ORDER BY id"
    ):
        mark = words.split()[0]
        action_changes.insert_action_note(change, id, f"{mark}-note", on=TODAY)
        if mark in ("mark-set", "mark-alone-done", "mark-mine-to-priya"):
            action_changes.mark_action_done(change, id, on=TODAY)


@pytest.fixture
def journal_of_four(
    run: Run, console: Console, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    """The marked journal, on a screen so wide that no word is cut."""
    monkeypatch.setenv("COLUMNS", "400")

    def build(_: Run) -> None:
        with console.desk.journal.change(NOW, create=True) as change:
            fill_for_three(change)

    built(run, home, build)
    return run


def test_who_reads_what(journal_of_four: Run) -> None:
    texts = {
        (column, initial): _read_all(journal_of_four, lines, reader)
        for column, lines in COLUMNS.items()
        for initial, reader in READERS.items()
    }
    heading, *rows = [row.rpartition(" | ")[0] for row in TABLE.strip().splitlines()]
    marks = [row.split()[0] for row in rows]
    planted = re.findall(r"mark-([a-z-]+)", _read_all_that_is_planted(journal_of_four))
    assert set(marks) == {*planted, *DAYS, *MEASURES}
    found = [_draw_row(mark, texts) for mark in marks]
    assert "\n".join(rows) == "\n".join(found)
    assert heading.split(" | ")[1:] == list(COLUMNS)


def _read_all(run: Run, lines: Sequence[str], reader: str) -> str:
    """Return what some commands print for a reader; what is left out is on the other stream."""
    return "\n".join(
        run(*shlex.split(line.format(reader=reader, talk=talk))).out
        for line in lines
        for talk in (TALKS[reader] if "{talk}" in line else (0,))
    )


def _read_all_that_is_planted(run: Run) -> str:
    lines = (
        "session list --all --private --json",
        "action list --all --private --json",
        "goal list --all --private --json",
        "note --list --json",
    )
    return "\n".join(run(*line.split()).out for line in lines)


def _draw_row(mark: str, texts: Mapping[tuple[str, str], str]) -> str:
    """Return a row of the table: the mark and, for each page, the readers who find it there."""
    spellings = DAYS.get(mark, (f"mark-{mark}",))
    pattern = "|".join(rf"{spelling}(?![a-z-])" for spelling in spellings)
    cells = [f"{mark:23}"]
    for column in COLUMNS:
        initials = [
            initial if re.search(pattern, texts[column, initial]) else "."
            for initial in READERS
        ]
        cells.append("".join(initials).ljust(len(column)))
    return " | ".join(cells)
