//! The frame of every page: head, top bar, navigation, language and display, ribbon, footer. One script that nothing
//! depends on, no inline style.

use maud::{DOCTYPE, Markup, html};

use crate::assets::{LOOK_PATH, SCRIPT_PATH, SEAL_PATH};
use crate::locale::Locale;
use crate::words::Words;

/// One entry of the main navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NavItem<'a> {
    /// Where it leads: a path such as `/ideas`. The entry is marked as current on this path and below it.
    pub href: &'a str,
    /// One or two words.
    pub label: &'a str,
}

/// Light or dark. The explicit choices are for readers whose device decides otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// As the device says (`prefers-color-scheme`).
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// All choices, in the order of the switch.
    pub const ALL: [Theme; 3] = [Theme::Auto, Theme::Light, Theme::Dark];

    /// The name in `?theme=`, in the cookie and in `data-theme`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The key of its words.
    const fn key(self) -> &'static str {
        match self {
            Theme::Auto => "theme-auto",
            Theme::Light => "theme-light",
            Theme::Dark => "theme-dark",
        }
    }

    /// The choice of a name; `None` for anything else.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.tag() == tag)
    }
}

/// A whole page. Every text is escaped; only [`Page::body`] and [`Page::account`] are taken as markup.
#[derive(Debug)]
pub struct Page<'a> {
    /// The words, which also decide the language of the page.
    pub words: Words,
    /// For the tab and for bookmarks; the name of the house is added.
    pub title: &'a str,
    /// One sentence for search engines and shared links; may be empty.
    pub description: &'a str,
    /// Path and query of this page, such as `/ideas?after=x`: keeps the reader here when the language changes, and
    /// marks the current entry of the navigation.
    pub path: &'a str,
    /// Name of the place that the installation serves, such as `安贞街道`; may be empty.
    pub place: &'a str,
    /// Where the source code of the running program is offered (AGPL-3.0, section 13).
    pub source: &'a str,
    /// True shows the ribbon that says that people and votes are invented.
    pub demo: bool,
    /// True gives the elder view: larger letters, targets of at least 60 px.
    pub elder: bool,
    /// Light, dark, or as the device says.
    pub theme: Theme,
    /// The nonce of this answer's content policy, for the one `<script>`; empty leaves the attribute out.
    pub nonce: &'a str,
    /// The reader's account in the top bar, made with [`crate::parts::account`]; may be empty.
    pub account: Markup,
    /// The main navigation; [`main_nav`] gives the usual one. On phones it is a bar at the bottom, good for five.
    pub nav: &'a [NavItem<'a>],
    /// Further ways, in the foot: places, the desk, organisations. May be empty.
    pub more: &'a [NavItem<'a>],
    /// The content of `<main>`; begins with [`crate::parts::head`], which holds the only `<h1>`.
    pub body: Markup,
}

/// Home, seasons, ideas, ledger.
#[must_use]
pub fn main_nav(w: Words) -> [NavItem<'static>; 4] {
    [
        NavItem { href: "/", label: w.t("nav-home") },
        NavItem { href: "/seasons", label: w.t("nav-seasons") },
        NavItem { href: "/ideas", label: w.t("nav-ideas") },
        NavItem { href: "/ledger", label: w.t("nav-ledger") },
    ]
}

/// The full HTML document.
#[must_use]
pub fn page(page: &Page<'_>) -> Markup {
    let w = page.words;
    html! {
        (DOCTYPE)
        html lang=(w.locale().tag()) class=[page.elder.then_some("elder")]
            data-theme=[(page.theme != Theme::Auto).then(|| page.theme.tag())] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                title { (page.title) " · " (w.t("app-name")) }
                @if !page.description.is_empty() { meta name="description" content=(page.description); }
                (theme_color(page.theme))
                meta name="htmx-config" content=(HTMX);
                link rel="stylesheet" href=(LOOK_PATH);
                script src=(SCRIPT_PATH) nonce=[(!page.nonce.is_empty()).then_some(page.nonce)] defer {}
                link rel="icon" href=(SEAL_PATH) type="image/svg+xml";
                @for locale in Locale::ALL {
                    link rel="alternate" hreflang=(locale.tag()) href=(with(page.path, "lang", locale.tag()));
                }
            }
            body {
                a.skip href="#main" { (w.t("skip-to-content")) }
                (top(page))
                main #main .wrap tabindex="-1" { (page.body) }
                (foot(page))
            }
        }
    }
}

fn top(page: &Page<'_>) -> Markup {
    let w = page.words;
    html! {
        header.top {
            @if page.demo { p.demo { (w.t("demo-ribbon")) } }
            div.wrap {
                a.brand href="/" {
                    span.chop aria-hidden="true" { (w.t("app-mark")) }
                    span {
                        (w.t("app-name"))
                        @if !page.place.is_empty() { " · " span.place { (page.place) } }
                    }
                }
                @if !page.nav.is_empty() {
                    nav.nav aria-label=(w.t("nav-label")) {
                        ul {
                            @for item in page.nav {
                                li { a href=(item.href) aria-current=[current(page.path, item.href)] { (item.label) } }
                            }
                        }
                    }
                }
                (page.account)
                (display(page))
            }
        }
    }
}

