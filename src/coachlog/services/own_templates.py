"""The owner's own templates: created, opened in the editor, checked."""

import json
from pathlib import Path

from coachlog import files
from coachlog.errors import (
    EditorFailure,
    FaultyStandards,
    FaultyTemplate,
    Interruption,
    InvalidInput,
    Refusal,
    StorageFailure,
)
from coachlog.model.templates import Template
from coachlog.named_tuples import NamedTuple
from coachlog.phrasing.templates import describe_stand_in
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.templates import json_schema, library, starter
from coachlog.templates.advice import TemplateCheck, check_template
from coachlog.templates.standards_file import read_standards
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
    folder = desk.own_templates_folder
    original = library.find_template(source, folder) if source else None
    path = find_free_template_path(desk, name)
    id = path.stem
    text = starter.build_starter_text(id, clean_line(name), original)
    _write_template_file(path, text)
    remarks = _write_schema(folder)
    if original is not None:
        remarks += describe_stand_in(original)
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


def find_free_template_path(desk: Desk, name: str) -> Path:
    """Return where a new template of this name goes.

    Raises InvalidInput if it has no plain letters, or the owner has a template of this name.
    """
    id = _build_template_id(name)
    path = desk.own_templates_folder / f"{id}.toml"
    if not files.is_path_free(path):
        raise _build_taken_error(id)
    return path


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


def _build_taken_error(id: str) -> InvalidInput:
    return InvalidInput(
        f"You already have a template called “{id}”; it was left as it is.",
        f"See: coachlog template check {id}",
    )


def _write_template_file(path: Path, text: str) -> None:
    """Write a new template. Raises InvalidInput if there is one, StorageFailure if it fails."""
    try:
        files.make_private_folder(path.parent)
    except OSError as error:
        raise StorageFailure(
            f"{path.parent} cannot be written to ({error.strerror})."
        ) from error
    try:
        files.write_file(path, text, force=False)
    except Refusal:
        # Another coachlog made one of this name meanwhile.
        raise _build_taken_error(path.stem) from None


def _write_schema(folder: Path) -> tuple[str, ...]:
    """Write the schema beside the templates, where an editor finds it without a network.

    Returns a remark where that fails, since the template itself can do without it.
    """
    text = (
        json.dumps(json_schema.build_json_schema(), ensure_ascii=False, indent=2) + "\n"
    )
    try:
        files.rewrite_file(folder / json_schema.SCHEMA_FILE, text)
    except StorageFailure as error:
        return (f"The schema for your editor could not be written: {error.message}",)
    return ()


def _edit_until_usable(desk: Desk, path: Path) -> None:
    """Open a template in the editor until it has no faults, or the person leaves it as it is.

    Raises StorageFailure if the editor emptied it, and it cannot be restored.
    """
    text = path.read_bytes()
    while True:
        try:
            desk.asker.edit(path)
        except EditorFailure as error:
            desk.asker.tell(f"{error.message} {error.hint or ''}".rstrip())
            _restore_emptied_template(desk, path, text)
            return
        text = _restore_emptied_template(desk, path, text)
        source = _TemplateSource(path, str(path))
        check = _check_template_file(desk, source, _load_usable_templates(desk))
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


def _restore_emptied_template(desk: Desk, path: Path, text: bytes) -> bytes:
    """Return what is in a template after the editor; one that was left empty gets its text back.

    An editor on a full disk empties a file before it fails to write it. Raises StorageFailure if
    there is no room for the text either; the empty file is removed then.
    """
    try:
        edited_text = path.read_bytes()
    except OSError:
        return text
    if edited_text.strip():
        return edited_text
    try:
        files.rewrite_file(path, text)
    except StorageFailure as error:
        path.unlink(missing_ok=True)
        raise StorageFailure(
            f"The editor left the template empty, so it was removed. {error.message}",
            "Free some space on the disk, then start it again.",
        ) from error
    desk.asker.tell("The template was empty, so what it held before has been restored.")
    return text


class _TemplateSource(NamedTuple):
    """A file to check, and what it is called; anything but a file only where it `is_typed`."""

    path: Path
    name: str
    is_typed: bool = False


def check_templates(desk: Desk, sources: list[str]) -> list[TemplateCheck]:
    """Return the faults and advice for each file or id, or for all of the owner's own templates.

    Raises FaultyTemplate if the folder of these cannot be read.
    """
    others = _load_usable_templates(desk)
    if sources:
        found_sources = [_find_template_source(desk, source) for source in sources]
    else:
        own_files = library.list_template_files(desk.own_templates_folder)
        found_sources = [_TemplateSource(path, str(path)) for path in own_files]
    return [_check_template_file(desk, source, others) for source in found_sources]


def require_usable_templates(checks: list[TemplateCheck]) -> None:
    """Raise InvalidInput with their number if any of these templates cannot be used."""
    faulty = sum(bool(check.faults) for check in checks)
    if faulty:
        raise InvalidInput(
            f"{faulty} of {format_count(len(checks), 'template')} cannot be used.",
            "docs/templates.md has the format; `coachlog template show grow` shows an example.",
        )


def _find_template_source(desk: Desk, source: str) -> _TemplateSource:
    """Return the file of a template's id, or else of a path."""
    is_path = bool(Path(source).suffix)
    for folder in (desk.own_templates_folder, library.find_builtin_folder()):
        try:
            path = library.index_template_files(folder).get(source.casefold())
        except FaultyTemplate:
            if not is_path:
                raise
            continue
        if path is not None:
            return _TemplateSource(path, str(path))
    return _TemplateSource(Path(source), source, is_typed=True)


def _check_template_file(
    desk: Desk, source: _TemplateSource, others: list[Template]
) -> TemplateCheck:
    path = source.path
    name = clean_file_name(source.name)
    id = clean_file_name(path.stem)
    try:
        data = library.read_template_bytes(path, regular_only=not source.is_typed)
    except FaultyTemplate as error:
        fault = error.faults[0]
        # Without a suffix it may be a template's id, wrongly typed.
        if not path.suffix:
            fault += _suggest_template_ids(desk, source.name)
        return TemplateCheck(name or "“”", id, (fault,))
    standard_ids = _list_standard_ids(desk)
    check = check_template(data, path.stem, name, others, standard_ids)
    return check._replace(id=id)


def _list_standard_ids(desk: Desk) -> list[str] | None:
    """Return the ids of the owner's standards; None where their file cannot be used."""
    try:
        return [standard.id for standard in read_standards(desk.standards_file)]
    except FaultyStandards:
        return None


def _suggest_template_ids(desk: Desk, id: str) -> str:
    near_ids = find_nearest_words(
        id, library.list_template_ids(desk.own_templates_folder)
    )
    if not near_ids:
        return ""
    return f"; did you mean {' or '.join(near_ids)}?"


def _load_usable_templates(desk: Desk) -> list[Template]:
    """Return the templates that can be used, by their ids, to compare measures with."""
    available = library.list_available_templates(desk.own_templates_folder)
    return sorted(available.templates, key=lambda template: template.id)
