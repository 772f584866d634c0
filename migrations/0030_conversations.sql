-- Conversations: a question, statements that residents agree with, disagree with or pass, and the opinion map.

CREATE TABLE conversations (
  home {int} NOT NULL,
  id {text} NOT NULL,
  place {text} NOT NULL,
  title {text} NOT NULL,
  body {text} NOT NULL,
  -- how many days it is open, the day of the opening not counted
  days {int} NOT NULL,
  -- who adds statements: nobody, residents
  adds {text} NOT NULL,
  -- draft, open, closed, published
  state {text} NOT NULL,
  -- the last day on which votes are taken; empty in a draft
  opens_day {text} NOT NULL,
  closes_day {text} NOT NULL,
  -- of the groups' starts; drawn when it opens, given by an import
  seed {int} NOT NULL,
  -- whose data it is, under which licence, where it is from; empty where it was held here
  source {text} NOT NULL,
  licence {text} NOT NULL,
  url {text} NOT NULL,
  -- the last number of a statement
  statements {int} NOT NULL,
  -- the notices of its opening and its result
  notice {text},
  end_notice {text},
  revision {int} NOT NULL,
  made_by {text},
  made_at {int} NOT NULL,
  once {text} NOT NULL,
  PRIMARY KEY (home, id)
) {rows};
CREATE UNIQUE INDEX conversations_once ON conversations (home, once);
CREATE INDEX conversations_by_place ON conversations (place, made_at);

CREATE TABLE conversation_statements (
  home {int} NOT NULL,
  conversation {text} NOT NULL,
  number {int} NOT NULL,
  -- empty where it was rejected elsewhere, before it was taken in
  text {text} NOT NULL,
  -- a digest of what it says without spaces and marks: nothing is said twice
  sameness {bytes} NOT NULL,
  -- waiting, accepted, rejected, removed
  state {text} NOT NULL,
  -- who added it, where a resident did
  author {text},
  -- why it was rejected or removed: for its author
  reason {text} NOT NULL,
  made_at {int} NOT NULL,
  PRIMARY KEY (home, conversation, number)
) {rows};
CREATE UNIQUE INDEX conversation_statements_same ON conversation_statements (home, conversation, sameness);
CREATE INDEX conversation_statements_by_state ON conversation_statements (home, conversation, state, number);
CREATE INDEX conversation_statements_by_author ON conversation_statements (home, conversation, author, number)
  WHERE author IS NOT NULL;

-- Who takes part, by a number drawn by chance; all votes of one of them are one row, so that nobody votes twice.
CREATE TABLE conversation_people (
  home {int} NOT NULL,
  conversation {text} NOT NULL,
  participant {int} NOT NULL,
  -- nobody in what was taken in from elsewhere
  person {text},
  -- statement and sign after one another, in order of numbers: 3+7-12.
  votes {text} NOT NULL,
  n_votes {int} NOT NULL,
  revision {int} NOT NULL,
  PRIMARY KEY (home, conversation, participant)
) {rows};
CREATE UNIQUE INDEX conversation_people_once ON conversation_people (home, conversation, person) WHERE person IS NOT NULL;

-- The map of a conversation as of an instant: a read model, made anew from the votes whenever somebody asks.
CREATE TABLE conversation_maps (
  home {int} NOT NULL,
  conversation {text} NOT NULL,
  made_at {int} NOT NULL,
  -- what is drawn and told, as JSON, without any participant's number
  picture {text} NOT NULL,
  -- who stands where in which group: participant,x,y,group; one after another
  members {text} NOT NULL,
  PRIMARY KEY (home, conversation)
) {rows};
