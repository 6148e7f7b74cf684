"""Summing a closed quarter: one holder alone, group by group, file by file.

Of each contribution only the digest that the manifest has of it, its group and the id of its member
are held while the sums are made.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from operator import add, eq
from pathlib import Path

from coachlog.errors import Refusal
from coachlog.model.programme import (
    Contribution,
    GroupSums,
    Holder,
    HolderSums,
    Manifest,
    OmittedFile,
    Programme,
    join_holder_words,
)
from coachlog.named_tuples import NamedTuple
from coachlog.rules.programme_closing import join_small_groups, require_sound_groups
from coachlog.rules.programme_shares import SHARE_MODULUS
from coachlog.rules.programme_vector import NUMBERS
from coachlog.sealed.faults import FaultyFile, OtherHolder, OtherProgramme
from coachlog.sealed.halves import OpenedHalf, name_half_file
from coachlog.sealed.manifests import ManifestReader
from coachlog.sealed.sums import digest_sums, write_sums_file
from coachlog.services.desk import Desk
from coachlog.services.programme.folder_halves import (
    FolderFile,
    HalfOpener,
    read_folder,
)
from coachlog.services.programme.holder_memory import (
    FolderLook,
    LogLine,
    QuarterMemory,
    SumsMemory,
    open_programme_memory,
)
from coachlog.services.programme.keys import load_holder_key
from coachlog.services.programme.received_files import (
    load_programme,
    open_received_file,
)
from coachlog.text import clean_file_name, format_count

_NO_GROUP = -1
"""In place of a group's number, for a contribution that is published in none."""

_COUNTED = -2
"""In place of a group's number, once the contribution was added up."""

_SHOWN_FILES = 10


class SumRun(NamedTuple):
    """The sums of a holder, and the files of the folder that count in none of them.

    `members` is how many managers each group has, and `groups` which one it counts in: '' for none.
    """

    sums: HolderSums
    omitted: tuple[OmittedFile, ...]
    members: Mapping[str, int]
    groups: Mapping[str, str]


def sum_folder(
    desk: Desk,
    folder: Path,
    manifest_path: Path,
    key_path: Path,
    programme_path: Path,
    output: Path,
    *,
    force: bool = False,
) -> SumRun:
    """Write a holder's sums of a closed quarter, and return them; of the same files they stay.

    Raises Refusal if a contribution that the manifest counts is not in the folder, if a group is
    under 8, if the quarter was summed with another manifest or to other sums, or if this home is
    the other holder's; WrongKey if none of the files can be opened with the key.
    """
    programme = load_programme(programme_path)
    holder, key = load_holder_key(key_path, programme)
    index = _ManifestIndex(manifest_path, programme, holder)
    manifest = index.manifest
    with open_programme_memory(desk.home, programme.code) as memory:
        memory.require_one_holder(holder, "Nothing was summed.")
        quarter_memory = memory.find_quarter(manifest.quarter, index.digest)
        adding = _Adding(index, programme, holder)
        opener = HalfOpener(programme, holder, key.secret, manifest.quarter)
        adding.add_files(read_folder(folder, opener))
        adding.require_all_files(folder)
        adding.require_own_groups()
        earlier = quarter_memory.sums.get(holder)
        sums = HolderSums(
            programme=programme.code,
            quarter=manifest.quarter,
            holder=holder,
            manifest=index.digest,
            summed_on=earlier.summed_on if earlier else desk.today,
            groups=adding.build_group_sums(),
            caps=programme.caps,
        )
        memory.quarters[manifest.quarter] = _remember_sums(quarter_memory, sums)
        contributions = sum(group.contributions for group in sums.groups)
        number = format_count(contributions, "contribution")
        line = LogLine(
            desk.today,
            f"summed {manifest.quarter} as {holder}: {number}, {len(sums.groups)} groups, "
            f"{len(adding.omitted)} files left out",
        )
        memory.looks[holder] = FolderLook("summed", manifest.quarter)
        memory.save(line, output, write_sums_file(sums), force=force)
    return SumRun(
        sums,
        tuple(sorted(adding.omitted)),
        dict(adding.sizes),
        join_small_groups(adding.sizes),
    )


def _remember_sums(memory: QuarterMemory, sums: HolderSums) -> QuarterMemory:
    """Return the memory with these sums. Raises Refusal if others were made before."""
    digest = digest_sums(sums)
    earlier = memory.sums.get(sums.holder)
    if earlier and earlier.digest != digest:
        raise Refusal(
            f"{sums.quarter} is closed, and its sums were made before and differ. "
            "Nothing was changed.",
            "Use the folder and the files that it was summed with.",
        )
    all_sums = {**memory.sums, sums.holder: SumsMemory(digest, sums.summed_on)}
    return memory._replace(sums=all_sums)


