"""What kind of place a path is in, from texts that systems give: no disk is looked at."""

import pytest

from coachlog.rules.encryption import (
    DiskLayer,
    is_disk_encrypted,
    parse_filevault_status,
)
from coachlog.rules.engine_versions import has_wal_reset_bug
from coachlog.rules.places import (
    DiskKind,
    Mount,
    find_mount,
    find_sync_service,
    judge_drive,
    judge_file_system,
    parse_mac_mounts,
    parse_mountinfo,
)

LAPTOP = r"""
22 1 0:21 / /proc rw,nosuid,nodev,noexec,relatime shared:5 - proc proc rw
27 1 254:1 / / rw,relatime shared:1 - ext4 /dev/mapper/vg-root rw,errors=remount-ro
60 27 259:1 / /boot rw,relatime shared:29 - vfat /dev/nvme0n1p1 rw
81 27 0:44 / /home/ann/My\040share rw,relatime shared:60 - cifs //nas/ann rw,vers=3.1.1
82 27 0:45 / /home/ann/work rw,relatime shared:61 master:2 - nfs4 nas:/work rw
83 82 0:46 / /home/ann/work rw,relatime - ext4 /dev/sdb1 rw
84 27 0:47 / /home/ann/far rw,nosuid - fuse.sshfs ann@host: rw
85 27 0:48 / /mnt/c rw,noatime - 9p C:\134 rw
not a line of mountinfo
"""


@pytest.mark.parametrize(
    ("path", "mount"),
    [
        pytest.param(
            "/home/ann/.local/share/coachlog/coachlog.db",
            Mount("/", "ext4", "/dev/mapper/vg-root"),
            id="root",
        ),
        pytest.param(
            "/home/ann/My share/log/coachlog.db",
            Mount("/home/ann/My share", "cifs", "//nas/ann"),
            id="a-blank-in-the-name",
        ),
        pytest.param(
            "/home/ann/My shared/coachlog.db",
            Mount("/", "ext4", "/dev/mapper/vg-root"),
            id="only-the-same-beginning",
        ),
        pytest.param(
            "/home/ann/work/coachlog.db",
            Mount("/home/ann/work", "ext4", "/dev/sdb1"),
            id="mounted-over",
        ),
        pytest.param(
            "/home/ann/far",
            Mount("/home/ann/far", "fuse.sshfs", "ann@host:"),
            id="the-folder-itself",
        ),
        pytest.param("/mnt/c/x", Mount("/mnt/c", "9p", "C:\\"), id="a-backslash"),
    ],
)
def test_a_path_is_on_the_innermost_mount(path: str, mount: Mount) -> None:
    assert find_mount(parse_mountinfo(LAPTOP), path) == mount


@pytest.mark.parametrize("text", ["", "\n\n", "22 1 0:21 / /", "- ext4 /dev/sda"])
def test_what_is_no_mountinfo_has_no_mounts(text: str) -> None:
    assert find_mount(parse_mountinfo(text), "/home/ann") is None


def test_the_mounts_of_a_mac() -> None:
    text = (
        "/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)\n"
        "/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled)\n"
        "//ann@nas._smb._tcp.local/My%20share on /Volumes/My share (smbfs, nodev)\n"
    )
    mounts = parse_mac_mounts(text)
    assert [mount.file_system for mount in mounts] == ["apfs", "apfs", "smbfs"]
    mount = find_mount(mounts, "/Volumes/My share/coachlog/coachlog.db")
    assert mount is not None
    assert mount.folder == "/Volumes/My share"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, DiskKind.LOCAL) for name in ("ext4", "btrfs", "zfs", "xfs", "vfat")),
        *((name, DiskKind.LOCAL) for name in ("apfs", "hfs", "overlay", "ecryptfs")),
        *((name, DiskKind.LOCAL) for name in ("fuseblk", "fuse.gocryptfs")),
        *((name, DiskKind.NETWORK) for name in ("nfs", "nfs4", "cifs", "smb3")),
        *((name, DiskKind.NETWORK) for name in ("smbfs", "afpfs", "webdav", "CIFS")),
        *((name, DiskKind.NETWORK) for name in ("fuse.sshfs", "fuse.rclone")),
        *((name, DiskKind.SHARED) for name in ("9p", "drvfs", "vboxsf", "virtiofs")),
        *((name, DiskKind.MEMORY) for name in ("tmpfs", "ramfs")),
        *((name, DiskKind.UNKNOWN) for name in ("fuse.odd", "macfuse", "osxfuse")),
    ],
)
def test_the_kind_of_a_file_system(name: str, kind: DiskKind) -> None:
    assert judge_file_system(name) is kind


@pytest.mark.parametrize(
    ("drive_type", "path", "kind"),
    [
        (3, r"C:\Users\ann\coachlog.db", DiskKind.LOCAL),
        (2, r"E:\coachlog.db", DiskKind.LOCAL),
        (4, r"H:\coachlog.db", DiskKind.NETWORK),
        (1, r"\\nas\ann\coachlog.db", DiskKind.NETWORK),
        (3, r"\\?\C:\Users\ann\coachlog.db", DiskKind.LOCAL),
        (6, r"R:\coachlog.db", DiskKind.MEMORY),
        (0, r"Q:\coachlog.db", DiskKind.UNKNOWN),
    ],
)
def test_the_kind_of_a_drive(drive_type: int, path: str, kind: DiskKind) -> None:
    assert judge_drive(drive_type, path) is kind


