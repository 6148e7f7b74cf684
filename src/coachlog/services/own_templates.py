"""The owner's own templates: created, opened in the editor, checked."""

import json
from contextlib import suppress
from pathlib import Path

from coachlog import files
from coachlog.errors import (
    CoachlogError,
    EditorFailure,
    Interruption,
    InvalidInput,
    StorageFailure,
)
from coachlog.model.templates import Template
from coachlog.services.desk import Desk
from coachlog.services.inputs import describe_read_error
from coachlog.services.results import Result
from coachlog.templates import json_schema, library, starter
from coachlog.templates.advice import TemplateCheck, check_template
from coachlog.text import (
    build_slug,
    clean_file_name,
    clean_line,
    clean_text,
    find_nearest_words,
    fold_text,
    format_count,
)


def create_template(desk: Desk, name: str, source: str | None) -> Result:
    """Write a new template into the owner's folder and open it in the editor.

    It starts as a copy of the template with the id `source`, if there is one. Raises InvalidInput
    if the owner has a template of this name, and NotFound for an unknown `source`.
    """
    id = _build_template_id(name)
    folder = desk.own_templates_folder
    original = library.find_template(source, folder) if source else None
    if (folder / f"{id}.toml").exists():
        raise InvalidInput(
            f"You already have a template called “{id}”; it was left as it is.",
            f"See: coachlog template check {id}",
        )
    text = starter.build_starter_text(id, clean_line(name), original)
    path = files.write_new_file(folder, id, ".toml", text)
    remarks = _write_schema(folder)
    outcome = f"Wrote {path}."
    if (library.find_builtin_folder() / f"{id}.toml").exists():
        outcome = f"Wrote {path}, which is used instead of the built-in one."
    next_step = f"Next: coachlog template check {id}"
    if desk.interactive:
        try:
            _edit_until_usable(desk, path)
        except KeyboardInterrupt:
            raise Interruption(f"Stopped. {outcome}", next_step) from None
    return Result(f"{outcome} {next_step}", remarks)


def _build_template_id(name: str) -> str:
    """Return the id for a name: `Team start` -> `team-start`.

    Raises InvalidInput if there are no plain letters in it.
    """
    id = build_slug(fold_text(name).encode("ascii", "ignore").decode())
    if not id:
        raise InvalidInput(
            f"“{clean_text(name)[:40]}” cannot be used as a file name.",
            "Use plain letters: coachlog template new team-start",
        )
    return id


def _write_schema(folder: Path) -> tuple[str, ...]:
    """Write the schema beside the templates, where an editor finds it without a network.

    Returns a remark where that fails, since the template itself can do without it.
    """
    text = (
        json.dumps(json_schema.build_json_schema(), ensure_ascii=False, indent=2) + "\n"
    )
    try:
        files.write_file(folder / json_schema.SCHEMA_FILE, text, force=True)
    except StorageFailure as error:
        return (f"The schema for your editor could not be written: {error.message}",)
    return ()


def _edit_until_usable(desk: Desk, path: Path) -> None:
    """Open a template in the editor until it has no faults, or the person leaves it as it is."""
    while True:
        try:
            desk.asker.edit(path)
        except EditorFailure as error:
            desk.asker.tell(f"{error.message} {error.hint or ''}".rstrip())
            return
        check = _check_template_file(
            desk, path, str(path), _load_readable_templates(desk)
        )
        for advice in check.advice:
            desk.asker.tell(f"advice: {advice}", dim=True)
        if not check.faults:
            return
        desk.asker.tell(f"{path.name} has {format_count(len(check.faults), 'error')}:")
        for fault in check.faults:
            desk.asker.tell(f"- {fault}")
        rows = [("open it again", True), ("leave it for now", False)]
        if (
            desk.asker.choose(
                "It cannot be used as it is. What would you like to do?", rows
            )
            is not True
        ):
            return


def check_templates(desk: Desk, sources: list[str]) -> list[TemplateCheck]:
    """Return the faults and advice for each file or id, or for all of the owner's own templates."""
    others = _load_readable_templates(desk)
    if sources:
        paths = [_find_template_file(desk, source) for source in sources]
    else:
        own_files = library.list_template_files(desk.own_templates_folder)
        paths = [(path, str(path)) for path in own_files]
    return [_check_template_file(desk, path, name, others) for path, name in paths]


def require_usable_templates(checks: list[TemplateCheck]) -> None:
    """Raise InvalidInput with their number if any of these templates cannot be used."""
    faulty = sum(bool(check.faults) for check in checks)
    if faulty:
        raise InvalidInput(
            f"{faulty} of {format_count(len(checks), 'template')} cannot be used.",
            "docs/templates.md has the format; `coachlog template show grow` shows an example.",
        )


def _find_template_file(desk: Desk, source: str) -> tuple[Path, str]:
    """Return the file of a path or of a template's id, and its name for messages."""
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
        fault = f"it cannot be read ({describe_read_error(error)})"
        # Without a suffix it may be a template's id, wrongly typed.
        if not path.suffix:
            fault += _suggest_template_ids(desk, name)
        return TemplateCheck(clean_file_name(name) or "“”", path.stem, (fault,))
    return check_template(data, path.stem, clean_file_name(name), others)


def _suggest_template_ids(desk: Desk, id: str) -> str:
    near_ids = find_nearest_words(
        id, library.list_template_ids(desk.own_templates_folder)
    )
    if not near_ids:
        return ""
    return f"; did you mean {' or '.join(near_ids)}?"


def _load_readable_templates(desk: Desk) -> list[Template]:
    """Return the templates that can be read, to compare measures with."""
    templates = []
    for id in library.list_template_ids(desk.own_templates_folder):
        # A faulty template is reported where it is checked itself.
        with suppress(CoachlogError):
            templates.append(library.find_template(id, desk.own_templates_folder))
    return templates
