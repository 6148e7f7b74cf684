"""One conversation's outcome as a page for the other people who were in it."""

from collections.abc import Iterator

from coachlog.errors import Refusal
from coachlog.exports.contents import Contents
from coachlog.exports.documents.session_page import build_session_page
from coachlog.exports.page_records import list_promise_records
from coachlog.model.handouts import SessionPage
from coachlog.model.pages import PageKind
from coachlog.model.sessions import Session, SessionStatus
from coachlog.named_tuples import NamedTuple
from coachlog.phrasing.left_out import describe_left_out, describe_outcome_pick
from coachlog.phrasing.own_plans import name_partners
from coachlog.phrasing.supports import name_supporters
from coachlog.rules import disclosure
from coachlog.rules.handouts import (
    list_outcome_picks,
    name_outcome_pick,
    select_session_page,
)
from coachlog.services.desk import Desk
from coachlog.services.exports.delivery import (
    Export,
    Target,
    choose_output_format,
    deliver_page,
    hide_names,
    refuse_taken_path,
    require_style,
)
from coachlog.services.exports.handed_values import convert_handed_session
from coachlog.services.exports.page_consent import (
    agree_to_page,
    ask_left_out_for,
)
from coachlog.services.exports.task_marks import load_task_marks
from coachlog.services.sessions.session_names import name_session
from coachlog.text import format_count


class SessionRequest(NamedTuple):
    """Which conversation, by its number, with its private entries or not, and whether to ask."""

    id: int
    private: bool = False
    yes: bool = False


def export_session(
    desk: Desk, request: SessionRequest, target: Target, *, style: str
) -> Export:
    """Export what was agreed in a conversation, for the other people who were in it.

    Where somebody can be asked, what is left out of a page that is not printed is listed to be
    ticked, and the page is shown first, unless `yes`. Raises NotFound if there is no such
    conversation, Refusal if it has nothing for anybody else or the owner declines, and what
    `choose_output_format`, `require_style` and `deliver_page` raise.
    """
    format = choose_output_format(target, PageKind.SESSION)
    require_style(style)
    session, owner = _load_handed_session(desk, request.id)
    page = select_session_page(session, owner, private=request.private)
    is_asked = desk.interactive and not request.yes and target.leaves_the_screen
    if is_asked:
        refuse_taken_path(target)
        picks = _ask_outcome_picks(desk, page)
        page = select_session_page(session, owner, private=request.private, picks=picks)
    _require_outcome(session, page)
    remarks = list(_list_session_remarks(page))
    session, page = hide_names((session, page), target)
    marks = load_task_marks(desk, page.actions, style)
    contents = Contents(
        PageKind.SESSION,
        lambda: build_session_page(page, style, marks, desk.today),
        lambda: {"session": convert_handed_session(_leave_outcome(session, page))},
        lambda: list_promise_records(page.actions, page.owner),
        session.id,
    )
    if format.name == "csv" and page.answers:
        count = format_count(len(page.answers), "answer")
        remarks.append(f"Rows are promises: {count} of the page are not in them.")
    if is_asked:
        agree_to_page(desk, contents.build_document(), remarks, target)
        remarks = []
    summary = format_count(len(page.actions), "promise")
    return deliver_page(desk, contents, format, target, summary, remarks)


def _leave_outcome(session: Session, page: SessionPage) -> Session:
    """Return a conversation with nothing in it but what is on its page."""
    return session._replace(answers=page.answers, actions=page.actions)


def _load_handed_session(desk: Desk, id: int) -> tuple[Session, str]:
    """Return a conversation with who supports what by name, and the owner's name, '' for none.

    Raises Refusal if it has no outcome for anybody else.
    """
    from coachlog.store.reading import session_queries
    from coachlog.store.reading.person_queries import read_owner_name
    from coachlog.store.reading.support_queries import read_supports
    from coachlog.store.shown_rows import require_sound_sessions

    with desk.read() as db:
        session = session_queries.read_session(db, id)
        require_sound_sessions(db, [session])
        owner = read_owner_name(db) or ""
        supports = read_supports(db, session.actions)
    _require_others(session)
    actions = name_supporters(session.actions, supports, owner or "me")
    return session._replace(actions=actions), owner


def _ask_outcome_picks(desk: Desk, page: SessionPage) -> list[str]:
    """Return what the owner ticks of that which is left out of the page."""
    rows = {
        name_outcome_pick(entry): describe_outcome_pick(entry)
        for entry in list_outcome_picks(page)
    }
    if not rows:
        return []
    return ask_left_out_for(desk, name_partners(page.people), rows)


def _require_outcome(session: Session, page: SessionPage) -> None:
    """Raise Refusal for a page with nothing on it."""
    if page.actions or page.answers:
        return
    left_out = describe_left_out(page.left_out)
    raise Refusal(
        f"There is nothing to hand over in {name_session(session)}. Nothing was written."
        + (f" Left out: {left_out}." if left_out else ""),
        f"To read all of it: coachlog session show {session.id}",
    )


def _require_others(session: Session) -> None:
    """Raise Refusal for a conversation that has no outcome for one other person, or two."""
    name = name_session(session)
    name = name[0].upper() + name[1:]
    if session.status is SessionStatus.DRAFT:
        raise Refusal(
            f"{name} is not finished. Nothing was written.",
            f"To finish it: coachlog session resume {session.id}",
        )
    if session.status is SessionStatus.CANCELLED:
        raise Refusal(
            f"{name} was cancelled, so there is nothing to hand over. Nothing was written.",
            "`coachlog session list` shows the others.",
        )
    if session.set is not None:
        raise Refusal(
            f"{name} is a meeting of a set: each presenter has a page. Nothing was written.",
            "To write them: coachlog plan export --set NAME "
            f"--session {session.id} --output FOLDER",
        )
    if not session.people:
        raise Refusal(
            f"{name} was with yourself, so there is nobody to hand it to. Nothing was written.",
            f"To read it: coachlog session show {session.id}",
        )


def _list_session_remarks(page: SessionPage) -> Iterator[str]:
    private_count = disclosure.count_private_entries((*page.answers, *page.actions))
    if private_count:
        entries = format_count(private_count, "private entry", "private entries")
        yield f"This page includes {entries}."
    if page.left_out:
        yield f"Left out: {describe_left_out(page.left_out)}."
