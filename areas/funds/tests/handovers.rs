//! One property firm follows another, told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

use std::sync::Arc;

use db::{Db, Fault, Tx};
use funds::handover::{
    Handover, HandoverId, ItemState, Side,
    begin::{BeginHandover, begin},
    list::LIST,
    mark::{MarkItem, mark},
    queries,
    sign::sign,
};
use kernel::{Actor, Context, OrgId, PlaceId, Post, Principal, Role};
use matters::duty::{DutyId, State as Standing};
use people::{
    commands::register::{RegisterPerson, register},
    org::register::{Register, register as register_org},
};
use places::{Level, commands::add as places_add};
use testkit::story::{act, each_engine, fields, refused};

struct Estate {
    db: Db,
    place: PlaceId,
    orgs: [OrgId; 3],
    worker: Actor,
    /// With a seat in the firm that leaves, in the one that comes, in the owners' committee; and one in two of them.
    old: Actor,
    new: Actor,
    owner: Actor,
    both: Actor,
}

impl Estate {
    fn new(db: &Db) -> Estate {
        let input = places_add::AddPlace { parent: None, level: Level::Subdistrict, name: "石榴街道".into() };
        let place = act(db, Actor::Operator, move |tx, cx| places_add::add(tx, cx, &input)).unwrap().id;
        let org = |kind: &str, name: &str| {
            let input = Register { kind: kind.into(), name: name.into(), short: String::new() };
            let place = place.clone();
            act(db, Actor::Operator, move |tx, cx| register_org(tx, cx, &place, &input)).unwrap().id
        };
        let orgs = [
            org("property-company", "远山物业"),
            org("property-company", "近水物业"),
            org("owners-committee", "石榴园业委会"),
        ];
        let somebody = |name: &str, posts: Vec<Post>, seats: Vec<OrgId>| {
            let (home, input) = (place.home(), RegisterPerson { place: place.to_string(), name: name.into() });
            let person = act(db, Actor::Operator, move |tx, cx| register(tx, cx, home, &input)).unwrap();
            Actor::Person(Arc::new(Principal { person, verified: true, posts, seats }))
        };
        Estate {
            worker: somebody("社工", vec![Post { role: Role::Worker, place: place.clone() }], Vec::new()),
            old: somebody("甲经理", Vec::new(), vec![orgs[0].clone()]),
            new: somebody("乙经理", Vec::new(), vec![orgs[1].clone()]),
            owner: somebody("主任", Vec::new(), vec![orgs[2].clone()]),
            both: somebody("两头", Vec::new(), vec![orgs[0].clone(), orgs[2].clone()]),
            db: db.clone(),
            place,
            orgs,
        }
    }

    fn act<T: Send + 'static>(
        &self,
        actor: &Actor,
        command: impl Fn(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        act(&self.db, actor, command)
    }

    fn begun(&self, actor: &Actor, sides: [usize; 3], due: &str) -> Result<Handover, Fault> {
        let [old_firm, new_firm, residents] = sides.map(|at| self.orgs[at].to_string());
        let (place, due, once) = (self.place.to_string(), due.to_owned(), "first".to_owned());
        let input = BeginHandover { place, old_firm, new_firm, residents, due, once };
        self.act(actor, move |tx, cx| begin(tx, cx, &input))
    }

    fn mark(&self, id: &HandoverId, item: usize, state: &str, note: &str) -> Result<Option<DutyId>, Fault> {
        let (item, state, note) = (item.to_string(), state.to_owned(), note.to_owned());
        let (id, input) = (id.clone(), MarkItem { item: item.clone(), state, note });
        let items = self.act(&self.worker, move |tx, cx| mark(tx, cx, &id, &input))?;
        Ok(items.into_iter().find(|one| one.number.to_string() == item).unwrap().duty)
    }

    fn sign(&self, actor: &Actor, id: &HandoverId, side: Side) -> Result<Handover, Fault> {
        let id = id.clone();
        self.act(actor, move |tx, cx| sign(tx, cx, &id, side))
    }

