//! Facts in, a reasoned answer out.

use std::collections::BTreeMap;

use kernel::{Arg, FieldError, Kind, OrgId, PersonId, PlaceId, Refusal, Shape};
use programmes::{
    Season, Stage, Template,
    template::{Criterion, Review as Plan},
};
use serde::{Deserialize, Serialize};

use super::{Answer, Conflict, Review, Reviewer, State, store::Declared};

/// Names of the fields of a score sheet: `score-1` for the first criterion. A sheet with more criteria than this tells
/// errors of the others without a name.
const FIELDS: [&str; 20] = [
    "score-1", "score-2", "score-3", "score-4", "score-5", "score-6", "score-7", "score-8", "score-9", "score-10",
    "score-11", "score-12", "score-13", "score-14", "score-15", "score-16", "score-17", "score-18", "score-19",
    "score-20",
];
/// Characters of a comment at most.
pub const MAX_COMMENT: usize = 1_000;

/// The name of the field of a criterion, by its index.
pub fn field(at: usize) -> &'static str {
    FIELDS.get(at).copied().unwrap_or("scores")
}

/// How the season's panel scores.
///
/// # Errors
/// `no-review-here` where the template has none.
pub fn plan_of(template: &Template) -> Result<&Plan, Refusal> {
    template.review.as_ref().ok_or_else(|| Refusal::new(Kind::Conflict, "no-review-here"))
}

/// People are invited before the decision is made.
///
/// # Errors
/// `wrong-stage`.
pub fn may_invite(season: &Season) -> Result<(), Refusal> {
    if season.stage > Stage::Deciding {
        return Err(Refusal::new(Kind::Conflict, "wrong-stage").with_text("stage", season.stage.as_str()));
    }
    Ok(())
}

/// A review that still changes.
///
/// # Errors
/// `review-not-begun`, `review-closed`.
pub fn open(review: Option<Review>) -> Result<Review, Refusal> {
    match review {
        None => Err(Refusal::new(Kind::Conflict, "review-not-begun")),
        Some(review) if review.state == State::Closed => Err(Refusal::new(Kind::Conflict, "review-closed")),
        Some(review) => Ok(review),
    }
}

/// Somebody on the panel who has accepted.
///
/// # Errors
/// `not-a-reviewer`; `answer-first` for who was invited and has not accepted.
pub fn seated(reviewer: Option<Reviewer>) -> Result<Reviewer, Refusal> {
    let reviewer = reviewer.ok_or_else(|| Refusal::new(Kind::Forbidden, "not-a-reviewer"))?;
    match reviewer.answer {
        Answer::Accepted => Ok(reviewer),
        Answer::Invited | Answer::Declined => Err(Refusal::new(Kind::Conflict, "answer-first")),
    }
}

/// Who stands behind a project, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Behind {
    /// Where it is to be done: the place and all places above it.
    pub places: Vec<PlaceId>,
    /// The organisation that applies.
    pub organisation: Option<OrgId>,
    /// Who applies.
    pub applicants: Vec<PersonId>,
}

/// What is known of a reviewer besides what they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub person: PersonId,
    /// The community where they are at home; none for who lives elsewhere.
    pub homes: Vec<PlaceId>,
    /// Organisations in which they hold a seat.
    pub seats: Vec<OrgId>,
}

/// The conflict of interest that the records show by themselves; the nearest one.
pub fn found(behind: &Behind, known: &Known) -> Option<Conflict> {
    if behind.applicants.contains(&known.person) {
        return Some(Conflict::FoundApplicant);
    }
    if behind.organisation.as_ref().is_some_and(|organisation| known.seats.contains(organisation)) {
        return Some(Conflict::FoundOrganisation);
    }
    behind.places.iter().any(|place| known.homes.contains(place)).then_some(Conflict::FoundHome)
}

/// A conflict that somebody said by mistake they take back themselves while they have no sheet; later it stands. What
/// the records show is never taken back: `now` is what follows from what was said and what they show.
///
/// # Errors
/// `conflict-stands`.
pub fn may_declare(before: Option<&Declared>, now: Conflict, n_sheets: u32) -> Result<(), Refusal> {
    match before {
        Some(before) if before.conflict != Conflict::None && now == Conflict::None && n_sheets > 0 => {
            let refusal = Refusal::new(Kind::Conflict, "conflict-stands");
            Err(refusal.with_int("number", i64::from(before.project)))
        }
        _ => Ok(()),
    }
}

