-- The files that intents name by their digest: photographs, letters. They may have to be erased, as texts may.

CREATE TABLE attachment (
  sha256 BLOB PRIMARY KEY CHECK (length(sha256) = 32),
  bytes  BLOB NOT NULL
) STRICT;
