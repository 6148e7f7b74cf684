-- Whose a promise is where its owner is neither me nor the person whose plan it is in, but was in the
-- conversation: their number, as the name in "owner" can change. And which conversations are of three,
-- so that the few that somebody had as the first of two others are found without looking at the rest.

ALTER TABLE action ADD COLUMN owner_id INTEGER REFERENCES person (id);

CREATE INDEX ix_action_owner ON action (owner_id) WHERE owner_id IS NOT NULL;

ALTER TABLE session ADD COLUMN of_three BOOLEAN;

CREATE INDEX ix_session_of_three ON session (person_id) WHERE of_three = 1;

UPDATE session SET of_three = 1 WHERE id IN (SELECT session_id FROM session_person);
