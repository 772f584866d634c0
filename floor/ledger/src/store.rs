//! All SQL of the log.

db::statements! {
    STATEMENTS:
    QUEUE = "INSERT INTO entry_queue (home, id, kind, subject, leaf) VALUES (?1, ?2, ?3, ?4, ?5)";
    KEEP_SECRET = "INSERT INTO entry_secrets (home, id, salt, body) VALUES (?1, ?2, ?3, ?4)";
    SEAL = "INSERT INTO sealed_entries (home, box, kind, id, leaf) VALUES (?1, ?2, ?3, ?4, ?5)";
    /// Only from a box that is still closed: what is in the log stays there.
    TAKE_BACK = "DELETE FROM sealed_entries WHERE home = ?1 AND box = ?2 AND kind = ?3 AND id = ?4 \
                 AND NOT EXISTS (SELECT 1 FROM opened_boxes o WHERE o.home = ?1 AND o.box = ?2)";
    OPEN_BOX = "INSERT INTO opened_boxes (home, box) VALUES (?1, ?2) ON CONFLICT (home, box) DO NOTHING";

    HEAD = "SELECT size, frontier, checkpoint, vkey FROM log_head WHERE one = 1";
    BEGIN_LOG = "INSERT INTO log_head (one, size, frontier, checkpoint, vkey, holder, lease_until) \
                 VALUES (1, 0, ?1, ?2, ?3, '', 0) ON CONFLICT (one) DO NOTHING";
    /// Taken or renewed when it is ours or has run out.
    TAKE_LEASE = "UPDATE log_head SET holder = ?1, lease_until = ?2 \
                  WHERE one = 1 AND (holder = ?1 OR lease_until < ?3)";
    /// The fence: whoever read another size placed nothing.
    MOVE_HEAD = "UPDATE log_head SET size = ?2, frontier = ?3, checkpoint = ?4 WHERE one = 1 AND size = ?1";
    /// The sequencer alone reads and clears the queues of all homes.
    NEXT_QUEUED = "SELECT home, id, kind, subject, leaf FROM entry_queue ORDER BY home, id LIMIT ?1 /* across homes */";
    UNQUEUE = "DELETE FROM entry_queue WHERE home = ?1 AND id = ?2";
    PLACE = "INSERT INTO entries (seq, home, id, kind, subject, leaf) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    NEXT_BOX = "SELECT home, box FROM opened_boxes ORDER BY home, box LIMIT 1";
    EMPTIED_BOX = "DELETE FROM opened_boxes WHERE home = ?1 AND box = ?2";
    FIRST_KIND = "SELECT kind FROM sealed_entries WHERE home = ?1 AND box = ?2 ORDER BY kind LIMIT 1";
    NEXT_SEALED = "SELECT id, leaf FROM sealed_entries WHERE home = ?1 AND box = ?2 AND kind = ?3 ORDER BY id LIMIT ?4";
    /// A box takes nothing after it was opened, so everything up to the last id that was read is what was read.
    PLACE_SEALED = "INSERT INTO entries (seq, home, id, kind, subject, leaf) \
                    SELECT row_number() OVER (ORDER BY id) - 1 + ?1, home, id, kind, NULL, leaf FROM sealed_entries \
                    WHERE home = ?2 AND box = ?3 AND kind = ?4 AND id <= ?5";
    UNSEAL = "DELETE FROM sealed_entries WHERE home = ?1 AND box = ?2 AND kind = ?3 AND id <= ?4";
    KEEP_SUBTREE = "INSERT INTO subtrees (level, number, hash) VALUES (?1, ?2, ?3)";
    COUNT_SEALED = "SELECT count(*) FROM sealed_entries s /* across homes */ \
                    WHERE NOT EXISTS (SELECT 1 FROM opened_boxes o WHERE o.home = s.home AND o.box = s.box)";

    TAIL = "SELECT seq, id, kind, subject, leaf FROM entries WHERE seq >= ?1 AND seq < ?2 ORDER BY seq";
    BEFORE = "SELECT seq, id, kind, subject, leaf FROM entries WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2";
    BY_SUBJECT = "SELECT seq, id, kind, subject, leaf FROM entries \
                  WHERE subject = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3";
    OF_KIND = "SELECT seq, id, kind, subject, leaf FROM entries \
               WHERE subject = ?1 AND kind = ?2 ORDER BY seq DESC LIMIT 1";
    BY_ID = "SELECT seq, id, kind, subject, leaf FROM entries WHERE id = ?1";
    /// Private parts of one kind with the salts that open their commitments, as far as they were not erased.
    OPENINGS = "SELECT e.seq, s.salt, s.body FROM entry_secrets s JOIN entries e ON e.id = s.id AND e.home = s.home \
                WHERE s.home = ?1 AND e.kind = ?2 AND e.seq >= ?3 AND e.seq < ?4 ORDER BY e.seq";
    LEAVES = "SELECT leaf FROM entries WHERE seq >= ?1 AND seq < ?2 ORDER BY seq";
    SUBTREES = "SELECT hash FROM subtrees WHERE level = ?1 AND number >= ?2 AND number < ?3 ORDER BY number";
}
