-- The day on which a note was said to the person outside a conversation, which tells it from one that was
-- dropped. Where it came up in a conversation, session_id says so, and the day is that of the conversation.

ALTER TABLE note ADD COLUMN said_on DATE;
