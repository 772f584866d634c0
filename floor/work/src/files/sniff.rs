//! What bytes are, by their own signature. Names and declared types are never believed.

use image::ImageFormat;

/// What can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Picture(ImageFormat),
    Pdf,
}

pub(super) fn format(bytes: &[u8]) -> Option<Format> {
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        Some(Format::Picture(ImageFormat::Jpeg))
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(Format::Picture(ImageFormat::Png))
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some(Format::Picture(ImageFormat::WebP))
    } else if bytes.starts_with(b"%PDF-") {
        Some(Format::Pdf)
    } else {
        None
    }
}

/// Whether the mark at the end is there (ISO 32000-1, 7.5.5), within the last 1,024 bytes as readers look for it.
pub(super) fn pdf_is_whole(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(1_024)..).unwrap_or_default();
    tail.windows(5).any(|five| five == b"%%EOF")
}

/// Whether a JPEG goes on to its mark of the end (ITU-T T.81, annex B). The decoder fills what is missing with grey,
/// and half a photo is not what somebody meant to send.
pub(super) fn jpeg_is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some(mark) = marker(bytes, at) {
        at = mark + 2;
        match bytes.get(mark + 1) {
            Some(0xd9) => return true,
            // restarts and the like stand alone
            Some(0x01 | 0xd0..=0xd8) => {}
            Some(_) => match bytes.get(at..at + 2) {
                Some(&[high, low]) => at += usize::from(u16::from_be_bytes([high, low])),
                _ => return false,
            },
            None => return false,
        }
    }
    false
}

/// The next marker from `at` on, past coded pixels, in which a marker's first byte is followed by 0.
fn marker(bytes: &[u8], at: usize) -> Option<usize> {
    let pairs = bytes.get(at..)?.windows(2);
    pairs.into_iter().position(|pair| pair[0] == 0xff && pair[1] != 0 && pair[1] != 0xff).map(|n| at + n)
}
