"""Guided conversations as files: found, read strictly, checked, described, begun anew."""

from coachlog.templates.library import available, builtin_folder, files, find, ids, load
from coachlog.templates.parsing import parse

__all__ = ["available", "builtin_folder", "files", "find", "ids", "load", "parse"]
