-- Handles that find somebody besides their own: those of a person who was merged with them. The uid is that
-- person's, by which rows from another journal still find their way.

CREATE TABLE person_handle (
    slug VARCHAR NOT NULL,
    person_id INTEGER NOT NULL,
    uid VARCHAR NOT NULL,
    PRIMARY KEY (slug),
    UNIQUE (uid),
    FOREIGN KEY(person_id) REFERENCES person (id)
);

CREATE INDEX ix_person_handle_person ON person_handle (person_id);
