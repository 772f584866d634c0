-- When enrolment for a lot ended, and why it did before its day; empty where it ran to its end.
ALTER TABLE hall_lots ADD COLUMN frozen_day {text};
ALTER TABLE hall_lots ADD COLUMN early {text} NOT NULL DEFAULT '';
