//! How money comes back: returns, the closing of a project's account, termination, the end of a year.

pub mod end;
pub mod give_back;
pub mod year_end;
