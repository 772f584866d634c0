//! Values on their way into and out of a statement.

use kernel::{Fen, Home, Id, Instant};

use crate::DbError;

/// A value of a statement's parameter, borrowed for the call.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Param<'a> {
    /// SQL NULL.
    Null,
    /// An integer column.
    Int(i64),
    /// A text column.
    Text(&'a str),
    /// A bytes column.
    Bytes(&'a [u8]),
    /// A boolean column.
    Bool(bool),
}

macro_rules! param_from {
    ($($from:ty => |$v:ident| $to:expr;)*) => {
        $(impl<'a> From<$from> for Param<'a> { fn from($v: $from) -> Self { $to } })*
    };
}

param_from! {
    i64 => |v| Param::Int(v);
    u32 => |v| Param::Int(i64::from(v));
    bool => |v| Param::Bool(v);
    &'a str => |v| Param::Text(v);
    &'a String => |v| Param::Text(v);
    &'a [u8] => |v| Param::Bytes(v);
    &'a Vec<u8> => |v| Param::Bytes(v);
    &'a [u8; 32] => |v| Param::Bytes(v);
    Home => |v| Param::Int(v.as_i64());
    Fen => |v| Param::Int(v.0);
    Instant => |v| Param::Int(v.0);
    &'a kernel::Day => |v| Param::Text(v.as_str());
}

impl<'a, K> From<&'a Id<K>> for Param<'a> {
    fn from(v: &'a Id<K>) -> Self {
        Param::Text(v.as_str())
    }
}

impl<'a, T: Into<Param<'a>>> From<Option<T>> for Param<'a> {
    fn from(v: Option<T>) -> Self {
        v.map_or(Param::Null, Into::into)
    }
}

/// Parameters of a statement: `params![home, &id, 3_i64]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::Param::from($value)),*] };
}

/// One row, readable only while the statement runs.
pub enum Row<'a> {
    #[doc(hidden)]
    Sqlite(&'a rusqlite::Row<'a>),
    #[doc(hidden)]
    Postgres(&'a postgres::Row),
}

impl Row<'_> {
    /// The value of column `i` (0 is the first) as `T`.
    ///
    /// # Errors
    /// [`DbError::Data`] when the column is absent, NULL or of another type.
    pub fn get<T: FromCell>(&self, i: usize) -> Result<T, DbError> {
        T::from_cell(self, i)
    }

    fn int(&self, i: usize) -> Result<Option<i64>, DbError> {
        match self {
            Row::Sqlite(row) => row.get(i).map_err(|e| wrong(i, &e)),
            Row::Postgres(row) => row.try_get(i).map_err(|e| wrong(i, &e)),
        }
    }

    fn text(&self, i: usize) -> Result<Option<&str>, DbError> {
        match self {
            Row::Sqlite(row) => {
                let cell = row.get_ref(i).map_err(|e| wrong(i, &e))?;
                cell.as_str_or_null().map_err(|e| wrong(i, &e))
            }
            Row::Postgres(row) => row.try_get(i).map_err(|e| wrong(i, &e)),
        }
    }

    fn bytes(&self, i: usize) -> Result<Option<&[u8]>, DbError> {
        match self {
            Row::Sqlite(row) => {
                let cell = row.get_ref(i).map_err(|e| wrong(i, &e))?;
                cell.as_blob_or_null().map_err(|e| wrong(i, &e))
            }
            Row::Postgres(row) => row.try_get(i).map_err(|e| wrong(i, &e)),
        }
    }

    fn bool(&self, i: usize) -> Result<Option<bool>, DbError> {
        match self {
            Row::Sqlite(row) => row.get(i).map_err(|e| wrong(i, &e)),
            Row::Postgres(row) => row.try_get(i).map_err(|e| wrong(i, &e)),
        }
    }
}

fn wrong(i: usize, cause: &dyn std::fmt::Display) -> DbError {
    DbError::Data(format!("column {i}: {cause}"))
}

