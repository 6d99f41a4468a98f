-- What may change and may have to be erased: salts and personal values behind the commitments in the log, names, PIN
-- hashes, sessions, invitations. Ids are 16 bytes, digests 32, times milliseconds since 1970-01-01 UTC.

CREATE TABLE disclosure (
  intent BLOB NOT NULL CHECK (length(intent) = 16),
  path   TEXT NOT NULL,
  salt   BLOB NOT NULL CHECK (length(salt) = 16),
  value  TEXT NOT NULL,
  PRIMARY KEY (intent, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE name (
  item BLOB PRIMARY KEY CHECK (length(item) = 16),
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pin (
  person          BLOB PRIMARY KEY CHECK (length(person) = 16),
  hash            TEXT NOT NULL,
  failures        INTEGER NOT NULL DEFAULT 0 CHECK (failures BETWEEN 0 AND 4294967295),
  locked_until_ms INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
  person     BLOB CHECK (length(person) = 16),
  device     BLOB CHECK (length(device) = 16),
  created_ms INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_by_person ON session (person);
CREATE INDEX session_by_device ON session (device);

-- A used invitation stays, so that its code can never be used or given out again.
CREATE TABLE invitation (
  code_hash  BLOB PRIMARY KEY CHECK (length(code_hash) = 32),
  invitation BLOB NOT NULL CHECK (length(invitation) = 16),
  person     BLOB NOT NULL CHECK (length(person) = 16),
  expires_ms INTEGER NOT NULL,
  used       INTEGER NOT NULL DEFAULT 0 CHECK (used IN (0, 1))
) STRICT, WITHOUT ROWID;
