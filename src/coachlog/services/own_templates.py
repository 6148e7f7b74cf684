"""Templates of the owner's own: begun, opened in the editor, checked."""

import json
from contextlib import suppress
from pathlib import Path

from coachlog import files
from coachlog.errors import CoachlogError, EditorFailed, Invalid, Paused, StorageFailure
from coachlog.model.templates import Template
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.templates import json_schema, library, starter
from coachlog.templates.advice import Checked, check_template
from coachlog.text import clean, line, nearest, plural, slug


def begin(desk: Desk, name: str, source: str | None) -> Result:
    """Write a new template into the owner's folder, open it, and return what it came to."""
    id = _id(name)
    original = library.find(source, desk.own_templates) if source else None
    folder = desk.own_templates
    if (folder / f"{id}.toml").exists():
        raise Invalid(
            f"There is a template “{id}” of your own already; it was left as it is.",
            f"Look at it: coachlog template check {id}",
        )
    path = files.write_new(folder, id, ".toml", starter.fresh(id, line(name), original))
    remarks = _write_schema(folder)
    in_place = id in {p.stem for p in library.builtin_folder().glob("*.toml")}
    said = f"Wrote {path}{', which takes the place of the built-in one' if in_place else ''}."
    if desk.interactive:
        try:
            _edit(desk, path)
        except KeyboardInterrupt:
            raise Paused(f"Stopped. {said}", f"Next: coachlog template check {id}") from None
    return Result(f"{said} Next: coachlog template check {id}", remarks)


_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def _id(name: str) -> str:
    """Return the id for a name: `Team start` -> `team-start`; `Invalid` if no letters are left."""
    from unicodedata import normalize

    plain = normalize("NFKD", name.casefold().translate(_PLAIN))
    id = slug(plain.encode("ascii", "ignore").decode())
    if not id:
        raise Invalid(
            f"“{clean(name)[:40]}” cannot name a file.",
            "Use plain letters: template new team-start",
        )
    return id


def _write_schema(folder: Path) -> tuple[str, ...]:
    """Keep the schema beside the templates, where an editor finds it and without a network.

    Returns what there is to remark where that fails.
    """
    text = json.dumps(json_schema.schema(), ensure_ascii=False, indent=2) + "\n"
    try:
        files.write(folder / json_schema.FILE, text, force=True)
    except StorageFailure as error:
        return (f"Your editor has to do without the schema: {error.message}",)
    return ()


def _edit(desk: Desk, path: Path) -> None:
    """Open a template in the editor until it has no faults, or the person leaves it."""
    while True:
        try:
            desk.asker.edit(path)
        except EditorFailed as error:
            return desk.asker.tell(" ".join(filter(None, (error.message, error.hint))))
        found = _checked(desk, path, str(path), _readable(desk))
        for advice in found.advice:
            desk.asker.tell(f"advice: {advice}", dim=True)
        if not found.faults:
            return None
        desk.asker.tell(f"{path.name} has {plural(len(found.faults), 'fault')}:")
        for fault in found.faults:
            desk.asker.tell(f"- {fault}")
        rows = [("open it again", True), ("leave it for now", False)]
        if desk.asker.choose("It cannot be used like this. What now?", rows) is not True:
            return None


def check(desk: Desk, files: list[str]) -> list[Checked]:
    """Return what was found in each file, or in all of the owner's own templates."""
    paths, known = [_meant(desk, file) for file in files], _readable(desk)
    if not files:
        paths = [(p, str(p)) for p in library.files(desk.own_templates)]
    return [_checked(desk, path, name, known) for path, name in paths]


def require_usable(checked: list[Checked]) -> None:
    """Raise `Invalid`, with their number, if any of these templates cannot be used."""
    faulty = sum(bool(template.faults) for template in checked)
    if not faulty:
        return
    how = "cannot be used as it is" if faulty == 1 else "cannot be used as they are"
    raise Invalid(
        f"{plural(faulty, 'template')} of {len(checked)} {how}.",
        "docs/templates.md has the format; `coachlog template show grow` an example.",
    )


def _meant(desk: Desk, given: str) -> tuple[Path, str]:
    """Return the file meant by a path or by a template's id."""
    for folder in (desk.own_templates, library.builtin_folder()):
        path = folder / f"{given.casefold()}.toml"
        if path in library.files(folder):
            return path, str(path)
    return Path(given), given


def _checked(desk: Desk, path: Path, name: str, others: list[Template]) -> Checked:
    try:
        data = path.expanduser().read_bytes()
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        near = nearest(name, library.ids(desk.own_templates)) if not path.suffix else []
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        return Checked(clean(name) or "“”", path.stem, (f"it cannot be read ({reason}){hint}",))
    return check_template(data, path.stem, clean(name), others)


def _readable(desk: Desk) -> list[Template]:
    """Return the templates that can be read, to compare measures with."""
    found = []
    for id in library.ids(desk.own_templates):
        with suppress(CoachlogError):  # a faulty one gets lines of its own where it is checked
            found.append(library.find(id, desk.own_templates))
    return found
