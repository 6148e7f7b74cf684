"""A whole conversation written down beforehand: an answers file, or a form filled in."""

from coachlog.answers.file import (
    build_file_answerer,
    find_file_faults,
    flatten_answers,
    parse_answers_file,
    parse_tags,
    parse_talk_day,
)
from coachlog.answers.file_contents import AnswersFile
from coachlog.answers.typed_actions import read_typed_actions

__all__ = [
    "AnswersFile",
    "build_file_answerer",
    "find_file_faults",
    "flatten_answers",
    "parse_answers_file",
    "parse_tags",
    "parse_talk_day",
    "read_typed_actions",
]
