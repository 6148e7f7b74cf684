"""What a join file says, as it is kept with the membership: a column of JSON."""

from typing import Any

from coachlog.model.programme import Breakdown, Holder, Programme
from coachlog.store.rows import UnreadableValue, parse_stored_json


def list_programme_terms(programme: Programme) -> dict[str, Any]:
    """Return what is stored of a programme, as JSON has it."""
    return {
        "code": programme.code,
        "name": programme.name,
        "breakdown": programme.breakdown.value,
        "choices": {
            breakdown.value: list(names)
            for breakdown, names in programme.choices.items()
        },
        "keys": {holder.value: key for holder, key in programme.keys.items()},
        "caps": dict(programme.caps),
        "vector": programme.vector,
    }


def parse_programme_terms(column: str) -> Programme:
    """Return the programme in a column. Raises `UnreadableValue` for anything else."""
    try:
        terms = parse_stored_json(column)
        return Programme(
            code=terms["code"],
            name=terms["name"],
            breakdown=Breakdown(terms["breakdown"]),
            choices={
                Breakdown(breakdown): tuple(names)
                for breakdown, names in terms["choices"].items()
            },
            keys={Holder(holder): key for holder, key in terms["keys"].items()},
            caps=terms["caps"],
            vector=terms["vector"],
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        raise UnreadableValue from None
