-- A season runs by a template: its stages with their days, and a copy of the template as it was when the season began.

ALTER TABLE seasons ADD COLUMN template {text} NOT NULL DEFAULT 'plain';
ALTER TABLE seasons ADD COLUMN stage {text} NOT NULL DEFAULT 'ideas';
-- its list is computed: neither projects nor a vote come any more
ALTER TABLE seasons ADD COLUMN decided {bool} NOT NULL DEFAULT FALSE;
-- moves with every change of the calendar
ALTER TABLE seasons ADD COLUMN plan_revision {int} NOT NULL DEFAULT 0;
-- a form sent twice opens one season
ALTER TABLE seasons ADD COLUMN once {text} NOT NULL DEFAULT '';
UPDATE seasons SET once = id;
CREATE UNIQUE INDEX seasons_once ON seasons (home, place, once);
UPDATE seasons SET stage = 'deciding' WHERE phase IN ('voting', 'closed');
UPDATE seasons SET stage = 'approved' WHERE phase = 'published';

CREATE TABLE season_stages (
  home {int} NOT NULL,
  season {text} NOT NULL,
  position {int} NOT NULL,
  stage {text} NOT NULL,
  -- both are included
  from_day {text} NOT NULL,
  until_day {text} NOT NULL,
  PRIMARY KEY (home, season, position)
) {rows};
INSERT INTO season_stages (home, season, position, stage, from_day, until_day)
  SELECT home, id, 0, 'ideas', opened_day, opened_day FROM seasons;
INSERT INTO season_stages (home, season, position, stage, from_day, until_day)
  SELECT home, id, 1, 'deciding', opened_day, opened_day FROM seasons;
INSERT INTO season_stages (home, season, position, stage, from_day, until_day)
  SELECT home, id, 2, 'approved', opened_day, opened_day FROM seasons;

-- Templates that this installation adopted beside those that come with the program.
CREATE TABLE templates (
  home {int} NOT NULL,
  id {text} NOT NULL,
  -- TOML, as it was read and checked
  body {text} NOT NULL,
  adopted_at {int} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};

CREATE TABLE season_templates (
  home {int} NOT NULL,
  season {text} NOT NULL,
  -- JSON of the template
  body {text} NOT NULL,
  PRIMARY KEY (home, season)
) {rows};
