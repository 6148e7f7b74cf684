"""`coachlog check`: whether every entry of the journal is as it was written."""

from typing import Annotated

from coachlog.cli.declare import Noun, Option
from coachlog.cli.options import JsonOption
from coachlog.terminal.console import Console

app = Noun("check")


@app.command()
def check(
    console: Console,
    accept: Annotated[
        bool,
        Option(
            "--accept",
            help="Take the journal as it is, though it lost changes or was moved here.",
        ),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Look whether every entry of the journal is as it was written, and none is missing.

    What is damaged is named by what it belongs to, with what the newest good backup has in its
    place. It finds the faults of disks and programs, not of people who can write the file. With
    something wrong, it ends with exit code 1.

    Examples:
      coachlog check           whether all is as it was written
      coachlog check --accept  go on, though changes are lost
      coachlog check --json    for a script
    """
    from coachlog.services.journal_check import check_soundness, require_sound_report

    verdict = check_soundness(console.desk, accept=accept)
    if as_json:
        from coachlog.exports.json import convert_journal_report

        console.print_json("check", convert_journal_report(verdict))
    elif verdict.findings or not console.is_plain:
        from coachlog.screens.soundness import render_journal_report

        console.print_list(render_journal_report(verdict, console.list_width))
    else:
        console.print_answer("Your journal is sound.")
    # Last, so that all of it is on the screen before the command fails because of it.
    require_sound_report(verdict)
    if verdict.is_accepted and console.is_plain:
        console.print_remark("From now on, the journal is changed as it is.")
