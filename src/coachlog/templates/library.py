"""Finds templates: the built-in ones and the owner's own."""

from pathlib import Path

from coachlog.errors import FaultyTemplate, NotFound
from coachlog.model.templates import Audience, Template
from coachlog.templates.parsing import parse
from coachlog.text import clean, nearest


def builtin_folder() -> Path:
    """Return the folder of the shipped templates: in the package, or in the source tree."""
    package = Path(__file__).parents[1]
    inside = package / "prompts"
    return inside if inside.is_dir() else package.parents[1] / "prompts"


def available(own: Path) -> list[Template]:
    """Return every template, those of the folder `own` in place of built-in ones of the same id.

    Sorted by audience, then minutes. `FaultyTemplate` if one of them cannot be read.
    """
    found = {path.stem: load(path, builtin=True) for path in files(builtin_folder())}
    for path in files(own):
        found[path.stem] = load(path, builtin=False, shadows=path.stem in found)
    order = list(Audience)
    return sorted(found.values(), key=lambda t: (order.index(t.audience), t.minutes, t.id))


def find(wanted: str, own: Path) -> Template:
    """Return the template with this id; the owner's own comes before a built-in one.

    `NotFound` names the nearest ids; `FaultyTemplate` if the file cannot be read.
    """
    shipped = {path.stem: path for path in files(builtin_folder())}
    mine = {path.stem.casefold(): path for path in files(own)}
    wanted = wanted.casefold()
    if wanted in mine:
        return load(mine[wanted], builtin=False, shadows=wanted in shipped)
    if wanted in shipped:
        return load(shipped[wanted], builtin=True)
    known = sorted(shipped | mine)
    near = nearest(wanted, known)
    raise NotFound(
        f"There is no template “{clean(wanted)[:40]}”.",
        f"Did you mean {' or '.join(near)}?" if near else "`coachlog template list` shows them.",
    )


def ids(own: Path) -> list[str]:
    """Return the ids of all templates, sorted, without reading any."""
    return sorted({path.stem for folder in (builtin_folder(), own) for path in files(folder)})


def files(folder: Path) -> list[Path]:
    """Return the templates of a folder; what editors and systems hide there is none."""
    found = folder.glob("*.toml") if folder.is_dir() else []
    return sorted(path for path in found if not path.name.startswith("."))


def load(path: Path, *, builtin: bool, shadows: bool = False) -> Template:
    """Return the template in a file. `FaultyTemplate` lists all that is wrong with it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FaultyTemplate(str(path), [f"it cannot be read ({error.strerror})"]) from error
    return parse(data, path.stem, name=str(path), builtin=builtin, shadows=shadows)
