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

__all__ = [
    "AnswersFile",
    "build_file_answerer",
    "find_file_faults",
    "flatten_answers",
    "parse_answers_file",
    "parse_tags",
    "parse_talk_day",
]
