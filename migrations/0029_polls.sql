-- Polls: questions put to a roll. Rolls, ballots, links and papers lie in the tables that votes of seasons use, under the
-- poll's id.

CREATE TABLE polls (
  home {int} NOT NULL,
  id {text} NOT NULL,
  place {text} NOT NULL,
  title {text} NOT NULL,
  body {text} NOT NULL,
  -- motion, ranked, dots, survey
  kind {text} NOT NULL,
  -- secret, open, named
  openness {text} NOT NULL,
  -- the dated template of rules: house, statutes, residents-meeting, …
  template {text} NOT NULL,
  -- options, the rule's parameters and the questions, as JSON
  definition {text} NOT NULL,
  opens_day {text} NOT NULL,
  closes_day {text} NOT NULL,
  -- how many days the roll hangs for objections; 0 where it does not
  roll_days {int} NOT NULL,
  notice {text},
  -- where the roll comes from: residents, file; empty while it is
  source {text} NOT NULL,
  -- draft, roll, open, closed, published
  state {text} NOT NULL,
  -- what parts ties; drawn when the poll opens
  seed {text} NOT NULL,
  -- voters and their weights together, once the roll is frozen
  voters {int} NOT NULL,
  weight {int} NOT NULL,
  -- how many were present, where the rule counts them
  present {int},
  revision {int} NOT NULL,
  made_by {text},
  made_at {int} NOT NULL,
  once {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX polls_once ON polls (home, once);
CREATE INDEX polls_by_place ON polls (place, made_at);

-- Who stands on the roll of a poll, by name: for letters, the booth and the telephone. Gone once a secret poll is settled.
CREATE TABLE poll_voters (
  home {int} NOT NULL,
  poll {text} NOT NULL,
  voter {bytes} NOT NULL,
  -- the flat with what stands before it, and the name: private
  flat {text} NOT NULL,
  name {text} NOT NULL,
  -- a mobile telephone, or empty
  contact {text} NOT NULL,
  weight {int} NOT NULL,
  PRIMARY KEY (home, poll, voter)
) {rows};
CREATE INDEX poll_voters_by_flat ON poll_voters (home, poll, flat, voter);
CREATE INDEX poll_voters_by_contact ON poll_voters (home, poll, contact);

-- Whose a ballot is, in polls by name only.
CREATE TABLE poll_names (
  home {int} NOT NULL,
  poll {text} NOT NULL,
  ballot {text} NOT NULL,
  voter {bytes} NOT NULL,
  PRIMARY KEY (home, poll, ballot)
) {rows};

-- What came of a poll.
CREATE TABLE poll_results (
  home {int} NOT NULL,
  poll {text} NOT NULL,
  -- the outcome as JSON
  outcome {text} NOT NULL,
  inputs {bytes} NOT NULL,
  ballots {int} NOT NULL,
  voters {int} NOT NULL,
  published_at {int} NOT NULL,
  published_day {text} NOT NULL,
  PRIMARY KEY (home, poll)
) {rows};
