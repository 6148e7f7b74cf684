"""Whether the journal is whole, what reads it, and whether the clock agrees with it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from coachlog import dates
from coachlog.errors import JournalLocked
from coachlog.model.checkup import CheckState, Diagnosis
from coachlog.rules.engine_versions import has_wal_reset_bug
from coachlog.services.checkups.scene import Scene
from coachlog.store.connections import ENGINE_VERSION
from coachlog.store.head_guard import ACCEPT_HINT, describe_loss
from coachlog.store.journal_look import JournalLook

SEARCH_INDEX = "search"
_STRAY_LOG_HINT = "To put it aside, where it is kept: coachlog check"
_CLOCK_SLACK = timedelta(minutes=5)
"""Clocks that are set by a network jump back by less."""


def check_engine(_scene: Scene) -> Iterator[Diagnosis]:
    """Yield whether the version of SQLite is one that can damage a journal."""
    yield judge_engine(ENGINE_VERSION)


def judge_engine(version: str) -> Diagnosis:
    """Return what there is to say of a version of SQLite."""
    if has_wal_reset_bug(version):
        return Diagnosis(
            "engine",
            CheckState.WRONG,
            f"SQLite {version} can lose changes when two coachlogs write at one moment "
            "(its WAL-reset bug).",
            "To update coachlog on this machine: pipx upgrade coachlog",
        )
    return Diagnosis("engine", CheckState.FINE, f"SQLite {version}.")


def check_journal(scene: Scene) -> Iterator[Diagnosis]:
    """Yield whether the journal is sound; what it shows is kept for the other checks.

    Raises `CoachlogError` where the journal cannot be used as it is.
    """
    journal = scene.desk.journal
    try:
        if not journal.exists():
            yield Diagnosis(
                "journal",
                CheckState.CAUTION,
                f"There is no journal in {scene.desk.home} yet.",
                "--home or COACHLOG_HOME chooses another folder. To start one: coachlog log NAME",
            )
            return
        scene.look = journal.look()
    except JournalLocked as error:
        yield Diagnosis("journal", CheckState.UNKNOWN, error.message, error.hint)
        return
    if scene.look.has_damage:
        scene.look = None
        raise journal.build_damage_error()
    yield _judge_look(scene, scene.look)


def _judge_look(scene: Scene, look: JournalLook) -> Diagnosis:
    """Return what there is to say of a journal whose entries are sound."""
    if look.stray_log is not None:
        return Diagnosis("journal", CheckState.WRONG, look.stray_log, _STRAY_LOG_HINT)
    if look.lost_count is not None:
        words = describe_loss(look.lost_count, scene.files)
        return Diagnosis("journal", CheckState.WRONG, words, ACCEPT_HINT)
    if look.has_undo_damage:
        return Diagnosis(
            "journal",
            CheckState.WRONG,
            "What undo keeps is damaged; everything else in the journal is sound.",
            "To empty what undo keeps: coachlog undo",
        )
    if look.is_moved:
        return Diagnosis(
            "journal",
            CheckState.CAUTION,
            "It is not the one last changed in this folder: it was moved here, or put back.",
            "The next change asks about it. To go on with it: coachlog check --accept",
        )
    return Diagnosis("journal", CheckState.FINE, "Sound: every value in it was read.")


def check_search_index(scene: Scene) -> Iterator[Diagnosis]:
    """Yield whether the index of `search` is sound; nothing where the journal is not."""
    if scene.look is None:
        return
    if not scene.look.has_search_damage:
        yield Diagnosis(SEARCH_INDEX, CheckState.FINE, "The index of search is sound.")
        return
    yield Diagnosis(
        SEARCH_INDEX,
        CheckState.WRONG,
        "The index of search is damaged; nothing that you wrote is.",
        "To make it anew: coachlog doctor --mend",
        mendable=True,
    )


def rebuild_search_index(scene: Scene) -> None:
    """Make the index of `search` anew. Raises a driver error if even that fails."""
    from coachlog.store.search_index import rebuild_index

    with scene.desk.change() as change:
        rebuild_index(change.connection)


def check_clock(scene: Scene) -> Iterator[Diagnosis]:
    """Yield whether the clock is behind the journal's last change; nothing before the first."""
    changed_at = scene.look.changed_at if scene.look else None
    if changed_at is None:
        return
    now = scene.desk.now
    if now + _CLOCK_SLACK >= changed_at:
        yield Diagnosis(
            "clock", CheckState.FINE, "Not behind the journal's last change."
        )
        return
    local = changed_at.astimezone(now.tzinfo)
    words = (
        f"The clock says {_format_moment(now)}, which is before the journal's last change "
        f"({_format_moment(local)}), so one of the two is wrong."
    )
    mend = (
        "Set the clock of this computer. If it is right, days recorded lately may be wrong. "
        "To see them: coachlog session list"
    )
    yield Diagnosis("clock", CheckState.WRONG, words, mend)


def _format_moment(moment: datetime) -> str:
    return f"{dates.format_medium_day(moment.date())} {moment:%H:%M}"
