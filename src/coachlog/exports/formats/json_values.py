"""JSON for programs: what `--json` prints of the same thing."""

from coachlog.exports.contents import Contents
from coachlog.model.pages import PageKind

SUFFIXES = (".json",)
MEDIA_TYPE = "application/json"
PAGES = (
    PageKind.PLAN,
    PageKind.HISTORY,
    PageKind.SESSION,
    PageKind.SET,
    PageKind.PROGRESS,
    PageKind.PROGRAMME,
)
SUMMARY = "what --json prints"


def write_values(contents: Contents) -> bytes:
    """Return the values in UTF-8, with the version of the contract before them."""
    from coachlog.exports.json_text import write_json_document

    assert contents.get_values is not None
    values = dict(contents.get_values())
    name = next(iter(values))
    pieces = write_json_document(name, values.pop(name), **values)
    return "".join([*pieces, "\n"]).encode()
