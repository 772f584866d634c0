//! A paper as a document of word processors (ECMA-376, WordprocessingML).
//!
//! The page is that of GB/T 9704-2012: A4, margins of 37, 35, 28 and 26 mm, the text in size 3 (16 points) of 仿宋 with
//! lines of 28 points. Fonts are named and not brought along; where one is missing the program takes another.

use kernel::Refusal;

use crate::{
    paper::{Block, Paper, Span, Style},
    xml::escape,
    zip::Writer,
};

/// The fonts of a paper, by what they are for.
#[derive(Debug, Clone, Copy)]
pub struct Fonts {
    /// Of the text in East Asian characters.
    pub body: &'static str,
    /// Of titles in East Asian characters.
    pub title: &'static str,
    /// The language of the text, such as `zh-CN`.
    pub language: &'static str,
}

/// What is written of the paper so far.
#[derive(Default)]
struct Body {
    text: String,
    links: Vec<String>,
}

fn id(style: Style) -> String {
    match style {
        Style::Title => "Title".to_owned(),
        Style::Heading(level) => format!("Heading{level}"),
        Style::Body => "Body".to_owned(),
        Style::Note => "Note".to_owned(),
    }
}

impl Body {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(style, spans) => self.put(&id(*style), spans),
            Block::Table(titles, rows) => self.table(titles, rows),
            Block::Page => self.text.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
        }
    }

    fn table(&mut self, titles: &[String], rows: &[Vec<String>]) {
        let n = titles.len().max(1);
        let width = 8_800 / n;
        self.text.push_str(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Lines\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/></w:tblPr><w:tblGrid>",
        );
        for _ in 0..n {
            self.text.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
        }
        self.text.push_str("</w:tblGrid>");
        self.table_row(titles, n, true);
        for row in rows {
            self.table_row(row, n, false);
        }
        // a table may not be the last thing before the end
        self.text.push_str("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"Note\"/></w:pPr></w:p>");
    }

    fn table_row(&mut self, cells: &[String], n: usize, head: bool) {
        self.text.push_str("<w:tr><w:trPr><w:cantSplit/>");
        self.text.push_str(if head { "<w:tblHeader/></w:trPr>" } else { "</w:trPr>" });
        for at in 0..n {
            let text = cells.get(at).cloned().unwrap_or_default();
            let span = if head { Span::Strong(text) } else { Span::Text(text) };
            self.text.push_str("<w:tc><w:tcPr><w:tcW w:w=\"0\" w:type=\"auto\"/></w:tcPr>");
            self.put("Cell", &[span]);
            self.text.push_str("</w:tc>");
        }
        self.text.push_str("</w:tr>");
    }

    fn put(&mut self, style: &str, spans: &[Span]) {
        self.text.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>"));
        for span in spans {
            match span {
                Span::Text(text) => self.run(text, ""),
                Span::Strong(text) => self.run(text, "<w:rPr><w:b/></w:rPr>"),
                Span::Link(text, href) => {
                    let id = self.links.iter().position(|known| known == href).unwrap_or_else(|| {
                        self.links.push(href.clone());
                        self.links.len() - 1
                    });
                    self.text.push_str(&format!("<w:hyperlink r:id=\"link{id}\" w:history=\"1\">"));
                    self.run(text, "<w:rPr><w:rStyle w:val=\"Hyperlink\"/></w:rPr>");
                    self.text.push_str("</w:hyperlink>");
                }
            }
        }
        self.text.push_str("</w:p>");
    }

    fn run(&mut self, text: &str, properties: &str) {
        for (at, line) in text.lines().enumerate() {
            let feed = if at == 0 { "" } else { "<w:br/>" };
            let line = escape(line);
            self.text.push_str(&format!("<w:r>{properties}{feed}<w:t xml:space=\"preserve\">{line}</w:t></w:r>"));
        }
    }
}

