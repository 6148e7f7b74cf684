-- Workshops that the owner holds: their themes, the codes that were read, and how often each answer was given.
-- No reply is kept, only counts; nothing says when a reply came, not even the order of the rows.

CREATE TABLE workshop (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    tag VARCHAR NOT NULL,
    secret VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    themes TEXT NOT NULL,
    made_on DATE NOT NULL,
    created_at DATETIME NOT NULL,
    row_sum INTEGER,
    UNIQUE (uid)
);

CREATE TABLE workshop_code (
    workshop_id INTEGER NOT NULL,
    nonce VARCHAR NOT NULL,
    row_sum INTEGER,
    PRIMARY KEY (workshop_id, nonce),
    FOREIGN KEY(workshop_id) REFERENCES workshop (id)
) WITHOUT ROWID;

CREATE TABLE workshop_count (
    workshop_id INTEGER NOT NULL,
    question INTEGER NOT NULL,
    value INTEGER NOT NULL,
    shown INTEGER NOT NULL,
    waiting INTEGER NOT NULL,
    row_sum INTEGER,
    PRIMARY KEY (workshop_id, question, value),
    CONSTRAINT question CHECK (question IN (1, 2, 3)),
    CONSTRAINT value CHECK (value BETWEEN 1 AND 12),
    CONSTRAINT shown CHECK (shown >= 0),
    CONSTRAINT waiting CHECK (waiting >= 0),
    FOREIGN KEY(workshop_id) REFERENCES workshop (id)
) WITHOUT ROWID;
