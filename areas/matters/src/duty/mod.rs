//! A duty 时限: who owes what by when, counted how, met by which evidence.
