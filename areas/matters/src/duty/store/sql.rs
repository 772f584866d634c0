//! The texts of all statements of duties.

/// Columns of a duty in the order of its fields. The path is the place's own, which decides who may do what; the stored
/// one is for lists, and may be on its way for seconds after a move.
macro_rules! columns {
    () => {
        "d.id, d.place, (SELECT w.path FROM places w WHERE w.id = d.place), d.matter, d.title, d.kind, d.by_answer, d.holder_kind, d.holder, d.given_by, d.rule, \
         d.start_at, d.start_day, d.extensions, d.may_extend, d.pauses, d.due_at, d.due_day, d.amber_from, \
         d.provisional, d.state, d.ended_at, d.ended_day, d.evidence, d.plan, d.wanted, d.done, d.steps, \
         d.page"
    };
}
/// How many they are.
pub(in crate::duty) const COLUMNS: usize = 29;

/// Names for a list: the place; of a post its role and the place of the post; of an organisation its short name.
macro_rules! named {
    () => {
        concat!(
            "SELECT ",
            columns!(),
            ", p.shown, COALESCE(o.role, ''), COALESCE(q.shown, ''), COALESCE(g.short, '') \
             FROM duties d JOIN places p ON p.id = d.place \
             LEFT JOIN posts o ON o.home = d.holder_home AND o.id = d.holder AND d.holder_kind = 'post' \
             LEFT JOIN places q ON q.id = o.place \
             LEFT JOIN orgs g ON g.home = d.holder_home AND g.id = d.holder AND d.holder_kind = 'org' "
        )
    };
}

/// How many are red, amber, green and paused.
macro_rules! counts {
    () => {
        "SELECT CAST(COALESCE(SUM(CASE WHEN d.state = 'open' AND d.due_at < ?2 THEN 1 ELSE 0 END), 0) AS BIGINT), \
         CAST(COALESCE(SUM(CASE WHEN d.state = 'open' AND d.due_at >= ?2 AND d.amber_from <= ?2 THEN 1 ELSE 0 END), 0) \
         AS BIGINT), CAST(COALESCE(SUM(CASE WHEN d.state = 'open' AND d.due_at >= ?2 AND d.amber_from > ?2 THEN 1 \
         ELSE 0 END), 0) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN d.state = 'paused' THEN 1 ELSE 0 END), 0) AS BIGINT) \
         FROM duties d WHERE d.home = ?1 AND d.state IN ('open', 'paused') "
    };
}

/// Open duties after a key, within bounds of their days, of a kind and a role if these are not empty.
macro_rules! bounds {
    () => {
        "WHERE d.home = ?1 AND d.state = 'open' AND (d.due_at, d.id) > (?2, ?3) AND d.due_at >= ?4 AND d.due_at < ?5 \
         AND d.amber_from >= ?6 AND d.amber_from <= ?7 AND (?8 = '' OR d.kind = ?8) AND (?9 = '' OR o.role = ?9)"
    };
}

/// Sixteen holders; a shorter list repeats its first.
macro_rules! holders {
    () => {
        "d.holder IN (?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26)"
    };
}
/// How many holders a statement takes.
pub const MAX_HOLDERS: usize = 16;

