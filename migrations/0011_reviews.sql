-- A panel scores the projects of a season, and the contest at which they are presented.

CREATE TABLE reviews (
  home {int} NOT NULL,
  season {text} NOT NULL,
  -- open, closed
  state {text} NOT NULL,
  reviewers {int} NOT NULL,
  -- moves with everything that a ranking depends on
  revision {int} NOT NULL,
  opened_day {text} NOT NULL,
  closed_day {text},
  rule_set {text} NOT NULL,
  -- SHA-256 of the inputs, hexadecimal
  inputs {text} NOT NULL,
  -- JSON of what the minutes tell beside the lines
  minutes {text} NOT NULL,
  PRIMARY KEY (home, season)
) {rows};

CREATE TABLE panel_reviewers (
  home {int} NOT NULL,
  season {text} NOT NULL,
  person {text} NOT NULL,
  -- as the person was called when they were invited: reviewers sit in office
  name {text} NOT NULL,
  -- invited, accepted, declined
  state {text} NOT NULL,
  -- what stands for the reviewer in public, drawn when the review is closed; 0 before
  letter {int} NOT NULL,
  invited_day {text} NOT NULL,
  PRIMARY KEY (home, season, person)
) {rows};

-- What a reviewer said, or what was found, about their part in a project.
CREATE TABLE review_declarations (
  home {int} NOT NULL,
  season {text} NOT NULL,
  person {text} NOT NULL,
  project {int} NOT NULL,
  -- none, own-organisation, kin, other, found-home, found-organisation, found-applicant
  conflict {text} NOT NULL,
  declared_day {text} NOT NULL,
  -- the conflict that the reviewer said before and took back; empty where there was none
  lifted {text} NOT NULL DEFAULT '',
  PRIMARY KEY (home, season, person, project)
) {rows};

CREATE TABLE score_sheets (
  home {int} NOT NULL,
  season {text} NOT NULL,
  project {int} NOT NULL,
  person {text} NOT NULL,
  -- whole numbers in the order of the template's criteria: 8,7,10
  scores {text} NOT NULL,
  comment {text} NOT NULL,
  PRIMARY KEY (home, season, project, person)
) {rows};
CREATE INDEX score_sheets_by_person ON score_sheets (home, season, person);

CREATE TABLE review_lines (
  home {int} NOT NULL,
  season {text} NOT NULL,
  position {int} NOT NULL,
  project {int} NOT NULL,
  -- JSON of everything the count says of the project
  line {text} NOT NULL,
  PRIMARY KEY (home, season, position)
) {rows};
CREATE UNIQUE INDEX review_lines_by_project ON review_lines (home, season, project);

CREATE TABLE contests (
  home {int} NOT NULL,
  season {text} NOT NULL,
  -- ready, running, over
  state {text} NOT NULL,
  -- seconds of a speech
  seconds {int} NOT NULL,
  revision {int} NOT NULL,
  -- the number from which the order was drawn, hexadecimal; empty when it was set by hand
  seed {text} NOT NULL,
  PRIMARY KEY (home, season)
) {rows};

CREATE TABLE contest_speeches (
  home {int} NOT NULL,
  season {text} NOT NULL,
  position {int} NOT NULL,
  project {int} NOT NULL,
  -- waiting, speaking, done
  state {text} NOT NULL,
  began_at {int},
  -- questions as they were noted, one a line
  questions {text} NOT NULL,
  PRIMARY KEY (home, season, position)
) {rows};
