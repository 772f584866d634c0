-- What is open now, the soonest to end first: for the first page.
CREATE INDEX polls_open_now ON polls (closes_day) WHERE state = 'open';
CREATE INDEX owner_rounds_open_now ON owner_rounds (opened_day) WHERE state = 'open';
CREATE INDEX conversations_open_now ON conversations (closes_day) WHERE state = 'open';
CREATE INDEX hall_lots_open_now ON hall_lots (enrol_until) WHERE state = 'open';
