"""Reads a template file strictly: every fault is found, with its key and what would be right."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from coachlog import toml
from coachlog.errors import FaultyTemplate
from coachlog.model import PromptKind
from coachlog.model.templates import (
    Prompt,
    PromptCondition,
    Stage,
    Template,
    TemplateAudience,
    index_prompts,
)
from coachlog.templates.answer_readers import is_number
from coachlog.templates.fields import (
    CONDITION_TESTS,
    ID_PATTERN,
    ID_RULE,
    MAX_FAULTS,
    MAX_PROMPTS,
    MAX_SCALE_END,
    MAX_TEXT_LENGTH,
    MINUTES_RANGE,
    PROMPT_FIELDS,
    STAGE_FIELDS,
    TEMPLATE_FIELDS,
    FieldSpec,
)
from coachlog.templates.kinds import KIND_ROWS
from coachlog.text import (
    MAX_ANSWER_BYTES,
    clean_text,
    count_bytes,
    cut_line,
    find_nearest_words,
    fold_text,
)

UNKNOWN_KIND = (
    "?"  # the kind of a prompt whose own kind is at fault, so that one fault is told once
)


def parse_template(
    data: bytes, id: str, *, name: str, builtin: bool = False, shadows: bool = False
) -> Template:
    """Return the template that a file's bytes hold; `name` is what errors call the file.

    `FaultyTemplate` lists every fault, each with its key, what is wrong and what would be right.
    """
    faults = _FaultList()
    template = None
    with suppress(_TooManyFaults):
        template = _parse_template_bytes(data, id, faults)
    if template is None:
        raise FaultyTemplate(clean_text(name), faults)
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    return Template(**template, builtin=builtin, shadows=shadows, text=text)


class _TooManyFaults(Exception):
    """There are more faults than anyone would read."""


class _FaultList(list[str]):
    """Faults found so far; after `MAX_FAULTS` the reading stops, with `_TooManyFaults`."""

    def append(self, fault: str) -> None:
        if len(self) >= MAX_FAULTS:
            super().append("there are more; mend these first")
            raise _TooManyFaults
        super().append(fault)

    def extend(self, faults: Iterable[str]) -> None:
        for fault in faults:
            self.append(fault)


def _parse_template_bytes(data: bytes, id: str, faults: list[str]) -> dict[str, Any] | None:
    if not ID_PATTERN.fullmatch(id):
        faults.append(f"the file's name “{clean_text(id)[:40]}” is the id: use {ID_RULE}")
    table = _parse_template_toml(data, faults)
    return None if faults else _parse_template_table(table, id, faults)


def _parse_template_toml(data: bytes, faults: list[str]) -> dict[str, Any]:
    if len(data) > MAX_ANSWER_BYTES:
        faults.append(f"it is larger than {MAX_ANSWER_BYTES // 1024} KiB")
        return {}
    try:
        return toml.parse_toml(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        faults.append("it is not UTF-8 text")
    except ValueError as error:
        faults.append(f"it is not valid TOML: {clean_text(str(error))}")
    return {}


def _parse_template_table(
    table: dict[str, Any], id: str, faults: list[str]
) -> dict[str, Any] | None:
    top = _validate_table_keys(table, TEMPLATE_FIELDS, "", faults)
    _check_planned_minutes(top, "", faults)
    count = sum(map(_count_stage_prompts, top.get("stage", ())))
    if count > MAX_PROMPTS:
        faults.append(f"stage: {count} prompts; at most {MAX_PROMPTS} in a template")
        return None
    seen = _EarlierParts()
    stages = []
    for number, stage in enumerate(
        _validate_table_list(top.get("stage"), "stage", faults), start=1
    ):
        if found := _parse_stage_table(stage, f"stage {number}", seen, faults):
            stages.append(found)
    faults.extend(_find_slot_stage_faults(top, stages))
    faults.extend(_find_promises_prompt_faults(top, stages))
    if faults:
        return None
    top |= {"id": id, "audience": TemplateAudience(top["audience"]), "stages": tuple(stages)}
    del top["stage"]
    return {"source": None} | top


def _check_planned_minutes(row: dict[str, Any], place: str, faults: list[str]) -> None:
    if not MINUTES_RANGE[0] <= row.get("minutes", 1) <= MINUTES_RANGE[1]:
        lead, shown = f"{place}: " if place else "", cut_line(str(row["minutes"]), 40)
        faults.append(f"{lead}minutes: {shown} is not {TEMPLATE_FIELDS['minutes'].expected}")


def _count_stage_prompts(stage: Any) -> int:
    prompts = stage.get("prompt") if isinstance(stage, dict) else None
    return len(prompts) if isinstance(prompts, list) else 0


@dataclass
class _EarlierParts:
    """What came before in the file, for what refers back to it."""

    stage_ids: set[str] = field(default_factory=set)
    prompt_ids: set[str] = field(default_factory=set)
    prompt_kinds: dict[str, str] = field(default_factory=dict)
    private_prompts: set[str] = field(default_factory=set)
    prompt_rows: dict[str, dict[str, Any]] = field(default_factory=dict)


def _parse_stage_table(
    table: dict[str, Any], place: str, earlier: _EarlierParts, faults: list[str]
) -> Stage | None:
    row = _validate_table_keys(table, STAGE_FIELDS, place, faults)
    id = _validate_id(row, place, earlier.stage_ids, faults)
    place = f"stage “{id}”" if id else place
    prompts = []
    for number, prompt in enumerate(
        _validate_table_list(row.get("prompt"), f"{place}, prompt", faults), 1
    ):
        before = len(faults)
        found = _parse_prompt_table(prompt, f"{place}, prompt {number}", id or "?", earlier, faults)
        if found and len(faults) == before:
            prompts.append(found)
    if not id or "title" not in row:
        return None
    _check_planned_minutes(row, place, faults)
    return Stage(
        *(id, row["title"], row.get("guidance"), tuple(prompts)),
        row.get("each"),
        row.get("minutes"),
    )


def _find_slot_stage_faults(template_row: dict[str, Any], stages: list[Stage]) -> Iterator[str]:
    """Yield what is wrong with stages that come once for each who presents."""
    numbers = [number for number, stage in enumerate(stages) if stage.each]
    if not numbers:
        return
    if template_row.get("audience") != TemplateAudience.GROUP:
        yield f"stage “{stages[numbers[0]].id}”: each: only a template for a group has slots"
    if numbers[-1] - numbers[0] >= len(numbers):
        yield f"stage “{stages[numbers[-1]].id}”: each: the stages of a slot must stand together"
    inside = index_prompts(stage for stage in stages if stage.each)
    outside = index_prompts(stage for stage in stages if not stage.each)
    for where, prompt in outside.items():
        for key, name in (
            ("when", prompt.when and prompt.when.prompt),
            ("options_from", prompt.options_from),
        ):
            if name in inside:
                yield (
                    f"{where}: {key}: “{name}” is answered once for each slot, "
                    "so nothing outside a slot can hang on it"
                )


def _find_promises_prompt_faults(
    template_row: dict[str, Any], stages: list[Stage]
) -> Iterator[str]:
    """Yield each prompt that would show the owner's promises to somebody else."""
    if template_row.get("audience") in (None, TemplateAudience.SOLO):
        return
    for where, prompt in index_prompts(stages).items():
        if prompt.kind is PromptKind.PROMISES:
            yield (
                f"{where}: kind: your own promises are looked at alone; "
                f"promises is for the audience {TemplateAudience.SOLO} only"
            )


