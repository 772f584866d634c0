//! A picture of a receipt: a white slip with lines, its number and its amount, and DEMO across it, so that nobody takes it
//! for one. Drawn pixel by pixel, for no font comes with the program.

use std::io::Cursor;

use db::DbError;
use image::{ImageFormat, Rgb, RgbImage};

const WIDTH: u32 = 320;
const HEIGHT: u32 = 440;
const PAPER: Rgb<u8> = Rgb([252, 251, 246]);
const INK: Rgb<u8> = Rgb([60, 62, 70]);
const FAINT: Rgb<u8> = Rgb([190, 188, 180]);
const RED: Rgb<u8> = Rgb([196, 64, 52]);
const TABLE: Rgb<u8> = Rgb([150, 132, 110]);

/// Letters of three by five dots, a row in three bits.
const LETTERS: [(char, [u8; 5]); 16] = [
    ('0', [7, 5, 5, 5, 7]),
    ('1', [2, 6, 2, 2, 7]),
    ('2', [7, 1, 7, 4, 7]),
    ('3', [7, 1, 7, 1, 7]),
    ('4', [5, 5, 7, 1, 1]),
    ('5', [7, 4, 7, 1, 7]),
    ('6', [7, 4, 7, 5, 7]),
    ('7', [7, 1, 2, 2, 2]),
    ('8', [7, 5, 7, 5, 7]),
    ('9', [7, 5, 7, 1, 7]),
    ('.', [0, 0, 0, 0, 2]),
    ('-', [0, 0, 7, 0, 0]),
    ('D', [6, 5, 5, 5, 6]),
    ('E', [7, 4, 6, 4, 7]),
    ('M', [5, 7, 7, 5, 5]),
    ('O', [7, 5, 5, 5, 7]),
];

/// The picture as PNG: `number` and `amount` in digits, dots and dashes, `rows` faint lines between them.
pub(super) fn picture(number: &str, amount: &str, rows: u32) -> Result<Vec<u8>, DbError> {
    let mut slip = RgbImage::from_pixel(WIDTH, HEIGHT, TABLE);
    area(&mut slip, (18, 16), (WIDTH - 36, HEIGHT - 32), PAPER);
    area(&mut slip, (70, 40), (WIDTH - 140, 10), INK);
    area(&mut slip, (110, 58), (WIDTH - 220, 5), FAINT);
    text(&mut slip, (40, 84), 4, number, INK);
    for row in 0..rows.min(8) {
        let y = 130 + row * 24;
        area(&mut slip, (40, y), (120 + row * 37 % 60, 6), FAINT);
        area(&mut slip, (WIDTH - 90, y), (46, 6), FAINT);
    }
    area(&mut slip, (36, 326), (WIDTH - 72, 2), INK);
    text(&mut slip, (40, 342), 6, amount, INK);
    text(&mut slip, (66, 226), 12, "DEMO", RED);
    ring(&mut slip, (236, 366), 34);
    let mut bytes = Cursor::new(Vec::new());
    slip.write_to(&mut bytes, ImageFormat::Png).map_err(|error| DbError::Data(format!("receipt: {error}")))?;
    Ok(bytes.into_inner())
}

fn area(slip: &mut RgbImage, (x, y): (u32, u32), (width, height): (u32, u32), colour: Rgb<u8>) {
    for at_y in y..(y + height).min(HEIGHT) {
        for at_x in x..(x + width).min(WIDTH) {
            slip.put_pixel(at_x, at_y, colour);
        }
    }
}

fn text(slip: &mut RgbImage, (x, y): (u32, u32), dot: u32, words: &str, colour: Rgb<u8>) {
    let known = |c: char| LETTERS.iter().find(|(letter, _)| *letter == c).map(|(_, rows)| rows);
    for (at, rows) in (0..).zip(words.chars().map(known)) {
        for (row, bits) in (0..).zip(rows.into_iter().flatten()) {
            for column in (0..3).filter(|column| bits >> (2 - column) & 1 == 1) {
                area(slip, (x + (at * 4 + column) * dot, y + row * dot), (dot, dot), colour);
            }
        }
    }
}

/// A stamp's ring, three dots wide.
fn ring(slip: &mut RgbImage, (x, y): (u32, u32), radius: u32) {
    let (outer, inner) = (radius * radius, (radius - 3) * (radius - 3));
    for at_y in y - radius..=(y + radius).min(HEIGHT - 1) {
        for at_x in x - radius..=(x + radius).min(WIDTH - 1) {
            let away = at_x.abs_diff(x).pow(2) + at_y.abs_diff(y).pow(2);
            if (inner..=outer).contains(&away) {
                slip.put_pixel(at_x, at_y, RED);
            }
        }
    }
}
