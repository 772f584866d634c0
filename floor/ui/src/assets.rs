//! The files that pages need besides themselves: one stylesheet, one script, one more of a
//! single page, one picture, in the binary, named by
//! content and packed when the binary was built.

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
    /// The content for `Accept-Encoding: br`.
    pub brotli: &'static [u8],
    /// The content for `Accept-Encoding: gzip`.
    pub gzip: &'static [u8],
}

/// All assets.
pub const ASSETS: &[Asset] = &[
    Asset {
        path: LOOK_PATH,
        content_type: "text/css; charset=utf-8",
        bytes: LOOK_BYTES,
        brotli: LOOK_BROTLI,
        gzip: LOOK_GZIP,
    },
    Asset {
        path: SCRIPT_PATH,
        content_type: "text/javascript; charset=utf-8",
        bytes: SCRIPT_BYTES,
        brotli: SCRIPT_BROTLI,
        gzip: SCRIPT_GZIP,
    },
    Asset {
        path: TAPS_PATH,
        content_type: "text/javascript; charset=utf-8",
        bytes: TAPS_BYTES,
        brotli: TAPS_BROTLI,
        gzip: TAPS_GZIP,
    },
    Asset { path: SEAL_PATH, content_type: "image/svg+xml", bytes: SEAL_BYTES, brotli: SEAL_BROTLI, gzip: SEAL_GZIP },
];

/// A policy under which every page of this crate works: scripts and styles only from this house, none of them inline,
/// nothing evaluated, nothing from elsewhere. A rim may narrow `script-src` to the nonce that it gives to the page.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
     script-src 'self'; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'";
