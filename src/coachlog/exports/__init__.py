"""What leaves coachlog: documents, tables and JSON, made from model values; no file is written."""
