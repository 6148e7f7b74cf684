"""Workshops: made with their cards and pages, listed, looked at, replied to.

Each function imports only what it needs: a list reads no codes and writes no pages.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from coachlog.errors import InvalidInput
from coachlog.model.replies import ReplyKey
from coachlog.model.workshops import Workshop, WorkshopTheme
from coachlog.named_tuples import NamedTuple
from coachlog.rules.reply_counts import REPLIES_NEEDED
from coachlog.rules.workshop_results import SLIP_EXAMPLE
from coachlog.services.desk import Desk
from coachlog.services.inputs import (
    ask_checked_words,
    build_missing_error,
    read_input_text,
)
from coachlog.services.results import Result
from coachlog.services.survey_pages import (
    publish_survey_pages,
    require_writable_folder,
)
from coachlog.store.reading.workshop_queries import (
    find_workshop,
    read_workshop_keys,
    read_workshops,
)
from coachlog.text import MAX_ANSWER_BYTES, clean_file_name, count_bytes, count_kib

if TYPE_CHECKING:
    from coachlog.services.workshop_replies import WorkshopReplies

CARDS_A_PAGE = (2, 4)
_NEXT_REPLIES = (
    f"A paper slip is typed as {SLIP_EXAMPLE}. Next: coachlog workshop add CODE..."
)
_USUAL_REPLIES = 10


class SheetRequest(NamedTuple):
    """Where a workshop's cards and pages go: how many cards a page, and over what is there."""

    folder: Path
    cards_a_page: int
    force: bool


class SheetPaths(NamedTuple):
    """The cards of a workshop, its page for the browser, and its sheet for paper or chat."""

    cards: Path
    browser: Path
    paper: Path


def list_workshops(desk: Desk) -> list[Workshop]:
    """Return the workshops, the newest first."""
    with desk.read() as db:
        return read_workshops(db)


def load_workshop(desk: Desk, words: str | None = None) -> Workshop:
    """Return the workshop of this number or name, the newest without; raises NotFound for none."""
    with desk.read() as db:
        return find_workshop(db, words)


def create_workshop(
    desk: Desk, name: str | None, themes_file: str | None, request: SheetRequest
) -> Result:
    """Make a workshop and write its cards and pages into a folder: all of it, or nothing.

    What is missing is asked for where somebody is there to be asked. Raises InvalidInput if the
    name or the themes cannot be used, and StorageFailure if a page cannot be written.
    """
    require_cards_a_page(request.cards_a_page)
    require_writable_folder(request.folder)
    name = _choose_workshop_name(desk, name)
    themes = _choose_themes(desk, themes_file)
    from coachlog.store.writing.workshop_changes import insert_workshop

    with ExitStack() as pages:
        with desk.change(create=True) as change:
            key = insert_workshop(change, name, themes, on=desk.today)
            workshop = Workshop(
                id=key.survey,
                uid="",
                name=name,
                made_on=desk.today,
                tag=key.tag,
                themes=themes,
            )
            publish = pages.enter_context(_stage_pages(workshop, key, request))
        # Only after the commit: no page may go out whose codes the journal does not know.
        publish_survey_pages(publish, "workshop", key.survey)
    paths = _build_sheet_paths(request.folder, key.survey)
    return Result(
        f"Made workshop {key.survey}, tag {key.tag}: {paths.cards} to print, {paths.browser} for "
        f"participants, {paths.paper} for paper or chat. Replies have no names: let one person "
        "collect them and pass them on together. "
        f"{_phrase_theme_limit(len(themes))}{_NEXT_REPLIES}"
    )


def _phrase_theme_limit(theme_count: int) -> str:
    """Return how many people it takes for themes to show, said before the day; '' for a few."""
    shown_count = _USUAL_REPLIES // REPLIES_NEEDED
    if theme_count <= shown_count:
        return ""
    return (
        f"A theme shows its number once {REPLIES_NEEDED} people chose it: with {_USUAL_REPLIES} "
        f"replies {shown_count} themes at most, and all {theme_count} from "
        f"{theme_count * REPLIES_NEEDED} replies on. "
    )


def _choose_workshop_name(desk: Desk, name: str | None) -> str:
    from coachlog.rules.workshop_themes import validate_workshop_name

    if name is not None:
        return validate_workshop_name(name)
    if not desk.interactive:
        raise build_missing_error("the name of the workshop", "it: Winter")
    question = "What is the name of the workshop?"
    return ask_checked_words(desk.asker, question, validate_workshop_name)


