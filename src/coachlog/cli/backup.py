"""`coachlog backup`: backups of the journal, made, listed, checked and restored."""

from typing import Annotated

from coachlog.cli import suggestions
from coachlog.cli.declare import Argument, Noun
from coachlog.cli.options import JsonOption, YesOption
from coachlog.terminal.console import Console

app = Noun(
    "backup",
    "Backups of the journal: made each day, checked, and brought back.",
    """
    coachlog backup list               what there is
    coachlog backup create             one of now
    coachlog backup restore yesterday  see what would change
    """,
)

_NAME_HELP = "As `backup list` shows it, its day, or the path of its file"


@app.command("create")
def backup_create(console: Console, as_json: JsonOption = False) -> None:
    """Make a backup of the journal as it is now, and check it.

    From the journal's second day, one is made by itself at the first change of each day: before it,
    or right after it where the journal is larger than 8 MB. With the setting backup.folder, each is
    copied to a second place as well, such as a stick; if that is not there, the newest is copied
    with the next change once it is. Of a damaged journal, it is marked as that and replaces no good
    one; the exit code is 1.

    Examples:
      coachlog backup create         before something large
      coachlog backup create --json  for a script
    """
    from coachlog.services import backups

    backup, result = backups.create_backup(console.desk)
    if as_json:
        console.print_json("backup", backup)
    else:
        console.print_message(result)
    backups.require_good_backup(backup)


@app.command("list")
def backup_list(console: Console, as_json: JsonOption = False) -> None:
    """List the backups, the newest first, with when each was made and what it holds.

    Kept are the newest of the last 7 days, 4 weeks and 12 months that have one. Damaged ones that
    are newer than the newest sound one are marked.

    Examples:
      coachlog backup list         all of them, and the second place
      coachlog backup list --json  for a script
    """
    from coachlog.services import backups

    desk = console.desk
    listing = backups.list_backups(desk)
    place = backups.load_second_place(desk)
    folder = str(desk.journal.files.backups)
    if as_json:
        return console.print_json("backups", listing, folder=folder, second_place=place)
    from coachlog.screens.backups import (
        describe_backups,
        phrase_second_place,
        render_backups,
    )

    if listing:
        console.print_list(render_backups(listing, desk.today, console.list_width))
        console.print_remark(describe_backups(listing, folder))
    else:
        console.print_empty_list("No backups yet: coachlog backup create")
    if place:
        console.print_remark(phrase_second_place(place, desk.today))
    return None


@app.command("check")
def backup_check(
    console: Console,
    names: Annotated[
        list[str] | None,
        Argument(
            metavar="[BACKUP]...",
            help=f"{_NAME_HELP}; all of them if you leave it out.",
            autocompletion=suggestions.suggest_files,
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Check backups: every page, every row and every value in them. Exit code 1 for a damaged one.

    All are also those in the second place, if it is there. One that was made of a damaged journal,
    as its name says, does not count.

    Examples:
      coachlog backup check            all of them
      coachlog backup check yesterday  the newest of yesterday
    """
    from coachlog.services import backups

    verdicts = backups.examine_backups(console.desk, names or [])
    if as_json:
        console.print_json("backups", verdicts)
    elif not verdicts:
        console.print_empty_list("No backups yet: coachlog backup create")
    else:
        from coachlog.screens.backups import render_verdicts

        console.print_list(render_verdicts(verdicts))
    backups.require_sound_backups(verdicts)


@app.command("restore")
def backup_restore(
    console: Console,
    name: Annotated[
        str | None,
        Argument(
            metavar="[BACKUP]",
            help=f"{_NAME_HELP}; if you leave it out, the newest sound one that no restore "
            "made.",
            autocompletion=suggestions.suggest_files,
        ),
    ] = None,
    yes: YesOption = False,
) -> None:
    """Put a backup in the journal's place, after you have seen what would change.

    The journal as it is now is kept first, as a backup; a damaged one is kept as it is. `undo` does
    not reach back beyond a restore. Pulses, programmes and the audit log stay as they are, and what
    was erased stays erased.

    Examples:
      coachlog backup restore yesterday   see what would change, and agree
      coachlog backup restore 2026-11-22  by its name
    """
    from coachlog.screens.backups import render_restore_preview
    from coachlog.services import backups

    desk = console.desk
    with backups.stage_backup(desk, name) as restore:
        console.print_pages(render_restore_preview(restore.preview, desk.today))
        if restore.preview.is_needless:
            return
        desk.confirm("Restore it?", yes=yes)
        result = restore.carry_out()
    console.print_message(result)
