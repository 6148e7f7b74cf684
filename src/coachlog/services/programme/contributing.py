"""One quarter of the journal as numbers, prepared to be looked at and then sent to a programme."""

import os
import secrets
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coachlog.errors import CoachlogError
from coachlog.model.programme import Contribution, Holder, PreparedContribution
from coachlog.named_tuples import NamedTuple
from coachlog.services.desk import Desk

if TYPE_CHECKING:
    from coachlog.store.reading.contribution_queries import HealthMarks

_NUMBER_BYTES = 16


class SentHalf(NamedTuple):
    """The file that one holder gets, of the contribution with this number."""

    holder: Holder
    path: Path
    number: str


def prepare_contribution(
    desk: Desk, quarter: str | None = None, programme: str | None = None
) -> PreparedContribution:
    """Return the numbers of a quarter, the last that is over unless it is named: nothing leaves.

    `programme` is a code or a name. Raises InvalidInput for a quarter that is not over, and
    NotFound where no such programme is joined.
    """
    from coachlog.rules.programme_quarters import (
        find_last_whole_quarter,
        find_settling_day,
        parse_quarter,
        require_finished_quarter,
    )
    from coachlog.services.programme.joining import (
        find_membership,
        require_known_vector,
    )
    from coachlog.store.reading import contribution_queries, programme_queries

    if quarter is None:
        name = find_last_whole_quarter(desk.today)
    else:
        name = parse_quarter(quarter, desk.today)
    since, until = require_finished_quarter(name, desk.today)
    membership = find_membership(desk, programme)
    require_known_vector(membership.programme)
    marks = list_health_marks(desk)
    settling_day = find_settling_day(until)
    code = membership.programme.code
    with desk.read() as db:
        numbers = contribution_queries.read_contribution_numbers(
            db, desk.today, since, until, marks
        )
        sent = programme_queries.read_sent_contributions(db, programme=code)
        ever_joined = programme_queries.read_memberships(db, include_left=True)
    # Whoever left and joined again was a member before.
    joined_on = min(
        each.joined_on for each in ever_joined if each.programme.code == code
    )
    editions = [each.edition for each in sent if each.quarter == name]
    return PreparedContribution(
        membership=membership,
        first_joined_on=joined_on,
        quarter=name,
        edition=max(editions, default=0) + 1,
        numbers=numbers,
        is_before_joining=joined_on > until,
        is_long_before_joining=name < find_last_whole_quarter(joined_on),
        settles_on=settling_day if settling_day > desk.today else None,
    )


def list_health_marks(desk: Desk) -> "HealthMarks":
    """Return the templates that ask about health, and the measures that are about it.

    They are the built-in ones and the owner's own, also where one has the id of the other.
    """
    from coachlog.store.reading.contribution_queries import HealthMarks
    from coachlog.templates import library

    builtin_templates = [
        library.read_template_file(path, builtin=True)
        for path in library.list_template_files(library.find_builtin_folder())
    ]
    available = library.list_available_templates(desk.own_templates_folder)
    templates: set[str] = set()
    measures: set[str] = set()
    for template in (*builtin_templates, *available.templates):
        health_prompts = [each for each in template.prompts.values() if each.health]
        if health_prompts:
            templates.add(template.id)
        measures.update(each.measure for each in health_prompts if each.measure)
    return HealthMarks(frozenset(templates), frozenset(measures))


def build_halves(desk: Desk, prepared: PreparedContribution) -> list[Contribution]:
    """Return what each holder gets of a quarter: random shares of all numbers, none above its cap.

    A programme with one holder gets the numbers themselves.
    """
    from coachlog.rules.programme_shares import split_numbers
    from coachlog.rules.programme_vector import cap_numbers
    from coachlog.sealed.join_files import digest_terms

    programme = prepared.membership.programme
    numbers = cap_numbers(prepared.numbers, programme.caps)
    parts = (
        split_numbers(numbers, secrets.randbelow) if programme.is_split else [numbers]
    )
    number = secrets.token_hex(_NUMBER_BYTES)
    terms = digest_terms(programme)
    return [
        Contribution(
            programme=programme.code,
            quarter=prepared.quarter,
            holder=holder,
            number=number,
            member=prepared.membership.member,
            edition=prepared.edition,
            places=prepared.membership.places,
            made_on=desk.today,
            numbers=part,
            terms=terms,
        )
        for holder, part in zip(programme.keys, parts, strict=True)
    ]


def send_contribution(
    desk: Desk, prepared: PreparedContribution, folder: Path, *, force: bool
) -> list[SentHalf]:
    """Record that a quarter was sent, and write the sealed file of each holder: all, or nothing.

    Returns who gets which file. Raises MissingLibrary without pyrage, Refusal where a file of that
    name exists, and StorageFailure if one cannot be written.
    """
    from coachlog import files
    from coachlog.sealed.halves import name_half_file, seal_halves
    from coachlog.store.writing.programme_changes import insert_contribution

    programme = prepared.membership.programme
    halves = build_halves(desk, prepared)
    sealed_halves = seal_halves(halves, programme)
    sent_halves = [
        SentHalf(
            half.holder,
            folder / name_half_file(half.quarter, half.number, half.holder, programme),
            half.number,
        )
        for half in halves
    ]
    pages = {each.path: sealed_halves[each.holder] for each in sent_halves}
    with ExitStack() as stack:
        with desk.change() as change:
            insert_contribution(
                change,
                programme.code,
                prepared.quarter,
                prepared.edition,
                halves[0].number,
                on=desk.today,
            )
            publish = stack.enter_context(files.stage_files(pages, force=force))
        # Only after the commit: nothing may leave that the journal does not know of.
        _publish_halves(publish, prepared)
    for path in pages:
        _hide_moment(path, desk.today)
    return sent_halves


def _publish_halves(
    publish: Callable[[], None], prepared: PreparedContribution
) -> None:
    """Give the files their names; an error says that the journal has the quarter as sent."""
    try:
        publish()
    except CoachlogError as error:
        raise type(error)(
            f"{error.message} Your journal has edition {prepared.edition} of {prepared.quarter} as "
            "sent all the same.",
            "Contribute once more, into another folder: the later edition counts.",
        ) from error


def _hide_moment(path: Path, day: date) -> None:
    """Let a file say no more than its day: noon, in UTC."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()
    # Where the disk keeps no times, there are none to hide.
    with suppress(OSError):
        os.utime(path, (noon, noon))
