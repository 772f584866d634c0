//! JSON faces of the same verbs.
