"""Files for other programs: tables for spreadsheets, and dates for calendars."""
