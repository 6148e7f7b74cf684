"""Whether the journal is sound, and what is known where it is not."""

from coachlog import dates
from coachlog.errors import DamagedJournal
from coachlog.model.findings import BackupRow, FindingKind, JournalReport, Remedy
from coachlog.services.desk import Desk
from coachlog.store.row_checks import is_about_search, is_about_undo
from coachlog.text import format_count

_FILE_KINDS = (FindingKind.FILE, FindingKind.SCHEMA)
_SINGLE_REMEDIES = (
    *(Remedy.PUT_BACK, Remedy.OFFER, Remedy.RENEW),
    *(Remedy.LET_GO, Remedy.UNLINK, Remedy.ACCEPT),
)


def check_soundness(desk: Desk) -> JournalReport:
    """Return what is wrong with the journal: every entry, every index and its head is looked at.

    Raises NoJournal if there is none, and what `Journal.examine` raises.
    """
    return desk.journal.examine()


def accept_report(desk: Desk, verdict: JournalReport, *, yes: bool) -> JournalReport:
    """Let a journal that lost changes, or was moved here, be changed again, once that is agreed to.

    Nothing is asked, and nothing done, where that is not so, or anything else is wrong with it.
    Raises Refusal if the owner does not agree, InvalidInput where nobody can be asked, and what
    `Journal.accept_journal` raises.
    """
    if not verdict.is_acceptable:
        return verdict
    desk.confirm(_phrase_acceptance(verdict), yes=yes)
    desk.journal.accept_journal()
    return verdict._replace(is_accepted=True)


def _phrase_acceptance(verdict: JournalReport) -> str:
    if verdict.is_moved:
        return "Go on with this journal, which was moved here or put back?"
    return "Go on with the journal as it is, without what it lost?"


def _has_lost_changes(verdict: JournalReport) -> bool:
    """Return whether the newest good backup has changes that the journal lost."""
    return any(
        located.finding.kind is FindingKind.LOST_CHANGES
        and located.backup in (BackupRow.AS_WRITTEN, BackupRow.OTHER)
        for located in verdict.findings
    )


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
    things = format_count(count, "thing")
    hint = _describe_way_out(verdict)
    raise DamagedJournal(
        f"{things} {verb} wrong with your journal. Nothing was changed.", hint
    )


def is_file_damaged(verdict: JournalReport) -> bool:
    """Return whether what was found is about the file, or how it is laid out, not about entries.

    The index of `search` does not count, as it can be made anew.
    """
    return any(
        located.finding.kind in _FILE_KINDS and not is_about_search(located.finding)
        for located in verdict.findings
    )


def _describe_way_out(verdict: JournalReport) -> str:
    """Return what to type, by the worst of what is wrong."""
    remedies = {located.remedy for located in verdict.findings}
    is_whole = verdict.reason is None and not is_file_damaged(verdict)
    if is_whole and remedies == {Remedy.HEAD}:
        return _describe_way_back(verdict)
    if is_whole and remedies.intersection(_SINGLE_REMEDIES):
        return (
            "To put right what can be, one by one, after you have seen it: "
            "coachlog check --mend"
        )
    if verdict.backup is not None:
        return (
            "To put the newest good backup in the journal's place: "
            f"{verdict.backup.restore_command}"
        )
    return "Keep the file: what is damaged may still be read from it."


def _describe_way_back(verdict: JournalReport) -> str:
    """Return how to get changes back that were lost, or else to go on without them."""
    accept_words = "To go on with the journal as it is: coachlog check --accept"
    backup = verdict.backup
    if backup is None or not _has_lost_changes(verdict):
        return accept_words
    day = dates.format_medium_day(backup.made_on)
    return (
        f"To see what the backup of {day} would bring back: {backup.restore_command}\n"
        f"{accept_words}"
    )
