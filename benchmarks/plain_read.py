"""Reads a whole journal without looking at anything: what `check` is compared with."""

import time
from pathlib import Path

from coachlog.store.connections import open_file
from coachlog.store.journal_files import JOURNAL_FILE
from coachlog.store.table_columns import list_tables


def time_plain_read(home: Path) -> float:
    """Return the seconds of the processor that fetching every row of every table takes."""
    began = time.process_time()
    with open_file(home / JOURNAL_FILE, "ro") as connection:
        for table in list_tables(connection):
            for _ in connection.execute(f'SELECT * FROM "{table}"'):
                pass
    return time.process_time() - began


def time_byte_read(home: Path) -> float:
    """Return the seconds of the processor that reading the bytes of the file takes."""
    began = time.process_time()
    with (home / JOURNAL_FILE).open("rb") as file:
        while file.read(1 << 20):
            pass
    return time.process_time() - began
