//! Renders the style guide in four languages, as it is and in the elder view, into a folder:
//! `cargo run -p ui --example gallery -- DIR`. Serve the folder (`python3 -m http.server -d DIR`) and look at it at
//! 360, 768 and 1280 px, light and dark.

use std::path::Path;
use std::{env, fs, io};

use ui::{ASSETS, Locale, Page, Theme, Words, html, main_nav, page, parts, styleguide};

fn main() -> io::Result<()> {
    let Some(folder) = env::args().nth(1) else {
        return Err(io::Error::other("name the folder to write to"));
    };
    let folder = Path::new(&folder);
    for asset in ASSETS {
        let path = folder.join(asset.path.trim_start_matches('/'));
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, asset.bytes)?;
    }
    for locale in Locale::ALL {
        let w = Words::of(locale);
        for elder in [false, true] {
            let nav = main_nav(w);
            let document = page(&Page {
                words: w,
                title: w.t("sg-title"),
                description: w.t("sg-lead"),
                path: "/styleguide",
                place: w.t("sg-street"),
                source: "/source",
                demo: true,
                elder,
                theme: Theme::Auto,
                nonce: "",
                account: if elder {
                    html! {}
                } else {
                    parts::account("/me", w.t("sg-person-long"))
                },
                nav: &nav,
                more: &[],
                body: styleguide(w),
            });
            let name = if elder { format!("{}.elder.html", locale.tag()) } else { format!("{}.html", locale.tag()) };
            fs::write(folder.join(name), document.into_string())?;
        }
    }
    Ok(())
}
