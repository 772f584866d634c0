-- What a season became, told in sentences; forms of the district that are filled with its figures.

CREATE TABLE showcases (
  home {int} NOT NULL,
  season {text} NOT NULL,
  -- since when everybody sees it; none where only the office does
  published_day {text},
  -- parts that are not shown, with commas
  hidden {text} NOT NULL,
  revision {int} NOT NULL,
  PRIMARY KEY (home, season)
) {rows};

CREATE TABLE showcase_texts (
  home {int} NOT NULL,
  season {text} NOT NULL,
  section {text} NOT NULL,
  lang {text} NOT NULL,
  -- 1, 2, 3, … of this part in this language
  version {int} NOT NULL,
  -- with the names of figures, never with figures; empty where the office went back to what is made of them
  text {text} NOT NULL,
  -- nobody, agreed
  names {text} NOT NULL,
  written_by {text},
  written_day {text} NOT NULL,
  PRIMARY KEY (home, season, section, lang, version)
) {rows};

CREATE TABLE district_forms (
  home {int} NOT NULL,
  season {text} NOT NULL,
  -- 1, 2, 3, … of the season
  number {int} NOT NULL,
  name {text} NOT NULL,
  -- the workbook as it was sent, and its SHA-256
  book {bytes} NOT NULL,
  digest {text} NOT NULL,
  -- made up by the sender, so that sending twice keeps it once
  once {text} NOT NULL,
  added_by {text},
  added_day {text} NOT NULL,
  PRIMARY KEY (home, season, number)
) {rows};
CREATE UNIQUE INDEX district_forms_once ON district_forms (home, season, once);

-- which cell of a form gets which figure
CREATE TABLE form_cells (
  home {int} NOT NULL,
  season {text} NOT NULL,
  number {int} NOT NULL,
  sheet {text} NOT NULL,
  row_number {int} NOT NULL,
  column_number {int} NOT NULL,
  -- the key of a figure
  figure {text} NOT NULL,
  PRIMARY KEY (home, season, number, sheet, row_number, column_number)
) {rows};

-- each time a form was filled, with what was put in and the digests of the records behind it
CREATE TABLE form_fillings (
  home {int} NOT NULL,
  season {text} NOT NULL,
  number {int} NOT NULL,
  -- 1, 2, 3, … of the form
  filling {int} NOT NULL,
  -- JSON: cell, key, value, digest
  figures {text} NOT NULL,
  once {text} NOT NULL,
  filled_by {text},
  filled_day {text} NOT NULL,
  PRIMARY KEY (home, season, number, filling)
) {rows};
CREATE UNIQUE INDEX form_fillings_once ON form_fillings (home, season, number, once);
