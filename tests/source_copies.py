"""A copy of the source, in which a test tries out what a change of the house would be."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import coachlog

SOURCE = Path(coachlog.__file__).parent
PROMPTS = SOURCE.parents[1] / "prompts"


def copy_into(folder: Path) -> Path:
    """Return the package `coachlog` as it was copied into a folder, with its templates."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PROMPTS, folder / "prompts")
    return Path(shutil.copytree(SOURCE, folder / "src/coachlog", ignore=ignored))


def put(file: Path, before: str, lines: str) -> None:
    """Put lines into a file, before the one place where these words stand."""
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, (
        f"{before!r} stands {text.count(before)} times in {file.name}"
    )
    file.write_text(text.replace(before, lines + before), encoding="utf-8")


def python(package: Path, *args: str) -> str:
    """Return what Python prints, with this copy in place of the source."""
    environment = {
        "PYTHONPATH": str(package.parent),
        "COACHLOG_HOME": str(package.parents[1] / "home"),
        "PATH": os.environ["PATH"],
        "COLUMNS": "100",
    }
    done = subprocess.run(
        [sys.executable, *args],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def coachlog_in(package: Path, *args: str) -> str:
    """Return what a command prints, run in this copy."""
    return python(package, "-m", "coachlog", *args)
