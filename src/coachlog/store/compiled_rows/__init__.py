"""The rows that small changes read and write; their statements are compiled from `tables`.

Written by docs/compiled_rows.py: when a table has changed, run it again.
"""
