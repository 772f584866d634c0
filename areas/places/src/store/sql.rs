//! The texts of all statements of places.

/// Columns of a place in the order of its fields.
macro_rules! columns {
    () => {
        "p.id, p.home, p.parent, p.level, p.name, p.shown, p.code, p.path, p.state, p.version, p.valid_from, \
         p.valid_until"
    };
}

/// What a list shows of a place: the place, the names above it, nearest first, and whether another place in force is
/// called the same. `$first` are columns of a caller's own, `$from` where the place `p` comes from.
macro_rules! listed {
    ($first:literal, $from:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            ", a.shown, b.shown, c.shown, \
             EXISTS (SELECT 1 FROM places t WHERE t.shown = p.shown AND t.state = 'open' AND t.id <> p.id), \
             EXISTS (SELECT 1 FROM places t WHERE t.shown = a.shown AND t.state = 'open' AND t.id <> a.id)",
            $first,
            " FROM ",
            $from,
            " LEFT JOIN places a ON a.id = p.parent LEFT JOIN places b ON b.id = a.parent \
             LEFT JOIN places c ON c.id = b.parent ",
            $rest
        )
    };
}

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO places (id, home, parent, level, name, shown, code, path, sort, state, version, valid_from, \
              added_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    INSERT_8 = "INSERT INTO places (id, home, parent, level, name, shown, code, path, sort, state, version, \
                valid_from, added_at) VALUES \
                  (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13), \
                  (?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26), \
                  (?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?39), \
                  (?40, ?41, ?42, ?43, ?44, ?45, ?46, ?47, ?48, ?49, ?50, ?51, ?52), \
                  (?53, ?54, ?55, ?56, ?57, ?58, ?59, ?60, ?61, ?62, ?63, ?64, ?65), \
                  (?66, ?67, ?68, ?69, ?70, ?71, ?72, ?73, ?74, ?75, ?76, ?77, ?78), \
                  (?79, ?80, ?81, ?82, ?83, ?84, ?85, ?86, ?87, ?88, ?89, ?90, ?91), \
                  (?92, ?93, ?94, ?95, ?96, ?97, ?98, ?99, ?100, ?101, ?102, ?103, ?104)";
    INSERT_VERSION = "INSERT INTO place_versions (place, version, from_day, name, parent, code, reason) \
                      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    INSERT_VERSION_8 = "INSERT INTO place_versions (place, version, from_day, name, parent, code, reason) VALUES \
                  (?1, ?2, ?3, ?4, ?5, ?6, ?7), (?8, ?9, ?10, ?11, ?12, ?13, ?14), \
                  (?15, ?16, ?17, ?18, ?19, ?20, ?21), (?22, ?23, ?24, ?25, ?26, ?27, ?28), \
                  (?29, ?30, ?31, ?32, ?33, ?34, ?35), (?36, ?37, ?38, ?39, ?40, ?41, ?42), \
                  (?43, ?44, ?45, ?46, ?47, ?48, ?49), (?50, ?51, ?52, ?53, ?54, ?55, ?56)";
    INSERT_KEY = "INSERT INTO place_keys (tier, key, place, home) VALUES (?1, ?2, ?3, ?4)";
    INSERT_KEY_16 = "INSERT INTO place_keys (tier, key, place, home) VALUES \
                  (?1, ?2, ?3, ?4), (?5, ?6, ?7, ?8), (?9, ?10, ?11, ?12), (?13, ?14, ?15, ?16), \
                  (?17, ?18, ?19, ?20), (?21, ?22, ?23, ?24), (?25, ?26, ?27, ?28), (?29, ?30, ?31, ?32), \
                  (?33, ?34, ?35, ?36), (?37, ?38, ?39, ?40), (?41, ?42, ?43, ?44), (?45, ?46, ?47, ?48), \
                  (?49, ?50, ?51, ?52), (?53, ?54, ?55, ?56), (?57, ?58, ?59, ?60), (?61, ?62, ?63, ?64)";
    DELETE_KEYS = "DELETE FROM place_keys WHERE home = ?1 AND place = ?2";
    INSERT_ALIAS = "INSERT INTO place_aliases (place, alias) VALUES (?1, ?2) ON CONFLICT (place, alias) DO NOTHING";
    INSERT_LINE = "INSERT INTO place_lines (predecessor, successor, day, kind) VALUES (?1, ?2, ?3, ?4)";

    BY_ID = concat!("SELECT ", columns!(), " FROM places p WHERE p.id = ?1");
    /// Holds the place's row, so that it is neither moved nor closed meanwhile.
    HOLD = concat!("SELECT ", columns!(), " FROM places p WHERE p.id = ?1 {share}");
    BY_CODE = concat!("SELECT ", columns!(), " FROM places p WHERE p.code = ?1 AND p.valid_until IS NULL");
    SITE = "SELECT home, path FROM places WHERE id = ?1";
    /// The place and all above it, the root first.
    WAY_DOWN = concat!(
        "WITH RECURSIVE up (id, parent, depth) AS (SELECT id, parent, 0 FROM places WHERE id = ?1 \
         UNION ALL SELECT q.id, q.parent, up.depth + 1 FROM places q JOIN up ON q.id = up.parent WHERE up.depth < 20) \
         SELECT ", columns!(), " FROM up JOIN places p ON p.id = up.id ORDER BY up.depth DESC");
    LAST_HOME = "SELECT COALESCE(MAX(home), 0) FROM places";
    /// Names that siblings are shown by already.
    TAKEN = "SELECT shown FROM places WHERE parent = ?1 AND state = 'open' AND id <> ?2 AND name <> ?3 \
             AND shown IN (?4, ?5, ?6)";
    ALIASES = "SELECT alias FROM place_aliases WHERE place = ?1 ORDER BY alias LIMIT ?2";
    VERSIONS = "SELECT version, from_day, until_day, name, parent, code, reason FROM place_versions WHERE place = ?1 \
                ORDER BY version DESC LIMIT ?2";
    SUCCESSORS = "SELECT l.predecessor, l.successor, l.day, l.kind, p.shown FROM place_lines l \
                  JOIN places p ON p.id = l.successor WHERE l.predecessor = ?1 ORDER BY l.successor LIMIT ?2";
    PREDECESSORS = "SELECT l.predecessor, l.successor, l.day, l.kind, p.shown FROM place_lines l \
                    JOIN places p ON p.id = l.predecessor WHERE l.successor = ?1 ORDER BY l.predecessor LIMIT ?2";

    CHILDREN = listed!("", "places p", "WHERE p.parent = ?1 AND p.state = ?2 ORDER BY p.sort, p.id LIMIT ?3");
    CHILDREN_AFTER = listed!("", "places p", "WHERE p.parent = ?1 AND p.state = ?2 \
                     AND (p.sort, p.id) > (SELECT sort, id FROM places WHERE id = ?3) ORDER BY p.sort, p.id LIMIT ?4");
    ROOTS = listed!("", "places p", "WHERE p.parent IS NULL AND p.state = ?1 ORDER BY p.sort, p.id LIMIT ?2");
    ROOTS_AFTER = listed!("", "places p", "WHERE p.parent IS NULL AND p.state = ?1 \
                  AND (p.sort, p.id) > (SELECT sort, id FROM places WHERE id = ?2) ORDER BY p.sort, p.id LIMIT ?3");
    /// Candidates in the order of their keys: an exact one sorts before what it begins.
    FIND = listed!(", k.tier, k.key",
        "(SELECT tier, key, place FROM place_keys WHERE tier = ?1 AND key >= ?2 AND key < ?3 \
         ORDER BY key, place LIMIT ?4) k JOIN places p ON p.id = k.place", "");
    /// The same among the places of one home, so that one's own are never beyond the limit.
    FIND_NEAR = listed!(", k.tier, k.key",
        "(SELECT tier, key, place FROM place_keys WHERE home = ?1 AND key >= ?2 AND key < ?3 \
         ORDER BY key, place LIMIT ?4) k JOIN places p ON p.id = k.place", "");
    BY_CODES = listed!(", CAST(0 AS BIGINT), p.code", "places p", "WHERE p.code >= ?1 AND p.code < ?2 AND p.valid_until IS NULL \
               ORDER BY p.code LIMIT ?3");
    /// Places with codes, for the comparison with a file.
    CODED = concat!("SELECT ", columns!(), " FROM places p WHERE p.valid_until IS NULL AND p.code > ?1 \
             ORDER BY p.code LIMIT ?2");
    IN_PATH_ORDER = "SELECT id, home, level, shown, path FROM places WHERE path > ?1 ORDER BY path LIMIT ?2";

    /// Guarded by the version that was read.
    REVISE = "UPDATE places SET name = ?3, shown = ?4, code = ?5, sort = ?6, parent = ?7, version = version + 1 \
              WHERE id = ?1 AND version = ?2 AND valid_until IS NULL";
    CLOSE = "UPDATE places SET state = 'closed', valid_until = ?3, version = version + 1 \
             WHERE id = ?1 AND version = ?2 AND valid_until IS NULL";
    END_VERSION = "UPDATE place_versions SET until_day = ?2 WHERE place = ?1 AND until_day IS NULL";
    /// What lies below a path goes with it: every row where the place stays, those in force where it ended.
    REBASE = "UPDATE places SET path = ?3 || substr(path, length(?4) + 1) WHERE path >= ?1 AND path < ?2";
    REBASE_OPEN = "UPDATE places SET path = ?3 || substr(path, length(?4) + 1) WHERE path >= ?1 AND path < ?2 \
                   AND state <> 'closed'";
    SET_PATH = "UPDATE places SET path = ?2 WHERE id = ?1";
    END_VERSIONS_BELOW = "UPDATE place_versions SET until_day = ?2 WHERE until_day IS NULL \
                          AND place IN (SELECT id FROM places WHERE parent = ?1 AND state <> 'closed')";
    ADOPT = "UPDATE places SET parent = ?2, version = version + 1 WHERE parent = ?1 AND state <> 'closed'";
    NEW_VERSIONS_BELOW = "INSERT INTO place_versions (place, version, from_day, name, parent, code, reason) \
                          SELECT p.id, p.version, ?2, p.name, p.parent, p.code, ?3 FROM places p \
                          WHERE p.parent = ?1 AND p.state <> 'closed' AND NOT EXISTS \
                          (SELECT 1 FROM place_versions v WHERE v.place = p.id AND v.until_day IS NULL)";
    HOMES_WITHIN = "SELECT DISTINCT home FROM places WHERE path >= ?1 AND path < ?2 ORDER BY home";
    /// Homes of what came by a move into a subdistrict or any part of one, however deep: places whose home is not the one
    /// that the id of the place above names. The partial index `places_came` holds these alone; its condition stands here
    /// word for word. And -1 while records of a move are still on their way.
    GUESTS = "SELECT g.home FROM (SELECT DISTINCT p.home FROM places p WHERE p.path > ?2 AND p.path < ?3 AND p.home <> ?1 \
              AND substr(p.parent, 1, length(CAST(p.home AS TEXT)) + 1) <> CAST(p.home AS TEXT) || '-' \
              AND EXISTS (SELECT 1 FROM places t WHERE t.id = ?4 AND t.level NOT IN ('province', 'city', 'district')) \
              ORDER BY p.home LIMIT 8) AS g UNION ALL \
              SELECT CAST(-1 AS BIGINT) FROM (SELECT 1 FROM place_moves LIMIT 1) AS m";
    IS_MOVING = "SELECT place FROM place_moves LIMIT 1";
    INSERT_MOVE = "INSERT INTO place_moves (place, version) VALUES (?1, ?2) ON CONFLICT (place, version) DO NOTHING";
    DELETE_MOVE = "DELETE FROM place_moves WHERE place = ?1 AND version = ?2";
    COUNT_BELOW = "SELECT COUNT(*) FROM places WHERE parent = ?1 AND state <> 'closed'";
}
