//! The bpftrace tracing language for the tree-sitter parsing library.
//!
//! ```
//! let mut parser = tree_sitter::Parser::new();
//! parser.set_language(&tree_sitter_bpftrace::LANGUAGE.into()).unwrap();
//! let tree = parser.parse("begin { print(1); }", None).unwrap();
//! assert!(!tree.root_node().has_error());
//! ```

use tree_sitter_language::LanguageFn;

extern "C" {
    fn tree_sitter_bpftrace() -> *const ();
}

/// The language, for `tree_sitter::Parser::set_language`.
pub const LANGUAGE: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_bpftrace) };

/// Node kinds with their fields, as JSON.
pub const NODE_TYPES: &str = include_str!("../../src/node-types.json");

/// Query for colours.
pub const HIGHLIGHTS_QUERY: &str = include_str!("../../queries/highlights.scm");

/// Query for other languages inside scripts.
pub const INJECTIONS_QUERY: &str = include_str!("../../queries/injections.scm");

/// Query for scopes and definitions.
pub const LOCALS_QUERY: &str = include_str!("../../queries/locals.scm");

/// Query for code navigation.
pub const TAGS_QUERY: &str = include_str!("../../queries/tags.scm");

#[cfg(test)]
mod tests {
    #[test]
    fn loads_and_parses() {
        let mut parser = tree_sitter::Parser::new();
        parser.set_language(&super::LANGUAGE.into()).expect("the language loads");
        let tree = parser.parse("kprobe:vfs_read { @[comm] = count(); }", None).expect("a tree");
        assert!(!tree.root_node().has_error());
    }
}
