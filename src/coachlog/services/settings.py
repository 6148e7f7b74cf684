"""The owner's settings: what each may be, and what `config.toml` in the home says.

Read where a command needs one, and never for Tab. A file or a value that cannot be used is a line
on stderr and the default in its place: no command stops for it.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Any

from coachlog.errors import CoachlogError
from coachlog.model.people import Relationship
from coachlog.named_tuples import NamedTuple
from coachlog.store.journal_files import CONFIG_FILE
from coachlog.text import clean_line, clean_text, fold_text, shorten_text
from coachlog.wording import HELP_CONTACT

if TYPE_CHECKING:
    from coachlog.model.settings import SettingState
    from coachlog.services.desk import Desk

MAX_CONTACT_LENGTH = 100
MAX_CONFIG_BYTES = 64 * 1024
ON, OFF, NONE = "on", "off", "none"
DEFAULT_SOURCE = "default"

SettingValue = bool | str
_SWITCH_WORDS = {
    **dict.fromkeys((ON, "yes", "true"), True),
    **dict.fromkeys((OFF, "no", "false"), False),
}


class SettingFault(ValueError):
    """A value that a setting cannot have; the message says what is wrong with it."""


class Setting(NamedTuple):
    """One setting; `read_value` returns a value that is typed, or in the file, as it is used.

    It raises SettingFault for what cannot be one.
    """

    key: str
    default: SettingValue
    choices: str
    help: str
    read_value: Callable[[object], SettingValue]


def _read_switch(value: object) -> bool:
    if isinstance(value, str):
        value = _SWITCH_WORDS.get(fold_text(value))
    if not isinstance(value, bool):
        raise SettingFault
    return value


def _read_rhythm_text(value: object) -> str:
    # 0 is a number in the file.
    if type(value) is int:
        value = str(value)
    if not isinstance(value, str):
        raise SettingFault
    from coachlog.dates.parsing import parse_rhythm

    try:
        parse_rhythm(value)
    except CoachlogError as error:
        raise SettingFault(error.message) from None
    return " ".join(value.split())


def _read_template_id(value: object) -> str:
    """Return the id of a template; that there is one is known only to who uses it."""
    from coachlog.templates.fields import ID_PATTERN

    if not isinstance(value, str):
        raise SettingFault
    id = value.strip().casefold()
    if not ID_PATTERN.fullmatch(id):
        raise SettingFault
    return id


def _read_pager(value: object) -> str:
    if isinstance(value, bool):
        return ON if value else OFF
    if not isinstance(value, str) or not value.isprintable():
        raise SettingFault
    import shlex

    words = value.strip()
    switch = _SWITCH_WORDS.get(fold_text(words))
    if switch is not None:
        return _read_pager(switch)
    try:
        is_command = bool(shlex.split(words))
    except ValueError:
        raise SettingFault("a quotation mark has no other half") from None
    if not is_command:
        raise SettingFault
    return words


def _read_contact(value: object) -> str:
    if not isinstance(value, str):
        raise SettingFault
    text = value.strip()
    # A sign that controls a terminal would show as the sign for something missing.
    if "\n" in clean_text(text) or "\N{REPLACEMENT CHARACTER}" in clean_text(text):
        raise SettingFault("it must be one line, without control characters")
    words = clean_line(text)
    if not words:
        raise SettingFault
    if len(words) > MAX_CONTACT_LENGTH:
        raise SettingFault(f"it has {len(words)} characters")
    return words


def _read_folder(value: object) -> str:
    """Return the path of a folder, which need not be there now, from the root of its disk on."""
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise SettingFault
    words = value.strip()
    if fold_text(words) == NONE:
        return NONE
    try:
        folder = Path(words).expanduser()
    except RuntimeError:
        raise SettingFault("nobody has that home folder") from None
    if not folder.is_absolute():
        raise SettingFault("it must be a whole path, such as /media/stick/coachlog")
    return str(folder)


BACKUP_FOLDER = "backup.folder"
_SWITCH_CHOICES = f"{ON} or {OFF}"
_RHYTHM_CHOICES = "2w, 1m, weekly and so on, or 0 for none"
_RHYTHM_SETTINGS = [
    Setting(
        f"rhythm.{relationship}",
        "0",
        _RHYTHM_CHOICES,
        "How often to meet someone who is added without --every:",
        _read_rhythm_text,
    )
    for relationship in Relationship
]
SETTINGS = {
    setting.key: setting
    for setting in (
        *_RHYTHM_SETTINGS,
        Setting(
            "session.template",
            NONE,
            "a template's id, or none to be asked",
            "The conversation that is held with someone, unless --template names another:",
            _read_template_id,
        ),
        Setting(
            "help.contact",
            HELP_CONTACT,
            f"one line, at most {MAX_CONTACT_LENGTH} characters, that can follow the word “or”",
            "Whom guidance names for help with someone's safety, where a template says $help:",
            _read_contact,
        ),
        Setting(
            BACKUP_FOLDER,
            NONE,
            "the whole path of a folder, or none",
            "Where each backup is copied as well, on a stick or a share, when that is there:",
            _read_folder,
        ),
        Setting(
            "dates.remarks",
            True,
            _SWITCH_CHOICES,
            "Remark on a due date that has passed, is far ahead or is at a weekend:",
            _read_switch,
        ),
        Setting(
            "pager",
            ON,
            f"{ON} for the one that PAGER names, {OFF}, or a command such as less -R",
            "What shows a page that is longer than the screen:",
            _read_pager,
        ),
        Setting(
            "home.keys",
            True,
            _SWITCH_CHOICES,
            "Let bare coachlog wait for a key on a terminal:",
            _read_switch,
        ),
        Setting(
            "brief.private",
            False,
            _SWITCH_CHOICES,
            "Show your private notes to yourself in brief, without --private:",
            _read_switch,
        ),
    )
}


class SettingsFile(NamedTuple):
    """What is in `config.toml`: nothing, and the `fault`, where it cannot be used."""

    source: str = ""
    entries: Mapping[str, Any] = {}
    fault: str | None = None


class Settings:
    """The settings of one run; the file is read when the first of them is asked for."""

    def __init__(self, path: Path, tell: Callable[[str], None]) -> None:
        self.path = path
        self._tell = tell
        self._is_file_fault_told = False

    @cached_property
    def file(self) -> SettingsFile:
        """Return what is in the file."""
        return read_settings_file(self.path)

    def get_switch(self, key: str) -> bool:
        """Return whether a setting is on; a fault in the file is told."""
        value = self._get_value(key)
        assert isinstance(value, bool)
        return value

    def get_text(self, key: str) -> str:
        """Return the text of a setting; a fault in the file is told."""
        value = self._get_value(key)
        assert isinstance(value, str)
        return value

    def _get_value(self, key: str) -> SettingValue:
        self.tell_file_fault()
        state = self.find_state(key)
        if state.fault:
            self._tell(state.fault)
        return state.value

    def tell_file_fault(self) -> None:
        """Tell, once in a run, that the file cannot be used, if that is so."""
        if self.file.fault and not self._is_file_fault_told:
            self._is_file_fault_told = True
            self._tell(f"{self.file.fault} The defaults are used.")

    def find_state(self, key: str) -> "SettingState":
        """Return a setting as it is in force by the file alone; nothing is told."""
        # Imported here, as most commands ask for one value alone.
        from coachlog.model.settings import SettingState

        setting = SETTINGS[key]
        value, source, fault = setting.default, DEFAULT_SOURCE, None
        try:
            entry = find_entry(self.file.entries, key)
            if entry is not None:
                value, source = setting.read_value(entry), CONFIG_FILE
        except SettingFault as error:
            fault = _phrase_setting_fault(setting, error)
        return SettingState(
            key, value, source, setting.default, setting.choices, setting.help, fault
        )

    def list_unknown_keys(self) -> list[str]:
        """Return the keys in the file that are no setting's, in its order."""
        return [key for key in _list_keys(self.file.entries) if key not in SETTINGS]


