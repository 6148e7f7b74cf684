-- Sums by which damage is found, and what was changed, so that it can be taken back.

ALTER TABLE action ADD COLUMN row_sum INTEGER;

ALTER TABLE action_event ADD COLUMN row_sum INTEGER;

ALTER TABLE answer ADD COLUMN row_sum INTEGER;

ALTER TABLE draft ADD COLUMN row_sum INTEGER;

ALTER TABLE draft_step ADD COLUMN row_sum INTEGER;

ALTER TABLE encounter ADD COLUMN row_sum INTEGER;

ALTER TABLE event ADD COLUMN row_sum INTEGER;

ALTER TABLE goal ADD COLUMN row_sum INTEGER;

ALTER TABLE goal_action ADD COLUMN row_sum INTEGER;

ALTER TABLE learning_set ADD COLUMN row_sum INTEGER;

ALTER TABLE meeting ADD COLUMN row_sum INTEGER;

ALTER TABLE note ADD COLUMN row_sum INTEGER;

ALTER TABLE participant ADD COLUMN row_sum INTEGER;

ALTER TABLE person ADD COLUMN row_sum INTEGER;

ALTER TABLE person_handle ADD COLUMN row_sum INTEGER;

ALTER TABLE pulse ADD COLUMN row_sum INTEGER;

ALTER TABLE pulse_code ADD COLUMN row_sum INTEGER;

ALTER TABLE pulse_count ADD COLUMN row_sum INTEGER;

ALTER TABLE rating ADD COLUMN row_sum INTEGER;

ALTER TABLE recurrence ADD COLUMN row_sum INTEGER;

ALTER TABLE session ADD COLUMN row_sum INTEGER;

ALTER TABLE session_person ADD COLUMN row_sum INTEGER;

ALTER TABLE session_tag ADD COLUMN row_sum INTEGER;

ALTER TABLE set_action ADD COLUMN row_sum INTEGER;

ALTER TABLE set_member ADD COLUMN row_sum INTEGER;

ALTER TABLE setting ADD COLUMN row_sum INTEGER;

ALTER TABLE slot ADD COLUMN row_sum INTEGER;

ALTER TABLE tag ADD COLUMN row_sum INTEGER;

CREATE TABLE journal_state (
    id INTEGER NOT NULL PRIMARY KEY,
    uid VARCHAR NOT NULL,
    sum_key VARCHAR NOT NULL,
    epoch VARCHAR NOT NULL,
    change_count INTEGER NOT NULL,
    changed_on DATE,
    row_sum INTEGER,
    CONSTRAINT single CHECK (id = 1)
);

CREATE TABLE table_sum (
    table_name VARCHAR NOT NULL,
    row_count INTEGER NOT NULL,
    total INTEGER NOT NULL,
    row_sum INTEGER,
    PRIMARY KEY (table_name)
);

CREATE TABLE undo_entry (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at DATETIME NOT NULL,
    event_ids TEXT NOT NULL,
    undone_at DATETIME,
    row_sum INTEGER
);

CREATE TABLE undo_step (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    entry_id INTEGER NOT NULL,
    table_name VARCHAR NOT NULL,
    row_keys TEXT NOT NULL,
    total INTEGER,
    old_values TEXT,
    row_sum INTEGER,
    FOREIGN KEY(entry_id) REFERENCES undo_entry (id)
);

CREATE INDEX ix_undo_step_entry ON undo_step (entry_id);

-- Rules for these come before the commands that fill them.

CREATE TABLE hold (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    person_id INTEGER NOT NULL,
    placed_on DATE NOT NULL,
    ended_on DATE,
    row_sum INTEGER,
    UNIQUE (uid),
    FOREIGN KEY(person_id) REFERENCES person (id)
);

CREATE INDEX ix_hold_person ON hold (person_id) WHERE ended_on IS NULL;

CREATE TABLE tombstone (
    digest VARCHAR NOT NULL,
    made_on DATE NOT NULL,
    row_sum INTEGER,
    PRIMARY KEY (digest)
);
