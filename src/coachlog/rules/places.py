"""What kind of place a folder is in: a disk of this computer, a network, a synced folder.

Judged from the path itself, with all links followed, and from what the system says of its disks.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from coachlog.named_tuples import NamedTuple


class DiskKind(StrEnum):
    """What a journal on such a disk has to expect."""

    LOCAL = "local"
    NETWORK = "network"
    SHARED = "shared"  # with the system outside a virtual machine, or with Windows
    MEMORY = "memory"
    UNKNOWN = "unknown"


class Mount(NamedTuple):
    """Where the system shows a disk: the folder, the kind of file system, and its source."""

    folder: str
    file_system: str
    source: str = ""


_KIND_PATTERNS = (
    (
        DiskKind.NETWORK,
        r"afpfs|afs|beegfs|ceph|cifs|coda|davfs|gfs2|glusterfs|lustre|ncpfs|nfs4?|ocfs2|smb3"
        r"|smbfs|webdav|fuse\.(davfs2?|gcsfuse|glusterfs|gvfsd-fuse|mount\.davfs|rclone|s3fs"
        r"|smbnetfs|sshfs)|(osx|mac)fuse_sshfs",
    ),
    (
        DiskKind.SHARED,
        r"9p|drvfs|prl_fs|vboxsf|virtiofs|vmhgfs|fuse\.(grpcfuse|vmhgfs-fuse)",
    ),
    (DiskKind.MEMORY, r"ramfs|tmpfs"),
    (
        DiskKind.LOCAL,
        r"fuse\.(cryfs|encfs|exfat|gocryptfs|lxcfs|mergerfs|ntfs(-3g)?|veracrypt)|fuseblk",
    ),
    # Anything can be behind the file system of another program.
    (DiskKind.UNKNOWN, r".*fuse.*"),
)
"""How file systems are called in Linux and macOS, by kind; the first that fits counts."""
_REMOTE_DRIVE, _MEMORY_DRIVE = 4, 6
"""What GetDriveTypeW answers: https://learn.microsoft.com/windows/win32/api/fileapi."""
_KNOWN_DRIVES = (2, 3, 5)


def parse_mountinfo(text: str) -> list[Mount]:
    """Return the mounts in the text of /proc/self/mountinfo, in its order; see proc(5)."""
    return list(_read_mountinfo_lines(text))


def _read_mountinfo_lines(text: str) -> Iterator[Mount]:
    for line in text.splitlines():
        # Optional fields, of any number, end with a dash.
        first_part, dash, last_part = line.partition(" - ")
        place, disk = first_part.split(" "), last_part.split(" ")
        if dash and len(place) > 4 and len(disk) > 1:
            yield Mount(*map(_replace_octals, (place[4], disk[0], disk[1])))


def _replace_octals(text: str) -> str:
    """Return a field of mountinfo with its blanks and backslashes, which are written in octal."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)


def parse_mac_mounts(text: str) -> list[Mount]:
    """Return the mounts that `mount` prints on a Mac: `SOURCE on FOLDER (KIND, ...)`."""
    matches = re.finditer(r"^(.+?) on (.+) \(([^,()]+)[^()]*\)$", text, re.MULTILINE)
    return [Mount(match[2], match[3], match[1]) for match in matches]


def find_mount(mounts: Sequence[Mount], path: str) -> Mount | None:
    """Return the mount that a path is on: of the longest folder, and of two there the later."""
    matches = [mount for mount in mounts if is_path_within(path, mount.folder)]
    # Sorting keeps the order of equals.
    return sorted(matches, key=lambda mount: len(mount.folder))[-1] if matches else None


def is_path_within(path: str, folder: str) -> bool:
    """Return whether a path is a folder or in it; both with slashes, and in the same case."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def judge_file_system(name: str) -> DiskKind:
    """Return what kind of disk a file system is on, by its name in Linux or macOS."""
    for kind, pattern in _KIND_PATTERNS:
        if re.fullmatch(pattern, name.casefold()):
            return kind
    return DiskKind.LOCAL


