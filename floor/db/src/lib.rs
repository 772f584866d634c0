//! The only crate that names a database driver: one SQL text over SQLite and PostgreSQL.
