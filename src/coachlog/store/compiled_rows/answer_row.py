"""The row of `answer`, with statements compiled from its table: see docs/compiled_rows.py."""

from coachlog.model.answers import PromptKind
from coachlog.store.row_store import StoredRow


class StoredAnswer(StoredRow):
    """A row of `AnswerRow`."""

    table = "answer"
    primary_key = "id"
    select_sql = (
        "SELECT answer.id, answer.uid, answer.session_id, answer.position, "
        "answer.stage, answer.stage_title, answer.prompt, answer.question, "
        'answer.kind, answer.value, answer.private, answer."key", answer.health, '
        "answer.measure, answer.low, answer.high, answer.options, answer.slot_id FROM"
        " answer"
    )
    insert_sql = (
        "INSERT INTO answer (id, uid, session_id, position, stage, stage_title, "
        'prompt, question, kind, value, private, "key", health, measure, low, high, '
        "options, slot_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " ?)"
    )
    update_sql = "UPDATE answer SET {} WHERE answer.id = ?"
    delete_sql = "DELETE FROM answer WHERE answer.id = ?"
    id: int = 0
    uid: str = ""
    session_id: int
    position: int
    stage: str
    stage_title: str
    prompt: str
    question: str
    kind: PromptKind
    value: str
    private: bool = False
    key: bool = False
    health: bool = False
    measure: str | None = None
    low: int | None = None
    high: int | None = None
    options: str | None = None
    slot_id: int | None = None
