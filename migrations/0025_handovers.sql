-- What one property firm hands over to the next, item by item, and who signed for it.

CREATE TABLE handovers (
  home {int} NOT NULL,
  id {text} NOT NULL,
  place {text} NOT NULL,
  -- organisations
  old_firm {text} NOT NULL,
  new_firm {text} NOT NULL,
  residents {text} NOT NULL,
  due_day {text} NOT NULL,
  -- open, signed
  state {text} NOT NULL,
  -- the old firm's duty to hand everything over by then
  duty {text} NOT NULL,
  made_by {text},
  made_day {text} NOT NULL,
  once {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX handovers_once ON handovers (home, once);
CREATE INDEX handovers_by_place ON handovers (place, id);

CREATE TABLE handover_items (
  home {int} NOT NULL,
  handover {text} NOT NULL,
  number {int} NOT NULL,
  -- a key of the list
  item {text} NOT NULL,
  -- open, handed, missing, disputed
  state {text} NOT NULL,
  note {text} NOT NULL,
  -- the old firm's duty to bring what was missing
  duty {text},
  marked_by {text},
  marked_day {text},
  PRIMARY KEY (home, handover, number)
) {rows};

-- Each side signs once, and nobody for two.
CREATE TABLE handover_signs (
  home {int} NOT NULL,
  handover {text} NOT NULL,
  -- old, new, residents
  side {text} NOT NULL,
  person {text} NOT NULL,
  day {text} NOT NULL,
  PRIMARY KEY (home, handover, side)
) {rows};
CREATE UNIQUE INDEX handover_signs_person ON handover_signs (home, handover, person);
