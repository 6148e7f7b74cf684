"""How many of the promises on a page were kept, by whom, as a table."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from coachlog.exports.blocks import PlainText, Table, TypedText, Words
from coachlog.model.actions import Action, ActionStatus, Fate
from coachlog.phrasing.owners import SideNames, describe_first_owner
from coachlog.rules.promises import judge_fate

_MADE, _UNDATED_OPEN, _UNDATED_CLOSED = "Made", "Open, no date", "Closed, no date"
_FATE_COLUMNS = {
    Fate.KEPT: "Kept on time",
    Fate.REAGREED: "Kept by the new date",
    Fate.LATE: "Kept late",
    Fate.MISSED: "Missed or overdue",
    Fate.RELEASED: "Dropped in time",
    Fate.PENDING: "Not due yet",
}
_COLUMNS = (_MADE, *_FATE_COLUMNS.values(), _UNDATED_OPEN, _UNDATED_CLOSED)


def build_promise_count_table(
    actions: Iterable[Action], names: SideNames, today: date
) -> Iterator[Table]:
    """Yield how many promises each person made, and what became of them; nothing for none.

    Columns in which nobody has any are left out. Whoever had a promise first is counted for it.
    """
    counts_by_owner: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for action in actions:
        owner = describe_first_owner(action, names)
        counts = counts_by_owner[owner]
        counts[_MADE] += 1
        counts[_find_count_column(action, today)] += 1
    columns = [
        name
        for name in _COLUMNS
        if any(counts[name] for counts in counts_by_owner.values())
    ]
    if columns:
        rows = [
            _build_count_row(owner, counts_by_owner[owner], columns)
            for owner in sorted(counts_by_owner)
        ]
        yield Table(("Who", *columns), tuple(rows))


def _find_count_column(action: Action, today: date) -> str:
    fate = judge_fate(action, today)
    if fate is not None:
        return _FATE_COLUMNS[fate]
    if action.status is ActionStatus.OPEN:
        return _UNDATED_OPEN
    return _UNDATED_CLOSED


def _build_count_row(
    owner: str, counts: Mapping[str, int], columns: Iterable[str]
) -> tuple[Words, ...]:
    cells: list[Words] = [(TypedText(owner),)]
    cells += [(PlainText(str(counts[name] or "–")),) for name in columns]
    return tuple(cells)
