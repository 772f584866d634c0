//! The rim: server, middleware, forms, problems, negotiation.
