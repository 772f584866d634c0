//! Counts score sheets: `panel FILE [METHOD [PLACES [RESERVE]]]`, as JSON.

use std::error::Error;
use std::fs::File;

use tally::panel::{Settings, file, report};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let Some(path) = args.next() else {
        return Err("usage: panel FILE [METHOD [PLACES [RESERVE]]]".into());
    };
    let method = args.next().unwrap_or_else(|| "raw".to_owned()).parse()?;
    let places = args.next().map(|text| text.parse()).transpose()?;
    let reserve = args.next().map_or(Ok(0), |text| text.parse())?;
    let scores = file::read(File::open(path)?)?;
    let told = report(&scores, &Settings { method, places, reserve, ..Settings::default() })?;
    println!("{}", serde_json::to_string(&told)?);
    Ok(())
}
