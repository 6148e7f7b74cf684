"""What decides how a table is laid out: how wide it is at least, and what is never broken."""

COMMAND = "coachlog "
"""How a cell begins that is to be copied whole."""
LEAST_TABLE_WIDTH = 56
"""With less room than this no column is left out: what does not fit comes as records.

A window of 60 columns has as much, inside two indents.
"""
