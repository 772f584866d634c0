#![doc = include_str!("../README.md")]

pub mod docx;
pub mod paper;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod xlsx;
pub mod xml;
pub mod zip;

/// What a browser is told an XLSX is.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// What a browser is told a DOCX is.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// What a browser is told a PDF is.
pub const PDF: &str = "application/pdf";
