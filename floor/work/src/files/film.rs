//! Films: told by their first bytes, kept as they came. Nothing here decodes them; what their makers wrote beside the
//! pictures into an MP4, such as where it was filmed, is blanked.

use kernel::{Kind, Refusal};

use super::{FileKind, Prepared, damaged};

/// Bytes of a film at most.
pub const MAX_FILM: usize = 40 * 1024 * 1024;
/// Boxes of an MP4 that are looked into at most.
const MAX_BOXES: usize = 10_000;
/// Boxes within boxes: a film's description, and its tracks.
const MAX_DEPTH: u32 = 2;
/// Brands of files of the same shape that hold pictures and no film (ISO/IEC 23008-12, AVIF).
const PICTURES: [&[u8; 4]; 7] = [b"mif1", b"msf1", b"heic", b"heix", b"hevc", b"avif", b"avis"];

/// Checks a film: MP4 (ISO/IEC 14496-12) or WebM, by its own bytes, at most [`MAX_FILM`]. Of an MP4 the boxes of its
/// makers' notes (`udta`, `meta`, `uuid`) become free space of the same length, so that nothing else moves.
///
/// # Errors
/// Refusals `file-empty`, `film-too-large` with the limit in megabytes, `film-kind-unknown`, `file-damaged`.
pub fn prepare_film(mut bytes: Vec<u8>) -> Result<Prepared, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::new(Kind::Invalid, "file-empty"));
    }
    if bytes.len() > MAX_FILM {
        let limit = i64::try_from(MAX_FILM >> 20).unwrap_or(0);
        return Err(Refusal::new(Kind::LimitReached, "film-too-large").with_int("limit", limit));
    }
    let kind = if is_mp4(&bytes) {
        let end = bytes.len();
        let mut seen = Seen { boxes: MAX_BOXES, ..Seen::default() };
        blank(&mut bytes, (0, end), &mut seen).ok_or_else(damaged)?;
        if !(seen.described && seen.pictures) {
            return Err(damaged());
        }
        FileKind::Mp4
    } else if is_webm(&bytes) {
        FileKind::Webm
    } else {
        return Err(Refusal::new(Kind::Invalid, "film-kind-unknown"));
    };
    Ok(Prepared { kind, bytes, width: 0, height: 0, small: None })
}

fn is_mp4(bytes: &[u8]) -> bool {
    let brand = bytes.get(8..12).unwrap_or_default();
    bytes.get(4..8) == Some(b"ftyp") && !PICTURES.iter().any(|known| brand == known.as_slice())
}

/// An EBML header whose type is `webm` (RFC 8794; element 0x4282 within the header).
fn is_webm(bytes: &[u8]) -> bool {
    let head = bytes.get(..64.min(bytes.len())).unwrap_or_default();
    head.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) && head.windows(7).any(|seven| seven == b"\x42\x82\x84webm")
}

/// What was seen of a film. A whole one says how its pictures are laid out, and has them.
#[derive(Default)]
struct Seen {
    described: bool,
    pictures: bool,
    /// How many boxes may still come.
    boxes: usize,
    /// In how many boxes the present one is.
    depth: u32,
}

