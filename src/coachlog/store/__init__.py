"""Where conversations are kept: one SQLite file in one folder."""
