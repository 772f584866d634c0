//! The files that pages need besides themselves: one stylesheet and one picture, in the binary, named by content.

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// A file to be served under its exact path with `Cache-Control: public, max-age=31536000, immutable`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Path with the hash of the content, such as `/assets/look.0123456789abcdef.css`.
    pub path: &'static str,
    /// Value of `Content-Type`.
    pub content_type: &'static str,
    /// The content.
    pub bytes: &'static [u8],
}

/// All assets.
pub const ASSETS: &[Asset] = &[
    Asset { path: LOOK_PATH, content_type: "text/css; charset=utf-8", bytes: LOOK_BYTES },
    Asset { path: SEAL_PATH, content_type: "image/svg+xml", bytes: SEAL_BYTES },
];

/// A policy under which every page of this crate works: no script, no inline style, nothing from elsewhere.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
     script-src 'self'; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'";
