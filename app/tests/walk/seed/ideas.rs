//! Ideas of the collecting season: ten to be worked on, one with a photo, two comments.

use programmes::{
    IdeaId, SeasonId,
    idea::{
        comment::{NewComment, comment},
        post::{PostIdea, post},
    },
};

use super::{PHOTO, Seed, Who, files};

pub(super) fn ideas(s: &mut Seed) {
    let (season, author) = (s.id("collecting").parse::<SeasonId>().unwrap(), s.actor(Who::Author));
    for n in 1..=10 {
        let input = PostIdea { title: format!("点子 {n}"), body: "一句话".into(), ..Default::default() };
        let season = season.clone();
        // one person has a bound; the last ones are somebody else's
        let who = if n == 6 || n == 10 { author.clone() } else { kernel::Actor::Operator };
        let idea = s.run_then(&who, 0, move |tx, cx| post(tx, cx, &season, &input)).id;
        s.keep(format!("idea{n}"), idea);
    }
    let place = s.a();
    let site = s.db.read_wait(move |s| places::site(s, &place)).unwrap().unwrap();
    let upload = work::files::Upload { name: "bench.png".into(), bytes: PHOTO.to_vec() };
    let photo = files(&s.db).receive(&testkit::context(author.clone(), 903), &site, &upload).unwrap().id;
    let input =
        PostIdea {
            title: "长椅".into(), body: "树下".into(), files: vec![photo.to_string()], ..Default::default()
        };
    let id = season.clone();
    let idea = s.run_then(&author, 0, move |tx, cx| post(tx, cx, &id, &input)).id;
    s.keep("pictured-idea", idea);
    s.keep("idea-photo", photo);
    for n in 0..2 {
        let (season, idea) = (season.clone(), s.id("idea").parse::<IdeaId>().unwrap());
        let input = NewComment { words: "说得好".into(), ..Default::default() };
        let said = s.run_then(&author, 0, move |tx, cx| comment(tx, cx, (&season, &idea), &input));
        s.keep(format!("comment{n}"), said.id);
    }
}
