"""What a home remembers of a programme's quarters: each is closed, summed and reported once.

It is a file for each programme, `programme/CODE.json`: the digests of what was written, whose
folder was looked into, and a log of what was done. There is nothing of any contribution in it.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from coachlog import files
from coachlog.dates import format_medium_day
from coachlog.errors import Refusal, StorageFailure
from coachlog.model.programme import Holder, HolderSums
from coachlog.named_tuples import NamedTuple
from coachlog.rules.programme_closing import MOST_INVITED
from coachlog.sealed.faults import FaultyFile
from coachlog.sealed.fields import (
    DIGEST,
    PROGRAMME_CODE,
    QUARTER,
    FieldReader,
    build_head,
    open_fields,
    parse_json_object,
)
from coachlog.sealed.sums import digest_sums
from coachlog.text import clean_file_name

MEMORY_FOLDER = "programme"

_LONGEST_DEED = 400
_LOOKS = "checked|summed"
_OLDER_DEED = re.compile(rf"({_LOOKS}) ({QUARTER}) as ({'|'.join(Holder)}):")


class SumsMemory(NamedTuple):
    """The digest of a holder's sums, and when they were made."""

    digest: str
    summed_on: date


class QuarterMemory(NamedTuple):
    """What was done of a quarter here: the digests of its manifest, its sums and its report.

    `closed_on` is None where it was closed elsewhere, and `invited`, how many managers were asked
    in each group, where that was not remembered.
    """

    manifest: str
    closed_on: date | None = None
    sums: Mapping[Holder, SumsMemory] = {}
    report: str = ""
    invited: Mapping[str, int] | None = None


class FolderLook(NamedTuple):
    """What was last done with a holder's folder, `checked` or `summed`, and of which quarter."""

    deed: str
    quarter: str


class LogLine(NamedTuple):
    """A run: what was done, with how many."""

    on: date
    deed: str


class ProgrammeMemory:
    """The file of one programme while it is locked; `save` writes it together with an output."""

    def __init__(self, path: Path, code: str) -> None:
        self._path = path
        self._code = code
        self.quarters: dict[str, QuarterMemory] = {}
        self.looks: dict[Holder, FolderLook] = {}
        self.log: list[LogLine] = []

    def load(self) -> None:
        """Read the file, if there is one. Raises FaultyFile if it cannot be understood."""
        if files.is_path_free(self._path):
            return
        try:
            reader = open_fields(parse_json_object(self._path.read_bytes()), "memory")
            if reader.take_text("programme", PROGRAMME_CODE) != self._code:
                reader.refuse("programme")
            quarters = reader.take_object("quarters")
            self.quarters = {
                quarter: _read_quarter(FieldReader(fields))
                for quarter, fields in quarters.take_rest().items()
            }
            self.log = [_read_log_line(FieldReader(row)) for row in reader.take("log")]
            self.looks = _read_looks(reader, self.log)
            reader.finish()
        except OSError as error:
            raise StorageFailure(
                f"{self._name} cannot be read ({error.strerror}). Nothing was changed."
            ) from error
        # Beside FaultyFile: a value that is not an object has no fields.
        except (FaultyFile, TypeError, ValueError) as error:
            reason = error.reason if isinstance(error, FaultyFile) else "is damaged"
            raise FaultyFile(
                reason,
                "It is what keeps a quarter from being closed twice: put a copy of it back.",
                self._name,
            ) from None

    @property
    def _name(self) -> str:
        return clean_file_name(str(self._path))

    def require_one_holder(self, holder: Holder, remark: str) -> None:
        """Raise Refusal, with the remark, if this home looked into the other holder's folder."""
        for other, look in self.looks.items():
            if other is not holder:
                raise Refusal(
                    f"This home has already {look.deed} {look.quarter} as {other.words}. "
                    "Nobody may hold both folders and both keys: whoever does can read every "
                    f"manager's numbers. {remark}",
                    f"Leave this folder and this key to {holder.words}.",
                )

    def find_quarter(self, quarter: str, manifest: str) -> QuarterMemory:
        """Return what is known of a quarter. Raises Refusal if it has another manifest."""
        memory = self.quarters.get(quarter, QuarterMemory(manifest))
        if memory.manifest != manifest:
            raise Refusal(
                f"{quarter} {describe_closing(memory.closed_on)}, with another manifest. "
                "Nothing was changed.",
                "What came late counts in no quarter: go on with the manifest it was closed with.",
            )
        return memory

    def save(self, line: LogLine, output: Path, content: bytes, *, force: bool) -> None:
        """Write what is remembered, with one line more of the log, and the output: both, or none.

        An output that is there already and the same is left as it is. Raises as
        `files.write_file`.
        """
        with self._stage_output(output, content, force=force) as publish:
            self.remember(line)
            publish()

    @contextmanager
    def _stage_output(
        self, output: Path, content: bytes, *, force: bool
    ) -> Iterator[Any]:
        pages: dict[Path, files.Content] = {output: content}
        if _has_content(output, content):
            pages = {}
        with files.stage_files(pages, force=force) as publish:
            yield publish

    def remember(self, line: LogLine) -> None:
        """Write what is remembered, with one line more of the log."""
        self.log.append(line)
        fields = build_head(
            "memory",
            {
                "programme": self._code,
                "quarters": {
                    quarter: _build_quarter_fields(memory)
                    for quarter, memory in sorted(self.quarters.items())
                },
                "folders": {
                    holder.value: look._asdict() for holder, look in self.looks.items()
                },
                "log": [
                    {"on": line.on.isoformat(), "deed": line.deed} for line in self.log
                ],
            }.items(),
        )
        text = json.dumps(fields, ensure_ascii=False, indent=1) + "\n"
        files.write_file(self._path, text, force=True)


