"""The pictures of the README are of this coachlog, and open without a network."""

import re
import shutil
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "docs"))
import pictures  # noqa: E402

NAMES = (*pictures.PICTURES, *pictures.PAGE_PICTURES)


@pytest.fixture(scope="module")
def drawn(year: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return pictures.drawn(
        shutil.copytree(year, tmp_path_factory.mktemp("drawn") / "demo")
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_shows_what_the_command_prints_today(
    name: str, drawn: dict[str, str]
) -> None:
    """Words only: another version of Rich may draw them elsewhere by a hair."""
    kept = (pictures.FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert pictures.words(kept) == pictures.words(drawn[name]), (
        "python docs/pictures.py"
    )


def test_no_other_picture_lies_there() -> None:
    assert {path.stem for path in pictures.FOLDER.iterdir()} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_needs_no_network(name: str) -> None:
    kept = (pictures.FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert ElementTree.fromstring(kept).tag == "{http://www.w3.org/2000/svg}svg"
    rest = re.sub(r"http://www.w3.org/(2000/svg|1999/xhtml)", "", kept)
    assert [
        word for word in ("http", "@import", "@font-face", "url(//") if word in rest
    ] == []
