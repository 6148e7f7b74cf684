"""What a review of one's own looks at beforehand, and what it leads to."""

from datetime import date

from coachlog.cli.environment import Environment
from coachlog.interview import corrections
from coachlog.model import Action, Record, Template
from coachlog.rules import shadows


def due(env: Environment, template: Template, day: date) -> tuple[Action, ...]:
    """Return the owner's promises that this template looks at again, as of the day of the talk."""
    if corrections.prompt_of(template) is None or not env.journal.exists():
        return ()
    from coachlog.store.reading.promises_due import promises_due

    with env.read() as db:
        return promises_due(db, day)


def next_step(record: Record) -> str | None:
    """Return what to type after a review; None after any other talk."""
    if any(answer.measure in shadows.MEASURES for answer in record.answers):
        return "coachlog progress --shadow"
    return "coachlog progress --ledger" if record.corrections else None


def compare(env: Environment, session_id: int, record: Record) -> None:
    """Tell at the terminal how a shadow review differs from the one before.

    Only once it is saved: to see the last scores first would pull the new ones towards them.
    """
    if not any(answer.measure in shadows.MEASURES for answer in record.answers):
        return
    from coachlog.screens import shadow as screens
    from coachlog.store.reading import shadow

    with env.read() as db:
        reviews = shadow.shadow(db, env.today, private=True).reviews
    for words in screens.compared(reviews, session_id, env.today):
        env.terminal.tell(words, dim=True)
