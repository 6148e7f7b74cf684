-- Action learning sets with their meetings and slots; questions that are tagged; the owner's promises
-- looked at again, with what is corrected in them. Two tables are made anew: SQLite cannot change a CHECK.

CREATE TABLE learning_set (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    slug VARCHAR NOT NULL,
    every_days INTEGER,
    rules_agreed_on DATE,
    created_at DATETIME NOT NULL,
    archived_at DATETIME,
    UNIQUE (uid),
    UNIQUE (slug)
);

CREATE TABLE set_member (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    set_id INTEGER NOT NULL,
    person_id INTEGER,
    role VARCHAR(16) NOT NULL,
    joined_on DATE NOT NULL,
    left_on DATE,
    FOREIGN KEY(set_id) REFERENCES learning_set (id),
    FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT role CHECK (role IN ('member', 'facilitator', 'coach'))
);

CREATE INDEX ix_set_member_set ON set_member (set_id);

CREATE TABLE meeting (
    session_id INTEGER NOT NULL,
    set_id INTEGER NOT NULL,
    PRIMARY KEY (session_id),
    FOREIGN KEY(session_id) REFERENCES session (id),
    FOREIGN KEY(set_id) REFERENCES learning_set (id)
);

CREATE INDEX ix_meeting_set ON meeting (set_id);

CREATE TABLE participant (
    session_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    PRIMARY KEY (session_id, member_id),
    FOREIGN KEY(session_id) REFERENCES session (id),
    FOREIGN KEY(member_id) REFERENCES set_member (id)
);

CREATE INDEX ix_participant_member ON participant (member_id);

CREATE TABLE slot (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    session_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    issue TEXT,
    minutes INTEGER,
    UNIQUE (uid),
    FOREIGN KEY(session_id) REFERENCES session (id),
    FOREIGN KEY(member_id) REFERENCES set_member (id)
);

CREATE UNIQUE INDEX ix_slot_session ON slot (session_id, position);

CREATE INDEX ix_slot_member ON slot (member_id);

CREATE TABLE set_action (
    action_id INTEGER NOT NULL,
    set_id INTEGER NOT NULL,
    slot_id INTEGER,
    PRIMARY KEY (action_id),
    FOREIGN KEY(action_id) REFERENCES action (id),
    FOREIGN KEY(set_id) REFERENCES learning_set (id),
    FOREIGN KEY(slot_id) REFERENCES slot (id)
);

CREATE INDEX ix_set_action_set ON set_action (set_id);

CREATE INDEX ix_set_action_slot ON set_action (slot_id);

CREATE TABLE answer_anew (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    session_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    stage VARCHAR NOT NULL,
    stage_title VARCHAR NOT NULL,
    prompt VARCHAR NOT NULL,
    question TEXT NOT NULL,
    kind VARCHAR(16) NOT NULL,
    value TEXT NOT NULL,
    private BOOLEAN NOT NULL,
    "key" BOOLEAN NOT NULL,
    health BOOLEAN NOT NULL,
    measure VARCHAR,
    low INTEGER,
    high INTEGER,
    options TEXT,
    slot_id INTEGER,
    FOREIGN KEY(session_id) REFERENCES session (id),
    FOREIGN KEY(slot_id) REFERENCES slot (id),
    CONSTRAINT kind CHECK (kind IN ('text', 'line', 'choice', 'choices', 'scale', 'yesno', 'date', 'number', 'questions', 'promises', 'actions'))
);

INSERT INTO answer_anew
SELECT id, session_id, position, stage, stage_title, prompt, question, kind, value, private, "key",
       health, measure, low, high, options, NULL
FROM answer;

-- Numbers are never used twice, also where the last rows are gone.
INSERT INTO sqlite_sequence (name, seq)
SELECT 'answer_anew', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'answer_anew');

UPDATE sqlite_sequence
SET seq = coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'answer'), 0)
WHERE name = 'answer_anew';

DROP TABLE answer;

ALTER TABLE answer_anew RENAME TO answer;

CREATE UNIQUE INDEX ix_answer_session ON answer (session_id, position);

CREATE INDEX ix_answer_measure ON answer (measure, session_id) WHERE measure IS NOT NULL;

CREATE TABLE action_event_anew (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    action_id INTEGER NOT NULL,
    session_id INTEGER,
    at DATETIME NOT NULL,
    "on" DATE NOT NULL,
    kind VARCHAR(16) NOT NULL,
    due DATE,
    note TEXT,
    fate VARCHAR(16),
    FOREIGN KEY(action_id) REFERENCES action (id),
    FOREIGN KEY(session_id) REFERENCES session (id),
    CONSTRAINT kind CHECK (kind IN ('made', 'moved', 'carried', 'done', 'dropped', 'reopened', 'edited', 'noted', 'corrected')),
    CONSTRAINT fate CHECK (fate IN ('kept', 'kept_as_reagreed', 'kept_late', 'missed', 'released'))
);

INSERT INTO action_event_anew
SELECT id, action_id, session_id, at, "on", kind, due, note, NULL FROM action_event;

INSERT INTO sqlite_sequence (name, seq)
SELECT 'action_event_anew', 0
WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'action_event_anew');

UPDATE sqlite_sequence
SET seq = coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'action_event'), 0)
WHERE name = 'action_event_anew';

DROP TABLE action_event;

ALTER TABLE action_event_anew RENAME TO action_event;

CREATE INDEX ix_action_event_action ON action_event (action_id);

CREATE INDEX ix_action_event_moved ON action_event (action_id) WHERE kind = 'moved';

CREATE INDEX ix_action_event_corrected ON action_event (action_id) WHERE kind = 'corrected';
