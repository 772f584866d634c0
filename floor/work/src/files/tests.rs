use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;

use super::*;

fn gate() -> Gate {
    Gate::new(1)
}

#[track_caller]
fn refused(bytes: &[u8]) -> &'static str {
    prepare(bytes, &gate()).unwrap_err().code
}

/// Left half red, right half blue.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([250, 10, 10]) } else { Rgb([10, 10, 250]) })
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

fn decoded(bytes: &[u8]) -> RgbImage {
    image::load_from_memory_with_format(bytes, ImageFormat::Jpeg).unwrap().into_rgb8()
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(&DynamicImage::ImageRgb8(halves(width, height)), ImageFormat::Jpeg)
}

/// A little-endian TIFF directory entry.
fn entry(tag: u16, kind: u16, n: u32, value: [u8; 4]) -> Vec<u8> {
    [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &n.to_le_bytes(), &value].concat()
}

/// EXIF with a camera's name, an orientation and a position (31° 13′ 49″ N), laid out by hand.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II\x2a\x00\x08\x00\x00\x00".to_vec();
    tiff.extend(3_u16.to_le_bytes());
    tiff.extend(entry(0x010f, 2, 16, 50_u32.to_le_bytes())); // Make at 50
    tiff.extend(entry(0x0112, 3, 1, [orientation, 0, 0, 0]));
    tiff.extend(entry(0x8825, 4, 1, 66_u32.to_le_bytes())); // GPS directory at 66
    tiff.extend(0_u32.to_le_bytes());
    assert_eq!(tiff.len(), 50);
    tiff.extend(b"INVENTED-CAMERA\x00");
    tiff.extend(2_u16.to_le_bytes());
    tiff.extend(entry(0x0001, 2, 2, *b"N\x00\x00\x00"));
    tiff.extend(entry(0x0002, 5, 3, 96_u32.to_le_bytes()));
    tiff.extend(0_u32.to_le_bytes());
    assert_eq!(tiff.len(), 96);
    for n in [31_u32, 1, 13, 1, 49, 1] {
        tiff.extend(n.to_le_bytes());
    }
    [b"Exif\x00\x00", &tiff[..]].concat()
}

fn segment(mark: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap();
    [&[0xff, mark], &length.to_be_bytes()[..], body].concat()
}

