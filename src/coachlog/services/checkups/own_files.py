"""The files that the owner writes: templates and settings."""

from collections.abc import Iterator

from coachlog.errors import FaultyStandards, FaultyTemplate
from coachlog.model.checkup import CheckState, Diagnosis
from coachlog.services.checkups.scene import Scene
from coachlog.services.own_templates import check_templates
from coachlog.services.settings import (
    SETTINGS,
    Settings,
    describe_nearest_settings,
)
from coachlog.store.journal_files import CONFIG_FILE, STANDARDS_FILE
from coachlog.templates.standards_file import read_standards
from coachlog.text import format_count, shorten_text

TEMPLATES, STANDARDS, SETTINGS_FILE = "templates", "standards", "settings"


def check_own_templates(scene: Scene) -> Iterator[Diagnosis]:
    """Yield which of the owner's templates cannot be used; nothing where there is no home."""
    if not scene.desk.home.is_dir():
        return
    try:
        checks = check_templates(scene.desk, [])
    except FaultyTemplate as error:
        words = f"{error.name} cannot be used: {error.faults[0]}."
        yield Diagnosis(TEMPLATES, CheckState.WRONG, words)
        return
    faulty_checks = [check for check in checks if check.faults]
    for check in faulty_checks:
        count = len(check.faults) - 1
        others = f" (and {format_count(count, 'other fault')})" if count else ""
        yield Diagnosis(
            TEMPLATES,
            CheckState.WRONG,
            f"{check.file} cannot be used: {check.faults[0]}{others}.",
            f"To see all that is wrong: coachlog template check {check.id}",
        )
    if not faulty_checks:
        words = "You have none of your own."
        if checks:
            words = f"All {len(checks)} of your own can be used."
        if len(checks) == 1:
            words = "Your own one can be used."
        yield Diagnosis(TEMPLATES, CheckState.FINE, words)


def check_standards(scene: Scene) -> Iterator[Diagnosis]:
    """Yield whether the owner's standards can be used; nothing where there is no file of them."""
    try:
        standards = read_standards(scene.desk.standards_file)
    except FaultyStandards as error:
        count = len(error.faults) - 1
        others = f" (and {format_count(count, 'other fault')})" if count else ""
        yield Diagnosis(
            STANDARDS,
            CheckState.WRONG,
            f"{error.name} cannot be used: {error.faults[0]}{others}.",
            "To see all that is wrong: coachlog progress --standards",
        )
        return
    if standards:
        count_words = format_count(len(standards), "standard")
        words = f"{count_words} in {STANDARDS_FILE}."
        yield Diagnosis(STANDARDS, CheckState.FINE, words)


def check_settings(scene: Scene) -> Iterator[Diagnosis]:
    """Yield what in the file of settings cannot be used or is not known."""
    settings = scene.desk.settings
    if settings.file.fault:
        yield Diagnosis(
            SETTINGS_FILE,
            CheckState.WRONG,
            f"{settings.file.fault} The defaults are used.",
            f"Correct {settings.path} in an editor, or move it away.",
        )
        return
    faults = [*_list_faulty_values(settings), *_list_unknown_keys(settings)]
    yield from faults
    if not faults:
        words = "You have no settings of your own."
        if settings.file.entries:
            words = f"All settings in {CONFIG_FILE} can be used."
        yield Diagnosis(SETTINGS_FILE, CheckState.FINE, words)


def _list_faulty_values(settings: Settings) -> Iterator[Diagnosis]:
    for key in SETTINGS:
        fault = settings.find_state(key).fault
        if fault:
            mend = (
                f"To give it another value, use `config set`. To use the default: "
                f"coachlog config unset {key}"
            )
            yield Diagnosis(SETTINGS_FILE, CheckState.WRONG, fault, mend)


def _list_unknown_keys(settings: Settings) -> Iterator[Diagnosis]:
    for key in settings.list_unknown_keys():
        yield Diagnosis(
            SETTINGS_FILE,
            CheckState.CAUTION,
            f"{CONFIG_FILE}: there is no setting {shorten_text(key, 60)}."
            f"{describe_nearest_settings(key)}",
            "Correct or remove it there, unless a newer coachlog on another computer uses it.",
        )
