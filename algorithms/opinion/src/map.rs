//! The map: who stands where, in which group, and what follows from it.

use std::collections::BTreeMap;

use crate::components::Components;
use crate::conversation::{Cast, Conversation, ConversationError};
use crate::counts::{Count, Counts};
use crate::grouping::Grouping;
use crate::groups::find;
use crate::kmeans::nearest;
use crate::options::Options;
use crate::stability::Quality;
use crate::vote::Vote;

/// A conversation with its map.
///
/// After [`OpinionMap::new`] and [`OpinionMap::full_pass`] everything follows from the votes, the options and the
/// groups before. Between full passes, [`OpinionMap::cast`] keeps all counts exact and moves only the voter, on axes
/// and to centers that stay where the last full pass put them.
#[derive(Clone, Debug, PartialEq)]
pub struct OpinionMap {
    conversation: Conversation,
    options: Options,
    counted: Vec<bool>,
    components: Components,
    points: Vec<Option<[f64; 2]>>,
    in_conversation: Vec<bool>,
    grouping: Grouping,
    centers: Vec<[f64; 2]>,
    quality: Quality,
    counts: Counts,
    given: bool,
}

impl OpinionMap {
    /// Makes the map. `before` is each participant's group on the last map: groups keep the ids they had, and who was
    /// in the conversation stays in it.
    #[must_use]
    pub fn new(conversation: Conversation, options: Options, before: &BTreeMap<u64, u32>) -> Self {
        let mut map = Self::axes(conversation, options);
        let before = Grouping::by_participant(&map.conversation, before);
        map.in_conversation = entered(&map.conversation, &map.options, &before);
        let people: Vec<usize> = (0..map.points.len()).filter(|i| map.in_conversation[*i]).collect();
        let points: Vec<[f64; 2]> = people.iter().map(|i| map.points[*i].unwrap_or_default()).collect();
        let groups_before: Vec<Option<u32>> = people.iter().map(|i| before.group_of(*i)).collect();
        let found = find(&points, &groups_before, &map.options);
        let mut of = vec![None; map.points.len()];
        for (index, label) in people.iter().zip(&found.labels) {
            of[*index] = Some(*label);
        }
        map.centers = found.centers;
        map.quality = found.quality;
        map.grouping = Grouping::new(of);
        map.counts = Counts::of(&map.conversation, &map.grouping);
        map
    }

    /// Makes the map with groups that somebody else found.
    #[must_use]
    pub fn with_groups(conversation: Conversation, options: Options, grouping: Grouping) -> Self {
        let mut map = Self::axes(conversation, options);
        map.in_conversation = entered(&map.conversation, &map.options, &Grouping::default());
        map.counts = Counts::of(&map.conversation, &grouping);
        map.grouping = grouping;
        map.centers = means(&map.points, &map.grouping);
        map.given = true;
        map
    }

    /// The components and everybody's place on them, without groups.
    fn axes(conversation: Conversation, options: Options) -> Self {
        let options = options.in_range();
        let counted = conversation.counted(options.strict);
        let counts = Counts::of(&conversation, &Grouping::default());
        let components = Components::new(&conversation, &counts.all, &counted);
        let n = conversation.participants().len();
        let points = (0..n).map(|index| components.project(conversation.row(index), &counted)).collect();
        let (in_conversation, centers) = (vec![false; n], Vec::new());
        let (grouping, quality) = (Grouping::new(vec![None; n]), Quality::default());
        let given = false;
        Self {
            conversation,
            options,
            counted,
            components,
            points,
            in_conversation,
            grouping,
            centers,
            quality,
            counts,
            given,
        }
    }

    /// Makes everything anew from the votes, with the groups of now as those before. Equal to [`OpinionMap::new`] on
    /// the same votes.
    pub fn full_pass(&mut self) {
        let conversation = std::mem::take(&mut self.conversation);
        *self = if self.given {
            Self::with_groups(conversation, self.options, std::mem::take(&mut self.grouping))
        } else {
            let before = members(&conversation, &self.grouping);
            Self::new(conversation, self.options, &before)
        };
    }

