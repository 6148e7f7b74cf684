-- How many people a pulse asks, so that its response rate is known. Pulses made before this do not say.

ALTER TABLE pulse ADD COLUMN team_size INTEGER CONSTRAINT team_size CHECK (team_size >= 5);
