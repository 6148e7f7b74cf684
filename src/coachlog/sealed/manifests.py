"""The manifest of a closed quarter: which contributions count in it, by the digest of each half."""

from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO

from coachlog.model.programme import Breakdown, Holder, Manifest, ManifestEntry
from coachlog.named_tuples import NamedTuple
from coachlog.sealed.faults import FaultyFile
from coachlog.sealed.fields import (
    DIGEST,
    MAX_LINE,
    NUMBER_ID,
    PROGRAMME_CODE,
    QUARTER,
    FieldReader,
    build_head,
    is_clean_line,
)
from coachlog.sealed.line_files import (
    MAX_LINES,
    LineFile,
    build_omitted_rows,
    digest_lines,
    read_omitted_row,
    write_lines,
)


class ReadManifest(NamedTuple):
    """A manifest as it was read from its file, and the digest of it."""

    manifest: Manifest
    digest: str


def write_manifest_file(manifest: Manifest) -> Iterator[bytes]:
    """Yield the lines of a manifest."""
    head = build_head(
        "manifest",
        {
            "programme": manifest.programme,
            "quarter": manifest.quarter,
            "breakdown": manifest.breakdown.value,
            "holders": [holder.value for holder in manifest.holders],
            "closed_on": manifest.closed_on.isoformat(),
            "groups": dict(manifest.groups),
            "invited": dict(manifest.invited),
            "entries": len(manifest.entries),
            "omitted": len(manifest.omitted),
        }.items(),
    )
    rows = map(_build_entry_row, manifest.entries)
    return write_lines(head, chain(rows, build_omitted_rows(manifest.omitted)))


def _build_entry_row(entry: ManifestEntry) -> dict[str, Any]:
    digests = {holder.value: digest for holder, digest in entry.digests.items()}
    return {"number": entry.number, "group": entry.group, "digests": digests}


def digest_manifest(manifest: Manifest) -> str:
    """Return the SHA-256 of a manifest's file."""
    return digest_lines(write_manifest_file(manifest))


def parse_manifest_file(stream: BinaryIO) -> ReadManifest:
    """Return the manifest in a file, whole.

    Raises FaultyFile for what coachlog does not write.
    """
    reader = ManifestReader(stream)
    entries = tuple(reader.read_entries())
    omitted = tuple(map(read_omitted_row, reader.file.read_rows(reader.omitted_count)))
    digest = reader.file.finish()
    whole = reader.manifest._replace(entries=entries, omitted=omitted)
    return ReadManifest(whole, digest)


class ManifestReader:
    """A manifest while it is read: `manifest` has no entries yet, which come one by one.

    Raises FaultyFile for what coachlog does not write.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.file = LineFile(stream, "manifest")
        head = self.file.head
        self.manifest = Manifest(
            programme=head.take_text("programme", PROGRAMME_CODE),
            quarter=head.take_text("quarter", QUARTER),
            breakdown=head.take_choice("breakdown", Breakdown),
            holders=_read_holders(head),
            closed_on=head.take_day("closed_on"),
            groups=head.take_counts("groups", 1, MAX_LINES),
            entries=(),
            invited=head.take_counts("invited", 1, MAX_LINES),
        )
        self._entry_count = head.take_number("entries", 0, MAX_LINES)
        self.omitted_count = head.take_number("omitted", 0, MAX_LINES)
        head.finish()

    def read_entries(self) -> Iterator[ManifestEntry]:
        """Yield the contributions that the quarter takes in."""
        for row in self.file.read_rows(self._entry_count):
            number = row.take_text("number", NUMBER_ID)
            group = row.take("group")
            if group != "" and not is_clean_line(group, MAX_LINE):
                row.refuse("group")
            digests = row.take_object("digests")
            yield ManifestEntry(
                number,
                group,
                {
                    holder: digests.take_text(holder, DIGEST)
                    for holder in self.manifest.holders
                },
            )
            digests.finish()

    def finish(self) -> str:
        """Read what is left out, and return the digest of the manifest."""
        for row in self.file.read_rows(self.omitted_count):
            read_omitted_row(row)
        return self.file.finish()


def _read_holders(head: FieldReader) -> tuple[Holder, ...]:
    names = head.take_list("holders")
    holders = tuple(head.read_choice("holders", name, Holder) for name in names)
    if not holders or len(set(holders)) < len(holders):
        raise FaultyFile("is not as coachlog writes it: see “holders”")
    return holders