/// A score as it was typed: a number in JSON, a text from a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ReviewTyped)]
#[serde(untagged)]
pub enum Typed {
    /// A number.
    Number(i64),
    /// What stood in the field.
    Text(String),
}

/// Scores by the keys of the criteria, and the comment, checked all at once.
///
/// # Errors
/// `invalid-input` with the fields `score-<n>` (`required`, `not-a-number`, `too-small`, `too-large` with the limit) and
/// `comment`.
pub fn scores(
    criteria: &[Criterion],
    typed: &BTreeMap<String, Typed>,
    comment: &str,
) -> Result<(Vec<u32>, String), Refusal> {
    let mut shape = Shape::new();
    let mut wrong: Vec<FieldError> = Vec::new();
    let mut given = Vec::with_capacity(criteria.len());
    for (at, criterion) in criteria.iter().enumerate() {
        match score(criterion, typed.get(&criterion.key)) {
            Ok(score) => given.push(score),
            Err(code) => {
                let limit = if code == "too-large" { i64::from(criterion.most) } else { 0 };
                let error = FieldError::new(field(at), code);
                wrong.push(if code.starts_with("too-") { error.with_limit(limit) } else { error });
            }
        }
    }
    let comment = shape.optional_prose("comment", comment, MAX_COMMENT);
    if let Err(refusal) = shape.finish(()) {
        wrong.extend(refusal.fields);
    }
    if wrong.is_empty() { Ok((given, comment)) } else { Err(Refusal::invalid(wrong)) }
}

fn score(criterion: &Criterion, typed: Option<&Typed>) -> Result<u32, &'static str> {
    let number = match typed {
        None => return Err("required"),
        Some(Typed::Number(number)) => *number,
        Some(Typed::Text(text)) => match text.trim() {
            "" => return Err("required"),
            text => whole(text).ok_or("not-a-number")?,
        },
    };
    match u32::try_from(number) {
        Err(_) if number < 0 => Err("too-small"),
        Ok(score) if score <= criterion.most => Ok(score),
        _ => Err("too-large"),
    }
}

/// Digits, also the wide ones that Chinese keyboards give.
fn whole(text: &str) -> Option<i64> {
    let narrow: String = text
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from(b'0' + u8::try_from(u32::from(c) - u32::from('０')).unwrap_or(0)),
            '－' => '-',
            c => c,
        })
        .collect();
    narrow.parse().ok()
}

