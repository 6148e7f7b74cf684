-- The programmes that the owner has joined, and which quarters were sent to them.

CREATE TABLE programme_secret (
    id INTEGER NOT NULL PRIMARY KEY,
    secret VARCHAR NOT NULL,
    row_sum INTEGER,
    CONSTRAINT single CHECK (id = 1)
);

CREATE TABLE programme_membership (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    terms TEXT NOT NULL,
    cohort VARCHAR,
    region VARCHAR,
    band VARCHAR,
    joined_on DATE NOT NULL,
    left_on DATE,
    row_sum INTEGER,
    UNIQUE (uid)
);

CREATE INDEX ix_programme_membership_code ON programme_membership (code);

CREATE TABLE programme_contribution (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    membership_id INTEGER NOT NULL,
    quarter VARCHAR NOT NULL,
    edition INTEGER NOT NULL,
    number VARCHAR NOT NULL,
    made_on DATE NOT NULL,
    row_sum INTEGER,
    CONSTRAINT edition CHECK (edition > 0),
    UNIQUE (uid),
    FOREIGN KEY(membership_id) REFERENCES programme_membership (id)
);

CREATE INDEX ix_programme_contribution_membership ON programme_contribution (membership_id, quarter);
