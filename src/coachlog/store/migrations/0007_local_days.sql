-- The days that figures count by, as they were where they were recorded: a moment is in UTC, and for an
-- evening in St John's or a morning in Auckland its day is another one.
--
-- Of what is there already, only the moment is known. An event that can only happen now has its local day;
-- and none was recorded before the day on which it happened.

ALTER TABLE person ADD COLUMN added_on DATE;

UPDATE person SET added_on = date(created_at);

ALTER TABLE person ADD COLUMN archived_on DATE;

UPDATE person SET archived_on = date(archived_at) WHERE archived_at IS NOT NULL;

ALTER TABLE action_event ADD COLUMN recorded_on DATE;

UPDATE action_event SET recorded_on = max(date(at), "on");

UPDATE action_event SET recorded_on = "on"
WHERE session_id IS NULL AND kind IN ('made', 'reopened', 'edited', 'noted');
