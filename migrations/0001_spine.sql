-- Types and the end of each table are the dialect's tokens (floor/db/src/dialect.rs).
-- Instants are microseconds UTC, days local and as YYYY-MM-DD, money the smallest unit of the currency.

CREATE TABLE places (
  id {text} NOT NULL,
  home {int} NOT NULL,
  parent {text},
  level {text} NOT NULL,
  name {text} NOT NULL,
  added_at {int} NOT NULL,
  PRIMARY KEY (id)
) {rows};
CREATE INDEX places_by_parent ON places (parent, name);

CREATE TABLE persons (
  home {int} NOT NULL,
  id {text} NOT NULL,
  place {text} NOT NULL,
  name {text} NOT NULL,
  added_at {int} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};

CREATE TABLE seasons (
  home {int} NOT NULL,
  id {text} NOT NULL,
  place {text} NOT NULL,
  name {text} NOT NULL,
  about {text} NOT NULL,
  phase {text} NOT NULL,
  budget {int} NOT NULL,
  currency {text} NOT NULL,
  rule {text} NOT NULL,
  increment {int},
  max_choices {int} NOT NULL,
  -- moves with every change of what a count depends on
  revision {int} NOT NULL,
  projects {int} NOT NULL,
  ideas {int} NOT NULL,
  voters {int} NOT NULL,
  ballots {int} NOT NULL,
  source {text} NOT NULL,
  opened_at {int} NOT NULL,
  opened_day {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};

CREATE TABLE projects (
  home {int} NOT NULL,
  season {text} NOT NULL,
  number {int} NOT NULL,
  reference {text} NOT NULL,
  name {text} NOT NULL,
  about {text} NOT NULL,
  category {text} NOT NULL,
  cost {int} NOT NULL,
  added_at {int} NOT NULL,
  PRIMARY KEY (home, season, number)
) {rows};
CREATE UNIQUE INDEX projects_by_reference ON projects (home, season, reference);

CREATE TABLE ideas (
  home {int} NOT NULL,
  season {text} NOT NULL,
  id {text} NOT NULL,
  title {text} NOT NULL,
  body {text} NOT NULL,
  author {text} NOT NULL,
  -- a form sent twice is one idea
  once {text} NOT NULL,
  posted_at {int} NOT NULL,
  posted_day {text} NOT NULL,
  PRIMARY KEY (home, season, id)
) {rows};
CREATE UNIQUE INDEX ideas_once ON ideas (home, season, once);

-- Who may vote, and whether they did: never what they chose, never finer than the day.
CREATE TABLE roll (
  home {int} NOT NULL,
  season {text} NOT NULL,
  voter {bytes} NOT NULL,
  person {text},
  salt {bytes} NOT NULL,
  voted_day {text},
  PRIMARY KEY (home, season, voter)
) {rows};

-- What was chosen: random ids, no time, no voter.
CREATE TABLE ballots (
  home {int} NOT NULL,
  season {text} NOT NULL,
  id {text} NOT NULL,
  choices {text} NOT NULL,
  PRIMARY KEY (home, season, id)
) {rows};

CREATE TABLE verdicts (
  home {int} NOT NULL,
  season {text} NOT NULL,
  rule {text} NOT NULL,
  rule_set {text} NOT NULL,
  inputs {bytes} NOT NULL,
  revision {int} NOT NULL,
  budget {int} NOT NULL,
  total_cost {int} NOT NULL,
  winners {int} NOT NULL,
  ballots {int} NOT NULL,
  outcome {text} NOT NULL,
  published_at {int} NOT NULL,
  published_day {text} NOT NULL,
  PRIMARY KEY (home, season)
) {rows};

CREATE TABLE verdict_lines (
  home {int} NOT NULL,
  season {text} NOT NULL,
  rank {int} NOT NULL,
  number {int} NOT NULL,
  won {bool} NOT NULL,
  supporters {int} NOT NULL,
  explanation {text} NOT NULL,
  PRIMARY KEY (home, season, rank)
) {rows};
CREATE UNIQUE INDEX verdict_lines_by_project ON verdict_lines (home, season, number);

CREATE TABLE imports (
  home {int} NOT NULL,
  digest {bytes} NOT NULL,
  season {text} NOT NULL,
  done {int} NOT NULL,
  PRIMARY KEY (home, digest)
) {rows};

-- Entries that wait for their place in the log: written with the change they tell of.
CREATE TABLE entry_queue (
  home {int} NOT NULL,
  id {text} NOT NULL,
  kind {text} NOT NULL,
  subject {text},
  leaf {bytes} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};

-- Entries of an open secret vote: they enter the log at its close, kind by kind, in the order of their random ids.
CREATE TABLE sealed_entries (
  home {int} NOT NULL,
  box {text} NOT NULL,
  kind {text} NOT NULL,
  id {text} NOT NULL,
  leaf {bytes} NOT NULL,
  PRIMARY KEY (home, box, kind, id)
) {rows};

CREATE TABLE opened_boxes (
  home {int} NOT NULL,
  box {text} NOT NULL,
  PRIMARY KEY (home, box)
) {rows};

-- The private part of an entry. Deleting a row here is the erasure: its commitment can no longer be opened.
CREATE TABLE entry_secrets (
  home {int} NOT NULL,
  id {text} NOT NULL,
  salt {bytes} NOT NULL,
  body {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};

-- The log: one for the installation, placed by the sequencer.
CREATE TABLE entries (
  seq {int} NOT NULL,
  home {int} NOT NULL,
  id {text} NOT NULL,
  kind {text} NOT NULL,
  subject {text},
  leaf {bytes} NOT NULL,
  PRIMARY KEY (seq)
) {rows};
CREATE INDEX entries_by_subject ON entries (subject, seq) WHERE subject IS NOT NULL;
CREATE UNIQUE INDEX entries_by_id ON entries (id);

-- Roots of full tiles of the Merkle tree: level 0 covers 256 entries, level 1 65,536, and so on.
CREATE TABLE subtrees (
  level {int} NOT NULL,
  number {int} NOT NULL,
  hash {bytes} NOT NULL,
  PRIMARY KEY (level, number)
) {rows};

CREATE TABLE log_head (
  one {int} NOT NULL CHECK (one = 1),
  size {int} NOT NULL,
  frontier {bytes} NOT NULL,
  checkpoint {text} NOT NULL,
  vkey {text} NOT NULL,
  holder {text} NOT NULL,
  lease_until {int} NOT NULL,
  PRIMARY KEY (one)
) {rows};

CREATE TABLE settings (
  name {text} NOT NULL,
  value {text} NOT NULL,
  PRIMARY KEY (name)
) {rows};
