-- A season from its approved list to its end: projects that are being done, their assessment halfway, their closing.

CREATE TABLE project_runs (
  home {int} NOT NULL,
  season {text} NOT NULL,
  number {int} NOT NULL,
  -- the matter that the project became
  matter {text},
  tier {text} NOT NULL,
  -- the key of the group it works in; empty for none
  team {text} NOT NULL,
  -- running, closed, stopped
  state {text} NOT NULL,
  -- none, open, passed, rectify, rectified, failed
  midterm {text} NOT NULL,
  -- none, draft, submitted, returned, accepted
  closing {text} NOT NULL,
  begun_day {text} NOT NULL,
  revision {int} NOT NULL,
  PRIMARY KEY (home, season, number)
) {rows};

-- what was approved before this table was there
INSERT INTO project_runs (home, season, number, matter, tier, team, state, midterm, closing, begun_day, revision)
SELECT l.home, l.season, l.number, l.matter, COALESCE(p.tier, ''), '', 'running', 'none', 'none', s.decided_day, 0
FROM selection_lines l
JOIN selections s ON s.home = l.home AND s.season = l.season
LEFT JOIN proposals p ON p.home = l.home AND p.season = l.season AND p.project = l.number
WHERE l.matter IS NOT NULL;

CREATE TABLE midterms (
  home {int} NOT NULL,
  season {text} NOT NULL,
  number {int} NOT NULL,
  -- 1, 2, 3, … : again after a rectification
  round {int} NOT NULL,
  -- open, passed, rectify, rectified, failed
  state {text} NOT NULL,
  -- JSON of what the records said when it was opened, and SHA-256 of that text
  pack {text} NOT NULL,
  digest {bytes} NOT NULL,
  opened_day {text} NOT NULL,
  opened_by {text},
  -- hundredths of a point
  points {int},
  advice {text} NOT NULL,
  -- by when a rectification is owed
  until_day {text},
  -- what the team says it has mended
  mended {text} NOT NULL,
  decided_day {text},
  verdict {text},
  notice {text},
  PRIMARY KEY (home, season, number, round)
) {rows};

CREATE TABLE midterm_sheets (
  home {int} NOT NULL,
  season {text} NOT NULL,
  number {int} NOT NULL,
  round {int} NOT NULL,
  person {text} NOT NULL,
  -- 80,75,60
  scores {text} NOT NULL,
  comment {text} NOT NULL,
  scored_day {text} NOT NULL,
  PRIMARY KEY (home, season, number, round, person)
) {rows};

CREATE TABLE closings (
  home {int} NOT NULL,
  season {text} NOT NULL,
  number {int} NOT NULL,
  -- draft, submitted, returned, accepted
  state {text} NOT NULL,
  -- JSON of the report's parts
  report {text} NOT NULL,
  pack {text} NOT NULL,
  digest {bytes} NOT NULL,
  reasons {text} NOT NULL,
  submitted_by {text},
  submitted_day {text},
  decided_day {text},
  verdict {text},
  revision {int} NOT NULL,
  PRIMARY KEY (home, season, number)
) {rows};

-- how content those are whom a project served, one a person
CREATE TABLE project_grades (
  home {int} NOT NULL,
  season {text} NOT NULL,
  number {int} NOT NULL,
  person {text} NOT NULL,
  grade {int} NOT NULL,
  words {text} NOT NULL,
  day {text} NOT NULL,
  PRIMARY KEY (home, season, number, person)
) {rows};

CREATE TABLE awards (
  home {int} NOT NULL,
  season {text} NOT NULL,
  category {text} NOT NULL,
  number {int} NOT NULL,
  -- nominated, given, refused
  state {text} NOT NULL,
  words {text} NOT NULL,
  nominated_by {text},
  nominated_day {text} NOT NULL,
  decided_day {text},
  certificate {text},
  PRIMARY KEY (home, season, category, number)
) {rows};
CREATE UNIQUE INDEX awards_by_certificate ON awards (certificate) WHERE certificate IS NOT NULL;

-- who leads a group of projects: one, for there is one row
CREATE TABLE group_leaders (
  home {int} NOT NULL,
  season {text} NOT NULL,
  team {text} NOT NULL,
  -- the project whose team leads
  number {int} NOT NULL,
  -- recommended, elected
  how {text} NOT NULL,
  since_day {text} NOT NULL,
  PRIMARY KEY (home, season, team)
) {rows};

CREATE TABLE group_notes (
  home {int} NOT NULL,
  id {text} NOT NULL,
  season {text} NOT NULL,
  team {text} NOT NULL,
  -- visit, talk, report
  kind {text} NOT NULL,
  -- the project that was visited
  number {int},
  day {text} NOT NULL,
  words {text} NOT NULL,
  once {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX group_notes_once ON group_notes (home, season, once);
CREATE INDEX group_notes_by_team ON group_notes (home, season, team, id);