/// The paper as a DOCX.
///
/// # Errors
/// Refusal `office-file-too-large`.
pub fn write(paper: &Paper, fonts: Fonts) -> Result<Vec<u8>, Refusal> {
    let mut body = Body::default();
    paper.blocks().iter().for_each(|block| body.block(block));
    let mut zip = Writer::default();
    zip.add(
        "[Content_Types].xml",
        &format!(
            "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{TYPE}.document.main+xml\"/>\
         <Override PartName=\"/word/styles.xml\" ContentType=\"{TYPE}.styles+xml\"/></Types>"
        ),
    )?;
    zip.add(
        "_rels/.rels",
        &format!(
            "{XML}<Relationships xmlns=\"{PACKAGE_REL}\">\
         <Relationship Id=\"rId1\" Type=\"{REL}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
        ),
    )?;
    zip.add(
        "word/document.xml",
        &format!(
            "{XML}<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{REL}\"><w:body>{}<w:sectPr>\
         <w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
         <w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\" w:header=\"851\" \
         w:footer=\"992\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
            body.text
        ),
    )?;
    let links: String = (body.links.iter().enumerate())
        .map(|(at, href)| {
            let href = escape(href);
            format!(
                "<Relationship Id=\"link{at}\" Type=\"{REL}/hyperlink\" Target=\"{href}\" TargetMode=\"External\"/>"
            )
        })
        .collect();
    zip.add(
        "word/_rels/document.xml.rels",
        &format!(
            "{XML}<Relationships xmlns=\"{PACKAGE_REL}\">\
         <Relationship Id=\"styles\" Type=\"{REL}/styles\" Target=\"styles.xml\"/>{links}</Relationships>"
        ),
    )?;
    zip.add("word/styles.xml", &styles(fonts))?;
    zip.finish()
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE_REL: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

fn styles(fonts: Fonts) -> String {
    let (body, title, language) = (escape(fonts.body), escape(fonts.title), escape(fonts.language));
    let face = |name: &str| {
        format!(
            "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\" w:eastAsia=\"{name}\"/>"
        )
    };
    // sizes are in half points, distances in twentieths of a point
    let style = |id: &str, name: &str, paragraph: &str, run: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
             <w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        )
    };
    let size = |half: u8| format!("<w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/>");
    let lines = "<w:spacing w:line=\"560\" w:lineRule=\"exact\"/>";
    let heading = |level: u8, half: u8| {
        style(
            &format!("Heading{level}"),
            &format!("heading {level}"),
            &format!(
                "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"60\"/><w:outlineLvl w:val=\"{}\"/>",
                level - 1
            ),
            &format!("{}<w:b/>{}", face(&title), size(half)),
        )
    };
    let line = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"808080\"/>");
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(line).concat();
    [
        format!(
            "{XML}<w:styles xmlns:w=\"{MAIN}\"><w:docDefaults><w:rPrDefault><w:rPr>{}{}<w:lang w:val=\"en-US\" \
             w:eastAsia=\"{language}\"/></w:rPr></w:rPrDefault></w:docDefaults>\
             <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>",
            face(&body),
            size(32)
        ),
        style(
            "Title",
            "Title",
            "<w:spacing w:before=\"120\" w:after=\"360\"/><w:jc w:val=\"center\"/>",
            &format!("{}<w:b/>{}", face(&title), size(44)),
        ),
        heading(1, 34),
        heading(2, 32),
        heading(3, 30),
        style("Body", "Body", &format!("{lines}<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>"), ""),
        style("Note", "Note", "<w:spacing w:before=\"60\" w:after=\"60\"/>", &size(24)),
        style("Cell", "Cell", "", &size(24)),
        "<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/><w:rPr>\
         <w:color w:val=\"1F4E79\"/><w:u w:val=\"single\"/></w:rPr></w:style>"
            .to_owned(),
        format!(
            "<w:style w:type=\"table\" w:styleId=\"Lines\"><w:name w:val=\"Lines\"/><w:tblPr><w:tblBorders>{borders}\
             </w:tblBorders></w:tblPr></w:style></w:styles>"
        ),
    ]
    .concat()
}
