"""The owner's promises of a quarter, before they say which are told wrongly."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates, rules
from coachlog.interview.corrections import whom
from coachlog.model import Fate
from coachlog.model.progress import Decided, Tally
from coachlog.rules import corrections
from coachlog.screens import styling
from coachlog.screens.columns import Columns, sentence
from coachlog.screens.ledger import with_why
from coachlog.screens.ratios import shares
from coachlog.text import cut, line

FEW = 3
"""Kept promises that have a line each; more of them stand two in a line."""


def listed(due: Sequence[Decided], day: date, width: int) -> Group:
    """Return the promises with their sum: what was not kept in full, what was kept in short."""
    since, until = corrections.quarter(day)
    span = f"First due from {dates.short(since, day)} to {dates.short(until, day)}"
    tally = Tally(**Counter(one.fate.value for one in due))
    parts: list[RenderableType] = [sentence(f"{span}: {shares(tally)}.")]
    if any(rules.corrected(one.action) for one in due):
        now = Tally(**Counter(corrections.standing(one).value for one in due))
        parts.append(sentence(f"As you corrected them before: {shares(now)}.", styling.QUIET))
    kept = [one for one in due if one.fate is Fate.KEPT and not rules.corrected(one.action)]
    told = list(due) if len(kept) <= FEW else [one for one in due if one not in kept]
    if told:
        parts += ["", with_why(told, day, width)]
    if len(kept) > FEW:
        parts += [
            "",
            Text("Kept, with their first date:", style=styling.GOOD),
            _in_two(kept, width),
        ]
    return Group(*parts)


def _in_two(kept: Sequence[Decided], width: int) -> Columns:
    room = (width - 2) // 2
    made = Columns("", "")
    half = (len(kept) + 1) // 2
    for number in range(half):
        pair = kept[number::half]
        made.add_row(*(_short(one, room) for one in pair))
    return made


def _short(one: Decided, room: int) -> Text:
    assert one.action.original_due is not None
    due = one.action.original_due
    when = f"{due.day} {dates.MONTHS[due.month - 1][:3]}"
    aside = f" ({', '.join(filter(None, (whom(one), when)))})"
    number = f"{one.action.id:>3} "
    words = cut(line(one.action.what), room - len(number) - len(aside))
    return (
        Text(number)
        .append_text(styling.typed(words))
        .append_text(styling.typed(aside, styling.QUIET))
    )
