"""Closing a quarter of a programme: which contributions count in it, and in which groups.

A contribution counts if each holder has its half, and both halves say the same of it. Of several
by the same member the latest edition counts. Groups under 8 are joined into one, or left out.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from coachlog.errors import InvalidInput, Refusal
from coachlog.model.programme import (
    UNNAMED_FILE,
    Holder,
    HolderList,
    ListedContribution,
    Manifest,
    ManifestEntry,
    OmittedFile,
    Programme,
    join_holder_words,
    shorten_number,
)
from coachlog.named_tuples import NamedTuple
from coachlog.rules.programme_publication import SMALLEST_COUNT
from coachlog.text import clean_line, find_nearest_words, fold_text, format_count

OTHER_GROUP = "other"
"""The small groups together, where they have 8 contributions or more."""

RESERVED_GROUPS = (OTHER_GROUP, "those shown", "(all shown)", "hidden")
"""What no group is called, as it stands for something else in a report."""

MOST_INVITED = 1_000_000
"""More managers than any group has: a larger number is a slip of the keys."""

_REPLACED = "replaced by a later one of the same member"

_SHOWN_EDITIONS = 3
"""How many of what one member sent are named in the line of another."""

_Halves = Mapping[Holder, ListedContribution]


class _Unpaired(NamedTuple):
    """A contribution that is not whole, and why."""

    pair: _Halves
    reason: str


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
    pairs, unpaired = _pair_halves(lists)
    counted, replaced = _choose_editions(pairs)
    lost, folded = _join_editions(unpaired, counted)
    # A group of which nobody contributed was asked as well.
    sizes = Counter(dict.fromkeys(programme.choices[programme.breakdown], 0))
    sizes.update(_get_half(pair).group for pair in counted)
    groups = join_small_groups(sizes)
    entries = [_build_manifest_entry(pair, groups) for pair in counted]
    contributions = Counter(entry.group for entry in entries if entry.group)
    return Manifest(
        programme=programme.code,
        quarter=lists[0].quarter,
        breakdown=programme.breakdown,
        holders=tuple(holder_list.holder for holder_list in lists),
        closed_on=closed_on,
        groups=dict(sorted(contributions.items())),
        entries=tuple(sorted(entries)),
        omitted=_join_omitted(lists, [*lost, *replaced], folded),
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
) -> tuple[list[_Halves], list[_Unpaired]]:
    """Return the contributions that every holder has, and the others with what they lack."""
    halves: dict[str, dict[Holder, ListedContribution]] = defaultdict(dict)
    doubtful: set[str] = set()
    unpaired: list[_Unpaired] = []
    for holder_list in lists:
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
            unpaired.append(_Unpaired(pair, reason))
        else:
            pairs.append(pair)
    return pairs, unpaired


def _find_fault(pair: _Halves, holders: Iterable[Holder]) -> str:
    """Return why a contribution is not whole, the empty text if it is."""
    for holder in holders:
        if holder not in pair:
            return f"{holder.words} has no half of it"
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
                reason = _REPLACED
            elif len(newest) > 1:
                reason = "sent twice by the same member, and which counts is not known"
            else:
                counted.append(pair)
                continue
            number = shorten_number(_get_half(pair).number)
            replaced.append(OmittedFile(number, reason))
    return counted, replaced


def _join_editions(
    unpaired: Iterable[_Unpaired], counted: Iterable[_Halves]
) -> tuple[list[OmittedFile], set[str]]:
    """Return what is not whole, in one line a member, and the names that stand in another's line.

    What a whole one of the same member replaced has a line of its own: it is not needed.
    """
    counted_editions = {
        _get_half(pair).member: _get_half(pair).edition for pair in counted
    }
    rows: list[OmittedFile] = []
    unmended: dict[str, list[_Unpaired]] = defaultdict(list)
    for each in unpaired:
        half = _get_half(each.pair)
        counted_edition = counted_editions.get(half.member)
        if len({line.member for line in each.pair.values()}) > 1:
            rows.append(OmittedFile(shorten_number(half.number), each.reason))
        elif counted_edition is not None and half.edition < counted_edition:
            rows.append(OmittedFile(shorten_number(half.number), _REPLACED))
        else:
            unmended[half.member].append(each)
    folded: set[str] = set()
    for member, sent in unmended.items():
        latest, *others = sorted(sent, key=_get_edition_order)
        names = [shorten_number(_get_half(each.pair).number) for each in others]
        folded.update(names)
        rows.append(_describe_unmended(latest, names, counted_editions.get(member)))
    return rows, folded


def _get_edition_order(each: _Unpaired) -> tuple[int, str]:
    """Return what a member's contributions are sorted by, the latest first."""
    half = _get_half(each.pair)
    return -half.edition, half.number


