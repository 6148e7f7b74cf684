-- Days on which somebody was seen and spoken to, without a conversation: one row for each person and day.

CREATE TABLE encounter (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    person_id INTEGER NOT NULL,
    "on" DATE NOT NULL,
    created_at DATETIME NOT NULL,
    UNIQUE (uid),
    FOREIGN KEY(person_id) REFERENCES person (id)
);

CREATE UNIQUE INDEX ix_encounter_person ON encounter (person_id, "on");
