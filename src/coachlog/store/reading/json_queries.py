"""Conversations and promises as JSON that SQLite writes, for lists of all there are.

What a mark or a link makes a case of its own is left to the models, and so is a batch in which
something is not as it should be. `rules.disclosure` alone says whose words are veiled: it is asked
once for each pair of marks that an answer can have.
"""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from coachlog.model.actions import Action, Event
from coachlog.model.answers import PromptKind
from coachlog.model.sessions import Answer, Session
from coachlog.model.written_json import ITEM_LEVEL, WrittenJson
from coachlog.rules import disclosure
from coachlog.rules.disclosure import SHOWN, SecrecyMarks
from coachlog.store.connections import Connection, DriverError
from coachlog.store.json_objects import (
    NO_VALUE,
    NO_VALUES,
    JsonSources,
    JsonValue,
    build_json_list,
    build_json_object,
    build_layout,
    measure_layout,
)
from coachlog.store.reading.action_queries import (
    ACTION_LIST_ORDER,
    ACTION_READER,
    EVENT_READER,
)
from coachlog.store.reading.row_filters import (
    ACTION_OUTSIDE_SETS,
    ACTIONS_WITH_PERSON,
    LIVE_ACTION,
    LIVE_EVENT,
    SESSION_OUTSIDE_SETS,
    SESSIONS_WITH_PERSON,
    build_placeholders,
)
from coachlog.store.reading.session_readers import ANSWER_READER, SESSION_READER

Contract = Mapping[Any, JsonSources]
"""What the JSON of each class is made of: of `Session`, `Answer`, `Action` and `Event`."""

_TAGS = """session_tag JOIN tag ON tag.id = session_tag.tag_id
    WHERE session_tag.session_id = session.id"""
_ANSWERS = "answer WHERE answer.session_id = session.id AND answer.value <> 'null'"
_EVENTS = f"action_event WHERE action_event.action_id = action.id AND {LIVE_EVENT}"
_ACTIONS = (
    f"{ACTIONS_WITH_PERSON} WHERE action.session_id = session.id AND {{condition}}"
)

_OF_TWO_OR_ALONE = """NOT EXISTS (
    SELECT 1 FROM session_person WHERE session_person.session_id = session.id)"""
_HELD_ONCE = """NOT EXISTS (
    SELECT 1 FROM recurrence WHERE recurrence.session_id = session.id)"""
_WITHOUT_PRIVATE_ACTIONS = """NOT EXISTS (
    SELECT 1 FROM action WHERE action.session_id = session.id AND action.private <> 0)"""

# With an escape that Python would not have written, it would not write the value as it is stored.
_ESCAPES = r"replace(answer.value, '\\', '')"
_AS_PYTHON_WRITES = rf"""json_valid(answer.value) AND (instr(answer.value, '\') = 0
    OR instr({_ESCAPES}, '\u') = 0 AND instr({_ESCAPES}, '\/') = 0)"""


def build_session_statement(
    contract: Contract, *, private: bool, include_deleted: bool
) -> str:
    """Return the start of a query for the numbers and the JSON of conversations, as of `Session`.

    It ends in a condition. Left out are meetings of sets, conversations of three and those that
    come back, and those with a private promise if its words are to be veiled. With
    `include_deleted`, promises of deleted conversations are in it too.
    """
    actions = _ACTIONS.format(condition="1" if include_deleted else LIVE_ACTION)
    has_person = "session.person_id IS NOT NULL"
    person_check = f"(NOT {has_person} OR typeof(person.name) = 'text')"
    item = build_json_object(
        SESSION_READER,
        contract[Session],
        people=_build_list_of_one("person.name", has_person, person_check),
        people_ids=_build_list_of_one("session.person_id", has_person, person_check),
        tags=build_json_list("tag.name", _TAGS, "tag.name"),
        answers=build_json_list(
            _build_answer_object(contract, private=private), _ANSWERS, "answer.position"
        ),
        actions=build_json_list(
            _build_action_object(contract), actions, ACTION_LIST_ORDER
        ),
        set=NO_VALUE,
        set_id=NO_VALUE,
        slots=NO_VALUES,
        returns_on=NO_VALUES,
    )
    conditions = [SESSION_OUTSIDE_SETS, _OF_TWO_OR_ALONE, _HELD_ONCE]
    if not _shows_private(private=private):
        conditions.append(_WITHOUT_PRIVATE_ACTIONS)
    return _build_statement("session.id", item, SESSIONS_WITH_PERSON, conditions)


