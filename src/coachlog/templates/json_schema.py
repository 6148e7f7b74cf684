"""The format as a JSON Schema, with which an editor completes and checks a template file."""

from collections.abc import Iterator
from typing import Any

from coachlog.model.templates import TemplateAudience
from coachlog.templates.fields import (
    ANSWER_NAME_PATTERN,
    CONDITION_TESTS,
    ID_PATTERN,
    MAX_AGAIN,
    MAX_SCALE_END,
    MAX_TEXT_LENGTH,
    MINUTES_RANGE,
    PROMPT_FIELDS,
    PROMPT_NAME_PATTERN,
    STAGE_FIELDS,
    TEMPLATE_FIELDS,
    FieldSpec,
)
from coachlog.templates.kinds import list_kinds_with

SCHEMA_FILE = ".template.schema.json"
"""The name of the schema file beside the owner's own templates."""

JsonSchema = dict[str, Any]
_JSON_TYPES = {
    str: "string",
    int: "integer",
    bool: "boolean",
    list: "array",
    dict: "object",
}


def build_json_schema() -> JsonSchema:
    """Return the JSON Schema (draft 7, which editors of TOML read) of a template file."""
    prompt = _build_table_schema(PROMPT_FIELDS)
    prompt["properties"]["id"] |= _ID_SCHEMA
    prompt["properties"]["measure"] |= _ID_SCHEMA
    prompt["properties"]["standard"] |= _ID_SCHEMA
    for end in ("low", "high"):
        prompt["properties"][end] |= {
            "minimum": -MAX_SCALE_END,
            "maximum": MAX_SCALE_END,
        }
    prompt["properties"]["options"] |= {
        "items": _TEXT_SCHEMA,
        "minItems": 2,
        "uniqueItems": True,
    }
    prompt["properties"]["replaces"] |= {
        "items": _PROMPT_NAME_SCHEMA,
        "minItems": 1,
        "uniqueItems": True,
    }
    prompt["properties"]["quotes"] |= {"pattern": f"^{ANSWER_NAME_PATTERN.pattern}$"}
    prompt["properties"]["when"] = _build_condition_schema(PROMPT_FIELDS["when"])
    prompt["allOf"] = [*_list_kind_rules(), _OPTIONS_RULE]
    stage = _build_table_schema(STAGE_FIELDS)
    stage["properties"]["id"] |= _ID_SCHEMA
    stage["properties"]["prompt"] |= {"items": prompt, "minItems": 1}
    template = _build_table_schema(TEMPLATE_FIELDS)
    template["properties"]["minutes"] |= {
        "minimum": MINUTES_RANGE[0],
        "maximum": MINUTES_RANGE[1],
    }
    template["properties"]["leads_to"] |= _ID_SCHEMA
    template["properties"]["again"] |= {
        "items": _TEXT_SCHEMA,
        "minItems": 1,
        "maxItems": MAX_AGAIN,
        "uniqueItems": True,
    }
    template["allOf"] = [_OCCASION_RULE, _AGAIN_RULE]
    template["properties"]["stage"] |= {"items": stage, "minItems": 1}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A coachlog template",
        "description": "`coachlog template check` finds what a schema cannot.",
    } | template


_TEXT_SCHEMA: JsonSchema = {"type": "string", "pattern": r"\S"}
_ID_SCHEMA: JsonSchema = {"pattern": f"^{ID_PATTERN.pattern}$"}
_PROMPT_NAME_SCHEMA: JsonSchema = {
    "type": "string",
    "pattern": f"^{PROMPT_NAME_PATTERN.pattern}$",
}
_OCCASION_RULE: JsonSchema = {
    "if": {"required": ["occasion"]},
    "then": {"properties": {"audience": {"enum": [TemplateAudience.ONE_TO_ONE.value]}}},
}
_AGAIN_RULE: JsonSchema = {
    "if": {"required": ["again"]},
    "then": {
        "not": {"properties": {"audience": {"const": TemplateAudience.GROUP.value}}}
    },
}
_OPTIONS_RULE: JsonSchema = {
    "if": {
        "properties": {"kind": {"enum": list(list_kinds_with("options"))}},
        "required": ["kind"],
    },
    "then": {"oneOf": [{"required": ["options"]}, {"required": ["options_from"]}]},
}


def _build_table_schema(fields: dict[str, FieldSpec]) -> JsonSchema:
    return {
        "type": "object",
        "properties": {
            name: _build_field_schema(spec) for name, spec in fields.items()
        },
        "required": [name for name, spec in fields.items() if spec.required],
        "additionalProperties": False,
    }


def _build_field_schema(spec: FieldSpec) -> JsonSchema:
    schema: JsonSchema = {
        "type": _JSON_TYPES[spec.type],
        "description": f"{spec.help} {spec.expected}",
    }
    if spec.choices:
        schema["enum"] = list(spec.choices)
    elif spec.type is str:
        schema |= {"pattern": _TEXT_SCHEMA["pattern"], "maxLength": MAX_TEXT_LENGTH}
    if spec.default is not None:
        schema["default"] = spec.default
    return schema


def _build_condition_schema(spec: FieldSpec) -> JsonSchema:
    values: JsonSchema = {
        "prompt": _TEXT_SCHEMA,
        "below": {"type": "number"},
        "above": {"type": "number"},
        "is": {"type": ["string", "number", "boolean"]},
        "answered": {"type": "boolean"},
    }
    return _build_field_schema(spec) | {
        "properties": values,
        "required": ["prompt"],
        "oneOf": [{"required": [name]} for name in CONDITION_TESTS],
        "additionalProperties": False,
    }


def _list_kind_rules() -> Iterator[JsonSchema]:
    """Yield the rule that a prompt with a certain key is of one of the kinds that may have it."""
    for name, spec in PROMPT_FIELDS.items():
        if spec.kinds:
            yield {
                "if": {"required": [name]},
                "then": {"properties": {"kind": {"enum": list(spec.kinds)}}},
            }
