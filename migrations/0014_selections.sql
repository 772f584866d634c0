-- The list that review and vote give, as it was decided, posted and approved.

CREATE TABLE selections (
  home {int} NOT NULL,
  season {text} NOT NULL,
  -- decided, posted, approved
  state {text} NOT NULL,
  rule_set {text} NOT NULL,
  inputs {bytes} NOT NULL,
  approved {int} NOT NULL,
  total_cost {int} NOT NULL,
  -- conditions that are not met yet
  open {int} NOT NULL,
  notice {text},
  decided_at {int} NOT NULL,
  decided_day {text} NOT NULL,
  PRIMARY KEY (home, season)
) {rows};

CREATE TABLE selection_lines (
  home {int} NOT NULL,
  season {text} NOT NULL,
  number {int} NOT NULL,
  rank {int} NOT NULL,
  approved {bool} NOT NULL,
  reserve {int},
  score {int},
  -- JSON of what decided
  why {text} NOT NULL,
  condition {text} NOT NULL,
  met {bool} NOT NULL,
  matter {text},
  PRIMARY KEY (home, season, number)
) {rows};
CREATE UNIQUE INDEX selection_lines_by_rank ON selection_lines (home, season, rank);
