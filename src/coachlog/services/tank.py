"""The owner's own tank: a minute alone each week, and what it has been like."""

from datetime import date
from typing import TYPE_CHECKING

from coachlog.errors import CoachlogError
from coachlog.model.tank_entries import TankEntry, TankLevel, TankView
from coachlog.rules.disclosure import TANK
from coachlog.rules.tank_weeks import has_low_weeks
from coachlog.services.desk import Desk
from coachlog.services.results import Result

if TYPE_CHECKING:
    from coachlog.model.progress import Trend


def make_tank_entry(desk: Desk, answers: str | None, held_on: str | None) -> Result:
    """Ask the four questions, or read the file of answers; return what was saved.

    After three low weeks a kind word is among the remarks. Raises what `start_session` does.
    """
    from coachlog.services.sessions.new import NewSessionOptions, start_session

    options = NewSessionOptions(template=TANK, answers=answers, held_on=held_on)
    result = start_session(desk, options)
    return result._replace(remarks=(*result.remarks, *_list_tank_remarks(desk)))


def _list_tank_remarks(desk: Desk) -> list[str]:
    remarks = ["To see how it goes: coachlog tank show"]
    try:
        view = load_tank(desk)
    except CoachlogError:
        # The entry is saved: what cannot be read is said by the command that shows it.
        return remarks
    if view.has_low_weeks:
        from coachlog.phrasing.low_weeks import describe_low_weeks

        remarks.append(describe_low_weeks(view.help))
    return remarks


def load_tank(desk: Desk, since: str | None = None) -> TankView:
    """Return the entries since a day as it was typed, or all, with their trend.

    Whether the last weeks were low does not depend on that day. The settings are read only if they
    were. Raises InvalidInput for a day that cannot be read, DamagedJournal if an entry is not as it
    was written.
    """
    from coachlog.store.reading.tank_queries import read_tank_entries
    from coachlog.store.shown_rows import require_sound_entries

    first_day = desk.parse_past_day(since) if since else date.min
    with desk.read() as db:
        all_entries = read_tank_entries(db)
        entries = tuple(entry for entry in all_entries if entry.on >= first_day)
        require_sound_entries(db, sessions=[entry.session for entry in entries])
    is_low = has_low_weeks(_list_levels(all_entries), desk.today)
    return TankView(
        entries=entries,
        trend=_build_tank_trend(_list_levels(entries)),
        has_low_weeks=is_low,
        help=_find_own_help(desk) if is_low else None,
        since=first_day if since else None,
    )


def _list_levels(entries: "list[TankEntry] | tuple[TankEntry, ...]") -> list[TankLevel]:
    """Return how full the tank was, of the entries that say so."""
    return [
        TankLevel(entry.on, entry.value) for entry in entries if entry.value is not None
    ]


def _build_tank_trend(levels: list[TankLevel]) -> "Trend | None":
    if not levels:
        return None
    from coachlog.model.progress import TrendPoint
    from coachlog.rules.measure_trends import build_trend
    from coachlog.rules.tank_weeks import HIGHEST, LOWEST

    points = [TrendPoint(level.on, level.value) for level in levels]
    return build_trend(TANK, None, LOWEST, HIGHEST, points)


def _find_own_help(desk: Desk) -> str | None:
    """Return whom the owner wrote into the settings for help; None where they wrote nothing."""
    from coachlog.wording import HELP_CONTACT

    contact = desk.settings.get_text("help.contact")
    return None if contact == HELP_CONTACT else contact
