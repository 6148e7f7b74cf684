"""Finds templates: the built-in ones and the owner's own.

A file of the owner's that cannot be used takes only itself out of use. Where a built-in template
has its id, that one stands in for it, and says so in `stands_in_for`.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from coachlog.errors import FaultyTemplate, NotFound
from coachlog.model.templates import (
    FaultyTemplateFile,
    Template,
    TemplateAudience,
    TemplateLibrary,
    TemplateOccasion,
)
from coachlog.templates.fields import ID_PATTERN
from coachlog.templates.parsing import parse_template, parse_template_head
from coachlog.text import (
    MAX_ANSWER_BYTES,
    clean_file_name,
    clean_line,
    clean_text,
    find_nearest_words,
    fold_text,
)


def find_builtin_folder() -> Path:
    """Return the folder of the built-in templates: in the package, or in the source tree."""
    package = Path(__file__).parents[1]
    packaged_folder = package / "prompts"
    if packaged_folder.is_dir():
        return packaged_folder
    return package.parents[1] / "prompts"


def list_available_templates(own_folder: Path) -> TemplateLibrary:
    """Return every template that can be used, and the owner's files that cannot.

    They are ordered by audience, by occasion, those without one last, and by minutes. One of the
    owner's own replaces a built-in one of the same id. Raises FaultyTemplate only if a
    built-in one cannot be read, as in a damaged installation.
    """
    return _combine_templates(_read_builtin_template, own_folder)


def list_template_heads(own_folder: Path) -> TemplateLibrary:
    """Return as `list_available_templates`, the built-in ones without their stages.

    Reading these of all templates takes longer than all the rest until they are listed.
    """
    return _combine_templates(_read_builtin_head, own_folder)


def add_stages(template: Template) -> Template:
    """Return a template with its stages, which are read now if it is a head without any."""
    if template.stages:
        return template
    path = find_builtin_folder() / f"{template.id}.toml"
    whole = _read_builtin_template(path)
    return whole._replace(stands_in_for=template.stands_in_for)


@cache
def _read_builtin_template(path: Path) -> Template:
    return read_template_file(path, builtin=True)


def _read_builtin_head(path: Path) -> Template:
    name = spell_path(path)
    return parse_template_head(read_template_bytes(path), path.stem, name=name)


def _combine_templates(
    read_builtin: Callable[[Path], Template], own_folder: Path
) -> TemplateLibrary:
    """Return every template in its order, the owner's own in place of a built-in one of its id."""
    templates = {
        path.stem: read_builtin(path)
        for path in list_template_files(find_builtin_folder())
    }
    own_templates, unusable_files = _read_own_templates(own_folder)
    for template in own_templates:
        shadows = template.id in templates
        templates[template.id] = template._replace(shadows=shadows)
    faulty_files = []
    for file in unusable_files:
        stand_in = templates.get(file.id)
        if stand_in is not None and stand_in.builtin:
            file = file._replace(builtin_used=True)
            templates[file.id] = stand_in._replace(stands_in_for=file)
        faulty_files.append(file)
    return TemplateLibrary(sorted(templates.values(), key=_rank_template), faulty_files)


def _read_own_templates(
    own_folder: Path,
) -> tuple[list[Template], list[FaultyTemplateFile]]:
    """Return the owner's templates, and the files among them that cannot be used."""
    try:
        paths = list_template_files(own_folder)
    except FaultyTemplate as error:
        return [], [_describe_faulty_file(error)]
    templates = []
    faulty_files = []
    for path in paths:
        try:
            templates.append(read_template_file(path, builtin=False))
        except FaultyTemplate as error:
            faulty_files.append(_describe_faulty_file(error, path.stem))
    return templates, faulty_files


def _describe_faulty_file(
    error: FaultyTemplate, stem: str = "", *, builtin_used: bool = False
) -> FaultyTemplateFile:
    id = stem.casefold()
    if not ID_PATTERN.fullmatch(id):
        id = ""
    return FaultyTemplateFile(error.name, id, tuple(error.faults), builtin_used)


def _rank_template(template: Template) -> tuple[int, int, int, str]:
    occasions = list(TemplateOccasion)
    occasion_rank = len(occasions)
    if template.occasion is not None:
        occasion_rank = occasions.index(template.occasion)
    return (
        list(TemplateAudience).index(template.audience),
        occasion_rank,
        template.minutes,
        template.id,
    )


def find_template(name: str, own_folder: Path) -> Template:
    """Return the template with this id, in any case; the owner's own comes before a built-in one.

    Where the owner's cannot be used, it is the built-in one, which `stands_in_for` it. Raises
    FaultyTemplate if there is none. What is no id finds the one template that has it for its title
    or another name. Raises NotFound, which names the nearest ids, if there is none, or several.
    """
    key = name.casefold()
    builtin_paths = index_template_files(find_builtin_folder())
    builtin_path = builtin_paths.get(key)
    try:
        own_paths = index_template_files(own_folder)
    except FaultyTemplate as error:
        return _read_stand_in(builtin_path, error)
    own_path = own_paths.get(key)
    if own_path is not None:
        shadows = builtin_path is not None
        try:
            return read_template_file(own_path, builtin=False, shadows=shadows)
        except FaultyTemplate as error:
            return _read_stand_in(builtin_path, error, key)
    if builtin_path is not None:
        return read_template_file(builtin_path, builtin=True)
    matches = _find_templates_by_name(name, own_folder)
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise _build_ambiguous_error(name, matches)
    raise _build_unknown_error(key, [*builtin_paths, *own_paths])


