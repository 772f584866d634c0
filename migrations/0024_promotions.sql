-- Projects that were promoted to the next larger class of grants, with the reasons as they were, and pairs of teams of
-- which one brings the other on.

CREATE TABLE promotions (
  home {int} NOT NULL,
  season {text} NOT NULL,
  number {int} NOT NULL,
  from_tier {text} NOT NULL,
  to_tier {text} NOT NULL,
  -- JSON of what was asked for and what the project had
  reasons {text} NOT NULL,
  confirmed_by {text},
  confirmed_day {text} NOT NULL,
  PRIMARY KEY (home, season, number)
) {rows};

CREATE TABLE mentor_pairs (
  home {int} NOT NULL,
  season {text} NOT NULL,
  -- the project whose team brings on, and the one whose team is brought on
  old_number {int} NOT NULL,
  new_number {int} NOT NULL,
  about {text} NOT NULL,
  from_day {text} NOT NULL,
  until_day {text} NOT NULL,
  old_agreed_day {text},
  new_agreed_day {text},
  ended_day {text},
  PRIMARY KEY (home, season, old_number, new_number)
) {rows};
