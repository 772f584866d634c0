//! Decoding and encoding anew, within stated bounds.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Condvar, Mutex, PoisonError},
    time::Duration,
};

use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage, codecs::jpeg::JpegEncoder,
    metadata::Orientation,
};
use kernel::{Kind, Refusal};

use super::{FileKind, Prepared, damaged, sniff};

/// Pixels of a picture at most: 8,192 × 6,144, which is what telephones of 50 megapixels make.
pub const MAX_PIXELS: u64 = 8_192 * 6_144;
/// Pixels of its longer side at most.
pub const MAX_SIDE: u32 = 20_000;
/// Bytes of a decoded picture at most.
pub const MAX_DECODED: u64 = 160 << 20;
/// Pixels of the longer side that are kept.
pub const MAX_EDGE: u32 = 2_048;
/// Pixels of the longer side of the small picture.
pub const SMALL_EDGE: u32 = 480;
/// Quality of the JPEG that is kept, of 100.
pub const QUALITY: u8 = 85;
/// How long an upload waits for the ones before it.
const PATIENCE: Duration = Duration::from_secs(20);

/// Lets so many pictures be decoded at a time, which bounds the memory they take.
#[derive(Debug)]
pub struct Gate {
    free: Mutex<usize>,
    left: Condvar,
    patience: Duration,
}

impl Gate {
    /// A gate for `n` at a time, at least one.
    pub fn new(n: usize) -> Gate {
        Gate { free: Mutex::new(n.max(1)), left: Condvar::new(), patience: PATIENCE }
    }

    #[cfg(test)]
    pub(super) fn impatient() -> Gate {
        Gate { patience: Duration::ZERO, ..Gate::new(1) }
    }

    pub(super) fn enter(&self) -> Result<Inside<'_>, Refusal> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.left.wait_timeout_while(free, self.patience, |free| *free == 0);
        let (mut free, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if *free == 0 {
            return Err(Refusal::new(Kind::LimitReached, "files-busy"));
        }
        *free -= 1;
        Ok(Inside(self))
    }
}

/// A place inside the gate.
pub(super) struct Inside<'a>(&'a Gate);

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.left.notify_one();
    }
}

pub(super) fn prepare(bytes: &[u8], format: ImageFormat, gate: &Gate) -> Result<Prepared, Refusal> {
    if format == ImageFormat::Jpeg && !sniff::jpeg_is_whole(bytes) {
        return Err(damaged());
    }
    let _inside = gate.enter()?;
    // a decoder that panics has met bytes that nobody meant to be a picture
    catch_unwind(AssertUnwindSafe(|| anew(bytes, format))).unwrap_or_else(|_| Err(damaged()))
}

fn anew(bytes: &[u8], format: ImageFormat) -> Result<Prepared, Refusal> {
    let (picture, orientation) = decode(bytes, format).map_err(|error| match error {
        ImageError::Limits(_) => too_large(),
        _ => damaged(),
    })?;
    let mut picture = shrunk(picture, MAX_EDGE);
    picture.apply_orientation(orientation);
    let picture = on_white(picture);
    let (width, height) = picture.dimensions();
    let kept = encode(&picture)?;
    let small = shrunk(DynamicImage::ImageRgb8(picture), SMALL_EDGE).into_rgb8();
    Ok(Prepared { kind: FileKind::Photo, bytes: kept, width, height, small: Some(encode(&small)?) })
}

/// Reads the header, checks what it promises, and only then decodes.
fn decode(bytes: &[u8], format: ImageFormat) -> Result<(DynamicImage, Orientation), ImageError> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_DECODED);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_DECODED {
        let kind = image::error::LimitErrorKind::DimensionError;
        return Err(ImageError::Limits(image::error::LimitError::from_kind(kind)));
    }
    // metadata that cannot be read is dropped like all other metadata
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((DynamicImage::from_decoder(decoder)?, orientation))
}

fn shrunk(picture: DynamicImage, edge: u32) -> DynamicImage {
    if picture.width().max(picture.height()) > edge { picture.thumbnail(edge, edge) } else { picture }
}

/// Without transparency, which JPEG does not have: on white, as it would look on paper.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0;
        let mix = |colour: u8| {
            let (colour, alpha) = (u32::from(colour), u32::from(alpha));
            u8::try_from((colour * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
        };
        image::Rgb([mix(red), mix(green), mix(blue)])
    })
}

fn encode(picture: &RgbImage) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(picture).map_err(|_| damaged())?;
    Ok(bytes)
}

fn too_large() -> Refusal {
    let limit = i64::try_from(MAX_PIXELS / 1_000_000).unwrap_or(0);
    Refusal::new(Kind::LimitReached, "image-too-large").with_int("limit", limit)
}
