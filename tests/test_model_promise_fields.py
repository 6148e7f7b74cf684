"""A field of a promise is one row, beside the model, the table and its migration."""

import re
from pathlib import Path

import pytest

from coachlog.model.actions import Action, Promise
from coachlog.model.promise_fields import PROMISE_FIELDS, PROMISE_WORDS
from source_copies import PROMPTS, coachlog_in, copy_into, put, python

ROW = """\
    PromiseField(
        "proof",
        PromptKind.LINE,
        "What will prove it?",
        label="proof",
        page_label="proof",
        heading="Proof",
    ),
"""
FILE = """
person = "Priya Shah"
relationship = "report"
me = "Tom Reed"
template = "quick"
held_on = 2026-11-20

[[actions]]
what = "Send the agenda"
owner = "them"
proof = "It is in the inbox"
"""


def after_if_then(file: Path, line: str) -> None:
    """Put a field after each `if_then` of a file."""
    text = file.read_text(encoding="utf-8")
    changed, count = re.subn(
        r"^    if_then: .*\n", rf"\g<0>    {line}\n", text, flags=re.MULTILINE
    )
    assert count
    file.write_text(changed, encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the source in which a promise can hold one thing more.

    Four files say so, and one is made from its tables.
    """
    package = copy_into(tmp_path_factory.mktemp("copy"))
    put(
        package / "model/promise_fields.py",
        '    PromiseField(\n        "confidence"',
        ROW,
    )
    after_if_then(package / "model/actions.py", "proof: str | None = None")
    after_if_then(package / "store/tables/action_rows.py", "proof: str | None = None")
    last = max(
        int(step.name[:4]) for step in (package / "store/migrations").glob("*.sql")
    )
    step = package / f"store/migrations/{last + 1:04}_proof.sql"
    step.write_text("ALTER TABLE action ADD COLUMN proof TEXT;\n", encoding="utf-8")
    python(package, str(PROMPTS.parent / "docs/compiled_rows.py"))
    return package


def test_a_field_is_taken_from_a_file_kept_and_shown(copy: Path) -> None:
    file = copy.parents[1] / "talk.toml"
    file.write_text(FILE, encoding="utf-8")
    coachlog_in(copy, "session", "new", "--answers", str(file))
    assert "  proof  It is in the inbox\n" in coachlog_in(copy, "action", "show", "1")
    assert '"proof": "It is in the inbox"' in coachlog_in(
        copy, "action", "show", "1", "--json"
    )
    plan = coachlog_in(copy, "plan", "export", "priya")
    assert "## Proof\n\n- It is in the inbox (promise 1)\n" in plan


def test_a_field_is_taken_from_a_form(copy: Path) -> None:
    blank = coachlog_in(copy, "template", "form", "what3")
    assert blank.count("\n-\n") == 1
    form = copy.parents[1] / "form.md"
    form.write_text(
        blank.replace("\n-\n", "\n- Send it\n  proof: A copy\n"), encoding="utf-8"
    )
    coachlog_in(copy, "session", "new", "--form", str(form))
    assert '"proof": "A copy"' in coachlog_in(copy, "action", "list", "--json")


def test_the_table_has_every_field_of_a_promise() -> None:
    assert list(PROMISE_FIELDS) == list(Promise._fields)
    assert set(PROMISE_FIELDS) <= set(Action._fields)


def test_the_fields_with_words_are_known() -> None:
    assert PROMISE_WORDS == ("what", "done_when", "support", "if_then")
