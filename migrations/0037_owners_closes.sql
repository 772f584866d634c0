-- Until when the owners of a round vote: the last day, which the notice of the vote announces, and what an extension made of it.

-- the last day on which ballots are cast; none in rounds from before one was asked for
ALTER TABLE owner_rounds ADD COLUMN closes {text};
-- the last day that was announced first, where it was extended
ALTER TABLE owner_rounds ADD COLUMN closes_first {text};
ALTER TABLE owner_rounds ADD COLUMN extended_day {text};
-- for everybody to read
ALTER TABLE owner_rounds ADD COLUMN extended_why {text} NOT NULL DEFAULT '';
ALTER TABLE owner_rounds ADD COLUMN extended_notice {text};
