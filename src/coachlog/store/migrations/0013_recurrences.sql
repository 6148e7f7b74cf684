-- When a conversation comes back by itself, as its template says: one row for each length of time. It is held
-- again in the session again_id; a row with neither that nor declined_on waits to be held.

CREATE TABLE recurrence (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    session_id INTEGER NOT NULL,
    after VARCHAR NOT NULL,
    back_on DATE NOT NULL,
    declined_on DATE,
    again_id INTEGER,
    UNIQUE (uid),
    FOREIGN KEY(session_id) REFERENCES session (id),
    FOREIGN KEY(again_id) REFERENCES session (id)
);

CREATE INDEX ix_recurrence_session ON recurrence (session_id);

CREATE INDEX ix_recurrence_again ON recurrence (again_id) WHERE again_id IS NOT NULL;

CREATE INDEX ix_recurrence_waiting ON recurrence (back_on) WHERE declined_on IS NULL;
