"""A whole conversation written down beforehand: an answers file, or a form filled in."""

from coachlog.answers.files import AnswersFile, day, faults, flat, parse, scripted, tags

__all__ = ["AnswersFile", "day", "faults", "flat", "parse", "scripted", "tags"]
