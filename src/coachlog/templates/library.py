"""Finds templates: the built-in ones and the owner's own."""

from pathlib import Path

from coachlog.errors import FaultyTemplate, NotFound
from coachlog.model.templates import Template, TemplateAudience
from coachlog.templates.parsing import parse_template
from coachlog.text import clean_text, find_nearest_words


def find_builtin_folder() -> Path:
    """Return the folder of the built-in templates: in the package, or in the source tree."""
    package = Path(__file__).parents[1]
    packaged_folder = package / "prompts"
    if packaged_folder.is_dir():
        return packaged_folder
    return package.parents[1] / "prompts"


def list_available_templates(own_folder: Path) -> list[Template]:
    """Return every template, by audience and then by minutes.

    One of the owner's own replaces a built-in one of the same id. Raises FaultyTemplate if one of
    them cannot be read.
    """
    templates = {}
    for path in list_template_files(find_builtin_folder()):
        templates[path.stem] = read_template_file(path, builtin=True)
    for path in list_template_files(own_folder):
        shadows = path.stem in templates
        templates[path.stem] = read_template_file(path, builtin=False, shadows=shadows)
    return sorted(templates.values(), key=_rank_template)


def _rank_template(template: Template) -> tuple[int, int, str]:
    return (
        list(TemplateAudience).index(template.audience),
        template.minutes,
        template.id,
    )


def find_template(name: str, own_folder: Path) -> Template:
    """Return the template with this id, in any case; the owner's own comes before a built-in one.

    Raises NotFound, which names the nearest ids, or FaultyTemplate if the file cannot be read.
    """
    builtin_paths = {
        path.stem: path for path in list_template_files(find_builtin_folder())
    }
    own_paths = {path.stem.casefold(): path for path in list_template_files(own_folder)}
    name = name.casefold()
    if name in own_paths:
        return read_template_file(
            own_paths[name], builtin=False, shadows=name in builtin_paths
        )
    if name in builtin_paths:
        return read_template_file(builtin_paths[name], builtin=True)
    nearest = find_nearest_words(name, sorted(builtin_paths | own_paths))
    hint = "`coachlog template list` shows them all."
    if nearest:
        hint = f"Did you mean {' or '.join(nearest)}?"
    raise NotFound(f"There is no template called “{clean_text(name)[:40]}”.", hint)


def list_template_ids(own_folder: Path) -> list[str]:
    """Return the ids of all templates, sorted, without reading any of them."""
    paths = [
        *list_template_files(find_builtin_folder()),
        *list_template_files(own_folder),
    ]
    return sorted({path.stem for path in paths})


def list_template_files(folder: Path) -> list[Path]:
    """Return the template files of a folder, sorted; none if there is no such folder."""
    if not folder.is_dir():
        return []
    # Editors and systems keep hidden files beside a template, which this pattern leaves out.
    return sorted(folder.glob("[!.]*.toml"))


def read_template_file(path: Path, *, builtin: bool, shadows: bool = False) -> Template:
    """Return the template in a file. Raises FaultyTemplate, which lists all that is wrong."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FaultyTemplate(
            str(path), [f"it cannot be read ({error.strerror})"]
        ) from error
    return parse_template(
        data, path.stem, name=str(path), builtin=builtin, shadows=shadows
    )
