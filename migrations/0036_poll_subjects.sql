-- People of a poll's roll whom a provider of OpenID Connect verifies.

-- a keyed digest of what the provider says of them; nothing where the file said nothing. It goes with the row.
ALTER TABLE poll_voters ADD COLUMN subject {bytes};
CREATE UNIQUE INDEX poll_voters_by_subject ON poll_voters (home, poll, subject) WHERE subject IS NOT NULL;

-- Somebody who was sent to a provider and has not come back. Taken once, worthless after ten
-- minutes and gone when others begin; nothing says who it is.
CREATE TABLE poll_verifications (
  home {int} NOT NULL,
  -- SHA-256 of the state that travels with the browser, and of the browser's cookie
  state {bytes} NOT NULL,
  browser {bytes} NOT NULL,
  poll {text} NOT NULL,
  -- the provider's issuer, as the settings name it
  issuer {text} NOT NULL,
  nonce {text} NOT NULL,
  -- the secret of PKCE
  verifier {text} NOT NULL,
  made_at {int} NOT NULL,
  PRIMARY KEY (home, state)
) {rows};
CREATE INDEX poll_verifications_by_age ON poll_verifications (home, made_at);
