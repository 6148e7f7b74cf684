"""How conversations and their answers are read: the SELECT lists that several queries share."""

from coachlog.model.references import PersonRef
from coachlog.model.sessions import Answer, Session
from coachlog.store.reading.three_way_filters import THIRD_PERSON_ID
from coachlog.store.rows import RowReader, build_person_ref, parse_stored_json


def _build_session_people(
    id: int | None,
    name: str | None,
    third_id: int | None = None,
    third_name: str | None = None,
) -> tuple[PersonRef, ...]:
    """Return the people a session was with; the members at a set's meeting are read elsewhere."""
    person = build_person_ref(id, name)
    if person is None:
        return ()
    third = build_person_ref(third_id, third_name)
    return (person, third) if third else (person,)


SESSION_READER = RowReader(
    Session,
    "session",
    deferred_fields=("answers", "actions", "tags", "slots", "returns_on"),
    readers={"people": _build_session_people},
    people=(
        "session.person_id",
        "person.name",
        THIRD_PERSON_ID,
        "(SELECT third.name FROM session_person JOIN person AS third "
        "ON third.id = session_person.person_id WHERE session_person.session_id = session.id)",
    ),
    deleted="session.deleted_at IS NOT NULL",
    set=(
        "(SELECT set_id FROM meeting WHERE meeting.session_id = session.id)",
        "(SELECT learning_set.name FROM meeting JOIN learning_set "
        "ON learning_set.id = meeting.set_id WHERE meeting.session_id = session.id)",
    ),
    action_count="(SELECT count(*) FROM action WHERE action.session_id = session.id "
    "AND action.deleted_at IS session.deleted_at)",
)
ANSWER_READER = RowReader(Answer, "answer", readers={"value": parse_stored_json})