fn with_segments(jpeg: &[u8], segments: &[Vec<u8>]) -> Vec<u8> {
    [&jpeg[..2], &segments.concat(), &jpeg[2..]].concat()
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

/// The marks of a JPEG's segments before its pixels.
fn marks(bytes: &[u8]) -> Vec<u8> {
    let (mut at, mut marks) = (2, Vec::new());
    while bytes[at] == 0xff && bytes[at + 1] != 0xda {
        marks.push(bytes[at + 1]);
        at += 2 + usize::from(u16::from_be_bytes([bytes[at + 2], bytes[at + 3]]));
    }
    marks
}

#[test]
fn where_and_with_what_a_photo_was_taken_is_not_kept() {
    let comment = segment(0xfe, b"a comment about somebody");
    let photo = with_segments(&jpeg(40, 20), &[segment(0xe1, &exif(1)), comment]);
    let position: Vec<u8> = [31_u32, 1, 13, 1, 49, 1].iter().flat_map(|n| n.to_le_bytes()).collect();
    let secrets = [&b"Exif"[..], b"INVENTED-CAMERA", b"a comment about", &position];
    assert!(secrets.iter().all(|secret| holds(&photo, secret)), "the photo has what shall go");
    let kept = prepare(&photo, &gate()).unwrap();
    for bytes in [&kept.bytes, kept.small.as_ref().unwrap()] {
        assert!(secrets.iter().all(|secret| !holds(bytes, secret)));
        // JFIF, tables, one frame: no application's own segment, no comment
        assert!(marks(bytes).iter().all(|mark| [0xe0, 0xdb, 0xc0, 0xc4].contains(mark)), "{:x?}", marks(bytes));
    }
    assert_eq!((kept.kind, kept.width, kept.height), (FileKind::Photo, 40, 20));
}

#[test]
fn a_photo_stands_upright() {
    let shows = |orientation| {
        let photo = with_segments(&jpeg(40, 20), &[segment(0xe1, &exif(orientation))]);
        let kept = prepare(&photo, &gate()).unwrap();
        let picture = decoded(&kept.bytes);
        assert_eq!(picture.dimensions(), (kept.width, kept.height));
        let (w, h) = picture.dimensions();
        let red = |x: u32, y: u32| picture.get_pixel(x, y).0[0] > 128;
        (w, h, [red(w / 2, 1), red(w - 2, h / 2), red(w / 2, h - 2), red(1, h / 2)])
    };
    // which edges are red: top, right, bottom, left; where the colours meet in the middle of an edge it may be either
    let (w, h, [top, _, bottom, _]) = shows(6);
    assert_eq!((w, h, top, bottom), (20, 40, true, false), "turned right: the left half comes to the top");
    let (w, h, [top, _, bottom, _]) = shows(8);
    assert_eq!((w, h, top, bottom), (20, 40, false, true), "turned left");
    let (w, h, [_, right, _, left]) = shows(3);
    assert_eq!((w, h, right, left), (40, 20, true, false), "upside down");
    let (w, h, [_, right, _, left]) = shows(1);
    assert_eq!((w, h, right, left), (40, 20, false, true), "as it is");
}

#[test]
fn large_photos_become_smaller_and_small_ones_stay() {
    let kept = prepare(&jpeg(3_000, 1_000), &gate()).unwrap();
    assert_eq!((kept.width, kept.height), (2_048, 683));
    assert_eq!(decoded(&kept.small.unwrap()).dimensions(), (480, 160));
    let kept = prepare(&jpeg(16, 9), &gate()).unwrap();
    assert_eq!((kept.width, kept.height), (16, 9));
    assert_eq!(decoded(&kept.small.unwrap()).dimensions(), (16, 9));
    let kept = prepare(&jpeg(5_000, 1), &gate()).unwrap();
    assert_eq!((kept.width, kept.height), (2_048, 1), "a line stays a line");
}

#[test]
fn every_kind_becomes_the_same_jpeg_and_the_same_bytes_each_time() {
    let mut seen = RgbaImage::from_pixel(30, 20, Rgba([0, 0, 0, 0]));
    seen.put_pixel(3, 3, Rgba([0, 0, 0, 255]));
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let bytes = encoded(&DynamicImage::ImageRgba8(seen.clone()), format);
        let kept = prepare(&bytes, &gate()).unwrap();
        assert_eq!((kept.kind, kept.width, kept.height), (FileKind::Photo, 30, 20));
        assert!(decoded(&kept.bytes).get_pixel(25, 15).0.iter().all(|c| *c > 250), "what shows through is paper");
        assert_eq!(prepare(&bytes, &gate()).unwrap(), kept);
    }
    let deep = DynamicImage::ImageRgb8(halves(30, 20)).to_rgb16();
    let kept = prepare(&encoded(&deep.into(), ImageFormat::Png), &gate()).unwrap();
    assert!(decoded(&kept.bytes).get_pixel(2, 2).0[0] > 200);
}

/// CRC-32 of PNG (ISO 3309), bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

/// A PNG whose header promises another size than its pixels have.
fn promising(mut png: Vec<u8>, width: u32, height: u32) -> Vec<u8> {
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&png[12..29]);
    png[29..33].copy_from_slice(&sum.to_be_bytes());
    png
}

