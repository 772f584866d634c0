-- Steps of money that one person proposes and another confirms: a return, the closing of a project's account, a termination,
-- the end of a year.

CREATE TABLE fund_steps (
  home {int} NOT NULL,
  season {text} NOT NULL,
  id {text} NOT NULL,
  -- returned, settled, terminated, lapsed
  kind {text} NOT NULL,
  -- proposed, confirmed, recalled
  state {text} NOT NULL,
  -- 0 where it is of the whole season
  project {int} NOT NULL,
  -- what comes back or must come back, as it was when it was proposed
  amount {int} NOT NULL,
  -- what the project would bear itself
  borne {int} NOT NULL,
  -- why it is terminated; else empty
  reason {text} NOT NULL,
  -- the text by which a return that is sent twice is known again; else the id
  once {text} NOT NULL,
  proposed_by {text},
  proposed_day {text} NOT NULL,
  decided_by {text},
  decided_day {text},
  PRIMARY KEY (home, season, id)
) {rows};
CREATE UNIQUE INDEX fund_steps_once ON fund_steps (home, season, once);
-- one at a time: what is confirmed is what was proposed over the same money
CREATE UNIQUE INDEX fund_steps_waiting ON fund_steps (home, season, project) WHERE state = 'proposed';
