-- An idea has a field, a place, photos, an answer with the day by which it is due; it can wait, be hidden, withdrawn,
-- merged and split. Neighbours comment on it and support it.

ALTER TABLE ideas ADD COLUMN field {text} NOT NULL DEFAULT '';
ALTER TABLE ideas ADD COLUMN place {text} NOT NULL DEFAULT '';
-- the place right below the season's in which the idea's place lies, or the season's own: what lists filter by
ALTER TABLE ideas ADD COLUMN area {text} NOT NULL DEFAULT '';
-- waiting, shown, hidden, withdrawn, merged, split
ALTER TABLE ideas ADD COLUMN state {text} NOT NULL DEFAULT 'shown';
-- why the office hid it
ALTER TABLE ideas ADD COLUMN reason {text} NOT NULL DEFAULT '';
-- where it was merged into
ALTER TABLE ideas ADD COLUMN merged_into {text};
-- what it was split from
ALTER TABLE ideas ADD COLUMN split_from {text};
-- by when the office owes its answer, and from when on that is pressing; empty for ideas older than this
ALTER TABLE ideas ADD COLUMN due_day {text} NOT NULL DEFAULT '';
ALTER TABLE ideas ADD COLUMN soon_day {text} NOT NULL DEFAULT '';
ALTER TABLE ideas ADD COLUMN provisional {bool} NOT NULL DEFAULT FALSE;
-- taken-up, merged, not-now, elsewhere
ALTER TABLE ideas ADD COLUMN outcome {text};
ALTER TABLE ideas ADD COLUMN answer {text} NOT NULL DEFAULT '';
ALTER TABLE ideas ADD COLUMN answered_day {text} NOT NULL DEFAULT '';
ALTER TABLE ideas ADD COLUMN supports {int} NOT NULL DEFAULT 0;
ALTER TABLE ideas ADD COLUMN comments {int} NOT NULL DEFAULT 0;
ALTER TABLE ideas ADD COLUMN photos {int} NOT NULL DEFAULT 0;
-- ideas that were merged into it
ALTER TABLE ideas ADD COLUMN merges {int} NOT NULL DEFAULT 0;

UPDATE ideas SET place = (SELECT s.place FROM seasons s WHERE s.home = ideas.home AND s.id = ideas.season);
UPDATE ideas SET area = place;

CREATE INDEX ideas_by_field ON ideas (home, season, field, id) WHERE state = 'shown';
CREATE INDEX ideas_by_area ON ideas (home, season, area, id) WHERE state = 'shown';
CREATE INDEX ideas_by_support ON ideas (home, season, supports, id) WHERE state = 'shown';
CREATE INDEX ideas_by_field_support ON ideas (home, season, field, supports, id) WHERE state = 'shown';
CREATE INDEX ideas_by_area_support ON ideas (home, season, area, supports, id) WHERE state = 'shown';
-- what the office owes an answer to
CREATE INDEX ideas_by_due ON ideas (home, season, due_day, id)
  WHERE outcome IS NULL AND state IN ('waiting', 'shown');
CREATE INDEX ideas_waiting ON ideas (home, season, due_day, id) WHERE state = 'waiting';
CREATE INDEX ideas_by_person ON ideas (home, season, author_person, id) WHERE author_person IS NOT NULL;
CREATE INDEX ideas_merged ON ideas (home, season, merged_into, id) WHERE merged_into IS NOT NULL;
CREATE INDEX ideas_parts ON ideas (home, season, split_from, id) WHERE split_from IS NOT NULL;

-- How many ideas somebody posted in a season: the guard of the bound.
CREATE TABLE idea_people (
  home {int} NOT NULL,
  season {text} NOT NULL,
  person {text} NOT NULL,
  ideas {int} NOT NULL,
  PRIMARY KEY (home, season, person)
) {rows};

CREATE TABLE idea_supports (
  home {int} NOT NULL,
  season {text} NOT NULL,
  idea {text} NOT NULL,
  person {text} NOT NULL,
  PRIMARY KEY (home, season, idea, person)
) {rows};

CREATE TABLE idea_comments (
  home {int} NOT NULL,
  season {text} NOT NULL,
  idea {text} NOT NULL,
  -- the comment that a reply belongs to; its own id where it is none: one key gives the order of the page
  thread {text} NOT NULL,
  id {text} NOT NULL,
  words {text} NOT NULL,
  -- the author's name as shown, or nothing
  author {text} NOT NULL,
  person {text},
  -- a form sent twice is one comment
  once {text} NOT NULL,
  -- why the office hid it; none while it is shown
  hidden {text},
  posted_at {int} NOT NULL,
  posted_day {text} NOT NULL,
  PRIMARY KEY (home, season, idea, thread, id)
) {rows};
CREATE UNIQUE INDEX idea_comments_once ON idea_comments (home, season, idea, once);
CREATE UNIQUE INDEX idea_comments_by_id ON idea_comments (home, season, idea, id);
