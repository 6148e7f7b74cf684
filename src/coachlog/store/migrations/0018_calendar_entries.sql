-- What calendars may hold, as far as files for them were written: what is no longer due is cancelled there.

CREATE TABLE calendar_entry (
    entry_uid VARCHAR NOT NULL,
    day DATE NOT NULL,
    sequence INTEGER NOT NULL,
    cancelled_on DATE,
    row_sum INTEGER,
    PRIMARY KEY (entry_uid)
);