class _ManifestIndex:
    """A manifest as summing needs it: by the digest of each half, the number of its group.

    Raises FaultyFile or Refusal for one that is not sound, or not of this programme.
    """

    def __init__(self, path: Path, programme: Programme, holder: Holder) -> None:
        self._path = path
        self._holder = holder
        self.groups_by_digest: dict[bytes, int] = {}
        with open_received_file(path) as stream:
            reader = ManifestReader(stream)
            self.manifest = reader.manifest
            _require_own_manifest(self.manifest, programme)
            self.groups = sorted(self.manifest.groups)
            contributions = self._index_entries(reader)
            self.digest = reader.finish()
        require_sound_groups(self.manifest, contributions)

    def _index_entries(self, reader: ManifestReader) -> Counter[str]:
        """Return how many contributions each group has, and note which are in it."""
        group_numbers = {group: number for number, group in enumerate(self.groups)}
        contributions: Counter[str] = Counter()
        for entry in reader.read_entries():
            digest = bytes.fromhex(entry.digests[self._holder])
            if digest in self.groups_by_digest:
                raise Refusal(
                    "The manifest counts the same contribution twice. Nothing was summed."
                )
            self.groups_by_digest[digest] = group_numbers.get(entry.group, _NO_GROUP)
            if entry.group:
                contributions[entry.group] += 1
        return contributions

    def list_numbers(self, digests: Iterable[bytes]) -> list[str]:
        """Return the numbers of the contributions with these digests, in the manifest's order."""
        digest_texts = {digest.hex() for digest in digests}
        with open_received_file(self._path) as stream:
            return [
                entry.number
                for entry in ManifestReader(stream).read_entries()
                if entry.digests[self._holder] in digest_texts
            ]


def _require_own_manifest(manifest: Manifest, programme: Programme) -> None:
    if manifest.programme != programme.code:
        raise OtherProgramme("is for another programme")
    if set(manifest.holders) != set(programme.keys):
        raise OtherHolder(
            f"is not made with the lists of {join_holder_words(programme.keys)}"
        )
    if manifest.breakdown is not programme.breakdown:
        raise FaultyFile(
            f"groups by {manifest.breakdown}, not by {programme.breakdown}"
        )


class _Adding:
    """The sums while they are made: what the manifest still waits for, and the totals so far."""

    def __init__(
        self, index: _ManifestIndex, programme: Programme, holder: Holder
    ) -> None:
        self._index = index
        self._programme = programme
        self._holder = holder
        self._members = array("Q")
        self.sizes = Counter(dict.fromkeys(programme.choices[programme.breakdown], 0))
        self._manifest_groups: dict[str, set[str]] = defaultdict(set)
        self._totals = [[0] * len(NUMBERS) for _ in index.groups]
        self.omitted: list[OmittedFile] = []

    def add_files(self, folder_files: Iterable[FolderFile]) -> None:
        """Add up every file that counts.

        Raises Refusal if the manifest counts somebody twice, or in another group.
        """
        for file in folder_files:
            if file.opened is None:
                self.omitted.append(OmittedFile(file.name, file.reason))
            else:
                self._add_half(file.name, file.opened)
        members = sorted(self._members)
        if any(map(eq, members, members[1:])):
            raise Refusal(
                "The manifest counts two contributions of one member. Nothing was summed."
            )

    def require_all_files(self, folder: Path) -> None:
        """Raise Refusal if the folder lacks a contribution that the manifest counts."""
        places = self._index.groups_by_digest.items()
        lacking = [digest for digest, group in places if group >= 0]
        if lacking:
            raise self._build_lack_error(lacking, folder)

    def _add_half(self, name: str, opened: OpenedHalf) -> None:
        digest = bytes.fromhex(opened.digest)
        group = self._index.groups_by_digest.get(digest)
        if group is None:
            self.omitted.append(OmittedFile(name, "is not in the manifest"))
        elif group == _COUNTED:
            self.omitted.append(OmittedFile(name, "is a copy of another file"))
        elif group == _NO_GROUP:
            self._index.groups_by_digest[digest] = _COUNTED
            self._note_place(opened.half, "")
        else:
            self._index.groups_by_digest[digest] = _COUNTED
            self._note_place(opened.half, self._index.groups[group])
            totals = self._totals[group]
            self._totals[group] = list(map(add, totals, opened.half.numbers))

    def _note_place(self, half: Contribution, group: str) -> None:
        """Note whose half it is, and in which group the manifest counts it: '' for none."""
        place = half.places[self._index.manifest.breakdown]
        self.sizes[place] += 1
        self._manifest_groups[place].add(group)
        self._members.append(int(half.member, 16))

    def require_own_groups(self) -> None:
        """Raise Refusal unless the manifest groups contributions as their members' places say.

        Each holder sees to it alone: whoever writes the manifest is not to choose whom to add up.
        """
        groups = join_small_groups(self.sizes)
        for place, manifest_groups in self._manifest_groups.items():
            if manifest_groups != {groups[place]}:
                raise Refusal(
                    f"The manifest does not group the contributions of “{place}” as they are. "
                    "Nothing was summed.",
                    "Ask whoever closed the quarter to close it with coachlog.",
                )

    def _build_lack_error(self, digests: list[bytes], folder: Path) -> Refusal:
        numbers = self._index.list_numbers(digests)
        names = [
            name_half_file(
                self._index.manifest.quarter,
                number,
                self._holder,
                self._programme,
            )
            for number in numbers[:_SHOWN_FILES]
        ]
        if len(numbers) > _SHOWN_FILES:
            names.append(f"{len(numbers) - _SHOWN_FILES} more")
        counted = format_count(len(numbers), "contribution")
        lines = [f"  - {name}" for name in names]
        return Refusal(
            "\n".join(
                [
                    f"{counted} that the manifest counts cannot be read from "
                    f"{clean_file_name(str(folder))}. "
                    "Nothing was summed:",
                    *lines,
                ]
            ),
            "Put back the files as they came: a quarter is summed whole, or not at all.",
        )

    def build_group_sums(self) -> tuple[GroupSums, ...]:
        """Return the sums of each group, mod 2^64."""
        return tuple(
            GroupSums(
                group,
                self._index.manifest.groups[group],
                tuple(total % SHARE_MODULUS for total in totals),
            )
            for group, totals in zip(self._index.groups, self._totals, strict=True)
        )
