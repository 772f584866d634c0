-- A season's short name, for links and for the command line: few rows, one list for the installation.
CREATE TABLE season_slugs (
  slug {text} NOT NULL,
  home {int} NOT NULL,
  season {text} NOT NULL,
  PRIMARY KEY (slug)
) {rows};
CREATE UNIQUE INDEX season_slugs_by_season ON season_slugs (home, season);
INSERT INTO season_slugs (slug, home, season) SELECT id, home, id FROM seasons;
