"""What is handed over: a page of one kind each, printed or written to files."""
