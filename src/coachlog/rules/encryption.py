"""Whether a disk is encrypted, judged from what the system says of its layers."""

from collections.abc import Sequence

from coachlog.named_tuples import NamedTuple

_CRYPT_PREFIX = "CRYPT-"
_ENCRYPTING_SYSTEMS = frozenset(
    ["ecryptfs", "fuse.cryfs", "fuse.encfs", "fuse.gocryptfs", "fuse.veracrypt"]
)


class DiskLayer(NamedTuple):
    """A block device of Linux: its uuid where it is the device mapper's, and what it lies on."""

    uuid: str = ""
    lower_layers: Sequence["DiskLayer"] = ()


def is_disk_encrypted(layer: DiskLayer) -> bool:
    """Return whether all that is written to a device passes through dm-crypt.

    Of a device that lies on several, such as a RAID, each of these must be encrypted.
    """
    if layer.uuid.startswith(_CRYPT_PREFIX):
        return True
    lower_layers = layer.lower_layers
    return bool(lower_layers) and all(map(is_disk_encrypted, lower_layers))


def encrypts_files(file_system: str) -> bool:
    """Return whether a file system of Linux encrypts each file that it holds."""
    return file_system.casefold() in _ENCRYPTING_SYSTEMS


def parse_filevault_status(text: str) -> bool | None:
    """Return whether FileVault is on, as `fdesetup status` says; None where it does not say."""
    if "FileVault is On" in text:
        return True
    return False if "FileVault is Off" in text else None
