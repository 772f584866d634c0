//! What was drawn as the objects of a file.

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};
use kernel::Day;
use pdf_writer::{
    Date, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr,
    types::{
        ActionType, AnnotationFlags, AnnotationType, CidFontType, FontFlags, StructRole, SystemInfo, TabOrder,
        TableHeaderScope, UnicodeCmap,
    },
};

use super::{
    Meta,
    canvas::{Drawn, HEIGHT, WIDTH, points},
    face::{Face, Program, Used},
    tags::Kid,
};

const IDENTITY: SystemInfo<'static> = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// The numbers of the objects.
struct Refs {
    next: i32,
    catalog: Ref,
    tree: Ref,
    roots: Ref,
    pages: Vec<Ref>,
    nodes: Vec<Ref>,
    links: Vec<Ref>,
}

impl Refs {
    fn new(drawn: &Drawn<'_>) -> Refs {
        let mut next = 1;
        let mut many = |n: usize| -> Vec<Ref> { (0..n).map(|_| one(&mut next)).collect() };
        let (pages, nodes) = (many(drawn.pages.len()), many(drawn.tags.nodes().len()));
        let links = many(drawn.links.len());
        let (catalog, tree, roots) = (one(&mut next), one(&mut next), one(&mut next));
        Refs { next, catalog, tree, roots, pages, nodes, links }
    }

    fn one(&mut self) -> Ref {
        one(&mut self.next)
    }
}

fn one(next: &mut i32) -> Ref {
    let number = Ref::new(*next);
    *next += 1;
    number
}

