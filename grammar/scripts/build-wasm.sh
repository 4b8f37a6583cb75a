#!/usr/bin/env bash
# Builds tree-sitter-bpftrace.wasm, which web-tree-sitter loads, from src/parser.c and src/scanner.c.
#   scripts/build-wasm.sh [OUTPUT]
# Needs clang with a wasm32-wasi sysroot and wasm-ld of one LLVM version (Debian: clang-19 lld-19 wasi-libc); LLVM_VERSION chooses it.
set -euo pipefail
grammar=$(cd "$(dirname "$0")/.." && pwd)
output=${1:-$grammar/tree-sitter-bpftrace.wasm}
version=${LLVM_VERSION:-19}
tools=/usr/lib/llvm-$version
for tool in "$tools/bin/clang" "$tools/bin/wasm-ld" /usr/include/wasm32-wasi/stdio.h; do
  [ -e "$tool" ] || { echo "missing $tool: install clang-$version, lld-$version and wasi-libc" >&2; exit 1; }
done
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$grammar"
for source in parser scanner; do
  "$tools/bin/clang" --target=wasm32-wasi -resource-dir "$tools/lib/clang/$version" -isystem /usr/include/wasm32-wasi \
    -I src -fPIC -Os -fno-exceptions -fvisibility=hidden -c "src/$source.c" -o "$scratch/$source.o"
done
"$tools/bin/wasm-ld" -shared --experimental-pic --export=tree_sitter_bpftrace --allow-undefined --no-entry --strip-all \
  "$scratch/parser.o" "$scratch/scanner.o" -o "$output"
