"""Judgements about promises, goals and rhythms: pure functions, with `today` as an argument.

Each command imports the modules of its own rules.
"""
