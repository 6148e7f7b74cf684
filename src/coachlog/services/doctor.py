"""What `doctor` does: looks at everything that can harm a journal, and mends what is harmless.

Without `mend` nothing on the disk is created or changed, whatever state the journal is in.
"""

from collections.abc import Callable, Sequence

from coachlog.errors import CoachlogError
from coachlog.model.checkup import CheckState, Diagnosis
from coachlog.services.checkups import copies, disk, home_files, own_files, soundness
from coachlog.services.checkups.scene import Check, Outside, Scene
from coachlog.services.desk import Desk
from coachlog.store.connections import DriverError
from coachlog.text import clean_file_name, format_count

_CHECKS: tuple[tuple[str, Check], ...] = (
    # The first shows what others judge by.
    ("journal", soundness.check_journal),
    ("engine", soundness.check_engine),
    (disk.PLACE, disk.check_place),
    (disk.LOCKS, disk.check_locks),
    (home_files.LINKS, home_files.check_links),
    ("writing", home_files.check_writing),
    (home_files.FILES, home_files.check_own_files),
    (home_files.PERMISSIONS, home_files.check_permissions),
    (disk.ROOM, disk.check_room),
    (soundness.SEARCH_INDEX, soundness.check_search_index),
    ("clock", soundness.check_clock),
    (copies.BACKUPS, copies.check_backups),
    (copies.SECOND_PLACE, copies.check_second_place),
    (home_files.MARKER, home_files.check_marker),
    (home_files.LEFTOVERS, home_files.check_leftovers),
    (own_files.TEMPLATES, own_files.check_own_templates),
    (own_files.STANDARDS, own_files.check_standards),
    (own_files.SETTINGS_FILE, own_files.check_settings),
    (disk.ENCRYPTION, disk.check_encryption),
)
"""All checks, the heaviest first, each with what it is about."""
_STATES = list(CheckState)
_WAIT_SECONDS = 5.0


class UnsoundHome(CoachlogError):
    """Something about the journal or its place is wrong."""


def examine_home(desk: Desk, outside: Outside, *, mend: bool) -> list[Diagnosis]:
    """Return what was found, by state and weight; with `mend`, after the harmless was mended."""
    scene, diagnoses = _look_at_home(desk, outside)
    if mend and any(diagnosis.mendable for diagnosis in diagnoses):
        mended = _mend_home(scene, diagnoses)
        _, diagnoses = _look_at_home(desk, outside)
        diagnoses = [*mended, *diagnoses]
    diagnoses.sort(key=lambda diagnosis: _STATES.index(diagnosis.state))
    return list(map(_clean_words, diagnoses))


def _look_at_home(desk: Desk, outside: Outside) -> tuple[Scene, list[Diagnosis]]:
    scene = Scene(desk, outside)
    diagnoses = []
    for about, check in _CHECKS:
        diagnoses += _run_check(scene, about, check)
    return scene, diagnoses


def _run_check(scene: Scene, about: str, check: Check) -> list[Diagnosis]:
    """Return what a check found; a check that fails takes only itself out of the report."""
    diagnoses: list[Diagnosis] = []
    try:
        # One by one, as what was found before a failure counts.
        for diagnosis in check(scene):
            diagnoses.append(diagnosis)
    except CoachlogError as error:
        message, hint = error.message, error.hint
        diagnoses.append(Diagnosis(about, CheckState.WRONG, message, hint))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        words = f"This could not be looked at ({reason})."
        diagnoses.append(Diagnosis(about, CheckState.UNKNOWN, words))
    return diagnoses


def _clean_words(diagnosis: Diagnosis) -> Diagnosis:
    """Return a diagnosis in which every byte of a path can be shown."""
    mend = diagnosis.mend and clean_file_name(diagnosis.mend)
    return diagnosis._replace(words=clean_file_name(diagnosis.words), mend=mend)


# Mending


def _mend_home(scene: Scene, diagnoses: Sequence[Diagnosis]) -> list[Diagnosis]:
    """Mend what is harmless, and return what was mended, or why it was not."""
    results = []
    for about in dict.fromkeys(d.about for d in diagnoses if d.mendable):
        sentences: list[str] = []
        state, reason = CheckState.MENDED, None
        try:
            _mend_matter(scene, about, sentences.append)
        except CoachlogError as error:
            state, reason = CheckState.CAUTION, error.message
        except (OSError, DriverError) as error:
            state, reason = CheckState.CAUTION, _describe_failure(error)
        results += [Diagnosis(about, CheckState.MENDED, words) for words in sentences]
        if reason is not None:
            words = f"It could not be mended: {reason}"
            results.append(Diagnosis(about, state, words, "Try again in a moment."))
    return results


def _mend_matter(scene: Scene, about: str, tell: Callable[[str], None]) -> None:
    """Mend what a diagnosis is about, and tell what was done. Raises what the disk raises."""
    upkeep = home_files.build_upkeep(scene, tell)
    if about == home_files.LEFTOVERS:
        paths = home_files.list_home_leftovers(scene)
        upkeep.sweep_leftovers()
        for path in paths:
            if not path.exists():
                tell(f"{path} is removed.")
    elif about == home_files.LINKS:
        upkeep.separate_hard_links(_WAIT_SECONDS)
    elif about == home_files.PERMISSIONS:
        upkeep.close_permissions()
        upkeep.close_folders()
    elif about == home_files.MARKER:
        upkeep.write_missing_marker()
        tell(f"{scene.files.marker} is written.")
    elif about == soundness.SEARCH_INDEX:
        soundness.rebuild_search_index(scene)
        tell("The index of search is made anew.")


def _describe_failure(error: Exception) -> str:
    # The driver's words can quote what is stored.
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}."
    return "another coachlog may be using the journal."


# What it comes to


def require_sound_home(diagnoses: Sequence[Diagnosis]) -> None:
    """Raise UnsoundHome if anything is wrong."""
    count = sum(diagnosis.state is CheckState.WRONG for diagnosis in diagnoses)
    if not count:
        return
    verb = "is" if count == 1 else "are"
    mendable_count = sum(diagnosis.mendable for diagnosis in diagnoses)
    hint = None
    if mendable_count:
        hint = f"To mend what can be mended without harm: {home_files.MEND_COMMAND}"
    raise UnsoundHome(f"{format_count(count, 'thing')} {verb} wrong.", hint)
