-- Matters and their duties.

-- The last number given in each year.
CREATE TABLE matter_numbers (
  home {int} NOT NULL,
  year {int} NOT NULL,
  last {int} NOT NULL,
  PRIMARY KEY (home, year)
) {rows};

-- A matter: one number, one thread, five stages.
CREATE TABLE matters (
  home {int} NOT NULL,
  id {text} NOT NULL,
  -- 2026-000123, what people say on the telephone
  number {text} NOT NULL,
  place {text} NOT NULL,
  path {text} NOT NULL,
  title {text} NOT NULL,
  kind {text} NOT NULL,
  -- collect, deliberate, do, supervise, appraise
  stage {text} NOT NULL,
  -- open, closed, joined
  state {text} NOT NULL,
  joined_into {text},
  author {text},
  -- the author's name is shown to nobody outside the office
  anonymous {bool} NOT NULL,
  entered_by {text},
  source {text} NOT NULL,
  -- a form sent twice is one matter
  once {text} NOT NULL,
  -- steps of the thread so far
  steps {int} NOT NULL,
  -- open duties that an answer does not meet
  waits {int} NOT NULL,
  -- how often it was sent back
  round {int} NOT NULL,
  opened_at {int} NOT NULL,
  opened_day {text} NOT NULL,
  changed_at {int} NOT NULL,
  closed_at {int},
  closed_day {text},
  closed_by {text},
  -- solved, partly, explained, declined
  outcome {text},
  -- the author's last grade
  grade {text},
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX matters_by_number ON matters (home, number);
CREATE UNIQUE INDEX matters_once ON matters (home, once);
CREATE INDEX matters_by_path ON matters (home, path, id);
CREATE INDEX matters_joined ON matters (home, joined_into) WHERE joined_into IS NOT NULL;

-- The thread.
CREATE TABLE matter_steps (
  home {int} NOT NULL,
  matter {text} NOT NULL,
  n {int} NOT NULL,
  at {int} NOT NULL,
  day {text} NOT NULL,
  stage {text} NOT NULL,
  kind {text} NOT NULL,
  words {text} NOT NULL,
  -- a message and its arguments (JSON), where the program speaks
  says {text},
  person {text},
  -- in which role, as the public sees it
  role {text} NOT NULL,
  org {text},
  shown {bool} NOT NULL,
  link {text},
  duty {text},
  -- ids of files, JSON
  files {text} NOT NULL,
  PRIMARY KEY (home, matter, n)
) {rows};

-- Whose matter it is, and who follows it.
CREATE TABLE matter_people (
  home {int} NOT NULL,
  matter {text} NOT NULL,
  person {text} NOT NULL,
  -- author, credited (a matter of theirs was joined), follower
  part {text} NOT NULL,
  anonymous {bool} NOT NULL,
  since_at {int} NOT NULL,
  PRIMARY KEY (home, matter, person)
) {rows};
CREATE INDEX matter_people_by_person ON matter_people (home, person, matter);

CREATE TABLE matter_grades (
  home {int} NOT NULL,
  matter {text} NOT NULL,
  round {int} NOT NULL,
  person {text} NOT NULL,
  -- good, fair, bad
  grade {text} NOT NULL,
  words {text} NOT NULL,
  at {int} NOT NULL,
  -- of the first grade: it may be changed for so many days
  first_day {text} NOT NULL,
  PRIMARY KEY (home, matter, round, person)
) {rows};

-- What is owed again and again.
CREATE TABLE duty_plans (
  home {int} NOT NULL,
  id {text} NOT NULL,
  place {text} NOT NULL,
  path {text} NOT NULL,
  title {text} NOT NULL,
  -- what counts towards it, such as joint-meeting
  kind {text} NOT NULL,
  holder_kind {text} NOT NULL,
  holder {text} NOT NULL,
  -- every-month, times-a-year:12
  rule {text} NOT NULL,
  from_day {text} NOT NULL,
  until_day {text},
  given_by {text},
  added_at {int} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};

-- A duty: who owes what by when.
CREATE TABLE duties (
  home {int} NOT NULL,
  id {text} NOT NULL,
  place {text} NOT NULL,
  path {text} NOT NULL,
  matter {text},
  title {text} NOT NULL,
  kind {text} NOT NULL,
  -- the answer to its matter meets it
  by_answer {bool} NOT NULL,
  -- post, person, org
  holder_kind {text} NOT NULL,
  holder {text} NOT NULL,
  -- the shard of the holder's own record
  holder_home {int} NOT NULL,
  given_by {text},
  rule {text} NOT NULL,
  start_at {int} NOT NULL,
  start_day {text} NOT NULL,
  -- more time, such as workdays:3, in the order in which it was given
  extensions {text} NOT NULL,
  extended {int} NOT NULL,
  may_extend {int} NOT NULL,
  -- suspensions: from-to in microseconds; the last may be without an end
  pauses {text} NOT NULL,
  -- none while the clock stands
  due_at {int},
  due_day {text},
  amber_from {int},
  -- it may still move: the holidays of a year on the way are not announced
  provisional {bool} NOT NULL,
  -- open, paused, met, met-late, cancelled
  state {text} NOT NULL,
  ended_at {int},
  ended_day {text},
  -- references, JSON
  evidence {text} NOT NULL,
  plan {text},
  period {text},
  wanted {int} NOT NULL,
  done {int} NOT NULL,
  steps {int} NOT NULL,
  once {text} NOT NULL,
  -- where it is met, a path of this site; empty where its own page is
  page {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
CREATE INDEX duties_by_holder ON duties (home, holder, state, due_at, id);
CREATE INDEX duties_by_due ON duties (home, state, due_at, id);
CREATE INDEX duties_by_path ON duties (home, path, state, due_day, due_at, amber_from);
CREATE INDEX duties_by_matter ON duties (home, matter, id) WHERE matter IS NOT NULL;
CREATE UNIQUE INDEX duties_by_plan ON duties (home, plan, period) WHERE plan IS NOT NULL;
CREATE UNIQUE INDEX duties_once ON duties (home, once);
CREATE INDEX duties_provisional ON duties (home, id) WHERE provisional;

-- What became of a duty.
CREATE TABLE duty_steps (
  home {int} NOT NULL,
  duty {text} NOT NULL,
  n {int} NOT NULL,
  at {int} NOT NULL,
  day {text} NOT NULL,
  kind {text} NOT NULL,
  words {text} NOT NULL,
  person {text},
  -- facts of the step: holders, days, JSON
  facts {text} NOT NULL,
  PRIMARY KEY (home, duty, n)
) {rows};

-- What was counted towards a duty, once each.
CREATE TABLE duty_records (
  home {int} NOT NULL,
  duty {text} NOT NULL,
  evidence {text} NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (home, duty, evidence)
) {rows};

-- Secret addresses under which people read their duties in a calendar.
CREATE TABLE duty_feeds (
  person {text} NOT NULL,
  -- SHA-256 of the secret part of the address
  token {bytes} NOT NULL,
  added_at {int} NOT NULL,
  PRIMARY KEY (person)
) {rows};
CREATE UNIQUE INDEX duty_feeds_by_token ON duty_feeds (token);
