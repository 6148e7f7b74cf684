"""Reads a template file strictly: every fault is found, with its key and what would be right."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from coachlog.decoding import UndecodableText, decode_text
from coachlog.errors import FaultyTemplate
from coachlog.model.answers import PromptKind
from coachlog.model.notes import NoteKind
from coachlog.model.templates import (
    Occurrence,
    Prompt,
    Stage,
    Template,
    TemplateAudience,
    TemplateOccasion,
    index_prompts,
)
from coachlog.templates.again import find_again_faults
from coachlog.templates.answer_readers import quote_answer_value
from coachlog.templates.fields import (
    ID_PATTERN,
    ID_RULE,
    MAX_FAULTS,
    MAX_PROMPTS,
    MAX_TEXT_LENGTH,
    MINUTES_RANGE,
    PROMPT_FIELDS,
    STAGE_FIELDS,
    TEMPLATE_FIELDS,
    FieldSpec,
)
from coachlog.templates.prompt_faults import (
    EarlierParts,
    find_prompt_faults,
    is_prompt_name,
    parse_condition_table,
)
from coachlog.text import (
    MAX_ANSWER_BYTES,
    clean_file_name,
    clean_line,
    clean_text,
    cut_line,
    find_nearest_words,
)
from coachlog.toml import parse_toml

_FIRST_STAGE = b"\n[[stage]]"
_HEAD_FIELDS = {name: spec for name, spec in TEMPLATE_FIELDS.items() if name != "stage"}


def parse_template(
    data: bytes, id: str, *, name: str, builtin: bool = False, shadows: bool = False
) -> Template:
    """Return the template that a file's bytes hold; `name` is what errors call the file.

    Raises FaultyTemplate with every fault: its key, what is wrong and what would be right.
    """
    faults = _FaultList()
    fields = None
    with suppress(_TooManyFaults):
        fields = _parse_template_bytes(data, id, faults)
    if fields is None:
        raise FaultyTemplate(clean_text(name), faults)
    text = decode_text(data).replace("\r\n", "\n")
    return Template(**fields, builtin=builtin, shadows=shadows, text=text)


def parse_template_head(data: bytes, id: str, *, name: str) -> Template:
    """Return a built-in template without its stages: what a list of templates shows.

    That is a few lines of each file. Raises FaultyTemplate if something is wrong with them.
    """
    head, _, _ = data.partition(_FIRST_STAGE)
    faults: list[str] = []
    table = _parse_template_toml(head, faults)
    row = _validate_table_keys(table, _HEAD_FIELDS, "", faults)
    if faults:
        raise FaultyTemplate(clean_text(name), faults)
    return Template(**_build_head_fields(row, id), stages=(), builtin=True)


class _TooManyFaults(Exception):
    """There are more faults than anyone would read."""


class _FaultList(list[str]):
    """The faults so far; the reading stops after `MAX_FAULTS`, with `_TooManyFaults`."""

    def append(self, fault: str) -> None:
        """Add one fault; raises `_TooManyFaults` instead when there are enough."""
        if len(self) >= MAX_FAULTS:
            super().append("there are more; put these right first")
            raise _TooManyFaults
        super().append(fault)

    def extend(self, faults: Iterable[str]) -> None:
        """Add several faults, as `append` adds one."""
        for fault in faults:
            self.append(fault)


def _parse_template_bytes(
    data: bytes, id: str, faults: list[str]
) -> dict[str, Any] | None:
    if not ID_PATTERN.fullmatch(id):
        file_name = clean_line(clean_file_name(id))[:40]
        faults.append(
            f"the file's name “{file_name}” is the template's id: use only {ID_RULE}"
        )
    table = _parse_template_toml(data, faults)
    if faults:
        return None
    return _parse_template_table(table, id, faults)


def _parse_template_toml(data: bytes, faults: list[str]) -> dict[str, Any]:
    if len(data) > MAX_ANSWER_BYTES:
        faults.append(f"it is larger than {MAX_ANSWER_BYTES // 1024} KiB")
        return {}
    try:
        text = decode_text(data).replace("\r\n", "\n")
        if not text.strip():
            faults.append("it is empty")
        return parse_toml(text)
    except UndecodableText as error:
        faults.append(f"it {error}; save it as UTF-8")
    except ValueError as error:
        faults.append(f"it is not valid TOML: {clean_text(str(error))}")
    return {}


def _parse_template_table(
    table: dict[str, Any], id: str, faults: list[str]
) -> dict[str, Any] | None:
    """Return the fields of a template, apart from where its file is; None if there are faults."""
    row = _validate_table_keys(table, TEMPLATE_FIELDS, "", faults)
    _check_planned_minutes(row, "", faults)
    stage_tables = _validate_table_list(
        row.pop("stage", None), "stage", "stage", faults
    )
    prompt_count = 0
    for stage_table in stage_tables:
        prompts = stage_table.get("prompt")
        if isinstance(prompts, list):
            prompt_count += len(prompts)
    if prompt_count > MAX_PROMPTS:
        faults.append(
            f"stage: too many prompts: {prompt_count} (the limit is {MAX_PROMPTS})"
        )
        return None
    earlier = EarlierParts()
    stages = []
    for number, stage_table in enumerate(stage_tables, start=1):
        stage = _parse_stage_table(stage_table, f"stage {number}", earlier, faults)
        if stage:
            stages.append(stage)
    audience = row.get("audience")
    faults.extend(_find_occasion_faults(row))
    faults.extend(find_again_faults(row))
    faults.extend(_find_sequel_faults(row, id))
    faults.extend(_find_occurrence_faults(row, earlier))
    faults.extend(_find_replaces_faults(earlier))
    faults.extend(_find_slot_stage_faults(audience, stages))
    faults.extend(_find_promises_prompt_faults(audience, stages))
    if faults:
        return None
    return {**_build_head_fields(row, id), "stages": tuple(stages)}


def _build_head_fields(row: dict[str, Any], id: str) -> dict[str, Any]:
    """Return the fields of a template apart from its stages."""
    return {
        **row,
        "id": id,
        "audience": TemplateAudience(row["audience"]),
        "occasion": _parse_occasion(row),
        "source": row.get("source"),
        "again": tuple(row.get("again", ())),
    }


def _check_planned_minutes(row: dict[str, Any], place: str, faults: list[str]) -> None:
    shortest, longest = MINUTES_RANGE
    if not shortest <= row.get("minutes", shortest) <= longest:
        minutes = cut_line(str(row["minutes"]), 40)
        expected = TEMPLATE_FIELDS["minutes"].expected
        faults.append(f"{_build_place_lead(place)}minutes: {minutes} is not {expected}")


def _build_place_lead(place: str) -> str:
    """Return how a fault begins; the keys of the template itself need no place."""
    if not place:
        return ""
    return f"{place}: "


def _parse_stage_table(
    table: dict[str, Any], place: str, earlier: EarlierParts, faults: list[str]
) -> Stage | None:
    row = _validate_table_keys(table, STAGE_FIELDS, place, faults)
    id = _validate_id(row, place, earlier.stage_ids, faults)
    place = f"stage “{id}”" if id else place
    prompt_tables = _validate_table_list(
        row.get("prompt"), "stage.prompt", f"{place}, prompt", faults
    )
    prompts = []
    for number, prompt_table in enumerate(prompt_tables, start=1):
        prompt_place = f"{place}, prompt {number}"
        prompt = _parse_prompt_table(
            prompt_table, prompt_place, id or "?", earlier, faults
        )
        if prompt:
            prompts.append(prompt)
    if not id or "title" not in row:
        return None
    _check_planned_minutes(row, place, faults)
    return Stage(
        id=id,
        title=row["title"],
        guidance=row.get("guidance"),
        prompts=tuple(prompts),
        each=row.get("each"),
        minutes=row.get("minutes"),
    )


def _parse_prompt_table(
    table: dict[str, Any],
    place: str,
    stage_id: str,
    earlier: EarlierParts,
    faults: list[str],
) -> Prompt | None:
    """Return a prompt; None if there is a fault in it."""
    fault_count = len(faults)
    row = _validate_table_keys(table, PROMPT_FIELDS, place, faults)
    id = _validate_id(row, place, earlier.prompt_ids, faults)
    name = f"{stage_id}.{id}"
    if "kind" in row:
        row["kind"] = PromptKind(row["kind"])
        for fault in find_prompt_faults(row, row["kind"], earlier):
            faults.append(f"{name if id else place}: {fault}")
    earlier.prompts[name] = row
    if len(faults) > fault_count:
        return None
    fields = row | {name: tuple(row.get(name, ())) for name in ("options", "replaces")}
    if "when" in row:
        fields["when"] = parse_condition_table(row["when"])
    if "only" in row:
        fields["only"] = Occurrence(row["only"])
    if "notes" in row:
        fields["notes"] = NoteKind(row["notes"])
    return Prompt(**fields)


def _find_occasion_faults(row: dict[str, Any]) -> Iterator[str]:
    audience = row.get("audience")
    if "occasion" in row and audience not in (None, TemplateAudience.ONE_TO_ONE):
        yield (
            f"occasion: is for the audience {TemplateAudience.ONE_TO_ONE} only; "
            f"this template is for {audience}"
        )


def _find_sequel_faults(row: dict[str, Any], id: str) -> Iterator[str]:
    """Yield what is wrong with the template that this one leads to."""
    sequel_id = row.get("leads_to")
    if sequel_id is None:
        return
    if not ID_PATTERN.fullmatch(sequel_id):
        yield f"leads_to: “{sequel_id[:40]}” must be the id of a template: {ID_RULE}"
    elif sequel_id == id:
        yield "leads_to: this is the template itself; to hold it again, write again"


def _find_occurrence_faults(row: dict[str, Any], parts: EarlierParts) -> Iterator[str]:
    """Yield each prompt that waits for a conversation to come back which never does."""
    if row.get("again"):
        return
    for place, prompt_row in parts.prompts.items():
        if "only" in prompt_row:
            yield f"{place}: only: without again, it never comes back; leave it out, or add again"


def _parse_occasion(row: dict[str, Any]) -> TemplateOccasion | None:
    if "occasion" not in row:
        return None
    return TemplateOccasion(row["occasion"])


def _find_replaces_faults(parts: EarlierParts) -> Iterator[str]:
    """Yield each name that a prompt cannot replace: one still asked, or replaced twice."""
    replacements: dict[str, str] = {}
    for place, row in parts.prompts.items():
        for name in filter(is_prompt_name, row.get("replaces", ())):
            if name in parts.prompts:
                yield f"{place}: replaces: “{name[:40]}” is still asked in this template"
            elif name in replacements:
                yield f"{place}: replaces: “{name[:40]}” is in {replacements[name]} already"
            replacements.setdefault(name, place)


def _find_slot_stage_faults(audience: str | None, stages: list[Stage]) -> Iterator[str]:
    """Yield what is wrong with the stages that come once for each presenter."""
    numbers = [number for number, stage in enumerate(stages) if stage.each]
    if not numbers:
        return
    first, last = numbers[0], numbers[-1]
    if audience != TemplateAudience.GROUP:
        yield f"stage “{stages[first].id}”: each: only a template for a group has slots"
    if last - first >= len(numbers):
        yield f"stage “{stages[last].id}”: each: the stages of a slot must follow one another"
    yield from _find_slot_reference_faults(stages)


def _find_slot_reference_faults(stages: list[Stage]) -> Iterator[str]:
    """Yield each prompt outside the slots that refers to an answer inside them."""
    slot_prompts = index_prompts(stage for stage in stages if stage.each)
    for place, prompt in index_prompts(stages).items():
        if place in slot_prompts:
            continue
        for key, source in prompt.references.items():
            if source in slot_prompts:
                yield (
                    f"{place}: {key}: “{source}” is answered once in each slot, "
                    "so nothing outside the slots can depend on it"
                )


def _find_promises_prompt_faults(
    audience: str | None, stages: list[Stage]
) -> Iterator[str]:
    """Yield each prompt that would show the owner's promises to somebody else."""
    if audience in (None, TemplateAudience.SOLO):
        return
    for place, prompt in index_prompts(stages).items():
        if prompt.kind is PromptKind.PROMISES:
            yield (
                f"{place}: kind: your own promises are for your eyes only, "
                f"so the kind “promises” needs the audience {TemplateAudience.SOLO}"
            )


