"""Screens, helps, errors and docs keep to the vocabulary in CONTRIBUTING.md."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TABLE = re.search(
    r"^## Vocabulary\n.*?^(\| say .*?)\n\n",
    (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)
assert TABLE is not None
PHRASES = re.findall(
    r"“(.*?)”", "\n".join(row.split("|")[2] for row in TABLE[1].splitlines())
)
PATTERNS = (
    *("src/**/*.py", "src/**/*.toml", "src/**/*.html", "src/**/*.js", "prompts/*.toml"),
    *("examples/*.toml", "docs/*.md", "README.md", "CHANGELOG.md", "SECURITY.md"),
)
PAGES = [
    path
    for pattern in PATTERNS
    for path in sorted(ROOT.glob(pattern))
    # It quotes what earlier versions wrote into forms.
    if path.name != "former_wording.py"
]


def one_line(text: str) -> str:
    """Return a text with its lines joined, and strings that Python joins as one."""
    return re.sub(r'"\s*\n\s*f?"|\s+', lambda gap: "" if '"' in gap[0] else " ", text)


def test_there_is_a_vocabulary() -> None:
    assert len(PHRASES) > 20
    assert "told wrongly" in PHRASES


@pytest.mark.parametrize("phrase", PHRASES)
def test_nobody_says(phrase: str) -> None:
    """Each phrase is one that a native reader stumbled over; the table says what to write."""
    pattern = re.compile(re.escape(phrase), re.IGNORECASE)
    pages = {path: one_line(path.read_text(encoding="utf-8")) for path in PAGES}
    assert [
        path.relative_to(ROOT).as_posix()
        for path, text in pages.items()
        if pattern.search(text)
    ] == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            '"Nobody is "\n    "called so."',
            '"Nobody is called so."',
            id="joined-strings",
        ),
        pytest.param(
            '"told "\n    f"wrongly"', '"told wrongly"', id="a-string-and-an-f-string"
        ),
        pytest.param("told\n  wrongly", "told wrongly", id="a-wrapped-paragraph"),
    ],
)
def test_a_phrase_is_found_across_lines(source: str, expected: str) -> None:
    assert one_line(source) == expected
