-- What was moved is counted from an index, without the rows of the events.

DROP INDEX ix_action_event_later;

CREATE INDEX ix_action_event_later ON action_event (action_id, kind, "on", due, recorded_on, session_id, old_owner) WHERE kind IN ('moved', 'corrected', 'reopened') OR old_owner IS NOT NULL;

-- Few promises are made without a date, and given one later.

CREATE INDEX ix_action_event_undated ON action_event (action_id) WHERE kind = 'made' AND due IS NULL;
