//! Every route of the site, without a list kept by hand: those of the API from its description, all others from the
//! sources.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// A method in capitals and the path with its placeholders, as the router knows it.
pub type Route = (String, String);

/// Ways of adding routes that would pass by `.route(`; the one of the API is described by itself.
const OTHER_WAYS: [&str; 4] = [".nest(", ".nest_service(", ".route_service(", ".fallback_service("];
const KNOWN: &str = ".nest(\"/api/v1\", areas)";

/// All routes.
pub fn all() -> BTreeSet<Route> {
    let mut found = described();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let areas = fs::read_dir(root.join("areas")).unwrap().map(|entry| entry.unwrap().path().join("src"));
    let mut files = Vec::new();
    for folder in areas.chain([root.join("app/src"), root.join("floor/web/src")]) {
        sources(&folder, &mut files);
    }
    assert!(files.len() > 100, "the sources are not where they were");
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        found.extend(written(&text).unwrap_or_else(|what| panic!("{}: {what}", file.display())));
    }
    found
}

/// Those of the API's description.
fn described() -> BTreeSet<Route> {
    let api = serde_json::to_value(linli::router::openapi()).unwrap();
    let mut found = BTreeSet::new();
    for (path, item) in api["paths"].as_object().unwrap() {
        for method in ["get", "post", "put", "patch", "delete", "head", "options", "trace"] {
            if item.get(method).is_some_and(|operation| !operation.is_null()) {
                found.insert((method.to_uppercase(), path.clone()));
            }
        }
    }
    found
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Those of one source, or what cannot be read.
fn written(text: &str) -> Result<Vec<Route>, String> {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code: String = lines.flat_map(|line| [line, "\n"]).collect();
    for way in OTHER_WAYS {
        if code.replace(KNOWN, "").contains(way) {
            return Err(format!("`{way}…)` adds routes that this test does not see"));
        }
    }
    let mut found = Vec::new();
    for (at, _) in code.match_indices(".route(") {
        let inside = balanced(&code[at + ".route(".len()..])?;
        let unreadable = || format!("cannot read `.route({inside})`");
        let quoted = inside.trim_start().strip_prefix('"').ok_or_else(unreadable)?;
        let (path, rest) = quoted.split_once('"').ok_or_else(unreadable)?;
        let mut rest = rest.trim_start().strip_prefix(',').ok_or_else(unreadable)?.trim();
        let before = found.len();
        while !rest.is_empty() && rest != "," {
            let (name, after) = rest.split_once('(').ok_or_else(unreadable)?;
            let arguments = balanced(after)?;
            let method = name.trim_start_matches('.').rsplit("::").next().unwrap_or_default().trim();
            if ["Upload::route", "SentFilm::route"].contains(&name.trim()) {
                // a larger body for the same methods
                rest = arguments;
                continue;
            }
            match method {
                "get" | "post" | "put" | "patch" | "delete" => found.push((method.to_uppercase(), path.to_owned())),
                "layer" | "route_layer" => {}
                _ => return Err(unreadable()),
            }
            rest = after[arguments.len() + 1..].trim();
        }
        if found.len() == before {
            return Err(unreadable());
        }
    }
    Ok(found)
}

/// What stands before the parenthesis that closes.
fn balanced(text: &str) -> Result<&str, String> {
    let (mut depth, mut quoted, mut escaped) = (1, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Ok(&text[..at]);
        }
    }
    Err("a parenthesis that nobody closes".to_owned())
}

#[test]
fn routes_are_read_or_the_test_says_that_it_cannot() {
    let source = "
        // .route(\"/not\", get(x))
        .route(\"/a/{id}\", get(a::show).post(a::send))
        .route(
            \"/b\",
            axum::routing::put(move |s| b(s, \")\")).layer(limit(1)),
        )";
    let route = |method: &str, path: &str| (method.to_owned(), path.to_owned());
    assert_eq!(written(source).unwrap(), [route("GET", "/a/{id}"), route("POST", "/a/{id}"), route("PUT", "/b")]);
    for unclear in [".route(PATH, get(x))", ".route(\"/a\", methods)", ".route(\"/a\", on(GET, x))", ".nest(\"/a\", b)"]
    {
        assert!(written(unclear).is_err(), "{unclear}");
    }
}