def _parse_prompt_table(
    table: dict[str, Any], place: str, stage_id: str, earlier: _EarlierParts, faults: list[str]
) -> Prompt | None:
    row = _validate_table_keys(table, PROMPT_FIELDS, place, faults)
    id = _validate_id(row, place, earlier.prompt_ids, faults)
    place = f"{stage_id}.{id}" if id else place
    kind = row.get("kind")
    if kind is not None:
        faults.extend(f"{place}: {fault}" for fault in _find_prompt_row_faults(row, kind, earlier))
    earlier.prompt_kinds[f"{stage_id}.{id}"] = kind or UNKNOWN_KIND
    earlier.prompt_rows[f"{stage_id}.{id}"] = row
    if row.get("private") or row.get("health"):
        earlier.private_prompts.add(f"{stage_id}.{id}")
    if id is None or kind is None or "ask" not in row:
        return None
    when = row.pop("when", None)
    row["options"] = tuple(row.get("options", ()))
    row["kind"] = PromptKind(kind)
    return Prompt(**row, when=_parse_condition_table(when) if when else None)


def _parse_condition_table(table: dict[str, Any]) -> PromptCondition | None:
    tests = [name for name in CONDITION_TESTS if name in table]
    if len(tests) != 1 or "prompt" not in table:
        return None
    return PromptCondition(table["prompt"], tests[0], table[tests[0]])


