"""Queries of the programmes that the owner has joined, and of what was sent to them."""

from datetime import date
from typing import Any

from coachlog.model.programme import Breakdown, Membership, SentContribution
from coachlog.rules.programme_members import derive_member_id
from coachlog.store.database import Connection
from coachlog.store.programme_terms import parse_programme_terms
from coachlog.store.rows import RowReader, parse_stored_date

_SENT_READER = RowReader(
    SentContribution, "programme_contribution", programme="programme_membership.code"
)


def read_memberships(db: Connection, *, include_left: bool = False) -> list[Membership]:
    """Return the programmes that were joined, in that order; those left only if they are asked for.

    Raises `UnreadableValue` for one whose terms are damaged.
    """
    secret = db.execute("SELECT secret FROM programme_secret").fetchone()
    rows = db.execute(
        """
        SELECT terms, cohort, region, band, joined_on, left_on, id FROM programme_membership
        WHERE left_on IS NULL OR ? ORDER BY id
        """,
        (include_left,),
    )
    return [_build_membership(secret[0] if secret else "", row) for row in rows]


def _build_membership(secret: str, row: tuple[Any, ...]) -> Membership:
    terms, cohort, region, band, joined_on, left_on, id = row
    programme = parse_programme_terms(terms)
    places = {
        Breakdown.COHORT: cohort,
        Breakdown.REGION: region,
        Breakdown.BAND: band,
    }
    return Membership(
        programme=programme,
        member=derive_member_id(secret, programme.code),
        places={breakdown: name for breakdown, name in places.items() if name},
        joined_on=date.fromisoformat(joined_on),
        left_on=parse_stored_date(left_on),
        id=id,
    )


def read_sent_contributions(
    db: Connection, *, programme: str | None = None
) -> list[SentContribution]:
    """Return what was sent to one programme (by code), or to all, in that order."""
    rows = db.execute(
        f"""
        SELECT {_SENT_READER.columns} FROM programme_contribution
        JOIN programme_membership ON programme_membership.id = membership_id
        WHERE ? IS NULL OR programme_membership.code = ?
        ORDER BY programme_contribution.id
        """,
        (programme, programme),
    )
    return _SENT_READER.read_all(rows)
