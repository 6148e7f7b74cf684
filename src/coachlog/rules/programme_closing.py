"""Closing a quarter of a programme: which contributions count in it, and in which groups.

A contribution counts if each holder has its half, and both halves say the same of it. Of several
by the same member the latest edition counts. Groups under 8 are joined into one, or left out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from coachlog.model.programme import (
    Holder,
    HolderList,
    ListedContribution,
    Manifest,
    ManifestEntry,
    OmittedFile,
    Programme,
)
from coachlog.rules.programme_publication import SMALLEST_COUNT

OTHER_GROUP = "other"
"""The small groups together, where they have 8 contributions or more."""

_Halves = Mapping[Holder, ListedContribution]


def close_quarter(
    programme: Programme,
    lists: Sequence[HolderList],
    closed_on: date,
    invited: Mapping[str, int],
) -> Manifest:
    """Return the manifest of a quarter from the list of each of the programme's holders.

    `invited` is how many managers were asked in a group, where that is known. The lists are of one
    quarter of the programme, and each of another holder.
    """
    pairs, omitted = _pair_halves(lists)
    counted, replaced = _choose_editions(pairs)
    # A group of which nobody contributed was asked as well.
    sizes = Counter(dict.fromkeys(programme.choices[programme.breakdown], 0))
    sizes.update(_get_half(pair).group for pair in counted)
    groups = join_small_groups(sizes)
    entries = [_build_entry(pair, groups) for pair in counted]
    contributions = Counter(entry.group for entry in entries if entry.group)
    return Manifest(
        programme=programme.code,
        quarter=lists[0].quarter,
        breakdown=programme.breakdown,
        holders=tuple(holder_list.holder for holder_list in lists),
        closed_on=closed_on,
        groups=dict(sorted(contributions.items())),
        entries=tuple(sorted(entries)),
        omitted=(*omitted, *replaced),
        invited=_join_invited(invited, groups),
    )


def join_small_groups(sizes: Mapping[str, int]) -> dict[str, str]:
    """Return the group that each one counts in: itself, `other`, or none, which is the empty text.

    `sizes` is how many contributions each has.
    """
    small = [group for group, size in sizes.items() if size < SMALLEST_COUNT]
    rest = sum(sizes[group] for group in small)
    target = OTHER_GROUP if rest >= SMALLEST_COUNT else ""
    return {group: target if group in small else group for group in sizes}


def _join_invited(
    invited: Mapping[str, int], groups: Mapping[str, str]
) -> dict[str, int]:
    """Return how many were asked in each group that is shown, if that is known of all its parts."""
    parts = defaultdict(list)
    for group, target in groups.items():
        parts[target].append(group)
    return {
        target: sum(invited[group] for group in members)
        for target, members in parts.items()
        if target and all(group in invited for group in members)
    }


def _pair_halves(
    lists: Sequence[HolderList],
) -> tuple[list[_Halves], list[OmittedFile]]:
    """Return the contributions that every holder has, and what is left out of the others."""
    halves: dict[str, dict[Holder, ListedContribution]] = defaultdict(dict)
    doubtful: set[str] = set()
    omitted: list[OmittedFile] = []
    for holder_list in lists:
        omitted += holder_list.omitted
        for line in holder_list.contributions:
            half = halves[line.number].setdefault(holder_list.holder, line)
            if half != line:
                doubtful.add(line.number)
    pairs: list[_Halves] = []
    for number, pair in halves.items():
        if number in doubtful:
            reason = "one of its halves came twice, and they differ"
        else:
            reason = _find_fault(pair, [holder_list.holder for holder_list in lists])
        if reason:
            omitted.append(OmittedFile(number, reason))
        else:
            pairs.append(pair)
    return pairs, omitted


def _find_fault(pair: _Halves, holders: Iterable[Holder]) -> str:
    """Return why a contribution is not whole, the empty text if it is."""
    for holder in holders:
        if holder not in pair:
            return f"{holder} has no half of it"
    if len({(half.member, half.edition, half.group) for half in pair.values()}) > 1:
        return "its halves differ in member, edition or group"
    return ""


def _choose_editions(
    pairs: Iterable[_Halves],
) -> tuple[list[_Halves], list[OmittedFile]]:
    """Return the latest contribution of each member, and the others as left out."""
    members: dict[str, list[_Halves]] = defaultdict(list)
    for pair in pairs:
        members[_get_half(pair).member].append(pair)
    counted, replaced = [], []
    for sent in members.values():
        latest = max(_get_half(pair).edition for pair in sent)
        newest = [pair for pair in sent if _get_half(pair).edition == latest]
        for pair in sent:
            if pair not in newest:
                reason = "replaced by a later one of the same member"
            elif len(newest) > 1:
                reason = "sent twice by the same member, and which counts is not known"
            else:
                counted.append(pair)
                continue
            replaced.append(OmittedFile(_get_half(pair).number, reason))
    return counted, replaced


def _build_entry(pair: _Halves, groups: Mapping[str, str]) -> ManifestEntry:
    half = _get_half(pair)
    digests = {holder: line.digest for holder, line in pair.items()}
    return ManifestEntry(half.number, groups[half.group], digests)


def _get_half(pair: _Halves) -> ListedContribution:
    """Return either half: what a list says of them is the same."""
    return next(iter(pair.values()))
