-- Awards that a jury or the residents choose: the choice of a category, its jury, its ballots. Films of results.

-- how many ballots approved of the nominated project, and the verdict of the count
ALTER TABLE awards ADD COLUMN approvals {int};
ALTER TABLE awards ADD COLUMN verdict {text};
-- whether the project was stopped when the ballots were counted
ALTER TABLE awards ADD COLUMN was_stopped {bool};

CREATE TABLE award_choices (
  home {int} NOT NULL,
  season {text} NOT NULL,
  category {text} NOT NULL,
  -- jury, vote
  way {text} NOT NULL,
  -- open, counted
  state {text} NOT NULL,
  opened_day {text} NOT NULL,
  -- the last day on which ballots come in
  closes_day {text} NOT NULL,
  -- persons invited; of a vote 0
  jurors {int} NOT NULL,
  ballots {int} NOT NULL,
  -- the link from a person to their ballot; the count overwrites it
  salt {bytes} NOT NULL,
  counted_day {text},
  verdict {text},
  -- why the office chose among those that were tied; may be empty
  reason {text} NOT NULL,
  PRIMARY KEY (home, season, category)
) {rows};

CREATE TABLE award_jurors (
  home {int} NOT NULL,
  season {text} NOT NULL,
  category {text} NOT NULL,
  person {text} NOT NULL,
  invited_day {text} NOT NULL,
  PRIMARY KEY (home, season, category, person)
) {rows};

CREATE TABLE award_ballots (
  home {int} NOT NULL,
  season {text} NOT NULL,
  category {text} NOT NULL,
  -- SHA-256 of the choice's salt and the person: whose it is cannot be told once the salt is gone
  voter {bytes} NOT NULL,
  -- ascending numbers of projects: 3,7
  numbers {text} NOT NULL,
  PRIMARY KEY (home, season, category, voter)
) {rows};

-- the film of a project's results, with what was asked of those in it
CREATE TABLE closing_films (
  home {int} NOT NULL,
  season {text} NOT NULL,
  number {int} NOT NULL,
  file {text} NOT NULL,
  -- nobody, agreed, inside
  faces {text} NOT NULL,
  added_by {text},
  added_day {text} NOT NULL,
  PRIMARY KEY (home, season, number)
) {rows};
