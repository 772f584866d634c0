-- Roles at places, organisations that act through seats, and the desk. Days are local; a first and a last day are both
-- included; no last day means until further notice.

CREATE TABLE posts (
  home {int} NOT NULL,
  id {text} NOT NULL,
  person {text} NOT NULL,
  -- the shard in which the person is registered
  person_home {int} NOT NULL,
  role {text} NOT NULL,
  place {text} NOT NULL,
  -- the place's way down from the root, for lists by place
  path {text} NOT NULL,
  -- 1, 2, 3, … for one person, role and place; its key keeps two appointments at once from both passing
  term {int} NOT NULL,
  from_day {text} NOT NULL,
  until_day {text},
  -- the post whose holder is away
  stand_in_for {text},
  -- moved by whoever gives, meets or hands over a duty; a post ends only at 0
  open_duties {int} NOT NULL DEFAULT 0 CHECK (open_duties >= 0),
  given_by {text},
  given_day {text} NOT NULL,
  reason {text} NOT NULL,
  -- the first day on which it was no longer in force
  ended_day {text},
  ended_by {text},
  ended_reason {text},
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX posts_by_term ON posts (home, place, role, person, term);
CREATE INDEX posts_by_person ON posts (person, from_day);
CREATE INDEX posts_by_path ON posts (home, path, id);
CREATE INDEX posts_by_stand_in ON posts (home, stand_in_for) WHERE stand_in_for IS NOT NULL;

CREATE TABLE orgs (
  home {int} NOT NULL,
  id {text} NOT NULL,
  place {text} NOT NULL,
  path {text} NOT NULL,
  kind {text} NOT NULL,
  name {text} NOT NULL,
  short {text} NOT NULL,
  -- open or closed
  state {text} NOT NULL,
  -- moves with every change of its name, state or seats
  revision {int} NOT NULL,
  open_duties {int} NOT NULL DEFAULT 0 CHECK (open_duties >= 0),
  added_by {text},
  added_day {text} NOT NULL,
  closed_by {text},
  closed_day {text},
  closed_reason {text},
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX orgs_by_name ON orgs (home, place, name) WHERE closed_day IS NULL;
CREATE INDEX orgs_by_path ON orgs (home, path, id);

CREATE TABLE seats (
  home {int} NOT NULL,
  org {text} NOT NULL,
  id {text} NOT NULL,
  person {text} NOT NULL,
  person_home {int} NOT NULL,
  title {text} NOT NULL,
  -- the leading seat, of which there is one at a time
  leads {bool} NOT NULL,
  from_day {text} NOT NULL,
  until_day {text},
  given_by {text},
  given_day {text} NOT NULL,
  ended_day {text},
  ended_by {text},
  PRIMARY KEY (home, org, id)
) {rows};
CREATE INDEX seats_by_person ON seats (person, from_day);

-- A worker's sitting down with somebody: what is sent in with its id within half an hour is entered for that person.
CREATE TABLE desk_entries (
  home {int} NOT NULL,
  id {text} NOT NULL,
  worker {text} NOT NULL,
  person {text} NOT NULL,
  source {text} NOT NULL,
  place {text} NOT NULL,
  -- how they showed who they are, in the worker's words; may be empty
  shown {text} NOT NULL,
  begun_at {int} NOT NULL,
  begun_day {text} NOT NULL,
  expires_at {int} NOT NULL,
  -- set once, with the receipt
  ended_at {int},
  receipt {int},
  -- of what came in: its kind, its id, its title, and the public page where it is shown
  thing {text},
  thing_id {text},
  title {text},
  page {text},
  -- a digest of what was sent: only the same again is answered with the receipt
  sent {bytes},
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX desk_entries_by_receipt ON desk_entries (home, receipt) WHERE receipt IS NOT NULL;
CREATE INDEX desk_entries_by_worker ON desk_entries (home, worker, id);

-- Whose an idea is, who typed it in, and by which way it came.
ALTER TABLE ideas ADD COLUMN author_person {text};
ALTER TABLE ideas ADD COLUMN entered_by {text};
ALTER TABLE ideas ADD COLUMN source {text} NOT NULL DEFAULT 'web';

-- Found by the whole name, at the desk and where somebody is appointed.
CREATE INDEX persons_by_name ON persons (home, name, id);
