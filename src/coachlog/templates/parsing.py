"""Reads a template file strictly: every fault is found, with its key and what would be right."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from coachlog import toml
from coachlog.errors import FaultyTemplate
from coachlog.model import Kind
from coachlog.model.templates import Audience, Prompt, Stage, Template, When, prompts_of
from coachlog.templates.answer_readers import is_number
from coachlog.templates.fields import (
    ID,
    IDENTIFIER,
    MAX_END,
    MAX_FAULTS,
    MAX_PROMPTS,
    MAX_TEXT,
    MINUTES,
    PROMPT_FIELDS,
    STAGE_FIELDS,
    TEMPLATE_FIELDS,
    TESTS,
    Field,
)
from coachlog.templates.kinds import KINDS
from coachlog.text import MAX_BYTES, clean, cut, fold, nearest, size

UNKNOWN = "?"  # the kind of a prompt whose own kind is at fault, so that one fault is told once


def parse(
    data: bytes, id: str, *, name: str, builtin: bool = False, shadows: bool = False
) -> Template:
    """Return the template that a file's bytes hold; `name` is what errors call the file.

    `FaultyTemplate` lists every fault, each with its key, what is wrong and what would be right.
    """
    faults = _Faults()
    template = None
    with suppress(_Enough):
        template = _read(data, id, faults)
    if template is None:
        raise FaultyTemplate(clean(name), faults)
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    return Template(**template, builtin=builtin, shadows=shadows, text=text)


class _Enough(Exception):
    """There are more faults than anyone would read."""


class _Faults(list[str]):
    """Faults found so far; after `MAX_FAULTS` the reading stops, with `_Enough`."""

    def append(self, fault: str) -> None:
        if len(self) >= MAX_FAULTS:
            super().append("there are more; mend these first")
            raise _Enough
        super().append(fault)

    def extend(self, faults: Iterable[str]) -> None:
        for fault in faults:
            self.append(fault)


def _read(data: bytes, id: str, faults: list[str]) -> dict[str, Any] | None:
    if not IDENTIFIER.fullmatch(id):
        faults.append(f"the file's name “{clean(id)[:40]}” is the id: use {ID}")
    table = _table_of(data, faults)
    return None if faults else _template(table, id, faults)


def _table_of(data: bytes, faults: list[str]) -> dict[str, Any]:
    if len(data) > MAX_BYTES:
        faults.append(f"it is larger than {MAX_BYTES // 1024} KiB")
        return {}
    try:
        return toml.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        faults.append("it is not UTF-8 text")
    except ValueError as error:
        faults.append(f"it is not valid TOML: {clean(str(error))}")
    return {}


def _template(table: dict[str, Any], id: str, faults: list[str]) -> dict[str, Any] | None:
    top = _checked(table, TEMPLATE_FIELDS, "", faults)
    _minutes_fit(top, "", faults)
    count = sum(map(_prompt_count, top.get("stage", ())))
    if count > MAX_PROMPTS:
        faults.append(f"stage: {count} prompts; at most {MAX_PROMPTS} in a template")
        return None
    seen = _Seen()
    stages = []
    for number, stage in enumerate(_tables(top.get("stage"), "stage", faults), start=1):
        if found := _stage(stage, f"stage {number}", seen, faults):
            stages.append(found)
    faults.extend(_slot_misfits(top, stages))
    faults.extend(_promises_misfits(top, stages))
    if faults:
        return None
    top |= {"id": id, "audience": Audience(top["audience"]), "stages": tuple(stages)}
    del top["stage"]
    return {"source": None} | top


def _minutes_fit(row: dict[str, Any], where: str, faults: list[str]) -> None:
    if not MINUTES[0] <= row.get("minutes", 1) <= MINUTES[1]:
        lead, shown = f"{where}: " if where else "", cut(str(row["minutes"]), 40)
        faults.append(f"{lead}minutes: {shown} is not {TEMPLATE_FIELDS['minutes'].expected}")


def _prompt_count(stage: Any) -> int:
    prompts = stage.get("prompt") if isinstance(stage, dict) else None
    return len(prompts) if isinstance(prompts, list) else 0


@dataclass
class _Seen:
    """What came before in the file, for what refers back to it."""

    stages: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    prompts: dict[str, str] = field(default_factory=dict)
    private: set[str] = field(default_factory=set)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)


def _stage(table: dict[str, Any], where: str, seen: _Seen, faults: list[str]) -> Stage | None:
    row = _checked(table, STAGE_FIELDS, where, faults)
    id = _identified(row, where, seen.stages, faults)
    where = f"stage “{id}”" if id else where
    prompts = []
    for number, prompt in enumerate(_tables(row.get("prompt"), f"{where}, prompt", faults), 1):
        before = len(faults)
        found = _prompt(prompt, f"{where}, prompt {number}", id or "?", seen, faults)
        if found and len(faults) == before:
            prompts.append(found)
    if not id or "title" not in row:
        return None
    _minutes_fit(row, where, faults)
    return Stage(
        *(id, row["title"], row.get("guidance"), tuple(prompts)),
        row.get("each"),
        row.get("minutes"),
    )


def _slot_misfits(top: dict[str, Any], stages: list[Stage]) -> Iterator[str]:
    """Yield what is wrong with stages that come once for each who presents."""
    numbers = [number for number, stage in enumerate(stages) if stage.each]
    if not numbers:
        return
    if top.get("audience") != Audience.GROUP:
        yield f"stage “{stages[numbers[0]].id}”: each: only a template for a group has slots"
    if numbers[-1] - numbers[0] >= len(numbers):
        yield f"stage “{stages[numbers[-1]].id}”: each: the stages of a slot must stand together"
    inside = prompts_of(stage for stage in stages if stage.each)
    outside = prompts_of(stage for stage in stages if not stage.each)
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


def _promises_misfits(top: dict[str, Any], stages: list[Stage]) -> Iterator[str]:
    """Yield each prompt that would show the owner's promises to somebody else."""
    if top.get("audience") in (None, Audience.SOLO):
        return
    for where, prompt in prompts_of(stages).items():
        if prompt.kind is Kind.PROMISES:
            yield (
                f"{where}: kind: your own promises are looked at alone; "
                f"promises is for the audience {Audience.SOLO} only"
            )


