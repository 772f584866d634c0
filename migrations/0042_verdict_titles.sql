-- What everybody knows the record as that a verdict is about; empty for verdicts from before.
ALTER TABLE verdict_records ADD COLUMN title {text} NOT NULL DEFAULT '';
