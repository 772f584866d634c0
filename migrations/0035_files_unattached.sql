-- What somebody sent and has given to no record yet, so that it can be counted before more is taken.
CREATE INDEX files_unattached ON files (home, added_by) WHERE subject IS NULL;