def judge_drive(drive_type: int, path: str) -> DiskKind:
    """Return what kind of disk a path of Windows is on; `drive_type` is from GetDriveTypeW."""
    is_share = path.replace("\\", "/").startswith("//") and not path.startswith(
        ("\\\\?\\", "\\\\.\\")
    )
    if drive_type == _REMOTE_DRIVE or is_share:
        return DiskKind.NETWORK
    if drive_type == _MEMORY_DRIVE:
        return DiskKind.MEMORY
    return DiskKind.LOCAL if drive_type in _KNOWN_DRIVES else DiskKind.UNKNOWN


# Folders that a program keeps the same on several computers

SYNC_VARIABLES = {
    "OneDrive": "OneDrive",
    "OneDriveConsumer": "OneDrive",
    "OneDriveCommercial": "OneDrive",
}
"""The variables in which a program says where its folder is, with the name of its service."""
SYNC_MARKS = {
    ".dropbox": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
    ".sync": "Resilio Sync",
    ".tresorit": "Tresorit",
}
"""What such a program keeps in the folder that it syncs, by the name of the file."""

_SYNC_FOLDER_PATTERNS = (
    (r"onedrive(?: ?-.*| \(.*)?", "OneDrive"),
    (r"dropbox(?: ?[-(].*)?", "Dropbox"),
    (
        r"icloud ?drive.*|icloud~.*|com~apple~clouddocs|mobile documents",
        "iCloud",
    ),
    (r"google ?drive(?: ?[-(].*)?|googledrive-.*", "Google Drive"),
    (r"nextcloud\d*", "Nextcloud"),
    (r"owncloud", "ownCloud"),
    (r"box sync|box-box", "Box"),
    (r"pcloud ?drive|pcloudsync", "pCloud"),
)
"""How the folders of these services are called, in small letters."""
_CLOUD_STORAGE = "/Library/CloudStorage/"
_NAMES_AT_HOME = {"box": "Box", "mega": "MEGA", "sync": "Sync", "tresors": "Tresorit"}
"""Names that mean such a folder only directly in the user's own."""
_NAMES_ON_DRIVE = {"my drive": "Google Drive", "shared drives": "Google Drive"}


def find_sync_service(
    path: str, user_home: str, roots: Mapping[str, str] | None = None
) -> str:
    """Return the name of the service that syncs a path, as far as names tell; '' for none.

    `path` has all links followed. `roots` has the folders that are known to be synced, with the
    name of the service. Nothing tells of a folder that was given another name.
    """
    path, user_home = path.replace("\\", "/"), user_home.replace("\\", "/")
    service = _find_root_service(path, roots or {})
    if service:
        return service
    # Folders above the user's own, such as a network of that name, say nothing about it.
    is_at_home = bool(user_home) and is_path_within(
        path.casefold(), user_home.casefold()
    )
    inner_path = path[len(user_home) :] if is_at_home else path
    parts = [part.casefold() for part in inner_path.split("/") if part]
    services = filter(None, map(_match_sync_folder, parts))
    return next(services, "") or _find_sync_service_by_place(
        path, parts, is_at_home=is_at_home
    )


def _find_root_service(path: str, roots: Mapping[str, str]) -> str:
    """Return the service of the first of these folders that a path is in."""
    for root, service in roots.items():
        folder = root.replace("\\", "/").casefold()
        if folder and is_path_within(path.casefold(), folder):
            return service
    return ""


def _match_sync_folder(name: str) -> str:
    for pattern, service in _SYNC_FOLDER_PATTERNS:
        if re.fullmatch(pattern, name):
            return service
    return ""


def _find_sync_service_by_place(
    path: str, parts: Sequence[str], *, is_at_home: bool
) -> str:
    """Return the service that is known by where its folder is, in a Mac's or in the user's own."""
    _, is_cloud_storage, provider = path.partition(_CLOUD_STORAGE)
    if is_cloud_storage:
        return provider.split("/")[0].split("-")[0] or "a cloud service"
    if is_at_home and parts:
        return _NAMES_AT_HOME.get(parts[0], "")
    if len(parts) > 1 and parts[0].endswith(":"):
        return _NAMES_ON_DRIVE.get(parts[1], "")
    return ""
