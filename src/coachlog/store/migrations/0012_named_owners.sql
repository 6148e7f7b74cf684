-- Whose a promise is where its owner is neither me nor the person whose plan it is in, but was in the
-- conversation: their number, as the name in "owner" can change.

ALTER TABLE action ADD COLUMN owner_id INTEGER REFERENCES person (id);

CREATE INDEX ix_action_owner ON action (owner_id) WHERE owner_id IS NOT NULL;
