-- Counters and nothing else: how many people passed an edge of a book, or reached (way '') or left (way '*') a node.
CREATE TABLE passed (
  book TEXT NOT NULL,
  dialogue TEXT NOT NULL,
  node TEXT NOT NULL,
  way TEXT NOT NULL,
  people INTEGER NOT NULL,
  PRIMARY KEY (book, dialogue, node, way)
);
