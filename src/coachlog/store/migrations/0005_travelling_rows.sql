-- What lets a row travel to another journal, and room for what is still to come.
--
-- Rows that travel get a uid: answers, events of actions, ratings, tags and members of sets (the others
-- had one); those that are there get a random one, as new rows do. An event can tell who owned a promise
-- before and after it. Rhythms in months, more people in a conversation, three more relationships, kinds
-- of note. The kind of an answer is no longer checked, so that a new kind of prompt needs no migration.
--
-- SQLite can neither change a CHECK nor add a UNIQUE column: such tables are made anew. Their numbers are
-- kept, and none is ever given again, also where the last rows are gone.

CREATE TABLE person_anew (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    slug VARCHAR NOT NULL,
    relationship VARCHAR(16) NOT NULL,
    role VARCHAR,
    team VARCHAR,
    every_days INTEGER,
    created_at DATETIME NOT NULL,
    archived_at DATETIME,
    paused_until DATE,
    every_months INTEGER,
    CONSTRAINT rhythm CHECK (every_days IS NULL OR every_months IS NULL),
    UNIQUE (uid),
    UNIQUE (slug),
    CONSTRAINT relationship CHECK (relationship IN ('report', 'coachee', 'peer', 'manager', 'mentee', 'coach', 'mentor', 'supervisor'))
);

INSERT INTO person_anew (
    id, uid, name, slug, relationship, role, team, every_days, created_at, archived_at,
    paused_until
)
SELECT id, uid, name, slug, relationship, role, team, every_days, created_at, archived_at,
       paused_until
FROM person;

INSERT INTO sqlite_sequence (name, seq)
SELECT 'person_anew', 0
WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'person_anew');

UPDATE sqlite_sequence
SET seq = coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'person'), 0)
WHERE name = 'person_anew';

DROP TABLE person;

ALTER TABLE person_anew RENAME TO person;

ALTER TABLE learning_set ADD COLUMN every_months INTEGER
    CONSTRAINT rhythm CHECK (every_days IS NULL OR every_months IS NULL);

CREATE TABLE session_person (
    session_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    PRIMARY KEY (session_id, person_id),
    FOREIGN KEY(session_id) REFERENCES session (id),
    FOREIGN KEY(person_id) REFERENCES person (id)
);

CREATE INDEX ix_session_person_person ON session_person (person_id);

CREATE TABLE answer_anew (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
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
    UNIQUE (uid),
    FOREIGN KEY(session_id) REFERENCES session (id),
    FOREIGN KEY(slot_id) REFERENCES slot (id)
);

INSERT INTO answer_anew (
    id, uid, session_id, position, stage, stage_title, prompt, question, kind, value, private,
    "key", health, measure, low, high, options, slot_id
)
SELECT id, lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' ||
       substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) ||
       substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6))),
       session_id, position, stage, stage_title, prompt, question, kind, value, private, "key",
       health, measure, low, high, options, slot_id
FROM answer;

INSERT INTO sqlite_sequence (name, seq)
SELECT 'answer_anew', 0
WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'answer_anew');

UPDATE sqlite_sequence
SET seq = coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'answer'), 0)
WHERE name = 'answer_anew';

DROP TABLE answer;

ALTER TABLE answer_anew RENAME TO answer;

CREATE UNIQUE INDEX ix_answer_session ON answer (session_id, position);

CREATE INDEX ix_answer_measure ON answer (measure, session_id) WHERE measure IS NOT NULL;

CREATE TABLE action_event_anew (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    action_id INTEGER NOT NULL,
    session_id INTEGER,
    at DATETIME NOT NULL,
    "on" DATE NOT NULL,
    kind VARCHAR(16) NOT NULL,
    due DATE,
    note TEXT,
    fate VARCHAR(16),
    old_owner VARCHAR,
    new_owner VARCHAR,
    UNIQUE (uid),
    FOREIGN KEY(action_id) REFERENCES action (id),
    FOREIGN KEY(session_id) REFERENCES session (id),
    CONSTRAINT kind CHECK (kind IN ('made', 'moved', 'carried', 'done', 'dropped', 'reopened', 'edited', 'noted', 'corrected')),
    CONSTRAINT fate CHECK (fate IN ('kept', 'kept_as_reagreed', 'kept_late', 'missed', 'released')),
    CONSTRAINT owners CHECK ((old_owner IS NULL) = (new_owner IS NULL))
);

INSERT INTO action_event_anew (
    id, uid, action_id, session_id, at, "on", kind, due, note, fate
)
SELECT id, lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' ||
       substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) ||
       substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6))),
       action_id, session_id, at, "on", kind, due, note, fate
FROM action_event;

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