def _describe_unmended(
    latest: _Unpaired, names: Sequence[str], counted_edition: int | None
) -> OmittedFile:
    """Return the line of a member whose latest contribution is not whole."""
    words = [latest.reason]
    if names:
        shown_names = ", ".join(names[:_SHOWN_EDITIONS])
        more = len(names) - _SHOWN_EDITIONS
        if more > 0:
            shown_names += f" and {more:,} more"
        words.append(f"nor are others of the same member whole: {shown_names}")
    if counted_edition is not None:
        words.append(f"edition {counted_edition} counts in its place")
    half = _get_half(latest.pair)
    return OmittedFile(shorten_number(half.number), "; ".join(words))


def _join_omitted(
    lists: Sequence[HolderList],
    contributions: Sequence[OmittedFile],
    folded: Collection[str],
) -> tuple[OmittedFile, ...]:
    """Return what is left out, each contribution once, whatever each holder says of its files.

    `folded` are the names of those that stand in the line of another.
    """
    unnamed_files = []
    whose: dict[OmittedFile, list[Holder]] = defaultdict(list)
    for holder_list in lists:
        for file in holder_list.omitted:
            if file.name == UNNAMED_FILE:
                reason = _say_whose([holder_list.holder], file.reason, lists)
                unnamed_files.append(file._replace(reason=reason))
            elif file.name not in folded:
                whose[file].append(holder_list.holder)
    reasons: dict[str, list[str]] = defaultdict(list)
    for file, holders in whose.items():
        reasons[file.name].append(_say_whose(holders, file.reason, lists))
    for file in contributions:
        reasons[file.name].append(file.reason)
    joined = [OmittedFile(name, "; ".join(parts)) for name, parts in reasons.items()]
    return (*sorted(joined), *unnamed_files)


def split_omitted_files(
    manifest: Manifest,
) -> tuple[tuple[OmittedFile, ...], tuple[OmittedFile, ...]]:
    """Return what is in no figure of a closed quarter, and what is not needed in it.

    Not needed is what is left out of a contribution that counts, such as a copy, or was replaced.
    """
    counted = {shorten_number(entry.number) for entry in manifest.entries}
    lost: list[OmittedFile] = []
    needless: list[OmittedFile] = []
    for file in manifest.omitted:
        is_needless = file.name in counted or _REPLACED in file.reason.split("; ")
        (needless if is_needless else lost).append(file)
    return tuple(lost), tuple(needless)


def _say_whose(
    holders: Iterable[Holder], reason: str, lists: Sequence[HolderList]
) -> str:
    """Return why a file is of no use, and to which of several holders."""
    if len(lists) == 1:
        return reason
    return f"{join_holder_words(dict.fromkeys(holders))}: {reason}"


def _build_manifest_entry(pair: _Halves, groups: Mapping[str, str]) -> ManifestEntry:
    half = _get_half(pair)
    digests = {holder: line.digest for holder, line in pair.items()}
    return ManifestEntry(half.number, groups[half.group], digests)


def _get_half(pair: _Halves) -> ListedContribution:
    """Return either half: what a list says of them is the same."""
    return next(iter(pair.values()))


def count_members(holder_list: HolderList) -> dict[str, int]:
    """Return how many managers sent something in each group, by its name."""
    members = {(line.group, line.member) for line in holder_list.contributions}
    return dict(sorted(Counter(group for group, _ in members).items()))


def require_closable_lists(
    programme: Programme, quarter: str, lists: Iterable[HolderList]
) -> tuple[HolderList, ...]:
    """Return the lists in the order of the programme's holders, one of each.

    Raises InvalidInput for a list of another programme or quarter, and if one holder's is missing
    or there twice.
    """
    by_holder: dict[Holder, HolderList] = {}
    for holder_list in lists:
        holder = holder_list.holder
        if holder_list.programme != programme.code:
            raise InvalidInput(
                f"The list of {holder.words} is of another programme. Nothing was closed."
            )
        if holder_list.quarter != quarter:
            raise InvalidInput(
                f"The list of {holder.words} is of {holder_list.quarter}, not of {quarter}. "
                "Nothing was closed."
            )
        if holder in by_holder:
            raise InvalidInput(
                f"Both lists are of {holder.words}. Nothing was closed.",
                "Name the list of each holder once.",
            )
        by_holder[holder] = holder_list
    if set(by_holder) != set(programme.keys):
        raise InvalidInput(
            f"A quarter of “{programme.name}” is closed with a list from "
            f"{' and one from '.join(each.words for each in programme.keys)}. Nothing was closed.",
            "Each holder writes theirs with: coachlog programme check FOLDER",
        )
    _require_known_groups(programme, by_holder.values())
    return tuple(by_holder[holder] for holder in programme.keys)


