"""Before a meeting of an action learning set: which set, which conversation, who can come."""

from coachlog.errors import InvalidInput, Refusal
from coachlog.interview import keys
from coachlog.interview.meeting import MIN_MEMBERS
from coachlog.model import Draft
from coachlog.model.sets import LearningSet, SetRole
from coachlog.model.templates import Template, TemplateAudience
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.services.sessions import hold, start
from coachlog.services.sessions.hold import SessionPresets, SessionSetup
from coachlog.store import reading
from coachlog.store.database import Connection
from coachlog.store.reading import set_queries
from coachlog.templates import library
from coachlog.text import format_count


def hold_meeting(desk: Desk, name: str, template_id: str | None, presets: SessionPresets) -> Result:
    """Hold a meeting of a set from its first question and return what it came to."""
    chosen = find_group_template(desk, template_id) if template_id else None
    found = find_meeting_set(desk, name)
    with desk.read() as db:
        me, drafts = reading.read_owner_name(db), reading.read_drafts(db)
        back = hold.collect_open_items(db, None, found)
    if draft := _offer_set_draft(desk, found, drafts):
        return resume_meeting(desk, draft, clock=presets.clock)
    _tell_absent_members(desk, found)
    new_me = me is None
    if me is None:
        me = start.ask_own_name(desk)
    begun = SessionSetup(chosen or _choose_group_template(desk, found), None, me, new_me, found)
    return hold.hold_session(desk, begun, back, presets)


def resume_meeting(desk: Desk, id: int, *, clock: bool) -> Result:
    """Go on with the draft of a meeting where it stopped and return what it came to."""
    with desk.read() as db:
        draft, me = reading.read_draft(db, id), reading.read_owner_name(db)
        found = read_draft_set(db, draft)
        assert found is not None
        back = hold.collect_open_items(db, None, found)
    _require_quorum(desk, found)
    return hold.continue_draft(desk, draft, me, back, learning_set=found, clock=clock)


def find_meeting_set(desk: Desk, name: str) -> LearningSet:
    """Return the set of this name that is to meet; `Refused` if it is put aside, or too small."""
    with desk.read() as db:
        found = set_queries.find_set(db, name)
    if found.archived:
        raise Refusal(
            f"{found.name} is archived, so it does not meet.",
            f"Bring it back: coachlog set archive {found.slug} --back",
        )
    _require_quorum(desk, found)
    return found


def read_draft_set(db: Connection, draft: Draft) -> LearningSet | None:
    """Return the set whose meeting a draft is; None for a draft of any other conversation.

    All who stand in the draft can still be there.
    """
    if draft.set is None:
        return None
    slugs: set[str] = set()
    for key, value in draft.steps.items():
        if key == keys.PRESENT and isinstance(value, list):
            slugs |= {str(one) for one in value}
        elif isinstance(value, str) and keys.parse_key(key).names_presenter:
            slugs.add(value)
    return set_queries.read_set(db, draft.set.id).restore_members(slugs)


def _require_quorum(desk: Desk, learning_set: LearningSet) -> None:
    """Raise `Refused` for a set of which too few can meet."""
    able = learning_set.list_members_on(desk.today)
    if len(able) < MIN_MEMBERS:
        absent = ", ".join(one.name for one in learning_set.list_current_members() if one.archived)
        why = f" ({absent}: archived)" if absent else ""
        raise Refusal(
            f"{learning_set.name} has {format_count(len(able), 'member')} who can meet{why}; "
            f"it takes {MIN_MEMBERS} at least.",
            f"Let someone in: coachlog set edit {learning_set.slug} --join NAME, "
            "or bring someone back: coachlog person archive NAME --back",
        )


def find_group_template(desk: Desk, id: str) -> Template:
    """Return the template of this id for a group; `Refused` for one that is not."""
    found = library.find_template(id, desk.own_templates_folder)
    if found.audience is not TemplateAudience.GROUP:
        raise Refusal(
            f"{found.title} is not for a group, so a set cannot hold it.",
            "For a set there are: coachlog template list --for group",
        )
    return found


def _offer_set_draft(desk: Desk, learning_set: LearningSet, drafts: list[Draft]) -> int | None:
    """Return a draft of this set's meeting that the owner wants to go on with."""
    for draft in drafts:
        if draft.set and draft.set.id == learning_set.id:
            words = f"There is a draft of {learning_set.name}: {start.describe_draft(desk, draft)}."
            rows = [("go on with it", True), ("start afresh; the draft stays", False)]
            return draft.session if desk.asker.choose(words, rows) is True else None
    return None


def _tell_absent_members(desk: Desk, learning_set: LearningSet) -> None:
    for one in learning_set.list_current_members():
        if one.archived:
            desk.asker.tell(
                f"{one.name} is archived and not asked for. If they left the set: "
                f"coachlog set edit {learning_set.slug} --leave {one.slug}",
                dim=True,
            )


def _choose_group_template(desk: Desk, learning_set: LearningSet) -> Template:
    """Return the template chosen; with a learning coach that style comes first."""
    known = [
        t
        for t in library.list_available_templates(desk.own_templates_folder)
        if t.audience is TemplateAudience.GROUP
    ]
    if not known:
        raise InvalidInput("There is no template for a group.")
    coached = bool(learning_set.list_current_members(SetRole.COACH))
    known.sort(key=lambda t: t.id != ("als-wial" if coached else "als"))
    return desk.asker.choose_template([("With a group", known)])
