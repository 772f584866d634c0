//! Polls.

use super::{Row, officer, public, read};

pub(super) fn rows() -> Vec<Row> {
    [pages(), voting(), office(), api()].concat()
}

const FORM: &str = "title=Gate&kind=motion&openness=secret&template=house&threshold=1/2&bound=more-than&base=valid\
                    &abstain=in-base&opens=2026-11-23&closes=2026-11-30&roll_days=0";

fn pages() -> Vec<Row> {
    vec![
        read("/polls"),
        read("/polls?place=<a>"),
        officer("GET", "/polls/new?place=<a>"),
        officer("GET", "/polls/new?place=<a>&kind=motion"),
        officer("POST", "/polls").form(&format!("{FORM}&place=<a>")),
        officer("GET", "/polls/{poll:poll-draft}").hidden(),
        officer("GET", "/polls/{poll:poll-draft}/change").hidden(),
        officer("POST", "/polls/{poll:poll-draft}/change")
            .form(&format!("{FORM}&place=<a>&revision=99"))
            .hidden()
            .answers(409),
        read("/polls/{poll:poll-roll}"),
        read("/polls/{poll:poll-open}"),
        read("/polls/{poll:poll-live}"),
        read("/polls/{poll:poll-done}"),
        read("/polls/{poll:poll-survey}"),
    ]
}

fn voting() -> Vec<Row> {
    let ballot = "choice=agree&code=<poll-code>&page=1";
    vec![
        read("/polls/{poll:poll-open}/vote"),
        read("/polls/{poll:poll-open}/vote?by=code"),
        read("/polls/{poll:poll-done}/vote"),
        // nobody verifies anybody where no provider is set
        read("/polls/{poll:poll-open}/vote/verify").answers(404),
        read("/polls/oidc/callback").answers(404),
        public("/polls/{poll:poll-open}/vote/review").form(ballot),
        // sent again it comes to the same ballot
        public("/polls/{poll:poll-open}/vote")
            .form(&format!("{ballot}&once=0123456789abcdef0123456789abcdef&act=send")),
        public("/api/v1/polls/{poll:poll-open}/ballots/change")
            .json(r#"{"secret":"0123456789abcdef0123456789abcdef","choice":{"vote":"abstain"}}"#),
        public("/polls/{poll:poll-open}/vote/withdraw").form("key=0123456789abcdef0123456789abcdef"),
        read("/polls/{poll:poll-open}/mine?key=0123456789abcdef0123456789abcdef"),
        read("/polls/{poll:poll-open}/mine?key=ffffffffffffffffffffffffffffffff").answers(404),
        read("/polls/{poll:poll-done}/receipt/{ballot:poll-ballot}"),
        read("/polls/{poll:poll-done}/ballots"),
        read("/polls/{poll:poll-survey}/ballots"),
        read("/polls/{poll:poll-open}/ballots"),
        public("/api/v1/polls/{poll:poll-open}/ballots")
            .json(r#"{"code":"<poll-code2>","choice":{"vote":"agree"},"changeable":true}"#)
            .once(),
    ]
}

fn office() -> Vec<Row> {
    vec![
        officer("GET", "/polls/{poll:poll-draft}/roll?flat=1").hidden(),
        officer("POST", "/polls/{poll:poll-empty}/roll").form("ok=1").hidden(),
        officer("GET", "/polls/{poll:poll-draft}/roll/import").hidden(),
        officer("POST", "/polls/{poll:poll-draft}/roll/import")
            .parts("ok=1", ("file", "roll.csv", b"name,flat\nHill,1-1\n,2\n"))
            .hidden(),
        officer("POST", "/polls/{poll:poll-draft}/roll/import/take").form("rows=name,flat%0AHill,1-1").hidden(),
        officer("POST", "/polls/{poll:poll-draft}/roll/strike").form("voter=<poll-voter-draft>&reason=Moved").hidden(),
        officer("POST", "/polls/{poll:poll-draft}/roll/freeze").form("ok=1").hidden(),
        officer("POST", "/polls/{poll:poll-draft}/roll/thaw").form("reason=Wrong"),
        officer("GET", "/polls/{poll:poll-open}/letters"),
        officer("POST", "/polls/{poll:poll-roll}/letters").form("flat=1"),
        officer("POST", "/polls/{poll:poll-open}/letters/returned").form("voter=<poll-voter4>").answers(409),
        officer("POST", "/polls/{poll:poll-roll}/papers/print").form("ok=1"),
        officer("POST", "/polls/{poll:poll-roll}/open").form("ok=1"),
        officer("GET", "/polls/{poll:poll-open}/papers?flat=1"),
        officer("POST", "/polls/{poll:poll-open}/papers").form("number=1&choice=agree").answers(404),
        officer("POST", "/polls/{poll:poll-open}/papers/give").form("voter=<poll-voter3>").once(),
        officer("POST", "/polls/{poll:poll-open}/papers/discard").form("number=1&why=missing").answers(404),
        officer("GET", "/polls/{poll:poll-open}/phone?flat=1"),
        officer("GET", "/polls/{poll:poll-open}/phone?voter=<poll-voter4>"),
        officer("POST", "/polls/{poll:poll-open}/phone").form("voter=<poll-voter4>&choice=disagree").once(),
        // nothing was typed in for this voter
        officer("POST", "/polls/{poll:poll-open}/phone/revoke").form("voter=<poll-voter3>&reason=Lost").answers(409),
        officer("POST", "/polls/{poll:poll-over}/close").form("ok=1"),
        officer("POST", "/polls/{poll:poll-over}/publish").form("ok=1"),
        officer("GET", "/polls/{poll:poll-done}/names"),
        officer("POST", "/polls/{poll:poll-survey}/answers.csv").form("ok=1"),
    ]
}

fn api() -> Vec<Row> {
    let json = r#"{"place":"<a>","title":"Gate","kind":"motion","openness":"secret","template":"house","threshold":"1/2",
        "bound":"more-than","base":"valid","opens":"2026-11-23","closes":"2026-11-30"}"#;
    vec![
        read("/api/v1/polls"),
        officer("POST", "/api/v1/polls").json(json),
        read("/api/v1/polls/{poll:poll-done}"),
        officer("POST", "/api/v1/polls/{poll:poll-empty}/change")
            .json(&format!(r#"{{"revision":99,"poll":{json}}}"#))
            .answers(409),
        officer("POST", "/api/v1/polls/{poll:poll-api}/freeze").json("{}"),
        officer("POST", "/api/v1/polls/{poll:poll-api}/open"),
        officer("POST", "/api/v1/polls/{poll:poll-ends}/close").json("{}"),
        officer("POST", "/api/v1/polls/{poll:poll-ends}/result"),
        read("/api/v1/polls/{poll:poll-done}/result"),
    ]
}
