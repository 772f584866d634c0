//! Handovers at 东里: two that wait for the author's signature, one whose items are marked.

use funds::handover::{
    begin::{BeginHandover, begin},
    list::LIST,
    mark::{MarkItem, mark},
};
use people::org::{self, register::Register, seat::GiveSeat};

use super::{Seed, Who};

pub(super) fn handovers(s: &mut Seed) {
    let author = s.persons[&Who::Author].to_string();
    for (n, kind) in ["property-company", "property-company", "owners-committee"].into_iter().enumerate() {
        let place = s.a();
        let input = Register { kind: kind.into(), name: format!("第{n}方"), short: String::new() };
        let firm = s.run(move |tx, cx| org::register::register(tx, cx, &place, &input)).id;
        s.keep(format!("firm{n}"), &firm);
        if n == 0 {
            let give = GiveSeat {
                person: author.clone(),
                title: "经理".into(),
                from: "2026-11-01".into(),
                ..GiveSeat::default()
            };
            s.run(move |tx, cx| org::seat::seat(tx, cx, &firm, &give));
        }
    }
    for n in 0..3 {
        let input = BeginHandover {
            place: s.a().to_string(),
            old_firm: s.id("firm0").to_owned(),
            new_firm: s.id("firm1").to_owned(),
            residents: s.id("firm2").to_owned(),
            due: "2026-12-10".into(),
            once: String::new(),
        };
        let id = s.run(move |tx, cx| begin(tx, cx, &input)).id;
        s.keep(format!("handover{n}"), &id);
        for item in 1..=if n < 2 { LIST.len() } else { 1 } {
            let input = MarkItem { item: item.to_string(), state: "handed".into(), note: String::new() };
            let of = id.clone();
            s.run(move |tx, cx| mark(tx, cx, &of, &input));
        }
    }
}
