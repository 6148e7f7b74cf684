"""`coachlog programme`: figures of many managers together, in which nobody is exposed."""

from pathlib import Path
from typing import Annotated

from coachlog.cli import suggestions
from coachlog.cli.arguments import build_words_argument
from coachlog.cli.declare import ASK, Argument, Call, Noun, Option
from coachlog.cli.options import (
    CopyOption,
    ForceOption,
    FormatOption,
    JsonOption,
    OutputOption,
    YesOption,
)
from coachlog.terminal.console import Console

app = Noun(
    "programme",
    "Figures of many managers together, in which nobody is exposed.",
    """
    coachlog programme join north.toml  see what would leave, and join
    coachlog programme contribute       send the last quarter
    coachlog programme show             what you joined, and what you sent
    """,
)


def _accept_words(_console: Console, _call: Call, _words: str) -> None:
    """Take any words: the command says what is wrong with them."""


def _check_programme_name(_console: Console, _call: Call, name: str) -> None:
    """Raise InvalidInput for a name that no programme can have."""
    from coachlog.services.programme.creating import validate_programme_name

    validate_programme_name(name)


JoinFileOption = Annotated[
    Path | None,
    Option(
        "--programme",
        metavar="FILE",
        help="The programme's file, as `programme new` wrote it.",
        autocompletion=suggestions.suggest_files,
    ),
]
KeyOption = Annotated[
    Path | None,
    Option(
        "--key",
        metavar="FILE",
        help="The file of your secret key, as `programme key` wrote it.",
        autocompletion=suggestions.suggest_files,
    ),
]
ManifestOption = Annotated[
    Path | None,
    Option(
        "--manifest",
        metavar="FILE",
        help="The manifest of the closed quarter, as `programme close` wrote it.",
        autocompletion=suggestions.suggest_files,
    ),
]
NewFileOption = Annotated[
    Path | None,
    Option(
        "--output",
        "-o",
        metavar="FILE",
        help="The file to write.",
        autocompletion=suggestions.suggest_files,
    ),
]
HalvesFolderArgument = Annotated[
    Path,
    build_words_argument(
        "Which folder are the files of the managers in?",
        metavar="FOLDER",
        help="The folder of the files that managers sent to you",
        check=_accept_words,
        autocompletion=suggestions.suggest_folders,
    ),
]
ProgrammeNameArgument = Annotated[
    str | None,
    Argument(
        metavar="[PROGRAMME]",
        help="Its code or name; needed only if you have joined several.",
        autocompletion=suggestions.suggest_programmes,
    ),
]


@app.command("key")
def programme_key(console: Console, output: NewFileOption = None) -> None:
    """Make the key of a holder: a secret file for you, and a public key to hand out.

    For coordinators and second holders, not for managers. The public key is printed.

    Examples:
      coachlog programme key -o my-key.txt  the secret into my-key.txt
      coachlog programme key                you are asked for the file
    """
    from coachlog.services.programme.asking import take_path
    from coachlog.services.programme.keys import create_key_file
    from coachlog.text import clean_file_name

    path = take_path(
        console.desk,
        output,
        "Which file should the secret key go into?",
        "a file for the secret key",
        "--output FILE",
    )
    public_key = create_key_file(path)
    console.print_answer(public_key)
    console.print_remark(
        f"The secret key is in {clean_file_name(str(path))}: keep it to yourself, and a copy in a "
        "safe place. The line that begins with age1 is for the coordinator, who puts it into the "
        "programme."
    )


