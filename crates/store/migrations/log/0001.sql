-- The log of one production. Nothing in it is ever changed or removed; the triggers hold that against every program
-- that opens the file, not only against ours.

CREATE TABLE entry (
  seq   INTEGER PRIMARY KEY CHECK (seq >= 0),
  bytes BLOB NOT NULL CHECK (length(bytes) <= 65535)
) STRICT;

CREATE TABLE checkpoint (
  size INTEGER PRIMARY KEY CHECK (size > 0),
  note BLOB NOT NULL
) STRICT;

-- Derived from the entries, and so the only table here that may be changed.
CREATE TABLE snapshot (
  size  INTEGER PRIMARY KEY CHECK (size >= 0),
  bytes BLOB NOT NULL
) STRICT;

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;

CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END;

-- Also stops INSERT OR REPLACE, which removes the old row without asking the DELETE trigger.
CREATE TRIGGER entry_is_the_next BEFORE INSERT ON entry
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM entry)
BEGIN SELECT RAISE(ABORT, 'an entry has only one place, after the last'); END;

CREATE TRIGGER checkpoint_is_never_changed BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'a checkpoint is never changed'); END;

CREATE TRIGGER checkpoint_is_never_deleted BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'a checkpoint is never deleted'); END;

CREATE TRIGGER checkpoint_is_of_the_whole_log BEFORE INSERT ON checkpoint
WHEN NEW.size IS NOT (SELECT max(seq) + 1 FROM entry)
  OR EXISTS (SELECT 1 FROM checkpoint WHERE size = NEW.size)
BEGIN SELECT RAISE(ABORT, 'a checkpoint covers the whole log, once'); END;
