"""Who can read and change the files of a home, and what is left there or missing."""

import os
import shlex
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from coachlog import files
from coachlog.model.checkup import CheckState, Diagnosis
from coachlog.services.checkups.scene import Scene
from coachlog.store.home_lock import LOCK_FILE
from coachlog.store.upkeep import HomeUpkeep
from coachlog.text import format_count, join_phrases

PERMISSIONS, LINKS, LEFTOVERS, MARKER = "permissions", "links", "leftovers", "marker"
FILES = "files"
_HEAD_LOSS = "changes that the journal lost may go unnoticed"
_LOCK_LOSS = "changes may be refused, or lost while a backup is restored"
MEND_COMMAND = "coachlog doctor --mend"
_WRITE_BITS = stat.S_IWGRP | stat.S_IWOTH


def build_upkeep(scene: Scene, tell: Callable[[str], None]) -> HomeUpkeep:
    """Return what puts the home in order, and says so to `tell`."""
    return HomeUpkeep(scene.files, tell)


def check_permissions(scene: Scene) -> Iterator[Diagnosis]:
    """Yield whether anybody else can read or change what is in the home."""
    if os.name == "nt":
        yield Diagnosis(
            PERMISSIONS,
            CheckState.UNKNOWN,
            "Windows keeps a list for each folder, which is not read here.",
            "Keep the journal in your own user folder, which others cannot open.",
        )
        return
    upkeep = build_upkeep(scene, scene.desk.tell)
    open_files, open_folders = upkeep.list_open_files(), upkeep.list_open_folders()
    if open_files:
        yield Diagnosis(
            PERMISSIONS,
            CheckState.WRONG,
            f"{_name_paths(open_files)} can be read by other users of this computer.",
            *_offer_mend(scene, open_files, is_allowed=True),
        )
    for folder in open_folders:
        yield _judge_open_folder(scene, folder, upkeep)
    if not open_files and not open_folders and scene.desk.home.is_dir():
        yield Diagnosis(
            PERMISSIONS,
            CheckState.FINE,
            "Only you can read the journal and its backups.",
        )


def _judge_open_folder(scene: Scene, folder: Path, upkeep: HomeUpkeep) -> Diagnosis:
    may_close = folder != scene.files.home or upkeep.may_close_home()
    mend = _offer_mend(scene, [folder], is_allowed=may_close)
    if folder.stat().st_mode & _WRITE_BITS:
        words = f"Other users can change and remove what is in {folder}."
        return Diagnosis(PERMISSIONS, CheckState.WRONG, words, *mend)
    words = f"Other users can see which files are in {folder}."
    return Diagnosis(PERMISSIONS, CheckState.CAUTION, words, *mend)


def _offer_mend(
    scene: Scene, paths: list[Path], *, is_allowed: bool
) -> tuple[str, bool]:
    """Return what to type, and whether `--mend` does it: only beside a journal that is sound."""
    is_ours = all(map(_may_change_mode, paths))
    lead = f"To close {'it' if len(paths) == 1 else 'them'}:"
    if is_allowed and is_ours and scene.look is not None:
        return f"{lead} {MEND_COMMAND}", True
    names = " ".join(shlex.quote(str(path)) for path in paths)
    return f"{lead} chmod go= {names}", False


def _may_change_mode(path: Path) -> bool:
    """Return whether the system lets this user change who may read a file. Raises `OSError`."""
    user = os.geteuid()
    return user == 0 or path.stat().st_uid == user


def _name_paths(paths: list[Path]) -> str:
    """Return the first of some paths, and how many others there are."""
    if len(paths) == 1:
        return str(paths[0])
    return f"{paths[0]} and {format_count(len(paths) - 1, 'other file')}"


def check_own_files(scene: Scene) -> Iterator[Diagnosis]:
    """Yield whether something else lies in the place of a file, or another user owns one."""
    if not scene.desk.home.is_dir():
        return
    folder = Path(scene.real_path).parent
    losses = {scene.files.head: _HEAD_LOSS, folder / LOCK_FILE: _LOCK_LOSS}
    faults = [
        *(fault for path, loss in losses.items() for fault in _judge_kind(path, loss)),
        *_judge_owners(scene, folder, [*losses]),
    ]
    yield from faults
    if not faults and scene.has_journal_file:
        words = "Its files are all in place, and yours."
        yield Diagnosis(FILES, CheckState.FINE, words)


