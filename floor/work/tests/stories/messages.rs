//! Messages: asked for with the change, in the folder once, their words forgotten by the queue.

use db::Fault;
use kernel::{Actor, Kind, Refusal};
use testkit::Folder as Place;
use work::{
    jobs::{Asked, Failure, Step},
    messages::{Contact, Deliver, Folder, Message, Post, send},
};

use crate::support::{HOME, Hand, act, each_engine, refused, runner, stored};

fn message(text: &str) -> Message {
    let to = Contact::phone("13900000001").unwrap();
    Message { to, kind: "sign-in-code".into(), subject: String::new(), text: text.into() }
}

#[test]
fn a_message_arrives_once_its_change_is_kept() {
    each_engine(|db| {
        let place = Place::new();
        let folder = Folder::new(place.path());
        let runner = runner(db, &Hand::new(), vec![Box::new(Deliver(folder.clone()))]);
        let undone: Result<(), Fault> = act(db, Actor::Visitor, |tx, cx| {
            send(tx, cx, HOME, &message("never"), None)?;
            Err(Refusal::new(Kind::Conflict, "no").into())
        });
        assert_eq!(refused(undone), "no");
        assert_eq!(runner.step(), Ok(Step::Idle));

        let sent = act(db, Actor::Visitor, |tx, cx| send(tx, cx, HOME, &message("246810"), Some("k"))).unwrap();
        let Asked::Queued(id) = sent else { panic!("sent before") };
        let again = act(db, Actor::Visitor, |tx, cx| send(tx, cx, HOME, &message("246810"), Some("k"))).unwrap();
        assert_eq!(again, Asked::Before);
        assert_eq!(runner.step(), Ok(Step::Done(id.clone())));
        let found = folder.newest_for(&message("").to).unwrap().unwrap();
        assert_eq!((found.id.as_str(), found.message), (id.as_str(), message("246810")));
        assert_eq!(stored(db, &id).unwrap().2, "", "the queue keeps neither number nor words");
        let long = act(db, Actor::Visitor, |tx, cx| send(tx, cx, HOME, &message(&"x".repeat(2_001)), None));
        assert_eq!(refused(long), "too-large");
    });
}

struct Broken;
impl Post for Broken {
    fn deliver(&self, _: &str, _: &Message) -> Result<(), Failure> {
        Err(Failure::again("the gateway does not answer"))
    }
}

#[test]
fn a_gateway_that_is_down_is_tried_again() {
    each_engine(|db| {
        let sent = act(db, Actor::Visitor, |tx, cx| send(tx, cx, HOME, &message("246810"), None)).unwrap();
        let Asked::Queued(id) = sent else { panic!("sent before") };
        let clock = Hand::new();
        assert_eq!(runner(db, &clock, vec![Box::new(Deliver(Broken))]).step(), Ok(Step::Failed(id.clone())));
        let (_, _, payload, error) = stored(db, &id).unwrap();
        assert!(payload.contains("246810") && !error.contains("246810"));
        clock.on(20);
        let place = Place::new();
        let mended = runner(db, &clock, vec![Box::new(Deliver(Folder::new(place.path())))]);
        assert_eq!(mended.step(), Ok(Step::Done(id)));
    });
}