def build_action_statement(contract: Contract, *, private: bool) -> str:
    """Return the start of a query for the numbers and the JSON of promises, as of `Action`.

    It ends in a condition. Left out are those of sets, and private ones if their words are to be
    veiled.
    """
    conditions = [ACTION_OUTSIDE_SETS]
    if not _shows_private(private=private):
        conditions.append("action.private = 0")
    item = _build_action_object(contract)
    return _build_statement("action.id", item, ACTIONS_WITH_PERSON, conditions)


def _shows_private(*, private: bool) -> bool:
    marks = SecrecyMarks(private=True, health=False)
    return (
        disclosure.judge_access(marks, disclosure.EVERYDAY_AUDIENCE, private=private)
        == SHOWN
    )


def _build_statement(id: str, item: str, rows: str, conditions: Sequence[str]) -> str:
    columns = f"{id}, {build_layout(item, ITEM_LEVEL)}"
    return f"SELECT {columns} FROM {rows} WHERE {' AND '.join(conditions)} AND {id}"


def _build_list_of_one(sql: str, condition: str, check: str) -> JsonValue:
    return JsonValue(
        f"CASE WHEN {condition} THEN json_array({sql}) ELSE {NO_VALUES.sql} END", check
    )


def _build_action_object(contract: Contract) -> str:
    event = build_json_object(EVENT_READER, contract[Event])
    return build_json_object(
        ACTION_READER,
        contract[Action],
        events=build_json_list(event, _EVENTS, "action_event.id"),
        set=NO_VALUE,
        set_id=NO_VALUE,
    )


def _build_answer_object(contract: Contract, *, private: bool) -> str:
    values, marks = [], []
    for is_private, is_health in product((False, True), repeat=2):
        answer = Answer("", "", "", PromptKind.TEXT, "", is_private, health=is_health)
        veiled_answer = disclosure.veil_entry(
            answer, disclosure.EVERYDAY_AUDIENCE, private=private
        )
        if veiled_answer is answer:
            continue
        condition = f"WHEN {is_private + 2 * is_health}"
        values.append(f"{condition} THEN '\"{veiled_answer.value}\"'")
        marks.append(f"{condition} THEN {veiled_answer.private:d}")
    value = _choose_by_marks(values, "answer.value")
    is_marked = _choose_by_marks(marks, "answer.private")
    return build_json_object(
        ANSWER_READER,
        contract[Answer],
        kind=JsonValue("answer.kind", "typeof(answer.kind) = 'text'"),
        value=JsonValue(f"json({value})", _AS_PYTHON_WRITES),
        private=JsonValue(
            f"json(iif({is_marked}, 'true', 'false'))",
            "answer.private IN (0, 1) AND answer.health IN (0, 1) "
            "AND answer.slot_id IS NULL",
        ),
    )


def _choose_by_marks(cases: Sequence[str], other: str) -> str:
    """Return the SQL of a value that is `other` in all but some cases of two marks."""
    if not cases:
        return other
    return f"CASE answer.private + 2 * answer.health {' '.join(cases)} ELSE {other} END"


def read_written(
    db: Connection, statement: str, ids: Sequence[int]
) -> dict[int, WrittenJson]:
    """Return by number what a statement of this module writes; nothing if one is damaged."""
    try:
        rows = db.execute(
            f"{statement} IN ({build_placeholders(ids)})", [*ids]
        ).fetchall()
    except DriverError:
        return {}
    place = measure_layout(ITEM_LEVEL)
    return {id: WrittenJson(text[place]) for id, text in rows}
