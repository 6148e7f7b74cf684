"""What `check` found: two calm lines where the journal is sound, else each finding."""

from collections.abc import Iterator

from coachlog import dates
from coachlog.model.findings import GoodBackup, JournalReport, LocatedFinding
from coachlog.phrasing.findings import (
    describe_backup_row,
    describe_consequence,
    describe_finding,
    describe_row_values,
)
from coachlog.rules.disclosure import list_stated_key
from coachlog.screens import styling
from coachlog.screens.columns import Columns
from coachlog.screens.texts import Text
from coachlog.screens.widths import has_no_end

MOST_FINDINGS = 50
"""Shown on a screen; --json has all of them."""

_INDENT = "  "
_MOVED_WORDS = (
    "It is not the journal that was last changed in this folder: "
    "it was moved here, or put back."
)
_HOW_TO_ACCEPT = "To change it as it is: coachlog check --accept"


def render_journal_report(verdict: JournalReport, width: int) -> Columns:
    """Return what was found, each with the table and the key of its row; in a pipe, as columns."""
    if has_no_end(width):
        return _build_finding_table(verdict)
    return _lay_out_lines(_list_lines(verdict))


def _lay_out_lines(lines: Iterator[Text]) -> Columns:
    """Return lines one below the other; one that is indented stays so where it wraps."""
    table = Columns("", "", wide="")
    for line in lines:
        if line.plain.startswith(_INDENT):
            table.add_row("", line[len(_INDENT) :])
        else:
            table.add_line(line)
    return table


def _list_lines(verdict: JournalReport) -> Iterator[Text]:
    if not verdict.findings:
        yield Text("Your journal is sound.", style=styling.GOOD)
        yield Text(
            f"{verdict.row_count:,} entries in {verdict.table_count} tables, "
            "each as it was written."
        )
    else:
        if verdict.reason:
            yield styling.format_typed_words(verdict.reason, styling.BAD)
            yield Text()
        for located in verdict.findings[:MOST_FINDINGS]:
            yield from _list_finding_lines(located, verdict.backup)
            yield Text()
        more_count = len(verdict.findings) - MOST_FINDINGS
        if more_count > 0:
            yield Text(f"and {more_count} more: coachlog check --json")
            yield Text()
        if verdict.kept_log:
            words = f"The log as it was is kept: {verdict.kept_log}"
            yield styling.format_typed_words(words, styling.QUIET)
        yield styling.format_typed_words(_format_backup(verdict), styling.QUIET)
    yield from _list_acceptance_lines(verdict)


def _list_finding_lines(
    located: LocatedFinding, backup: GoodBackup | None
) -> Iterator[Text]:
    """Yield what is wrong, where, and what a backup has in its place."""
    yield styling.format_typed_words(
        _form_sentence(describe_finding(located)), styling.BAD
    )
    backup_words = describe_backup_row(located, backup) if backup else ""
    values = describe_row_values(located)
    for words in (
        _format_row(located),
        _form_sentence(backup_words),
        _form_sentence(f"as it is now: {values}" if values else ""),
        _form_sentence(describe_consequence(located)),
    ):
        if words:
            yield styling.format_typed_words(f"{_INDENT}{words}", styling.QUIET)


def _form_sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}." if words else ""


def render_finding(located: LocatedFinding, backup: GoodBackup | None) -> Columns:
    """Return one thing that is wrong, before it is asked what to do about it."""
    return _lay_out_lines(_list_finding_lines(located, backup))


def _format_row(located: LocatedFinding) -> str:
    """Return the table and the key of a row; '' where neither is known."""
    table, key = located.finding.table, located.finding.key
    if table is None:
        return ""
    if key is None:
        return f"table {table}"
    return f"table {table}, row {_format_key(list_stated_key(table, key))}"


def _format_key(key: tuple[object, ...]) -> str:
    return "/".join(map(str, key))


def _format_backup(verdict: JournalReport) -> str:
    if verdict.backup is None:
        return "There is no good backup of it."
    day = dates.format_medium_day(verdict.backup.made_on)
    return f"The newest good backup is of {day}: {verdict.backup.path}"


def _list_acceptance_lines(verdict: JournalReport) -> Iterator[Text]:
    if verdict.is_moved:
        yield Text(_MOVED_WORDS)
    # Of one that lost changes, the last line says it.
    if verdict.is_acceptable and not verdict.findings and not verdict.is_accepted:
        yield Text(_HOW_TO_ACCEPT, style=styling.QUIET)


def _build_finding_table(verdict: JournalReport) -> Columns:
    table = Columns("kind", "table", "row", "what", "backup")
    for located in verdict.findings:
        finding = located.finding
        key = list_stated_key(finding.table, finding.key or ())
        table.add_row(
            finding.kind.value,
            finding.table or "",
            styling.format_typed_words(_format_key(key)),
            styling.format_typed_words(describe_finding(located)),
            located.backup.value,
        )
    return table
