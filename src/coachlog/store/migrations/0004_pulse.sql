-- The pulse: two statements for the team, the codes that were read, and how often each value was given.
-- No reply is kept, only counts; nothing says when a reply came, not even the order of the rows.

CREATE TABLE pulse (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    tag VARCHAR NOT NULL,
    secret VARCHAR NOT NULL,
    statements TEXT NOT NULL,
    made_on DATE NOT NULL,
    created_at DATETIME NOT NULL,
    UNIQUE (uid)
);

CREATE TABLE pulse_code (
    pulse_id INTEGER NOT NULL,
    nonce VARCHAR NOT NULL,
    PRIMARY KEY (pulse_id, nonce),
    FOREIGN KEY(pulse_id) REFERENCES pulse (id)
) WITHOUT ROWID;

CREATE TABLE pulse_count (
    pulse_id INTEGER NOT NULL,
    statement INTEGER NOT NULL,
    value INTEGER NOT NULL,
    shown INTEGER NOT NULL,
    waiting INTEGER NOT NULL,
    PRIMARY KEY (pulse_id, statement, value),
    CONSTRAINT statement CHECK (statement IN (1, 2)),
    CONSTRAINT value CHECK (value BETWEEN 1 AND 5),
    CONSTRAINT shown CHECK (shown >= 0),
    CONSTRAINT waiting CHECK (waiting >= 0),
    FOREIGN KEY(pulse_id) REFERENCES pulse (id)
) WITHOUT ROWID;
