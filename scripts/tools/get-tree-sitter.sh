#!/usr/bin/env bash
# get-tree-sitter.sh: the tree-sitter CLI of a newer Debian suite as .tools/tree-sitter/bin/tree-sitter.
# Only changing the grammar needs it. It starts node (for grammar.js) and cc (for test and build), which LD_LIBRARY_PATH
# would break; so its own loader gets the library path instead.
. "$(dirname "$0")/lib.sh"
tool_begin tree-sitter "$0"
"$tools_here/debian-from-suite.sh" "$dir" forky tree-sitter-cli
mkdir -p "$dir/bin"
printf '#!/bin/sh\nexec %q --library-path %q %q "$@"\n' \
  "$(foreign_loader)" "$dir/usr/lib/$(uname -m)-linux-gnu" "$dir/usr/bin/tree-sitter" > "$dir/bin/tree-sitter"
chmod +x "$dir/bin/tree-sitter"
"$dir/bin/tree-sitter" --version
tool_end
