-- Tables of work: the calendar, jobs, files.

-- Years whose holidays are announced, and the days in them that differ from their weekday.
CREATE TABLE calendar_years (
  year {int} NOT NULL,
  source {text} NOT NULL,
  imported_at {int} NOT NULL,
  PRIMARY KEY (year)
) {rows};

CREATE TABLE calendar_days (
  year {int} NOT NULL,
  day {text} NOT NULL,
  kind {text} NOT NULL,
  name {text} NOT NULL,
  PRIMARY KEY (year, day)
) {rows};

-- What is to be done once the transaction that asks for it is kept.
CREATE TABLE jobs (
  home {int} NOT NULL,
  id {text} NOT NULL,
  kind {text} NOT NULL,
  -- may hold a telephone number; emptied when the job is done
  payload {text} NOT NULL,
  dedup {text},
  -- queued, running, done, dead
  state {text} NOT NULL,
  -- from when on it may be taken; of a running job the end of its holder's lease
  run_at {int} NOT NULL,
  holder {text} NOT NULL,
  attempts {int} NOT NULL,
  last_error {text} NOT NULL,
  added_at {int} NOT NULL,
  -- of a job that is done or dead
  ended_at {int},
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX jobs_dedup ON jobs (home, kind, dedup) WHERE dedup IS NOT NULL;
CREATE INDEX jobs_due ON jobs (run_at, id) WHERE ended_at IS NULL;
CREATE INDEX jobs_ended ON jobs (state, ended_at, id) WHERE ended_at IS NOT NULL;

-- Photos and documents. The bytes lie in the file store under the hash; each row has bytes of its own.
CREATE TABLE files (
  home {int} NOT NULL,
  id {text} NOT NULL,
  -- arriving, ready, attached, unwanted
  state {text} NOT NULL,
  kind {text} NOT NULL,
  name {text} NOT NULL,
  sha256 {bytes} NOT NULL,
  bytes {int} NOT NULL,
  width {int} NOT NULL,
  height {int} NOT NULL,
  -- of the small picture; none of a document
  small_sha256 {bytes},
  small_bytes {int},
  -- the record it belongs to, from when it is attached
  subject {text},
  added_by {text},
  added_at {int} NOT NULL,
  added_day {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
CREATE INDEX files_by_subject ON files (home, subject, id) WHERE subject IS NOT NULL;
