-- A source that was entered by mistake is taken back: its money goes back in the book, and it stays on the list, struck out.

ALTER TABLE fund_sources ADD COLUMN withdrawn_day {text};
ALTER TABLE fund_sources ADD COLUMN withdrawn_why {text} NOT NULL DEFAULT '';
