"""A setting of the owner's, as it is in force now."""

from coachlog.named_tuples import NamedTuple


class SettingState(NamedTuple):
    """One setting: its value, where that comes from, and what else it may be.

    `source` is `default`, `config.toml`, or the environment variable that decides. `fault` says
    what is wrong with the file's value, where that is not used; None where nothing is.
    """

    key: str
    value: bool | str
    source: str
    default: bool | str
    choices: str
    help: str
    fault: str | None = None
