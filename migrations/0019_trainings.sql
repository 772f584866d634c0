-- Trainings of a season: who signs up, which projects came, what those say who were there.

CREATE TABLE trainings (
  home {int} NOT NULL,
  id {text} NOT NULL,
  season {text} NOT NULL,
  -- 1, 2, 3, … within the season
  number {int} NOT NULL,
  title {text} NOT NULL,
  day {text} NOT NULL,
  -- where, in words
  room {text} NOT NULL,
  -- who teaches, by trade
  teacher {text} NOT NULL,
  -- what it is about
  about {text} NOT NULL,
  -- JSON of the materials: name and link
  materials {text} NOT NULL,
  recorded_by {text},
  once {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX trainings_by_number ON trainings (home, season, number);
CREATE UNIQUE INDEX trainings_once ON trainings (home, season, once);

-- who signed up, for a project or, with 0, as a community worker
CREATE TABLE training_signups (
  home {int} NOT NULL,
  training {text} NOT NULL,
  person {text} NOT NULL,
  number {int} NOT NULL,
  signed_day {text} NOT NULL,
  came {bool} NOT NULL,
  PRIMARY KEY (home, training, person)
) {rows};

-- of which projects somebody came
CREATE TABLE training_projects (
  home {int} NOT NULL,
  season {text} NOT NULL,
  number {int} NOT NULL,
  training {text} NOT NULL,
  PRIMARY KEY (home, season, number, training)
) {rows};

CREATE TABLE training_feedback (
  home {int} NOT NULL,
  training {text} NOT NULL,
  person {text} NOT NULL,
  grade {int} NOT NULL,
  words {text} NOT NULL,
  day {text} NOT NULL,
  PRIMARY KEY (home, training, person)
) {rows};
