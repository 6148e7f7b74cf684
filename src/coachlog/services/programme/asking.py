"""What a command about programmes needs and was not given, asked for on a terminal."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from coachlog import files
from coachlog.errors import InvalidInput, Refusal, StorageFailure
from coachlog.interview.back import Back
from coachlog.model.programme import Breakdown, HolderList, Places, Programme
from coachlog.rules.programme_closing import (
    MOST_INVITED,
    require_possible_invitations,
)
from coachlog.services.desk import Desk
from coachlog.services.inputs import ask_checked_words, build_missing_error
from coachlog.services.programme.creating import (
    ProgrammeRequest,
    require_possible_programme,
    validate_choices,
    validate_public_key,
    validate_second_key,
)
from coachlog.text import clean_file_name, clean_line


def expand_path(text: str | Path) -> Path:
    """Return the path of a file or folder as typed, with the home folder for `~`."""
    try:
        return Path(text).expanduser()
    # `~` with a name that is no user here: it is reported when the file is opened.
    except RuntimeError:
        return Path(text)


def take_path(
    desk: Desk, path: Path | None, question: str, need: str, flag: str
) -> Path:
    """Return the path of an option; asked for where it is missing.

    Raises InvalidInput where nobody can be asked: `need` follows "coachlog needs".
    """
    if path is not None:
        return expand_path(path)
    return expand_path(_ask_words(desk, question, need, flag))


def take_new_path(
    desk: Desk, path: Path | None, question: str, need: str, flag: str, *, force: bool
) -> Path:
    """Return the path of a file to write; as `take_path`, but one that exists is asked for again.

    With `force` it may exist.
    """
    if path is not None:
        return expand_path(path)

    def require_free_path(words: str) -> None:
        target = expand_path(words.strip())
        if not force and not files.is_path_free(target):
            raise InvalidInput(files.build_taken_refusal(target).message)

    return expand_path(_ask_words(desk, question, need, flag, require_free_path))


def require_new_file(path: Path | None, *, force: bool) -> None:
    """Raise Refusal for a file to write that exists, before anything is asked for it."""
    if path is not None and not force and not files.is_path_free(expand_path(path)):
        raise files.build_taken_refusal(expand_path(path))


def _ask_words(
    desk: Desk,
    question: str,
    need: str,
    flag: str,
    check: Callable[[str], object] = lambda _words: None,
) -> str:
    asker = desk.require_asker(need, flag)

    def take_checked_words(words: str) -> str:
        if not words.strip():
            raise Refusal("Nothing was typed, so nothing was changed.")
        check(words)
        return words.strip()

    return ask_checked_words(asker, question, take_checked_words)


def choose_places(desk: Desk, programme: Programme, places: Places) -> Places:
    """Return where a member is: as typed or, on a terminal, chosen from what the programme has."""
    chosen_places = dict(places)
    if not desk.interactive:
        return chosen_places
    for breakdown, choices in programme.choices.items():
        if not choices or breakdown in chosen_places:
            continue
        rows = [(clean_line(choice), choice) for choice in choices]
        choice = desk.asker.choose(
            f"Which {breakdown.value} are you in?", rows, is_statement=True
        )
        if isinstance(choice, Back):
            raise Refusal("Nothing was changed.")
        chosen_places[breakdown] = choice
    return chosen_places


def complete_programme_request(
    desk: Desk, request: ProgrammeRequest, by: str | None, *, is_single: bool
) -> ProgrammeRequest:
    """Return the request for a new programme with all that it needs, asked for on a terminal.

    `by` is what its groups are made by, as typed. Raises InvalidInput for what cannot be, and where
    nobody can be asked.
    """
    if is_single and request.governance is not None:
        raise InvalidInput("Use only one of --single and --governance.")
    # Before anything is asked: what cannot be is not found out after the last answer.
    require_possible_programme(request)
    breakdown = _take_breakdown(desk, request, by)
    choices = dict(request.choices)
    if not choices.get(breakdown):
        choices[breakdown] = _ask_choices(desk, breakdown)
    coordinator = request.coordinator or _ask_words(
        desk,
        "What is the coordinator's public key? It begins with age1.",
        "the coordinator's public key",
        "--coordinator KEY",
        validate_public_key,
    )
    governance = request.governance
    if governance is None and not is_single:
        governance = _ask_words(
            desk,
            "What is the public key of the second holder, such as information governance?",
            "the public key of a second holder",
            "--governance KEY, or --single for a programme of one holder",
            lambda words: validate_second_key(words, coordinator),
        )
    return request._replace(
        breakdown=breakdown,
        choices=choices,
        coordinator=coordinator,
        governance=governance,
    )


def _ask_choices(desk: Desk, breakdown: Breakdown) -> Sequence[str]:
    """Return the groups that managers choose from, asked for."""
    name = breakdown.value

    def require_choices(words: str) -> None:
        if not validate_choices(breakdown, _split_names(words)):
            raise InvalidInput(f"Name one {name} at least.")

    words = _ask_words(
        desk,
        f"Which {name}s are there? Put a comma between them.",
        f"the {name}s to choose from",
        f"--{name} NAME, once for each",
        require_choices,
    )
    return _split_names(words)


def _split_names(words: str) -> list[str]:
    return [part.strip() for part in words.split(",") if part.strip()]


def _take_breakdown(desk: Desk, request: ProgrammeRequest, by: str | None) -> Breakdown:
    """Return what groups are made by: as typed, or the only one with choices, or as asked."""
    names = [breakdown.value for breakdown in Breakdown]
    if by is not None:
        if by not in names:
            raise InvalidInput(
                f"“{clean_line(by)[:40]}” is not what groups can be made by. Nothing was written.",
                f"Choose from: {', '.join(names)}.",
            )
        return Breakdown(by)
    with_choices = [breakdown for breakdown, rows in request.choices.items() if rows]
    if len(with_choices) == 1:
        return with_choices[0]
    asker = desk.require_asker(
        "to know what the groups are made by", "--by cohort, region or band"
    )
    choice = asker.choose(
        "What are the groups of its reports made by?",
        [(breakdown.value, breakdown) for breakdown in Breakdown],
        is_statement=True,
    )
    if isinstance(choice, Back):
        raise Refusal("Nothing was written.")
    return choice


def parse_invitations(texts: Iterable[str]) -> list[tuple[str, int]]:
    """Return the groups as typed, and how many managers of each were asked, from `North=40`.

    Raises InvalidInput for anything else.
    """
    return [_parse_invitation(text) for text in texts]


def _parse_invitation(text: str) -> tuple[str, int]:
    group, _, number = text.rpartition("=")
    group, count = clean_line(group), _parse_invited_number(number)
    if group and count is not None:
        return group, count
    raise InvalidInput(
        f"“{clean_line(text)[:60]}” does not say how many were asked. Nothing was closed.",
        f'Write the group and a number from 1 to {MOST_INVITED:,}: --invited "North=40"',
    )


def _parse_invited_number(text: str) -> int | None:
    """Return a number of managers that can have been asked, None for anything else."""
    digits = text.strip().replace(",", "")
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= 7
    return int(digits) if is_number and 1 <= int(digits) <= MOST_INVITED else None


def ask_invitations(
    desk: Desk, programme: Programme, lists: Iterable[HolderList]
) -> dict[str, int]:
    """Return how many managers were asked in each group of which the coordinator knows it."""
    desk.asker.tell(
        "How many managers were asked in each group? Without that, its response is not known; once "
        "the quarter is closed, it cannot be said any more."
    )
    holder_lists = tuple(lists)
    invitations = {}
    for group in programme.choices[programme.breakdown]:
        count = _ask_invited_number(desk, group, holder_lists)
        if count is not None:
            invitations[group] = count
    return invitations


def _ask_invited_number(
    desk: Desk, group: str, lists: Sequence[HolderList]
) -> int | None:
    def take_number(words: str) -> int | None:
        if not words.strip():
            return None
        count = _parse_invited_number(words)
        if count is None:
            raise InvalidInput(f"Type a number from 1 to {MOST_INVITED:,}.")
        require_possible_invitations(lists, {group: count})
        return count

    question = f"How many managers of {clean_line(group)} were asked?"
    return ask_checked_words(desk.asker, question, take_number, "Enter: not known")


def take_join_file(desk: Desk, path: Path | None, *, can_ask: bool = True) -> Path:
    """Return the path of the programme's file; as `take_path`."""
    return _take_known_file(
        desk,
        path,
        "Which is the programme's file?",
        "the programme's file",
        "--programme FILE",
        can_ask=can_ask,
    )


