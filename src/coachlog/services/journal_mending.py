"""Mends what `check` finds: single rows are put back as the newest good backup has them."""

from collections.abc import Callable, Iterable
from pathlib import Path

from coachlog import dates
from coachlog.errors import DamagedJournal, InvalidInput, Refusal
from coachlog.model.findings import (
    Finding,
    FindingKind,
    JournalReport,
    LocatedFinding,
    Remedy,
)
from coachlog.phrasing.findings import describe_finding
from coachlog.services.backups import create_backup, read_erased_digests
from coachlog.services.desk import Desk
from coachlog.services.journal_check import is_file_damaged
from coachlog.services.results import Result
from coachlog.store.backup_files import shorten_backup_name
from coachlog.store.journal_mending import MendChoice, UnmendableFinding
from coachlog.text import format_count

ShowFinding = Callable[[LocatedFinding, JournalReport], None]

_MOST_ROUNDS = 10
"""What was hidden by damage in the same table is found by the next look."""
_UNASKED_REMEDIES = {Remedy.HEAD, Remedy.RESTORE}
"""What only all of the journal helps against: nothing is asked about such a finding by itself."""
_QUESTIONS = {
    Remedy.PUT_BACK: "Put back what the backup has?",
    Remedy.OFFER: "Put back what the backup has, though it lacks a later change?",
    Remedy.RENEW: "Make it anew?",
    Remedy.LET_GO: "Let go what belongs to it?",
    Remedy.UNLINK: "Keep it, without that reference?",
}
_CERTAIN_REMEDIES = (Remedy.PUT_BACK, Remedy.RENEW)
"""What is done with --yes, too: nobody has to choose."""
_ACCEPT_QUESTION = "Take it as it is now?"
_HEAD_QUESTION = (
    "Go on with the journal as it is, although it was moved here or lost changes?"
)


class Mending:
    """One run of mending: what is asked, what was done, and what is left.

    `show` shows a finding before it is asked about. With `yes` nothing is asked: what the backup
    has as it was written is put back, what can be worked out is made anew, and the rest is left.
    With `accept`, a journal that was moved here, or lost changes, is gone on with.
    """

    def __init__(
        self, desk: Desk, show: ShowFinding, *, yes: bool, accept: bool
    ) -> None:
        self._desk = desk
        self._show = show
        self._yes = yes
        self._accept = accept
        self._settled: set[Finding] = set()
        self._kept: Path | None = None
        self.mended_count = 0
        self.accepted_count = 0
        self.let_go_count = 0
        self.made_on: str | None = None

    def run(self) -> JournalReport:
        """Mend what can be mended; return what is still wrong then.

        Raises `DamagedJournal` if only a whole backup helps, InvalidInput where nobody can be
        asked, and Refusal if the owner does not go on with a journal that was moved here.
        """
        verdict = self._desk.journal.examine()
        for _ in range(_MOST_ROUNDS):
            if not (verdict.findings or verdict.is_moved):
                break
            require_mendable(verdict)
            self._require_asker(verdict)
            choices = self._choose_all(verdict)
            if not choices:
                break
            self._keep_present()
            self._carry_out(choices, verdict)
            verdict = self._desk.journal.examine()
        if self._accept and verdict.is_acceptable:
            self._desk.journal.accept_journal()
            return self._desk.journal.examine()
        return verdict

    def _choose_all(self, verdict: JournalReport) -> list[MendChoice]:
        choices = []
        for group in _group_findings(verdict):
            is_settled = group[0].finding in self._settled
            # What only a restore helps may follow from what is mended in this round.
            if is_settled or group[0].remedy in _UNASKED_REMEDIES:
                continue
            for located in group:
                self._show(located, verdict)
            is_accepted = self._choose(group[0])
            self._settled.update(located.finding for located in group)
            if is_accepted is not None:
                choices += [MendChoice(located, is_accepted) for located in group]
        if choices and _has_wrong_head(verdict):
            self._agree_to_head()
        return choices

    def _choose(self, located: LocatedFinding) -> bool | None:
        """Return whether a finding is taken as it is, or else mended; None if it is left."""
        question = _QUESTIONS.get(located.remedy)
        if self._yes:
            return False if located.remedy in _CERTAIN_REMEDIES else None
        if question and self._desk.asker.agrees(question):
            return False
        if located.is_acceptable and self._desk.asker.agrees(_ACCEPT_QUESTION):
            return True
        return None

    def _require_asker(self, verdict: JournalReport) -> None:
        """Raise InvalidInput where a person has to be asked, and nobody is there."""
        remedies = {located.remedy for located in verdict.findings}
        if self._yes or self._desk.interactive or remedies <= _UNASKED_REMEDIES:
            return
        hint = (
            "Nothing of it can be mended unasked. In a terminal: coachlog check --mend"
        )
        if remedies.intersection(_CERTAIN_REMEDIES):
            hint = (
                "To put back what the backup has as it was written, and leave the rest: "
                "coachlog check --mend --yes"
            )
        raise InvalidInput("coachlog cannot ask here, so nothing was changed.", hint)

    def _agree_to_head(self) -> None:
        """Return if the journal may be changed, although its head speaks against it."""
        if self._accept:
            return
        if self._yes or not self._desk.interactive:
            raise Refusal(
                "The journal was moved here, or lost changes. Nothing was mended.",
                "To go on with it all the same: coachlog check --mend --accept --yes",
            )
        self._desk.confirm(_HEAD_QUESTION, yes=False)
        self._accept = True

    def _keep_present(self) -> None:
        if self._kept is None:
            self._kept = self._desk.journal.back_up(self._desk.today)

    def _carry_out(self, choices: list[MendChoice], verdict: JournalReport) -> None:
        """Carry out what was chosen; what turns out to be impossible is said and left out."""
        backup = verdict.backup
        self.made_on = dates.format_medium_day(backup.made_on) if backup else None
        path = Path(backup.path) if backup else None
        erased_digests = read_erased_digests(self._desk, path)
        while choices:
            try:
                self._desk.journal.mend(
                    choices, path, self._desk.clock(), erased_digests
                )
            except UnmendableFinding as error:
                choices = [c for c in choices if c.located != error.located]
                words = describe_finding(error.located).partition(":")[0]
                self._desk.tell(
                    f"Not mended: {words}, as {error.reason}. It is left as it is."
                )
                continue
            self.accepted_count += sum(choice.is_accepted for choice in choices)
            let_go_count = _count_let_go(choices)
            self.let_go_count += let_go_count
            self.mended_count += sum(not choice.is_accepted for choice in choices)
            self.mended_count -= let_go_count
            return

    @property
    def has_changed(self) -> bool:
        """Return whether anything was mended or accepted."""
        return bool(self.mended_count or self.accepted_count or self.let_go_count)

    def describe(self, verdict: JournalReport) -> Result:
        """Return what was done, where what was there before is kept, and what is made of it.

        Of a journal that is sound now, a good backup is made, as the last one lacks what was
        written since.
        """
        if self._kept is None:
            return Result("Nothing was changed.")
        sentences = list(self._list_outcomes())
        sentences.append(
            f"What was there before is backup {shorten_backup_name(self._kept.name)}."
        )
        remarks = ["What undo kept is gone: what was done before cannot be taken back."]
        if not verdict.findings:
            sentences.append("Your journal is sound.")
            _backup, result = create_backup(self._desk)
            sentences.append(result.message)
            remarks += result.remarks
        return Result(" ".join(sentences), tuple(remarks))

    def _list_outcomes(self) -> Iterable[str]:
        if self.mended_count:
            verb = "is" if self.mended_count == 1 else "are"
            yield f"{format_count(self.mended_count, 'thing')} {verb} mended."
        if self.accepted_count:
            verb = "is" if self.accepted_count == 1 else "are"
            things = format_count(self.accepted_count, "thing")
            yield f"{things} {verb} taken as it is now."
        if self.let_go_count:
            verb = "is" if self.let_go_count == 1 else "are"
            yield f"{format_count(self.let_go_count, 'thing')} {verb} let go."


