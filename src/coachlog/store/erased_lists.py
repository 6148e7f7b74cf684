"""Lists of tombstones beside backups: with a journal that is lost, its own would be."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from coachlog import files
from coachlog.named_tuples import NamedTuple
from coachlog.rules.tombstones import (
    Tombstone,
    format_tombstone_list,
    parse_tombstone_list,
    unite_tombstones,
)

ERASED_FILE = "coachlog-erased.txt"
_DAMAGED_FILE = "coachlog-erased-damaged.txt"


class ErasedLists(NamedTuple):
    """What the lists of some folders say together, and those of which not all could be read."""

    tombstones: list[Tombstone]
    faulty_paths: list[Path]


def read_erased_lists(folders: Iterable[Path]) -> ErasedLists:
    """Return what the lists in some folders say together; a folder need not have one."""
    tombstones: list[Tombstone] = []
    faulty_paths = []
    for folder in dict.fromkeys(folders):
        path = folder / ERASED_FILE
        try:
            content = _read_list(path)
        except OSError:
            faulty_paths.append(path)
            continue
        if content is None:
            continue
        erased_list = parse_tombstone_list(content)
        tombstones += erased_list.tombstones
        if erased_list.faults:
            faulty_paths.append(path)
    return ErasedLists(unite_tombstones(tombstones), faulty_paths)


def complete_erased_lists(
    folders: Sequence[Path], tombstones: Sequence[Tombstone]
) -> list[Path]:
    """Write tombstones into the lists of folders that lack some; return those that failed.

    A list of which not all could be read is kept beside the new one. Nothing is written where
    nothing was ever erased.
    """
    if not tombstones:
        return []
    failed_paths = []
    for folder in dict.fromkeys(folders):
        try:
            _complete_list(folder, tombstones)
        except OSError:
            failed_paths.append(folder / ERASED_FILE)
    return failed_paths


def share_erased_lists(folders: Sequence[Path]) -> None:
    """Let the list in each folder say what all of them say together, where it can be written."""
    erased_lists = read_erased_lists(folders)
    complete_erased_lists(folders, erased_lists.tombstones)


def _complete_list(folder: Path, tombstones: Sequence[Tombstone]) -> None:
    path = folder / ERASED_FILE
    content = _read_list(path)
    earlier_list = parse_tombstone_list(content) if content is not None else None
    earlier_tombstones = earlier_list.tombstones if earlier_list else []
    united = unite_tombstones(tombstones, earlier_tombstones)
    new_text = format_tombstone_list(united)
    if content == new_text.encode():
        return
    files.make_private_folder(folder)
    if content is not None and earlier_list is not None and earlier_list.faults:
        with files.open_part_file(folder / _DAMAGED_FILE) as part:
            part.fill(content)
            part.publish_new("-", or_same=True)
    with files.open_part_file(path) as part:
        part.fill(new_text)
        part.publish(force=True)


def _read_list(path: Path) -> bytes | None:
    """Return the bytes of a list, None where there is none. Raises `OSError` if it is no file."""
    if path.exists() and not path.is_file():
        raise IsADirectoryError(path)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