/// Nothing is evaluated, written into the page as a style, or kept in the browser's storage (telephones are shared); a
/// form that comes back with its errors is shown like any answer.
const HTMX: &str = r#"{"allowEval":false,"allowScriptTags":false,"includeIndicatorStyles":false,"historyCacheSize":0,"refreshOnHistoryMiss":true,"timeout":20000,"responseHandling":[{"code":"204","swap":false},{"code":"...","swap":true}]}"#;

/// The colour of the browser's own bar: that of the top bar.
fn theme_color(theme: Theme) -> Markup {
    const LIGHT: &str = "#fffdf9";
    const DARK: &str = "#211e1a";
    html! {
        @match theme {
            Theme::Light => meta name="theme-color" content=(LIGHT);,
            Theme::Dark => meta name="theme-color" content=(DARK);,
            Theme::Auto => {
                meta name="theme-color" media="(prefers-color-scheme: light)" content=(LIGHT);
                meta name="theme-color" media="(prefers-color-scheme: dark)" content=(DARK);
            }
        }
    }
}

/// Language, size of letters, light or dark: links to the same page, kept by the rim.
fn display(page: &Page<'_>) -> Markup {
    let w = page.words;
    html! {
        details.langs {
            summary { span.unseen { (w.t("view-label")) } span aria-hidden="true" { (w.t("view-open")) } }
            div.menu {
                p #menu-lang { (w.t("lang-label")) }
                ul aria-labelledby="menu-lang" {
                    @for locale in Locale::ALL {
                        li {
                            a href=(with(page.path, "lang", locale.tag())) lang=(locale.tag()) hreflang=(locale.tag())
                                aria-current=[(locale == w.locale()).then_some("true")] { (locale.own_name()) }
                        }
                    }
                }
                p #menu-letters { (w.t("view-letters")) }
                ul aria-labelledby="menu-letters" {
                    @for (elder, tag, label) in [(false, "plain", "view-plain"), (true, "elder", "view-elder")] {
                        (choice(page, ("view", tag), w.t(label), page.elder == elder))
                    }
                }
                p #menu-theme { (w.t("view-theme")) }
                ul aria-labelledby="menu-theme" {
                    @for theme in Theme::ALL {
                        (choice(page, ("theme", theme.tag()), w.t(theme.key()), page.theme == theme))
                    }
                }
            }
        }
    }
}

fn choice(page: &Page<'_>, (name, value): (&str, &str), label: &str, here: bool) -> Markup {
    html! {
        li {
            a href=(with(page.path, name, value)) rel="nofollow" aria-current=[here.then_some("true")] { (label) }
        }
    }
}

fn foot(page: &Page<'_>) -> Markup {
    let w = page.words;
    html! {
        footer.foot {
            div.wrap {
                p { (w.t("footer-promise")) }
                ul {
                    @for item in page.more { li { a href=(item.href) { (item.label) } } }
                    li { a href="/ledger" { (w.t("footer-check")) } }
                    @if !page.source.is_empty() { li { a href=(page.source) rel="license" { (w.t("footer-source")) } } }
                    li {
                        @let (tag, label) = if page.elder { ("plain", "view-to-plain") } else { ("elder", "view-elder") };
                        a href=(with(page.path, "view", tag)) rel="nofollow" { (w.t(label)) }
                    }
                    li { a href="#main" { (w.t("footer-top")) } }
                }
                span.small.soft { (w.t("footer-licence")) }
            }
        }
    }
}

/// `"page"` on the entry's own path, `"true"` below it.
fn current(path: &str, href: &str) -> Option<&'static str> {
    let path = path.split_once(['?', '#']).map_or(path, |(path, _)| path);
    if path == href {
        return Some("page");
    }
    let below = path.strip_prefix(href)?;
    (href != "/" && below.starts_with('/')).then_some("true")
}

/// The same page with one setting changed: sets `name` in the query and keeps what else it says.
fn with(path: &str, name: &str, value: &str) -> String {
    let path = path.split_once('#').map_or(path, |(path, _)| path);
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut url = format!("{path}?");
    let other = |pair: &&str| !pair.is_empty() && pair.split('=').next() != Some(name);
    for pair in query.split('&').filter(other) {
        url.push_str(pair);
        url.push('&');
    }
    url.push_str(name);
    url.push('=');
    url.push_str(value);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_current_entry_is_found_by_path() {
        for (path, href, want) in [
            ("/", "/", Some("page")),
            ("/ideas", "/", None),
            ("/ideas?x=1", "/ideas", Some("page")),
            ("/ideas/7", "/ideas", Some("true")),
            ("/ideasx", "/ideas", None),
        ] {
            assert_eq!(current(path, href), want, "{path} {href}");
        }
    }

    #[test]
    fn changing_a_setting_keeps_the_rest_of_the_query() {
        for (path, want) in [
            ("/ideas", "/ideas?lang=ko"),
            ("/ideas?after=x&lang=en", "/ideas?after=x&lang=ko"),
            ("/ideas?lang=en&a=1#f", "/ideas?a=1&lang=ko"),
            ("/ideas?lang", "/ideas?lang=ko"),
        ] {
            assert_eq!(with(path, "lang", Locale::Ko.tag()), want);
        }
    }
}
