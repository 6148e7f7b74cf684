"""Names of people and sets: whether two are the same, whether one will do, and whom one means.

Each module of coachlog imports what it needs from `matching` and `spelling`.
"""
