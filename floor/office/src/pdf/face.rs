//! A font that the system has, and what of it a file uses.

use std::{collections::BTreeMap, fmt};

use subsetter::GlyphRemapper;
use ttf_parser::{
    PlatformId, Tag,
    gsub::{SingleSubstitution, SubstitutionSubtable},
    name_id,
};

/// A face of a font's file.
pub struct Face<'a> {
    data: &'a [u8],
    index: u32,
    parsed: ttf_parser::Face<'a>,
}

/// Why a font cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It is no OpenType font, or a broken one.
    Unreadable,
    /// Its weight can be chosen; cut down it would come out wrong.
    Variable,
    /// Its glyphs are neither `glyf` nor `CFF` outlines.
    NoOutlines,
    /// It has no Chinese characters.
    NotChinese,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unfit::Unreadable => "it is no OpenType font",
            Unfit::Variable => "it is a variable font; take a static one",
            Unfit::NoOutlines => "its glyphs are no outlines",
            Unfit::NotChinese => "it has no Chinese characters",
        })
    }
}

impl fmt::Debug for Face<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Face").field("index", &self.index).field("name", &self.name()).finish()
    }
}

/// How collections name the faces whose characters are drawn as a language writes them.
fn region(language: &str) -> &'static str {
    match language {
        "zh-Hant" | "zh-TW" | "zh-HK" => "TC",
        "ko" | "ko-KR" => "KR",
        _ => "SC",
    }
}

/// A name of the font in English or in any language.
fn name_of(parsed: &ttf_parser::Face<'_>, id: u16) -> Option<String> {
    let mut names = parsed.names().into_iter().filter(|name| name.name_id == id && name.is_unicode());
    let english = names.clone().find(|name| name.platform_id == PlatformId::Windows && name.language_id == 0x0409);
    english.or_else(|| names.next()).and_then(|name| name.to_string())
}

