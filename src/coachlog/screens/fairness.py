"""Who had little of the owner's time lately, with the numbers, and never as a ranking."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from coachlog.model.progress import PersonProgress, TimeComparison
from coachlog.rules.figures import FAIRNESS_DAYS
from coachlog.screens import styling
from coachlog.screens.columns import render_sentence
from coachlog.text import format_count


def list_time_remarks(row: PersonProgress) -> Iterator[Text]:
    """Yield that someone had under half the usual time lately, or none; nothing for anybody else.

    Both numbers are given, theirs and the usual one.
    """
    comparison = row.fairness
    if comparison is None or comparison.usual_sessions is None:
        return
    if comparison.sessions_under_half:
        yield _format_time_remark(f"less than half: {_phrase_sessions(comparison)}")
    elif comparison.sessions == 0:
        # Where most had none, none is not under half of the usual number.
        yield _format_time_remark(_phrase_sessions(comparison))
    if comparison.minutes_under_half:
        yield _format_time_remark(f"less than half: {_phrase_minutes(comparison)}")


def render_time_fairness(
    people: Sequence[PersonProgress], one_person: bool
) -> Iterator[RenderableType]:
    """Yield how time was shared lately, unless the rows have said that somebody had too little."""
    compared = []
    for row in people:
        if row.fairness and row.fairness.usual_sessions is not None:
            compared.append(row.fairness)
        if any(list_time_remarks(row)):
            return
    if not compared and one_person:
        words = "nothing to compare with"
    elif not compared:
        words = "too early, or too few people, to compare"
    elif one_person:
        words = _phrase_sessions(compared[0])
        if compared[0].usual_minutes is not None:
            words += f"; {_phrase_minutes(compared[0])}"
    elif len(compared) == 1:
        words = (
            "the one person who can be compared had at least half the agreed or usual "
            "time"
        )
    else:
        words = (
            f"each of the {len(compared)} people who can be compared had at least half "
            "the agreed or usual time"
        )
    yield render_sentence(f"Last {FAIRNESS_DAYS} days: {words}.", styling.QUIET)


def _format_time_remark(words: str) -> Text:
    return Text(f"  {words}", style=styling.SOON)


def _phrase_sessions(comparison: TimeComparison) -> str:
    """Return `2 of 6 conversations agreed in 90 days`, or with the median where none is agreed."""
    sessions, usual = comparison.sessions, comparison.usual_sessions
    if comparison.basis == "rhythm":
        talks = format_count(int(usual or 0), "conversation")
        return f"{sessions} of {talks} agreed in {FAIRNESS_DAYS} days"
    talks = format_count(sessions, "conversation") if sessions else "no conversation"
    return f"{talks} in {FAIRNESS_DAYS} days, median {usual:g}"


def _phrase_minutes(comparison: TimeComparison) -> str:
    minutes = format_count(comparison.minutes or 0, "minute")
    return f"{minutes} in {FAIRNESS_DAYS} days, median {comparison.usual_minutes:g}"
