-- Activities: what is held for neighbours, who signed up, who came, photos and what people thought of it.

CREATE TABLE activities (
  home {int} NOT NULL,
  id {text} NOT NULL,
  -- the project it belongs to: both, or neither where it stands alone
  season {text},
  project {int},
  place {text} NOT NULL,
  theme {text} NOT NULL,
  title {text} NOT NULL,
  about {text} NOT NULL,
  -- where exactly: a room, a square
  spot {text} NOT NULL,
  starts_at {int} NOT NULL,
  ends_at {int} NOT NULL,
  -- the local day on which it begins
  day {text} NOT NULL,
  -- people who fit in; 0 is as many as come
  capacity {int} NOT NULL,
  -- whoever comes also checks out
  hours {bool} NOT NULL,
  -- who holds it, besides those who do community work there
  owner {text},
  org {text},
  -- the key of the room's codes: never leaves the server
  secret {text} NOT NULL,
  cancelled_at {int},
  cancelled_reason {text} NOT NULL,
  -- people who have a place, sign-ups that wait, numbers given
  heads {int} NOT NULL,
  waiting {int} NOT NULL,
  numbers {int} NOT NULL,
  -- check-ins that count
  checked {int} NOT NULL,
  revision {int} NOT NULL,
  made_by {text},
  made_at {int} NOT NULL,
  once {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX activities_once ON activities (home, once);
CREATE INDEX activities_by_time ON activities (starts_at, id);
CREATE INDEX activities_by_project ON activities (home, season, project, starts_at) WHERE season IS NOT NULL;

CREATE TABLE activity_signups (
  home {int} NOT NULL,
  activity {text} NOT NULL,
  id {text} NOT NULL,
  -- 1, 2, 3, … in the order in which they came
  number {int} NOT NULL,
  person {text},
  name {text} NOT NULL,
  heads {int} NOT NULL,
  -- in, waiting, out
  state {text} NOT NULL,
  -- web, counter, list
  source {text} NOT NULL,
  made_by {text},
  made_at {int} NOT NULL,
  -- what makes it the same sign-up: the person, else what the form made up
  who {text} NOT NULL,
  PRIMARY KEY (home, activity, id)
) {rows};
CREATE UNIQUE INDEX activity_signups_by_number ON activity_signups (home, activity, number);
CREATE UNIQUE INDEX activity_signups_once ON activity_signups (home, activity, who);

CREATE TABLE activity_checks (
  home {int} NOT NULL,
  activity {text} NOT NULL,
  id {text} NOT NULL,
  -- what makes it the same check-in: the person, the head of a sign-up, or what the device made up
  who {text} NOT NULL,
  person {text},
  signup {text},
  name {text} NOT NULL,
  way {text} NOT NULL,
  -- when they came, the clock of the device set right
  came_at {int} NOT NULL,
  -- when the server heard of it
  heard_at {int} NOT NULL,
  -- seconds by which the device's clock is ahead; negative where it is behind
  skew {int} NOT NULL,
  left_at {int},
  -- counted, open, left-out
  state {text} NOT NULL,
  -- why somebody has to look: words with spaces between
  doubts {text} NOT NULL,
  -- the other activity at the same time
  other {text},
  attendance {text},
  recorded_by {text},
  decided_by {text},
  reason {text} NOT NULL,
  PRIMARY KEY (home, activity, id)
) {rows};
CREATE UNIQUE INDEX activity_checks_once ON activity_checks (home, activity, who);
CREATE INDEX activity_checks_by_state ON activity_checks (home, activity, state, id);
CREATE INDEX activity_checks_by_person ON activity_checks (home, person, came_at) WHERE person IS NOT NULL;

-- One row a person: two check-ins of the same person at the same instant wait for each other.
CREATE TABLE activity_visitors (
  home {int} NOT NULL,
  person {text} NOT NULL,
  checks {int} NOT NULL,
  PRIMARY KEY (home, person)
) {rows};

CREATE TABLE activity_photos (
  home {int} NOT NULL,
  activity {text} NOT NULL,
  file {text} NOT NULL,
  caption {text} NOT NULL,
  -- nobody, agreed, inside
  faces {text} NOT NULL,
  added_by {text},
  added_at {int} NOT NULL,
  PRIMARY KEY (home, activity, file)
) {rows};

CREATE TABLE activity_feedback (
  home {int} NOT NULL,
  activity {text} NOT NULL,
  -- the person, or the slip of paper that was typed in
  who {text} NOT NULL,
  -- 1 to 5
  grade {int} NOT NULL,
  words {text} NOT NULL,
  made_by {text},
  made_at {int} NOT NULL,
  PRIMARY KEY (home, activity, who)
) {rows};
