CREATE TABLE commitments (
  person INTEGER NOT NULL,
  id TEXT NOT NULL,
  state TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (person, id)
);

CREATE TABLE inbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source INTEGER NOT NULL,
  number INTEGER NOT NULL,
  person INTEGER NOT NULL,
  lane INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  parked_at INTEGER,
  reason TEXT,
  body BLOB,
  UNIQUE (source, number)
);

CREATE TABLE keepsakes (
  person INTEGER NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (person, id)
);

CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
);

CREATE TABLE migration (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  applied_at INTEGER NOT NULL
);

CREATE TABLE nudges (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL,
  key TEXT NOT NULL,
  commitment TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  body BLOB NOT NULL,
  UNIQUE (person, key)
);

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  position INTEGER NOT NULL,
  lane INTEGER NOT NULL,
  method TEXT NOT NULL,
  kind TEXT NOT NULL,
  question INTEGER,
  edits INTEGER,
  message INTEGER,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'refused', 'unsure', 'dropped')),
  doubts INTEGER NOT NULL,
  not_before INTEGER NOT NULL,
  expires_at INTEGER,
  created_at INTEGER NOT NULL,
  settled_at INTEGER,
  reason TEXT,
  body BLOB,
  UNIQUE (person, turn, position)
);

CREATE TABLE passed (
  book TEXT NOT NULL,
  dialogue TEXT NOT NULL,
  node TEXT NOT NULL,
  way TEXT NOT NULL,
  people INTEGER NOT NULL,
  PRIMARY KEY (book, dialogue, node, way)
);

CREATE TABLE people (
  person INTEGER PRIMARY KEY,
  language TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  blocked_at INTEGER,
  body BLOB
);

CREATE TABLE revisions (
  revision TEXT PRIMARY KEY,
  files BLOB NOT NULL,
  first_used_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  latest INTEGER NOT NULL,
  swept_at INTEGER
);

CREATE TABLE sessions (
  person INTEGER PRIMARY KEY,
  revision TEXT NOT NULL,
  turn INTEGER NOT NULL,
  body BLOB NOT NULL
, texts TEXT);

CREATE INDEX inbox_parked ON inbox (parked_at) WHERE parked_at IS NOT NULL;

CREATE INDEX inbox_waiting ON inbox (lane, id) WHERE body IS NOT NULL AND parked_at IS NULL;

CREATE INDEX nudges_due ON nudges (due_at);

CREATE INDEX outbox_question ON outbox (person, question) WHERE question IS NOT NULL;

CREATE INDEX outbox_waiting ON outbox (lane, id) WHERE state = 'waiting';

CREATE INDEX sessions_texts ON sessions (texts) WHERE texts IS NOT NULL;

