-- Books as they were: `files` are compressed, and hold no words of people. The highest `latest` is in use; `swept_at`
-- says that all sessions have come to it.
CREATE TABLE revisions (
  revision TEXT PRIMARY KEY,
  files BLOB NOT NULL,
  first_used_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  latest INTEGER NOT NULL,
  swept_at INTEGER
);

-- The revisions on whose text some talk of this person still finishes, with spaces between them; NULL for nearly all.
ALTER TABLE sessions ADD COLUMN texts TEXT;
CREATE INDEX sessions_texts ON sessions (texts) WHERE texts IS NOT NULL;
