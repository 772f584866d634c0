-- Letters of polls by building: how many were printed for a voter, when, and whether the last came back. Polls that closed
-- by themselves.

-- the part of the flat that names the building; empty where it names none
ALTER TABLE poll_voters ADD COLUMN building {text} NOT NULL DEFAULT '';
ALTER TABLE poll_voters ADD COLUMN letters {int} NOT NULL DEFAULT 0;
-- the days on which the last letter was printed and came back; empty where it was not, or did not
ALTER TABLE poll_voters ADD COLUMN letter_day {text} NOT NULL DEFAULT '';
ALTER TABLE poll_voters ADD COLUMN returned_day {text} NOT NULL DEFAULT '';
CREATE INDEX poll_voters_by_building ON poll_voters (home, poll, building, flat, voter);

-- nobody closed it by hand: then whoever voted counts as present
ALTER TABLE polls ADD COLUMN closed_alone {bool} NOT NULL DEFAULT FALSE;