impl<'a> Face<'a> {
    /// Reads a font's file. Of a collection it takes the face of the language's region (`Noto Sans CJK TC` for
    /// `zh-Hant`), else the first.
    ///
    /// # Errors
    /// [`Unfit`] where it cannot be put into a file.
    pub fn read(data: &'a [u8], language: &str) -> Result<Face<'a>, Unfit> {
        let n = ttf_parser::fonts_in_collection(data).unwrap_or(1).min(64);
        let region = region(language);
        let wanted = (0..n).find(|index| {
            let parsed = ttf_parser::Face::parse(data, *index).ok();
            let family = parsed.and_then(|p| name_of(&p, name_id::TYPOGRAPHIC_FAMILY).or(name_of(&p, name_id::FAMILY)));
            family.is_some_and(|family| family.ends_with(region) && !family.contains("Mono"))
        });
        let index = wanted.unwrap_or(0);
        let parsed = ttf_parser::Face::parse(data, index).map_err(|_| Unfit::Unreadable)?;
        let has = |tag: &[u8; 4]| parsed.raw_face().table(Tag::from_bytes(tag)).is_some();
        if has(b"fvar") || has(b"CFF2") {
            return Err(Unfit::Variable);
        }
        if !has(b"glyf") && !has(b"CFF ") {
            return Err(Unfit::NoOutlines);
        }
        let face = Face { data, index, parsed };
        if ['中', '国', '。', 'A', '1'].into_iter().any(|c| face.glyph(c).is_none()) {
            return Err(Unfit::NotChinese);
        }
        Ok(face)
    }

    /// The glyph of a character.
    pub(super) fn glyph(&self, c: char) -> Option<u16> {
        self.parsed.glyph_index(c).map(|id| id.0).filter(|id| *id != 0)
    }

    /// The glyph as it stands among Latin letters, where the font has one: OpenType's feature `pwid`.
    pub(super) fn narrow(&self, glyph: u16) -> Option<u16> {
        let (table, glyph) = (self.parsed.tables().gsub?, ttf_parser::GlyphId(glyph));
        let feature = table.features.find(Tag::from_bytes(b"pwid"))?;
        let lookups = feature.lookup_indices.into_iter().filter_map(|at| table.lookups.get(at));
        let subtables = lookups.flat_map(|lookup| lookup.subtables.into_iter::<SubstitutionSubtable<'_>>());
        let mut found = subtables.filter_map(|subtable| match subtable {
            SubstitutionSubtable::Single(SingleSubstitution::Format1 { coverage, delta }) => {
                coverage.get(glyph).map(|_| glyph.0.wrapping_add_signed(delta))
            }
            SubstitutionSubtable::Single(SingleSubstitution::Format2 { coverage, substitutes }) => {
                coverage.get(glyph).and_then(|at| substitutes.get(at)).map(|glyph| glyph.0)
            }
            _ => None,
        });
        found.next()
    }

    /// How wide a glyph is at a size, both in thousandths of a point.
    pub(super) fn advance(&self, glyph: u16, size: i64) -> i64 {
        let units = i64::from(self.parsed.glyph_hor_advance(ttf_parser::GlyphId(glyph)).unwrap_or(0));
        units * size / self.units()
    }

    fn units(&self) -> i64 {
        i64::from(self.parsed.units_per_em()).max(1)
    }

    /// Font units as thousandths of the size, which is what files tell measures in.
    pub(super) fn thousandths(&self, units: i64) -> f32 {
        (units * 1_000 / self.units()) as f32
    }

    /// Of all glyphs together: left, bottom, right, top; then ascent, descent, height of capitals. In thousandths.
    pub(super) fn measures(&self) -> ([f32; 4], [f32; 3]) {
        let (all, tall) = (self.parsed.global_bounding_box(), self.parsed.ascender());
        let scale = |units: i16| self.thousandths(i64::from(units));
        let bounds = [all.x_min, all.y_min, all.x_max, all.y_max].map(scale);
        (bounds, [tall, self.parsed.descender(), self.parsed.capital_height().unwrap_or(tall)].map(scale))
    }

    /// Its PostScript name, in characters that a name in a file may have.
    pub(super) fn name(&self) -> String {
        let name = name_of(&self.parsed, name_id::POST_SCRIPT_NAME).unwrap_or_default();
        let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(60).collect();
        if name.is_empty() { "Font".to_owned() } else { name }
    }
}

/// What a file uses of a face.
#[derive(Default)]
pub(super) struct Used {
    remapper: GlyphRemapper,
    /// The character that a new glyph number stands for.
    letters: BTreeMap<u16, char>,
}

/// A font's program as a file embeds it.
pub(super) enum Program {
    /// A bare `CFF` table.
    Cff(Vec<u8>),
    /// A font with `glyf` outlines.
    TrueType(Vec<u8>),
}

impl Used {
    /// The number that a glyph gets in the file.
    pub fn take(&mut self, glyph: u16, letter: char) -> u16 {
        let number = self.remapper.remap(glyph);
        self.letters.entry(number).or_insert(letter);
        number
    }

    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    pub fn letters(&self) -> &BTreeMap<u16, char> {
        &self.letters
    }

    /// How wide each glyph is, by its new number, in thousandths of the size.
    pub fn widths(&self, face: &Face<'_>) -> Vec<f32> {
        self.remapper.remapped_gids().map(|glyph| face.advance(glyph, 1_000) as f32).collect()
    }

    /// Six letters that tell this choice of glyphs from others (ISO 32000-1, 9.6.4).
    pub fn tag(&self) -> String {
        // FNV-1a: any function of the glyphs does
        let hash = self
            .remapper
            .remapped_gids()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, glyph| (hash ^ u64::from(glyph)).wrapping_mul(0x0100_0000_01b3));
        (0..6).map(|at| char::from(b'A' + u8::try_from((hash >> (8 * at)) % 26).unwrap_or(0))).collect()
    }

    /// The face with these glyphs alone; `None` where it is broken.
    pub fn program(&self, face: &Face<'_>) -> Option<Program> {
        let cut = subsetter::subset(face.data, face.index, &self.remapper).ok()?;
        let raw = ttf_parser::RawFace::parse(&cut, 0).ok()?;
        match raw.table(Tag::from_bytes(b"CFF ")) {
            Some(table) => Some(Program::Cff(table.to_vec())),
            None => Some(Program::TrueType(cut)),
        }
    }
}
