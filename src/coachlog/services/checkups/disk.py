"""The disk that a journal is on: what kind of place it is, its locks, its room, its encryption."""

from collections.abc import Iterator

from coachlog.model.checkup import CheckState, Diagnosis
from coachlog.rules.encryption import (
    encrypts_files,
    is_disk_encrypted,
    parse_filevault_status,
)
from coachlog.rules.places import (
    SYNC_VARIABLES,
    DiskKind,
    find_sync_service,
    judge_drive,
    judge_file_system,
)
from coachlog.services.checkups.scene import Scene
from coachlog.store import disk_probing

PLACE, LOCKS, ROOM, ENCRYPTION = "place", "locks", "room", "encryption"
_SPARE_BYTES = 20 * 1024 * 1024
_COPIES = 3
"""A journal, its log and a backup of it are on the disk at one time."""
_FULL_BYTES = 1024 * 1024

_MOVE_HINT = (
    "Move the whole folder to a disk of this computer while no coachlog runs, then name it with "
    "--home or COACHLOG_HOME."
)


def check_place(scene: Scene) -> Iterator[Diagnosis]:
    """Yield whether the journal is in a place where programs or computers can cross each other."""
    yield _judge_disk(scene)
    service = _find_service(scene)
    if service:
        yield Diagnosis(
            PLACE,
            CheckState.WRONG,
            f"{scene.real_path} is in a folder of {service}, which copies a journal while it is "
            "being written, and cannot join two versions of it.",
            f"{_MOVE_HINT} A backup may be in such a folder.",
        )


def _find_service(scene: Scene) -> str:
    variables = scene.outside.variables
    roots = {
        variables[name]: service
        for name, service in SYNC_VARIABLES.items()
        if variables.get(name)
    }
    roots |= disk_probing.find_synced_parents(scene.real_path)
    return find_sync_service(scene.real_path, disk_probing.find_user_home(), roots)


def _judge_disk(scene: Scene) -> Diagnosis:
    path, mount = scene.real_path, scene.mount
    name = mount.file_system if mount else ""
    kind = judge_file_system(name) if mount else DiskKind.UNKNOWN
    drive_type = disk_probing.read_drive_type(path)
    if drive_type is not None:
        kind = judge_drive(drive_type, path)
    return describe_disk(kind, path, name)


def describe_disk(kind: DiskKind, path: str, file_system: str) -> Diagnosis:
    """Return what there is to say of a journal on a disk of this kind."""
    name = f" ({file_system})" if file_system else ""
    if kind is DiskKind.NETWORK:
        words = (
            f"{path} is on a network{name}. The locks that keep two coachlogs apart may fail "
            "there."
        )
        return Diagnosis(PLACE, CheckState.WRONG, words, _MOVE_HINT)
    if kind is DiskKind.SHARED:
        words = (
            f"{path} is shared with another system{name}, such as Windows or the host of a virtual "
            "machine. Locks may not hold between the two."
        )
        return Diagnosis(PLACE, CheckState.WRONG, words, _MOVE_HINT)
    if kind is DiskKind.MEMORY:
        words = (
            f"{path} is in memory{name}, and gone when this computer is switched off."
        )
        return Diagnosis(PLACE, CheckState.CAUTION, words, _MOVE_HINT)
    if kind is DiskKind.UNKNOWN:
        words = f"It is not known what kind of disk {path} is on{name}."
        mend = "If it is a network or a synced folder, move the journal to a disk of this computer."
        return Diagnosis(PLACE, CheckState.UNKNOWN, words, mend)
    return Diagnosis(PLACE, CheckState.FINE, f"On a disk of this computer{name}.")


def check_locks(scene: Scene) -> Iterator[Diagnosis]:
    """Yield whether locks keep other programs out, tried on the journal's own file."""
    if not scene.has_journal_file:
        return
    try:
        is_kept = disk_probing.keeps_others_out(scene.files.journal)
    except PermissionError:
        words = "Not tried, as the journal cannot be written to."
        yield Diagnosis(LOCKS, CheckState.UNKNOWN, words)
        return
    except OSError as error:
        yield _describe_no_locks(f"cannot be locked ({error.strerror})")
        return
    if is_kept is False:
        yield _describe_no_locks("can be locked twice at one time")
    elif is_kept:
        words = "Two coachlogs cannot change the journal at once."
        yield Diagnosis(LOCKS, CheckState.FINE, words)
    else:
        words = "The system takes locks; whether they keep others out was not tried."
        yield Diagnosis(LOCKS, CheckState.FINE, words)


