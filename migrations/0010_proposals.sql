-- Proposals with their versions, and what coaches say about them.

-- Proposals of the season so far: the next one's number.
ALTER TABLE seasons ADD COLUMN proposals {int} NOT NULL DEFAULT 0;

CREATE TABLE proposals (
  home {int} NOT NULL,
  id {text} NOT NULL,
  season {text} NOT NULL,
  -- 1, 2, 3, … within the season
  number {int} NOT NULL,
  idea {text},
  author {text} NOT NULL,
  -- 1, 2, 3, … of this author in this season
  nth {int} NOT NULL,
  -- the applicant, where that is an organisation
  org {text},
  entered_by {text},
  source {text} NOT NULL,
  -- draft, submitted, returned, checked, withdrawn
  state {text} NOT NULL,
  -- what lists show of the working copy
  title {text} NOT NULL,
  place {text} NOT NULL,
  field {text} NOT NULL,
  tier {text} NOT NULL,
  grant_sum {int} NOT NULL,
  whole_sum {int} NOT NULL,
  -- the working copy: JSON, as it was typed
  body {text} NOT NULL,
  versions {int} NOT NULL,
  notes {int} NOT NULL,
  coach {text},
  -- who coached it before: JSON
  coaches {text} NOT NULL,
  -- its number on the list of projects, once it is checked
  project {int},
  -- why the office gave it back: JSON
  reasons {text} NOT NULL,
  revision {int} NOT NULL,
  -- a form sent twice is one proposal
  once {text} NOT NULL,
  started_day {text} NOT NULL,
  submitted_day {text},
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX proposals_by_number ON proposals (home, season, number);
CREATE UNIQUE INDEX proposals_by_author ON proposals (home, season, author, nth);
CREATE UNIQUE INDEX proposals_once ON proposals (home, season, once);
CREATE UNIQUE INDEX proposals_by_project ON proposals (home, season, project) WHERE project IS NOT NULL;
CREATE INDEX proposals_by_state ON proposals (home, season, state, number);
CREATE INDEX proposals_by_org ON proposals (home, season, org) WHERE org IS NOT NULL;
CREATE INDEX proposals_by_coach ON proposals (home, season, coach) WHERE coach IS NOT NULL;

CREATE TABLE proposal_versions (
  home {int} NOT NULL,
  proposal {text} NOT NULL,
  number {int} NOT NULL,
  -- JSON, as it was typed
  body {text} NOT NULL,
  made_by {text},
  made_day {text} NOT NULL,
  PRIMARY KEY (home, proposal, number)
) {rows};

CREATE TABLE proposal_notes (
  home {int} NOT NULL,
  proposal {text} NOT NULL,
  id {text} NOT NULL,
  version {int} NOT NULL,
  author {text} NOT NULL,
  words {text} NOT NULL,
  once {text} NOT NULL,
  made_day {text} NOT NULL,
  PRIMARY KEY (home, proposal, id)
) {rows};
CREATE UNIQUE INDEX proposal_notes_once ON proposal_notes (home, proposal, once);

CREATE TABLE proposal_answers (
  home {int} NOT NULL,
  proposal {text} NOT NULL,
  version {int} NOT NULL,
  -- the key of the template's question
  question {text} NOT NULL,
  -- yes, partly, no
  answer {text} NOT NULL,
  note {text} NOT NULL,
  author {text} NOT NULL,
  made_day {text} NOT NULL,
  PRIMARY KEY (home, proposal, version, question)
) {rows};
