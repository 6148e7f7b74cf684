"""How promises ended, in words; without Rich."""

from datetime import date

from coachlog.dates import format_short_day
from coachlog.model.actions import Action, ActionStatus, EventKind, Fate
from coachlog.model.progress import Caveats, DecidedPromise, Slips, Tally
from coachlog.rules.caveats import find_late_record, list_handover_days
from coachlog.rules.corrections import FATE_WORDS
from coachlog.rules.promises import DECIDED_FATES, find_due_in_force, list_moves
from coachlog.text import format_count, format_times

_PAST_FIRST_WORDS = {
    Fate.PENDING: "moved in time and not due yet",
    Fate.RELEASED: "moved in time, then dropped in time",
}
"""How those promises stand that count by the first date alone: they were open after it."""
_LET_GO_WORDS = "dropped in time"

_CAVEAT_WORDS = (
    "without a date",
    "hidden with a deleted conversation",
    "given to somebody else by the first date",
    "dated only later",
    "recorded only after the date had passed",
    "moved in a conversation",
    "moved by you outside a conversation",
    "handed over after the date",
)
"""What each field of `Caveats` counts, in its order."""

_STATUS_WORDS = {ActionStatus.OPEN: "still open", ActionStatus.DROPPED: "dropped"}


def describe_tally(tally: Tally) -> str:
    """Return how many promises met which fate: `8 kept, 1 missed`; '' for none.

    They add up to those that count by the first date; what was let go by then is named apart, and
    what is not due yet and was not moved is left out.
    """
    counts = tally._asdict()
    parts = [(counts[fate], FATE_WORDS[fate]) for fate in DECIDED_FATES]
    for fate, words in _PAST_FIRST_WORDS.items():
        parts.append((counts[f"{fate.value}_past_first"], words))
    sum_words = ", ".join(f"{count} {words}" for count, words in parts if count)
    let_go = tally.released - tally.released_past_first
    if not let_go:
        return sum_words
    let_go_words = f"{let_go} {_LET_GO_WORDS}"
    return f"{sum_words} (not counted: {let_go_words})" if sum_words else let_go_words


def describe_ledger_fate(promise: DecidedPromise) -> str:
    """Return how a promise of the ledger ended, in the words of `describe_tally`."""
    if promise.fate in DECIDED_FATES:
        return FATE_WORDS[promise.fate]
    if promise.counts_by_first_date:
        return _PAST_FIRST_WORDS[promise.fate]
    return _LET_GO_WORDS


def describe_slips(slips: Slips) -> str:
    """Return how far dates slipped: `1 had its date moved 3 times; 1 was late ...`; '' for none."""
    phrases = [_describe_redatings(slips), _describe_late_days(slips)]
    return "; ".join(filter(None, phrases))


def _describe_redatings(slips: Slips) -> str:
    if not slips.redated:
        return ""
    if slips.redated == 1:
        return f"1 had its date moved {format_times(slips.moves)}"
    how_often = f"{format_times(slips.moves)} in all"
    if slips.redated == slips.moves:
        how_often = "once each"
    return f"{slips.redated} had their date moved, {how_often}"


def _describe_late_days(slips: Slips) -> str:
    if slips.median_days is None or slips.longest_days is None:
        return ""
    longest = format_count(slips.longest_days, "day")
    if slips.late == 1:
        return f"1 was late against its first date, by {longest}"
    median = f"{slips.median_days:g}"
    return (
        f"{slips.late} were late against their first date, typically by {median} and "
        f"at most by {longest}"
    )


def describe_caveats(caveats: Caveats) -> str:
    """Return what to know beside the ratios: `1 without a date`; '' for none."""
    phrases = [
        f"{count} {words}"
        for words, count in zip(_CAVEAT_WORDS, caveats, strict=True)
        if count
    ]
    return ", ".join(phrases)


def describe_fate_reason(promise: DecidedPromise, today: date) -> str:
    """Return why a promise has its fate: `still open 3 days after Fri 12 Jun`.

    Each date is named once, with its year unless that is this year.
    """
    action = promise.action
    assert action.original_due is not None
    last_day = action.closed_on or today
    first_due_words = format_short_day(action.original_due, today)
    if promise.fate is Fate.KEPT:
        return _describe_distance(last_day, action.original_due, first_due_words)

    due_in_force, late_move = find_due_in_force(action.original_due, list_moves(action))
    due_words = format_short_day(due_in_force, today)
    moves = []
    if due_in_force != action.original_due:
        moves.append(f"moved in time from {first_due_words} to {due_words}")
    if late_move:
        moved_on, new_due = late_move
        new_day = "the same day"
        if new_due != moved_on:
            new_day = format_short_day(new_due, today)
        moved_day = format_short_day(moved_on, today)
        moves.append(f"moved too late, on {moved_day}, to {new_day}")
    # After a move in time alone, its date has just been named.
    if moves and not late_move:
        due_words = ""
    distance = _describe_distance(last_day, due_in_force, due_words)
    status = _STATUS_WORDS.get(action.status, "done" if moves else "")
    return "; ".join([*moves, f"{status} {distance}".lstrip()])


def describe_ledger_caveats(promise: DecidedPromise, today: date) -> str:
    """Return what is counted aloud of a promise: `recorded Sat 14 Mar; dated only later`."""
    return "; ".join(
        _describe_ledger_caveat(name, promise.action, today) for name in promise.caveats
    )


def _describe_ledger_caveat(name: str, action: Action, today: date) -> str:
    if name == "recorded_afterwards":
        return _describe_late_record(action, today)
    days = list_handover_days(action)
    if name == "handed_over":
        return f"handed over on {format_short_day(days.in_time[-1], today)}"
    if name == "owner_changed":
        return f"handed over on {format_short_day(days.late[0], today)}"
    return _CAVEAT_WORDS[Caveats._fields.index(name)]


def _describe_late_record(action: Action, today: date) -> str:
    event = find_late_record(action)
    assert event is not None
    day = format_short_day(event.recorded_on or event.on, today)
    if event.kind is EventKind.REOPENED:
        return f"reopened on {day}"
    return f"recorded {day}"


def _describe_distance(day: date, due: date, due_words: str = "") -> str:
    """Return how far a day is from a due date: `3 days after Fri 12 Jun`, or `3 days after`."""
    days = (day - due).days
    if days == 0:
        return f"on {due_words or 'that day'}"
    side = "after" if days > 0 else "before"
    return f"{format_count(abs(days), 'day')} {side} {due_words}".rstrip()
