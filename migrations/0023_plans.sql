-- Plans of projects by month, with the changes that were asked for.

CREATE TABLE project_plans (
  home {int} NOT NULL,
  season {text} NOT NULL,
  number {int} NOT NULL,
  -- 1, 2, 3, … within the project
  version {int} NOT NULL,
  -- asked, accepted, refused, withdrawn; the last accepted one is in force
  state {text} NOT NULL,
  -- JSON of the plan
  body {text} NOT NULL,
  reason {text} NOT NULL,
  asked_by {text},
  asked_day {text} NOT NULL,
  answer {text} NOT NULL,
  decided_day {text},
  PRIMARY KEY (home, season, number, version)
) {rows};
-- one request at a time
CREATE UNIQUE INDEX project_plans_asked ON project_plans (home, season, number) WHERE state = 'asked';
