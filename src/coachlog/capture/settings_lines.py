"""Lines of their own that say something of the conversation: `#tag`, `35 min`, `on DATE`."""

import re
from datetime import date

from coachlog.dates.lengths import parse_length
from coachlog.dates.parsing import find_past_day, normalise_words
from coachlog.errors import InvalidInput
from coachlog.named_tuples import NamedTuple
from coachlog.names.spelling import has_letter
from coachlog.patterns import compile_later

_LONGEST_LINE = 400
_LONGEST_TAG = 60
_LONGEST_TALK = 24 * 60
_ABOUT = (
    r"(?:(?:about|around|roughly|approximately|approx\.?|circa|ca\.|c\.) |[~≈](?=\d))?"
)
_MINUTE = r"(?:minutes?|mins?|m)\.?"
_MINUTES = compile_later(
    rf"{_ABOUT}(?:(?P<hours>\d{{1,2}}) ?(?:hours?|hrs?|h)\.?"
    rf"(?:(?: and)? ?(?P<rest>\d{{1,2}})(?: ?{_MINUTE})?)?"
    rf"|(?P<minutes>\d{{1,4}}) ?{_MINUTE})",
    re.ASCII | re.IGNORECASE,
)
_WORDED_MINUTES = {
    "quarter of an hour": 15,
    "half an hour": 30,
    "half hour": 30,
    "three quarters of an hour": 45,
    "an hour": 60,
    "one hour": 60,
    "an hour and a quarter": 75,
    "an hour and a half": 90,
    "hour and a half": 90,
    "two hours": 120,
}
_MOST_MINUTE_PARTS = 6
_BARE_NUMBER = compile_later(r"(?:the )?\d{1,4}", re.ASCII)
_SEPARATORS = ",;·|"


class LineSettings(NamedTuple):
    """What one line sets; None for what it does not."""

    tags: tuple[str, ...] = ()
    minutes: int | None = None
    held_on: date | None = None


def read_settings_line(line: str, today: date) -> LineSettings | None:
    """Return what a line sets; None for a line in which there are other words as well.

    The day is one that has passed, seen from `today`.
    """
    if len(line) > _LONGEST_LINE:
        return None
    parts = [part.strip(_SEPARATORS) for part in line.split()]
    parts = [part for part in parts if part]
    settings = LineSettings()
    place = 0
    while place < len(parts):
        taken = _take_setting(settings, parts[place:], today)
        if taken is None:
            return None
        settings, count = taken
        place += count
    return settings if parts else None


def repeats_setting(line: LineSettings, earlier: LineSettings) -> bool:
    """Return whether a line sets the minutes or the day when they are set."""
    repeats_minutes = line.minutes is not None and earlier.minutes is not None
    repeats_day = line.held_on is not None and earlier.held_on is not None
    return repeats_minutes or repeats_day


def _take_setting(
    settings: LineSettings, parts: list[str], today: date
) -> tuple[LineSettings, int] | None:
    """Return the settings with the first one in `parts`, and of how many parts it is."""
    tag = _read_tag(parts[0])
    if tag:
        return settings._replace(tags=(*settings.tags, tag)), 1
    if settings.minutes is None:
        minutes = _read_minutes(parts)
        if minutes:
            return settings._replace(minutes=minutes[0]), minutes[1]
    if parts[0].casefold() == "on" and settings.held_on is None:
        day_parts = _list_day_parts(parts[1:])
        day = _read_talk_day(" ".join(day_parts), today)
        if day:
            return settings._replace(held_on=day), 1 + len(day_parts)
    return None


def _read_tag(part: str) -> str | None:
    tag = part[1:].rstrip(".!")
    if not part.startswith("#") or "#" in tag or len(tag) > _LONGEST_TAG:
        return None
    return tag if has_letter(tag) else None


def _read_minutes(parts: list[str]) -> tuple[int, int] | None:
    """Return how many minutes, and of how many parts that is: `35 min`, `1h 20`, `half an hour`."""
    for count in range(min(_MOST_MINUTE_PARTS, len(parts)), 0, -1):
        minutes = _count_minutes(" ".join(parts[:count]))
        if 1 <= minutes <= _LONGEST_TALK:
            return minutes, count
    return None


def _count_minutes(words: str) -> int:
    """Return how many minutes words are; 0 for other words."""
    folded = words.casefold()
    if "hour" not in folded and not any(map(str.isdigit, words)):
        return 0
    match = _MINUTES.fullmatch(words)
    if match is None:
        plain_words = re.sub(rf"^{_ABOUT}(?:a (?=quarter|half))?", "", folded)
        return _WORDED_MINUTES.get(plain_words.removesuffix("."), 0)
    if match["minutes"]:
        return int(match["minutes"])
    return int(match["hours"]) * 60 + int(match["rest"] or 0)


def _list_day_parts(parts: list[str]) -> list[str]:
    """Return the parts up to the next tag or the minutes."""
    for place in range(len(parts)):
        if _read_tag(parts[place]) or _read_minutes(parts[place:]):
            return parts[:place]
    return parts


def _read_talk_day(text: str, today: date) -> date | None:
    words = normalise_words(text).removesuffix(".")
    if _BARE_NUMBER.fullmatch(words) or parse_length(words) is not None:
        return None
    try:
        return find_past_day(words, today)
    except InvalidInput:
        return None
