"""Closing a quarter: what is whole in the lists of all holders counts in it, once and for all."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from coachlog.dates import format_medium_day
from coachlog.errors import Refusal
from coachlog.model.programme import HolderList, Manifest, Programme
from coachlog.named_tuples import NamedTuple
from coachlog.rules.programme_closing import (
    close_quarter,
    match_invitations,
    require_closable_lists,
    require_possible_invitations,
    require_publishable_manifest,
    split_omitted_files,
)
from coachlog.rules.programme_quarters import (
    parse_quarter,
    require_finished_quarter,
)
from coachlog.sealed.lists import parse_list_file
from coachlog.sealed.manifests import digest_manifest, write_manifest_file
from coachlog.services.desk import Desk
from coachlog.services.programme.asking import ask_invitations
from coachlog.services.programme.holder_memory import (
    LogLine,
    QuarterMemory,
    describe_closing,
    open_programme_memory,
)
from coachlog.services.programme.received_files import (
    load_programme,
    open_received_file,
)
from coachlog.text import clean_line, format_count

_SHOWN_OMITTED = 10


class _QuarterClosing(NamedTuple):
    """What a quarter is closed with, but for how many managers were asked."""

    programme: Programme
    lists: tuple[HolderList, ...]
    closed_on: date

    def build_manifest(self, invitations: Mapping[str, int]) -> Manifest:
        """Return the manifest, with how many managers were asked in each group."""
        return close_quarter(self.programme, self.lists, self.closed_on, invitations)


def write_manifest(
    desk: Desk,
    quarter: str,
    list_paths: Sequence[Path],
    programme_path: Path,
    output: Path,
    *,
    invited: Iterable[tuple[str, int]] = (),
    force: bool = False,
    yes: bool = True,
) -> Manifest:
    """Close a quarter, write its manifest and return it; of the same lists it is always the same.

    `invited` are groups as typed with how many managers were asked in each; without any, they are
    asked for on a terminal, or as they were when the quarter was closed. Without `yes`, the
    coordinator is asked before. Raises Refusal if they do not agree, or the quarter was closed with
    other lists, or has too few contributions, and InvalidInput or
    FaultyFile for lists that are not of this quarter of the programme.
    """
    quarter = parse_quarter(quarter, desk.today)
    require_finished_quarter(quarter, desk.today, "Nothing was closed.")
    programme = load_programme(programme_path)
    lists = []
    for path in list_paths:
        with open_received_file(path) as stream:
            lists.append(parse_list_file(stream))
    holder_lists = require_closable_lists(programme, quarter, lists)
    invitations: Mapping[str, int] = match_invitations(programme, invited)
    require_possible_invitations(holder_lists, invitations)
    with open_programme_memory(desk.home, programme.code) as memory:
        earlier = memory.quarters.get(quarter)
        closed_on = earlier.closed_on if earlier else None
        closing = _QuarterClosing(programme, holder_lists, closed_on or desk.today)
        # Before anything is asked for it.
        require_publishable_manifest(closing.build_manifest({}))
        if not invitations:
            invitations = _recall_invitations(desk, closing, earlier)
        manifest = closing.build_manifest(invitations)
        if earlier is not None:
            _require_same_invitations(closing, earlier, manifest)
        quarter_memory = memory.find_quarter(quarter, digest_manifest(manifest))
        memory.quarters[quarter] = quarter_memory._replace(
            closed_on=manifest.closed_on, invited=invitations
        )
        content = b"".join(write_manifest_file(manifest))
        number = format_count(len(manifest.entries), "contribution")
        lost, _ = split_omitted_files(manifest)
        if earlier is None and not yes:
            _agree_to_close(desk, closing, manifest, invitations)
        log_line = LogLine(
            desk.today,
            f"closed {quarter}: {number}, {len(manifest.groups)} groups, "
            f"{len(lost)} left out",
        )
        memory.save(log_line, output, content, force=force)
    return manifest


def _recall_invitations(
    desk: Desk, closing: _QuarterClosing, earlier: QuarterMemory | None
) -> Mapping[str, int]:
    """Return how many were asked in each group: as said at the first closing, or asked now."""
    if earlier is not None:
        return earlier.invited or {}
    if not desk.interactive:
        return {}
    return ask_invitations(desk, closing.programme, closing.lists)


def _require_same_invitations(
    closing: _QuarterClosing, earlier: QuarterMemory, manifest: Manifest
) -> None:
    """Raise Refusal where the lists are those of the first closing, and the numbers asked are not.

    Of any other difference, the memory says that there is one.
    """
    known_invitations = earlier.invited or {}
    first_manifest = closing.build_manifest(known_invitations)
    is_first = digest_manifest(first_manifest) == earlier.manifest
    if is_first and digest_manifest(manifest) != earlier.manifest:
        raise Refusal(
            f"{manifest.quarter} {describe_closing(earlier.closed_on)}, with other numbers of "
            f"managers asked: {_list_invitations(closing.programme, known_invitations)}. "
            "Nothing was changed.",
            "They cannot be changed any more. Go on with the manifest it was closed with; to write "
            "it again, leave out --invited.",
        )


def _agree_to_close(
    desk: Desk,
    closing: _QuarterClosing,
    manifest: Manifest,
    invitations: Mapping[str, int],
) -> None:
    """Ask whether to close a quarter, after what it would lack. Raises as `Desk.confirm`."""
    number = format_count(len(manifest.entries), "contribution")
    lost, _ = split_omitted_files(manifest)
    question = (
        f"Close {manifest.quarter} with {number}, {len(lost):,} left out? It is closed once: what "
        "comes later counts in no quarter."
    )
    # Before the question: whoever sent half of it can still send the rest.
    lines = [*_list_omitted(manifest), _describe_lists(closing.lists)]
    if desk.interactive:
        for line in lines:
            desk.asker.tell(line, dim=True)
        _tell_invitations(desk, closing.programme, invitations)
    else:
        question = "\n".join([*lines, question])
    desk.confirm(question, yes=False)


def _tell_invitations(
    desk: Desk, programme: Programme, invitations: Mapping[str, int]
) -> None:
    """Say how many were asked in each group: a wrong number cannot be mended once it is closed."""
    asked = _list_invitations(programme, invitations)
    desk.asker.tell(f"Asked: {asked}. To change that: --invited", dim=True)


def _list_invitations(programme: Programme, invitations: Mapping[str, int]) -> str:
    parts = []
    for group in programme.choices[programme.breakdown]:
        count = invitations.get(group)
        words = "not known" if count is None else f"{count:,}"
        parts.append(f"{clean_line(group)} {words}")
    return ", ".join(parts)


def _list_omitted(manifest: Manifest) -> Iterator[str]:
    """Yield what a quarter would be closed without, and what it does not need."""
    lost, needless = split_omitted_files(manifest)
    for heading, group in (("In no figure", lost), ("Not needed", needless)):
        if group:
            yield f"{heading}:"
        for file in group[:_SHOWN_OMITTED]:
            yield f"  - {file.name}: {file.reason}"
        if len(group) > _SHOWN_OMITTED:
            yield f"  - and {len(group) - _SHOWN_OMITTED:,} more"


def _describe_lists(holder_lists: Sequence[HolderList]) -> str:
    """Return how many contributions each list has, and its day: an old one shows."""
    parts = []
    for holder_list in holder_lists:
        number = format_count(len(holder_list.contributions), "contribution")
        day = format_medium_day(holder_list.made_on)
        holder = holder_list.holder.words
        parts.append(f"of {holder}: {number}, made on {day}")
    return f"List {'; '.join(parts)}"