def _find_prompt_row_faults(
    row: dict[str, Any], kind: str, earlier: _EarlierParts
) -> Iterator[str]:
    """Yield what is wrong with keys that depend on the kind, or on earlier prompts."""
    known = KIND_ROWS[PromptKind(kind)]
    if known.once_reason and kind in earlier.prompt_kinds.values():
        yield f"kind: one prompt of kind {kind} is enough; {known.once_reason}"
    if kind == PromptKind.PROMISES and row.get("required"):
        yield "required: nothing has to be wrong with your promises; leave it out"
    for name, only_for in ((name, known.kinds) for name, known in PROMPT_FIELDS.items()):
        if name in row and only_for and kind not in only_for:
            owners = " and ".join(only_for)
            yield f"{name}: is for {owners} only; this prompt is of kind {kind}"
    if "low" in known.fields:
        low, high = row.get("low", 1), row.get("high", 10)
        if low >= high:
            yield f"low: {cut_line(str(low), 40)} must be below high, {cut_line(str(high), 40)}"
        if max(abs(low), abs(high)) > MAX_SCALE_END:
            yield f"high: the ends of a scale are from {-MAX_SCALE_END} to {MAX_SCALE_END}"
    if "measure" in row and not ID_PATTERN.fullmatch(row["measure"]):
        yield f"measure: “{clean_text(row['measure'])[:40]}” must be {ID_RULE}"
    yield from _find_option_faults(row, kind, earlier)
    if "when" in row:
        yield from _find_condition_faults(row["when"], earlier)


def _find_option_faults(row: dict[str, Any], kind: str, earlier: _EarlierParts) -> Iterator[str]:
    if "options" not in KIND_ROWS[PromptKind(kind)].fields:
        return
    if ("options" in row) == ("options_from" in row):
        yield f"options: a {kind} needs either options or options_from"
    options = row.get("options")
    if options is not None:
        if not all(isinstance(o, str) and o.strip() for o in options):
            yield f"options: must be {PROMPT_FIELDS['options'].expected}"
        elif len(options) < 2 or len(set(map(fold_text, options))) < len(options):
            yield "options: give two or more, all different"
    source = row.get("options_from")
    if source is None:
        return
    if earlier.prompt_kinds.get(source) not in (*_KINDS_WITH_LINES, UNKNOWN_KIND):
        yield (
            f"options_from: “{source[:40]}” is not an earlier prompt of kind text"
            + _suggest_earlier_prompt(source, earlier)
        )
    if source in earlier.private_prompts and not (row.get("private") or row.get("health")):
        yield f"options_from: “{source}” is private, so this prompt must be private as well"


def _find_condition_faults(table: dict[str, Any], earlier: _EarlierParts) -> Iterator[str]:
    expected = PROMPT_FIELDS["when"].expected
    for name in table:
        if name != "prompt" and name not in CONDITION_TESTS:
            yield f"when: unknown key “{clean_text(name)[:40]}”; write {expected}"
    found = _parse_condition_table(table)
    if found is None:
        yield f"when: write {expected}"
        return
    name = clean_text(found.prompt) if isinstance(found.prompt, str) else ""
    target = earlier.prompt_kinds.get(name)
    if target is None:
        shown = clean_text(str(found.prompt))[:40]
        yield f"when: “{shown}” is not an earlier prompt" + _suggest_earlier_prompt(
            str(found.prompt), earlier
        )
    yield from _find_condition_value_faults(found, target, earlier.prompt_rows.get(name, {}))


