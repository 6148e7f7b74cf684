"""Closing a quarter: what is whole in the lists of all holders counts in it, once and for all."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from coachlog.dates import format_medium_day
from coachlog.model.programme import HolderList, Manifest, Programme
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
from coachlog.services.programme.holder_memory import LogLine, open_programme_memory
from coachlog.services.programme.received_files import (
    load_programme,
    open_received_file,
)
from coachlog.text import clean_line, format_count

_SHOWN_OMITTED = 10


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

    `invited` are groups as typed with how many managers were asked in each. Without `yes`, the
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
    invitations = match_invitations(programme, invited)
    require_possible_invitations(holder_lists, invitations)
    with open_programme_memory(desk.home, programme.code) as memory:
        earlier = memory.quarters.get(quarter)
        closed_on = earlier.closed_on if earlier else None
        manifest = close_quarter(
            programme, holder_lists, closed_on or desk.today, invitations
        )
        require_publishable_manifest(manifest)
        quarter_memory = memory.find_quarter(quarter, digest_manifest(manifest))
        memory.quarters[quarter] = quarter_memory._replace(closed_on=manifest.closed_on)
        content = b"".join(write_manifest_file(manifest))
        number = format_count(len(manifest.entries), "contribution")
        lost, _ = split_omitted_files(manifest)
        if earlier is None and not yes:
            question = (
                f"Close {quarter} with {number}, {len(lost):,} left out? It is closed once: what "
                "comes later counts in no quarter."
            )
            # Before the question: whoever sent half of it can still send the rest.
            lines = [*_list_omitted(manifest), _describe_lists(holder_lists)]
            if desk.interactive:
                for line in lines:
                    desk.asker.tell(line, dim=True)
                _tell_invitations(desk, programme, invitations)
            else:
                question = "\n".join([*lines, question])
            desk.confirm(question, yes=False)
        log_line = LogLine(
            desk.today,
            f"closed {quarter}: {number}, {len(manifest.groups)} groups, "
            f"{len(lost)} left out",
        )
        memory.save(log_line, output, content, force=force)
    return manifest


def _tell_invitations(
    desk: Desk, programme: Programme, invitations: Mapping[str, int]
) -> None:
    """Say how many were asked in each group: a wrong number cannot be mended once it is closed."""
    parts = []
    for group in programme.choices[programme.breakdown]:
        count = invitations.get(group)
        words = "not known" if count is None else f"{count:,}"
        parts.append(f"{clean_line(group)} {words}")
    desk.asker.tell(f"Asked: {', '.join(parts)}. To change that: --invited", dim=True)


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
