"""What the command line says about a conversation that is written down in one piece."""

from coachlog.named_tuples import NamedTuple


class LogOptions(NamedTuple):
    """What the command line says about a conversation that is written down in one piece.

    `with_names` are names beside `name`: two in all are those of a conversation of three.
    `source` is a file, or `-` for standard input; `held_on` is as it was typed. `again` records one
    just like one that is on record; `dry_run` only shows what is understood.
    """

    name: str | None = None
    with_names: tuple[str, ...] = ()
    source: str | None = None
    template: str | None = None
    held_on: str | None = None
    editor: bool = False
    dry_run: bool = False
    again: bool = False
