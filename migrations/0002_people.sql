-- Accounts, sessions, consents, the roll of residents.
-- Contacts, codes, tries and sessions are found by what somebody types or holds, before anybody knows their home:
-- each begins its key with that.

-- how a person appears to others; empty means without a name
ALTER TABLE persons ADD COLUMN shown_name {text} NOT NULL DEFAULT '';
-- '', email, phone or desk
ALTER TABLE persons ADD COLUMN verified_how {text} NOT NULL DEFAULT '';
ALTER TABLE persons ADD COLUMN verified_day {text};
-- '', or a language of the pages
ALTER TABLE persons ADD COLUMN language {text} NOT NULL DEFAULT '';
-- the elder view: NULL leaves it to the device
ALTER TABLE persons ADD COLUMN elder {bool};
-- argon2id with its parameters and its salt
ALTER TABLE persons ADD COLUMN password {text};
ALTER TABLE persons ADD COLUMN erasure_asked_day {text};

-- One telephone may serve several persons, each in a slot of their own, so that their number is bounded.
CREATE TABLE contacts (
  kind {text} NOT NULL,
  contact {text} NOT NULL,
  slot {int} NOT NULL CHECK (slot BETWEEN 1 AND 8),
  person {text} NOT NULL,
  home {int} NOT NULL,
  added_at {int} NOT NULL,
  verified_day {text},
  PRIMARY KEY (kind, contact, slot)
) {rows};
CREATE UNIQUE INDEX contacts_once ON contacts (kind, contact, person);
CREATE INDEX contacts_by_person ON contacts (home, person);

-- One-time codes: one each time somebody asks, so that nobody ends or uses up what another waits for. Never the code
-- itself, nor what the browser that asked holds: a digest of it.
CREATE TABLE codes (
  challenge {bytes} NOT NULL,
  kind {text} NOT NULL,
  contact {text} NOT NULL,
  -- sign-in, add-contact or agree
  purpose {text} NOT NULL,
  -- who asked, where somebody has signed in
  asker {text} NOT NULL,
  salt {bytes} NOT NULL,
  digest {bytes} NOT NULL,
  made_at {int} NOT NULL,
  tries_left {int} NOT NULL CHECK (tries_left >= 0),
  -- digest of what the right code is exchanged for
  ticket {bytes},
  ticket_at {int},
  used_by {text},
  used_at {int},
  PRIMARY KEY (challenge)
) {rows};
CREATE UNIQUE INDEX codes_by_ticket ON codes (ticket) WHERE ticket IS NOT NULL;
-- what is old is taken out once a day
CREATE INDEX codes_by_time ON codes (made_at);

-- How many codes a contact was sent within an hour and a day: from anywhere (asked_from is empty), and from one network
-- (the group of networks into which it falls, which does not tell the address).
CREATE TABLE code_counts (
  kind {text} NOT NULL,
  contact {text} NOT NULL,
  asked_from {text} NOT NULL,
  hour_from {int} NOT NULL,
  hour_n {int} NOT NULL,
  day_from {int} NOT NULL,
  day_n {int} NOT NULL,
  PRIMARY KEY (kind, contact, asked_from)
) {rows};
CREATE INDEX code_counts_by_time ON code_counts (day_from);

-- Passwords tried for a contact, known or not, within a window.
CREATE TABLE password_tries (
  kind {text} NOT NULL,
  contact {text} NOT NULL,
  since {int} NOT NULL,
  n {int} NOT NULL,
  PRIMARY KEY (kind, contact)
) {rows};

CREATE TABLE sessions (
  -- SHA-256 of what the cookie holds
  token {bytes} NOT NULL,
  home {int} NOT NULL,
  person {text} NOT NULL,
  id {text} NOT NULL,
  device {text} NOT NULL,
  made_at {int} NOT NULL,
  made_day {text} NOT NULL,
  seen_day {text} NOT NULL,
  -- for whom it acts; cleared when the consent ends
  behalf {text},
  PRIMARY KEY (token)
) {rows};
CREATE INDEX sessions_by_person ON sessions (home, person, made_at, id);

-- Who signed in when: kept for half a year, as the law asks, and for nothing else.
CREATE TABLE sign_ins (
  home {int} NOT NULL,
  person {text} NOT NULL,
  id {text} NOT NULL,
  at {int} NOT NULL,
  how {text} NOT NULL,
  device {text} NOT NULL,
  PRIMARY KEY (home, person, id)
) {rows};

-- What somebody agreed to: one form for all purposes. The giver's home.
CREATE TABLE consents (
  home {int} NOT NULL,
  id {text} NOT NULL,
  giver {text} NOT NULL,
  -- to whom; empty where it is to everybody
  taker {text} NOT NULL,
  purpose {text} NOT NULL,
  version {int} NOT NULL,
  -- self, code or desk
  how {text} NOT NULL,
  source {text} NOT NULL,
  entered_by {text},
  given_at {int} NOT NULL,
  given_day {text} NOT NULL,
  ended_at {int},
  ended_day {text},
  ended_by {text},
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX consents_in_force ON consents (giver, taker, purpose, version) WHERE ended_at IS NULL;
CREATE INDEX consents_by_taker ON consents (taker, id);

-- Who lives or owns where, as a file said.
CREATE TABLE residents (
  home {int} NOT NULL,
  id {text} NOT NULL,
  place {text} NOT NULL,
  person {text} NOT NULL,
  -- resident or owner
  kind {text} NOT NULL,
  flat {text} NOT NULL,
  -- SHA-256 of place, flat and name as the file has them: the same row again is the same person
  same {bytes} NOT NULL,
  since {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX residents_once ON residents (home, same, kind);
CREATE INDEX residents_by_flat ON residents (home, flat, id);
CREATE INDEX residents_by_person ON residents (home, person);
