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
