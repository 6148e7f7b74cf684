"""Changes to `config.toml`: one value at a time, checked first, and the rest of the file kept."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from coachlog import files
from coachlog.errors import InvalidInput, Refusal, StorageFailure
from coachlog.model.settings import SettingState
from coachlog.services import settings
from coachlog.services.results import Result
from coachlog.text import clean_line, shorten_text

if TYPE_CHECKING:
    from coachlog.services.desk import Desk

_FIRST_LINE = "# coachlog's settings; `coachlog config list` explains them.\n\n"


def require_setting(key: str) -> settings.Setting:
    """Return the setting with this key, in any case. Raises InvalidInput if there is none."""
    setting = settings.SETTINGS.get(clean_line(key).casefold())
    if setting is None:
        raise InvalidInput(
            f"There is no setting “{shorten_text(key, 60)}”."
            f"{settings.describe_nearest_settings(key)}",
            "All of them: coachlog config list",
        )
    return setting


def load_setting_state(
    desk: "Desk", key: str, overrides: Mapping[str, tuple[settings.SettingValue, str]]
) -> SettingState:
    """Return a setting as it is in force, as `load_setting_states` does for all of them.

    Raises InvalidInput for an unknown key.
    """
    setting = require_setting(key)
    if setting.key in overrides:
        value, source = overrides[setting.key]
        state = desk.settings.find_state(setting.key)
        return state._replace(value=value, source=source)
    desk.settings.tell_file_fault()
    state = desk.settings.find_state(setting.key)
    if state.fault:
        desk.tell(state.fault)
    return state


def change_setting(desk: "Desk", key: str, text: str) -> Result:
    """Give a setting a value of its own, in the file.

    Raises InvalidInput for an unknown key, a value that it cannot have, or a file that cannot be
    read; StorageFailure if it cannot be written.
    """
    setting = require_setting(key)
    value = read_typed_value(desk, setting, text)

    def set_value(source: str) -> str | None:
        from coachlog.services.toml_edits import set_toml_value

        return set_toml_value(source or _FIRST_LINE, setting.key, value)

    former_value = _edit_settings_file(desk, setting.key, set_value)
    words = settings.format_setting_value(value)
    remarks = _list_value_remarks(setting.key, words)
    if setting.key == settings.BACKUP_FOLDER and value != settings.NONE:
        remarks = _accept_backup_folder(desk, Path(str(value)))
    message = f"{setting.key} is {words} now; it was {former_value}."
    if words == former_value:
        message = f"{setting.key} is {words}, as it was."
    return Result(
        f"{message} Back to the default: coachlog config unset {setting.key}", remarks
    )


def reset_setting(desk: "Desk", key: str) -> Result:
    """Take a setting back to its default: what the file says about it is removed.

    Raises as `change_setting` does.
    """
    setting = require_setting(key)

    def remove_value(source: str) -> str | None:
        from coachlog.services.toml_edits import remove_toml_value

        return remove_toml_value(source, setting.key)

    former_value = _edit_settings_file(desk, setting.key, remove_value)
    words = settings.format_setting_value(setting.default)
    if words == former_value:
        return Result(f"{setting.key} is at its default: {words}.")
    return Result(f"{setting.key} is at its default again: {words}.")


def read_typed_value(
    desk: "Desk", setting: settings.Setting, text: str
) -> settings.SettingValue:
    """Return the value that a text means. Raises InvalidInput, naming what it may be."""
    try:
        value = setting.read_value(text)
    except settings.SettingFault as error:
        reason = f": {error}" if str(error) else ""
        raise InvalidInput(
            f"{setting.key} cannot be “{shorten_text(text, 60)}”{reason.rstrip('.')}. "
            "Nothing was changed.",
            f"It may be {setting.choices}.",
        ) from None
    if setting.key == "session.template" and value != settings.NONE:
        from coachlog.services.default_template import require_default_template

        require_default_template(desk, str(value))
    if setting.key == settings.BACKUP_FOLDER and value != settings.NONE:
        _require_backup_folder(desk, Path(str(value)))
    return value


def _require_backup_folder(desk: "Desk", folder: Path) -> None:
    """Raise InvalidInput for a place where backups are in the way, or lost with the journal."""
    reason = ""
    with suppress(OSError):
        real_folder = folder.resolve()
        if folder.exists() and not folder.is_dir():
            reason = "is a file"
        elif real_folder == Path(real_folder.anchor):
            reason = "is the root of the system"
        elif real_folder.is_relative_to(desk.home.resolve()):
            reason = "is in the folder of the journal itself"
        elif _holds_other_backups(desk, folder):
            reason = "holds the backups of another journal"
    if reason:
        raise InvalidInput(
            f"{folder} {reason}, so it cannot be {settings.BACKUP_FOLDER}. Nothing was changed.",
            "Choose a folder on another disk, such as /media/stick/coachlog.",
        )


def _holds_other_backups(desk: "Desk", folder: Path) -> bool:
    from coachlog.store.second_place import SecondPlaceFolder

    place = SecondPlaceFolder(folder, desk.journal.read_uid(), desk.journal.files)
    return not place.is_own()


def _accept_backup_folder(desk: "Desk", folder: Path) -> tuple[str, ...]:
    """Let a folder that was named now be copied to, and give it its sign if it is there.

    Returns why nothing can be copied to it now, if so.
    """
    from coachlog.store.second_place import SecondPlaceFolder

    uid = desk.journal.read_uid()
    place = SecondPlaceFolder(folder, uid, desk.journal.files)
    if not folder.is_dir():
        if place.is_yet_to_be_made():
            return (
                f"There is no folder {folder} yet. To make it and copy a backup there: "
                "coachlog backup create",
            )
        return (f"{folder} is not there now. Backups are copied to it once it is.",)
    try:
        place.accept()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return (f"{folder} cannot be written to now ({reason}).",)
    return ()


def _list_value_remarks(key: str, words: str) -> tuple[str, ...]:
    """Return what is worth knowing about a new value: a pager that is not installed."""
    if key != "pager" or words in (settings.ON, settings.OFF):
        return ()
    import shlex
    from shutil import which

    program = shlex.split(words)[0]
    if which(program):
        return ()
    return (
        f"There is no program {clean_line(program)} here; without it, pages are printed.",
    )


def _edit_settings_file(
    desk: "Desk", key: str, edit: Callable[[str], str | None]
) -> str:
    """Write the file as `edit` returns it, and return the value that the setting had.

    Between reading and writing, no other coachlog changes it.
    """
    path = Path(desk.settings.path)
    try:
        files.make_private_folder(path.parent)
    except OSError as error:
        raise StorageFailure(
            f"{path.parent} cannot be created ({error.strerror}). Nothing was changed."
        ) from error
    with files.lock_folder(path.parent):
        latest = settings.Settings(path, desk.tell)
        file = latest.file
        if file.fault:
            raise InvalidInput(
                f"{file.fault} Nothing was changed.",
                "Put it right in an editor, or move it away.",
            )
        text = edit(file.source)
        if text is None:
            raise Refusal(
                f"{path} cannot be changed without touching something else in it. "
                "Nothing was changed.",
                f"Change {key} in an editor.",
            )
        if text != file.source:
            # Where the name is a link, the file that it leads to is written.
            files.rewrite_file(path, text)
        return settings.format_setting_value(latest.find_state(key).value)
