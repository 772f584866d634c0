-- What became of the ballots that a poll received, the day on which it closed, and ballots by telephone that can be taken out.

-- of the ballots in this result, those that their voters took back, and papers that were no valid ballots beside them
ALTER TABLE poll_results ADD COLUMN withdrawn {int} NOT NULL DEFAULT 0;
ALTER TABLE poll_results ADD COLUMN invalid {int} NOT NULL DEFAULT 0;
UPDATE poll_results SET
  withdrawn = (SELECT count(*) FROM ballots b WHERE b.home = poll_results.home AND b.season = poll_results.poll
    AND (b.choices = '-' OR b.choices LIKE '%*-')),
  invalid = COALESCE((SELECT c.spoiled FROM paper_counts c WHERE c.home = poll_results.home
    AND c.season = poll_results.poll), 0);

-- the local day of the close; nothing before, and for polls of an earlier program
ALTER TABLE polls ADD COLUMN closed_day {text};

-- Whose ballot was typed in at the telephone or the desk: by this it is taken out when its voter asks for that. It leads from
-- a person to a ballot, so it goes with the links when the poll is counted.
CREATE TABLE poll_phoned (
  home {int} NOT NULL,
  poll {text} NOT NULL,
  voter {bytes} NOT NULL,
  -- the key of the voter's link, and the sealed entry of the mark in the roll
  opener {bytes} NOT NULL,
  mark {text} NOT NULL,
  entered_by {text} NOT NULL,
  PRIMARY KEY (home, poll, voter)
) {rows};
