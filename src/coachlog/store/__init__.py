"""The journal on disk: one SQLite file in one folder."""