def load_setting_states(
    desk: "Desk", overrides: Mapping[str, tuple[SettingValue, str]]
) -> "list[SettingState]":
    """Return all settings as they are in force; `overrides` has value and source of some by key.

    What is wrong with the file is told.
    """
    settings = desk.settings
    settings.tell_file_fault()
    states = []
    for key in SETTINGS:
        state = settings.find_state(key)
        if state.fault:
            desk.tell(state.fault)
        if key in overrides:
            value, source = overrides[key]
            state = state._replace(value=value, source=source)
        states.append(state)
    for key in settings.list_unknown_keys():
        desk.tell(
            f"{CONFIG_FILE}: there is no setting {shorten_text(key, 60)}."
            f"{describe_nearest_settings(key)} It is left as it is."
        )
    return states


def describe_nearest_settings(key: str) -> str:
    """Return a sentence with the settings whose keys look most like this one; '' for none."""
    from coachlog.text import find_nearest_words

    nearest_keys = find_nearest_words(key, [*SETTINGS])
    return f" Did you mean {' or '.join(nearest_keys)}?" if nearest_keys else ""


def format_setting_value(value: SettingValue) -> str:
    """Return a value as it is typed: `on`, `off`, `2w`."""
    if isinstance(value, str):
        return value
    return ON if value else OFF


