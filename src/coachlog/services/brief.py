"""What to know about a person before the next conversation."""

from typing import TYPE_CHECKING

from coachlog.errors import NotFound
from coachlog.model.brief import Brief
from coachlog.model.sessions import Session
from coachlog.services.desk import Desk

if TYPE_CHECKING:
    from coachlog.store.database import Connection


def load_brief(desk: Desk, name: str | None, *, private: bool) -> Brief:
    """Return the brief on the person of this name, with private action_ids only if `private`.

    Without a name it is whoever is due next. Raises NotFound if the name fits nobody, or more than
    one person, and where there is nobody yet; DamagedJournal if anything in it is not as it was
    written, but for what was measured.
    """
    from coachlog.store.reading import brief_queries, person_queries

    own_notes = desk.settings.get_switch("brief.private")
    with desk.read() as db:
        if name is None:
            name = _find_next_handle(desk, db)
        person = person_queries.find_person(db, name)
        brief = brief_queries.read_brief(
            db, person, desk.today, private=private, own_notes=own_notes
        )
        _require_sound_brief(db, brief)
        return brief


def _require_sound_brief(db: "Connection", brief: Brief) -> None:
    """Raise if anything in a brief is not as it was written, but for what is measured."""
    from coachlog.store.shown_rows import list_action_sessions, require_sound_entries

    actions, goals = [*brief.actions], [*brief.goals]
    if brief.moves is not None:
        actions += brief.moves.promises
        goals += [move.goal for move in brief.moves.goals]
    action_ids = [action.id for action in actions]
    action_ids += [support.action for support in brief.supports]
    talks = list_action_sessions(actions)
    talks.update(session.id for session in brief.cancelled)
    require_sound_entries(
        db,
        sessions=[session.id for session in _list_quoted_sessions(brief)],
        talks=talks,
        actions=action_ids,
        goals=[goal.id for goal in goals],
        notes=[note.id for note in brief.notes],
        contacts=[brief.person.id],
    )


def _list_quoted_sessions(brief: Brief) -> list[Session]:
    """Return the conversations of which the answers are in a brief."""
    sessions = [brief.last_session] if brief.last_session else []
    if brief.last_of_two is not None:
        sessions.append(brief.last_of_two.session)
    return sessions


def _find_next_handle(desk: Desk, db: "Connection") -> str:
    """Return the handle of whoever is due next. Raises NotFound where there is nobody."""
    from coachlog.rules.home_page import sort_by_next_talk
    from coachlog.store.reading import person_queries

    contacts = person_queries.read_contacts(db, talk_partners_only=True)
    if not contacts:
        raise NotFound(
            "There is nobody to talk to in your journal yet.",
            "To start: coachlog log NAME",
        )
    return sort_by_next_talk(contacts, desk.today)[0].person.slug