def _has_content(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except (OSError, ValueError):
        return False


def describe_closing(day: date | None) -> str:
    """Return that a quarter is closed, and when, if it is known: `was closed on 5 January 2027`."""
    return f"was closed on {format_medium_day(day)}" if day else "is closed"


def _build_quarter_fields(memory: QuarterMemory) -> dict[str, Any]:
    fields = {
        "manifest": memory.manifest,
        "closed_on": memory.closed_on.isoformat() if memory.closed_on else "",
        "sums": {
            holder.value: {
                "digest": sums.digest,
                "summed_on": sums.summed_on.isoformat(),
            }
            for holder, sums in memory.sums.items()
        },
        "report": memory.report,
    }
    if memory.invited is not None:
        fields["invited"] = dict(memory.invited)
    return fields


def _read_quarter(reader: FieldReader) -> QuarterMemory:
    manifest = reader.take_text("manifest", DIGEST)
    closed_on = reader.take_text("closed_on", r"|\d{4}-\d\d-\d\d")
    sums_fields = reader.take_object("sums")
    sums = {
        holder: _read_sums_memory(sums_fields.take_object(holder))
        for holder in Holder
        if sums_fields.has(holder)
    }
    sums_fields.finish()
    invited = None
    # An older coachlog did not write it.
    if reader.has("invited"):
        invited = reader.take_counts("invited", 1, MOST_INVITED)
    memory = QuarterMemory(
        manifest,
        date.fromisoformat(closed_on) if closed_on else None,
        sums,
        reader.take_text("report", f"|{DIGEST}"),
        invited,
    )
    reader.finish()
    return memory


def _read_sums_memory(reader: FieldReader) -> SumsMemory:
    memory = SumsMemory(
        reader.take_text("digest", DIGEST), reader.take_day("summed_on")
    )
    reader.finish()
    return memory


def _read_log_line(reader: FieldReader) -> LogLine:
    line = LogLine(reader.take_day("on"), reader.take_line("deed", _LONGEST_DEED))
    reader.finish()
    return line


def _read_looks(
    reader: FieldReader, log: Sequence[LogLine]
) -> dict[Holder, FolderLook]:
    """Return the last look into each holder's folder; of an older memory, from its log."""
    if not reader.has("folders"):
        matches = filter(None, (_OLDER_DEED.match(line.deed) for line in log))
        return {Holder(match[3]): FolderLook(match[1], match[2]) for match in matches}
    fields = reader.take_object("folders")
    looks = {
        holder: _read_look(fields.take_object(holder))
        for holder in Holder
        if fields.has(holder)
    }
    fields.finish()
    return looks


def _read_look(reader: FieldReader) -> FolderLook:
    look = FolderLook(
        reader.take_text("deed", _LOOKS), reader.take_text("quarter", QUARTER)
    )
    reader.finish()
    return look


@contextmanager
def open_programme_memory(home: Path, code: str) -> Iterator[ProgrammeMemory]:
    """Yield what a home remembers of a programme, locked against other runs.

    Raises StorageFailure or FaultyFile if it cannot be read.
    """
    folder = home / MEMORY_FOLDER
    try:
        files.make_private_folder(folder)
    except OSError as error:
        raise StorageFailure(
            f"{clean_file_name(str(folder))} cannot be created ({error.strerror}). "
            "Nothing was changed."
        ) from error
    with files.lock_folder(folder):
        memory = ProgrammeMemory(folder / f"{code}.json", code)
        memory.load()
        yield memory


def remember_report(home: Path, all_sums: Sequence[HolderSums], today: date) -> None:
    """Remember that a quarter was reported with these sums, of all holders.

    Raises Refusal if it was closed with another manifest, or reported with other sums.
    """
    first_sums = all_sums[0]
    quarter = first_sums.quarter
    whole = sha256()
    for sums in sorted(all_sums, key=lambda sums: sums.holder):
        whole.update(digest_sums(sums).encode())
    report = whole.hexdigest()
    with open_programme_memory(home, first_sums.programme) as memory:
        quarter_memory = memory.find_quarter(quarter, first_sums.manifest)
        if quarter_memory.report not in ("", report):
            raise Refusal(
                f"{quarter} is closed, and was reported with other sums. Nothing was changed.",
                "Use the sums that were made first.",
            )
        memory.quarters[quarter] = quarter_memory._replace(report=report)
        groups = len(first_sums.groups)
        memory.remember(LogLine(today, f"reported {quarter}: {groups} groups"))
