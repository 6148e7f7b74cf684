"""Pulses: made with their two pages, listed, looked at, replied to.

Each function imports only what it needs: a list reads no codes and writes no pages.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from coachlog.errors import InvalidInput
from coachlog.model.pulse import Pulse
from coachlog.model.replies import ReplyKey
from coachlog.services.desk import Desk
from coachlog.services.inputs import read_option_lines
from coachlog.services.results import Result
from coachlog.services.survey_pages import publish_survey_pages, require_writable_folder
from coachlog.store.reading.pulse_queries import (
    read_pulse,
    read_pulse_keys,
    read_pulses,
)

if TYPE_CHECKING:
    from coachlog.services.pulse_replies import PulseReplies


def list_pulses(desk: Desk) -> list[Pulse]:
    """Return the pulses, the newest first."""
    with desk.read() as db:
        return read_pulses(db)


def load_pulse(desk: Desk, id: int | None = None) -> Pulse:
    """Return the pulse of this number, the newest without one; raises NotFound if there is none."""
    with desk.read() as db:
        return read_pulse(db, id)


def create_pulse(
    desk: Desk,
    statements: Sequence[str],
    folder: Path,
    *,
    team_size: int | None = None,
    force: bool,
) -> Result:
    """Make a pulse and write its two pages into a folder: all of it, or nothing.

    `statements` are the owner's own two as they were typed, or none; the size of the team is asked
    for where somebody is there to be asked. Raises InvalidInput if either cannot be used, and
    StorageFailure if a page cannot be written.
    """
    from coachlog.rules import pulse_results

    pulse_statements = pulse_results.validate_statements(read_option_lines(statements))
    team_size = pulse_results.validate_team_size(team_size)
    require_writable_folder(folder)
    if team_size is None and desk.interactive:
        team_size = _ask_team_size(desk)
    from coachlog.store.writing import pulse_changes

    with ExitStack() as pages:
        with desk.change(create=True) as change:
            key = pulse_changes.insert_pulse(
                change, pulse_statements, on=desk.today, team_size=team_size
            )
            pulse = Pulse(
                id=key.survey,
                uid="",
                made_on=desk.today,
                statements=pulse_statements,
                tag=key.tag,
            )
            publish = pages.enter_context(
                _stage_pulse_pages(pulse, key, folder, force=force)
            )
        # Only after the commit: no page may go out whose codes the journal does not know.
        publish_survey_pages(publish, "pulse", key.survey)
    html, markdown = _build_pulse_page_paths(folder, key.survey)
    return Result(
        f"Made pulse {key.survey}, tag {key.tag}: {html} for the browser, {markdown} for paper or "
        "chat. Send one to your team, and say which colleague collects the replies and passes them "
        "on together, without names. Next: coachlog pulse add CODE..."
    )


def _ask_team_size(desk: Desk) -> int | None:
    """Return how many people will be asked, None where that is skipped."""
    from coachlog.rules.pulse_results import parse_team_size

    help = "For the response rate; Enter leaves it out."
    while True:
        words = desk.asker.ask_words("How many people will you ask?", help)
        try:
            return parse_team_size(words)
        except InvalidInput as error:
            desk.asker.tell(error.message)


def _build_pulse_page_paths(folder: Path, id: int) -> tuple[Path, Path]:
    """Return the paths of a pulse's pages: for the browser, and for paper or chat."""
    folder = folder.expanduser()
    return folder / f"pulse-{id}.html", folder / f"pulse-{id}.md"


def _stage_pulse_pages(
    pulse: Pulse, key: ReplyKey, folder: Path, *, force: bool
) -> AbstractContextManager[Callable[[], None]]:
    """Return the pages as a context: they are written, and the function it yields names them."""
    from coachlog import files
    from coachlog.exports import pulse_page
    from coachlog.exports.documents.pulse_sheet import build_pulse_sheet
    from coachlog.exports.formats import markdown

    browser, paper = _build_pulse_page_paths(folder, key.survey)
    pages = {
        browser: pulse_page.build_pulse_html(pulse, key).encode(),
        paper: markdown.write(build_pulse_sheet(pulse)),
    }
    return files.stage_files(pages, force=force)


def write_pulse_pages(
    desk: Desk, id: int | None, folder: Path, *, force: bool
) -> Result:
    """Write the two pages of a pulse again; codes from the earlier pages stay valid.

    Raises NotFound if there is no such pulse, and StorageFailure if a page cannot be written.
    """
    require_writable_folder(folder)
    with desk.read() as db:
        pulse = read_pulse(db, id)
        key = next(key for key in read_pulse_keys(db) if key.survey == pulse.id)
    with _stage_pulse_pages(pulse, key, folder, force=force) as publish:
        publish()
    html, markdown = _build_pulse_page_paths(folder, pulse.id)
    return Result(f"Wrote {html} and {markdown}. Next: coachlog pulse add CODE...")


def add_pulse_replies(
    desk: Desk, codes: Sequence[str], slip_texts: Sequence[str], id: int | None
) -> Result:
    """Add replies to a pulse: all of them, or none if one cannot be read. A code counts once.

    Raises InvalidInput with every code that cannot be used, and NotFound if there is no such pulse.
    """
    from coachlog.services import pulse_replies

    replies = pulse_replies.read_pulse_replies(desk, codes, slip_texts, id)
    from coachlog.store.writing.pulse_changes import insert_pulse_replies

    with desk.change() as change:
        new_count = insert_pulse_replies(
            change, replies.pulse, replies.replies, replies.slips
        )
        pulse = read_pulse(change.connection, replies.pulse)
    return _report_new_replies(pulse, replies, new_count)


def _report_new_replies(
    pulse: Pulse, replies: "PulseReplies", new_count: int
) -> Result:
    """Return how many replies were new, and how far the pulse is now."""
    from coachlog.phrasing.pulse import describe_reply_surplus
    from coachlog.phrasing.replies import describe_new_replies, describe_reply_standing

    outcome = describe_new_replies(
        f"pulse {pulse.id}", new_count, len(replies.slips), len(replies.replies)
    )
    standing = describe_reply_standing(pulse.replies, pulse.shown)
    message = f"{outcome}. {standing}"
    if pulse.shown:
        message += f" Next: coachlog pulse show {pulse.id}"
    surplus = describe_reply_surplus(pulse.replies, pulse.team_size)
    return Result(message, remarks=(surplus,) if surplus else ())