    fn duty(&self, id: &DutyId) -> Standing {
        let id = id.clone();
        self.db.read_wait(move |s| matters::duty::queries::duty(s, &id)).unwrap().state
    }
}

#[test]
fn three_people_sign_once_every_item_was_looked_at() {
    each_engine(|db| {
        let estate = Estate::new(db);
        assert_eq!(refused(estate.begun(&estate.old, [0, 1, 2], "2026-12-10")), "not-allowed");
        assert_eq!(refused(estate.begun(&Actor::Visitor, [0, 1, 2], "2026-12-10")), "sign-in-first");
        assert_eq!(
            fields(estate.begun(&estate.worker, [0, 0, 2], "2026-11-21")),
            ["new_firm: side-twice", "due: day-has-passed"]
        );
        // a firm does not sign for the residents, and nobody plans a handover for another year
        assert_eq!(
            fields(estate.begun(&estate.worker, [0, 2, 1], "2027-11-24")),
            ["residents: unknown-choice", "due: day-too-late"]
        );
        let begun = estate.begun(&estate.worker, [0, 1, 2], "2026-12-10").unwrap();
        assert_eq!(estate.begun(&estate.worker, [0, 1, 2], "2026-12-10").unwrap(), begun, "sent twice");
        let id = begun.id.clone();
        assert_eq!(estate.duty(&begun.duty), Standing::Open);
        let wanted = i64::try_from(LIST.len()).unwrap();
        let told = testkit::story::refusal(estate.sign(&estate.old, &id, Side::Old));
        assert_eq!((told.code, told.args), ("handover-items-open", vec![("n", kernel::Arg::Int(wanted))]));
        assert_eq!(fields(estate.mark(&id, 99, "lost", "")), ["item: unknown-choice", "state: unknown-choice"]);
        assert_eq!(fields(estate.mark(&id, 1, "missing", " ")), ["note: required"]);

        let owed = estate.mark(&id, 1, "missing", "少三张竣工图").unwrap().unwrap();
        assert_eq!(
            estate.mark(&id, 1, "missing", "少三张竣工图").unwrap(),
            Some(owed.clone()),
            "sent twice, owed once"
        );
        assert_eq!(estate.duty(&owed), Standing::Open);
        estate.mark(&id, 2, "disputed", "两套说法").unwrap();
        for item in 3..=LIST.len() {
            assert_eq!(estate.mark(&id, item, "handed", "").unwrap(), None);
        }
        assert_eq!(refused(estate.sign(&estate.new, &id, Side::Old)), "not-allowed");
        assert_eq!(refused(estate.sign(&estate.worker, &id, Side::Old)), "not-allowed");
        assert_eq!(refused(estate.sign(&Actor::Operator, &id, Side::Old)), "sign-in-first");
        estate.sign(&estate.both, &id, Side::Old).unwrap();
        estate.sign(&estate.both, &id, Side::Old).unwrap();
        assert_eq!(refused(estate.sign(&estate.both, &id, Side::Residents)), "signed-for-another");
        // who has signed has signed this list and no other
        assert_eq!(refused(estate.mark(&id, 3, "missing", "不见了")), "handover-signed");
        assert_eq!(refused(estate.mark(&id, 2, "disputed", "另一套说法")), "handover-signed");
        estate.sign(&estate.new, &id, Side::New).unwrap();
        assert_eq!(estate.duty(&begun.duty), Standing::Open);
        assert!(estate.sign(&estate.owner, &id, Side::Residents).unwrap().is_signed);
        assert_eq!(estate.duty(&begun.duty), Standing::Met);
        assert_eq!(estate.duty(&owed), Standing::Open, "what is missing stays owed");

        // after the signatures things may still come, and nothing else changes
        assert_eq!(refused(estate.mark(&id, 3, "missing", "不见了")), "handover-signed");
        assert_eq!(estate.mark(&id, 1, "handed", "补来了").unwrap(), None);
        assert_eq!(estate.duty(&owed), Standing::Met);
        let items = db.read_wait(move |s| queries::items(s, &id)).unwrap();
        assert!(items.iter().all(|item| matches!(item.state, ItemState::Handed | ItemState::Disputed)));
    });
}