-- Until now only the note of an edit told of another owner: "what was: Walk; owner was: them", each value on
-- one line and the owner always the last. So what follows the last "; owner was: " was the owner. The next one
-- is whom the next change names, or who owns the promise now; where both are the same, these were words of a
-- promise.
WITH RECURSIVE rest (id, action_id, words, steps) AS (
    SELECT id, action_id, '; ' || note, 0
    FROM action_event
    WHERE kind = 'edited' AND (
        note GLOB 'owner was: ?*' OR note GLOB 'what was: *; owner was: ?*' OR
        note GLOB 'done_when was: *; owner was: ?*' OR note GLOB 'support was: *; owner was: ?*' OR
        note GLOB 'if_then was: *; owner was: ?*' OR note GLOB 'confidence was: *; owner was: ?*' OR
        note GLOB 'private was: *; owner was: ?*'
    )
    UNION ALL
    SELECT id, action_id, substr(words, instr(words, '; owner was: ') + length('; owner was: ')),
           steps + 1
    FROM rest
    WHERE instr(words, '; owner was: ') > 0
),
noted (id, action_id, owner) AS (
    SELECT id, action_id, words FROM rest
    WHERE steps > 0 AND instr(words, '; owner was: ') = 0 AND words <> ''
),
changed (id, old_owner, new_owner) AS (
    SELECT noted.id, noted.owner, coalesce(
        lead(noted.owner) OVER (PARTITION BY noted.action_id ORDER BY noted.id), action.owner
    )
    FROM noted JOIN action ON action.id = noted.action_id
)
UPDATE action_event
SET old_owner = changed.old_owner, new_owner = changed.new_owner
FROM changed
WHERE action_event.id = changed.id AND changed.old_owner <> changed.new_owner;

CREATE TABLE rating_anew (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    goal_id INTEGER NOT NULL,
    at DATETIME NOT NULL,
    "on" DATE NOT NULL,
    value INTEGER NOT NULL,
    note TEXT,
    UNIQUE (uid),
    FOREIGN KEY(goal_id) REFERENCES goal (id)
);

INSERT INTO rating_anew (
    id, uid, goal_id, at, "on", value, note
)
SELECT id, lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' ||
       substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) ||
       substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6))),
       goal_id, at, "on", value, note
FROM rating;

INSERT INTO sqlite_sequence (name, seq)
SELECT 'rating_anew', 0
WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'rating_anew');

UPDATE sqlite_sequence
SET seq = coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'rating'), 0)
WHERE name = 'rating_anew';

DROP TABLE rating;

ALTER TABLE rating_anew RENAME TO rating;

CREATE INDEX ix_rating_goal ON rating (goal_id, "on", id);

CREATE TABLE tag_anew (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    UNIQUE (uid),
    UNIQUE (name)
);

INSERT INTO tag_anew (
    id, uid, name
)
SELECT id, lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' ||
       substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) ||
       substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6))),
       name
FROM tag;

INSERT INTO sqlite_sequence (name, seq)
SELECT 'tag_anew', 0
WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'tag_anew');

UPDATE sqlite_sequence
SET seq = coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'tag'), 0)
WHERE name = 'tag_anew';

DROP TABLE tag;

ALTER TABLE tag_anew RENAME TO tag;

CREATE TABLE set_member_anew (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    set_id INTEGER NOT NULL,
    person_id INTEGER,
    role VARCHAR(16) NOT NULL,
    joined_on DATE NOT NULL,
    left_on DATE,
    UNIQUE (uid),
    FOREIGN KEY(set_id) REFERENCES learning_set (id),
    FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT role CHECK (role IN ('member', 'facilitator', 'coach'))
);

INSERT INTO set_member_anew (
    id, uid, set_id, person_id, role, joined_on, left_on
)
SELECT id, lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' ||
       substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) ||
       substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6))),
       set_id, person_id, role, joined_on, left_on
FROM set_member;

INSERT INTO sqlite_sequence (name, seq)
SELECT 'set_member_anew', 0
WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'set_member_anew');

UPDATE sqlite_sequence
SET seq = coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'set_member'), 0)
WHERE name = 'set_member_anew';

DROP TABLE set_member;

ALTER TABLE set_member_anew RENAME TO set_member;

CREATE INDEX ix_set_member_set ON set_member (set_id);

CREATE TABLE note_anew (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    person_id INTEGER NOT NULL,
    words TEXT NOT NULL,
    written_on DATE NOT NULL,
    created_at DATETIME NOT NULL,
    settled_at DATETIME,
    session_id INTEGER,
    kind VARCHAR(16) NOT NULL,
    link TEXT,
    UNIQUE (uid),
    FOREIGN KEY(person_id) REFERENCES person (id),
    FOREIGN KEY(session_id) REFERENCES session (id),
    CONSTRAINT kind CHECK (kind IN ('raise', 'seen', 'thanks', 'evidence'))
);

INSERT INTO note_anew (
    id, uid, person_id, words, written_on, created_at, settled_at, session_id, kind
)
SELECT id, uid, person_id, words, written_on, created_at, settled_at, session_id, 'raise'
FROM note;

INSERT INTO sqlite_sequence (name, seq)
SELECT 'note_anew', 0
WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'note_anew');

UPDATE sqlite_sequence
SET seq = coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'note'), 0)
WHERE name = 'note_anew';

DROP TABLE note;

ALTER TABLE note_anew RENAME TO note;

CREATE INDEX ix_note_waiting ON note (person_id) WHERE settled_at IS NULL;