/// Goes through the boxes between two places; none where they do not fit, as in a film that came only in part.
fn blank(bytes: &mut [u8], (mut at, end): (usize, usize), seen: &mut Seen) -> Option<()> {
    while at < end {
        seen.boxes = seen.boxes.checked_sub(1)?;
        let head: [u8; 8] = bytes.get(at..at.checked_add(8)?)?.try_into().ok()?;
        let [a, b, c, d, kind @ ..] = head;
        let (inner, next) = match u32::from_be_bytes([a, b, c, d]) {
            // to the end of what it is in
            0 => (at + 8, end),
            1 => {
                let size: [u8; 8] = bytes.get(at + 8..at + 16)?.try_into().ok()?;
                (at + 16, at.checked_add(usize::try_from(u64::from_be_bytes(size)).ok()?)?)
            }
            size => (at + 8, at.checked_add(usize::try_from(size).ok()?)?),
        };
        if next < inner || next > end {
            return None;
        }
        match &kind {
            b"moov" | b"trak" if seen.depth < MAX_DEPTH => {
                seen.described |= kind == *b"moov";
                seen.depth += 1;
                blank(bytes, (inner, next), seen)?;
                seen.depth -= 1;
            }
            b"moov" | b"trak" => return None,
            b"mdat" => seen.pictures = true,
            b"udta" | b"meta" | b"uuid" => {
                bytes.get_mut(at + 4..at + 8)?.copy_from_slice(b"free");
                bytes.get_mut(inner..next)?.fill(0);
            }
            _ => {}
        }
        at = next;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(kind: &[u8; 4], inner: &[u8]) -> Vec<u8> {
        let size = u32::try_from(inner.len() + 8).unwrap();
        [&size.to_be_bytes()[..], kind, inner].concat()
    }

    fn mp4(brand: &[u8; 4]) -> Vec<u8> {
        let place = boxed(b"udta", &boxed(b"\xa9xyz", b"+31.2304+121.4737/"));
        let track = boxed(b"trak", &[boxed(b"tkhd", &[7; 20]), boxed(b"meta", b"camera")].concat());
        let head = boxed(b"ftyp", &[&brand[..], &[0; 4]].concat());
        [head, boxed(b"moov", &[boxed(b"mvhd", &[1; 20]), track, place].concat()), boxed(b"mdat", &[9; 50])].concat()
    }

    fn code(bytes: Vec<u8>) -> &'static str {
        prepare_film(bytes).unwrap_err().code
    }

    #[test]
    fn an_mp4_loses_where_it_was_filmed_and_nothing_else() {
        let before = mp4(b"isom");
        let kept = prepare_film(before.clone()).unwrap();
        assert_eq!((kept.kind, kept.bytes.len()), (FileKind::Mp4, before.len()));
        let has = |bytes: &[u8], text: &[u8]| bytes.windows(text.len()).any(|part| part == text);
        assert!(has(&before, b"+31.2304") && has(&before, b"camera"));
        assert!(!has(&kept.bytes, b"+31.2304") && !has(&kept.bytes, b"camera"));
        for (part, fill) in [(20, 1), (20, 7), (50, 9)] {
            assert!(has(&kept.bytes, &vec![fill; part]), "{fill}");
        }
        assert_eq!(prepare_film(kept.bytes.clone()).unwrap().bytes, kept.bytes, "once more changes nothing");
    }

    #[test]
    fn only_whole_films_are_taken_whatever_they_are_called() {
        let webm = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm\x42\x87\x81\x04rest".to_vec();
        assert_eq!(prepare_film(webm).unwrap().kind, FileKind::Webm);
        assert_eq!(code(b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska".to_vec()), "film-kind-unknown");
        assert_eq!(code(Vec::new()), "file-empty");
        assert_eq!(code(b"%PDF-1.7 %%EOF".to_vec()), "film-kind-unknown");
        assert_eq!(code(b"<html><script>".to_vec()), "film-kind-unknown");
        assert_eq!(code(mp4(b"heic")), "film-kind-unknown");
        let mut cut = mp4(b"isom");
        cut.truncate(cut.len() - 1);
        assert_eq!(code(cut), "file-damaged");
        assert_eq!(code(boxed(b"ftyp", b"isom0000")), "file-damaged");
        let mut large = mp4(b"mp42");
        large.resize(MAX_FILM + 1, 0);
        assert_eq!(code(large), "film-too-large");
        // boxes that say they are larger than the file, or smaller than their own head
        for size in [0x7fff_ffff_u32, 4] {
            let mut odd = mp4(b"isom");
            odd[16..20].copy_from_slice(&size.to_be_bytes());
            assert_eq!(code(odd), "file-damaged", "{size}");
        }
    }

    #[test]
    fn boxes_within_boxes_end() {
        let deep = boxed(b"free", b"").repeat(MAX_BOXES);
        let bytes = [boxed(b"ftyp", b"isom0000"), boxed(b"moov", &deep), boxed(b"mdat", b"")].concat();
        assert_eq!(code(bytes), "file-damaged");
        let nested = (0..3).fold(boxed(b"mvhd", &[1]), |inner, _| boxed(b"trak", &inner));
        let bytes = [boxed(b"ftyp", b"isom0000"), boxed(b"moov", &nested), boxed(b"mdat", b"")].concat();
        assert_eq!(code(bytes), "file-damaged");
    }
}
