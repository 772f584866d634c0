//! The statement by which another area's table follows.

/// Lets the rows of a table with the columns `home`, `place` and `path` follow a place: those of the home `?1`
/// whose path lies from `?2` to before `?3`. For the table's own store; [`fn@crate::follow`] runs it.
#[macro_export]
macro_rules! follow {
    ($table:literal) => {
        concat!(
            "UPDATE ",
            $table,
            " SET path = (SELECT p.path FROM places p WHERE p.id = ",
            $table,
            ".place) WHERE home = ?1 AND path >= ?2 AND path < ?3"
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
