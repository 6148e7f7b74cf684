"""A command-line journal for coaching conversations."""

__version__ = "0.1.0"