def _validate_table_keys(
    table: dict[str, Any], fields: dict[str, FieldSpec], place: str, faults: list[str]
) -> dict[str, Any]:
    """Return the keys of a table that are right; note a fault for each that is wrong or missing."""
    lead = _build_place_lead(place)
    row: dict[str, Any] = {}
    for name, value in table.items():
        fault = _find_key_fault(name, value, fields)
        if fault:
            faults.append(lead + fault)
            continue
        row[name] = _clean_table_value(value)
    for name, spec in fields.items():
        if spec.required and name not in table:
            faults.append(f"{lead}{name} is missing: {spec.expected}")
    return row


def _find_key_fault(name: str, value: Any, fields: dict[str, FieldSpec]) -> str | None:
    spec = fields.get(name)
    if spec is None:
        nearest = find_nearest_words(name, list(fields))
        hint = (
            f"did you mean {nearest[0]}?"
            if nearest
            else f"choose from {', '.join(fields)}"
        )
        return f"unknown key “{clean_text(name)[:40]}”; {hint}"
    if isinstance(value, str):
        if not clean_text(value).strip():
            return f"{name} is empty; it must be {spec.expected}"
        if len(value) > MAX_TEXT_LENGTH:
            return f"{name} is too long: {len(value)} characters (the limit is {MAX_TEXT_LENGTH})"
    if not _fits_field(value, spec):
        return f"{name}: {quote_answer_value(value)} must be {spec.expected}"
    return None


