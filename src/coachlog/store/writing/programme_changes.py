"""Changes to programmes: joined, left, a quarter sent. `undo` takes none of them back.

What was sent cannot be called back, and whoever joined can leave.
"""

import secrets
from datetime import date

from sqlmodel import col, select

from coachlog.errors import NotFound, Refusal
from coachlog.model.programme import Breakdown, Places, Programme
from coachlog.store.programme_terms import list_programme_terms
from coachlog.store.tables.programme_rows import (
    ProgrammeContributionRow,
    ProgrammeMembershipRow,
    ProgrammeSecretRow,
)
from coachlog.store.transactions import Change
from coachlog.store.writing.audited_rows import log_change
from coachlog.store.writing.json_columns import format_json_column

_SECRET_BYTES = 32


def insert_membership(
    change: Change, programme: Programme, places: Places, *, on: date
) -> None:
    """Record that a programme was joined. Raises Refusal for one that was, and was not left."""
    if _find_membership(change, programme.code) is not None:
        raise Refusal(
            f"You have already joined {programme.name}. Nothing was changed.",
            "See: coachlog programme show",
        )
    with change.outside_undo():
        _ensure_secret(change)
        row = ProgrammeMembershipRow(
            code=programme.code,
            name=programme.name,
            terms=format_json_column(list_programme_terms(programme)),
            cohort=places.get(Breakdown.COHORT),
            region=places.get(Breakdown.REGION),
            band=places.get(Breakdown.BAND),
            joined_on=on,
        )
        change.db_session.add(row)
        change.flush()
        log_change(change, "programme.joined", row.id)


def _ensure_secret(change: Change) -> None:
    """Make the secret at the first joining: with another one, ids would be others as well."""
    if change.db_session.exec(select(ProgrammeSecretRow)).first() is None:
        secret = secrets.token_hex(_SECRET_BYTES)
        change.db_session.add(ProgrammeSecretRow(id=1, secret=secret))


def mark_membership_left(change: Change, code: str, *, on: date) -> None:
    """Record that a programme was left. Raises `NotFound` for one that is not joined."""
    row = _require_membership(change, code)
    with change.outside_undo():
        row.left_on = on
        change.db_session.add(row)
        log_change(change, "programme.left", row.id)


def insert_contribution(
    change: Change, code: str, quarter: str, edition: int, number: str, *, on: date
) -> None:
    """Record that a quarter was sent, and under which number.

    Raises `NotFound` for a programme that is not joined, and Refusal if an edition as late as this
    one was sent meanwhile.
    """
    membership = _require_membership(change, code)
    if edition <= _count_editions(change, code, quarter):
        raise Refusal(
            f"{quarter} was sent by another run of coachlog meanwhile. Nothing was written.",
            "See: coachlog programme show",
        )
    with change.outside_undo():
        row = ProgrammeContributionRow(
            membership_id=membership.id or 0,
            quarter=quarter,
            edition=edition,
            number=number,
            made_on=on,
        )
        change.db_session.add(row)
        change.flush()
        log_change(change, "programme.contributed", row.id)


def _count_editions(change: Change, code: str, quarter: str) -> int:
    """Return the last edition of a quarter that was sent to a programme; 0 for none."""
    statement = (
        select(ProgrammeContributionRow.edition)
        .join(ProgrammeMembershipRow)
        .where(
            col(ProgrammeMembershipRow.code) == code,
            col(ProgrammeContributionRow.quarter) == quarter,
        )
    )
    return max(change.db_session.exec(statement), default=0)


def _find_membership(change: Change, code: str) -> ProgrammeMembershipRow | None:
    statement = select(ProgrammeMembershipRow).where(
        col(ProgrammeMembershipRow.code) == code,
        col(ProgrammeMembershipRow.left_on).is_(None),
    )
    return change.db_session.exec(statement).first()


def _require_membership(change: Change, code: str) -> ProgrammeMembershipRow:
    row = _find_membership(change, code)
    if row is None:
        raise NotFound(
            "You have not joined this programme. Nothing was changed.",
            "To join it: coachlog programme join FILE",
        )
    return row