def require_mendable(verdict: JournalReport) -> None:
    """Raise `DamagedJournal` for a journal of which the file itself is damaged."""
    if verdict.reason is None and not is_file_damaged(verdict):
        return
    hint = "There is no good backup: keep the file, as it may still be read in part."
    if verdict.backup is not None:
        hint = f"To put the newest good backup in its place: {verdict.backup.restore_command}"
    raise DamagedJournal(
        "The file of the journal is damaged, not only entries in it, so single entries cannot be "
        "put back. Nothing was changed.",
        hint,
    )


def require_mended_report(verdict: JournalReport) -> None:
    """Raise DamagedJournal if something is still wrong."""
    count = len(verdict.findings)
    if count:
        verb = "is" if count == 1 else "are"
        hint = "What it is: coachlog check"
        if verdict.backup is not None:
            command = verdict.backup.restore_command
            hint += f"\nAll of the journal, as the backup has it: {command}"
        raise DamagedJournal(
            f"{format_count(count, 'thing')} {verb} still wrong.", hint
        )


def _has_wrong_head(verdict: JournalReport) -> bool:
    return verdict.is_moved or any(
        located.remedy is Remedy.HEAD for located in verdict.findings
    )


def _group_findings(verdict: JournalReport) -> list[list[LocatedFinding]]:
    """Return what is asked about together: rows that refer to the same lost one, by what helps.

    They wait while anything is wrong with the table of that one, as it may come back.
    """
    damaged_tables = {
        located.finding.table
        for located in verdict.findings
        if located.finding.kind is not FindingKind.POINTER
    }
    groups: dict[object, list[LocatedFinding]] = {}
    for located in verdict.findings:
        if located.lost is None:
            groups[located.finding] = [located]
        elif located.lost[0] not in damaged_tables:
            groups.setdefault((located.lost, located.remedy), []).append(located)
    return [*groups.values()]


def _count_let_go(choices: Iterable[MendChoice]) -> int:
    return sum(choice.located.remedy is Remedy.LET_GO for choice in choices)
