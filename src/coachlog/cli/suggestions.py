"""What Tab suggests for each argument and option, looked up fast and in silence."""

from typing import TYPE_CHECKING

from coachlog.cli.declare import FILES, FOLDERS, Call, Suggestion
from coachlog.errors import CoachlogError

if TYPE_CHECKING:
    from coachlog.services.completion import Offer
    from coachlog.terminal.console import Console


def _build_suggestion(
    function_name: str, back_function_name: str = "", *, first_word_only: bool = False
) -> Suggestion:
    """Return a suggestion by the service of this name; it offers nothing if that fails.

    The second name is that of the service to ask where the command line has `--back`. With
    `first_word_only`, nothing is offered after the first of the words.
    """

    def suggest(console: "Console", call: Call, typed_text: str) -> "list[Offer]":
        from coachlog.services import completion

        if first_word_only and call.values.get("words"):
            return []
        name = function_name
        if back_function_name and call.values.get("back"):
            name = back_function_name
        try:
            offers: list[Offer] = getattr(completion, name)(console.desk, typed_text)
        except CoachlogError:
            return []
        return offers

    return suggest


def suggest_commands(_console: "Console", call: Call, typed_text: str) -> "list[Offer]":
    """Offer the commands, and after a noun its verbs."""
    from coachlog.cli.nouns import NOUN_HELPS, load_noun
    from coachlog.services.completion import Offer

    words = call.values.get("words", [])
    helps = NOUN_HELPS
    if words:
        noun = load_noun(words[0]) if words[0] in NOUN_HELPS else None
        helps = noun.summaries if noun and noun.has_verbs and len(words) == 1 else {}
    return [
        Offer(name, help) for name, help in helps.items() if name.startswith(typed_text)
    ]


def _build_path_suggestion(kind: str) -> Suggestion:
    def suggest(_console: "Console", _call: Call, _typed_text: str) -> str:
        return kind

    return suggest


suggest_people = _build_suggestion("offer_people", "offer_archived_people")
suggest_plan_owners = _build_suggestion("offer_plan_owners")
suggest_first_person = _build_suggestion("offer_people", first_word_only=True)
suggest_open_notes = _build_suggestion("offer_open_notes")
suggest_owners = _build_suggestion("offer_owners")
suggest_actions = _build_suggestion("offer_actions")
suggest_open_actions = _build_suggestion("offer_open_actions")
suggest_closed_actions = _build_suggestion("offer_closed_actions")
suggest_goals = _build_suggestion("offer_goals")
suggest_open_goals = _build_suggestion("offer_open_goals")
suggest_closed_goals = _build_suggestion("offer_closed_goals")
suggest_benefits = _build_suggestion("offer_benefits")
suggest_stories = _build_suggestion("offer_stories")
suggest_pulses = _build_suggestion("offer_pulses")
suggest_workshops = _build_suggestion("offer_workshops")
suggest_drafts = _build_suggestion("offer_drafts")
suggest_sessions = _build_suggestion("offer_sessions")
suggest_lessons = _build_suggestion("offer_lessons")
suggest_deleted_sessions = _build_suggestion("offer_deleted_sessions")
suggest_returning_sessions = _build_suggestion("offer_returning_sessions")
suggest_tags = _build_suggestion("offer_tags")
suggest_measures = _build_suggestion("offer_measures")
suggest_sets = _build_suggestion("offer_sets", "offer_archived_sets")
suggest_templates = _build_suggestion("offer_templates")
suggest_setting_keys = _build_suggestion("offer_setting_keys")
suggest_formats = _build_suggestion("offer_formats")
suggest_styles = _build_suggestion("offer_styles")
suggest_tables = _build_suggestion("offer_tables")


def _build_place_suggestion(breakdown: str) -> Suggestion:
    """Return a suggestion of what the programme's file that was typed before has to choose from."""

    def suggest(_console: "Console", call: Call, typed_text: str) -> "list[Offer]":
        from coachlog.services import completion

        path = call.values.get("path")
        return completion.offer_places(path, breakdown, typed_text) if path else []

    return suggest


def suggest_support_lines(
    console: "Console", call: Call, typed_text: str
) -> "list[Offer]":
    """Offer the open offers and asks of the set that was typed before."""
    from coachlog.services import completion

    name = call.values.get("name")
    if not name:
        return []
    try:
        return completion.offer_support_lines(console.desk, name, typed_text)
    except CoachlogError:
        return []


suggest_cohorts = _build_place_suggestion("cohort")
suggest_regions = _build_place_suggestion("region")
suggest_bands = _build_place_suggestion("band")
suggest_programmes = _build_suggestion("offer_programmes")
suggest_quarters = _build_suggestion("offer_quarters")
suggest_breakdowns = _build_suggestion("offer_breakdowns")
suggest_files = _build_path_suggestion(FILES)
suggest_folders = _build_path_suggestion(FOLDERS)
