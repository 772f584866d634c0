-- By which rule set the owners of a place decide, and where official results came from.

-- It holds at the place and below it; the nearest one wins.
CREATE TABLE owner_laws (
  place {text} NOT NULL,
  -- the name of the rule set, and its file's text where it does not come along
  rules {text} NOT NULL,
  rules_text {text} NOT NULL,
  set_by {text},
  set_day {text} NOT NULL,
  PRIMARY KEY (place)
) {rows};

-- An official result that was taken in.
CREATE TABLE owner_results (
  home {int} NOT NULL,
  round {text} NOT NULL,
  -- 1, 2, 3, … of the round
  nth {int} NOT NULL,
  -- who published it
  source {text} NOT NULL,
  published_day {text} NOT NULL,
  -- the number or the address of the document; may be empty
  document {text} NOT NULL,
  -- units whose first ballot it was, whose ballot it took the place of, and whose ballot stayed
  n_new {int} NOT NULL,
  n_replaced {int} NOT NULL,
  n_refused {int} NOT NULL,
  made_by {text},
  made_day {text} NOT NULL,
  PRIMARY KEY (home, round, nth)
) {rows};