/// Every project has as many sheets as the template asks for.
///
/// # Errors
/// `no-projects`; `too-few-reviewers`; `sheets-missing` with how many projects, the first of them and what it lacks.
pub fn may_close(least: u32, n_reviewers: u32, n_sheets: &[(u32, u32)]) -> Result<(), Refusal> {
    if n_sheets.is_empty() {
        return Err(Refusal::new(Kind::Conflict, "no-projects"));
    }
    if n_reviewers < super::MIN_REVIEWERS {
        let refusal = Refusal::new(Kind::Conflict, "too-few-reviewers");
        return Err(refusal.with_int("least", i64::from(super::MIN_REVIEWERS)));
    }
    let short: Vec<&(u32, u32)> = n_sheets.iter().filter(|(_, n)| *n < least).collect();
    let Some((number, n)) = short.first() else { return Ok(()) };
    let mut refusal = Refusal::new(Kind::Conflict, "sheets-missing");
    for (name, value) in
        [("projects", short.len() as u64), ("number", u64::from(*number)), ("more", u64::from(least - n))]
    {
        refusal.args.push((name, Arg::Int(i64::try_from(value).unwrap_or(i64::MAX))));
    }
    Err(refusal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id<K>(seed: u64) -> kernel::Id<K> {
        kernel::Id::random(kernel::Home(1), &mut kernel::Chance::seeded(seed))
    }

    #[test]
    fn what_the_records_show_is_found() {
        let (me, home, above, org) = (id(1), id(2), id(3), id(4));
        let known = Known { person: me, homes: vec![home, above], seats: vec![org] };
        let Known { person: me, homes, seats } = known.clone();
        let behind = |place: Option<PlaceId>, organisation, applicants| Behind {
            places: place.into_iter().collect(),
            organisation,
            applicants,
        };
        for (there, wanted) in [
            (Behind::default(), None),
            (behind(Some(homes[0].clone()), None, vec![]), Some(Conflict::FoundHome)),
            // somebody may be at home in two
            (behind(Some(homes[1].clone()), None, vec![]), Some(Conflict::FoundHome)),
            (behind(Some(id(9)), None, vec![]), None),
            (behind(None, Some(seats[0].clone()), vec![]), Some(Conflict::FoundOrganisation)),
            (behind(None, Some(id(9)), vec![id(8)]), None),
            (behind(Some(homes[0].clone()), Some(seats[0].clone()), vec![me]), Some(Conflict::FoundApplicant)),
        ] {
            assert_eq!(found(&there, &known), wanted, "{there:?}");
        }
    }

    fn criteria() -> Vec<Criterion> {
        let all = programmes::template::bundled("star-pick").unwrap().review.clone().unwrap().criteria;
        all.into_iter().take(2).collect()
    }

    #[test]
    fn each_wrong_score_is_named_and_the_others_are_taken() {
        let two = criteria();
        let typed = |a: &str, b: &str| {
            let pairs = [(&two[0], a), (&two[1], b)];
            pairs.iter().map(|(c, text)| (c.key.clone(), Typed::Text((*text).into()))).collect::<BTreeMap<_, _>>()
        };
        let codes = |a: &str, b: &str| {
            let refusal = scores(&two, &typed(a, b), "").unwrap_err();
            refusal.fields.iter().map(|f| (f.field, f.code)).collect::<Vec<_>>()
        };
        assert_eq!(scores(&two, &typed("10", " ０ "), " 好 "), Ok((vec![10, 0], "好".into())));
        assert_eq!(codes("11", "8"), [("score-1", "too-large")]);
        assert_eq!(codes("", "-1"), [("score-1", "required"), ("score-2", "too-small")]);
        assert_eq!(codes("8.5", "八"), [("score-1", "not-a-number"), ("score-2", "not-a-number")]);
        assert_eq!(codes("99999999999", "1"), [("score-1", "too-large")]);
        let refusal = scores(&two, &BTreeMap::new(), &"长".repeat(MAX_COMMENT + 1)).unwrap_err();
        assert_eq!(refusal.fields.len(), 3);
        let numbers = two.iter().map(|c| (c.key.clone(), Typed::Number(7))).collect();
        assert_eq!(scores(&two, &numbers, "").unwrap().0, [7, 7]);
    }

    #[test]
    fn a_review_closes_when_each_project_has_its_sheets() {
        assert_eq!(may_close(3, 3, &[]).unwrap_err().code, "no-projects");
        assert_eq!(may_close(1, 2, &[(1, 2)]).unwrap_err().code, "too-few-reviewers");
        assert_eq!(may_close(3, 3, &[(1, 3), (2, 4)]), Ok(()));
        let refusal = may_close(3, 4, &[(1, 3), (2, 1), (3, 0)]).unwrap_err();
        let args: Vec<_> = refusal.args.iter().map(|(name, arg)| (*name, arg.clone())).collect();
        assert_eq!(args, [("projects", Arg::Int(2)), ("number", Arg::Int(2)), ("more", Arg::Int(2))]);
    }

    #[test]
    fn a_conflict_is_not_taken_back_once_there_is_a_sheet() {
        let before = |conflict| Declared { person: id(1), project: 3, conflict };
        assert!(may_declare(None, Conflict::None, 1).is_ok());
        assert!(may_declare(Some(&before(Conflict::None)), Conflict::Kin, 1).is_ok());
        assert!(may_declare(Some(&before(Conflict::Kin)), Conflict::Other, 1).is_ok());
        assert_eq!(may_declare(Some(&before(Conflict::Kin)), Conflict::None, 1).unwrap_err().code, "conflict-stands");
        assert!(may_declare(Some(&before(Conflict::Kin)), Conflict::None, 0).is_ok());
    }
}