@app.command("new")
def programme_new(
    console: Console,
    name: Annotated[
        str,
        build_words_argument(
            "What is the programme called?",
            metavar="NAME",
            help="The name of the programme",
            check=_check_programme_name,
        ),
    ] = ASK,
    output: NewFileOption = None,
    by: Annotated[
        str | None,
        Option(
            "--by",
            metavar="WHAT",
            help="What the groups of its reports are made by: cohort, region or band.",
            autocompletion=suggestions.suggest_breakdowns,
        ),
    ] = None,
    cohort: Annotated[
        list[str] | None,
        Option("--cohort", metavar="NAME", help="A cohort to choose; repeatable."),
    ] = None,
    region: Annotated[
        list[str] | None,
        Option("--region", metavar="NAME", help="A region to choose; repeatable."),
    ] = None,
    band: Annotated[
        list[str] | None,
        Option("--band", metavar="NAME", help="A band to choose; repeatable."),
    ] = None,
    coordinator: Annotated[
        str | None,
        Option("--coordinator", metavar="KEY", help="The coordinator's public key."),
    ] = None,
    governance: Annotated[
        str | None,
        Option("--governance", metavar="KEY", help="The second holder's public key."),
    ] = None,
    single: Annotated[
        bool,
        Option(
            "--single",
            help="One holder, who can read the numbers of each manager.",
        ),
    ] = False,
    cap: Annotated[
        list[str] | None,
        Option(
            "--cap",
            metavar="VALUE",
            help="Another cap for a number, as minutes=3000; repeatable.",
        ),
    ] = None,
    force: ForceOption = False,
) -> None:
    """Begin a programme: write its file, for managers to join with.

    For coordinators. The two keys belong to two people, who each made theirs.

    Examples:
      coachlog programme new "Leading well" -o north.toml  step by step
      coachlog programme new Pilot --single -o pilot.toml  with one holder
    """
    from coachlog.model.programme import Breakdown
    from coachlog.services.programme import asking, creating
    from coachlog.text import clean_file_name

    desk = console.desk
    request = creating.ProgrammeRequest(
        name=name,
        breakdown=Breakdown.REGION,
        choices={
            Breakdown.COHORT: cohort or (),
            Breakdown.REGION: region or (),
            Breakdown.BAND: band or (),
        },
        coordinator=coordinator or "",
        governance=governance,
        caps=cap or (),
    )
    asking.require_new_file(output, force=force)
    request = asking.complete_programme_request(desk, request, by, is_single=single)
    path = asking.take_new_path(
        desk,
        output,
        "Which file should the programme go into?",
        "a file for the programme",
        "--output FILE",
        force=force,
    )
    programme = creating.create_programme(request, path, force=force)
    file_name = clean_file_name(str(path))
    console.print_message(
        f"Wrote {file_name}: the programme {programme.code}, {programme.name}. Hand it to the "
        "managers and to each holder; docs/programme.md is what a manager reads first. They join "
        f"with: coachlog programme join {file_name}"
    )


@app.command("join")
def programme_join(
    console: Console,
    path: Annotated[
        Path,
        build_words_argument(
            "Which file did you get from the coordinator?",
            metavar="FILE",
            help="The programme's file, from the coordinator",
            check=_accept_words,
            autocompletion=suggestions.suggest_files,
        ),
    ] = ASK,
    cohort: Annotated[
        str | None,
        Option(
            "--cohort",
            metavar="NAME",
            help="Your cohort.",
            autocompletion=suggestions.suggest_cohorts,
        ),
    ] = None,
    region: Annotated[
        str | None,
        Option(
            "--region",
            metavar="NAME",
            help="Your region.",
            autocompletion=suggestions.suggest_regions,
        ),
    ] = None,
    band: Annotated[
        str | None,
        Option(
            "--band",
            metavar="NAME",
            help="Your band.",
            autocompletion=suggestions.suggest_bands,
        ),
    ] = None,
    yes: YesOption = False,
) -> None:
    """Join a programme, after you have seen what would leave your journal, and for whom.

    It is voluntary, and can be left. Nothing leaves before you say so, quarter by quarter.

    Examples:
      coachlog programme join north.toml                 see it, then choose
      coachlog programme join north.toml --region North  with your region
    """
    from coachlog.model.programme import Breakdown
    from coachlog.screens.programme import render_joining
    from coachlog.services.programme import asking, joining
    from coachlog.services.programme.received_files import load_programme

    desk = console.desk
    programme = load_programme(asking.expand_path(path))
    typed_places = {
        Breakdown.COHORT: cohort,
        Breakdown.REGION: region,
        Breakdown.BAND: band,
    }
    given_places = {name: place for name, place in typed_places.items() if place}
    joining.require_joinable(desk, programme, given_places)
    console.print_pages(render_joining(programme))
    places = asking.choose_places(desk, programme, given_places)
    console.print_message(joining.join_programme(desk, programme, places, yes=yes))


@app.command("leave")
def programme_leave(console: Console, programme: ProgrammeNameArgument = None) -> None:
    """Leave a programme: nothing more is sent, and what was sent stays in its sums.

    Examples:
      coachlog programme leave           the one you joined
      coachlog programme leave k7m2p9qd  one of several, by its code
    """
    from coachlog.services.programme.joining import leave_programme

    console.print_message(leave_programme(console.desk, programme))


@app.command("show")
def programme_show(console: Console, as_json: JsonOption = False) -> None:
    """Show which programmes you joined, under which id, and what you sent when.

    Examples:
      coachlog programme show         all of them, those you left as well
      coachlog programme show --json  for a script
    """
    from coachlog.services.programme.joining import load_memberships

    memberships, sent = load_memberships(console.desk)
    if as_json:
        from coachlog.exports.programme_values import list_membership_values

        return console.print_json(
            "programmes", list_membership_values(memberships, sent)
        )
    if not memberships:
        return console.print_empty_list(
            "You have not joined a programme. To join: coachlog programme join FILE"
        )
    from coachlog.screens.programme import render_memberships

    return console.print_pages(render_memberships(memberships, sent))


