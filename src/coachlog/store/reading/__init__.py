"""Queries of the journal: plain SQL on a read-only connection, returned as model values.

Each command imports the modules of its own queries: all of them take as long as Python to start.
"""
