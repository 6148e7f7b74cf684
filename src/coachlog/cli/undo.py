"""`coachlog undo`: takes back what the last command changed."""

from typing import TYPE_CHECKING, Annotated

from coachlog.cli.declare import Noun, Option
from coachlog.cli.options import IncludePrivateOption, JsonOption, YesOption
from coachlog.errors import InvalidInput
from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from coachlog.services.undo import UndoList

app = Noun("undo")


@app.command()
def undo(
    console: Console,
    show_list: Annotated[
        bool, Option("--list", help="List what can be taken back, the newest first.")
    ] = False,
    include_all: Annotated[
        bool, Option("--all", help="List all of it, not only the newest 30.")
    ] = False,
    skip: Annotated[
        bool,
        Option(
            "--skip",
            help="Leave the last change as it is for good, and go on to the one before.",
        ),
    ] = False,
    yes: YesOption = False,
    private: IncludePrivateOption = False,
    as_json: JsonOption = False,
) -> None:
    """Take back the last change to the journal; each further undo takes back the one before.

    It reaches back 90 days, or 500 commands, also to what another window did. A conversation that
    is taken back is a draft again, with all its answers. If something was changed since, nothing
    is taken back, and you are told what is in the way; --skip goes past it. `redo` brings it back.

    Out of its reach are settings (`config set`), templates, forms, pages and backups, which are
    files, so undo after `config set` takes back what was done before that. So are drafts, who was
    new with one, your name if it was asked on the way, pulses, and what was done before a restore.

    Examples:
      coachlog undo         the last change
      coachlog undo --list  what can be taken back
    """
    from coachlog.services.undo import load_undo_list, skip_last

    if not (show_list or include_all):
        if private:
            raise InvalidInput("--private goes with --list. Nothing was changed.")
        if not skip:
            return _take_back(console, as_json=as_json)
        if as_json:
            raise InvalidInput("--json does not go with --skip. Nothing was changed.")
        return console.print_message(skip_last(console.desk, yes=yes))
    if skip:
        raise InvalidInput("--skip does not go with --list. Nothing was changed.")
    undo_list = load_undo_list(
        console.desk, private=private, include_all=include_all or as_json
    )
    if as_json:
        return console.print_json("entries", undo_list.entries)
    return _print_undo_list(console, undo_list)


def _take_back(console: Console, *, as_json: bool) -> None:
    from coachlog.services.undo import describe_taken_back, take_back_last

    taken_back = take_back_last(console.desk)
    if not as_json:
        return console.print_message(describe_taken_back(console.desk, taken_back))
    return console.print_json(
        "taken_back",
        taken_back.entry,
        draft=taken_back.draft,
        stays=taken_back.stays,
    )


def _print_undo_list(console: Console, undo_list: "UndoList") -> None:
    if not undo_list.entries:
        console.print_empty_list("There is nothing to take back.")
        return console.print_remark(undo_list.way_back or "")
    from coachlog.phrasing.undo_entries import describe_veiled_entries
    from coachlog.screens.undo_list import render_undo_entries

    console.print_list(render_undo_entries(undo_list.entries, console.desk.now))
    if undo_list.others:
        console.print_remark(
            f"{undo_list.others} more, to see them: coachlog undo --list --all"
        )
    if undo_list.veiled_count:
        console.print_remark(describe_veiled_entries(undo_list.veiled_count))
    states = {entry.taken_back for entry in undo_list.entries}
    if False in states:
        console.print_remark("To take back the newest: coachlog undo")
    if undo_list.redo_fault:
        console.print_remark(undo_list.redo_fault)
    elif True in states:
        console.print_remark("To bring back what was taken back last: coachlog redo")
    return None
