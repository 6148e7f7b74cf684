"""Conditions and joins in SQL that several queries share.

`ACTION_OUTSIDE_SETS` and `SESSION_OUTSIDE_SETS` repeat in SQL what `rules.disclosure` says of the
same rows; a test compares the two.
"""

from collections.abc import Sequence

from coachlog.rules.disclosure import TANK

LIVE_SESSION = "session.deleted_at IS NULL"
HELD_SESSION = f"session.status = 'held' AND {LIVE_SESSION}"
"""Conversations that took place, meetings of sets included: the ones that figures count."""

CANCELLED_SESSION = f"session.status = 'cancelled' AND {LIVE_SESSION}"

LIVE_ACTION = "action.deleted_at IS NULL"
"""Promises that are not hidden with a deleted session."""

LIVE_EVENT = """(action_event.kind <> 'corrected' OR action_event.session_id IS NULL OR EXISTS (
    SELECT 1 FROM session AS review
    WHERE review.id = action_event.session_id AND review.deleted_at IS NULL))"""
"""What happened to promises, without the corrections of a review that was deleted."""

OPEN_ACTION = f"action.status = 'open' AND {LIVE_ACTION}"
# Not `<> 'open'`: an index is searched for each of two values, but not for all but one.
CLOSED_ACTION = "action.status IN ('done', 'dropped')"

OPEN_REVIEW = (
    "CASE WHEN EXISTS (SELECT 1 FROM rating WHERE rating.goal_id = goal.id "
    'AND rating."on" >= goal.review_on) THEN NULL ELSE goal.review_on END'
)
"""The SQL of the day on which a goal is to be looked at; a rating on or after it answers it."""

WAS_HANDED_OVER = "IN (SELECT action_id FROM action_event WHERE old_owner IS NOT NULL)"
# Few promises change hands: to look for the others in a list of those takes a third of the time.
OWNER_AT_FIRST_DATE = f"""iif(action.id {WAS_HANDED_OVER}, coalesce(
    (SELECT handover.old_owner FROM action_event AS handover
     WHERE handover.action_id = action.id AND handover.old_owner IS NOT NULL
           AND handover."on" > action.original_due
     ORDER BY handover.id LIMIT 1),
    action.owner), action.owner)"""
"""For whom a promise counts, as `rules.promises.find_owner_at_first_date` says; a test compares."""

_NAMED_OWNER = f"""(SELECT named.id FROM person AS named
    WHERE named.name = {OWNER_AT_FIRST_DATE} AND named.id IN (
        SELECT third.person_id FROM session_person AS third
        WHERE third.session_id = action.session_id
        UNION ALL SELECT talk.person_id
        FROM session_person AS third CROSS JOIN session AS talk ON talk.id = third.session_id
        WHERE third.session_id = action.session_id))"""
MAKER_AT_FIRST_DATE = f"""CASE {OWNER_AT_FIRST_DATE}
    WHEN 'me' THEN NULL WHEN 'them' THEN action.person_id ELSE {_NAMED_OWNER} END"""
"""Who made a promise of three, if the journal's owner did not; NULL for somebody not there."""

COUNTED_SIDE = f"""CASE {OWNER_AT_FIRST_DATE} WHEN 'me' THEN 'me'
    WHEN 'them' THEN iif(:person IS NULL OR action.person_id = :person, 'them', 'neither')
    ELSE iif({MAKER_AT_FIRST_DATE} IS NOT NULL
             AND coalesce(:person, {MAKER_AT_FIRST_DATE}) = {MAKER_AT_FIRST_DATE},
             'them', 'neither') END"""
"""For which side a promise counts, as `rules.promise_sides` says; a test compares the two.

Of the parameter `:person`, or of everyone if that is NULL.
"""

ACTION_OUTSIDE_SETS = (
    "NOT EXISTS (SELECT 1 FROM set_action WHERE set_action.action_id = action.id)"
)
"""Promises that may come up with one person, as `disclosure.exclude_set_actions` returns them."""

SESSION_OUTSIDE_SETS = (
    "NOT EXISTS (SELECT 1 FROM meeting WHERE meeting.session_id = session.id)"
)
"""Conversations that were not a meeting of a set: what is measured in one belongs to the set."""

