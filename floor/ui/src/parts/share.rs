//! What is taken out of the house: a text for the neighbours' chat group, files to download.

use maud::{Markup, html};

use super::list::pairs;
use crate::format::bytes;
use crate::words::Words;

/// Pixels of a side of the picture for a chat group: large enough for a telephone to read it off another one.
pub const PICTURE_SIDE: u32 = 600;

/// A text for the chat group of a building.
#[derive(Clone, Copy, Debug)]
pub struct Share<'a> {
    /// Unique on the page: letters, digits and `-`.
    pub id: &'a str,
    /// The text, a few lines.
    pub text: &'a str,
    /// The whole address that is put under the text.
    pub url: &'a str,
    /// A square picture as (path, description), to be saved by holding a finger on it.
    pub picture: Option<(&'a str, &'a str)>,
}

/// Text and link in a box that is selected by hand; with scripts, a button copies it. A picture is saved by holding a
/// finger on it, which is how chat apps do it.
#[must_use]
pub fn share(w: Words, share: &Share<'_>) -> Markup {
    let rows = (share.text.lines().count() + 3).clamp(4, 12);
    html! {
        section.share aria-labelledby={ (share.id) "-title" } {
            h2 id={ (share.id) "-title" } { (w.t("share-title")) }
            p.hint { (w.t("share-hint")) }
            textarea id=(share.id) readonly rows=(rows) aria-labelledby={ (share.id) "-title" } {
                "\n" (share.text) "\n" (share.url)
            }
            div.acts {
                button.btn type="button" data-copy=(share.id) data-done=(w.t("share-done")) hidden { (w.t("share-copy")) }
                span.said role="status" {}
            }
            @if let Some((src, alt)) = share.picture {
                figure {
                    img src=(src) alt=(alt) width=(PICTURE_SIDE) height=(PICTURE_SIDE) loading="lazy";
                    figcaption.hint { (w.t("share-picture")) }
                }
            }
        }
    }
}

/// A file that can be taken along.
#[derive(Clone, Copy, Debug, Default)]
pub struct File<'a> {
    /// Its name as people gave it; any length.
    pub name: &'a str,
    /// Where it is fetched; `None` for one that this reader may not have.
    pub href: Option<&'a str>,
    /// Its kind in a short word: `PDF`, `XLSX`.
    pub kind: &'a str,
    /// Its size in bytes.
    pub size: u64,
    /// Who and when, or why it is withheld; may be empty.
    pub note: &'a str,
}

/// Files under one another with kind and size.
#[must_use]
pub fn files(w: Words, list: &[File<'_>]) -> Markup {
    html! {
        ul.files {
            @for file in list {
                li {
                    span.kind aria-hidden="true" { (file.kind) }
                    div {
                        @if let Some(href) = file.href {
                            a href=(href) { (file.name) span.unseen { " " (file.kind) } }
                        } @else {
                            span { (file.name) } " " span.tag { (w.t("file-withheld")) }
                        }
                        p.meta { span { (bytes(file.size)) } @if !file.note.is_empty() { span { (file.note) } } }
                    }
                }
            }
        }
    }
}

/// A photo.
#[derive(Clone, Copy, Debug, Default)]
pub struct Photo<'a> {
    /// Where the small picture is fetched.
    pub src: &'a str,
    /// What is to be seen on it, for those who cannot see it.
    pub alt: &'a str,
    /// The large picture.
    pub href: Option<&'a str>,
    /// A few words under it; may be empty.
    pub caption: &'a str,
}

/// Photos side by side, all of one shape; they are fetched when they come into sight.
#[must_use]
pub fn photos(list: &[Photo<'_>]) -> Markup {
    html! {
        ul.photos {
            @for photo in list {
                li {
                    figure {
                        @if let Some(href) = photo.href {
                            a href=(href) { img src=(photo.src) alt=(photo.alt) width="240" height="180" loading="lazy"; }
                        } @else {
                            img src=(photo.src) alt=(photo.alt) width="240" height="180" loading="lazy";
                        }
                        @if !photo.caption.is_empty() { figcaption { (photo.caption) } }
                    }
                }
            }
        }
    }
}

/// A page for paper: the house's name and the place above, a line for the date of printing below. On the screen it is
/// shown as a sheet.
#[must_use]
pub fn paper(title: &str, issuer: &str, facts: &[(&str, Markup)], body: &Markup) -> Markup {
    html! {
        article.paper {
            header { p.issuer { (issuer) } h2 { (title) } }
            @if !facts.is_empty() { (pairs(facts)) }
            (body)
        }
    }
}
