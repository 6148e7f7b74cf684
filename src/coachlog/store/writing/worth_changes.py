"""Changes to what a programme was worth: benefits and stories, recorded and dropped."""

from collections.abc import Sequence
from datetime import date

from coachlog.errors import NotFound
from coachlog.model.worth import BenefitFields
from coachlog.store.compiled_rows.benefit_row import StoredBenefit
from coachlog.store.compiled_rows.worth_story_row import StoredWorthStory
from coachlog.store.transactions import Change
from coachlog.store.writing.audited_rows import insert_row, log_change


def insert_benefit(change: Change, fields: BenefitFields, *, on: date) -> int:
    """Record a benefit on the day `on`, and return its number."""
    row = StoredBenefit(recorded_on=on, **fields._asdict())
    return insert_row(change, row, "benefit.recorded")


def delete_benefit(change: Change, id: int) -> None:
    """Remove a benefit. Raises `NotFound` if there is none."""
    row = change.rows.get(StoredBenefit, id)
    if row is None:
        raise NotFound(
            f"There is no benefit {id}. Nothing was changed.",
            "`coachlog worth list` shows the numbers.",
        )
    change.rows.delete(row)
    log_change(change, "benefit.dropped", id)


def insert_worth_story(change: Change, lines: Sequence[str], *, on: date) -> int:
    """Keep a story of five lines, written on the day `on`, and return its number."""
    before, event, response, outcome, lesson = lines
    row = StoredWorthStory(
        written_on=on,
        before=before,
        event=event,
        response=response,
        outcome=outcome,
        lesson=lesson,
    )
    return insert_row(change, row, "story.kept")


def delete_worth_story(change: Change, id: int) -> None:
    """Remove a story. Raises `NotFound` if there is none."""
    row = change.rows.get(StoredWorthStory, id)
    if row is None:
        raise NotFound(
            f"There is no story {id}. Nothing was changed.",
            "`coachlog story list` shows the numbers.",
        )
    change.rows.delete(row)
    log_change(change, "story.dropped", id)
