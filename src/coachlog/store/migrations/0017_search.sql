-- The index of `search`: the folded words of what is on record, without the texts themselves.
-- Filled by `store/search_index.py`, and kept in step with each change.

CREATE VIRTUAL TABLE search USING fts5(words, content='', tokenize='ascii');

-- What is taken out of the index leaves nothing in the file.
INSERT INTO search(search, rank) VALUES ('secure-delete', 1);
