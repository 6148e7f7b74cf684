"""What can be wrong with a prompt beyond its individual keys."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from coachlog.model.answers import PromptKind
from coachlog.model.templates import PromptCondition
from coachlog.templates.answer_readers import is_number, quote_answer_value
from coachlog.templates.fields import (
    ANSWER_NAME_PATTERN,
    CONDITION_TESTS,
    ID_PATTERN,
    ID_RULE,
    MAX_SCALE_END,
    PROMPT_FIELDS,
    PROMPT_NAME_PATTERN,
)
from coachlog.templates.kinds import KIND_ROWS
from coachlog.text import clean_text, cut_line, find_nearest_words, fold_text

PromptRow = dict[str, Any]
"""The keys of a prompt that are right by themselves."""

# An earlier prompt with a faulty kind counts as any kind, so that each fault is shown once.
_UNKNOWN_KIND = "?"
_KINDS_WITH_LINES = [row.kind for row in KIND_ROWS.values() if row.has_lines]
_NUMERIC_KINDS = [row.kind for row in KIND_ROWS.values() if row.is_numeric]


@dataclass
class EarlierParts:
    """What came before in the file, for whatever refers back to it.

    `prompts` holds the keys of each prompt by its name, `goal.result`.
    """

    stage_ids: set[str] = field(default_factory=set)
    prompt_ids: set[str] = field(default_factory=set)
    prompts: dict[str, PromptRow] = field(default_factory=dict)

    def has_kind(self, kind: str) -> bool:
        """Return whether an earlier prompt is of this kind."""
        return any(row.get("kind") == kind for row in self.prompts.values())

    def get_kind(self, name: str) -> str | None:
        """Return the kind of an earlier prompt, `?` for one at fault; None if there is none."""
        if name not in self.prompts:
            return None
        return str(self.prompts[name].get("kind", _UNKNOWN_KIND))


def parse_condition_table(table: dict[str, Any]) -> PromptCondition | None:
    """Return the condition that a `when` holds; None unless it names a prompt and one test."""
    tests = [name for name in CONDITION_TESTS if name in table]
    if len(tests) != 1 or "prompt" not in table:
        return None
    test = tests[0]
    return PromptCondition(table["prompt"], test, table[test])


def find_prompt_faults(
    row: PromptRow, kind: PromptKind, earlier: EarlierParts
) -> Iterator[str]:
    """Yield the faults that depend on the kind of a prompt, or on the prompts before it."""
    kind_row = KIND_ROWS[kind]
    yield from _find_kind_faults(row, kind, earlier)
    if "low" in kind_row.fields:
        yield from _find_scale_faults(row)
    yield from _find_named_id_faults(row)
    if "options" in kind_row.fields:
        yield from _find_option_faults(row, kind)
        yield from _find_option_source_faults(row, earlier)
    if "when" in row:
        yield from _find_condition_faults(row["when"], earlier)
    if not all(map(is_prompt_name, row.get("replaces", ()))):
        yield f"replaces: must be {PROMPT_FIELDS['replaces'].expected}"
    if "offers" in row:
        yield from _find_offer_faults(row, earlier)
    if "quotes" in row and not ANSWER_NAME_PATTERN.fullmatch(row["quotes"]):
        name = clean_text(row["quotes"])[:60]
        yield f"quotes: “{name}” must be {PROMPT_FIELDS['quotes'].expected}"


def is_prompt_name(value: object) -> bool:
    """Return whether a value is written as the name of a prompt, `goal.result`."""
    return isinstance(value, str) and bool(PROMPT_NAME_PATTERN.fullmatch(value))


def _find_named_id_faults(row: PromptRow) -> Iterator[str]:
    for name in ("measure", "standard"):
        if name in row and not ID_PATTERN.fullmatch(row[name]):
            yield f"{name}: “{clean_text(row[name])[:40]}” must be {ID_RULE}"


def _find_kind_faults(
    row: PromptRow, kind: PromptKind, earlier: EarlierParts
) -> Iterator[str]:
    once_reason = KIND_ROWS[kind].once_reason
    if once_reason and earlier.has_kind(kind):
        yield f"kind: one prompt of kind {kind} is enough; {once_reason}"
    if kind is PromptKind.PROMISES and row.get("required"):
        yield "required: there may be nothing to correct; leave it out"
    for name, spec in PROMPT_FIELDS.items():
        if name in row and not spec.allows_kind(kind):
            yield f"{name}: is for {' and '.join(spec.kinds)} only; this prompt is of kind {kind}"


def _find_scale_faults(row: PromptRow) -> Iterator[str]:
    low = row.get("low", 1)
    high = row.get("high", 10)
    if low >= high:
        yield f"low: {cut_line(str(low), 40)} must be below high, {cut_line(str(high), 40)}"
    if max(abs(low), abs(high)) > MAX_SCALE_END:
        yield f"high: the ends of a scale must be from {-MAX_SCALE_END} to {MAX_SCALE_END}"


def _find_option_faults(row: PromptRow, kind: PromptKind) -> Iterator[str]:
    if ("options" in row) == ("options_from" in row):
        yield f"options: a {kind} needs either options or options_from"
    if "options" not in row:
        return
    options = row["options"]
    if not all(isinstance(option, str) and option.strip() for option in options):
        yield f"options: must be {PROMPT_FIELDS['options'].expected}"
        return
    different_options = set(map(fold_text, options))
    if len(different_options) < max(2, len(options)):
        yield "options: give two or more, all different"


def _find_option_source_faults(row: PromptRow, earlier: EarlierParts) -> Iterator[str]:
    """Yield what is wrong with taking the options from the lines of an earlier answer."""
    source = row.get("options_from")
    if source is None:
        return
    if earlier.get_kind(source) not in (*_KINDS_WITH_LINES, _UNKNOWN_KIND):
        hint = _suggest_earlier_prompt(source, earlier)
        yield f"options_from: “{source[:40]}” is not an earlier prompt of kind text; {hint}"
    # Its options repeat the earlier answer, so it must be as private as that.
    if _is_private(earlier.prompts.get(source, {})) and not _is_private(row):
        yield f"options_from: “{source}” is private, so this prompt must be private as well"


def _find_offer_faults(row: PromptRow, earlier: EarlierParts) -> Iterator[str]:
    """Yield what is wrong with offering an earlier answer as the first promise."""
    source = row["offers"]
    if earlier.get_kind(source) not in (PromptKind.LINE, _UNKNOWN_KIND):
        hint = _suggest_earlier_prompt(source, earlier)
        yield f"offers: “{source[:40]}” is not an earlier prompt of kind line; {hint}"
    # A promise is not private by itself.
    if _is_private(earlier.prompts.get(source, {})) and not _is_private(row):
        yield f"offers: “{source}” is private, so this prompt must be private as well"


def _is_private(row: PromptRow) -> bool:
    return bool(row.get("private") or row.get("health"))


def _find_condition_faults(
    table: dict[str, Any], earlier: EarlierParts
) -> Iterator[str]:
    expected = PROMPT_FIELDS["when"].expected
    for key in table:
        if key != "prompt" and key not in CONDITION_TESTS:
            yield f"when: unknown key “{clean_text(key)[:40]}”; write {expected}"
    condition = parse_condition_table(table)
    if condition is None:
        yield f"when: write {expected}"
        return
    name = clean_text(str(condition.prompt))
    kind = earlier.get_kind(name)
    if kind is None:
        hint = _suggest_earlier_prompt(name, earlier)
        yield f"when: “{name[:40]}” is not an earlier prompt; {hint}"
    if condition.test == "answered":
        if not isinstance(condition.value, bool):
            yield "when: answered must be true or false"
    elif condition.test == "is":
        yield from _find_equality_faults(condition, kind, earlier.prompts.get(name, {}))
    else:
        yield from _find_comparison_faults(condition, kind)


def _find_comparison_faults(
    condition: PromptCondition, kind: str | None
) -> Iterator[str]:
    """Yield what is wrong with `below` or `above`; the kind is that of the earlier prompt."""
    if not is_number(condition.value):
        yield f"when: {condition.test} must be a number"
    if kind not in (None, _UNKNOWN_KIND, *_NUMERIC_KINDS):
        numeric = " or a ".join(_NUMERIC_KINDS)
        yield f"when: {condition.test} needs a {numeric}; “{condition.prompt}” is a {kind}"


def _find_equality_faults(
    condition: PromptCondition, kind: str | None, row: PromptRow
) -> Iterator[str]:
    """Yield what is wrong with `is`; the kind and the keys are those of the earlier prompt."""
    if kind in (None, _UNKNOWN_KIND):
        return
    if not KIND_ROWS[PromptKind(kind)].fits(condition.value, row):
        value = quote_answer_value(condition.value)
        yield f"when: is: {value} is not an answer that {condition.prompt} can have"


def _suggest_earlier_prompt(name: str, earlier: EarlierParts) -> str:
    nearest = find_nearest_words(name, list(earlier.prompts))
    if nearest:
        return f"did you mean “{nearest[0]}”?"
    return "write it as 'stage.prompt'"
