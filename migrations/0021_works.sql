-- Works at a place after a decision: quotes, progress by unit, settlement, and who bears how much of it. Amounts are in
-- the smallest unit.

CREATE TABLE works (
  home {int} NOT NULL,
  id {text} NOT NULL,
  place {text} NOT NULL,
  -- replace, overhaul, repair, build
  kind {text} NOT NULL,
  title {text} NOT NULL,
  about {text} NOT NULL,
  -- the decision in words; may be empty
  decision {text} NOT NULL,
  matter {text},
  verdict {text},
  from_day {text} NOT NULL,
  until_day {text} NOT NULL,
  -- planned, started, done, accepted, settled
  state {text} NOT NULL,
  -- how many quotes, units and apportionments there were so far
  quotes {int} NOT NULL,
  units {int} NOT NULL,
  rolls {int} NOT NULL,
  -- the number of the quote that was chosen
  chosen {int},
  chosen_reason {text} NOT NULL,
  chosen_by {text},
  final_sum {int},
  settled_reason {text} NOT NULL,
  settled_by {text},
  settled_day {text},
  made_by {text},
  made_day {text} NOT NULL,
  once {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX works_once ON works (home, once);
CREATE INDEX works_by_place ON works (place, id);

CREATE TABLE work_quotes (
  home {int} NOT NULL,
  work {text} NOT NULL,
  number {int} NOT NULL,
  bidder {text} NOT NULL,
  amount {int} NOT NULL,
  note {text} NOT NULL,
  day {text} NOT NULL,
  PRIMARY KEY (home, work, number)
) {rows};
CREATE UNIQUE INDEX work_quotes_bidder ON work_quotes (home, work, bidder);

CREATE TABLE work_units (
  home {int} NOT NULL,
  work {text} NOT NULL,
  number {int} NOT NULL,
  label {text} NOT NULL,
  -- replace, overhaul, repair, build
  kind {text} NOT NULL,
  -- planned, started, done, accepted
  state {text} NOT NULL,
  PRIMARY KEY (home, work, number)
) {rows};
CREATE UNIQUE INDEX work_units_label ON work_units (home, work, label);

-- What brought a unit to a state: each state once.
CREATE TABLE work_steps (
  home {int} NOT NULL,
  work {text} NOT NULL,
  unit {int} NOT NULL,
  -- started, done, accepted
  state {text} NOT NULL,
  day {text} NOT NULL,
  made_by {text},
  -- what was said; of an acceptance what is still open
  words {text} NOT NULL,
  -- ids of photos, parted by commas
  photos {text} NOT NULL,
  PRIMARY KEY (home, work, unit, state)
) {rows};

-- Who bears how much: the flats with their areas as they were entered. The shares follow from them by the rule.
CREATE TABLE work_rolls (
  home {int} NOT NULL,
  work {text} NOT NULL,
  number {int} NOT NULL,
  total {int} NOT NULL,
  -- the sum is that of the settlement, not of the quote
  is_final {bool} NOT NULL,
  -- largest, one
  rule {text} NOT NULL,
  -- the flat that bears the rest under the rule one; else empty
  bearer {text} NOT NULL,
  -- who bears the shares of flats without an owner
  developer {text} NOT NULL,
  -- JSON: a list of [flat, owner, area in hundredths of a square metre]
  flats {text} NOT NULL,
  n {int} NOT NULL,
  area {int} NOT NULL,
  -- SHA-256 of everything above that decides the shares
  digest {bytes} NOT NULL,
  day {text} NOT NULL,
  made_by {text},
  notice {text},
  PRIMARY KEY (home, work, number)
) {rows};
