"""The values of a programme for programs: what `--json` prints of it."""

from collections.abc import Sequence
from typing import Any

from coachlog.model.programme import (
    GroupFigures,
    Membership,
    ProgrammeReport,
    SentContribution,
)
from coachlog.rules.programme_publication import COUNT_STEP, MAGNITUDE_FAMILIES
from coachlog.rules.programme_report import RATIOS
from coachlog.rules.programme_vector import INDICATORS

MAGNITUDE_NAMES = tuple(
    dict.fromkeys(
        figure.name
        for family in MAGNITUDE_FAMILIES
        for choice in family.choices
        for figure in choice.figures
    )
)
"""Every magnitude that a report can have, in its order."""
COUNT_NAMES = tuple(name for name in INDICATORS if name != "contributed")


def list_report_values(quarter_report: ProgrammeReport) -> dict[str, Any]:
    """Return a report by name; what is hidden is null."""
    return {
        "programme": quarter_report.programme.code,
        "name": quarter_report.programme.name,
        "quarter": quarter_report.quarter,
        "breakdown": quarter_report.programme.breakdown.value,
        "holders": [holder.value for holder in quarter_report.programme.keys],
        "closed_on": quarter_report.closed_on,
        "counts_rounded_to": COUNT_STEP,
        "is_split": quarter_report.programme.is_split,
        "groups": [
            {
                "group": group.group,
                **_list_figures(group),
                "invited": quarter_report.invited.get(group.group),
                "response_at_least": quarter_report.responses.get(group.group),
                "spoilt": list(group.spoilt),
            }
            for group in quarter_report.groups
        ],
        "total": {
            **_list_figures(quarter_report.total),
            "invited": quarter_report.total_invited,
            "response_at_least": quarter_report.responses.get(""),
        },
        "small_groups": list(quarter_report.small_groups),
        "omitted": quarter_report.omitted,
    }


def _list_figures(group: GroupFigures) -> dict[str, Any]:
    return {
        "contributions": group.contributions,
        "magnitudes": {name: group.magnitudes.get(name) for name in MAGNITUDE_NAMES},
        "percents": {name: group.percents.get(name) for name in RATIOS},
        "counts": {name: group.counts.get(name) for name in COUNT_NAMES},
    }


def _list_sent_values(
    membership: Membership, sent: Sequence[SentContribution]
) -> list[dict[str, Any]]:
    return [
        {
            "quarter": each.quarter,
            "edition": each.edition,
            "number": each.number,
            "made_on": each.made_on,
        }
        for each in sent
        if each.membership_id == membership.id
    ]


def list_membership_values(
    memberships: Sequence[Membership], sent: Sequence[SentContribution]
) -> list[dict[str, Any]]:
    """Return the programmes that were joined, each with what was sent to it."""
    return [
        {
            "code": membership.programme.code,
            "name": membership.programme.name,
            "member": membership.member,
            "places": dict(membership.places),
            "is_split": membership.programme.is_split,
            "joined_on": membership.joined_on,
            "left_on": membership.left_on,
            "contributions": _list_sent_values(membership, sent),
        }
        for membership in memberships
    ]
