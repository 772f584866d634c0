-- Deliberation halls, their delegates, and lots with quotas.

CREATE TABLE halls (
  home {int} NOT NULL,
  id {text} NOT NULL,
  place {text} NOT NULL,
  name {text} NOT NULL,
  -- fixed, mobile, online
  kind {text} NOT NULL,
  about {text} NOT NULL,
  -- seats by the way in which they are filled; numbered through in this order
  elected {int} NOT NULL,
  recommended {int} NOT NULL,
  drawn {int} NOT NULL,
  from_day {text} NOT NULL,
  until_day {text} NOT NULL,
  revision {int} NOT NULL,
  made_by {text},
  made_day {text} NOT NULL,
  once {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX halls_once ON halls (home, once);
CREATE INDEX halls_by_place ON halls (place, id);

CREATE TABLE hall_delegates (
  home {int} NOT NULL,
  hall {text} NOT NULL,
  id {text} NOT NULL,
  seat {int} NOT NULL,
  -- elected, recommended, lot
  way {text} NOT NULL,
  person {text},
  -- private unless they agreed to show it
  name {text} NOT NULL,
  shows {bool} NOT NULL,
  -- the meeting or the organisation
  source {text} NOT NULL,
  evidence {text} NOT NULL,
  -- of a seat by lot: which lot, and the number in its pool
  lot {text},
  number {int},
  from_day {text} NOT NULL,
  ended_day {text},
  -- private
  reason {text} NOT NULL,
  entered_by {text},
  PRIMARY KEY (home, hall, id)
) {rows};
-- one delegate sits on a seat
CREATE UNIQUE INDEX hall_delegates_sits ON hall_delegates (home, hall, seat) WHERE ended_day IS NULL;

CREATE TABLE hall_lots (
  home {int} NOT NULL,
  id {text} NOT NULL,
  hall {text} NOT NULL,
  title {text} NOT NULL,
  -- draft, open, frozen, published, seeded, drawn
  state {text} NOT NULL,
  size {int} NOT NULL,
  -- leximin, maximin, nash
  rule {text} NOT NULL,
  panels {int} NOT NULL,
  -- categories with their quotas, as JSON
  quotas {text} NOT NULL,
  household {bool} NOT NULL,
  enrol_until {text} NOT NULL,
  -- days in which who was drawn answers
  answer_days {int} NOT NULL,
  -- of the frozen pool
  people {int} NOT NULL,
  salt {text} NOT NULL,
  pool_digest {text} NOT NULL,
  -- of the published list
  digest {text} NOT NULL,
  -- figures of the lottery, as JSON
  found {text} NOT NULL,
  seed_source {text} NOT NULL,
  seed_where {text} NOT NULL,
  seed_day {text},
  published_day {text},
  seed {text} NOT NULL,
  seed_by {text},
  drawn_number {int},
  drawn_day {text},
  verdict {text},
  revision {int} NOT NULL,
  made_by {text},
  made_day {text} NOT NULL,
  once {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX hall_lots_once ON hall_lots (home, once);
CREATE INDEX hall_lots_by_hall ON hall_lots (home, hall, id);

-- The numbered list of a lot, and the chance of each number of the pool.
CREATE TABLE hall_lot_lists (
  home {int} NOT NULL,
  lot {text} NOT NULL,
  list {text} NOT NULL,
  -- numerator and denominator by number, as JSON
  chances {text} NOT NULL,
  PRIMARY KEY (home, lot)
) {rows};

-- Who put themselves forward. Ids are random, so that the numbers of the pool, in their order, tell nothing.
CREATE TABLE lot_volunteers (
  home {int} NOT NULL,
  lot {text} NOT NULL,
  id {text} NOT NULL,
  person {text},
  -- private
  name {text} NOT NULL,
  contact {text} NOT NULL,
  address {text} NOT NULL,
  -- the feature in each category, as JSON
  features {text} NOT NULL,
  -- web, desk, file
  source {text} NOT NULL,
  -- in, withdrawn, struck
  state {text} NOT NULL,
  reason {text} NOT NULL,
  number {int},
  entered_by {text},
  made_day {text} NOT NULL,
  once {text} NOT NULL,
  PRIMARY KEY (home, lot, id)
) {rows};
CREATE UNIQUE INDEX lot_volunteers_person ON lot_volunteers (home, lot, person) WHERE person IS NOT NULL;
CREATE UNIQUE INDEX lot_volunteers_once ON lot_volunteers (home, lot, once);
CREATE UNIQUE INDEX lot_volunteers_number ON lot_volunteers (home, lot, number) WHERE number IS NOT NULL;

-- Who was drawn or stands in, and what they answered.
CREATE TABLE lot_offers (
  home {int} NOT NULL,
  lot {text} NOT NULL,
  number {int} NOT NULL,
  seat {int} NOT NULL,
  -- asked, accepted, declined, silent, left
  state {text} NOT NULL,
  asked_day {text} NOT NULL,
  due_day {text} NOT NULL,
  answered_day {text},
  -- whose place it is; none of the panel drawn
  stands_for {int},
  -- the how manyth that withdrew
  turn {int},
  -- private
  reason {text} NOT NULL,
  duty {text},
  verdict {text},
  delegate {text},
  PRIMARY KEY (home, lot, number)
) {rows};