def _find_templates_by_name(name: str, own_folder: Path) -> list[Template]:
    """Return the templates with this title or other name: `feedback`, `back to work`."""
    words = fold_text(name)
    return [
        template
        for template in list_available_templates(own_folder).templates
        if words in map(fold_text, (template.title, *template.other_names))
    ]


def _build_ambiguous_error(name: str, templates: list[Template]) -> NotFound:
    choices = "; ".join(
        f"{template.id} ({clean_line(template.title)})" for template in templates
    )
    return NotFound(
        f"“{clean_text(name)[:40]}” fits {len(templates)} templates: {choices}.",
        "Type one of these ids.",
    )


def _read_stand_in(
    builtin_path: Path | None, error: FaultyTemplate, id: str = ""
) -> Template:
    """Return the built-in template that is used in place of the owner's; raises `error` if none."""
    if builtin_path is None:
        raise error
    faulty_file = _describe_faulty_file(error, id, builtin_used=True)
    template = read_template_file(builtin_path, builtin=True)
    return template._replace(stands_in_for=faulty_file)


def _build_unknown_error(name: str, ids: list[str]) -> NotFound:
    possible_ids = sorted(filter(ID_PATTERN.fullmatch, set(ids)))
    nearest = find_nearest_words(name, possible_ids)
    hint = "`coachlog template list` shows them all."
    if nearest:
        hint = f"Did you mean {' or '.join(nearest)}?"
    return NotFound(f"There is no template “{clean_text(name)[:40]}”.", hint)


def list_template_ids(own_folder: Path) -> list[str]:
    """Return the ids of the templates that can be used, sorted; no built-in one is read for it."""
    own_templates, _ = _read_own_templates(own_folder)
    ids = {path.stem for path in list_template_files(find_builtin_folder())}
    return sorted(ids.union(template.id for template in own_templates))


def index_template_files(folder: Path) -> dict[str, Path]:
    """Return the template files of a folder by their names in lower case, without the suffix.

    Of names that differ only in case, it is the last. Raises as `list_template_files`.
    """
    return {path.stem.casefold(): path for path in list_template_files(folder)}


def list_template_files(folder: Path) -> list[Path]:
    """Return the template files of a folder, sorted; none if there is no such folder.

    Of names that differ only in case, the one in lower case, which can be an id, comes last.
    Raises FaultyTemplate if the folder is there and cannot be read.
    """
    try:
        paths = list(folder.iterdir())
    except (OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError) and not folder.is_symlink():
            return []
        raise _build_unreadable_error(folder, error) from error
    return sorted(filter(_is_template_file, paths), key=_rank_template_file)


def _is_template_file(path: Path) -> bool:
    # Editors and systems keep hidden files beside a template.
    return path.name.endswith(".toml") and not path.name.startswith(".")


def _rank_template_file(path: Path) -> tuple[str, bool, str]:
    key = path.stem.casefold()
    return key, path.stem == key, path.name


def read_template_file(path: Path, *, builtin: bool, shadows: bool = False) -> Template:
    """Return the template in a file. Raises FaultyTemplate, which lists all that is wrong."""
    return parse_template(
        read_template_bytes(path),
        path.stem,
        name=spell_path(path),
        builtin=builtin,
        shadows=shadows,
    )


def read_template_bytes(path: Path, *, regular_only: bool = True) -> bytes:
    """Return what is in a template file, cut off behind the size that it may have.

    Raises FaultyTemplate if it cannot be read. With `regular_only`, neither a pipe, which might
    keep its reader waiting for ever, nor a device is read.
    """
    try:
        path = path.expanduser()
        mode = path.stat().st_mode
        if regular_only and not (S_ISREG(mode) or S_ISDIR(mode)):
            raise FaultyTemplate(spell_path(path), ["it is a pipe or a device"])
        with path.open("rb") as file:
            return file.read(MAX_ANSWER_BYTES + 1)
    # Beside the disk's own errors: `~nobody` names no user, and a null byte names no file.
    except (OSError, RuntimeError, ValueError) as error:
        raise _build_unreadable_error(path, error) from error


def _build_unreadable_error(path: Path, error: Exception) -> FaultyTemplate:
    reason = getattr(error, "strerror", None) or str(error)
    return FaultyTemplate(spell_path(path), [f"it cannot be read ({reason})"])


def spell_path(path: Path) -> str:
    """Return a path in one line, in which any byte of a name can be seen."""
    return clean_file_name(str(path)).replace("\n", "\N{REPLACEMENT CHARACTER}")