def _choose_themes(desk: Desk, themes_file: str | None) -> tuple[WorkshopTheme, ...]:
    if themes_file is not None:
        return read_workshop_themes(themes_file)
    if not desk.interactive:
        raise build_missing_error("the themes of the workshop", "--themes FILE")
    help = "A text file with one theme a line, such as “Ask first: a question before any advice”."
    return ask_checked_words(
        desk.asker, "Which file has the themes?", read_workshop_themes, help
    )


def read_workshop_themes(themes_file: str) -> tuple[WorkshopTheme, ...]:
    """Return the themes in a file, or in standard input for `-`.

    Raises InvalidInput if it cannot be read, or with every fault in it.
    """
    from coachlog.rules.workshop_themes import parse_themes

    text = read_input_text(themes_file)
    source = "Standard input"
    if themes_file != "-":
        source = clean_file_name(themes_file)
    if count_bytes(text) > MAX_ANSWER_BYTES:
        limit = MAX_ANSWER_BYTES // 1024
        raise InvalidInput(
            f"{source} is too long: {count_kib(text)} KiB (the limit is {limit} KiB). "
            "Nothing was changed."
        )
    is_toml = Path(themes_file).suffix.casefold() == ".toml"
    return parse_themes(text, source, is_toml=is_toml)


def require_cards_a_page(count: int) -> None:
    """Raise InvalidInput unless so many cards fit on a page."""
    if count not in CARDS_A_PAGE:
        raise InvalidInput(
            f"{count} cards a page do not fit: it is 2 or 4. Nothing was written.",
            "Leave --per-page out for 4.",
        )


def _build_sheet_paths(folder: Path, id: int) -> SheetPaths:
    folder = folder.expanduser()
    return SheetPaths(
        folder / f"workshop-{id}-cards.html",
        folder / f"workshop-{id}.html",
        folder / f"workshop-{id}.md",
    )


def _stage_pages(
    workshop: Workshop, key: ReplyKey, request: SheetRequest
) -> AbstractContextManager[Callable[[], None]]:
    """Return the pages as a context: they are written, and the function it yields names them."""
    from coachlog import files
    from coachlog.exports.documents.workshop_sheet import build_workshop_sheet
    from coachlog.exports.formats import markdown
    from coachlog.exports.theme_cards import build_theme_cards
    from coachlog.exports.workshop_page import build_workshop_html

    paths = _build_sheet_paths(request.folder, key.survey)
    pages = {
        paths.cards: build_theme_cards(workshop, request.cards_a_page).encode(),
        paths.browser: build_workshop_html(workshop, key).encode(),
        paths.paper: markdown.write(build_workshop_sheet(workshop)),
    }
    return files.stage_files(pages, force=request.force)


def write_workshop_pages(
    desk: Desk, words: str | None, request: SheetRequest
) -> Result:
    """Write the cards and pages of a workshop again; codes from earlier pages stay valid.

    Raises NotFound if there is no such workshop, and StorageFailure if a page cannot be written.
    """
    require_cards_a_page(request.cards_a_page)
    require_writable_folder(request.folder)
    with desk.read() as db:
        workshop = find_workshop(db, words)
        keys = read_workshop_keys(db)
    key = next(key for key in keys if key.survey == workshop.id)
    with _stage_pages(workshop, key, request) as publish:
        publish()
    paths = _build_sheet_paths(request.folder, workshop.id)
    return Result(
        f"Wrote {paths.cards}, {paths.browser} and {paths.paper}. {_NEXT_REPLIES}"
    )


def add_workshop_replies(desk: Desk, texts: Sequence[str], words: str | None) -> Result:
    """Add replies to a workshop: all of them, or none if one cannot be read. A code counts once.

    Raises InvalidInput with every code that cannot be used, and NotFound if there is no such
    workshop.
    """
    from coachlog.services.workshop_replies import read_workshop_replies

    replies = read_workshop_replies(desk, texts, words)
    from coachlog.store.writing.workshop_changes import insert_workshop_replies

    with desk.change() as change:
        new_count = insert_workshop_replies(
            change, replies.workshop, replies.replies, replies.slips
        )
        workshop = find_workshop(change.connection, str(replies.workshop))
    return _report_added_replies(workshop, replies, new_count)


def _report_added_replies(
    workshop: Workshop, replies: "WorkshopReplies", new_count: int
) -> Result:
    """Return how many replies were new, and how far the workshop is now."""
    from coachlog.phrasing.replies import describe_new_replies, describe_reply_standing

    outcome = describe_new_replies(
        f"workshop {workshop.id}",
        new_count,
        len(replies.slips),
        len(replies.replies),
    )
    standing = describe_reply_standing(workshop.replies, workshop.shown)
    message = f"{outcome}. {standing}"
    if workshop.shown:
        message += f" Next: coachlog workshop show {workshop.id}"
    return Result(message)
