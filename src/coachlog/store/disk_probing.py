"""What the system says of the disk that a folder is on; nothing is written to find out."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from coachlog.named_tuples import NamedTuple
from coachlog.rules.encryption import DiskLayer
from coachlog.rules.places import SYNC_MARKS

MOUNTINFO = Path("/proc/self/mountinfo")
SYSFS = Path("/sys")
_MOST_LAYERS = 12
"""Layers of a disk that are looked through; a chain that is longer leads in a circle."""


class FreeRoom(NamedTuple):
    """The bytes that a disk has left, and whether it takes no further file whatever its size."""

    free_bytes: int
    has_no_names: bool


def find_real_path(path: Path) -> str:
    """Return a path with every link in it followed, as far as it exists."""
    return os.path.realpath(path)


def find_user_home() -> str:
    """Return the user's own folder; '' for a user without one."""
    with suppress(RuntimeError):
        return str(Path.home())
    return ""


def read_mountinfo() -> str:
    """Return what Linux says of its mounts; '' on other systems."""
    with suppress(OSError):
        return MOUNTINFO.read_text(encoding="utf-8", errors="surrogateescape")
    return ""


def read_drive_type(path: str) -> int | None:
    """Return what Windows says of the drive of a path, as GetDriveTypeW does; None elsewhere."""
    if sys.platform != "win32":
        return None
    import ctypes

    drive = os.path.splitdrive(path)[0]
    return int(ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\"))


def find_synced_parents(path: str) -> dict[str, str]:
    """Return the folders above a path, itself included, in which a program for syncing is at work.

    Each has the name of its service, known by a file that such a program keeps there.
    """
    parents = [path, *map(str, Path(path).parents)]
    return {
        parent: service
        for parent in parents
        for mark, service in SYNC_MARKS.items()
        if os.path.lexists(os.path.join(parent, mark))  # noqa: PTH118 - not to be cleaned
    }


def read_disk_layers(
    folder: str, source: str = "", sysfs: Path = SYSFS
) -> DiskLayer | None:
    """Return the device that a folder is on with those below it; None where none is known.

    `source` is the one that the system mounted there: some file systems have no device of their
    own. Raises `OSError` if the folder cannot be looked at.
    """
    device_numbers = [Path(folder).stat().st_dev]
    with suppress(OSError):
        if source.startswith("/"):
            device_numbers.append(Path(source).stat().st_rdev)
    for number in device_numbers:
        name = f"{os.major(number)}:{os.minor(number)}"
        device = sysfs / "dev" / "block" / name
        if device.exists():
            return read_device_layers(device)
    return None


def read_device_layers(device: Path, depth: int = 0) -> DiskLayer:
    """Return a block device, given by its folder in sysfs, with those that it lies on."""
    uuid = ""
    with suppress(OSError):
        uuid = (device / "dm" / "uuid").read_text(encoding="ascii").strip()
    lower_devices: list[Path] = []
    if depth < _MOST_LAYERS:
        with suppress(OSError):
            lower_devices = sorted((device / "slaves").iterdir())
        # A partition has none: what lies below its whole disk counts.
        if not lower_devices and (device / "partition").exists():
            lower_devices = [Path(os.path.realpath(device)).parent]
    layers = [read_device_layers(lower, depth + 1) for lower in lower_devices]
    return DiskLayer(uuid, layers)


def measure_free_room(folder: Path) -> FreeRoom:
    """Return what room is left on the disk of a folder. Raises `OSError` if it does not say."""
    from shutil import disk_usage

    free_bytes = disk_usage(folder).free
    if not hasattr(os, "statvfs"):  # Windows, whose disks do not run out of names
        return FreeRoom(free_bytes, has_no_names=False)
    status = os.statvfs(folder)
    return FreeRoom(
        free_bytes, has_no_names=bool(status.f_files) and not status.f_favail
    )


def keeps_others_out(file: Path) -> bool | None:
    """Return whether a lock on a file keeps others out of it; None where that cannot be tried.

    Tried on its first byte, which SQLite locks in no case, through two handles; the file is neither
    changed nor, but for this moment, kept from anybody. Raises `OSError` where it cannot be locked.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    # Only locks of a handle, which Linux has, can be tried within one process.
    command = getattr(fcntl, "F_OFD_SETLK", None)
    with file.open("rb+") as ours, file.open("rb+") as theirs:
        if command is None:
            fcntl.lockf(ours, fcntl.LOCK_EX | fcntl.LOCK_NB, 1)
            return None
        fcntl.fcntl(ours, command, _build_lock_request(fcntl.F_WRLCK))
        try:
            fcntl.fcntl(theirs, command, _build_lock_request(fcntl.F_WRLCK))
        except OSError:
            return True
    return False


def _build_lock_request(kind: int) -> bytes:
    """Return Linux's `struct flock` for the first byte of a file."""
    import struct

    return struct.pack("hhqqi4x", kind, os.SEEK_SET, 0, 1, 0)
