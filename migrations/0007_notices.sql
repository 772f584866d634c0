-- Public notices with their wordings and objections, attendances, and the register of verdicts.

CREATE TABLE notices (
  home {int} NOT NULL,
  id {text} NOT NULL,
  place {text} NOT NULL,
  -- the place's way down from the root when it was written
  path {text} NOT NULL,
  -- the place's name then
  place_name {text} NOT NULL,
  matter {text},
  subject_kind {text} NOT NULL,
  subject {text} NOT NULL,
  kind {text} NOT NULL,
  title {text} NOT NULL,
  body {text} NOT NULL,
  law {text} NOT NULL,
  min_days {int} NOT NULL,
  days {int} NOT NULL,
  counted {text} NOT NULL,
  from_day {text},
  until_day {text},
  provisional {bool} NOT NULL,
  -- draft, posted, ended, withdrawn
  state {text} NOT NULL,
  version {int} NOT NULL,
  revision {int} NOT NULL,
  objections {int} NOT NULL,
  open_objections {int} NOT NULL,
  -- upheld, and not yet followed by a correction
  upheld_objections {int} NOT NULL,
  drafted_by {text},
  drafted_at {int} NOT NULL,
  posted_by {text},
  posted_at {int},
  closed_at {int},
  closed_day {text},
  reason {text} NOT NULL,
  -- a form sent twice is one notice
  once {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX notices_once ON notices (home, place, once);
CREATE INDEX notices_on_the_board ON notices (state, until_day, id);
CREATE INDEX notices_newest ON notices (posted_at, id) WHERE posted_at IS NOT NULL;
CREATE INDEX notices_past ON notices (closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX notices_by_subject ON notices (home, subject_kind, subject);
CREATE INDEX notices_by_path ON notices (home, path);
CREATE INDEX notices_by_matter ON notices (home, matter, id) WHERE matter IS NOT NULL;

CREATE TABLE notice_versions (
  home {int} NOT NULL,
  notice {text} NOT NULL,
  version {int} NOT NULL,
  title {text} NOT NULL,
  body {text} NOT NULL,
  why {text} NOT NULL,
  from_day {text} NOT NULL,
  until_day {text} NOT NULL,
  posted_by {text},
  PRIMARY KEY (home, notice, version)
) {rows};

CREATE TABLE objections (
  home {int} NOT NULL,
  id {text} NOT NULL,
  notice {text} NOT NULL,
  version {int} NOT NULL,
  author {text},
  shown_as {text} NOT NULL,
  words {text} NOT NULL,
  -- open, answered, upheld, rejected
  state {text} NOT NULL,
  due_day {text} NOT NULL,
  due_provisional {bool} NOT NULL,
  answer {text} NOT NULL,
  answered_by {text},
  answered_day {text},
  corrected_in {int},
  made_at {int} NOT NULL,
  made_day {text} NOT NULL,
  -- a form sent twice is one objection
  once {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
CREATE INDEX objections_by_notice ON objections (home, notice, id);
CREATE UNIQUE INDEX objections_once ON objections (home, notice, once);

-- One row a person and event. Estimates are rows of their own, with what they rest on.
CREATE TABLE attendance (
  home {int} NOT NULL,
  id {text} NOT NULL,
  event_kind {text} NOT NULL,
  event {text} NOT NULL,
  -- 'p:' and the person, 'm:' and a mark without a name, 'e:' and the row's id for an estimate, 'x:' and it when struck
  who {text} NOT NULL,
  person {text},
  mark {text} NOT NULL,
  -- web, qr, paper, list, counter, phone, visit, import
  way {text} NOT NULL,
  estimated {bool} NOT NULL,
  basis {text} NOT NULL,
  headcount {int} NOT NULL,
  direct {bool} NOT NULL,
  place {text} NOT NULL,
  path {text} NOT NULL,
  at {int} NOT NULL,
  day {text} NOT NULL,
  recorded_by {text},
  struck_at {int},
  struck_by {text},
  struck_reason {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX attendance_once ON attendance (home, event_kind, event, who);
CREATE INDEX attendance_by_path ON attendance (home, path);
CREATE INDEX attendance_by_day ON attendance (home, day, id);

-- What was decided by which rule from which inputs; the areas that computed it keep the details.
CREATE TABLE verdict_records (
  home {int} NOT NULL,
  id {text} NOT NULL,
  place {text} NOT NULL,
  path {text} NOT NULL,
  kind {text} NOT NULL,
  subject_kind {text} NOT NULL,
  subject {text} NOT NULL,
  matter {text},
  rule {text} NOT NULL,
  rule_set {text} NOT NULL,
  -- JSON
  parameters {text} NOT NULL,
  inputs {bytes} NOT NULL,
  -- JSON
  outcome {text} NOT NULL,
  passed {bool},
  -- JSON: a message key with its arguments, or a text
  explained {text} NOT NULL,
  entry {text} NOT NULL,
  decided_at {int} NOT NULL,
  decided_day {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
-- the same rule over the same inputs is the same verdict
CREATE UNIQUE INDEX verdict_records_once ON verdict_records (home, kind, subject, rule_set, inputs);
CREATE INDEX verdict_records_by_path ON verdict_records (home, path);
CREATE INDEX verdict_records_newest ON verdict_records (decided_at, id);
