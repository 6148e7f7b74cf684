"""Templates of the owner's own: begun, opened in the editor, checked."""

import json
from contextlib import suppress
from pathlib import Path

from coachlog import files
from coachlog.errors import CoachlogError, EditorFailure, Interruption, InvalidInput, StorageFailure
from coachlog.model.templates import Template
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.templates import json_schema, library, starter
from coachlog.templates.advice import TemplateCheck, check_template
from coachlog.text import build_slug, clean_line, clean_text, find_nearest_words, format_count


def create_template(desk: Desk, name: str, source: str | None) -> Result:
    """Write a new template into the owner's folder, open it, and return what it came to."""
    id = _build_template_id(name)
    original = library.find_template(source, desk.own_templates_folder) if source else None
    folder = desk.own_templates_folder
    if (folder / f"{id}.toml").exists():
        raise InvalidInput(
            f"There is a template “{id}” of your own already; it was left as it is.",
            f"Look at it: coachlog template check {id}",
        )
    path = files.write_new_file(
        folder, id, ".toml", starter.build_starter_text(id, clean_line(name), original)
    )
    remarks = _write_schema(folder)
    in_place = id in {p.stem for p in library.find_builtin_folder().glob("*.toml")}
    said = f"Wrote {path}{', which takes the place of the built-in one' if in_place else ''}."
    if desk.interactive:
        try:
            _edit_until_usable(desk, path)
        except KeyboardInterrupt:
            raise Interruption(f"Stopped. {said}", f"Next: coachlog template check {id}") from None
    return Result(f"{said} Next: coachlog template check {id}", remarks)


_PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)


def _build_template_id(name: str) -> str:
    """Return the id for a name: `Team start` -> `team-start`; `Invalid` if no letters are left."""
    from unicodedata import normalize

    plain = normalize("NFKD", name.casefold().translate(_PLAIN_LETTERS))
    id = build_slug(plain.encode("ascii", "ignore").decode())
    if not id:
        raise InvalidInput(
            f"“{clean_text(name)[:40]}” cannot name a file.",
            "Use plain letters: template new team-start",
        )
    return id


def _write_schema(folder: Path) -> tuple[str, ...]:
    """Keep the schema beside the templates, where an editor finds it and without a network.

    Returns what there is to remark where that fails.
    """
    text = json.dumps(json_schema.build_json_schema(), ensure_ascii=False, indent=2) + "\n"
    try:
        files.write_file(folder / json_schema.SCHEMA_FILE, text, force=True)
    except StorageFailure as error:
        return (f"Your editor has to do without the schema: {error.message}",)
    return ()


def _edit_until_usable(desk: Desk, path: Path) -> None:
    """Open a template in the editor until it has no faults, or the person leaves it."""
    while True:
        try:
            desk.asker.edit(path)
        except EditorFailure as error:
            return desk.asker.tell(" ".join(filter(None, (error.message, error.hint))))
        found = _check_template_file(desk, path, str(path), _load_readable_templates(desk))
        for advice in found.advice:
            desk.asker.tell(f"advice: {advice}", dim=True)
        if not found.faults:
            return None
        desk.asker.tell(f"{path.name} has {format_count(len(found.faults), 'fault')}:")
        for fault in found.faults:
            desk.asker.tell(f"- {fault}")
        rows = [("open it again", True), ("leave it for now", False)]
        if desk.asker.choose("It cannot be used like this. What now?", rows) is not True:
            return None


def check_templates(desk: Desk, sources: list[str]) -> list[TemplateCheck]:
    """Return what was found in each file, or in all of the owner's own templates."""
    paths, known = (
        [_find_template_file(desk, file) for file in sources],
        _load_readable_templates(desk),
    )
    if not sources:
        paths = [(p, str(p)) for p in library.list_template_files(desk.own_templates_folder)]
    return [_check_template_file(desk, path, name, known) for path, name in paths]


def require_usable_templates(checks: list[TemplateCheck]) -> None:
    """Raise `Invalid`, with their number, if any of these templates cannot be used."""
    faulty = sum(bool(template.faults) for template in checks)
    if not faulty:
        return
    how = "cannot be used as it is" if faulty == 1 else "cannot be used as they are"
    raise InvalidInput(
        f"{format_count(faulty, 'template')} of {len(checks)} {how}.",
        "docs/templates.md has the format; `coachlog template show grow` an example.",
    )


def _find_template_file(desk: Desk, source: str) -> tuple[Path, str]:
    """Return the file meant by a path or by a template's id."""
    for folder in (desk.own_templates_folder, library.find_builtin_folder()):
        path = folder / f"{source.casefold()}.toml"
        if path in library.list_template_files(folder):
            return path, str(path)
    return Path(source), source


def _check_template_file(
    desk: Desk, path: Path, name: str, others: list[Template]
) -> TemplateCheck:
    try:
        data = path.expanduser().read_bytes()
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        near = (
            find_nearest_words(name, library.list_template_ids(desk.own_templates_folder))
            if not path.suffix
            else []
        )
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        return TemplateCheck(
            clean_text(name) or "“”", path.stem, (f"it cannot be read ({reason}){hint}",)
        )
    return check_template(data, path.stem, clean_text(name), others)


def _load_readable_templates(desk: Desk) -> list[Template]:
    """Return the templates that can be read, to compare measures with."""
    found = []
    for id in library.list_template_ids(desk.own_templates_folder):
        with suppress(CoachlogError):  # a faulty one gets lines of its own where it is checked
            found.append(library.find_template(id, desk.own_templates_folder))
    return found
