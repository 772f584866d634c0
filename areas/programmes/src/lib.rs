//! Programmes: seasons, ideas and projects.
