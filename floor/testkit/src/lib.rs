//! What tests share: a database of each engine, a fixed clock, seeded chance.
