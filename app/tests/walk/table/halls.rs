//! Halls, their seats and their lots.

use super::{Row, officer, read, signed_in};

pub(super) fn rows() -> Vec<Row> {
    [halls(), lots(), steps(), own()].concat()
}

fn halls() -> Vec<Row> {
    let hall = "place=<a>&name=Hall&kind=fixed&elected=2&recommended=1&drawn=2&from=2026-11-01&until=2028-11-01";
    let seat = "name=Hill&source=Meeting&evidence=Minutes&from=2026-11-02";
    vec![
        read("/halls"),
        read("/halls?place=<a>"),
        officer("GET", "/halls/new?place=<a>"),
        officer("POST", "/halls").form(hall),
        read("/halls/{hall:hall}"),
        officer("GET", "/halls/{hall:hall}/change"),
        officer("POST", "/halls/{hall:hall-lot-draft0}/change").form(hall).answers(409),
        officer("GET", "/halls/{hall:hall}/seats/{seat:seat-one}"),
        officer("POST", "/halls/{hall:hall}/seats/{seat:seat-two}").form(seat).once(),
        officer("POST", "/halls/{hall:hall}/delegates/{delegate:delegate}/leave").form("reason=Moved").once(),
        read("/api/v1/halls?place=<a>"),
        read("/api/v1/halls/{hall:hall}"),
        read("/api/v1/lots/{lot:lot-drawn}"),
    ]
}

fn lots() -> Vec<Row> {
    let lot = "title=Lot&size=2&rule=leximin&panels=100&quotas=age:+x+0-2,+y+0-2&enrol_until=2026-12-01&answer_days=7";
    vec![
        officer("GET", "/halls/{hall:hall}/lots/new"),
        officer("POST", "/halls/{hall:hall}/lots").form(lot).once(),
        officer("GET", "/lots/{lot:lot-draft0}").hidden(),
        read("/lots/{lot:lot-open}"),
        read("/lots/{lot:lot-published}"),
        read("/lots/{lot:lot-drawn}"),
        read("/lots/{lot:lot-drawn}/list.txt"),
        officer("GET", "/lots/{lot:lot-draft0}/change"),
        officer("POST", "/lots/{lot:lot-draft0}/change").form(lot),
        officer("GET", "/lots/{lot:lot-open}/pool"),
        officer("GET", "/lots/{lot:lot-drawn}/pool"),
    ]
}

fn steps() -> Vec<Row> {
    vec![
        officer("POST", "/lots/{lot:lot-draft1}/move").form("to=open"),
        officer("POST", "/lots/{lot:lot-open}/quotas").form("quotas=age:+x+0-2,+y+1-2"),
        officer("POST", "/lots/{lot:lot-open}/check").form("ok=1"),
        officer("POST", "/lots/{lot:lot-open}/pool").form("name=Hill&f0=x&once=walk"),
        officer("POST", "/lots/{lot:lot-open}/pool/import").form("rows=name,age%0ALake,x%0A"),
        officer("POST", "/lots/{lot:lot-open}/pool/{volunteer:volunteer}/strike").form("reason=Moved"),
        officer("POST", "/lots/{lot:lot-frozen0}/publish").form("source=Numbers&at=Paper&day=2026-12-20").once(),
        officer("POST", "/lots/{lot:lot-frozen1}/move").form("to=reopened&reason=Wrong").once(),
        officer("POST", "/lots/{lot:lot-published}/seed").form("seed=1+2+3"),
        officer("POST", "/lots/{lot:lot-seeded}/confirm").form("seed=1+2+3"),
        officer("POST", "/lots/{lot:lot-drawn}/members/{number:member}").form("answer=declined"),
    ]
}

fn own() -> Vec<Row> {
    vec![
        signed_in("GET", "/lots/{lot:lot-open}/enrol"),
        signed_in("POST", "/lots/{lot:lot-open}/enrol").form("f0=x&address=1-1"),
        signed_in("POST", "/lots/{lot:lot-open}/withdraw").form("ok=1"),
        signed_in("GET", "/lots/{lot:lot-drawn}/answer"),
        signed_in("POST", "/lots/{lot:lot-drawn}/answer").form("answer=accepted").answers(404),
    ]
}