WINDOWS, MAC, LINUX = r"C:\Users\ann", "/Users/ann", "/home/ann"


@pytest.mark.parametrize(
    ("path", "home", "service"),
    [
        (r"C:\Users\ann\OneDrive\Documents\log\coachlog.db", WINDOWS, "OneDrive"),
        (r"C:\Users\ann\OneDrive - Ward Trust\log", WINDOWS, "OneDrive"),
        (r"C:\Users\ann\AppData\Local\coachlog", WINDOWS, ""),
        (r"C:\Users\ann\iCloudDrive\log", WINDOWS, "iCloud"),
        (r"G:\My Drive\log", WINDOWS, "Google Drive"),
        (r"C:\Users\ann\My Drive\log", WINDOWS, ""),
        (r"D:\Dropbox (Ward)\log", WINDOWS, "Dropbox"),
        (r"C:\Users\ann\Box\log", WINDOWS, "Box"),
        (f"{MAC}/Library/CloudStorage/OneDrive-Ward/log", MAC, "OneDrive"),
        (f"{MAC}/Library/CloudStorage/ProtonDrive-ann@x.test/log", MAC, "ProtonDrive"),
        (f"{MAC}/Library/Mobile Documents/com~apple~CloudDocs/x", MAC, "iCloud"),
        (f"{MAC}/Library/Application Support/coachlog", MAC, ""),
        (f"{MAC}/Google Drive/log", MAC, "Google Drive"),
        (f"{LINUX}/Dropbox/log", LINUX, "Dropbox"),
        (f"{LINUX}/dropbox/log", LINUX, "Dropbox"),
        (f"{LINUX}/Nextcloud2/log", LINUX, "Nextcloud"),
        (f"{LINUX}/ownCloud/log", LINUX, "ownCloud"),
        (f"{LINUX}/Box/log", LINUX, "Box"),
        (f"{LINUX}/notes/Box/log", LINUX, ""),
        (f"{LINUX}/my-dropbox-notes/log", LINUX, ""),
        ("/srv/nextcloud/ann/log", "/srv/nextcloud/ann", ""),
        (f"{LINUX}/.local/share/coachlog/coachlog.db", LINUX, ""),
    ],
)
def test_a_synced_folder_is_known_by_its_name(
    path: str, home: str, service: str
) -> None:
    assert find_sync_service(path, home) == service


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (r"D:\Work\Documents\coachlog.db", "OneDrive"),
        (r"d:\work\coachlog.db", "OneDrive"),
        (r"D:\Workshop\coachlog.db", ""),
    ],
)
def test_a_synced_folder_of_another_name_is_known_by_where_it_is(
    path: str, service: str
) -> None:
    assert find_sync_service(path, WINDOWS, {r"D:\Work": "OneDrive"}) == service


CRYPT = DiskLayer("CRYPT-LUKS2-0123-root")
PLAIN = DiskLayer()


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        pytest.param(PLAIN, False, id="a-plain-disk"),
        pytest.param(CRYPT, True, id="the-device-itself"),
        pytest.param(DiskLayer("LVM-abc", [CRYPT]), True, id="lvm-on-crypt"),
        pytest.param(DiskLayer("LVM-abc", [PLAIN]), False, id="lvm-on-a-plain-disk"),
        pytest.param(DiskLayer("", [CRYPT, CRYPT]), True, id="raid-of-crypt"),
        pytest.param(DiskLayer("", [CRYPT, PLAIN]), False, id="raid-half-plain"),
        pytest.param(
            DiskLayer("LVM-a", [DiskLayer("", [DiskLayer("CRYPT-PLAIN-x", [PLAIN])])]),
            True,
            id="deep",
        ),
    ],
)
def test_a_disk_is_encrypted_if_every_way_down_is(
    layer: DiskLayer, expected: bool
) -> None:
    assert is_disk_encrypted(layer) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FileVault is On.\n", True),
        ("FileVault is Off.\n", False),
        ("FileVault is On.\nEncryption in progress: Percent completed = 3\n", True),
        ("", None),
        ("Error: not permitted", None),
    ],
)
def test_what_filevault_says(text: str, expected: bool | None) -> None:
    assert parse_filevault_status(text) is expected


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("3.6.23", False),
        ("3.7.0", True),
        ("3.40.1", True),
        ("3.44.5", True),
        ("3.44.6", False),
        ("3.45.0", True),
        ("3.50.6", True),
        ("3.50.7", False),
        ("3.51.0", True),
        ("3.51.2", True),
        ("3.51.3", False),
        ("3.51", True),
        ("3.52.0", False),
        ("4.0.0", False),
        ("odd", True),
    ],
)
def test_the_versions_of_sqlite_with_the_bug_in_its_log(
    version: str, expected: bool
) -> None:
    assert has_wal_reset_bug(version) is expected
