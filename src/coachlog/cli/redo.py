"""`coachlog redo`: brings back what was taken back."""

from coachlog.cli.declare import Noun
from coachlog.cli.options import JsonOption
from coachlog.terminal.console import Console

app = Noun("redo")


@app.command()
def redo(console: Console, as_json: JsonOption = False) -> None:
    """Bring back what `undo` took back last; it ends with the next change.

    The draft that a conversation became is a conversation on record again, unless you have carried
    on with it since: then nothing is brought back, and the draft stays.

    Examples:
      coachlog redo               what was taken back last
      coachlog undo --list --all  all that can be brought back
    """
    from coachlog.services.undo import bring_back_last, describe_brought_back

    entry = bring_back_last(console.desk)
    if as_json:
        return console.print_json("brought_back", entry)
    return console.print_message(describe_brought_back(entry))
