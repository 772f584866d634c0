-- The day on which a season came into each of its stages: the calendar says what was planned, this what was done.
CREATE TABLE season_moves (
  home {int} NOT NULL,
  season {text} NOT NULL,
  stage {text} NOT NULL,
  day {text} NOT NULL,
  PRIMARY KEY (home, season, stage)
) {rows};
