"""Whether the journal is sound, and what is known where it is not."""

from coachlog.errors import DamagedJournal
from coachlog.model.findings import JournalReport
from coachlog.services.desk import Desk
from coachlog.store.row_checks import is_about_search, is_about_undo
from coachlog.text import format_count


def check_soundness(desk: Desk, *, accept: bool) -> JournalReport:
    """Return what is wrong with the journal: every entry, every index and its head is looked at.

    With `accept`, a journal that lost changes, or was moved here, is changed again from now on,
    unless anything else is wrong with it.
    Raises NoJournal if there is none, and what `Journal.examine` raises.
    """
    verdict = desk.journal.examine()
    if not accept or not verdict.is_acceptable:
        return verdict
    desk.journal.accept_journal()
    return verdict._replace(is_accepted=True)


def require_sound_report(verdict: JournalReport) -> None:
    """Raise DamagedJournal if something is wrong that was not accepted."""
    count = len(verdict.findings)
    if verdict.is_accepted or not count:
        return
    verb = "is" if count == 1 else "are"
    if all(is_about_undo(located.finding) for located in verdict.findings):
        raise DamagedJournal(
            f"Only what undo keeps is damaged ({format_count(count, 'thing')}). "
            "Nothing was changed.",
            "To empty what undo keeps: coachlog undo",
        )
    if all(is_about_search(located.finding) for located in verdict.findings):
        raise DamagedJournal(
            "Only the index of search is damaged. Nothing was changed.",
            "To make it anew: coachlog doctor --mend",
        )
    hint = "Keep the file: what is damaged may still be read from it."
    if verdict.backup is not None:
        hint = f"The newest good backup: {verdict.backup.path}"
    things = format_count(count, "thing")
    raise DamagedJournal(f"{things} {verb} wrong. Nothing was changed.", hint)
