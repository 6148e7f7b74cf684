-- Goals with their ratings, notes parked for the next talk, pauses, and talks that were cancelled.

ALTER TABLE person ADD COLUMN paused_until DATE;

ALTER TABLE session ADD COLUMN cancelled_by VARCHAR(16)
    CONSTRAINT cancelled_by CHECK (cancelled_by IN ('me', 'them'));

CREATE TABLE goal (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    person_id INTEGER,
    title TEXT NOT NULL,
    why TEXT,
    success TEXT,
    scale VARCHAR(16) NOT NULL,
    baseline INTEGER,
    target INTEGER,
    levels TEXT,
    weight INTEGER NOT NULL,
    review_on DATE,
    private BOOLEAN NOT NULL,
    status VARCHAR(16) NOT NULL,
    opened_on DATE NOT NULL,
    closed_on DATE,
    created_at DATETIME NOT NULL,
    updated_at DATETIME NOT NULL,
    deleted_at DATETIME,
    CONSTRAINT weight CHECK (weight BETWEEN 1 AND 9),
    UNIQUE (uid),
    FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT scale CHECK (scale IN ('ten', 'attainment')),
    CONSTRAINT status CHECK (status IN ('open', 'achieved', 'dropped'))
);

CREATE INDEX ix_goal_person ON goal (person_id, status);

CREATE TABLE goal_action (
    action_id INTEGER NOT NULL,
    goal_id INTEGER NOT NULL,
    PRIMARY KEY (action_id),
    FOREIGN KEY(action_id) REFERENCES action (id),
    FOREIGN KEY(goal_id) REFERENCES goal (id)
);

CREATE INDEX ix_goal_action_goal ON goal_action (goal_id);

CREATE TABLE rating (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    goal_id INTEGER NOT NULL,
    at DATETIME NOT NULL,
    "on" DATE NOT NULL,
    value INTEGER NOT NULL,
    note TEXT,
    FOREIGN KEY(goal_id) REFERENCES goal (id)
);

CREATE INDEX ix_rating_goal ON rating (goal_id, "on", id);

CREATE TABLE note (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    person_id INTEGER NOT NULL,
    words TEXT NOT NULL,
    written_on DATE NOT NULL,
    created_at DATETIME NOT NULL,
    settled_at DATETIME,
    session_id INTEGER,
    UNIQUE (uid),
    FOREIGN KEY(person_id) REFERENCES person (id),
    FOREIGN KEY(session_id) REFERENCES session (id)
);

CREATE INDEX ix_note_waiting ON note (person_id) WHERE settled_at IS NULL;

CREATE INDEX ix_action_event_moved ON action_event (action_id) WHERE kind = 'moved';

CREATE INDEX ix_answer_measure ON answer (measure, session_id) WHERE measure IS NOT NULL;