TANK_SESSION = f"""(session.template = '{TANK}' AND session.person_id IS NULL
    AND {SESSION_OUTSIDE_SETS})"""
"""Entries of the owner's own tank, as `rules.disclosure.is_tank_session` says.

A test compares the two.
"""

SESSION_OUTSIDE_TANK = f"NOT {TANK_SESSION}"
"""Conversations that may be counted, and on other screens than that of the owner's own tank."""

SET_MEMBER = (
    "person.id IN (SELECT person_id FROM set_member WHERE person_id IS NOT NULL)"
)
"""People who are or were in a set, whatever else they are."""

ACTION_WITH_PERSON = """(action.person_id = {person} OR action.owner_id = {person}
    OR action.owner = 'me' AND action.session_id IN (
        SELECT session_id FROM session_person WHERE session_person.person_id = {person}
        UNION ALL
        SELECT session.id FROM session
        WHERE session.person_id = {person} AND session.of_three = 1))"""
"""Promises that come up with a person, as `rules.three_way` says; a test compares the two.

Those in their own plan and, of a conversation of three in which they were, their own and the
owner's.
"""

SESSIONS_WITH_PERSON = "session LEFT JOIN person ON person.id = session.person_id"
ACTIONS_WITH_PERSON = "action LEFT JOIN person ON person.id = action.person_id"
GOALS_WITH_PERSON = "goal LEFT JOIN person ON person.id = goal.person_id"
"""Rows with the person they are about, if any: what the owner does alone has none."""


def select_sessions_with(person: str, condition: str = LIVE_SESSION) -> str:
    """Return the SQL of `id` and `held_on` of the talks with a person, those of three included.

    `person` is a parameter or a column, and `condition` implies `LIVE_SESSION`. Each kind is read
    off an index, in the order of its days too; in one condition, neither would be.
    """
    return f"""
        SELECT session.id, session.held_on FROM session
        WHERE session.person_id = {person} AND {condition}
        UNION ALL
        SELECT session.id, session.held_on
        FROM session_person CROSS JOIN session ON session.id = session_person.session_id
        WHERE session_person.person_id = {person} AND {condition}
    """


# Held and cancelled ones apart: each kind is read off an index, the latest first.
SESSIONS_SINCE = " UNION ALL ".join(
    select_sessions_with("?1", f"{condition} AND session.held_on >= ?2")
    for condition in (HELD_SESSION, CANCELLED_SESSION)
)
"""The SQL of `id` and `held_on` of all talks with a person since a day, held or cancelled.

The person is the parameter ?1, the day ?2.
"""


def build_held_day(edge: str, person: str, condition: str = "1") -> str:
    """Return the SQL of the `min` or `max` day on which a talk with a person was held, or NULL.

    `person` is a parameter or a column. Each day is read off an index: both kinds of talk in one
    condition would take every row.
    """
    beyond = {"min": "9999-12-31", "max": ""}[edge]
    held = f"{HELD_SESSION} AND {condition}"
    return f"""nullif({edge}(
        coalesce((SELECT {edge}(session.held_on) FROM session
                  WHERE session.person_id = {person} AND {held}), '{beyond}'),
        coalesce((SELECT {edge}(session.held_on)
                  FROM session_person CROSS JOIN session ON session.id = session_person.session_id
                  WHERE session_person.person_id = {person} AND {held}), '{beyond}')
    ), '{beyond}')"""


def build_held_count(person: str, condition: str = "1") -> str:
    """Return the SQL of how many talks were held with a person, as for `build_held_day`."""
    held = f"{HELD_SESSION} AND {condition}"
    return f"""(
        (SELECT count(*) FROM session WHERE session.person_id = {person} AND {held})
        + (SELECT count(*)
           FROM session_person CROSS JOIN session ON session.id = session_person.session_id
           WHERE session_person.person_id = {person} AND {held})
    )"""


def build_placeholders(values: Sequence[object]) -> str:
    """Return a question mark for each value, separated by commas."""
    return ",".join("?" * len(values))
