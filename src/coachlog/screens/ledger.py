"""The ledger: every promise that counts in the ratios, how it ended and why, and the sums."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import RenderableType
from rich.text import Text

from coachlog import dates, rules
from coachlog.model import Action, Fate
from coachlog.model.progress import Decided, Tally
from coachlog.phrasing.fates import FATES, counts, why
from coachlog.rules import corrections
from coachlog.screens import styling
from coachlog.screens.columns import Columns, sentence, two_lines_each
from coachlog.text import first_name


def ledger(entries: Sequence[Decided], today: date, width: int) -> Iterator[RenderableType]:
    """Yield every promise with its fate and why, mine first, then sums that equal the ratios.

    What the owner corrected comes first, then what was missed.
    """
    for name, owner in (("Yours", "me"), ("Theirs", "them")):
        listed = [entry for entry in entries if entry.action.owner == owner]
        listed.sort(key=_corrected_then_worst)
        yield ""
        yield styling.heading(name)
        if listed:
            yield styling.Indented(with_why(listed, today, width - 2))
            yield from _sums(listed)
        else:
            yield styling.Indented(Text("None has come due yet.", style=styling.QUIET))


def with_why(entries: Sequence[Decided], today: date, width: int) -> Columns:
    """Return promises one a line, or two lines each where one does not hold them all."""
    table = Columns("#", "promise", "with", "so", right=("#",), wide="promise")
    for entry in entries:
        words = what(entry.action).append_text(_correction(entry, today))
        table.add_row(str(entry.action.id), words, _with(entry.action), _fate(entry, today))
    if table.fits(width, least=30):
        return table
    return two_lines_each(
        "promise",
        ((entry.action.id, what(entry.action), _below(entry, today)) for entry in entries),
    )


def what(action: Action) -> Text:
    """Return the words of a promise; of one without them the set, or that it is private."""
    if action.set is not None and not action.what:
        return styling.typed(f"(in {action.set.name})", styling.QUIET)
    return styling.words(action.what, private=action.private)


def _corrected_then_worst(entry: Decided) -> tuple[bool, int]:
    return not _differs(entry), corrections.WORST_FIRST.index(entry.fate)


def _differs(entry: Decided) -> bool:
    return corrections.standing(entry) is not entry.fate


def _below(entry: Decided, today: date) -> Text:
    """Return the second line of a promise: with whom, how it ended, and what was corrected."""
    details = Text()
    if entry.action.person:
        details.append("with ").append_text(_with(entry.action)).append(" · ")
    return details.append_text(_fate(entry, today)).append_text(_correction(entry, today))


def _correction(entry: Decided, today: date) -> Text:
    """Return a line of its own that says what the owner corrected; nothing if nothing stands."""
    correction = rules.correction(entry.action)
    if correction is None or correction.fate is None or not _differs(entry):
        return Text("")
    fate, day = corrections.FATES[correction.fate], dates.short(correction.on, today)
    words = Text(f"\ncorrected to {fate} on {day}", style=styling.SOON)
    if correction.note:
        words.append_text(styling.typed(f": {correction.note}", styling.QUIET))
    return words


def _with(action: Action) -> Text:
    return styling.typed(first_name(action.person.name) if action.person else "")


def _fate(entry: Decided, today: date) -> Text:
    kept = entry.fate in (Fate.KEPT, Fate.REAGREED)
    words = Text(FATES[entry.fate], style=styling.GOOD if kept else styling.SOON)
    return words.append(f": {why(entry, today)}", style=styling.QUIET)


def _sums(listed: Sequence[Decided]) -> Iterator[RenderableType]:
    """Yield what the lines above add up to, counted anew: it has to equal the ratios.

    Where some were corrected, so do the lines as they then are.
    """
    recorded = Tally(**Counter(entry.fate.value for entry in listed))
    now = Tally(**Counter(corrections.standing(entry).value for entry in listed))
    yield styling.Indented(sentence(f"In all: {counts(recorded)}: {recorded.decided} decided."))
    if now != recorded:
        words = f"As corrected: {counts(now)}: {now.decided} decided."
        yield styling.Indented(sentence(words))
