"""Before a meeting of an action learning set: which set, which conversation, who can come."""

from coachlog.errors import Invalid, Refused
from coachlog.interview import keys
from coachlog.interview.meeting import FEWEST
from coachlog.model import Draft
from coachlog.model.sets import LearningSet, Role
from coachlog.model.templates import Audience, Template
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.services.sessions import hold, start
from coachlog.services.sessions.hold import Beforehand, Beginning
from coachlog.store import reading
from coachlog.store.database import Connection
from coachlog.store.reading import set_queries
from coachlog.templates import library
from coachlog.text import plural


def begin(desk: Desk, name: str, template_id: str | None, given: Beforehand) -> Result:
    """Hold a meeting of a set from its first question and return what it came to."""
    chosen = template(desk, template_id) if template_id else None
    found = meeting_set(desk, name)
    with desk.read() as db:
        me, drafts = reading.me(db), reading.drafts(db)
        back = hold.waiting(db, None, found)
    if draft := _draft_of(desk, found, drafts):
        return resume(desk, draft, clock=given.clock)
    _tell_absent(desk, found)
    new_me = me is None
    if me is None:
        me = start.own_name(desk)
    begun = Beginning(chosen or _which(desk, found), None, me, new_me, found)
    return hold.begin(desk, begun, back, given)


def resume(desk: Desk, id: int, *, clock: bool) -> Result:
    """Go on with the draft of a meeting where it stopped and return what it came to."""
    with desk.read() as db:
        draft, me = reading.draft(db, id), reading.me(db)
        found = set_of_draft(db, draft)
        assert found is not None
        back = hold.waiting(db, None, found)
    _require_able(desk, found)
    return hold.resume(desk, draft, me, back, met=found, clock=clock)


def meeting_set(desk: Desk, name: str) -> LearningSet:
    """Return the set of this name that is to meet; `Refused` if it is put aside, or too small."""
    with desk.read() as db:
        found = set_queries.find(db, name)
    if found.archived:
        raise Refused(
            f"{found.name} is archived, so it does not meet.",
            f"Bring it back: coachlog set archive {found.slug} --back",
        )
    _require_able(desk, found)
    return found


def set_of_draft(db: Connection, draft: Draft) -> LearningSet | None:
    """Return the set whose meeting a draft is; None for a draft of any other conversation.

    All who stand in the draft can still be there.
    """
    if draft.set is None:
        return None
    slugs: set[str] = set()
    for key, value in draft.steps.items():
        if key == keys.PRESENT and isinstance(value, list):
            slugs |= {str(one) for one in value}
        elif isinstance(value, str) and keys.parse(key).names_presenter:
            slugs.add(value)
    return set_queries.set_by_id(db, draft.set.id).with_those_told(slugs)


def _require_able(desk: Desk, found: LearningSet) -> None:
    """Raise `Refused` for a set of which too few can meet."""
    able = found.able(desk.today)
    if len(able) < FEWEST:
        absent = ", ".join(one.name for one in found.current() if one.archived)
        why = f" ({absent}: archived)" if absent else ""
        raise Refused(
            f"{found.name} has {plural(len(able), 'member')} who can meet{why}; "
            f"it takes {FEWEST} at least.",
            f"Let someone in: coachlog set edit {found.slug} --join NAME, "
            "or bring someone back: coachlog person archive NAME --back",
        )


def template(desk: Desk, id: str) -> Template:
    """Return the template of this id for a group; `Refused` for one that is not."""
    found = library.find(id, desk.own_templates)
    if found.audience is not Audience.GROUP:
        raise Refused(
            f"{found.title} is not for a group, so a set cannot hold it.",
            "For a set there are: coachlog template list --for group",
        )
    return found


def _draft_of(desk: Desk, found: LearningSet, drafts: list[Draft]) -> int | None:
    """Return a draft of this set's meeting that the owner wants to go on with."""
    for draft in drafts:
        if draft.set and draft.set.id == found.id:
            words = f"There is a draft of {found.name}: {start.described(desk, draft)}."
            rows = [("go on with it", True), ("start afresh; the draft stays", False)]
            return draft.session if desk.asker.choose(words, rows) is True else None
    return None


def _tell_absent(desk: Desk, found: LearningSet) -> None:
    for one in found.current():
        if one.archived:
            desk.asker.tell(
                f"{one.name} is archived and not asked for. If they left the set: "
                f"coachlog set edit {found.slug} --leave {one.slug}",
                dim=True,
            )


def _which(desk: Desk, found: LearningSet) -> Template:
    """Return the template chosen; with a learning coach that style comes first."""
    known = [t for t in library.available(desk.own_templates) if t.audience is Audience.GROUP]
    if not known:
        raise Invalid("There is no template for a group.")
    coached = bool(found.current(Role.COACH))
    known.sort(key=lambda t: t.id != ("als-wial" if coached else "als"))
    return desk.asker.which([("With a group", known)])