@app.command("contribute")
def programme_contribute(
    console: Console,
    programme: ProgrammeNameArgument = None,
    quarter: Annotated[
        str | None,
        Option(
            "--quarter",
            metavar="QUARTER",
            help="As 2026Q4; by default the last that is over.",
            autocompletion=suggestions.suggest_quarters,
        ),
    ] = None,
    output: Annotated[
        Path,
        Option(
            "--output",
            "-o",
            metavar="FOLDER",
            help="The folder for the files.",
            autocompletion=suggestions.suggest_folders,
        ),
    ] = Path(),
    yes: YesOption = False,
) -> None:
    """Write your numbers of a quarter into sealed files, after you have seen every line.

    One file is for each holder of the programme, to be sent by mail. What you sent cannot be called
    back; sent again, the later one counts, until the quarter is closed.

    Examples:
      coachlog programme contribute                   the last quarter, here
      coachlog programme contribute --quarter 2026Q3  an earlier one
    """
    from coachlog.model.programme import shorten_number
    from coachlog.phrasing.programme_files import describe_sent_files
    from coachlog.screens.programme import render_contribution
    from coachlog.services.programme import asking, contributing

    desk = console.desk
    prepared = contributing.prepare_contribution(desk, quarter, programme)
    console.print_pages(render_contribution(prepared))
    is_split = prepared.membership.programme.is_split
    question = f"Write {'these two files' if is_split else 'this file'}?"
    if prepared.is_empty:
        question = f"Every number is 0. {question}"
    desk.confirm(question, yes=yes)
    folder = asking.expand_path(output)
    asking.prepare_output_folder(folder)
    halves = contributing.send_contribution(desk, prepared, folder, force=False)
    names = [half.path.name for half in halves]
    number = shorten_number(halves[0].number)
    contribution = f"{number}, edition {prepared.edition} of {prepared.quarter}"
    console.print_message(describe_sent_files(names, str(output), contribution))


@app.command("check")
def programme_check(
    console: Console,
    folder: HalvesFolderArgument = ASK,
    key: KeyOption = None,
    programme: JoinFileOption = None,
    output: NewFileOption = None,
    quarter: Annotated[
        str | None,
        Option(
            "--quarter",
            metavar="QUARTER",
            help="As 2026Q4; by default the last that is over.",
            autocompletion=suggestions.suggest_quarters,
        ),
    ] = None,
    force: ForceOption = False,
) -> None:
    """Look through the files that managers sent you, and write a list of them.

    For holders. The list has no numbers of anybody in it: what is of no use is named, with the
    reason.

    Examples:
      coachlog programme check sent                you are asked for the rest
      coachlog programme check sent -o list.jsonl  into this file
    """
    from coachlog.phrasing.programme_files import describe_list
    from coachlog.rules.programme_closing import count_members
    from coachlog.screens.programme import render_group_sizes
    from coachlog.services.programme import asking, checking

    desk = console.desk
    key, programme = asking.take_holder_files(desk, key, programme)
    path = asking.take_path(
        desk,
        output,
        "Which file should the list go into?",
        "a file for the list",
        "--output FILE",
    )
    holder_list = checking.check_folder(
        desk,
        asking.expand_path(folder),
        key,
        programme,
        path,
        quarter=quarter,
        force=force,
    )
    if holder_list.omitted:
        from coachlog.screens.programme import render_omitted_files

        console.print_pages(render_omitted_files(holder_list.omitted))
    if holder_list.other_quarters:
        from coachlog.screens.programme import render_other_quarters

        console.print_pages(render_other_quarters(holder_list.other_quarters))
    console.print_pages(render_group_sizes(count_members(holder_list)))
    console.print_message(describe_list(holder_list, str(path)))