    /// Takes one more vote: counts are exact at once, the voter moves, and comes into the nearest group with enough
    /// votes. The work is proportional to the voter's own votes.
    ///
    /// # Errors
    /// No such statement, or a limit.
    pub fn cast(&mut self, participant: u64, statement: u64, vote: Vote, time: i64) -> Result<Cast, ConversationError> {
        if self.conversation.column_of(statement).is_none() {
            return Err(ConversationError::UnknownStatement(statement));
        }
        let is_new = self.conversation.index_of(participant).is_none();
        let index = self.conversation.add_participant(participant)?;
        if is_new {
            self.points.insert(index, None);
            self.in_conversation.insert(index, false);
            self.grouping.insert(index);
        }
        let row = self.conversation.row(index);
        self.counts.all_of(row, Count::take);
        if let Some(group) = self.grouping.place(index) {
            self.counts.group_of(group, row, Count::take);
        }
        let cast = self.conversation.cast(participant, statement, vote, time);
        let row = self.conversation.row(index);
        self.counts.all_of(row, Count::add);
        let point = self.components.project(row, &self.counted);
        let threshold = self.options.min_votes.min(self.conversation.statements().len());
        let enough = row.len() >= threshold && !row.is_empty();
        if let Some(entered) = self.in_conversation.get_mut(index) {
            *entered |= enough;
            if *entered && !self.given && !self.centers.is_empty() {
                self.grouping.set(index, nearest(point.unwrap_or_default(), &self.centers).0);
            }
        }
        if let Some(place) = self.points.get_mut(index) {
            *place = point;
        }
        if let Some(group) = self.grouping.place(index) {
            self.counts.group_of(group, row, Count::add);
        }
        cast
    }

    /// The votes.
    #[must_use]
    pub fn conversation(&self) -> &Conversation {
        &self.conversation
    }

    /// To add or moderate statements; the map follows at the next full pass.
    ///
    /// Gives back the votes alone; make a new map of them with [`OpinionMap::members`] as the groups before.
    #[must_use]
    pub fn into_conversation(self) -> Conversation {
        self.conversation
    }

    /// The options, in range.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// For each statement, whether it shapes the map.
    #[must_use]
    pub fn counted(&self) -> &[bool] {
        &self.counted
    }

    /// The axes.
    #[must_use]
    pub fn components(&self) -> &Components {
        &self.components
    }

    /// Where the participant at `index` stands; nothing without a vote that counts.
    #[must_use]
    pub fn point(&self, index: usize) -> Option<[f64; 2]> {
        self.points.get(index).copied().flatten()
    }

    /// Whether the participant at `index` has said enough to be in a group.
    #[must_use]
    pub fn is_in_conversation(&self, index: usize) -> bool {
        self.in_conversation.get(index).copied().unwrap_or_default()
    }

    /// How many have.
    #[must_use]
    pub fn n_in_conversation(&self) -> usize {
        self.in_conversation.iter().filter(|entered| **entered).count()
    }

    /// The groups.
    #[must_use]
    pub fn grouping(&self) -> &Grouping {
        &self.grouping
    }

    /// The groups' centers, in the order of their ids.
    #[must_use]
    pub fn centers(&self) -> &[[f64; 2]] {
        &self.centers
    }

    /// How much the groups can be trusted; as of the last full pass, and empty for groups that somebody else found.
    #[must_use]
    pub fn quality(&self) -> &Quality {
        &self.quality
    }

    /// The counts by group.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Each participant's group, to hand to the next map.
    #[must_use]
    pub fn members(&self) -> BTreeMap<u64, u32> {
        members(&self.conversation, &self.grouping)
    }
}

fn members(conversation: &Conversation, grouping: &Grouping) -> BTreeMap<u64, u32> {
    let participants = conversation.participants().iter().enumerate();
    participants.filter_map(|(index, id)| Some((*id, grouping.group_of(index)?))).collect()
}

/// Who is in the conversation: who was, who voted often enough, and if these are too few, those with the most votes;
/// of as many votes, the order is that of what they say, and at last of their ids.
fn entered(conversation: &Conversation, options: &Options, before: &Grouping) -> Vec<bool> {
    let n = conversation.participants().len();
    let threshold = options.min_votes.min(conversation.statements().len()).max(1);
    let enough = |index: usize| conversation.row(index).len() >= threshold || before.group_of(index).is_some();
    let mut entered: Vec<bool> = (0..n).map(enough).collect();
    let missing = options.min_participants.saturating_sub(entered.iter().filter(|e| **e).count());
    if missing == 0 {
        return entered;
    }
    let mut waiting: Vec<usize> = (0..n).filter(|i| !entered[*i] && !conversation.row(*i).is_empty()).collect();
    waiting.sort_by(|a, b| {
        let by_number = conversation.row(*b).len().cmp(&conversation.row(*a).len());
        by_number.then_with(|| conversation.votes_of(*a).cmp(conversation.votes_of(*b)))
    });
    for index in waiting.into_iter().take(missing) {
        entered[index] = true;
    }
    entered
}

/// The mean place of each group.
fn means(points: &[Option<[f64; 2]>], grouping: &Grouping) -> Vec<[f64; 2]> {
    let mut sums = vec![[0.0; 3]; grouping.ids().len()];
    for (index, point) in points.iter().enumerate() {
        if let (Some(point), Some(sum)) = (point, grouping.place(index).and_then(|place| sums.get_mut(place))) {
            sum[0] += point[0];
            sum[1] += point[1];
            sum[2] += 1.0;
        }
    }
    sums.iter().map(|[x, y, n]| [x / n.max(1.0), y / n.max(1.0)]).collect()
}
