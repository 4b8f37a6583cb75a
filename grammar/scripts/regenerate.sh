#!/usr/bin/env bash
# Generates the parsers (ABI 15 in src, ABI 14 in abi14/src), ts/node-types.ts and the wasm from grammar.js, rules and scanner.
# The tree-sitter CLI is TREE_SITTER, .tools/tree-sitter/bin/tree-sitter (scripts/tools/get-tree-sitter.sh) or on the PATH.
set -euo pipefail
cd "$(dirname "$0")/.."
cli=${TREE_SITTER:-}
[ -n "$cli" ] || cli=../.tools/tree-sitter/bin/tree-sitter
[ -x "$cli" ] || cli=$(command -v tree-sitter) || { echo "no tree-sitter CLI: run scripts/tools/get-tree-sitter.sh" >&2; exit 1; }

"$cli" generate
mkdir -p abi14/src
"$cli" generate --abi 14 --output abi14/src
rm -f abi14/src/grammar.json abi14/src/node-types.json
cat > abi14/src/scanner.c <<'C'
/* The scanner does not depend on the ABI. */
#include "../../src/scanner.c"
C
bash scripts/build-wasm.sh
cd ..
node --conditions=source --import tsx scripts/generate.ts
node --conditions=source --import tsx grammar/scripts/fingerprints.ts
