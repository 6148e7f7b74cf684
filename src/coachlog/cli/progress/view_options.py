"""The options of `coachlog progress`, and which of them go together."""

from pathlib import Path

from coachlog.errors import InvalidInput
from coachlog.named_tuples import NamedTuple
from coachlog.text import clean_text


class ProgressOptions(NamedTuple):
    """The values typed, each under the name of its option."""

    name: str | None
    measure: str | None
    set_name: str | None
    ledger: bool
    shadow: bool
    themes: bool
    compare: bool
    standards: bool
    since: str | None
    until: str | None
    private: bool
    picture: Path | None
    force: bool
    as_json: bool

    def require_one_view(self) -> None:
        """Raise InvalidInput for options that do not go together on one screen."""
        narrowing = {self.name, self.measure} - {None}
        if self.shadow:
            self._require_shadow_alone()
        if self.themes:
            self._require_themes_alone()
        if self.compare:
            self._require_quarters_alone()
        if self.standards:
            self._require_standards_alone()
        if self.ledger and self.measure is not None:
            raise InvalidInput(
                "Use only one of --ledger (promises) and --measure (answers)."
            )
        if self.set_name is not None and narrowing:
            raise InvalidInput(
                "--set shows a set as a whole: leave out the person and --measure.",
                f'coachlog progress --set "{clean_text(self.set_name)}"',
            )

    def _require_shadow_alone(self) -> None:
        """Raise InvalidInput for options that --shadow has no place for."""
        narrowing = {self.name, self.measure, self.set_name} - {None}
        if self.ledger or narrowing:
            raise InvalidInput(
                "--shadow shows your own reviews, and nothing else.",
                "Leave out the name, --measure, --set and --ledger.",
            )

    def _require_themes_alone(self) -> None:
        """Raise InvalidInput for options that --themes has no place for."""
        others = (self.shadow, self.standards, self.compare, self.ledger)
        if any(others) or {self.name, self.measure, self.set_name} - {None}:
            raise InvalidInput(
                "--themes shows your own ratings, and nothing else.",
                "Use it with --private, --json or --picture only.",
            )
        if self.since is not None or self.until is not None:
            raise InvalidInput(
                "--themes is for all three moments: leave out --since and --until."
            )

    def _require_quarters_alone(self) -> None:
        """Raise InvalidInput for options that --compare has no place for."""
        if self.since is not None or self.until is not None:
            raise InvalidInput(
                "--compare is for whole quarters: leave out --since and --until.",
                "--since alone compares a period with the days before it.",
            )
        if self.shadow or self.ledger or self.measure is not None:
            raise InvalidInput(
                "--compare shows promises kept, and nothing else.",
                "Leave out --ledger, --measure and --shadow.",
            )

    def _require_standards_alone(self) -> None:
        """Raise InvalidInput for options that --standards has no place for."""
        others = (self.shadow, self.compare, self.ledger, self.measure, self.set_name)
        if any(others):
            raise InvalidInput(
                "--standards shows evidence for your standards, and nothing else.",
                "Leave out --measure, --set, --ledger, --shadow and --compare.",
            )

    def require_one_answer(self) -> None:
        """Raise InvalidInput for a picture as JSON, or of a kind that cannot be drawn."""
        if self.picture is None:
            return
        if self.as_json:
            raise InvalidInput("Use only one of --picture and --json.")
        from coachlog.screens.snapshot import PICTURE_KINDS

        if self.picture_kind not in PICTURE_KINDS:
            raise InvalidInput(
                f"“{clean_text(self.picture.name)}” is not a picture that coachlog can draw.",
                "Use a file that ends in .svg or .html.",
            )

    @property
    def picture_kind(self) -> str:
        """Return the kind of picture that the file's suffix names, such as `svg`; '' for none."""
        return self.picture.suffix.lower().removeprefix(".") if self.picture else ""