def read_settings_file(path: Path) -> SettingsFile:
    """Return what is in a file of settings; nothing, without a fault, where there is none."""
    try:
        data = _read_config_bytes(path)
    except (FileNotFoundError, NotADirectoryError):
        return SettingsFile()
    except OSError as error:
        return SettingsFile(
            fault=f"{path} cannot be read ({error.strerror or type(error).__name__})."
        )
    except ValueError as error:
        return SettingsFile(fault=f"{path} cannot be used: {error}.")
    if not data.strip():
        return SettingsFile()
    from coachlog.decoding import decode_text
    from coachlog.toml import parse_toml

    try:
        source = decode_text(data)
        return SettingsFile(source, parse_toml(source))
    except ValueError as error:
        reason = str(error).removesuffix(".")
        return SettingsFile(fault=f"{path} cannot be used: {_join_reason(reason)}.")


def _join_reason(reason: str) -> str:
    """Return a reason that follows a colon: words about the file begin with `it`."""
    return f"it {reason}" if reason.startswith("is ") else reason


def _read_config_bytes(path: Path) -> bytes:
    """Return the bytes of the file. Raises ValueError where it is no file, or is huge."""
    status = path.stat()
    if S_ISDIR(status.st_mode):
        raise ValueError("it is a folder")
    # A pipe would never end.
    if not S_ISREG(status.st_mode):
        raise ValueError("it is not a file")
    if status.st_size > MAX_CONFIG_BYTES:
        raise ValueError(f"it has more than {MAX_CONFIG_BYTES // 1024} KiB")
    return path.read_bytes()


def find_entry(entries: Mapping[str, Any], key: str) -> object | None:
    """Return what the file has for a dotted key; None for nothing.

    Raises SettingFault where the table that the key should be in is something else.
    """
    *outer_names, name = key.split(".")
    table: Any = entries
    for outer_name in outer_names:
        table = table.get(outer_name, {})
        if not isinstance(table, dict):
            raise SettingFault(f"“{outer_name}” is not a table: [{outer_name}]")
    entry: object | None = table.get(name)
    return entry


def _list_keys(entries: Mapping[str, Any], lead: str = "") -> Iterator[str]:
    """Yield the dotted keys of all values; a table that is a setting's place is looked into."""
    for name, value in entries.items():
        key = f"{lead}{name}"
        is_table = isinstance(value, dict) and key not in SETTINGS
        if is_table:
            yield from _list_keys(value, f"{key}.")
        else:
            yield key


def _phrase_setting_fault(setting: Setting, fault: SettingFault) -> str:
    reason = str(fault).removesuffix(".") or "it cannot be that"
    default = format_setting_value(setting.default)
    return (
        f"{CONFIG_FILE}: {setting.key} cannot be used: {shorten_text(reason, 120)}. "
        f"It may be {setting.choices}. The default is used ({default})."
    )
