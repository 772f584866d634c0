-- The residents' vote: letters with codes, links to change a ballot, papers, turnout by parts of the place.

-- in which part of the season's place the voter lives, where the roll of residents knows it
ALTER TABLE roll ADD COLUMN part {text};
-- one person has one row, and so one ballot
CREATE UNIQUE INDEX roll_by_person ON roll (home, season, person) WHERE person IS NOT NULL;

-- Codes of letters: which voter of the roll a code stands for. Only digests; gone once the vote is settled.
CREATE TABLE voter_codes (
  home {int} NOT NULL,
  season {text} NOT NULL,
  voter {bytes} NOT NULL,
  code {bytes} NOT NULL,
  PRIMARY KEY (home, season, voter)
) {rows};
CREATE UNIQUE INDEX voter_codes_by_code ON voter_codes (home, season, code);

-- What opens a ballot for changing: the digest of the secret in the voter's link. Gone once the vote is settled.
CREATE TABLE ballot_keys (
  home {int} NOT NULL,
  season {text} NOT NULL,
  opener {bytes} NOT NULL,
  ballot {text} NOT NULL,
  PRIMARY KEY (home, season, opener)
) {rows};

-- Turnout by parts of the place, as far as it may be shown; made when the verdict is published.
CREATE TABLE turnouts (
  home {int} NOT NULL,
  season {text} NOT NULL,
  position {int} NOT NULL,
  -- empty where the roll does not know the part
  part {text} NOT NULL,
  voters {int} NOT NULL,
  -- nothing where it is too few to be shown
  voted {int},
  PRIMARY KEY (home, season, position)
) {rows};

-- Printed papers. A paper's number is random and stands beside no voter.
CREATE TABLE papers (
  home {int} NOT NULL,
  season {text} NOT NULL,
  number {text} NOT NULL,
  -- blank, once, differ, counted, spoiled
  state {text} NOT NULL,
  first_by {text} NOT NULL,
  first_read {text} NOT NULL,
  second_by {text} NOT NULL,
  second_read {text} NOT NULL,
  PRIMARY KEY (home, season, number)
) {rows};

-- How many papers were given out against the roll, and what became of them.
CREATE TABLE paper_counts (
  home {int} NOT NULL,
  season {text} NOT NULL,
  given {int} NOT NULL,
  counted {int} NOT NULL,
  spoiled {int} NOT NULL,
  -- read once, or read differently
  pending {int} NOT NULL,
  PRIMARY KEY (home, season)
) {rows};
