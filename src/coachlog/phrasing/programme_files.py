"""What the commands of a programme's holders say once a file is written, and what comes next."""

from collections.abc import Sequence

from coachlog.model.programme import Holder, HolderList, HolderSums, Manifest
from coachlog.text import clean_file_name, clean_line, format_count

_COMPARISON = "compare the number in each group with the managers you know of"
"""What a second holder does before anything goes on: invented members would expose a real one."""


def describe_sent_files(names: Sequence[str], folder: str, contribution: str) -> str:
    """Return what to do with the files of a contribution: who gets which.

    `contribution` is its number, by which holders speak of it, and its edition.
    """
    where = "" if folder == "." else f" in {clean_file_name(folder)}"
    if len(names) == 1:
        return (
            f"Wrote {names[0]}{where}. Next: send it to the coordinator, who alone can open it, "
            f"then delete it here. It is contribution {contribution}."
        )
    first, second = names
    return (
        f"Wrote two files{where}:\n"
        f"  - {first} for {Holder.COORDINATOR.words}\n"
        f"  - {second} for {Holder.GOVERNANCE.words}\n"
        "Next: send each to its holder, in a mail of its own, then delete both here. Whoever has "
        "both, and both keys, can read your numbers. They are contribution "
        f"{contribution}."
    )


def describe_list(holder_list: HolderList, path: str) -> str:
    """Return what a list has, and who gets it."""
    number = format_count(len(holder_list.contributions), "contribution")
    name = clean_file_name(path)
    return (
        f"Wrote {name}, the list of {holder_list.holder.words}: {number} to "
        f"{holder_list.quarter}{_describe_omitted(len(holder_list.omitted))}. It has nobody's "
        f"numbers in it. Next: {_describe_list_step(holder_list)}"
    )


def _describe_list_step(holder_list: HolderList) -> str:
    if holder_list.holder is Holder.GOVERNANCE:
        return f"{_COMPARISON}, then send the list to the coordinator."
    return f"coachlog programme close {holder_list.quarter} LIST..."


def describe_manifest(manifest: Manifest, lost_count: int, path: str) -> str:
    """Return what a quarter was closed with, and what comes next.

    `lost_count` is how many contributions and files are in no figure.
    """
    groups = ", ".join(
        f"{clean_line(group)} {count}" for group, count in manifest.groups.items()
    )
    outside = sum(1 for entry in manifest.entries if not entry.group)
    too_small = ""
    if outside:
        number = format_count(outside, "contribution")
        are = "is" if outside == 1 else "are"
        too_small = (
            f" Of these, {number} from groups that are too small {are} in no figure."
        )
    name = clean_file_name(path)
    lost = f"; {lost_count:,} left out" if lost_count else ""
    return (
        f"Wrote {name}: {manifest.quarter} is closed with "
        f"{format_count(len(manifest.entries), 'contribution')} ({groups})"
        f"{lost}.{too_small} Next: every holder gets it, and types: "
        f"coachlog programme sum FOLDER --manifest {name}"
    )


def describe_sums(sums: HolderSums, omitted_count: int, path: str) -> str:
    """Return what was summed, and who gets the sums."""
    total = sum(group.contributions for group in sums.groups)
    name = clean_file_name(path)
    if sums.holder is Holder.GOVERNANCE:
        step = f"{_COMPARISON}, then send the sums to the coordinator. The folder stays with you."
    else:
        step = "coachlog programme report SUMS..."
    return (
        f"Wrote {name}, the sums of {sums.holder.words}: "
        f"{format_count(total, 'contribution')} to {sums.quarter} in "
        f"{format_count(len(sums.groups), 'group')}{_describe_omitted(omitted_count)}. "
        f"Next: {step}"
    )


def _describe_omitted(count: int) -> str:
    return f"; {format_count(count, 'file')} left out" if count else ""
