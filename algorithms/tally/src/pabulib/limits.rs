//! Bounds on what is read. Each is far beyond any published file (the largest have some 130,000 ballots, 300
//! projects, 5 MB and 80 choices on a ballot).

/// Most bytes of a file.
pub const MAX_FILE_BYTES: u64 = 1 << 30;
/// Most bytes of a row, line ends inside quotes included.
pub const MAX_RECORD_BYTES: usize = 1 << 20;
/// Most bytes of a cell.
pub const MAX_FIELD_BYTES: usize = 1 << 16;
/// Most columns of a section.
pub const MAX_COLUMNS: usize = 256;
/// Most rows of META.
pub const MAX_META: usize = 1_000;
