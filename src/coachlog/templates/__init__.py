"""Guided conversations as files: finding, parsing and checking them, and starting a new one."""
