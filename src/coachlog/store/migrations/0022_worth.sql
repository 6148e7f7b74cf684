-- What the programme was worth, as the owner said: benefits, and stories of five lines.

CREATE TABLE benefit (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    recorded_on DATE NOT NULL,
    what TEXT NOT NULL,
    noticed_by TEXT,
    evidence TEXT,
    gain TEXT,
    amount INTEGER,
    unit VARCHAR(16),
    months INTEGER,
    share INTEGER,
    sure INTEGER,
    row_sum INTEGER,
    CONSTRAINT amount CHECK (amount > 0),
    CONSTRAINT months CHECK (months > 0),
    CONSTRAINT share CHECK (share BETWEEN 0 AND 100),
    CONSTRAINT sure CHECK (sure BETWEEN 0 AND 100),
    CONSTRAINT unit CHECK (unit IN ('pounds', 'hours')),
    CONSTRAINT whole_amount CHECK ((amount IS NULL) = (unit IS NULL) AND (amount IS NULL) = (share IS NULL) AND (amount IS NULL) = (sure IS NULL)),
    UNIQUE (uid)
);

CREATE TABLE worth_story (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid VARCHAR NOT NULL,
    written_on DATE NOT NULL,
    before TEXT NOT NULL,
    event TEXT NOT NULL,
    response TEXT NOT NULL,
    outcome TEXT NOT NULL,
    lesson TEXT NOT NULL,
    row_sum INTEGER,
    UNIQUE (uid)
);