def _require_known_groups(programme: Programme, lists: Iterable[HolderList]) -> None:
    known_groups = programme.choices[programme.breakdown]
    for holder_list in lists:
        for line in holder_list.contributions:
            if line.group not in known_groups:
                raise InvalidInput(
                    f"The list of {holder_list.holder.words} has a {programme.breakdown} that "
                    "the programme does not have. Nothing was closed.",
                    "Write the list again, with the same programme file.",
                )


def match_invitations(
    programme: Programme, invited: Iterable[tuple[str, int]]
) -> dict[str, int]:
    """Return how many managers were asked, by group of a programme, from the groups as typed.

    Raises InvalidInput for a group that is none, naming what looks like it, or is there twice.
    """
    choices = programme.choices[programme.breakdown]
    groups = {fold_text(group): group for group in choices}
    matched: dict[str, int] = {}
    for typed_group, count in invited:
        # As typed first: two names may differ in no more than an accent.
        is_exact = typed_group in choices
        group = typed_group if is_exact else groups.get(fold_text(typed_group))
        if group is None:
            raise _build_unknown_group_error(programme, typed_group)
        if group in matched:
            raise InvalidInput(
                f"--invited names “{clean_line(group)}” twice. Nothing was closed.",
                "Give each group once, with all who were asked in it.",
            )
        matched[group] = count
    return matched


def _build_unknown_group_error(programme: Programme, typed_group: str) -> InvalidInput:
    groups = programme.choices[programme.breakdown]
    near = find_nearest_words(typed_group, list(groups))
    hint = f"Choose from: {', '.join(map(clean_line, groups))}."
    if near:
        hint = f"Did you mean “{clean_line(near[0])}”? {hint}"
    return InvalidInput(
        f"“{clean_line(typed_group)[:40]}” is not a {programme.breakdown} of this programme. "
        "Nothing was closed.",
        hint,
    )


def require_possible_invitations(
    lists: Iterable[HolderList], invited: Mapping[str, int]
) -> None:
    """Raise InvalidInput where fewer were asked in a group than have sent something.

    That goes for groups that are not shown, too: their numbers count in the response of others.
    """
    for holder_list in lists:
        members = defaultdict(set)
        for line in holder_list.contributions:
            members[line.group].add(line.member)
        for group, count in invited.items():
            if len(members[group]) > count:
                raise InvalidInput(
                    f"More managers of “{clean_line(group)}” contributed "
                    f"({len(members[group]):,}) than were asked ({count:,}). "
                    f"{holder_list.quarter} was not closed.",
                    "Give the number of all who were asked with --invited.",
                )


def require_publishable_manifest(manifest: Manifest) -> None:
    """Raise Refusal if nothing could be published of a quarter.

    It stays open, so that what comes later still counts.
    """
    if not manifest.groups:
        whole = format_count(len(manifest.entries), "whole contribution")
        raise Refusal(
            f"{manifest.quarter} has {whole}, and {SMALLEST_COUNT} in all is the fewest of "
            "which anything is published. It was not closed.",
            "Wait for more, or leave this quarter out.",
        )


def require_sound_groups(manifest: Manifest, contributions: Mapping[str, int]) -> None:
    """Raise Refusal for a manifest whose groups are too small, or not what it says.

    `contributions` is how many of its entries are of each group. A holder checks that alone, since
    the manifest is the work of somebody else.
    """
    if dict(manifest.groups) != dict(contributions):
        raise Refusal(
            "The manifest does not have as many contributions in each group as it says. "
            "Nothing was summed."
        )
    if not manifest.groups:
        raise Refusal("The manifest has no group to publish. Nothing was summed.")
    for group, count in manifest.groups.items():
        if count < SMALLEST_COUNT:
            raise Refusal(
                f"The manifest has a group of fewer than {SMALLEST_COUNT}: “{group}”. "
                "Nothing was summed."
            )
