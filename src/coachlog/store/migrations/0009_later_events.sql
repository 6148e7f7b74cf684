-- The events that change figures afterwards: a promise reopened or handed over, and one closed on an
-- earlier day than that on which this was recorded. Most journals have few of them; without an index of
-- their own every figure would look at all events.

CREATE INDEX ix_action_event_later ON action_event (action_id) WHERE kind = 'reopened' OR old_owner IS NOT NULL;

CREATE INDEX ix_action_event_afterwards ON action_event (action_id) WHERE recorded_on > "on" AND kind IN ('done', 'dropped');