db::statements! {
    STATEMENTS:
    INSERT = concat!("INSERT INTO duties (home, id, place, path, matter, title, kind, by_answer, holder_kind, holder, \
              holder_home, given_by, rule, start_at, start_day, extensions, extended, may_extend, pauses, due_at, \
              due_day, amber_from, provisional, state, ended_at, ended_day, evidence, plan, period, wanted, done, \
              steps, once, page) \
              VALUES (?1, ?2, ?3, ", places::path_now!("?3", "?4"), ", ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, \
              '', 0, ?16, '', ?17, ?18, ?19, ?20, 'open', NULL, NULL, '[]', ?21, ?22, ?23, 0, 0, ?24, ?25)");
    BY_ID = concat!("SELECT ", columns!(), " FROM duties d WHERE d.home = ?1 AND d.id = ?2");
    NAMED = concat!(named!(), "WHERE d.home = ?1 AND d.id = ?2");
    ONCE = concat!("SELECT ", columns!(), " FROM duties d WHERE d.home = ?1 AND d.once = ?2");
    /// Open ones whose `once` lies between two, in the order of these.
    ONCE_BETWEEN = concat!(named!(), "WHERE d.home = ?1 AND d.once > ?2 AND d.once < ?3 AND d.state IN ('open', 'paused') \
                   ORDER BY d.once LIMIT ?4");
    OF_MATTER = concat!(named!(), "WHERE d.home = ?1 AND d.matter = ?2 ORDER BY d.id DESC LIMIT ?3");
    ANSWERED = concat!("SELECT ", columns!(), " FROM duties d WHERE d.home = ?1 AND d.matter = ?2 AND d.by_answer \
               AND d.state IN ('open', 'paused') ORDER BY d.id LIMIT 50");
    LAST_HOLDER = "SELECT holder_kind, holder FROM duties WHERE home = ?1 AND matter = ?2 AND by_answer \
                   ORDER BY id DESC LIMIT 1";
    MOVE_ALONG = "UPDATE duties SET matter = ?3 WHERE home = ?1 AND matter = ?2 AND state IN ('open', 'paused')";
    /// The guard of the end: of two at once one touches the row.
    END = "UPDATE duties SET state = ?3, ended_at = ?4, ended_day = ?5, evidence = ?6, steps = steps + 1 \
           WHERE home = ?1 AND id = ?2 AND state IN ('open', 'paused') RETURNING steps";
    /// Guarded by what the new deadline was reckoned from.
    RETERM = "UPDATE duties SET extensions = ?3, extended = ?4, pauses = ?5, due_at = ?6, due_day = ?7, \
              amber_from = ?8, provisional = ?9, state = ?10, steps = steps + 1 \
              WHERE home = ?1 AND id = ?2 AND steps = ?11 AND state IN ('open', 'paused') RETURNING steps";
    HAND = "UPDATE duties SET holder_kind = ?3, holder = ?4, holder_home = ?5, steps = steps + 1 \
            WHERE home = ?1 AND id = ?2 AND holder = ?6 AND state IN ('open', 'paused') RETURNING steps";
    OF_HOLDER = concat!("SELECT ", columns!(), " FROM duties d WHERE d.home = ?1 AND d.holder = ?2 \
                AND d.state IN ('open', 'paused') ORDER BY d.due_at, d.id LIMIT ?3");
    COUNT_OF_HOLDER = "SELECT count(*) FROM duties WHERE home = ?1 AND holder = ?2 AND state IN ('open', 'paused')";
    PROVISIONAL = concat!("SELECT ", columns!(), " FROM duties d WHERE d.home = ?1 AND d.provisional AND d.id > ?2 \
                  ORDER BY d.id LIMIT ?3");
    ALL_HOMES = "SELECT DISTINCT home FROM places ORDER BY home LIMIT 1000";
    HOMES_WITH_PLANS = "SELECT DISTINCT home FROM duty_plans ORDER BY home LIMIT 1000";
    SET_DUE = "UPDATE duties SET due_at = ?3, due_day = ?4, amber_from = ?5, provisional = ?6 \
               WHERE home = ?1 AND id = ?2 AND steps = ?7";

    INSERT_STEP = "INSERT INTO duty_steps (home, duty, n, at, day, kind, words, person, facts) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    STEPS = "SELECT n, at, day, kind, words, person, facts FROM duty_steps WHERE home = ?1 AND duty = ?2 \
             ORDER BY n DESC LIMIT ?3";

    /// Overdue first. `?2` and `?3` are the key of the last row seen; the bounds pick a light.
    MINE = concat!(named!(), bounds!(), " AND ", holders!(), " ORDER BY d.due_at, d.id LIMIT ?10");
    BELOW = concat!(named!(), bounds!(), " AND d.path >= ?11 AND d.path < ?12 ORDER BY d.due_at, d.id LIMIT ?10");
    /// These `BY_TREE` are the same while records of a move are on their way.
    BELOW_BY_TREE =
        concat!(named!(), bounds!(), " AND p.path >= ?11 AND p.path < ?12 ORDER BY d.due_at, d.id LIMIT ?10");
    MINE_PAUSED = concat!(named!(), "WHERE d.home = ?1 AND d.state = 'paused' AND d.id > ?2 \
                  AND (?3 = '' OR d.kind = ?3) AND (?4 = '' OR o.role = ?4) AND d.holder IN (?6, ?7, ?8, ?9, ?10, ?11, \
                  ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21) ORDER BY d.id LIMIT ?5");
    BELOW_PAUSED = concat!(named!(), "WHERE d.home = ?1 AND d.state = 'paused' AND d.id > ?2 \
                   AND (?3 = '' OR d.kind = ?3) AND (?4 = '' OR o.role = ?4) AND d.path >= ?5 AND d.path < ?6 \
                   ORDER BY d.id LIMIT ?7");
    BELOW_PAUSED_BY_TREE = concat!(named!(), "WHERE d.home = ?1 AND d.state = 'paused' AND d.id > ?2 \
                   AND (?3 = '' OR d.kind = ?3) AND (?4 = '' OR o.role = ?4) AND p.path >= ?5 AND p.path < ?6 \
                   ORDER BY d.id LIMIT ?7");
    COUNT_MINE = concat!(counts!(), "AND d.holder IN (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, \
                 ?17, ?18)");
    COUNT_BELOW = concat!(counts!(), "AND d.path >= ?3 AND d.path < ?4");
    COUNT_BELOW_BY_TREE =
        concat!(counts!(), "AND d.place IN (SELECT w.id FROM places w WHERE w.path >= ?3 AND w.path < ?4)");
    /// Places below one by months of the due day, and how their duties stand.
    BOARD = "SELECT p.id, p.shown, p.path, b.month, b.red, b.amber, b.green, b.met, b.late FROM ( \
             SELECT d.path, substr(d.due_day, 1, 7) AS month, \
             CAST(SUM(CASE WHEN d.state = 'open' AND d.due_at < ?4 THEN 1 ELSE 0 END) AS BIGINT) AS red, \
             CAST(SUM(CASE WHEN d.state = 'open' AND d.due_at >= ?4 AND d.amber_from <= ?4 THEN 1 ELSE 0 END) AS BIGINT) AS amber, \
             CAST(SUM(CASE WHEN d.state = 'open' AND d.due_at >= ?4 AND d.amber_from > ?4 THEN 1 ELSE 0 END) AS BIGINT) AS green, \
             CAST(SUM(CASE WHEN d.state = 'met' THEN 1 ELSE 0 END) AS BIGINT) AS met, \
             CAST(SUM(CASE WHEN d.state = 'met-late' THEN 1 ELSE 0 END) AS BIGINT) AS late \
             FROM duties d WHERE d.home = ?1 AND d.path >= ?2 AND d.path < ?3 \
             AND d.state IN ('open', 'met', 'met-late') AND d.due_day >= ?5 AND d.due_day < ?6 \
             GROUP BY d.path, substr(d.due_day, 1, 7)) b JOIN places p ON p.path = b.path \
             ORDER BY p.path, b.month LIMIT ?7";
    BOARD_BY_TREE = "SELECT p.id, p.shown, p.path, b.month, b.red, b.amber, b.green, b.met, b.late FROM ( \
             SELECT d.place, substr(d.due_day, 1, 7) AS month, \
             CAST(SUM(CASE WHEN d.state = 'open' AND d.due_at < ?4 THEN 1 ELSE 0 END) AS BIGINT) AS red, \
             CAST(SUM(CASE WHEN d.state = 'open' AND d.due_at >= ?4 AND d.amber_from <= ?4 THEN 1 ELSE 0 END) AS BIGINT) AS amber, \
             CAST(SUM(CASE WHEN d.state = 'open' AND d.due_at >= ?4 AND d.amber_from > ?4 THEN 1 ELSE 0 END) AS BIGINT) AS green, \
             CAST(SUM(CASE WHEN d.state = 'met' THEN 1 ELSE 0 END) AS BIGINT) AS met, \
             CAST(SUM(CASE WHEN d.state = 'met-late' THEN 1 ELSE 0 END) AS BIGINT) AS late \
             FROM duties d WHERE d.home = ?1 AND d.place IN (SELECT w.id FROM places w WHERE w.path >= ?2 AND w.path < ?3) \
             AND d.state IN ('open', 'met', 'met-late') AND d.due_day >= ?5 AND d.due_day < ?6 \
             GROUP BY d.place, substr(d.due_day, 1, 7)) b JOIN places p ON p.id = b.place \
             ORDER BY p.path, b.month LIMIT ?7";

    INSERT_PLAN = concat!("INSERT INTO duty_plans (home, id, place, path, title, kind, holder_kind, holder, rule, from_day, \
                   until_day, given_by, added_at) VALUES (?1, ?2, ?3, ", places::path_now!("?3", "?4"), ", ?5, ?6, ?7, ?8, ?9, ?10, \
                   ?11, ?12, ?13)");
    PLANS = "SELECT id, place, path, title, kind, holder_kind, holder, rule, from_day, until_day FROM duty_plans \
             WHERE home = ?1 AND id > ?2 AND from_day <= ?3 AND (until_day IS NULL OR until_day >= ?3) \
             ORDER BY id LIMIT ?4";
    END_PLAN = "UPDATE duty_plans SET until_day = ?3 WHERE home = ?1 AND id = ?2 \
                AND (until_day IS NULL OR until_day > ?3)";
    PLAN = "SELECT id, place, path, title, kind, holder_kind, holder, rule, from_day, until_day FROM duty_plans \
            WHERE home = ?1 AND id = ?2";
    HAND_PLANS = "UPDATE duty_plans SET holder_kind = ?3, holder = ?4 WHERE home = ?1 AND holder = ?2";
    /// Duties of plans that something counts towards.
    COUNTING = concat!("SELECT ", columns!(), " FROM duties d WHERE d.home = ?1 AND d.path = ?2 AND d.kind = ?3 \
               AND d.plan IS NOT NULL AND (d.period = ?4 OR d.period = ?5) AND d.state IN ('open', 'paused') \
               ORDER BY d.id LIMIT 20");
    COUNTING_BY_TREE = concat!("SELECT ", columns!(), " FROM duties d WHERE d.home = ?1 AND d.place = ?2 AND d.kind = ?3 \
               AND d.plan IS NOT NULL AND (d.period = ?4 OR d.period = ?5) AND d.state IN ('open', 'paused') \
               ORDER BY d.id LIMIT 20");
    RECORD = "INSERT INTO duty_records (home, duty, evidence, at) VALUES (?1, ?2, ?3, ?4) \
              ON CONFLICT (home, duty, evidence) DO NOTHING";
    COUNT = "UPDATE duties SET done = done + 1 WHERE home = ?1 AND id = ?2 RETURNING done";
    SET_AMBER = "UPDATE duties SET amber_from = ?3 WHERE home = ?1 AND id = ?2";

    PUT_FEED = "INSERT INTO duty_feeds (person, token, added_at) VALUES (?1, ?2, ?3) \
                ON CONFLICT (person) DO UPDATE SET token = excluded.token, added_at = excluded.added_at";
    FEED = "SELECT person FROM duty_feeds WHERE token = ?1";
    /// Posts at the place and above it that could take a duty, with who holds them: nearest first of each role.
    TAKERS = "WITH RECURSIVE up (home, id, parent, height) AS ( \
              SELECT home, id, parent, 0 FROM places WHERE id = ?1 UNION ALL SELECT p.home, p.id, p.parent, \
              up.height + 1 FROM places p JOIN up ON p.id = up.parent WHERE up.height < 12) \
              SELECT o.id, o.role, COALESCE(n.name, '') FROM up \
              JOIN posts o ON o.home = up.home AND o.place = up.id \
              LEFT JOIN persons n ON n.home = o.person_home AND n.id = o.person \
              WHERE o.home = ?3 AND o.role IN ('worker', 'secretary', 'officer') AND o.stand_in_for IS NULL \
              AND o.from_day <= ?2 AND (o.until_day IS NULL OR o.until_day >= ?2) \
              AND (o.ended_day IS NULL OR o.ended_day > ?2) \
              ORDER BY CASE o.role WHEN 'worker' THEN 0 WHEN 'secretary' THEN 1 ELSE 2 END, up.height, o.id LIMIT 60";
    FOLLOW = places::follow!("duties");
    FOLLOW_PLANS = places::follow!("duty_plans");
    NAME = "SELECT name FROM persons WHERE home = ?1 AND id = ?2";
}
