"""Other journals on the command line, each with as many rows, of which as many are open.

A row is a promise with its day, as in a journal of coachlog. Each peer has a folder of its own and
is set up by files and variables, so that nobody's own journal is touched.
"""

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from programs import choose_settings, time_line
from rounds import TODAY

LIST, ADD = "list", "add"
OPEN = 30
LISTED = "30"


class Row(NamedTuple):
    """A promise, the day it was made, and whether it is open."""

    number: int
    words: str
    on: date
    is_open: bool


class Peer(NamedTuple):
    """A program, the files that its journal is made of, and the lines to list and to add."""

    program: str
    fill: Callable[[Path, int], dict[str, str]]
    list_line: tuple[str, ...]
    add_line: tuple[str, ...]
    typed: str = ""


class PeerJournal:
    """A journal of one peer, to be listed and added to again and again."""

    def __init__(self, peer: Peer, folder: Path, rows: int) -> None:
        self._peer = peer
        self._folder = folder
        folder.mkdir()
        settings = peer.fill(folder, rows)
        self._settings = choose_settings(HOME=str(folder)) | settings
        self._runs = 0

    def time_list(self) -> float:
        """Return the seconds of listing what is newest, or open."""
        return self._time(self._peer.list_line)

    def time_add(self) -> float:
        """Return the seconds of adding a row."""
        return self._time(self._peer.add_line, self._peer.typed)

    def _time(self, words: tuple[str, ...], typed: str = "") -> float:
        self._runs += 1
        day = TODAY + timedelta(self._runs)
        line = [self._peer.program, *(word.format(day=day) for word in words)]
        return time_line(line, self._settings, typed, folder=self._folder)


def find_peers(venv: str = "") -> tuple[list[Peer], list[str]]:
    """Return the peers in a venv or on the PATH, and the names of those that are nowhere."""
    if venv:
        os.environ["PATH"] = f"{venv}/bin{os.pathsep}{os.environ['PATH']}"
    missing = [peer.program for peer in PEERS if not shutil.which(peer.program)]
    return [peer for peer in PEERS if peer.program not in missing], missing


