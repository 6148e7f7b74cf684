-- The first schema. A released migration is never changed: what comes later is a new file.

CREATE TABLE event (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at DATETIME NOT NULL,
    kind VARCHAR NOT NULL,
    row_id INTEGER
);

CREATE TABLE person (
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
    UNIQUE (uid),
    UNIQUE (slug),
    CONSTRAINT relationship CHECK (relationship IN ('report', 'coachee', 'peer', 'manager', 'mentee'))
);

CREATE TABLE setting (
    "key" VARCHAR NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
);

CREATE TABLE tag (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    UNIQUE (name)
);

CREATE TABLE session (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    person_id INTEGER,
    status VARCHAR(16) NOT NULL,
    template VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    template_hash VARCHAR NOT NULL,
    held_on DATE NOT NULL,
    zone VARCHAR NOT NULL,
    minutes INTEGER,
    created_at DATETIME NOT NULL,
    updated_at DATETIME NOT NULL,
    deleted_at DATETIME,
    UNIQUE (uid),
    FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT status CHECK (status IN ('draft', 'held', 'cancelled'))
);

CREATE INDEX ix_session_held ON session (held_on, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_session_person ON session (person_id, status, held_on) WHERE deleted_at IS NULL;

CREATE TABLE action (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    person_id INTEGER,
    session_id INTEGER,
    what TEXT NOT NULL,
    owner VARCHAR NOT NULL,
    due DATE,
    original_due DATE,
    done_when TEXT,
    support TEXT,
    if_then TEXT,
    confidence INTEGER,
    private BOOLEAN NOT NULL,
    status VARCHAR(16) NOT NULL,
    closed_on DATE,
    carried INTEGER NOT NULL,
    created_at DATETIME NOT NULL,
    updated_at DATETIME NOT NULL,
    deleted_at DATETIME,
    CONSTRAINT confidence CHECK (confidence BETWEEN 1 AND 10),
    UNIQUE (uid),
    FOREIGN KEY(person_id) REFERENCES person (id),
    FOREIGN KEY(session_id) REFERENCES session (id),
    CONSTRAINT status CHECK (status IN ('open', 'done', 'dropped'))
);

CREATE INDEX ix_action_open ON action (due, id) WHERE status = 'open' AND deleted_at IS NULL;

CREATE INDEX ix_action_person ON action (person_id, status);

CREATE INDEX ix_action_session ON action (session_id);

CREATE TABLE answer (
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
    FOREIGN KEY(session_id) REFERENCES session (id),
    CONSTRAINT kind CHECK (kind IN ('text', 'line', 'choice', 'choices', 'scale', 'yesno', 'date', 'number', 'actions'))
);

CREATE UNIQUE INDEX ix_answer_session ON answer (session_id, position);

CREATE TABLE draft (
    session_id INTEGER NOT NULL,
    template_text TEXT NOT NULL,
    token VARCHAR NOT NULL,
    tags TEXT NOT NULL,
    half_key VARCHAR,
    half_text TEXT,
    updated_at DATETIME NOT NULL,
    PRIMARY KEY (session_id),
    FOREIGN KEY(session_id) REFERENCES session (id)
);

CREATE TABLE session_tag (
    session_id INTEGER NOT NULL,
    tag_id INTEGER NOT NULL,
    PRIMARY KEY (session_id, tag_id),
    FOREIGN KEY(session_id) REFERENCES session (id),
    FOREIGN KEY(tag_id) REFERENCES tag (id)
);

CREATE INDEX ix_session_tag_tag ON session_tag (tag_id);

CREATE TABLE action_event (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    action_id INTEGER NOT NULL,
    session_id INTEGER,
    at DATETIME NOT NULL,
    "on" DATE NOT NULL,
    kind VARCHAR(16) NOT NULL,
    due DATE,
    note TEXT,
    FOREIGN KEY(action_id) REFERENCES action (id),
    FOREIGN KEY(session_id) REFERENCES session (id),
    CONSTRAINT kind CHECK (kind IN ('made', 'moved', 'carried', 'done', 'dropped', 'reopened', 'edited', 'noted'))
);

CREATE INDEX ix_action_event_action ON action_event (action_id);

CREATE TABLE draft_step (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    session_id INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    value TEXT NOT NULL,
    FOREIGN KEY(session_id) REFERENCES draft (session_id)
);

CREATE UNIQUE INDEX ix_draft_step_key ON draft_step (session_id, "key");