/// A type that can be read from one column.
pub trait FromCell: Sized {
    /// Reads column `i` of `row`.
    ///
    /// # Errors
    /// [`DbError::Data`] when the column holds something else.
    fn from_cell(row: &Row<'_>, i: usize) -> Result<Self, DbError>;
}

macro_rules! cells {
    ($($type:ty => |$row:ident, $i:ident| $read:expr;)*) => {
        $(impl FromCell for $type {
            fn from_cell($row: &Row<'_>, $i: usize) -> Result<Self, DbError> {
                Option::<$type>::from_cell($row, $i)?.ok_or_else(|| wrong($i, &"NULL"))
            }
        }
        impl FromCell for Option<$type> {
            fn from_cell($row: &Row<'_>, $i: usize) -> Result<Self, DbError> { $read }
        })*
    };
}

cells! {
    i64 => |row, i| row.int(i);
    bool => |row, i| row.bool(i);
    String => |row, i| Ok(row.text(i)?.map(str::to_owned));
    Vec<u8> => |row, i| Ok(row.bytes(i)?.map(<[u8]>::to_vec));
    Fen => |row, i| Ok(row.int(i)?.map(Fen));
    Instant => |row, i| Ok(row.int(i)?.map(Instant));
    [u8; 32] => |row, i| row.bytes(i)?.map(|b| b.try_into().map_err(|_| wrong(i, &"not 32 bytes"))).transpose();
    u64 => |row, i| row.int(i)?.map(|n| u64::try_from(n).map_err(|e| wrong(i, &e))).transpose();
    u32 => |row, i| row.int(i)?.map(|n| u32::try_from(n).map_err(|e| wrong(i, &e))).transpose();
    Home => |row, i| row.int(i)?.map(|n| Home::from_i64(n).ok_or_else(|| wrong(i, &"not a home"))).transpose();
    kernel::Day => |row, i| {
        row.text(i)?.map(|t| kernel::Day::parse(t).ok_or_else(|| wrong(i, &"not a day"))).transpose()
    };
}

impl<K> FromCell for Id<K> {
    fn from_cell(row: &Row<'_>, i: usize) -> Result<Self, DbError> {
        Option::<Id<K>>::from_cell(row, i)?.ok_or_else(|| wrong(i, &"NULL"))
    }
}
impl<K> FromCell for Option<Id<K>> {
    fn from_cell(row: &Row<'_>, i: usize) -> Result<Self, DbError> {
        row.text(i)?.map(|t| t.parse().map_err(|e| wrong(i, &e))).transpose()
    }
}

/// A type that can be read from one row: tuples of cells, or a record with its own implementation.
pub trait FromRow: Sized {
    /// Reads the row from its first column on.
    ///
    /// # Errors
    /// [`DbError::Data`] when a column holds something else.
    fn from_row(row: &Row<'_>) -> Result<Self, DbError>;
}

macro_rules! tuples {
    ($($($name:ident $i:tt),+;)*) => {
        $(impl<$($name: FromCell),+> FromRow for ($($name,)+) {
            fn from_row(row: &Row<'_>) -> Result<Self, DbError> { Ok(($($name::from_cell(row, $i)?,)+)) }
        })*
    };
}

tuples! {
    A 0;
    A 0, B 1;
    A 0, B 1, C 2;
    A 0, B 1, C 2, D 3;
    A 0, B 1, C 2, D 3, E 4;
    A 0, B 1, C 2, D 3, E 4, F 5;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
}

/// Makes a record readable from a row whose columns come in the order of its fields.
#[macro_export]
macro_rules! record {
    ($type:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::FromRow for $type {
            fn from_row(row: &$crate::Row<'_>) -> Result<Self, $crate::DbError> {
                let mut column = 0;
                $(let $field = row.get(column)?; column += 1;)+
                let _ = column;
                Ok($type { $($field),+ })
            }
        }
    };
}
