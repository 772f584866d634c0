//! Places: the tree every role, duty and figure is cut by.
