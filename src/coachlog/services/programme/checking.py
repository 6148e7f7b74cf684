"""Checking a holder's folder: which contributions of a quarter are in it, and what is no use."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from coachlog.errors import InvalidInput
from coachlog.model.programme import (
    UNNAMED_FILE,
    Contribution,
    HolderList,
    ListedContribution,
    OmittedFile,
    Programme,
    shorten_number,
)
from coachlog.named_tuples import NamedTuple
from coachlog.rules.programme_quarters import find_last_whole_quarter, parse_quarter
from coachlog.sealed.halves import OpenedHalf, find_number_start
from coachlog.sealed.lists import write_list_file
from coachlog.services.desk import Desk
from coachlog.services.programme.folder_halves import (
    FolderFile,
    HalfOpener,
    read_folder,
)
from coachlog.services.programme.holder_memory import (
    FolderLook,
    LogLine,
    open_programme_memory,
)
from coachlog.services.programme.keys import load_holder_key
from coachlog.services.programme.received_files import load_programme
from coachlog.text import clean_file_name, format_count

_SHOWN_FAULTS = 5
_COPY_START = "is a copy of "


class _ListedFile(NamedTuple):
    """A usable file: what the list says of it, and its quarter."""

    name: str
    line: ListedContribution
    quarter: str


def check_folder(
    desk: Desk,
    folder: Path,
    key_path: Path,
    programme_path: Path,
    output: Path,
    *,
    quarter: str | None = None,
    force: bool = False,
) -> HolderList:
    """Write the list of a holder's contributions of one quarter, and return it with file names.

    Without a quarter, it is the last that is over. Raises WrongKey if none of the files
    can be opened with the key, InvalidInput if there is none to list, and Refusal if this home is
    the other holder's.
    """
    programme = load_programme(programme_path)
    if quarter is None:
        quarter = find_last_whole_quarter(desk.today)
    else:
        quarter = parse_quarter(quarter, desk.today)
    holder, key = load_holder_key(key_path, programme)
    with open_programme_memory(desk.home, programme.code) as memory:
        memory.require_one_holder(holder, "Nothing was written.")
    opener = HalfOpener(programme, holder, key.secret, None)
    listed_files, faulty_files = _read_files(folder, opener, programme)
    other_quarters = _group_other_quarters(listed_files, quarter)
    own_files = sorted(file for file in listed_files if file.quarter == quarter)
    if not own_files:
        raise _build_other_quarters_error(folder, quarter, other_quarters)
    contributions, copies = _choose_files(own_files)
    holder_list = HolderList(
        programme=programme.code,
        quarter=quarter,
        holder=holder,
        made_on=desk.today,
        contributions=contributions,
        omitted=tuple(sorted([*faulty_files, *copies])),
        other_quarters=other_quarters,
    )
    number = format_count(len(contributions), "contribution")
    line = LogLine(
        desk.today,
        f"checked {quarter} as {holder}: {number}, {len(holder_list.omitted)} left out",
    )
    content = b"".join(write_list_file(_hide_file_names(holder_list, listed_files)))
    with open_programme_memory(desk.home, programme.code) as memory:
        memory.looks[holder] = FolderLook("checked", quarter)
        memory.save(line, output, content, force=force)
    return holder_list


def _hide_file_names(
    holder_list: HolderList, listed_files: Sequence[_ListedFile]
) -> HolderList:
    """Return a list without names of files, which may be anybody's: it goes to the other holder.

    In their place are the starts of the contributions' numbers, where these are known: what the
    other holder has of the same contribution is not to count once more.
    """
    numbers = {file.name: shorten_number(file.line.number) for file in listed_files}
    omitted = [
        OmittedFile(
            numbers.get(file.name) or find_number_start(file.name) or UNNAMED_FILE,
            _hide_name_in_reason(file.reason),
        )
        for file in holder_list.omitted
    ]
    return holder_list._replace(omitted=tuple(sorted(omitted)))


def _hide_name_in_reason(reason: str) -> str:
    if reason.startswith(_COPY_START):
        return f"{_COPY_START}another file, which counts once"
    return reason


def _read_files(
    folder: Path, opener: HalfOpener, programme: Programme
) -> tuple[list[_ListedFile], list[OmittedFile]]:
    """Return the usable files of a folder, and the others; raises an error if none is usable."""
    listed_files: list[_ListedFile] = []
    faulty_files: list[FolderFile] = []
    for file in read_folder(folder, opener):
        if file.opened is None:
            faulty_files.append(file)
        else:
            listed_files.append(_list_file(file.name, file.opened, programme))
    if not listed_files:
        raise _build_useless_folder_error(folder, faulty_files)
    return listed_files, [OmittedFile(file.name, file.reason) for file in faulty_files]


def _list_file(name: str, opened: OpenedHalf, programme: Programme) -> _ListedFile:
    half: Contribution = opened.half
    line = ListedContribution(
        number=half.number,
        member=half.member,
        edition=half.edition,
        group=half.places[programme.breakdown],
        digest=opened.digest,
    )
    return _ListedFile(name, line, half.quarter)


def _group_other_quarters(
    listed_files: Iterable[_ListedFile], quarter: str
) -> dict[str, tuple[str, ...]]:
    """Return the names of the files of each other quarter, the latest quarter first."""
    names: dict[str, list[str]] = defaultdict(list)
    for file in listed_files:
        if file.quarter != quarter:
            names[file.quarter].append(file.name)
    return {each: tuple(sorted(names[each])) for each in sorted(names, reverse=True)}


def _choose_files(
    own_files: Iterable[_ListedFile],
) -> tuple[tuple[ListedContribution, ...], list[OmittedFile]]:
    """Return the contributions of a quarter, each once, and the files that are copies."""
    first_names: dict[ListedContribution, str] = {}
    copies = []
    for file in own_files:
        if file.line in first_names:
            reason = f"{_COPY_START}{first_names[file.line]}, which counts once"
            copies.append(OmittedFile(file.name, reason))
        else:
            first_names[file.line] = file.name
    return tuple(sorted(first_names)), copies


def _build_other_quarters_error(
    folder: Path, quarter: str, other_quarters: Mapping[str, Sequence[str]]
) -> InvalidInput:
    """Return the error for a folder with contributions of other quarters only."""
    counts = [f"{len(names):,} of {each}" for each, names in other_quarters.items()]
    return InvalidInput(
        f"{clean_file_name(str(folder))} has no contribution of {quarter}. "
        "Nothing was written.",
        f"It has {' and '.join(counts)}. To list those: --quarter {next(iter(other_quarters))}",
    )


def _build_useless_folder_error(
    folder: Path, faulty_files: Sequence[FolderFile]
) -> InvalidInput:
    """Return the error for a folder without one contribution that can be used."""
    name = clean_file_name(str(folder))
    faults = [
        f"  - {file.name} {file.reason}"
        for file in sorted(faulty_files)[:_SHOWN_FAULTS]
    ]
    if len(faulty_files) > _SHOWN_FAULTS:
        faults.append(f"  - and {len(faulty_files) - _SHOWN_FAULTS} more")
    return InvalidInput(
        "\n".join(
            [
                f"{name} has no contribution that can be used. Nothing was written.",
                *faults,
            ]
        ),
        "Save the files that managers sent into one folder, and name that.",
    )
