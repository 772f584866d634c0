-- Money of seasons: sources, agreements, tranches, vouchers, and the double-entry book under them. Amounts are in the
-- smallest unit; a debit is above nothing, a credit below.

CREATE TABLE fund_books (
  home {int} NOT NULL,
  season {text} NOT NULL,
  -- transfers so far: whoever posts holds this row, so that transfers of a season come one after the other
  transfers {int} NOT NULL,
  sources {int} NOT NULL,
  PRIMARY KEY (home, season)
) {rows};

CREATE TABLE fund_accounts (
  home {int} NOT NULL,
  season {text} NOT NULL,
  -- kind:owner or kind:owner:line
  account {text} NOT NULL,
  kind {text} NOT NULL,
  -- the number of a source or of a project
  owner {int} NOT NULL,
  line {int} NOT NULL,
  -- 1 where the balance is never below nothing, -1 where it is never above
  side {int} NOT NULL,
  balance {int} NOT NULL,
  PRIMARY KEY (home, season, account)
) {rows};
CREATE INDEX fund_accounts_by_kind ON fund_accounts (home, season, kind, owner, line);

CREATE TABLE fund_transfers (
  home {int} NOT NULL,
  season {text} NOT NULL,
  number {int} NOT NULL,
  -- received, contributed, released, spent, returned, settled, terminated, lapsed
  kind {text} NOT NULL,
  project {int},
  -- a source's number, a tranche's, or the id of a voucher
  subject {text} NOT NULL,
  day {text} NOT NULL,
  made_at {int} NOT NULL,
  made_by {text},
  once {text} NOT NULL,
  -- set when its postings were added up and gave nothing
  balanced {bool} NOT NULL,
  PRIMARY KEY (home, season, number)
) {rows};
CREATE UNIQUE INDEX fund_transfers_once ON fund_transfers (home, season, once);
CREATE INDEX fund_transfers_by_project ON fund_transfers (home, season, project, number);

CREATE TABLE fund_postings (
  home {int} NOT NULL,
  season {text} NOT NULL,
  transfer {int} NOT NULL,
  line {int} NOT NULL,
  account {text} NOT NULL,
  amount {int} NOT NULL,
  PRIMARY KEY (home, season, transfer, line)
) {rows};
CREATE INDEX fund_postings_by_account ON fund_postings (home, season, account, transfer);

CREATE TABLE fund_sources (
  home {int} NOT NULL,
  season {text} NOT NULL,
  number {int} NOT NULL,
  -- public, donor, own, in-kind
  kind {text} NOT NULL,
  name {text} NOT NULL,
  -- the name is a person's: masked for the public
  is_person {bool} NOT NULL,
  amount {int} NOT NULL,
  -- how a gift in kind was valued; else empty
  basis {text} NOT NULL,
  project {int},
  added_by {text},
  added_day {text} NOT NULL,
  once {text} NOT NULL,
  PRIMARY KEY (home, season, number)
) {rows};
CREATE UNIQUE INDEX fund_sources_once ON fund_sources (home, season, once);

CREATE TABLE fund_agreements (
  home {int} NOT NULL,
  season {text} NOT NULL,
  project {int} NOT NULL,
  -- draft, signed, settled, terminated
  state {text} NOT NULL,
  total {int} NOT NULL,
  from_day {text} NOT NULL,
  until_day {text} NOT NULL,
  -- the other side: an organisation, else a person
  person {text},
  org {text},
  drafted_day {text} NOT NULL,
  office_by {text},
  office_day {text},
  team_by {text},
  team_day {text},
  -- vouchers handed in so far
  vouchers {int} NOT NULL,
  -- why it was terminated; else empty
  reason {text} NOT NULL,
  ended_day {text},
  -- the duty to give back what was left
  duty {text},
  PRIMARY KEY (home, season, project)
) {rows};

CREATE TABLE fund_lines (
  home {int} NOT NULL,
  season {text} NOT NULL,
  project {int} NOT NULL,
  number {int} NOT NULL,
  -- a key of the template's kinds of lines
  kind {text} NOT NULL,
  what {text} NOT NULL,
  planned {int} NOT NULL,
  spent {int} NOT NULL,
  -- handed in and not decided yet
  waiting {int} NOT NULL,
  PRIMARY KEY (home, season, project, number)
) {rows};

CREATE TABLE fund_tranches (
  home {int} NOT NULL,
  season {text} NOT NULL,
  project {int} NOT NULL,
  number {int} NOT NULL,
  amount {int} NOT NULL,
  -- signed, midterm-passed, closing-accepted
  condition {text} NOT NULL,
  -- planned, proposed, released
  state {text} NOT NULL,
  proposed_by {text},
  released_by {text},
  released_day {text},
  PRIMARY KEY (home, season, project, number)
) {rows};

CREATE TABLE fund_vouchers (
  home {int} NOT NULL,
  id {text} NOT NULL,
  season {text} NOT NULL,
  project {int} NOT NULL,
  number {int} NOT NULL,
  line {int} NOT NULL,
  -- invoice, receipt, transport, meal, phone, pay
  kind {text} NOT NULL,
  -- the number printed on it
  paper {text} NOT NULL,
  day {text} NOT NULL,
  amount {int} NOT NULL,
  -- person-times of a refund, pieces of equipment; else 1
  count {int} NOT NULL,
  payee {text} NOT NULL,
  payee_is_person {bool} NOT NULL,
  purpose {text} NOT NULL,
  handler {text} NOT NULL,
  witness {text} NOT NULL,
  -- waiting, approved, refused
  state {text} NOT NULL,
  reason {text} NOT NULL,
  handed_by {text},
  handed_day {text} NOT NULL,
  decided_by {text},
  decided_day {text},
  once {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX fund_vouchers_by_number ON fund_vouchers (home, season, project, number);
CREATE UNIQUE INDEX fund_vouchers_once ON fund_vouchers (home, season, once);

-- What makes a voucher known again, over all seasons: SHA-256 of number, amount and payee, and of its picture.
CREATE TABLE fund_marks (
  home {int} NOT NULL,
  mark {text} NOT NULL,
  season {text} NOT NULL,
  voucher {text} NOT NULL,
  PRIMARY KEY (home, mark)
) {rows};
