"""Who had little of the owner's time lately, with the numbers, and never as a ranking."""

from collections.abc import Iterator, Sequence

from coachlog.model.progress import PersonProgress, TimeComparison
from coachlog.rules.time_shares import FAIRNESS_DAYS
from coachlog.screens import styling
from coachlog.screens.columns import render_sentence
from coachlog.screens.renderables import Renderable
from coachlog.screens.texts import Text
from coachlog.text import format_count

_IN_THAT_TIME = f" in {FAIRNESS_DAYS} days"


def list_time_remarks(row: PersonProgress) -> Iterator[Text]:
    """Yield that someone had under half the usual time lately, or none; nothing for anybody else.

    Both numbers are given, theirs and the usual one.
    """
    comparison = row.fairness
    if comparison is None or comparison.usual_sessions is None:
        return
    if comparison.sessions_under_half:
        words = _phrase_sessions(comparison, _IN_THAT_TIME)
        yield _format_time_remark(f"less than half: {words}")
    elif comparison.sessions == 0:
        # Where most had none, none is not under half of the usual number.
        yield _format_time_remark(_phrase_sessions(comparison, _IN_THAT_TIME))
    if comparison.minutes_under_half:
        words = _phrase_minutes(comparison, _IN_THAT_TIME)
        yield _format_time_remark(f"less than half: {words}")


def render_time_fairness(
    people: Sequence[PersonProgress], one_person: bool
) -> Iterator[Renderable]:
    """Yield how time was shared lately, unless the rows have said that somebody had too little."""
    if any(any(list_time_remarks(row)) for row in people):
        return
    compared = []
    for row in people:
        if row.fairness and row.fairness.usual_sessions is not None:
            compared.append(row.fairness)
    words = _phrase_shared_time(len(compared))
    if one_person:
        words = _phrase_own_time(compared)
    yield render_sentence(f"Last {FAIRNESS_DAYS} days: {words}.", styling.QUIET)


def _phrase_own_time(compared: Sequence[TimeComparison]) -> str:
    if not compared:
        return "nothing to compare with"
    words = _phrase_sessions(compared[0])
    if compared[0].usual_minutes is None:
        return words
    return f"{words}; {_phrase_minutes(compared[0])}"


def _phrase_shared_time(count: int) -> str:
    """Return that each of so many people had enough time; it never says so of anybody else."""
    if count == 0:
        return "too early, or too few people, to compare"
    people = "the one person" if count == 1 else f"each of the {count} people"
    return f"{people} who can be compared had at least half the agreed or usual time"


def _format_time_remark(words: str) -> Text:
    return Text(f"  {words}", style=styling.SOON)


def _phrase_sessions(comparison: TimeComparison, period: str = "") -> str:
    """Return `2 of the 6 conversations agreed`, or with the median where none is agreed."""
    sessions, usual = comparison.sessions, comparison.usual_sessions
    if comparison.basis == "rhythm":
        count = int(usual or 0)
        talks = "one conversation" if count == 1 else f"{count} conversations"
        return f"{sessions} of the {talks} agreed{period}"
    talks = format_count(sessions, "conversation") if sessions else "no conversation"
    return f"{talks}{period}, median {usual:g}"


def _phrase_minutes(comparison: TimeComparison, period: str = "") -> str:
    minutes = format_count(comparison.minutes or 0, "minute")
    return f"{minutes}{period}, median {comparison.usual_minutes:g}"