def _clean_table_value(value: Any) -> Any:
    """Return a value with its texts cleaned, those in a list or a table too."""
    # The tables in a list are stages or prompts, which are cleaned when their turn comes.
    if isinstance(value, list):
        return [_clean_table_text(item) for item in value]
    if isinstance(value, dict):
        return {name: _clean_table_value(item) for name, item in value.items()}
    return _clean_table_text(value)


def _clean_table_text(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return clean_text(value).strip()


def _fits_field(value: Any, spec: FieldSpec) -> bool:
    if not isinstance(value, spec.type):
        return False
    # True is an int to Python, not to the author of a template.
    if spec.type is int:
        return not isinstance(value, bool)
    if spec.type is bool:
        return True
    if spec.choices:
        return value in spec.choices
    return bool(value)


def _validate_table_list(
    rows: Any, name: str, place: str, faults: list[str]
) -> list[dict[str, Any]]:
    """Return the tables called `name` in a list, and add a fault if it holds anything else."""
    # A missing list, or what is not a list, is a fault of the table above it already.
    if not isinstance(rows, list):
        return []
    tables = [row for row in rows if isinstance(row, dict)]
    if len(tables) < len(rows):
        faults.append(f"{place}: must be written as [[{name}]] tables")
    return tables


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
        faults.append(f"{place}: the id “{id}” is used twice in this template")
    used_ids.add(id)
    return id
