-- What the office hears before a season's call: visits to communities, and workshops with their cards and questions.

CREATE TABLE visits (
  home {int} NOT NULL,
  id {text} NOT NULL,
  season {text} NOT NULL,
  -- 1, 2, 3, … within the season
  number {int} NOT NULL,
  place {text} NOT NULL,
  day {text} NOT NULL,
  staff {text} NOT NULL,
  findings {text} NOT NULL,
  revision {int} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text},
  struck_at {int},
  struck_reason {text} NOT NULL,
  once {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX visits_by_number ON visits (home, season, number);
CREATE UNIQUE INDEX visits_once ON visits (home, season, once);

CREATE TABLE visit_lines (
  home {int} NOT NULL,
  visit {text} NOT NULL,
  -- met, need, has
  part {text} NOT NULL,
  position {int} NOT NULL,
  kind {text} NOT NULL,
  name {text} NOT NULL,
  note {text} NOT NULL,
  number {int} NOT NULL,
  PRIMARY KEY (home, visit, part, position)
) {rows};

CREATE TABLE workshops (
  home {int} NOT NULL,
  id {text} NOT NULL,
  season {text} NOT NULL,
  number {int} NOT NULL,
  place {text} NOT NULL,
  day {text} NOT NULL,
  title {text} NOT NULL,
  summary {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text},
  once {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX workshops_by_number ON workshops (home, season, number);
CREATE UNIQUE INDEX workshops_once ON workshops (home, season, once);

CREATE TABLE workshop_cards (
  home {int} NOT NULL,
  workshop {text} NOT NULL,
  number {int} NOT NULL,
  body {text} NOT NULL,
  -- the idea that the card became
  idea {text},
  PRIMARY KEY (home, workshop, number)
) {rows};
CREATE UNIQUE INDEX workshop_cards_once ON workshop_cards (home, workshop, body);
CREATE INDEX workshop_cards_by_idea ON workshop_cards (home, idea) WHERE idea IS NOT NULL;

CREATE TABLE workshop_questions (
  home {int} NOT NULL,
  workshop {text} NOT NULL,
  number {int} NOT NULL,
  question {text} NOT NULL,
  expert {text} NOT NULL,
  advice {text} NOT NULL,
  -- open, yes, partly, no
  taken {text} NOT NULL,
  taken_note {text} NOT NULL,
  PRIMARY KEY (home, workshop, number)
) {rows};
