-- What a set does between two meetings: offers, asks, and when buddies check in.

CREATE TABLE set_support (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    set_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    kind VARCHAR(16) NOT NULL,
    words TEXT NOT NULL,
    written_on DATE NOT NULL,
    done_on DATE,
    row_sum INTEGER,
    CONSTRAINT kind CHECK (kind IN ('offer', 'ask')),
    UNIQUE (uid),
    FOREIGN KEY(set_id) REFERENCES learning_set (id),
    FOREIGN KEY(member_id) REFERENCES set_member (id)
);

CREATE INDEX ix_set_support_set ON set_support (set_id);
CREATE INDEX ix_set_support_member ON set_support (member_id);

CREATE TABLE set_check_in (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    set_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    meetings INTEGER NOT NULL,
    "on" DATE,
    row_sum INTEGER,
    UNIQUE (uid),
    FOREIGN KEY(set_id) REFERENCES learning_set (id),
    FOREIGN KEY(member_id) REFERENCES set_member (id)
);

CREATE INDEX ix_set_check_in_set ON set_check_in (set_id, meetings);
CREATE INDEX ix_set_check_in_member ON set_check_in (member_id);
CREATE INDEX ix_set_check_in_on ON set_check_in ("on");