def _prompt(
    table: dict[str, Any], where: str, stage: str, seen: _Seen, faults: list[str]
) -> Prompt | None:
    row = _checked(table, PROMPT_FIELDS, where, faults)
    id = _identified(row, where, seen.names, faults)
    where = f"{stage}.{id}" if id else where
    kind = row.get("kind")
    if kind is not None:
        faults.extend(f"{where}: {fault}" for fault in _misfits(row, kind, seen))
    seen.prompts[f"{stage}.{id}"] = kind or UNKNOWN
    seen.rows[f"{stage}.{id}"] = row
    if row.get("private") or row.get("health"):
        seen.private.add(f"{stage}.{id}")
    if id is None or kind is None or "ask" not in row:
        return None
    when = row.pop("when", None)
    row["options"] = tuple(row.get("options", ()))
    row["kind"] = Kind(kind)
    return Prompt(**row, when=_when(when) if when else None)


def _when(table: dict[str, Any]) -> When | None:
    tests = [name for name in TESTS if name in table]
    if len(tests) != 1 or "prompt" not in table:
        return None
    return When(table["prompt"], tests[0], table[tests[0]])


def _misfits(row: dict[str, Any], kind: str, seen: _Seen) -> Iterator[str]:
    """Yield what is wrong with keys that depend on the kind, or on earlier prompts."""
    known = KINDS[Kind(kind)]
    if known.once and kind in seen.prompts.values():
        yield f"kind: one prompt of kind {kind} is enough; {known.once}"
    if kind == Kind.PROMISES and row.get("required"):
        yield "required: nothing has to be wrong with your promises; leave it out"
    for name, only_for in ((name, known.kinds) for name, known in PROMPT_FIELDS.items()):
        if name in row and only_for and kind not in only_for:
            owners = " and ".join(only_for)
            yield f"{name}: is for {owners} only; this prompt is of kind {kind}"
    if "low" in known.fields:
        low, high = row.get("low", 1), row.get("high", 10)
        if low >= high:
            yield f"low: {cut(str(low), 40)} must be below high, {cut(str(high), 40)}"
        if max(abs(low), abs(high)) > MAX_END:
            yield f"high: the ends of a scale are from {-MAX_END} to {MAX_END}"
    if "measure" in row and not IDENTIFIER.fullmatch(row["measure"]):
        yield f"measure: “{clean(row['measure'])[:40]}” must be {ID}"
    yield from _option_misfits(row, kind, seen)
    if "when" in row:
        yield from _when_misfits(row["when"], seen)


def _option_misfits(row: dict[str, Any], kind: str, seen: _Seen) -> Iterator[str]:
    if "options" not in KINDS[Kind(kind)].fields:
        return
    if ("options" in row) == ("options_from" in row):
        yield f"options: a {kind} needs either options or options_from"
    options = row.get("options")
    if options is not None:
        if not all(isinstance(o, str) and o.strip() for o in options):
            yield f"options: must be {PROMPT_FIELDS['options'].expected}"
        elif len(options) < 2 or len(set(map(fold, options))) < len(options):
            yield "options: give two or more, all different"
    source = row.get("options_from")
    if source is None:
        return
    if seen.prompts.get(source) not in (*_WITH_LINES, UNKNOWN):
        yield f"options_from: “{source[:40]}” is not an earlier prompt of kind text" + _or(
            source, seen
        )
    if source in seen.private and not (row.get("private") or row.get("health")):
        yield f"options_from: “{source}” is private, so this prompt must be private as well"


