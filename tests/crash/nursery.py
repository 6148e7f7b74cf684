"""Raises processes that write to a journal until they are killed; SQLModel is loaded only once.

Each line on standard input is `HOME DONE`: a child goes on in that home after the `DONE`th of its
steps, says `pid N`, and `ack N` when step N is saved, until it is killed; then `dead` is said.
With `--too-early`, a child says so before the step is saved: the mistake the tests must notice.
"""

import os
import sys
from pathlib import Path

from coachlog.model.actions import Promise
from coachlog.model.answers import AnswerValue
from coachlog.store.database import Journal
from coachlog.store.reading import session_queries
from coachlog.store.transactions import Change
from coachlog.store.writing import draft_changes, draft_step_changes
from store_builders import NOW, begun, record, said

QUESTIONS = 5
STEPS = 2 * QUESTIONS + 1
"""Steps of one conversation: what is half-typed, then answered, for each question; then the end."""


def words(session: int, question: int) -> str:
    return f"What was said in session {session} to question {question}. " * 8


def key(question: int) -> str:
    return f"goal.q{question}"


def step(change: Change, number: int, token: str) -> str:
    """Make the change of step `number`, counted from 1, and return the draft's token."""
    session, rest = (number - 1) // STEPS + 1, (number - 1) % STEPS
    question = rest // 2
    if rest == 0:
        _, token = draft_step_changes.insert_draft(change, begun())
    if rest == STEPS - 1:
        answers = [said(f"q{n}", words(session, n)) for n in range(QUESTIONS)]
        kept = record(*answers, promises=[Promise(words(session, 9), "me")])
        draft_changes.mark_draft_held(change, session, token, kept)
    elif rest % 2 == 0:
        typed = words(session, question)[:20]
        draft_step_changes.save_draft_half(change, session, token, key(question), typed)
    else:
        draft_step_changes.save_draft_step(
            change, session, token, key(question), words(session, question)
        )
    return token


def expected(number: int) -> list[object]:
    """Return what `found` has to find after step `number`."""
    done, rest = divmod(number, STEPS)
    held: list[object] = [
        [words(session, n) for n in [*range(QUESTIONS), 9]]
        for session in range(1, done + 1)
    ]
    if rest == 0:
        return held
    steps: dict[str, AnswerValue] = {
        key(n): words(done + 1, n) for n in range(rest // 2)
    }
    half = (key(rest // 2), words(done + 1, rest // 2)[:20]) if rest % 2 else ()
    return [*held, (steps, half)]


def found(home: Path) -> list[object]:
    """Return the sessions held, oldest first, then the draft if there is one."""
    journal = Journal(home)
    if not journal.exists():
        return []
    with journal.read() as db:
        assert db.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        held = [
            [*(a.value for a in session.answers), *(a.what for a in session.actions)]
            for session in reversed(
                session_queries.read_whole_sessions(
                    db, [one.id for one in session_queries.read_sessions(db)]
                )
            )
        ]
        drafts = [
            session_queries.read_draft(db, one.session)
            for one in session_queries.read_drafts(db)
        ]
    return [*held, *((draft.steps, draft.half) for draft in drafts)]


def live(home: Path, number: int, *, too_early: bool) -> None:
    """Go on after step `number` until killed."""
    journal, token = Journal(home), ""
    if number % STEPS:
        with journal.change(NOW) as change:
            token = draft_step_changes.update_draft_token(
                change, number // STEPS + 1, NOW
            )
    while True:
        number += 1
        acknowledge = f"ack {number}\n".encode()
        with journal.change(NOW, create=True) as change:
            token = step(change, number, token)
            if too_early:
                os.write(1, acknowledge)
        if not too_early:
            os.write(1, acknowledge)


def main() -> None:
    too_early = "--too-early" in sys.argv
    os.write(1, b"ready\n")
    for line in sys.stdin:
        home, number = line.rsplit(maxsplit=1)
        child = os.fork()
        if child == 0:
            try:
                live(Path(home), int(number), too_early=too_early)
            finally:
                os._exit(1)
        os.write(1, f"pid {child}\n".encode())
        _, status = os.waitpid(child, 0)
        os.write(1, f"dead {os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    main()
