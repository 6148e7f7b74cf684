"""A whole conversation written down beforehand: an answers file, or a form filled in."""

from coachlog.answers.contents import AnswersFile
from coachlog.answers.file import day, faults, flat, parse, scripted, tags

__all__ = ["AnswersFile", "day", "faults", "flat", "parse", "scripted", "tags"]
