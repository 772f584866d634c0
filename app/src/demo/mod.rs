//! The demonstration: an invented subdistrict whose residents hold an invented vote, report what is broken, and whose
//! workers have something due.

mod acts;
mod ballots;
mod beiyuan;
mod conversations;
mod estate;
mod halls;
mod load;
mod matters;
mod owners;
mod persons;
mod polls;
mod stages;
mod tables;
mod weifang;
mod written;

pub use load::load;
pub use persons::lines;
