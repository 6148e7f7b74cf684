"""The report of a closed quarter, from the sums of its holders: never from their folders."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from coachlog.errors import InvalidInput, Refusal
from coachlog.exports.contents import Contents, Records
from coachlog.exports.documents.programme_page import (
    REPORT_COLUMNS,
    build_programme_page,
    list_report_records,
)
from coachlog.model.pages import PageKind
from coachlog.model.programme import (
    GroupFigures,
    GroupSums,
    HolderSums,
    Manifest,
    Programme,
    ProgrammeReport,
    join_holder_words,
)
from coachlog.rules.programme_closing import (
    OTHER_GROUP,
    require_sound_groups,
    split_omitted_files,
)
from coachlog.rules.programme_report import (
    build_group_figures,
    build_total_figures,
    join_sums,
    judge_response,
)
from coachlog.sealed.manifests import parse_manifest_file
from coachlog.sealed.sums import parse_sums_file
from coachlog.services.desk import Desk
from coachlog.services.exports.delivery import (
    Export,
    Target,
    choose_output_format,
    deliver_page,
)
from coachlog.services.programme.holder_memory import remember_report
from coachlog.services.programme.received_files import (
    load_programme,
    open_received_file,
    read_received_file,
)
from coachlog.text import clean_line, format_count


def load_report(
    desk: Desk, sums_paths: Sequence[Path], programme_path: Path, manifest_path: Path
) -> ProgrammeReport:
    """Return what is printed of a closed quarter, and remember that it was reported so.

    Raises InvalidInput for sums that do not belong together, or not to this manifest, and Refusal
    if the quarter was reported with others.
    """
    programme = load_programme(programme_path)
    with open_received_file(manifest_path) as stream:
        manifest, digest = parse_manifest_file(stream)
    require_sound_groups(
        manifest,
        _count_contributions(manifest),
    )
    all_sums = [read_received_file(path, parse_sums_file) for path in sums_paths]
    for sums in all_sums:
        _require_own_sums(sums, programme, manifest, digest)
    ordered_sums = _order_by_holder(all_sums, programme)
    quarter_report = build_report(programme, manifest, ordered_sums)
    remember_report(desk.home, ordered_sums, desk.today)
    return quarter_report


def _count_contributions(manifest: Manifest) -> dict[str, int]:
    counts: dict[str, int] = {}
    for entry in manifest.entries:
        if entry.group:
            counts[entry.group] = counts.get(entry.group, 0) + 1
    return counts


def _require_own_sums(
    sums: HolderSums, programme: Programme, manifest: Manifest, digest: str
) -> None:
    """Raise InvalidInput for sums of another programme, quarter, manifest, or with other caps."""
    whose = f"The sums of {sums.holder.words} are"
    if not sums.programme == manifest.programme == programme.code:
        raise InvalidInput(
            "The sums, the manifest and the programme are not of one programme. "
            "Nothing was reported."
        )
    if sums.quarter != manifest.quarter:
        raise InvalidInput(
            f"{whose} of {sums.quarter}, and the manifest is of {manifest.quarter}. "
            "Nothing was reported."
        )
    counts = {group.group: group.contributions for group in sums.groups}
    if sums.manifest != digest or counts != dict(manifest.groups):
        raise Refusal(
            f"{whose} made with another manifest of {sums.quarter}. Nothing was reported.",
            "A closed quarter has one manifest: each holder sums with the same file.",
        )
    if dict(sums.caps) != dict(programme.caps):
        raise InvalidInput(
            f"{whose} made with other caps than this programme file has. "
            "Nothing was reported.",
            "Use the programme file that was handed out.",
        )


def _order_by_holder(
    all_sums: Sequence[HolderSums], programme: Programme
) -> list[HolderSums]:
    """Return the sums in the order of the holders. Raises InvalidInput unless each has one."""
    by_holder = {sums.holder: sums for sums in all_sums}
    if set(by_holder) == set(programme.keys) and len(all_sums) == len(by_holder):
        return [by_holder[holder] for holder in programme.keys]
    name = clean_line(programme.name)
    these = join_holder_words(sums.holder for sums in all_sums)
    raise InvalidInput(
        f"A report of “{name}” is made of the sums of {join_holder_words(programme.keys)}, and "
        f"these are of {these}. "
        "Nothing was reported.",
        "Each holder makes theirs with: coachlog programme sum FOLDER",
    )


def build_report(
    programme: Programme, manifest: Manifest, all_sums: Sequence[HolderSums]
) -> ProgrammeReport:
    """Return what may be printed of a quarter, by the sums of all its holders."""
    groups = [_build_group(group, programme, manifest) for group in join_sums(all_sums)]
    groups.sort(key=lambda group: (group.group == OTHER_GROUP, group.group.casefold()))
    return ProgrammeReport(
        programme=programme,
        quarter=manifest.quarter,
        closed_on=manifest.closed_on,
        groups=tuple(groups),
        total=build_total_figures(groups),
        invited=manifest.invited,
        responses=_judge_responses(manifest),
        small_groups=tuple(
            group
            for group in programme.choices[programme.breakdown]
            if group not in manifest.groups
        ),
        omitted=len(split_omitted_files(manifest)[0]),
    )


def _build_group(
    group: GroupSums, programme: Programme, manifest: Manifest
) -> GroupFigures:
    """Return what is printed of a group: never more managers, for rounding, than were asked."""
    figures = build_group_figures(group, programme.caps)
    invited = manifest.invited.get(group.group, figures.contributions)
    return figures._replace(contributions=min(figures.contributions, invited))


def _judge_responses(manifest: Manifest) -> dict[str, int]:
    """Return the response of each group that is shown and, by '', of all of them."""
    invited: dict[str, int | None] = {
        group: manifest.invited.get(group) for group in manifest.groups
    }
    known = [count for count in invited.values() if count is not None]
    invited[""] = sum(known) if len(known) == len(manifest.groups) else None
    contributions = {**manifest.groups, "": sum(manifest.groups.values())}
    responses = {
        group: judge_response(contributions[group], count)
        for group, count in invited.items()
    }
    return {group: share for group, share in responses.items() if share is not None}


def export_report(
    desk: Desk, quarter_report: ProgrammeReport, target: Target
) -> Export:
    """Export a report as a page. Raises what `choose_output_format` and `deliver_page` raise."""
    format = choose_output_format(target, PageKind.PROGRAMME)
    contents = Contents(
        PageKind.PROGRAMME,
        lambda: build_programme_page(quarter_report),
        lambda: _get_report_values(quarter_report),
        lambda: Records(REPORT_COLUMNS, list_report_records(quarter_report)),
    )
    summary = (
        f"{quarter_report.quarter}, {format_count(len(quarter_report.groups), 'group')}"
    )
    return deliver_page(desk, contents, format, target, summary)


def _get_report_values(quarter_report: ProgrammeReport) -> Mapping[str, object]:
    from coachlog.exports.programme_values import list_report_values

    return {"report": list_report_values(quarter_report)}
