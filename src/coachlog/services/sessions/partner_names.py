"""The names given for the other people in a conversation: of one, or of two."""

from collections.abc import Sequence

from coachlog.errors import InvalidInput
from coachlog.model.people import Person
from coachlog.names.matching import match_by_name
from coachlog.names.spelling import is_same_name, split_joint_name
from coachlog.services.desk import Desk
from coachlog.text import clean_text, fold_text

_MOST_OTHERS = 2


def combine_names(name: str | None, with_names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of everybody else in a conversation, in the order given.

    Raises `InvalidInput` for more than two, and for one name given twice.
    """
    names = (*([] if name is None else [name]), *with_names)
    if len(names) > _MOST_OTHERS:
        raise InvalidInput(
            f"A conversation is with one person or with two, not {len(names)}. "
            "Nothing was saved.",
            "More of you are an action learning set: coachlog session new --set NAME",
        )
    if len(names) == _MOST_OTHERS and fold_text(names[0]) == fold_text(names[1]):
        raise build_same_person_error(names[0])
    return names


def build_same_person_error(name: str) -> InvalidInput:
    """Return the error that one person was named for both of two others."""
    return InvalidInput(
        f"{clean_text(name)} is named twice: a conversation of three needs two others. "
        "Nothing was saved.",
        "With one person alone, give the name once.",
    )


def split_only_name(names: Sequence[str], people: list[Person]) -> tuple[str, ...]:
    """Return the names that were typed as one: `ben and helen` has two.

    It is one where somebody among all the people of the journal is called that.
    """
    if len(names) != 1 or match_by_name(people, names[0]):
        return tuple(names)
    return combine_names(None, split_joint_name(names[0]) or names)


def load_everyone(desk: Desk) -> list[Person]:
    """Return all the people in the journal, archived ones too."""
    if not desk.journal.exists():
        return []
    from coachlog.store.reading import person_queries

    with desk.read() as db:
        return person_queries.read_people(db, include_archived=True)


def resolve_partner_names(
    desk: Desk, names_in_command: Sequence[str], names_in_file: Sequence[str]
) -> Sequence[str]:
    """Return who the talk was with; `InvalidInput` if the command line and the file differ."""
    if not names_in_command:
        return names_in_file
    if not names_in_file:
        return names_in_command
    if len(names_in_command) != len(names_in_file):
        raise build_contradiction_error(
            " and ".join(names_in_command), " and ".join(names_in_file)
        )
    for name_in_command, name_in_file in zip(
        names_in_command, names_in_file, strict=True
    ):
        _refuse_other_partner(desk, name_in_command, name_in_file)
    return names_in_file


def _refuse_other_partner(desk: Desk, name_in_command: str, name_in_file: str) -> None:
    """Raise `InvalidInput` if the command line and the file name different people."""
    if is_same_name(name_in_command, name_in_file):
        return
    people = load_everyone(desk)
    matches = match_by_name(people, name_in_command)
    if len(matches) == 1 and matches == match_by_name(people, name_in_file):
        return
    raise build_contradiction_error(name_in_command, name_in_file)


def build_contradiction_error(name_in_command: str, name_in_file: str) -> InvalidInput:
    """Return the error that the command line and the file name somebody else, or another set."""
    return InvalidInput(
        f"The command says “{clean_text(name_in_command)}”, the file says "
        f"“{clean_text(name_in_file)}”. Nothing was saved.",
        "Leave out one of the two.",
    )
