-- Places: official codes, names as people say them, the way down from the root, what a place was before, and the keys
-- by which it is found.

ALTER TABLE places ADD COLUMN code {text};
ALTER TABLE places ADD COLUMN shown {text} NOT NULL DEFAULT '';
-- ids joined with '/', the root's first, the place's own last
ALTER TABLE places ADD COLUMN path {text} NOT NULL DEFAULT '';
-- the order among siblings: the code, or '~' and the name with its numbers padded
ALTER TABLE places ADD COLUMN sort {text} NOT NULL DEFAULT '';
-- open, filler (a level that stands only in the codes) or closed
ALTER TABLE places ADD COLUMN state {text} NOT NULL DEFAULT 'open';
ALTER TABLE places ADD COLUMN version {int} NOT NULL DEFAULT 1;
ALTER TABLE places ADD COLUMN valid_from {text};
ALTER TABLE places ADD COLUMN valid_until {text};

WITH RECURSIVE tree (id, path) AS (
  SELECT id, id FROM places WHERE parent IS NULL
  UNION ALL
  SELECT p.id, t.path || '/' || p.id FROM places p JOIN tree t ON p.parent = t.id
)
UPDATE places SET path = tree.path, shown = name, sort = '~' || name FROM tree WHERE tree.id = places.id;

DROP INDEX places_by_parent;
CREATE INDEX places_in_order ON places (parent, state, sort, id);
CREATE INDEX places_by_path ON places (path);
CREATE INDEX places_by_home ON places (home);
-- what came by a move from a place of another home: few, and looked for by every list of a place
CREATE INDEX places_came ON places (path, home)
  WHERE substr(parent, 1, length(CAST(home AS TEXT)) + 1) <> CAST(home AS TEXT) || '-';
CREATE INDEX places_by_shown ON places (shown, state);
-- a place that ended may leave its code to another
CREATE UNIQUE INDEX places_by_code ON places (code) WHERE valid_until IS NULL;

-- Every version of every place, the present one with no last day.
CREATE TABLE place_versions (
  place {text} NOT NULL,
  version {int} NOT NULL,
  -- the first day; NULL where it is not known
  from_day {text},
  -- the first day on which it no longer holds
  until_day {text},
  name {text} NOT NULL,
  parent {text},
  code {text},
  reason {text} NOT NULL,
  PRIMARY KEY (place, version)
) {rows};

INSERT INTO place_versions (place, version, name, parent, reason) SELECT id, 1, name, parent, 'added' FROM places;

-- Which place came from which.
CREATE TABLE place_lines (
  predecessor {text} NOT NULL,
  successor {text} NOT NULL,
  day {text} NOT NULL,
  kind {text} NOT NULL,
  PRIMARY KEY (predecessor, successor, day)
) {rows};
CREATE INDEX place_lines_by_successor ON place_lines (successor, day);

-- Other names that people use.
CREATE TABLE place_aliases (
  place {text} NOT NULL,
  alias {text} NOT NULL,
  PRIMARY KEY (place, alias)
) {rows};

-- What can be typed to find a place. Tier 0 begins a name, tier 1 stands inside it.
CREATE TABLE place_keys (
  tier {int} NOT NULL,
  key {text} NOT NULL,
  place {text} NOT NULL,
  home {int} NOT NULL,
  PRIMARY KEY (tier, key, place)
) {rows};
CREATE INDEX place_keys_near ON place_keys (home, key, place);

-- Moves after which records of other areas still have the way down that their place had before: while one stands here,
-- lists go by the tree itself.
CREATE TABLE place_moves (
  place {text} NOT NULL,
  -- the version of the place that the move ended
  version {int} NOT NULL,
  PRIMARY KEY (place, version)
) {rows};
