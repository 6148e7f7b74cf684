"""What a row is called on screens: `promise 3`, or the name of a person or a set."""

from coachlog.named_tuples import NamedTuple
from coachlog.store.undo_steps import RowContents
from coachlog.text import clean_line


class _TableName(NamedTuple):
    """What a row belongs to, the column with the number of that, and the command that shows it."""

    label: str
    column: str = ""
    command: str = ""


_PROMISE = "coachlog action show {}"
_CONVERSATION = "coachlog session show {}"
_GOAL = "coachlog goal show {}"

TABLE_NAMES: dict[str, _TableName] = {
    "action": _TableName("promise", "id", _PROMISE),
    "action_event": _TableName("promise", "action_id", _PROMISE),
    "answer": _TableName("conversation", "session_id", _CONVERSATION),
    "benefit": _TableName("benefit", "id", "coachlog worth list"),
    "draft": _TableName("the draft of conversation", "session_id", _CONVERSATION),
    "draft_step": _TableName("the draft of conversation", "session_id", _CONVERSATION),
    "encounter": _TableName("a day on which you spoke to somebody"),
    "goal": _TableName("goal", "id", _GOAL),
    "goal_action": _TableName("promise", "action_id", _PROMISE),
    "hold": _TableName("a hold"),
    "learning_set": _TableName("a set", "", "coachlog set list"),
    "meeting": _TableName("conversation", "session_id", _CONVERSATION),
    "note": _TableName("note", "id", "coachlog note --list --all"),
    "participant": _TableName("conversation", "session_id", _CONVERSATION),
    "person": _TableName("a person", "", "coachlog person list --archived"),
    "person_handle": _TableName("a person", "", "coachlog person list --archived"),
    "rating": _TableName("goal", "goal_id", _GOAL),
    "recurrence": _TableName("conversation", "session_id", _CONVERSATION),
    "session": _TableName("conversation", "id", _CONVERSATION),
    "session_person": _TableName("conversation", "session_id", _CONVERSATION),
    "session_tag": _TableName("conversation", "session_id", _CONVERSATION),
    "set_action": _TableName("promise", "action_id", _PROMISE),
    "set_check_in": _TableName("a set", "", "coachlog set list"),
    "set_member": _TableName("a set", "", "coachlog set list"),
    "set_support": _TableName("a set", "", "coachlog set list"),
    "setting": _TableName("your name"),
    "slot": _TableName("conversation", "session_id", _CONVERSATION),
    "tag": _TableName("a tag"),
    "worth_story": _TableName("story", "id", "coachlog story show {}"),
}
"""Every table with rows that can be in the way of `undo`."""


def describe_stored_row(place: RowContents) -> str:
    """Return what a row belongs to, with its number where that is known: `promise 3`."""
    table_name = TABLE_NAMES[place.table]
    number = place.fields.get(table_name.column)
    if place.table in ("person", "learning_set") and place.fields.get("name"):
        return clean_line(str(place.fields["name"]))
    if number is not None:
        return f"{table_name.label} {number}"
    if table_name.column:
        return f"a {table_name.label}".replace("a the ", "the ")
    return table_name.label


def suggest_row_command(place: RowContents) -> str | None:
    """Return a hint with the command that shows what a row belongs to; None for none."""
    table_name = TABLE_NAMES[place.table]
    number = place.fields.get(table_name.column)
    if not table_name.command or (table_name.column and number is None):
        return None
    return f"See: {table_name.command.format(number)}"