def _when_misfits(when: dict[str, Any], seen: _Seen) -> Iterator[str]:
    expected = PROMPT_FIELDS["when"].expected
    for name in when:
        if name != "prompt" and name not in TESTS:
            yield f"when: unknown key “{clean(name)[:40]}”; write {expected}"
    found = _when(when)
    if found is None:
        yield f"when: write {expected}"
        return
    name = clean(found.prompt) if isinstance(found.prompt, str) else ""
    target = seen.prompts.get(name)
    if target is None:
        shown = clean(str(found.prompt))[:40]
        yield f"when: “{shown}” is not an earlier prompt" + _or(str(found.prompt), seen)
    yield from _value_misfits(found, target, seen.rows.get(name, {}))


def _value_misfits(found: When, target: str | None, row: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the value that a `when` compares with."""
    if found.test in ("below", "above"):
        if not is_number(found.value):
            yield f"when: {found.test} must be a number"
        if target is not None and target not in (*_NUMBERS, UNKNOWN):
            numbers = " or a ".join(_NUMBERS)
            yield f"when: {found.test} needs a {numbers}; “{found.prompt}” is a {target}"
    elif found.test == "answered":
        if not isinstance(found.value, bool):
            yield "when: answered must be true or false"
    elif target not in (None, UNKNOWN) and not KINDS[Kind(target)].fits(found.value, row):
        yield f"when: is: {_shown(found.value)} is no answer that {found.prompt} can have"


_WITH_LINES = [row.kind for row in KINDS.values() if row.lines]
_NUMBERS = [row.kind for row in KINDS.values() if row.number]


def _or(name: str, seen: _Seen) -> str:
    near = nearest(name, list(seen.prompts))
    return f"; did you mean “{near[0]}”?" if near else "; write it as 'stage.prompt'"


def _checked(
    table: dict[str, Any], fields: dict[str, Field], where: str, faults: list[str]
) -> dict[str, Any]:
    """Return the keys of the table that are right; a fault for each that is not or is missing."""
    lead = f"{where}: " if where else ""
    good: dict[str, Any] = {}
    for name, value in table.items():
        known = fields.get(name)
        if known is None:
            near = nearest(name, list(fields))
            hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(fields)}"
            faults.append(f"{lead}unknown key “{clean(name)[:40]}”{hint}")
        elif isinstance(value, str) and len(value) > MAX_TEXT:
            faults.append(f"{lead}{name}: {len(value)} characters; at most {MAX_TEXT} fit")
        elif not _fits(value, known):
            faults.append(f"{lead}{name}: {_shown(value)} must be {known.expected}")
        else:
            good[name] = _cleaned(value)
    for name, known in fields.items():
        if known.required and name not in table:
            faults.append(f"{lead}{name} is missing: {known.expected}")
    return good


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value).strip()
    if isinstance(value, list):
        return [_cleaned(one) if isinstance(one, str) else one for one in value]
    if isinstance(value, dict):
        return {name: _cleaned(one) for name, one in value.items()}
    return value


def _fits(value: Any, known: Field) -> bool:
    if known.type is int and isinstance(value, bool):
        return False
    if not isinstance(value, known.type):
        return False
    if isinstance(value, str):
        return value in known.choices if known.choices else bool(clean(value).strip())
    return bool(value) or known.type in (bool, int)


def _shown(value: Any) -> str:
    text = clean(value) if isinstance(value, str) else clean(repr(value))
    return f"“{text[:40]}”" if size(text) else "an empty text"


def _tables(rows: Any, where: str, faults: list[str]) -> list[dict[str, Any]]:
    if not isinstance(rows, list):
        return []
    wrong = [row for row in rows if not isinstance(row, dict)]
    if wrong:
        key = "stage.prompt" if where.endswith("prompt") else "stage"
        faults.append(f"{where}: must be written as [[{key}]] tables")
    return [row for row in rows if isinstance(row, dict)]


def _identified(row: dict[str, Any], where: str, seen: set[str], faults: list[str]) -> str | None:
    id: str | None = row.get("id")
    if id is None:
        return None
    if not IDENTIFIER.fullmatch(id):
        faults.append(f"{where}: id “{id[:40]}” must be {ID}")
        return None
    if id in seen:
        faults.append(f"{where}: the id “{id}” stands twice in the template")
    seen.add(id)
    return id
