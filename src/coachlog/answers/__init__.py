"""A whole conversation written down beforehand: an answers file, or a form filled in."""

from coachlog.answers.file import day, faults, flat, parse, scripted, tags
from coachlog.answers.file_contents import AnswersFile

__all__ = ["AnswersFile", "day", "faults", "flat", "parse", "scripted", "tags"]
