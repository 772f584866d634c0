//! The face: words in four languages, page layout and components.
