"""The values that coachlog works with: people, sessions, promises, goals, notes.

They are named tuples because every command pays for creating these classes: 0.7 million
instructions each, and frozen dataclasses take four times as long. So each is imported from its own
module: to create all of them takes as long as Python itself takes to start.
"""
