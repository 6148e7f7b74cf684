"""The format as a JSON Schema, with which an editor completes and checks a template file."""

from typing import Any

from coachlog.templates.fields import (
    IDENTIFIER,
    MAX_END,
    MAX_TEXT,
    MINUTES,
    PROMPT_FIELDS,
    STAGE_FIELDS,
    TEMPLATE_FIELDS,
    TESTS,
    Field,
)
from coachlog.templates.kinds import kinds_with

FILE = ".template.schema.json"
"""The name under which it lies beside the owner's own templates."""

Json = dict[str, Any]
_TYPES = {str: "string", int: "integer", bool: "boolean", list: "array", dict: "object"}


def schema() -> Json:
    """Return the JSON Schema (draft 7, which editors of TOML read) of a template file."""
    prompt = _table(PROMPT_FIELDS)
    prompt["properties"]["id"] |= _IDENTIFIER
    prompt["properties"]["measure"] |= _IDENTIFIER
    for end in ("low", "high"):
        prompt["properties"][end] |= {"minimum": -MAX_END, "maximum": MAX_END}
    prompt["properties"]["options"] |= {"items": _TEXT, "minItems": 2, "uniqueItems": True}
    prompt["properties"]["when"] = _when(PROMPT_FIELDS["when"])
    prompt["allOf"] = [_only_for(name, known) for name, known in PROMPT_FIELDS.items()]
    prompt["allOf"] = [rule for rule in prompt["allOf"] if rule] + [_OPTIONS]
    stage = _table(STAGE_FIELDS)
    stage["properties"]["id"] |= _IDENTIFIER
    stage["properties"]["prompt"] |= {"items": prompt, "minItems": 1}
    template = _table(TEMPLATE_FIELDS)
    template["properties"]["minutes"] |= {"minimum": MINUTES[0], "maximum": MINUTES[1]}
    template["properties"]["stage"] |= {"items": stage, "minItems": 1}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A coachlog template",
        "description": "`coachlog template check` finds what a schema cannot.",
    } | template


_TEXT: Json = {"type": "string", "pattern": r"\S"}
_IDENTIFIER: Json = {"pattern": f"^{IDENTIFIER.pattern}$"}
_OPTIONS: Json = {
    "if": {"properties": {"kind": {"enum": list(kinds_with("options"))}}, "required": ["kind"]},
    "then": {"oneOf": [{"required": ["options"]}, {"required": ["options_from"]}]},
}


def _table(fields: dict[str, Field]) -> Json:
    return {
        "type": "object",
        "properties": {name: _value(known) for name, known in fields.items()},
        "required": [name for name, known in fields.items() if known.required],
        "additionalProperties": False,
    }


def _value(known: Field) -> Json:
    made: Json = {"type": _TYPES[known.type], "description": f"{known.help} {known.expected}"}
    if known.choices:
        made["enum"] = list(known.choices)
    elif known.type is str:
        made |= {"pattern": _TEXT["pattern"], "maxLength": MAX_TEXT}
    return made if known.usual is None else made | {"default": known.usual}


def _when(known: Field) -> Json:
    values: Json = {
        "prompt": _TEXT,
        "below": {"type": "number"},
        "above": {"type": "number"},
        "is": {"type": ["string", "number", "boolean"]},
        "answered": {"type": "boolean"},
    }
    return _value(known) | {
        "properties": values,
        "required": ["prompt"],
        "oneOf": [{"required": [name]} for name in TESTS],
        "additionalProperties": False,
    }


def _only_for(name: str, known: Field) -> Json | None:
    if not known.kinds:
        return None
    return {
        "if": {"required": [name]},
        "then": {"properties": {"kind": {"enum": list(known.kinds)}}},
    }