def _describe_no_locks(reason: str) -> Diagnosis:
    words = (
        f"The journal {reason}, so two coachlogs could overwrite each other's changes."
    )
    return Diagnosis(LOCKS, CheckState.WRONG, words, _MOVE_HINT)


def check_room(scene: Scene) -> Iterator[Diagnosis]:
    """Yield whether there is room for the journal to grow and be copied. Raises `OSError`."""
    room = disk_probing.measure_free_room(scene.nearest_folder)
    size = 0
    if scene.has_journal_file:
        size = scene.files.journal.stat().st_size
    yield judge_room(room, size)


def judge_room(room: disk_probing.FreeRoom, journal_bytes: int) -> Diagnosis:
    """Return what there is to say of the room on a disk with a journal of this size."""
    free = format_bytes(room.free_bytes)
    if room.has_no_names:
        words = "The disk can hold no further file, although it has room."
        mend = "Remove some files that you do not need, from the same disk."
        return Diagnosis(ROOM, CheckState.WRONG, words, mend)
    if room.free_bytes < max(_FULL_BYTES, journal_bytes):
        words = f"The disk is full ({free} free): changes may be refused, and no backup fits."
        return Diagnosis(ROOM, CheckState.WRONG, words, "Free some space on it.")
    if room.free_bytes < _COPIES * journal_bytes + _SPARE_BYTES:
        words = f"The disk is nearly full: {free} free."
        return Diagnosis(ROOM, CheckState.CAUTION, words, "Free some space on it.")
    return Diagnosis(ROOM, CheckState.FINE, f"{free} free.")


def format_bytes(count: int) -> str:
    """Return a number of bytes as people say it: `640 kB`, `1.5 GB`."""
    for size, unit in ((1_000_000_000, "GB"), (1_000_000, "MB")):
        if count >= size:
            number = count / size
            return f"{number:.1f} {unit}" if number < 10 else f"{number:,.0f} {unit}"
    return f"{count // 1000} kB"


def check_encryption(scene: Scene) -> Iterator[Diagnosis]:
    """Yield whether the disk is encrypted, where that can be known. Raises `OSError`."""
    is_encrypted = _find_encryption(scene)
    if is_encrypted:
        words = "The disk is encrypted."
        yield Diagnosis(ENCRYPTION, CheckState.FINE, words)
        return
    if is_encrypted is None:
        words = "It is not known whether the disk is encrypted."
        yield Diagnosis(
            ENCRYPTION, CheckState.UNKNOWN, words, _hint_at_encryption(scene)
        )
        return
    words = (
        "The system does not encrypt this disk: whoever takes it, or the computer, can read the "
        "journal."
    )
    yield Diagnosis(ENCRYPTION, CheckState.CAUTION, words, _hint_at_encryption(scene))


def _find_encryption(scene: Scene) -> bool | None:
    """Return whether the journal's disk is encrypted; None where that cannot be known."""
    system, mount = scene.outside.system, scene.mount
    if system == "darwin":
        return parse_filevault_status(
            scene.outside.ask_program(["/usr/bin/fdesetup", "status"])
        )
    if system != "linux" or mount is None:
        return None
    if encrypts_files(mount.file_system):
        return True
    folder = disk_probing.find_real_path(scene.nearest_folder)
    layer = disk_probing.read_disk_layers(folder, mount.source)
    return None if layer is None else is_disk_encrypted(layer)


def _hint_at_encryption(scene: Scene) -> str:
    if scene.outside.system == "win32":
        return (
            "Windows tells only an administrator. See Settings > Privacy & security > Device "
            "encryption, or ask your IT department about BitLocker."
        )
    if scene.outside.system == "darwin":
        return "See System Settings > Privacy & Security > FileVault."
    return "Ask whoever looks after this computer. A disk that encrypts itself does not show here."