def _judge_kind(path: Path, loss: str) -> Iterator[Diagnosis]:
    """Yield what lies in the place of a file, if it is no file."""
    if not os.path.lexists(path):
        return
    mode = path.lstat().st_mode
    if stat.S_ISREG(mode):
        return
    kind = "a folder" if stat.S_ISDIR(mode) else "a pipe or the like"
    if stat.S_ISLNK(mode):
        kind = "a link"
    yield Diagnosis(
        FILES,
        CheckState.WRONG,
        f"{path} is {kind} where there should be a file of its own: {loss}.",
        "Move it away while no coachlog runs; the next change makes a new one.",
    )


def _judge_owners(scene: Scene, folder: Path, paths: list[Path]) -> Iterator[Diagnosis]:
    """Yield which files belong to somebody else than their folder does."""
    if os.name == "nt":
        return
    owner = folder.stat().st_uid
    strangers: dict[int, list[Path]] = {}
    for path in (Path(scene.real_path), *paths, scene.files.log, scene.files.backups):
        if os.path.lexists(path) and path.lstat().st_uid != owner:
            strangers.setdefault(path.lstat().st_uid, []).append(path)
    for user, their_paths in strangers.items():
        verb, pronoun = (
            ("belongs", "it") if len(their_paths) == 1 else ("belong", "them")
        )
        names = " ".join(shlex.quote(str(path)) for path in their_paths)
        yield Diagnosis(
            FILES,
            CheckState.WRONG,
            f"{join_phrases([str(path) for path in their_paths])} {verb} to another user "
            f"({_find_user_name(user)}), who can read and change {pronoun}; perhaps you cannot.",
            f"To make {pronoun} yours: sudo chown {_find_user_name(owner)} {names}",
        )


def _find_user_name(user: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)


def check_writing(scene: Scene) -> Iterator[Diagnosis]:
    """Yield whether changes can be saved; nothing where there is no journal."""
    if not scene.has_journal_file:
        return
    closed_paths = [
        path
        for path in (Path(scene.real_path), Path(scene.real_path).parent)
        if not os.access(path, os.W_OK)
    ]
    for path in closed_paths:
        yield Diagnosis(
            "writing",
            CheckState.WRONG,
            f"You cannot write to {path}, so every change is refused.",
            f"If it is yours: chmod u+w {shlex.quote(str(path))}",
        )
    if not closed_paths:
        yield Diagnosis("writing", CheckState.FINE, "You can write to the journal.")


def check_links(scene: Scene) -> Iterator[Diagnosis]:
    """Yield whether the journal's file has another name elsewhere; nothing where there is none."""
    if not scene.has_journal_file:
        return
    if not build_upkeep(scene, scene.desk.tell).has_hard_links():
        yield Diagnosis(
            LINKS, CheckState.FINE, "Its file has no second name (hard link)."
        )
        return
    yield Diagnosis(
        LINKS,
        CheckState.WRONG,
        f"{scene.real_path} has a second name on this disk (a hard link): a change made under "
        "one name damages what is seen under the other.",
        "To make it a file of its own, while the other one keeps what it holds now: "
        f"{MEND_COMMAND}",
        mendable=scene.look is not None,
    )


def check_leftovers(scene: Scene) -> Iterator[Diagnosis]:
    """Yield whether runs that were killed have left parts of files in the home."""
    paths = list_home_leftovers(scene)
    if not paths:
        yield Diagnosis(
            LEFTOVERS, CheckState.FINE, "No run that was killed has left anything."
        )
        return
    yield Diagnosis(
        LEFTOVERS,
        CheckState.CAUTION,
        f"A run that was killed left {_name_paths(paths)}; nothing else needs it.",
        f"The next change removes it. To do that now: {MEND_COMMAND}",
        mendable=True,
    )


def list_home_leftovers(scene: Scene) -> list[Path]:
    """Return what killed runs left in the folders of the home; no file is written to find out."""
    seconds_now = scene.desk.now.timestamp()
    return [
        path
        for folder in scene.files.all_folders
        for path in files.list_leftovers(folder, seconds_now)
    ]


def check_marker(scene: Scene) -> Iterator[Diagnosis]:
    """Yield whether a home with a sound journal lacks its marker; nothing where it is there."""
    if scene.look is None or os.path.lexists(scene.files.marker):
        return
    yield Diagnosis(
        MARKER,
        CheckState.CAUTION,
        f"{scene.files.marker.name} is missing. While it is there, a journal that goes missing is "
        "never replaced by an empty one.",
        f"The next change writes it. To do that now: {MEND_COMMAND}",
        mendable=True,
    )
