"""Promises counted by their fate, and the ledger of those that count."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from coachlog.model.actions import Action, Fate
from coachlog.model.progress import DecidedPromise, Tally
from coachlog.rules.promises import (
    DECIDED_FATES,
    Judgement,
    correct_judgement,
    find_corrected_fate,
    find_correction,
    find_owner_at_first_date,
    judge_promise,
)


def tally_fates(actions: Iterable[Action], today: date) -> Tally:
    """Return how many of these promises met which fate, as of `today`.

    Actions that never had a date are not counted.
    """
    judgements = (judge_promise(action, today) for action in actions)
    return count_fates(judgement for judgement in judgements if judgement is not None)


def count_fates(judgements: Iterable[Judgement]) -> Tally:
    """Return how often each fate comes up, and how many passed their first date undecided."""
    return build_tally(Counter(judgements))


def build_tally(counts: Mapping[Judgement, int]) -> Tally:
    """Return the tally of promises, given how many were judged in which way."""
    fate_counts: Counter[str] = Counter()
    past_first: Counter[Fate] = Counter()
    for (fate, counts_by_first_date), count in counts.items():
        fate_counts[fate.value] += count
        if counts_by_first_date and fate not in DECIDED_FATES:
            past_first[fate] += count
    return Tally(
        **fate_counts,
        pending_past_first=past_first[Fate.PENDING],
        released_past_first=past_first[Fate.RELEASED],
    )


def is_due_within(action: Action, since: date | None, until: date | None) -> bool:
    """Return whether a promise was first due in a period, both days included.

    True for every promise when neither day is given; otherwise False for one without a date.
    """
    if action.original_due is None:
        return since is None and until is None
    return (since or date.min) <= action.original_due <= (until or date.max)


def adjust_tally(
    tally: Tally, actions: Iterable[Action], today: date
) -> tuple[Tally | None, date | None]:
    """Return the tally with corrected fates in place of those on record.

    With it comes the day of the last correction; (None, None) if none makes a difference. `actions`
    may be any of those in the tally, as long as all that were corrected are among them.
    """
    recorded, corrected = [], []
    correction_days = []
    for action in actions:
        correction = find_correction(action)
        judgement = judge_promise(action, today)
        if correction is None or judgement is None:
            continue
        standing_judgement = correct_judgement(judgement, correction.fate)
        if standing_judgement != judgement:
            recorded.append(judgement)
            corrected.append(standing_judgement)
            correction_days.append(correction.on)
    if not correction_days:
        return None, None
    changes = zip(tally, count_fates(recorded), count_fates(corrected), strict=True)
    counts = [count - before + after for count, before, after in changes]
    return Tally(*counts), max(correction_days)


def build_ledger_entry(action: Action, today: date) -> DecidedPromise | None:
    """Return a promise with how it counts; None if it is in no ratio, as recorded or corrected.

    None also for one that was neither the owner's nor the other person's on its first date. It has
    the sides for which it counted in place of its owners (`promise_sides.take_sides`).
    """
    owner = find_owner_at_first_date(action)
    judgement = judge_promise(action, today)
    if owner not in ("me", "them") or judgement is None:
        return None
    standing_judgement = judgement
    # Only the owner of the journal reviews, and so corrects, what is on record.
    if owner == "me":
        standing_judgement = correct_judgement(judgement, find_corrected_fate(action))
    if not (_counts_in_ratios(judgement) or _counts_in_ratios(standing_judgement)):
        return None
    return DecidedPromise(action, *judgement, side=owner)


def _counts_in_ratios(judgement: Judgement) -> bool:
    return judgement.counts_by_first_date or judgement.fate in DECIDED_FATES