@app.command("close")
def programme_close(
    console: Console,
    quarter: Annotated[
        str,
        build_words_argument(
            "Which quarter is to be closed? As 2026Q4.",
            metavar="QUARTER",
            help="The quarter, as 2026Q4",
            check=_accept_words,
            autocompletion=suggestions.suggest_quarters,
        ),
    ] = ASK,
    lists: Annotated[
        list[Path] | None,
        Argument(
            metavar="[FILE]...",
            help="The list of each holder, as `programme check` wrote them; you are asked if you "
            "leave them out.",
            autocompletion=suggestions.suggest_files,
        ),
    ] = None,
    programme: JoinFileOption = None,
    output: NewFileOption = None,
    invited: Annotated[
        list[str] | None,
        Option(
            "--invited",
            metavar="VALUE",
            help="How many managers of a group were asked, as North=40; repeatable.",
        ),
    ] = None,
    force: ForceOption = False,
    yes: YesOption = False,
) -> None:
    """Close a quarter, once and for all: what is whole in the lists of all holders counts.

    For coordinators. It writes the manifest, which each holder sums by. What comes later counts in
    no quarter.

    Examples:
      coachlog programme close 2026Q4                  you are asked for the rest
      coachlog programme close 2026Q4 a.jsonl b.jsonl  with both lists
    """
    from coachlog.phrasing.programme_files import describe_manifest
    from coachlog.rules.programme_closing import split_omitted_files
    from coachlog.services.programme import asking, closing

    desk = console.desk
    invitations = asking.parse_invitations(invited or [])
    list_paths = asking.take_list_paths(desk, lists or [])
    programme = asking.take_join_file(desk, programme)
    path = asking.take_path(
        desk,
        output,
        "Which file should the manifest go into?",
        "a file for the manifest",
        "--output FILE",
    )
    manifest = closing.write_manifest(
        desk,
        quarter,
        list_paths,
        programme,
        path,
        invited=invitations,
        force=force,
        yes=yes,
    )
    lost, needless = split_omitted_files(manifest)
    for heading, group in (("In no figure", lost), ("Not needed", needless)):
        if group:
            from coachlog.screens.programme import render_omitted_files

            console.print_pages(render_omitted_files(group, heading))
    console.print_message(describe_manifest(manifest, len(lost), str(path)))


@app.command("sum")
def programme_sum(
    console: Console,
    folder: HalvesFolderArgument = ASK,
    manifest: ManifestOption = None,
    key: KeyOption = None,
    programme: JoinFileOption = None,
    output: NewFileOption = None,
    force: ForceOption = False,
) -> None:
    """Add up the files of a closed quarter, for each group of its manifest.

    For holders, each alone. Without the other holder's sums, these say nothing.

    Examples:
      coachlog programme sum sent --key my-key.txt  with your key
      coachlog programme sum sent                   you are asked for the rest
    """
    from coachlog.phrasing.programme_files import describe_sums
    from coachlog.screens.programme import render_group_sizes
    from coachlog.services.programme import asking, summing

    desk = console.desk
    manifest = asking.take_manifest(desk, manifest)
    key, programme = asking.take_holder_files(desk, key, programme)
    path = asking.take_path(
        desk,
        output,
        "Which file should the sums go into?",
        "a file for the sums",
        "--output FILE",
    )
    run = summing.sum_folder(
        desk,
        asking.expand_path(folder),
        manifest,
        key,
        programme,
        path,
        force=force,
    )
    if run.omitted:
        from coachlog.screens.programme import render_omitted_files

        console.print_pages(render_omitted_files(run.omitted))
    console.print_pages(render_group_sizes(run.members, run.groups))
    console.print_message(describe_sums(run.sums, len(run.omitted), str(path)))


@app.command("report")
def programme_report(
    console: Console,
    sums: Annotated[
        list[Path] | None,
        Argument(
            metavar="[FILE]...",
            help="The sums of each holder, as `programme sum` wrote them; you are asked if you "
            "leave them out.",
            autocompletion=suggestions.suggest_files,
        ),
    ] = None,
    programme: JoinFileOption = None,
    manifest: ManifestOption = None,
    output: OutputOption = None,
    format: FormatOption = None,
    copy: CopyOption = False,
    force: ForceOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show what a closed quarter says, from the sums of all holders.

    Groups of fewer than eight managers are hidden, and so is every sum from which somebody's own
    number could be worked out. With --format, --output or --copy it is a page.

    Examples:
      coachlog programme report a.json b.json               on the screen
      coachlog programme report a.json b.json -o page.html  as a page
    """
    from coachlog.services.programme import asking, reporting

    desk = console.desk
    is_page = format is not None or output is not None or copy
    if is_page and as_json:
        from coachlog.errors import InvalidInput

        raise InvalidInput("Use only one of --json and a page.")
    can_ask = not as_json
    paths = asking.take_sums_paths(desk, sums or [], can_ask=can_ask)
    programme = asking.take_join_file(desk, programme, can_ask=can_ask)
    manifest = asking.take_manifest(desk, manifest, can_ask=can_ask)
    quarter_report = reporting.load_report(desk, paths, programme, manifest)
    if as_json:
        from coachlog.exports.programme_values import list_report_values

        return console.print_json("report", list_report_values(quarter_report))
    if is_page:
        from coachlog.services.exports.delivery import Target

        target = Target(output, format, force, copy)
        return console.print_export(
            reporting.export_report(desk, quarter_report, target)
        )
    from coachlog.screens.programme import render_report

    return console.print_pages(render_report(quarter_report))