fn number(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // a vector takes everything
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// The file; `None` where a font cannot be cut down.
pub fn write(drawn: &Drawn<'_>, meta: &Meta<'_>) -> Option<Vec<u8>> {
    let (mut pdf, mut refs) = (Pdf::new(), Refs::new(drawn));
    let mut fonts = Vec::new();
    for (used, face, name) in
        [(&drawn.used[0], Some(&drawn.faces.text), b"F1"), (&drawn.used[1], drawn.faces.strong.as_ref(), b"F2")]
    {
        if let Some(face) = face.filter(|_| !used.is_empty()) {
            fonts.push((name, font(&mut pdf, &mut refs, used, face)?));
        }
    }
    pages(&mut pdf, &mut refs, drawn, &fonts);
    links(&mut pdf, &refs, drawn);
    tree(&mut pdf, &mut refs, drawn);
    let outline = bookmarks(&mut pdf, &mut refs, drawn);
    let mut catalog = pdf.catalog(refs.catalog);
    catalog.pages(refs.roots).lang(TextStr(meta.language));
    catalog.viewer_preferences().display_doc_title(true);
    catalog.mark_info().marked(true);
    catalog.pair(Name(b"StructTreeRoot"), refs.tree);
    if let Some(outline) = outline {
        catalog.outlines(outline);
    }
    catalog.finish();
    let mut info = pdf.document_info(refs.one());
    info.title(TextStr(meta.title)).producer(TextStr("Linli"));
    if let Some(date) = meta.made.and_then(date) {
        info.creation_date(date);
    }
    info.finish();
    Some(pdf.finish())
}

fn date(day: &Day) -> Option<Date> {
    let (year, month, day) = day.parts();
    let year = u16::try_from(year).ok()?;
    Some(Date::new(year).month(u8::try_from(month).ok()?).day(u8::try_from(day).ok()?))
}

fn pages(pdf: &mut Pdf, refs: &mut Refs, drawn: &Drawn<'_>, fonts: &[(&[u8; 2], Ref)]) {
    pdf.pages(refs.roots).count(number(refs.pages.len())).kids(refs.pages.iter().copied());
    for at in 0..drawn.pages.len() {
        let (Some(page), Some(id)) = (drawn.pages.get(at), refs.pages.get(at).copied()) else { continue };
        let content = refs.one();
        let mut written = pdf.page(id);
        written.parent(refs.roots).media_box(Rect::new(0.0, 0.0, points(WIDTH), points(HEIGHT))).contents(content);
        written.struct_parents(number(at)).tab_order(TabOrder::StructureOrder);
        let on_it = drawn.links.iter().zip(&refs.links).filter(|(link, _)| link.page == at);
        written.annotations(on_it.map(|(_, id)| *id));
        let mut resources = written.resources();
        let mut named = resources.fonts();
        for (name, font) in fonts {
            named.pair(Name(*name), *font);
        }
        named.finish();
        resources.finish();
        written.finish();
        pdf.stream(content, &packed(&page.content)).filter(Filter::FlateDecode);
    }
}

fn links(pdf: &mut Pdf, refs: &Refs, drawn: &Drawn<'_>) {
    for (at, (link, id)) in drawn.links.iter().zip(&refs.links).enumerate() {
        let [left, below, right, above] = link.place;
        let mut written = pdf.indirect(*id).start::<pdf_writer::writers::Annotation<'_>>();
        written.subtype(AnnotationType::Link).rect(Rect::new(left, below, right, above));
        written.border(0.0, 0.0, 0.0, None).flags(AnnotationFlags::PRINT).contents(TextStr(&link.href));
        written.struct_parent(number(drawn.pages.len() + at));
        written.action().action_type(ActionType::Uri).uri(Str(link.href.as_bytes()));
    }
}

/// The tree of parts, and the way back from pages and links to it.
fn tree(pdf: &mut Pdf, refs: &mut Refs, drawn: &Drawn<'_>) {
    let node = |refs: &Refs, at: usize| refs.nodes.get(at).copied().unwrap_or(refs.tree);
    for (at, part) in drawn.tags.nodes().iter().enumerate() {
        let mut written = pdf.struct_element(node(refs, at));
        written.kind(part.role).parent(part.parent.map_or(refs.tree, |parent| node(refs, parent)));
        if part.role == StructRole::TH {
            written.attributes().push().table().scope(TableHeaderScope::Column);
        }
        let mut kids = written.children();
        for kid in &part.kids {
            match *kid {
                Kid::Node(kid) => {
                    kids.struct_element(node(refs, kid));
                }
                Kid::Mark(page, mark) => {
                    let mut marked = kids.marked_content_ref();
                    if let Some(page) = refs.pages.get(page) {
                        marked.page(*page);
                    }
                    marked.marked_content_id(mark);
                }
                Kid::Link(page, link) => {
                    let mut object = kids.object_ref();
                    if let Some(page) = refs.pages.get(page) {
                        object.page(*page);
                    }
                    if let Some(link) = refs.links.get(link) {
                        object.object(*link);
                    }
                }
            }
        }
    }
    let mut back = Vec::new();
    for page in &drawn.pages {
        let list = refs.one();
        pdf.indirect(list).array().items(page.marks.iter().map(|mark| node(refs, *mark)));
        back.push(list);
    }
    back.extend(drawn.links.iter().map(|link| node(refs, link.node)));
    let mut root = pdf.indirect(refs.tree).start::<pdf_writer::writers::StructTreeRoot<'_>>();
    root.child(node(refs, 0)).parent_tree_next_key(number(back.len()));
    let mut ways = root.parent_tree();
    let mut ways = ways.nums();
    for (key, id) in back.iter().enumerate() {
        ways.insert(number(key), *id);
    }
}

fn bookmarks(pdf: &mut Pdf, refs: &mut Refs, drawn: &Drawn<'_>) -> Option<Ref> {
    let root = refs.one();
    let ids: Vec<Ref> = drawn.bookmarks.iter().map(|_| refs.one()).collect();
    pdf.outline(root).first(*ids.first()?).last(*ids.last()?).count(number(ids.len()));
    for (at, (mark, id)) in drawn.bookmarks.iter().zip(&ids).enumerate() {
        let mut item = pdf.outline_item(*id);
        item.title(TextStr(&mark.title)).parent(root);
        if let Some(before) = at.checked_sub(1).and_then(|before| ids.get(before)) {
            item.prev(*before);
        }
        if let Some(after) = ids.get(at + 1) {
            item.next(*after);
        }
        if let Some(page) = refs.pages.get(mark.page) {
            item.dest().page(*page).xyz(0.0, mark.y, None);
        }
    }
    Some(root)
}

/// A face with the glyphs that occur, as a composite font (ISO 32000-1, 9.7).
fn font(pdf: &mut Pdf, refs: &mut Refs, used: &Used, face: &Face<'_>) -> Option<Ref> {
    let (whole, inner, about, program, letters) = (refs.one(), refs.one(), refs.one(), refs.one(), refs.one());
    let name = format!("{}+{}", used.tag(), face.name());
    let cut = used.program(face)?;
    let is_cff = matches!(cut, Program::Cff(_));
    let outer = if is_cff { format!("{name}-Identity-H") } else { name.clone() };
    let mut composite = pdf.type0_font(whole);
    composite.base_font(Name(outer.as_bytes())).encoding_predefined(Name(b"Identity-H"));
    composite.descendant_font(inner).to_unicode(letters);
    composite.finish();
    let mut written = pdf.cid_font(inner);
    written.subtype(if is_cff { CidFontType::Type0 } else { CidFontType::Type2 });
    written.base_font(Name(name.as_bytes())).system_info(IDENTITY).font_descriptor(about).default_width(0.0);
    if !is_cff {
        written.cid_to_gid_map_predefined(Name(b"Identity"));
    }
    written.widths().consecutive(0, used.widths(face));
    written.finish();
    let ([left, below, right, above], [ascent, descent, capitals]) = face.measures();
    let mut descriptor = pdf.font_descriptor(about);
    descriptor.name(Name(name.as_bytes())).flags(FontFlags::SYMBOLIC);
    descriptor.bbox(Rect::new(left, below, right, above)).italic_angle(0.0);
    descriptor.ascent(ascent).descent(descent).cap_height(capitals).stem_v(80.0);
    if is_cff {
        descriptor.font_file3(program)
    } else {
        descriptor.font_file2(program)
    };
    descriptor.finish();
    match cut {
        Program::Cff(table) => {
            let table = packed(&table);
            let mut stream = pdf.stream(program, &table);
            stream.filter(Filter::FlateDecode).pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
        }
        Program::TrueType(bytes) => {
            let table = packed(&bytes);
            let mut stream = pdf.stream(program, &table);
            stream.filter(Filter::FlateDecode).pair(Name(b"Length1"), number(bytes.len()));
        }
    }
    let mut map = UnicodeCmap::new(Name(b"Custom"), IDENTITY);
    used.letters().iter().for_each(|(glyph, letter)| map.pair(*glyph, *letter));
    let map = packed(map.finish().as_slice());
    pdf.stream(letters, &map).filter(Filter::FlateDecode);
    Some(whole)
}
