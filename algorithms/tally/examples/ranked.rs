//! Counts made-up ranked ballots by every method and tells how long each takes: `ranked [OPTIONS [BALLOTS [SEATS]]]`.

use std::error::Error;
use std::time::Instant;

use tally::Lots;
use tally::ranked::{Fractions, Profile, irv, schulze, stv};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let mut next = |usual: usize| args.next().map_or(Ok(usual), |text| text.parse());
    let (options, ballots, seats) = (next(20)?, next(100_000)?, next(5)?);
    let mut profile = Profile::new(options)?;
    let mut state = 1_u64;
    for _ in 0..ballots {
        let mut ranking: Vec<usize> = (0..options).collect();
        for at in 0..options {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ranking.swap(at, at + (state >> 33) as usize % (options - at));
        }
        profile.add(&ranking, 1)?;
    }
    let lots = Lots::listed(options);
    let begun = Instant::now();
    println!("{} different ballots", profile.n_distinct());
    println!("schulze {:?} {:?}", schulze(&profile, &lots)?.winners, begun.elapsed());
    let begun = Instant::now();
    println!("irv {:?} {:?}", irv(&profile, &lots)?.winner, begun.elapsed());
    for fractions in [Fractions::FiveDecimals, Fractions::Exact] {
        let begun = Instant::now();
        println!("stv {fractions:?} {:?} {:?}", stv(&profile, seats, fractions, &lots)?.elected, begun.elapsed());
    }
    Ok(())
}