def _find_condition_value_faults(
    condition: PromptCondition, target_kind: str | None, row: dict[str, Any]
) -> Iterator[str]:
    """Yield what is wrong with the value that a `when` compares with."""
    if condition.test in ("below", "above"):
        if not is_number(condition.value):
            yield f"when: {condition.test} must be a number"
        if target_kind is not None and target_kind not in (*_NUMERIC_KINDS, UNKNOWN_KIND):
            numbers = " or a ".join(_NUMERIC_KINDS)
            yield f"when: {condition.test} needs a {numbers}; “{condition.prompt}” is a {target_kind}"
    elif condition.test == "answered":
        if not isinstance(condition.value, bool):
            yield "when: answered must be true or false"
    elif target_kind not in (None, UNKNOWN_KIND) and not KIND_ROWS[PromptKind(target_kind)].fits(
        condition.value, row
    ):
        yield f"when: is: {_quote_table_value(condition.value)} is no answer that {condition.prompt} can have"


_KINDS_WITH_LINES = [row.kind for row in KIND_ROWS.values() if row.has_lines]
_NUMERIC_KINDS = [row.kind for row in KIND_ROWS.values() if row.is_numeric]


def _suggest_earlier_prompt(name: str, earlier: _EarlierParts) -> str:
    near = find_nearest_words(name, list(earlier.prompt_kinds))
    return f"; did you mean “{near[0]}”?" if near else "; write it as 'stage.prompt'"


def _validate_table_keys(
    table: dict[str, Any], fields: dict[str, FieldSpec], place: str, faults: list[str]
) -> dict[str, Any]:
    """Return the keys of the table that are right; a fault for each that is not or is missing."""
    lead = f"{place}: " if place else ""
    good: dict[str, Any] = {}
    for name, value in table.items():
        known = fields.get(name)
        if known is None:
            near = find_nearest_words(name, list(fields))
            hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(fields)}"
            faults.append(f"{lead}unknown key “{clean_text(name)[:40]}”{hint}")
        elif isinstance(value, str) and len(value) > MAX_TEXT_LENGTH:
            faults.append(f"{lead}{name}: {len(value)} characters; at most {MAX_TEXT_LENGTH} fit")
        elif not _fits_field(value, known):
            faults.append(f"{lead}{name}: {_quote_table_value(value)} must be {known.expected}")
        else:
            good[name] = _clean_table_value(value)
    for name, known in fields.items():
        if known.required and name not in table:
            faults.append(f"{lead}{name} is missing: {known.expected}")
    return good


def _clean_table_value(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value).strip()
    if isinstance(value, list):
        return [_clean_table_value(one) if isinstance(one, str) else one for one in value]
    if isinstance(value, dict):
        return {name: _clean_table_value(one) for name, one in value.items()}
    return value


def _fits_field(value: Any, spec: FieldSpec) -> bool:
    if spec.type is int and isinstance(value, bool):
        return False
    if not isinstance(value, spec.type):
        return False
    if isinstance(value, str):
        return value in spec.choices if spec.choices else bool(clean_text(value).strip())
    return bool(value) or spec.type in (bool, int)


def _quote_table_value(value: Any) -> str:
    text = clean_text(value) if isinstance(value, str) else clean_text(repr(value))
    return f"“{text[:40]}”" if count_bytes(text) else "an empty text"


def _validate_table_list(rows: Any, place: str, faults: list[str]) -> list[dict[str, Any]]:
    if not isinstance(rows, list):
        return []
    wrong = [row for row in rows if not isinstance(row, dict)]
    if wrong:
        key = "stage.prompt" if place.endswith("prompt") else "stage"
        faults.append(f"{place}: must be written as [[{key}]] tables")
    return [row for row in rows if isinstance(row, dict)]


def _validate_id(
    row: dict[str, Any], place: str, used_ids: set[str], faults: list[str]
) -> str | None:
    id: str | None = row.get("id")
    if id is None:
        return None
    if not ID_PATTERN.fullmatch(id):
        faults.append(f"{place}: id “{id[:40]}” must be {ID_RULE}")
        return None
    if id in used_ids:
        faults.append(f"{place}: the id “{id}” stands twice in the template")
    used_ids.add(id)
    return id
