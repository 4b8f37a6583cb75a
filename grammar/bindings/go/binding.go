// Package tree_sitter_bpftrace is the bpftrace tracing language for the tree-sitter parsing library.
package tree_sitter_bpftrace

// #cgo CFLAGS: -std=c11 -fPIC -I../../src
// #include "../../src/parser.c"
import "C"

import "unsafe"

// Language returns the language, for tree_sitter.NewLanguage.
func Language() unsafe.Pointer {
	return unsafe.Pointer(C.tree_sitter_bpftrace())
}
