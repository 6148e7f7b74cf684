"""`coachlog check`: whether every entry of the journal is as it was written."""

from typing import TYPE_CHECKING, Annotated

from coachlog.cli.declare import Noun, Option
from coachlog.cli.options import JsonOption, YesOption
from coachlog.errors import InvalidInput
from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from coachlog.model.findings import JournalReport, LocatedFinding

app = Noun("check")

_ACCEPTED_WORDS = "The journal is taken as it is. From now on, it is changed as it is."


@app.command()
def check(
    console: Console,
    accept: Annotated[
        bool,
        Option(
            "--accept",
            help="Take the journal as it is, though it lost changes or was moved here; it asks.",
        ),
    ] = False,
    mend: Annotated[
        bool,
        Option(
            "--mend",
            help="Put right what can be, one by one, as the newest good backup has it.",
        ),
    ] = False,
    yes: YesOption = False,
    as_json: JsonOption = False,
) -> None:
    """Look whether every entry of the journal is as it was written, and none is missing.

    What is damaged is named by what it belongs to, with what the newest good backup has in its
    place, also in the second place of backups if it is there. It finds the faults of disks and
    programs, not of people who can write the file. With something wrong, it ends with exit code 1.

    --mend shows each, and asks: an entry is put back as the backup has it, or taken as it is now.
    What refers to an entry that is lost is let go, or kept without it. With --yes, only what was
    written last is put back. The journal as it was is kept first, as a backup. What undo keeps is
    emptied.

    Examples:
      coachlog check           whether all is as it was written
      coachlog check --accept  go on, though changes are lost
      coachlog check --mend    mend single entries
    """
    if mend:
        _mend(console, yes=yes, accept=accept, as_json=as_json)
        return
    if yes and not accept:
        raise InvalidInput("--yes goes with --mend or --accept. Nothing was changed.")
    from coachlog.services.journal_check import (
        accept_report,
        check_soundness,
        require_sound_report,
    )

    verdict = check_soundness(console.desk)
    if accept and (yes or as_json):
        verdict = accept_report(console.desk, verdict, yes=yes)
    _show_report(console, verdict, as_json=as_json)
    if accept and not verdict.is_accepted:
        verdict = accept_report(console.desk, verdict, yes=False)
        if verdict.is_accepted:
            console.print_message(_ACCEPTED_WORDS)
    # Last, so that all of it is on the screen before the command fails because of it.
    require_sound_report(verdict)


def _show_report(console: Console, verdict: "JournalReport", *, as_json: bool) -> None:
    """Print what was found; of a journal that was accepted without a question, only that."""
    if as_json:
        from coachlog.exports.json import convert_journal_report

        console.print_json("check", convert_journal_report(verdict))
    elif verdict.is_accepted:
        console.print_message(_ACCEPTED_WORDS)
    elif verdict.findings or not console.is_plain:
        from coachlog.screens.soundness import render_journal_report

        console.print_list(render_journal_report(verdict, console.list_width))
    else:
        console.print_answer("Your journal is sound.")


def _mend(console: Console, *, yes: bool, accept: bool, as_json: bool) -> None:
    from coachlog.screens.soundness import render_finding
    from coachlog.services.journal_mending import Mending, require_mended_report

    if as_json and not yes:
        raise InvalidInput(
            "--json cannot ask, so nothing was changed.",
            "To put back what was written last, and leave the rest, add --yes.",
        )

    def show(located: "LocatedFinding", verdict: "JournalReport") -> None:
        if not as_json:
            console.print_list(render_finding(located, verdict.backup))

    mending = Mending(console.desk, show, yes=yes, accept=accept)
    verdict = mending.run()
    result = mending.describe(verdict)
    if as_json:
        from coachlog.exports.json import convert_journal_report

        counts = {"mended": mending.mended_count, "accepted": mending.accepted_count}
        console.print_json("check", convert_journal_report(verdict) | counts)
    elif not verdict.findings and not mending.has_changed:
        console.print_answer("Your journal is sound.")
    else:
        console.print_message(result)
    require_mended_report(verdict)
