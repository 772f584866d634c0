//! What the parts of a page are: the tree that programs read aloud and copy from (ISO 32000-1, 14.7 and 14.8).

use pdf_writer::types::StructRole;

/// A part of the tree.
pub struct Node {
    pub role: StructRole,
    pub parent: Option<usize>,
    pub kids: Vec<Kid>,
}

/// What a part has, in the order of reading.
#[derive(Debug, Clone, Copy)]
pub enum Kid {
    /// A part by its number.
    Node(usize),
    /// A marked piece of a page: the page's number, the mark's.
    Mark(usize, i32),
    /// The place of a page that leads somewhere, by its number among all of them.
    Link(usize, usize),
}

/// The tree. Its root is the document.
pub struct Tags(Vec<Node>);

impl Tags {
    /// The document alone.
    pub fn new() -> Tags {
        Tags(vec![Node { role: StructRole::Document, parent: None, kids: Vec::new() }])
    }

    /// A new part of `parent`, the last one so far.
    pub fn add(&mut self, parent: usize, role: StructRole) -> usize {
        let node = self.0.len();
        self.0.push(Node { role, parent: Some(parent), kids: Vec::new() });
        self.kid(parent, Kid::Node(node));
        node
    }

    /// Something that a part has.
    pub fn kid(&mut self, node: usize, kid: Kid) {
        if let Some(node) = self.0.get_mut(node) {
            node.kids.push(kid);
        }
    }

    pub fn nodes(&self) -> &[Node] {
        &self.0
    }
}
