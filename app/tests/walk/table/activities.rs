//! Activities.

use super::{LAMP, Row, officer, read, signed_in};

pub(super) fn rows() -> Vec<Row> {
    let form = "place=<a>&theme=culture&title=Songs&day=2026-12-01&from=9:00&until=11:00";
    let json = r#"{"place":"<a>","theme":"culture","title":"Songs","day":"2026-12-01","from":"9:00","until":"11:00"}"#;
    let changed =
        r#"{"revision":1,"theme":"culture","title":"Songs","day":"2026-12-05","from":"9:00","until":"11:00"}"#;
    vec![
        read("/activities"),
        read("/activities?place=<a>&view=past"),
        read("/activities?season=<published>"),
        officer("GET", "/activities/new?place=<a>"),
        officer("POST", "/activities").form(form),
        read("/activities/{activity:going}"),
        officer("GET", "/activities/{activity:coming}/change"),
        officer("POST", "/activities/{activity:coming}/change")
            .form("revision=0&theme=order&title=Songs&day=2026-12-05&from=9:00&until=11:00"),
        officer("POST", "/activities/{activity:off}/cancel").form("reason=Rain"),
        read("/activities/{activity:coming}/poster"),
        read("/activities/{activity:coming}/calendar.ics"),
        signed_in("POST", "/activities/{activity:coming}/sign-up").form("heads=2"),
        signed_in("POST", "/activities/{activity:coming}/step-back").form("ok=1"),
        officer("GET", "/activities/{activity:going}/list"),
        officer("POST", "/activities/{activity:going}/list").form("name=Hill&heads=1"),
        officer("GET", "/activities/{activity:going}/list/paste"),
        officer("POST", "/activities/{activity:going}/list/paste").form("list=1.+Hill&act=look"),
        officer("POST", "/activities/{activity:going}/list/paste").form("list=1.+Brook&act=take"),
        officer("POST", "/activities/{activity:going}/list/{signup:signup0}/came").form("heads=2"),
        officer("POST", "/activities/{activity:going}/list/{signup:signup1}/out").form("ok=1"),
        officer("GET", "/activities/{activity:going}/room"),
        signed_in("GET", "/activities/{activity:going}/code"),
        officer("POST", "/activities/{activity:going}/list/code").form("code=0123").answers(409),
        officer("POST", "/api/v1/activities/{activity:going}/scan").json(r#"{"code":"0123"}"#).answers(409),
        signed_in("GET", "/activities/{activity:going}/here?c=0123456789abcdef").answers(409),
        signed_in("POST", "/activities/{activity:going}/here").form("slot=0&ticket=x").answers(409),
        officer("GET", "/activities/{activity:going}/paper"),
        officer("POST", "/activities/{activity:going}/paper").form("names=Hill&heads=2"),
        officer("POST", "/activities/{activity:going}/estimate").form("headcount=30&reach=indirect&basis=Leaflets"),
        officer("POST", "/activities/{activity:going}/slips").form("grade=5&words=Fine&once=slip"),
        officer("GET", "/activities/{activity:going}/checks"),
        officer("POST", "/activities/{activity:going}/checks/{check:check0}/decide").form("verdict=count&reason=Seen"),
        officer("POST", "/activities/{activity:going}/checks/{check:check2}/leave").form("ok=1"),
        officer("GET", "/activities/{activity:going}/photos"),
        officer("POST", "/activities/{activity:going}/photos").parts("faces=nobody", LAMP),
        read("/activities/{activity:going}/files/{file:shown-photo}"),
        read("/activities/{activity:going}/files/{file:shown-photo}/small"),
        officer("POST", "/activities/{activity:going}/files/{file:gone-photo}/remove").form("ok=1"),
        signed_in("POST", "/activities/{activity:coming}/feedback").form("grade=4").answers(409),
        read("/api/v1/activities"),
        officer("POST", "/api/v1/activities").json(json),
        read("/api/v1/activities/{activity:going}"),
        officer("POST", "/api/v1/activities/{activity:coming}/change").json(changed),
        officer("POST", "/api/v1/activities/{activity:coming}/cancel").json(r#"{"reason":"Rain"}"#).once(),
        signed_in("POST", "/api/v1/activities/{activity:going}/sign-up").json(r#"{"heads":1}"#).personal(),
        signed_in("POST", "/api/v1/activities/{activity:going}/step-back").personal(),
        officer("POST", "/api/v1/activities/{activity:going}/list").json(r#"{"name":"Dale","heads":1}"#),
        officer("POST", "/api/v1/activities/{activity:going}/list/paste").json(r#"{"list":"1. Moor"}"#),
        officer("POST", "/api/v1/activities/{activity:going}/check-ins")
            .json(r#"{"rows":[{"sign_up":"<signup2>"},{"client":"x"}]}"#),
        officer("POST", "/api/v1/activities/{activity:going}/paper").json(r#"{"heads":1}"#),
        officer("POST", "/api/v1/activities/{activity:going}/estimate")
            .json(r#"{"headcount":9,"direct":false,"basis":"Leaflets"}"#),
        officer("POST", "/api/v1/activities/{activity:going}/checks/{check:check1}/decide")
            .json(r#"{"verdict":"leave-out","reason":"Twice"}"#),
        signed_in("POST", "/api/v1/activities/{activity:going}/feedback")
            .json(r#"{"grade":4}"#)
            .answers(409)
            .personal(),
        read("/api/v1/seasons/{season:published}/activities/figures"),
    ]
}
