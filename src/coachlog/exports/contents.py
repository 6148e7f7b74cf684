"""What an export holds: a page of blocks to read, and the same as values for programs."""

from collections.abc import Callable, Iterable, Mapping

from coachlog.exports.blocks import Document
from coachlog.model.pages import PageKind
from coachlog.named_tuples import NamedTuple

Cell = str | int | None


class Records(NamedTuple):
    """Rows for a spreadsheet, under the names of their columns."""

    columns: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]


class Contents(NamedTuple):
    """What is exported of one thing, built in the form that its format takes.

    `row_id` is the number of what it is about. `get_values` returns the values of the page by name,
    as `--json` has them, and `list_records` its rows; a page without them has no such format.
    Unless it `says_day`, no file tells on which day it was written.
    """

    kind: PageKind
    build_document: Callable[[], Document]
    get_values: Callable[[], Mapping[str, object]] | None = None
    list_records: Callable[[], Records] | None = None
    row_id: int | None = None
    says_day: bool = True
