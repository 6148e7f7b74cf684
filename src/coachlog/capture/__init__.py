"""What people type as notes: text, promises with owners and dates, private lines, tags, minutes.

One pure function reads it, the same wherever a promise is typed. It never fails, takes time in
proportion to the length of the text, and says what is not certain instead of guessing.
docs/capture.md explains it to those who type.
"""

from coachlog.capture.notes_text import (
    find_sense,
    is_setting,
    read_notes,
    read_offered,
    read_promise,
)
from coachlog.capture.owner_labels import split_label
from coachlog.capture.promise_lines import OtherSense
from coachlog.capture.promise_writing import write_promise
from coachlog.capture.supporters import SupportReading, read_support
from coachlog.capture.values import (
    DOUBT_WORDS,
    ME,
    UNCLEAR_WORDS,
    CaptureContext,
    CapturedNotes,
    CapturedPromise,
    Doubt,
    KnownPerson,
    OfferedBullet,
    Owner,
    find_captured_owner,
    get_owner_name,
)

__all__ = [
    "DOUBT_WORDS",
    "ME",
    "UNCLEAR_WORDS",
    "CaptureContext",
    "CapturedNotes",
    "CapturedPromise",
    "Doubt",
    "KnownPerson",
    "OfferedBullet",
    "OtherSense",
    "Owner",
    "SupportReading",
    "find_captured_owner",
    "find_sense",
    "get_owner_name",
    "is_setting",
    "read_notes",
    "read_offered",
    "read_promise",
    "read_support",
    "split_label",
    "write_promise",
]
