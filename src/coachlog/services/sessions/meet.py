"""Starts or resumes a meeting of an action learning set, if enough of its members can come."""

from coachlog.errors import InvalidInput, Refusal
from coachlog.interview.meeting import MIN_MEMBERS
from coachlog.model.sessions import Draft
from coachlog.model.sets import LearningSet, SetRole
from coachlog.model.templates import Template, TemplateAudience
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.services.sessions.draft_sets import read_draft_set
from coachlog.services.sessions.hold import continue_draft, hold_session
from coachlog.services.sessions.session_setup import (
    SessionPresets,
    SessionSetup,
    collect_open_items,
)
from coachlog.services.sessions.start import (
    ask_own_name,
    choose_listed_template,
    filter_templates,
    list_templates_to_choose,
    offer_latest_draft,
    tell_stand_in,
)
from coachlog.store.reading import person_queries, session_queries, set_queries
from coachlog.templates import library
from coachlog.text import format_count

SELF_MANAGED_TEMPLATE = "als"
COACHED_TEMPLATE = "als-wial"


def hold_meeting(
    desk: Desk, name: str, template_id: str | None, presets: SessionPresets
) -> Result:
    """Hold a meeting of a set from its first question; return what was saved and what comes next.

    Raises as `find_meeting_set` and `find_group_template` do.
    """
    template = None
    if template_id:
        template = find_group_template(desk, template_id)
    learning_set = find_meeting_set(desk, name)
    with desk.read() as db:
        owner_name = person_queries.read_owner_name(db)
        drafts = session_queries.read_drafts(db)
        open_items = collect_open_items(db, None, learning_set)
    draft = _offer_set_draft(desk, learning_set, drafts)
    if draft is not None:
        return resume_meeting(desk, draft, clock=presets.clock)
    _tell_absent_members(desk, learning_set)
    me = owner_name
    if me is None:
        me = ask_own_name(desk)
    if template is None:
        template = _choose_group_template(desk, learning_set)
    else:
        tell_stand_in(desk, template)
    setup = SessionSetup(
        template, None, me, new_me=owner_name is None, set=learning_set
    )
    return hold_session(desk, setup, open_items, presets)


def resume_meeting(desk: Desk, id: int, *, clock: bool) -> Result:
    """Carry on with the draft of a meeting; return what was saved and what comes next.

    Raises `Refusal` if too few of its members can still meet.
    """
    with desk.read() as db:
        draft = session_queries.read_draft(db, id)
        owner_name = person_queries.read_owner_name(db)
        learning_set = read_draft_set(db, draft)
        assert learning_set is not None
        open_items = collect_open_items(db, None, learning_set)
    _require_quorum(desk, learning_set)
    return continue_draft(
        desk, draft, owner_name, open_items, learning_set=learning_set, clock=clock
    )


def find_meeting_set(desk: Desk, name: str) -> LearningSet:
    """Return the set of this name, ready to meet.

    Raises `Refusal` if it is archived or too few of its members can meet, `NotFound` if there is
    none.
    """
    with desk.read() as db:
        learning_set = set_queries.find_set(db, name)
    if learning_set.archived:
        raise Refusal(
            f"{learning_set.name} is archived, so it cannot meet.",
            f"To bring it back: coachlog set archive {learning_set.slug} --back",
        )
    _require_quorum(desk, learning_set)
    return learning_set


def _require_quorum(desk: Desk, learning_set: LearningSet) -> None:
    """Raise `Refusal` for a set in which too few people can meet."""
    able_members = learning_set.list_members_on(desk.today)
    if len(able_members) >= MIN_MEMBERS:
        return
    members = learning_set.list_current_members()
    archived_names = ", ".join(member.name for member in members if member.archived)
    able_count = f"{format_count(len(able_members), 'member')} who can meet"
    if archived_names:
        able_count += f" ({archived_names}: archived)"
    raise Refusal(
        f"{learning_set.name} has {able_count}; a meeting needs at least {MIN_MEMBERS}.",
        f"To add someone: coachlog set edit {learning_set.slug} --join NAME; "
        "to bring someone back: coachlog person archive NAME --back",
    )


def find_group_template(desk: Desk, id: str) -> Template:
    """Return the template with this id; `Refusal` unless it is for a group."""
    template = library.find_template(id, desk.own_templates_folder)
    if template.audience is not TemplateAudience.GROUP:
        raise Refusal(
            f"{template.title} is not for a group, so a set cannot use it.",
            "For those that are: coachlog template list --for group",
        )
    return template


def _offer_set_draft(
    desk: Desk, learning_set: LearningSet, drafts: list[Draft]
) -> int | None:
    """Return the draft of a meeting of this set that the owner wants to carry on with."""
    set_drafts = [
        draft for draft in drafts if draft.set and draft.set.id == learning_set.id
    ]
    return offer_latest_draft(desk, set_drafts, f"of {learning_set.name}")


def _tell_absent_members(desk: Desk, learning_set: LearningSet) -> None:
    for member in learning_set.list_current_members():
        if member.archived:
            desk.asker.tell(
                f"{member.name} is archived, so you are not asked about them. If they have left "
                f"the set: coachlog set edit {learning_set.slug} --leave {member.slug}",
                dim=True,
            )


def _choose_group_template(desk: Desk, learning_set: LearningSet) -> Template:
    """Return the template chosen; the one for a set like this comes first."""
    templates = list_templates_to_choose(desk)
    group_templates = filter_templates(templates, TemplateAudience.GROUP)
    if not group_templates:
        raise InvalidInput("There is no template for a group.")
    has_coach = bool(learning_set.list_current_members(SetRole.COACH))
    usual_id = COACHED_TEMPLATE if has_coach else SELF_MANAGED_TEMPLATE
    group_templates.sort(key=lambda template: template.id != usual_id)
    groups = [("With a group", group_templates)]
    template = choose_listed_template(desk, groups, back=False)
    assert isinstance(template, Template)
    return template