def make_rows(count: int) -> Iterator[Row]:
    """Return the rows, the oldest first; two a day up to today."""
    for number in range(1, count + 1):
        on = TODAY - timedelta((count - number) // 2)
        words = f"Promise number {number}: send the notes round"
        yield Row(number, words, on, is_open=number > count - OPEN)


def fill_jrnl(folder: Path, count: int) -> dict[str, str]:
    file = folder / "journal.txt"
    entries = [f"[{row.on} 09:00] {row.words}\n\n" for row in make_rows(count)]
    file.write_text("".join(entries))
    (folder / "jrnl").mkdir()
    (folder / "jrnl/jrnl.yaml").write_text(
        f"journals:\n  default:\n    journal: {file}\n"
        "colors:\n  body: none\n  date: none\n  tags: none\n  title: none\n"
        "default_hour: 9\ndefault_minute: 0\neditor: ''\nencrypt: false\nhighlight: true\n"
        "indent_character: '|'\nlinewrap: 79\ntagsymbols: '#@'\ntemplate: false\n"
        "timeformat: '%Y-%m-%d %H:%M'\nversion: v4.0\n"
    )
    return {"XDG_CONFIG_HOME": str(folder)}


def fill_watson(folder: Path, count: int) -> dict[str, str]:
    frames = []
    for row in make_rows(count):
        start = _build_moment(row)
        frames.append([start, start + 600, row.words, f"{row.number:032x}", [], start])
    (folder / "frames").write_text(json.dumps(frames))
    return {"WATSON_DIR": str(folder)}


def fill_sqlite_utils(folder: Path, count: int) -> dict[str, str]:
    with sqlite3.connect(folder / "journal.db") as journal:
        journal.execute(
            "CREATE TABLE promise (id INTEGER PRIMARY KEY, words TEXT, made TEXT, open INT)"
        )
        journal.executemany(
            "INSERT INTO promise VALUES (?, ?, ?, ?)",
            [
                (row.number, row.words, str(row.on), row.is_open)
                for row in make_rows(count)
            ],
        )
        journal.execute("CREATE INDEX ix_open ON promise (open, made)")
    return {}


def fill_taskwarrior(folder: Path, count: int) -> dict[str, str]:
    (folder / "taskrc").write_text(f"data.location={folder}\nconfirmation=off\n")
    settings = {"TASKRC": str(folder / "taskrc"), "TASKDATA": str(folder)}
    tasks = []
    for row in make_rows(count):
        entry = f"{row.on:%Y%m%d}T090000Z"
        task = {"description": row.words, "entry": entry, "status": "pending"}
        if not row.is_open:
            task |= {"status": "completed", "end": entry}
        tasks.append(task)
    subprocess.run(
        ["task", "import", "-"],
        env=choose_settings(**settings),
        input=json.dumps(tasks),
        text=True,
        capture_output=True,
        check=True,
    )
    return settings


def fill_timewarrior(folder: Path, count: int) -> dict[str, str]:
    months: dict[str, list[str]] = {}
    for row in make_rows(count):
        day, hour = f"{row.on:%Y%m%d}", 9 + row.number % 2
        line = f'inc {day}T{hour:02}0000Z - {day}T{hour:02}1000Z # "{row.words}"\n'
        months.setdefault(f"{row.on:%Y-%m}", []).append(line)
    (folder / "data").mkdir()
    for month, lines in months.items():
        (folder / f"data/{month}.data").write_text("".join(lines))
    (folder / "timewarrior.cfg").write_text("confirmation = off\n")
    return {"TIMEWARRIORDB": str(folder)}


def fill_buku(folder: Path, count: int) -> dict[str, str]:
    settings = {"XDG_DATA_HOME": str(folder)}
    (folder / "buku").mkdir()
    with sqlite3.connect(folder / "buku/bookmarks.db") as journal:
        journal.execute(
            "CREATE TABLE bookmarks (id integer PRIMARY KEY, URL text NOT NULL UNIQUE,"
            " metadata text default '', tags text default ',', desc text default '',"
            " flags integer default 0)"
        )
        journal.executemany(
            "INSERT INTO bookmarks (id, URL, metadata, desc) VALUES (?, ?, ?, ?)",
            [
                (row.number, f"https://x.test/{row.number}", row.words, str(row.on))
                for row in make_rows(count)
            ],
        )
    return settings


def fill_todoman(folder: Path, count: int) -> dict[str, str]:
    calendar = folder / "todos/work"
    calendar.mkdir(parents=True)
    for row in make_rows(count):
        day = f"{row.on:%Y%m%d}T090000Z"
        done = "" if row.is_open else f"COMPLETED:{day}\nPERCENT-COMPLETE:100\n"
        status = "NEEDS-ACTION" if row.is_open else "COMPLETED"
        _write_calendar_file(
            calendar / f"{row.number}.ics",
            f"BEGIN:VTODO\nUID:{row.number}\nDTSTAMP:{day}\nCREATED:{day}\n"
            f"SUMMARY:{row.words}\nSTATUS:{status}\n{done}END:VTODO\n",
        )
    (folder / "todoman").mkdir()
    (folder / "todoman/config.py").write_text(
        f"path = '{folder}/todos/*'\ndefault_list = 'work'\ncache_path = '{folder}/cache.db'\n"
    )
    return {"XDG_CONFIG_HOME": str(folder)}


def fill_khal(folder: Path, count: int) -> dict[str, str]:
    calendar = folder / "calendar"
    calendar.mkdir()
    for row in make_rows(count):
        hour = 9 + row.number % 2
        _write_calendar_file(
            calendar / f"{row.number}.ics",
            f"BEGIN:VEVENT\nUID:{row.number}\nDTSTAMP:{row.on:%Y%m%d}T090000Z\n"
            f"DTSTART:{row.on:%Y%m%d}T{hour:02}0000Z\nDTEND:{row.on:%Y%m%d}T{hour:02}1000Z\n"
            f"SUMMARY:{row.words}\nEND:VEVENT\n",
        )
    (folder / "khal").mkdir()
    (folder / "khal/config").write_text(
        f"[calendars]\n[[work]]\npath = {calendar}\n"
        f"[sqlite]\npath = {folder}/khal.db\n[default]\ndefault_calendar = work\n"
        "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
    )
    return {"XDG_CONFIG_HOME": str(folder)}


def _write_calendar_file(file: Path, component: str) -> None:
    head = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//benchmarks//EN\n"
    file.write_bytes(f"{head}{component}END:VCALENDAR\n".replace("\n", "\r\n").encode())


def _build_moment(row: Row) -> int:
    days = (row.on - date(1970, 1, 1)).days
    return days * 86_400 + (9 + row.number % 2) * 3_600


FORTNIGHT = str(TODAY - timedelta(14))
PEERS = (
    Peer(
        "timew",
        fill_timewarrior,
        ("summary", FORTNIGHT, "-", "tomorrow"),
        ("track", "3am", "-", "4am", "Ring", ":adjust"),
    ),
    Peer(
        "task", fill_taskwarrior, ("list",), ("add", "Ring the ward", "due:2027-01-05")
    ),
    Peer(
        "watson",
        fill_watson,
        ("log", "--no-pager", "--from", FORTNIGHT),
        ("add", "--from", "2001-01-01 09:00", "--to", "2001-01-01 10:00", "ring"),
    ),
    Peer(
        "sqlite-utils",
        fill_sqlite_utils,
        (
            "query",
            "journal.db",
            "select * from promise where open order by made",
            "--table",
        ),
        ("insert", "journal.db", "promise", "-"),
        json.dumps({"words": "Ring the ward", "made": "2026-11-30", "open": 1}),
    ),
    Peer("jrnl", fill_jrnl, ("-n", LISTED), ("Ring", "the", "ward")),
    Peer(
        "buku",
        fill_buku,
        ("--nostdin", "--np", "--nc", "--print", f"-{LISTED}"),
        ("--nostdin", "--offline", "--add", "https://x.test/{day}"),
    ),
    Peer("todo", fill_todoman, ("list",), ("new", "--list", "work", "Ring the ward")),
    Peer(
        "khal",
        fill_khal,
        ("list", FORTNIGHT, "15d"),
        ("new", str(TODAY), "Ring the ward"),
    ),
)
