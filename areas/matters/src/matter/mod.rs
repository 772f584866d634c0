//! A matter 事项: one number, one thread, five stages.