#[test]
fn bombs_are_refused_by_their_header_and_never_unpacked() {
    let png = |w, h| encoded(&DynamicImage::new_luma8(w, h), ImageFormat::Png);
    assert_eq!(promising(png(7, 5), 7, 5), png(7, 5), "the sum is reckoned rightly");
    for (width, height) in [(60_000, 60_000), (20_001, 1), (1, 20_001), (8_192, 6_145), (20_000, 20_000)] {
        let refusal = prepare(&promising(png(10, 10), width, height), &gate()).unwrap_err();
        assert_eq!(refusal.code, "image-too-large", "{width} × {height}");
        assert_eq!(refusal.args, [("limit", kernel::Arg::Int(50))]);
    }
    // few enough pixels, but eight bytes each
    let deep = encoded(&DynamicImage::new_rgba16(10, 10), ImageFormat::Png);
    assert_eq!(refused(&promising(deep, 7_000, 7_000)), "image-too-large");
    // a small picture with twelve million bytes behind it
    let packed = png(4_000, 3_000);
    assert!(packed.len() < 100_000);
    let answer = prepare(&promising(packed, 10, 10), &gate());
    assert!(answer.is_ok_and(|kept| (kept.width, kept.height) == (10, 10)), "what is behind is not looked at");
    // the header of a JPEG promises as well: SOF0 is at its mark, height before width
    let mut photo = jpeg(40, 20);
    let frame = photo.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    photo[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    assert_eq!(refused(&photo), "image-too-large");
}

#[test]
fn what_is_no_whole_photo_or_document_is_refused() {
    assert_eq!(refused(b""), "file-empty");
    assert_eq!(refused("这不是照片，只是叫 photo.jpg".as_bytes()), "file-kind-unknown");
    assert_eq!(refused(b"GIF89a..."), "file-kind-unknown");
    assert_eq!(refused(b"<svg onload='alert(1)'/>"), "file-kind-unknown");
    assert_eq!(refused(b"\xff\xd8\xff"), "file-damaged");
    let picture = DynamicImage::ImageRgb8(halves(200, 100));
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let bytes = encoded(&picture, format);
        for part in [bytes.len() / 3, bytes.len() / 2, bytes.len() - 20] {
            assert_eq!(refused(&bytes[..part]), "file-damaged", "{format:?} cut at {part} of {}", bytes.len());
        }
    }
    // a thumbnail's end inside a cut photo is not the photo's end
    let inner = with_segments(&jpeg(200, 100), &[segment(0xe1, &[b"Exif\0\0", &jpeg(8, 8)[..]].concat())]);
    assert_eq!(refused(&inner[..inner.len() - 2]), "file-damaged");
    assert!(prepare(&inner, &gate()).is_ok());
    assert!(prepare(&[&inner[..], b"what a telephone adds behind"].concat(), &gate()).is_ok());

    let large = vec![0xff; 50 * 1024 * 1024];
    let refusal = prepare(&large, &gate()).unwrap_err();
    assert_eq!((refusal.code, refusal.args), ("file-too-large", vec![("limit", kernel::Arg::Int(10))]));
    let just: Vec<u8> = [&b"%PDF-1.7"[..], &vec![b' '; MAX_UPLOAD - 13], b"%%EOF"].concat();
    let kept = prepare(&just, &gate()).unwrap();
    assert_eq!((kept.kind, kept.bytes.len(), kept.small), (FileKind::Pdf, MAX_UPLOAD, None));
    assert_eq!(refused(&[&just[..], b"\n"].concat()), "file-too-large");
    assert_eq!(refused(&just[..just.len() - 5]), "file-damaged");
}

#[test]
fn only_so_many_are_decoded_at_a_time() {
    let gate = Gate::impatient();
    let photo = jpeg(8, 8);
    let inside = gate.enter().unwrap();
    assert_eq!(prepare(&photo, &gate).unwrap_err().code, "files-busy");
    drop(inside);
    assert!(prepare(&photo, &gate).is_ok());
    assert!(prepare(&photo, &gate).is_ok(), "the place is given back");
    assert!(prepare(&photo[..20], &gate).is_err());
    assert!(prepare(&photo, &gate).is_ok(), "also after a refusal");
}

#[test]
fn names_are_only_shown() {
    for (name, shown) in [
        ("../../etc/passwd", "passwd"),
        ("C:\\照片\\院子.jpg", "院子.jpg"),
        ("  a\u{0}b\n.jpg ", "ab.jpg"),
        ("photo\u{202e}gpj.exe", "photogpj.exe"),
        ("", ""),
    ] {
        assert_eq!(shown_name(name), shown);
    }
    assert_eq!(shown_name(&"字".repeat(300)).chars().count(), MAX_NAME);
    let id: FileId = Id::random(Home(3), &mut kernel::Chance::seeded(1));
    let mut file = File {
        id,
        state: FileState::Ready,
        kind: FileKind::Pdf,
        name: "章程\"; x.pdf".into(),
        blob: blob(b"x"),
        width: 0,
        height: 0,
        small: None,
        subject: None,
        added_by: None,
        added_at: Instant(0),
        added_day: Day::parse("2026-11-22").unwrap(),
    };
    assert_eq!(file.disposition(), "attachment; filename*=UTF-8''%E7%AB%A0%E7%A8%8B%22%3B%20x.pdf");
    assert!(
        file.key().path().bytes().all(|b| b.is_ascii_alphanumeric() || b"-/".contains(&b)),
        "{}",
        file.key().path()
    );
    file.kind = FileKind::Photo;
    assert_eq!(file.disposition(), "inline");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn damaged_pictures_are_refused_with_a_known_reason(
        format in 0_usize..3,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
        whole in any::<bool>(),
    ) {
        let format = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP][format];
        let mut bytes = encoded(&DynamicImage::ImageRgb8(halves(24, 16)), format);
        for (at, byte) in damage {
            let n = bytes.len();
            bytes[at.index(n)] = byte;
        }
        if !whole {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Err(refusal) = prepare(&bytes, &gate()) {
            let known = ["file-empty", "file-kind-unknown", "file-damaged", "image-too-large"];
            prop_assert!(known.contains(&refusal.code), "{}", refusal.code);
        }
    }
}
