"""Finds templates: the built-in ones and the owner's own."""

from pathlib import Path

from coachlog.errors import FaultyTemplate, NotFound
from coachlog.model.templates import Template, TemplateAudience
from coachlog.templates.parsing import parse_template
from coachlog.text import clean_text, find_nearest_words


def find_builtin_folder() -> Path:
    """Return the folder of the shipped templates: in the package, or in the source tree."""
    package = Path(__file__).parents[1]
    inside = package / "prompts"
    return inside if inside.is_dir() else package.parents[1] / "prompts"


def list_available_templates(own_folder: Path) -> list[Template]:
    """Return every template, those of the folder `own` in place of built-in ones of the same id.

    Sorted by audience, then minutes. `FaultyTemplate` if one of them cannot be read.
    """
    found = {
        path.stem: read_template_file(path, builtin=True)
        for path in list_template_files(find_builtin_folder())
    }
    for path in list_template_files(own_folder):
        found[path.stem] = read_template_file(path, builtin=False, shadows=path.stem in found)
    order = list(TemplateAudience)
    return sorted(found.values(), key=lambda t: (order.index(t.audience), t.minutes, t.id))


def find_template(name: str, own_folder: Path) -> Template:
    """Return the template with this id; the owner's own comes before a built-in one.

    `NotFound` names the nearest ids; `FaultyTemplate` if the file cannot be read.
    """
    shipped = {path.stem: path for path in list_template_files(find_builtin_folder())}
    mine = {path.stem.casefold(): path for path in list_template_files(own_folder)}
    name = name.casefold()
    if name in mine:
        return read_template_file(mine[name], builtin=False, shadows=name in shipped)
    if name in shipped:
        return read_template_file(shipped[name], builtin=True)
    known = sorted(shipped | mine)
    near = find_nearest_words(name, known)
    raise NotFound(
        f"There is no template “{clean_text(name)[:40]}”.",
        f"Did you mean {' or '.join(near)}?" if near else "`coachlog template list` shows them.",
    )


def list_template_ids(own_folder: Path) -> list[str]:
    """Return the ids of all templates, sorted, without reading any."""
    return sorted(
        {
            path.stem
            for folder in (find_builtin_folder(), own_folder)
            for path in list_template_files(folder)
        }
    )


def list_template_files(folder: Path) -> list[Path]:
    """Return the templates of a folder; what editors and systems hide there is none."""
    found = folder.glob("*.toml") if folder.is_dir() else []
    return sorted(path for path in found if not path.name.startswith("."))


def read_template_file(path: Path, *, builtin: bool, shadows: bool = False) -> Template:
    """Return the template in a file. `FaultyTemplate` lists all that is wrong with it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FaultyTemplate(str(path), [f"it cannot be read ({error.strerror})"]) from error
    return parse_template(data, path.stem, name=str(path), builtin=builtin, shadows=shadows)
