"""Pages and JSON made from model values; no file is written here."""
