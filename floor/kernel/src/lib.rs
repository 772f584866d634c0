//! The nouns every area shares: ids, time, chance, money, refusals. No IO.
