-- How owners are called: a regular or an extraordinary meeting, the residents' committee that hears of it and its delegate,
-- codes of letters; and the entry of each ballot, which is its receipt.

-- regular, extraordinary
ALTER TABLE owner_rounds ADD COLUMN meeting {text} NOT NULL DEFAULT 'regular';
-- the residents' committee that the notice was sent to; empty before
ALTER TABLE owner_rounds ADD COLUMN committee {text} NOT NULL DEFAULT '';
ALTER TABLE owner_rounds ADD COLUMN committee_day {text};
-- who came from it; private
ALTER TABLE owner_rounds ADD COLUMN delegate {text} NOT NULL DEFAULT '';
ALTER TABLE owner_rounds ADD COLUMN delegate_day {text};

-- the entry of the log that tells of it; none for an official result
ALTER TABLE owner_ballots ADD COLUMN entry {text};
CREATE UNIQUE INDEX owner_ballots_entry ON owner_ballots (home, entry);

-- Codes of letters: the digest of the latest code of a door.
CREATE TABLE owner_codes (
  home {int} NOT NULL,
  round {text} NOT NULL,
  door {int} NOT NULL,
  code {bytes} NOT NULL,
  PRIMARY KEY (home, round, door)
) {rows};
CREATE UNIQUE INDEX owner_codes_code ON owner_codes (home, round, code);
