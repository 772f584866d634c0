-- Owners' joint decisions: the register of a place, rounds of consent, visits by door, papers and ballots. Areas are in
-- hundredths of a square metre, amounts in the smallest unit.

-- A version of the register of units of a place.
CREATE TABLE owner_registers (
  home {int} NOT NULL,
  id {text} NOT NULL,
  place {text} NOT NULL,
  -- 1, 2, 3, … of the place; none while its rows still come in
  version {int},
  units {int} NOT NULL,
  -- different owners: who owns together is one
  owners {int} NOT NULL,
  area {int} NOT NULL,
  -- SHA-256 over the rows without names, and with them
  digest {bytes} NOT NULL,
  whole {bytes} NOT NULL,
  made_by {text},
  made_day {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX owner_registers_version ON owner_registers (home, place, version);

CREATE TABLE owner_units (
  home {int} NOT NULL,
  register {text} NOT NULL,
  -- 1, 2, 3, … in the order of the file
  number {int} NOT NULL,
  unit {text} NOT NULL,
  building {text} NOT NULL,
  floor {text} NOT NULL,
  -- private
  owner {text} NOT NULL,
  -- stands for the owner: h1, h2, …; empty where nobody is named
  head {text} NOT NULL,
  area {int} NOT NULL,
  -- sold, unsold, undelivered
  status {text} NOT NULL,
  PRIMARY KEY (home, register, number)
) {rows};
CREATE UNIQUE INDEX owner_units_unit ON owner_units (home, register, unit);

CREATE TABLE owner_rounds (
  home {int} NOT NULL,
  id {text} NOT NULL,
  place {text} NOT NULL,
  -- what kind of joint decision: use-fund, raise-fund, …
  item {text} NOT NULL,
  title {text} NOT NULL,
  question {text} NOT NULL,
  cost {int},
  -- the buildings that pay and vote, a JSON list; empty is all
  buildings {text} NOT NULL,
  -- the name of the rule set, and its file's text where it does not come along
  rules {text} NOT NULL,
  rules_text {text} NOT NULL,
  -- a later ballot of a unit: refuse, replace
  later {text} NOT NULL,
  -- the day whose law applies; none is the day on which the vote closes
  law_day {text},
  matter {text},
  -- draft, roll, notice, open, closed, counted, posted, challenged, final
  state {text} NOT NULL,
  -- moves with everything that happens to it
  revision {int} NOT NULL,
  -- the version of the register that was frozen, and what of it is asked
  register {text},
  version {int},
  units {int} NOT NULL,
  area {int} NOT NULL,
  roll_notice {text},
  call_notice {text},
  decision_notice {text},
  roll_day {text},
  called_day {text},
  opened_day {text},
  closed_day {text},
  counted_day {text},
  posted_day {text},
  final_day {text},
  verdict {text},
  -- the figures of the verdict: JSON; empty before
  outcome {text} NOT NULL,
  -- why it was challenged; private
  challenge {text} NOT NULL,
  -- whether it stands after a challenge
  stands {bool},
  made_by {text},
  made_day {text} NOT NULL,
  once {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX owner_rounds_once ON owner_rounds (home, once);
CREATE INDEX owner_rounds_by_place ON owner_rounds (place, id);

-- The frozen roll of a round, with what became of each door. No names.
CREATE TABLE owner_doors (
  home {int} NOT NULL,
  round {text} NOT NULL,
  number {int} NOT NULL,
  unit {text} NOT NULL,
  building {text} NOT NULL,
  floor {text} NOT NULL,
  head {text} NOT NULL,
  area {int} NOT NULL,
  status {text} NOT NULL,
  visits {int} NOT NULL,
  -- somebody of it was spoken to, or answered
  reached {bool} NOT NULL,
  -- agrees, refuses, undecided; empty where nothing was said
  stance {text} NOT NULL,
  stance_at {int} NOT NULL,
  -- ballots so far; the last one counts
  ballots {int} NOT NULL,
  PRIMARY KEY (home, round, number)
) {rows};
CREATE UNIQUE INDEX owner_doors_unit ON owner_doors (home, round, unit);

-- Who was at which door and what came of it; also what an owner answered by themselves.
CREATE TABLE owner_visits (
  home {int} NOT NULL,
  id {text} NOT NULL,
  round {text} NOT NULL,
  unit {text} NOT NULL,
  -- door, desk, online
  way {text} NOT NULL,
  -- agrees, refuses, undecided, nobody, come-back, no-talk
  result {text} NOT NULL,
  -- private
  words {text} NOT NULL,
  at {int} NOT NULL,
  day {text} NOT NULL,
  heard_at {int} NOT NULL,
  made_by {text},
  -- made up by the device, so that sending twice counts once
  client {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX owner_visits_client ON owner_visits (home, round, client);
CREATE INDEX owner_visits_by_unit ON owner_visits (home, round, unit, at);

CREATE TABLE owner_ballots (
  home {int} NOT NULL,
  round {text} NOT NULL,
  -- the door's number
  door {int} NOT NULL,
  -- 1, 2, … of the door; the highest counts
  nth {int} NOT NULL,
  -- agree, disagree, abstain, invalid
  choice {text} NOT NULL,
  -- online, paper, proxy, import
  channel {text} NOT NULL,
  -- of a proxy: who keeps the written instruction, or where it lies; private
  instruction {text} NOT NULL,
  day {text} NOT NULL,
  -- who cast or entered it, who typed it a second time, who decided between them
  made_by {text},
  second_by {text},
  decided_by {text},
  PRIMARY KEY (home, round, door, nth)
) {rows};

-- A paper of a door while it is typed in.
CREATE TABLE owner_papers (
  home {int} NOT NULL,
  round {text} NOT NULL,
  door {int} NOT NULL,
  -- once, differ, counted
  state {text} NOT NULL,
  -- JSON: what somebody read
  first {text} NOT NULL,
  first_by {text} NOT NULL,
  second {text} NOT NULL,
  second_by {text} NOT NULL,
  -- ids of photos, parted by commas
  photos {text} NOT NULL,
  PRIMARY KEY (home, round, door)
) {rows};
CREATE INDEX owner_papers_state ON owner_papers (home, round, state);