def take_manifest(desk: Desk, path: Path | None, *, can_ask: bool = True) -> Path:
    """Return the path of the manifest; as `take_path`."""
    return _take_known_file(
        desk,
        path,
        "Which is the manifest of the quarter?",
        "the manifest of the quarter",
        "--manifest FILE",
        can_ask=can_ask,
    )


def take_holder_files(
    desk: Desk, key: Path | None, programme: Path | None
) -> tuple[Path, Path]:
    """Return the paths of a holder's key and of the programme's file; as `take_path`."""
    key_path = take_path(
        desk,
        key,
        "Which is the file of your secret key?",
        "your secret key",
        "--key FILE",
    )
    return key_path, take_join_file(desk, programme)


def take_list_paths(desk: Desk, paths: Sequence[Path]) -> list[Path]:
    """Return the paths of the lists of all holders; asked for where there are none."""
    if paths:
        return list(map(expand_path, paths))
    return _ask_paths(
        desk,
        "Which are the lists of the holders? Put a comma between them.",
        "the list of each holder",
        "the files that `programme check` wrote",
    )


def take_sums_paths(desk: Desk, paths: Sequence[Path], *, can_ask: bool) -> list[Path]:
    """Return the paths of the sums of all holders; asked for where there are none."""
    if paths:
        return list(map(expand_path, paths))
    need, flag = "the sums of each holder", "the files that `programme sum` wrote"
    if not can_ask:
        raise build_missing_error(need, flag)
    return _ask_paths(
        desk,
        "Which are the sums of the holders? Put a comma between them.",
        need,
        flag,
    )


def _take_known_file(
    desk: Desk, path: Path | None, question: str, need: str, flag: str, *, can_ask: bool
) -> Path:
    if path is None and not can_ask:
        raise build_missing_error(need, flag)
    return take_path(desk, path, question, need, flag)


def _ask_paths(desk: Desk, question: str, need: str, flag: str) -> list[Path]:
    return list(map(expand_path, _split_names(_ask_words(desk, question, need, flag))))


def prepare_output_folder(folder: Path) -> None:
    """Make a folder for the files, if need be. Raises InvalidInput if it is a file."""
    name = clean_file_name(str(folder))
    if not files.is_path_free(folder) and not folder.is_dir():
        raise InvalidInput(
            f"{name} is a file. Nothing was written.", "Name a folder with --output."
        )
    try:
        files.make_private_folder(folder)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StorageFailure(
            f"{name} cannot be created ({reason}). Nothing was written."
        ) from error
