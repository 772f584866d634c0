//! The statement by which another area's table follows.

/// Lets the rows of a table with the columns `home`, `id`, `place` and `path` follow a place: of the home `?1`, those
/// whose path lies from `?2` to before `?3` and is not their place's any more, `?4` at most. For the table's own store;
/// [`fn@crate::follow`] runs it.
#[macro_export]
macro_rules! follow {
    ($table:literal) => {
        concat!(
            "UPDATE ",
            $table,
            " SET path = (SELECT p.path FROM places p WHERE p.id = ",
            $table,
            ".place) WHERE home = ?1 AND id IN (SELECT s.id FROM ",
            $table,
            " s JOIN places q ON q.id = s.place WHERE s.home = ?1 AND s.path >= ?2 AND s.path < ?3 \
             AND s.path <> q.path LIMIT ?4)"
        )
    };
}

/// In the statement that inserts a row with the columns `place` and `path`, the path: that of the place whose id is the
/// first parameter, whose row is held until the transaction ends, so that a move either waits for the row and takes it
/// along, or is waited for. The second parameter is the path as it was read, for a place that is not in the tree.
#[macro_export]
macro_rules! path_now {
    ($place:literal, $read:literal) => {
        concat!("COALESCE((SELECT path FROM places WHERE id = ", $place, " {share}), ", $read, ")")
    };
}
